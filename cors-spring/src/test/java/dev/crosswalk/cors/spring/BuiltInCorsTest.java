package dev.crosswalk.cors.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.Filter;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.graphql.GraphQlCorsProperties;
import org.springframework.boot.autoconfigure.graphql.GraphQlProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.MatcherSecurityWebFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.stereotype.Controller;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.filter.CharacterEncodingFilter;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebHandler;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import reactor.core.publisher.Mono;

/**
 * What is named, and what is not, without a server. {@link ApplicationTest} has whole applications.
 */
class BuiltInCorsTest {

  @Controller
  static class OnAMethod {
    @CrossOrigin
    void hello() {}
  }

  @Controller
  @CrossOrigin
  static class OnTheClass {
    void hello() {}
  }

  @Controller
  static class Plain {
    void hello() {}
  }

  static class MvcRegistry implements WebMvcConfigurer {
    @Override
    public void addCorsMappings(
        org.springframework.web.servlet.config.annotation.CorsRegistry registry) {
      registry.addMapping("/api/**");
    }
  }

  static class OtherMvc implements WebMvcConfigurer {}

  /** As that of springdoc is. */
  static class MvcWithoutMappings implements WebMvcConfigurer {
    @Override
    public void addCorsMappings(
        org.springframework.web.servlet.config.annotation.CorsRegistry registry) {}
  }

  static class WebFluxRegistry
      implements org.springframework.web.reactive.config.WebFluxConfigurer {
    @Override
    public void addCorsMappings(org.springframework.web.reactive.config.CorsRegistry registry) {
      registry.addMapping("/api/**");
    }
  }

  static class OtherWebFlux implements org.springframework.web.reactive.config.WebFluxConfigurer {}

  static class WebFluxWithoutMappings
      implements org.springframework.web.reactive.config.WebFluxConfigurer {
    @Override
    public void addCorsMappings(org.springframework.web.reactive.config.CorsRegistry registry) {}
  }

  /** As that of Spring Data REST is. */
  record Mappings(List<HandlerMapping> mappings)
      implements HandlerMapping, Iterable<HandlerMapping> {

    @Override
    public org.springframework.web.servlet.HandlerExecutionChain getHandler(
        jakarta.servlet.http.HttpServletRequest request) {
      return null;
    }

    @Override
    public Iterator<HandlerMapping> iterator() {
      return mappings.iterator();
    }

    static HandlerMapping one(boolean hasSource) {
      SimpleUrlHandlerMapping mapping = new SimpleUrlHandlerMapping();
      if (hasSource) {
        mapping.setCorsConfigurationSource(source());
      }
      return mapping;
    }

    static HandlerMapping other() {
      return request -> null;
    }
  }

  /**
   * As what Spring Boot makes a bean by. All filters are made here: JUnit looks at the class of the
   * tests without servlets, too, where there is WebFlux.
   */
  public static class Maker {
    public SecurityFilterChain chain() {
      return chainOf(filter(true));
    }

    public UrlBasedCorsConfigurationSource source() {
      return BuiltInCorsTest.source();
    }

    static Filter filter(boolean isOfCors) {
      return isOfCors ? new CorsFilter(BuiltInCorsTest.source()) : new CharacterEncodingFilter();
    }

    static FilterRegistrationBean<Filter> registered(boolean isOfCors) {
      return new FilterRegistrationBean<>(filter(isOfCors));
    }

    static SecurityFilterChain chainOf(Filter... filters) {
      return new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE, filters);
    }
  }

  private static UrlBasedCorsConfigurationSource source() {
    return new UrlBasedCorsConfigurationSource();
  }

  private static SecurityWebFilterChain webChainOf(WebFilter... filters) {
    return new MatcherSecurityWebFilterChain(
        ServerWebExchangeMatchers.anyExchange(), List.of(filters));
  }

  private static CorsWebFilter corsWebFilter() {
    return new CorsWebFilter(
        new org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource());
  }

  @Test
  void nothing_is_named_where_there_is_none() {
    assertEquals(
        List.of(),
        found(
            context -> {
              context.registerBean("plain", Plain.class);
              context.registerBean("mvc", OtherMvc.class);
              context.registerBean("webflux", OtherWebFlux.class);
              bean(context, "mapping", HandlerMapping.class, () -> Mappings.one(false));
              bean(
                  context,
                  "mappings",
                  HandlerMapping.class,
                  () -> new Mappings(List.of(Mappings.one(false), Mappings.other())));
              bean(
                  context,
                  "registered",
                  FilterRegistrationBean.class,
                  () -> Maker.registered(false));
              bean(
                  context,
                  "chain",
                  SecurityFilterChain.class,
                  () -> Maker.chainOf(Maker.filter(false)));
              bean(
                  context,
                  "webChain",
                  SecurityWebFilterChain.class,
                  () -> webChainOf((exchange, chain) -> null));
              context.registerBean("source", UrlBasedCorsConfigurationSource.class);
              context.registerBean(
                  "webSource",
                  org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource.class);
            },
            "management.endpoints.web.exposure.include",
            "spring.cloud.gateway.routes[0].id"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "management.endpoints.web.cors",
        "spring.graphql.cors",
        "spring.cloud.gateway.globalcors",
        "spring.cloud.gateway.server.webflux.globalcors",
        "spring.cloud.gateway.routes[0].metadata.cors",
        "spring.cloud.gateway.server.webflux.routes[0].metadata.cors",
      })
  void settings_are_named(String prefix) {
    assertEquals(
        List.of("the settings " + prefix + ".*"),
        found(context -> {}, prefix + ".allowed-origins"));
  }

  /** Who removed them would get 403 for each WebSocket of another origin. */
  @Test
  void origins_of_graphql_are_not_named_where_its_websocket_needs_them() {
    assertEquals(
        List.of(),
        found(
            context -> {}, "spring.graphql.cors.allowed-origins", "spring.graphql.websocket.path"));
    assertEquals(
        List.of("the settings spring.graphql.cors.*"),
        found(context -> {}, "spring.graphql.cors.allowed-origins", "spring.graphql.path"));
  }

  @Test
  void the_routes_are_named_that_have_settings() {
    assertEquals(
        List.of(
            "the settings spring.cloud.gateway.routes[0].metadata.cors.*",
            "the settings spring.cloud.gateway.routes[2].metadata.cors.*"),
        found(
            context -> {},
            "spring.cloud.gateway.routes[0].metadata.cors.allowedOrigins",
            "spring.cloud.gateway.routes[1].id",
            "spring.cloud.gateway.routes[2].metadata.cors.allowedOrigins"));
  }

  @Test
  void annotations_of_a_class_and_of_a_method_are_named_in_one_line() {
    assertEquals(
        List.of(
            "@CrossOrigin from " + OnTheClass.class.getName() + ", " + OnAMethod.class.getName()),
        found(
            context -> {
              context.registerBean("plain", Plain.class);
              context.registerBean("method", OnAMethod.class);
              context.registerBean("class", OnTheClass.class);
            }));
  }

  @Test
  void a_configurer_with_mappings_is_named_and_what_it_configures_is_not() {
    assertEquals(
        List.of("addCorsMappings(CorsRegistry) from " + MvcRegistry.class.getName()),
        found(
            context -> {
              context.registerBean("other", OtherMvc.class);
              context.registerBean("registry", MvcRegistry.class);
              bean(context, "mapping", HandlerMapping.class, () -> Mappings.one(true));
            }));
    assertEquals(
        List.of("addCorsMappings(CorsRegistry) from " + WebFluxRegistry.class.getName()),
        found(
            context -> {
              context.registerBean("other", OtherWebFlux.class);
              context.registerBean("registry", WebFluxRegistry.class);
            }));
  }

  @Test
  void a_configurer_that_adds_no_mapping_is_not_named() {
    assertEquals(
        List.of(),
        found(
            context -> {
              context.registerBean("mvc", MvcWithoutMappings.class);
              context.registerBean("webflux", WebFluxWithoutMappings.class);
            }));
  }

  @Test
  void a_mapping_with_a_source_is_named() {
    assertEquals(
        List.of("the CORS configuration from the bean mapping"),
        found(context -> bean(context, "mapping", HandlerMapping.class, () -> Mappings.one(true))));
  }

  /** One that opens WebSockets says there who may do so, and has to keep it. */
  @Test
  void a_mapping_of_webflux_with_a_source_is_named_unless_it_opens_websockets() {
    assertEquals(
        List.of("the CORS configuration from the bean pages"),
        found(
            context -> {
              webFluxMapping(context, "pages", (WebHandler) exchange -> Mono.empty(), true);
              webFluxMapping(
                  context, "sockets", (WebSocketHandler) session -> session.close(), true);
              webFluxMapping(context, "plain", (WebHandler) exchange -> Mono.empty(), false);
            }));
  }

  @Test
  void a_mapping_of_webflux_is_not_named_beside_what_has_configured_it() {
    Consumer<GenericApplicationContext> mapping =
        context -> webFluxMapping(context, "pages", (WebHandler) exchange -> Mono.empty(), true);
    assertEquals(
        List.of("addCorsMappings(CorsRegistry) from " + WebFluxRegistry.class.getName()),
        found(mapping.andThen(context -> context.registerBean("a", WebFluxRegistry.class))));
    assertEquals(
        List.of("the settings spring.cloud.gateway.globalcors.*"),
        found(mapping, "spring.cloud.gateway.globalcors.a"));
  }

  private static void webFluxMapping(
      GenericApplicationContext context, String name, Object handler, boolean hasSource) {
    org.springframework.web.reactive.handler.SimpleUrlHandlerMapping mapping =
        new org.springframework.web.reactive.handler.SimpleUrlHandlerMapping(
            Map.of("/" + name, handler));
    if (hasSource) {
      mapping.setCorsConfigurations(Map.of("/**", new CorsConfiguration()));
    }
    bean(context, name, org.springframework.web.reactive.HandlerMapping.class, () -> mapping);
  }

  @Test
  void mappings_of_Spring_Data_REST_are_named_once_also_beside_a_configurer() {
    assertEquals(
        List.of(
            "addCorsMappings(CorsRegistry) from " + MvcRegistry.class.getName(),
            "the CORS mappings of Spring Data REST from repositories"),
        found(
            context -> {
              context.registerBean("registry", MvcRegistry.class);
              bean(
                  context,
                  "repositories",
                  HandlerMapping.class,
                  () ->
                      new Mappings(
                          List.of(Mappings.one(false), Mappings.one(true), Mappings.one(true))));
            }));
  }

  @Test
  void filters_are_named() {
    assertEquals(
        List.of(
            "the bean filter of the type org.springframework.web.filter.CorsFilter",
            "the CorsFilter that the bean registered registers",
            "the bean webFilter of the type org.springframework.web.cors.reactive.CorsWebFilter"),
        found(
            context -> {
              bean(context, "filter", CorsFilter.class, () -> Maker.filter(true));
              bean(
                  context,
                  "registered",
                  FilterRegistrationBean.class,
                  () -> Maker.registered(true));
              bean(context, "webFilter", CorsWebFilter.class, BuiltInCorsTest::corsWebFilter);
            }));
  }

  @Test
  void chains_of_Spring_Security_with_a_filter_are_named_with_its_source() {
    assertEquals(
        List.of(
            "http.cors() from the bean chain",
            "the bean source of the type " + UrlBasedCorsConfigurationSource.class.getName(),
            "http.cors() from the bean webChain",
            "the bean webSource of the type"
                + " org.springframework.web.cors.reactive.CorsConfigurationSource"),
        found(
            context -> {
              bean(
                  context,
                  "chain",
                  SecurityFilterChain.class,
                  () -> Maker.chainOf(Maker.filter(false), Maker.filter(true)));
              bean(
                  context,
                  "webChain",
                  SecurityWebFilterChain.class,
                  () -> webChainOf((exchange, chain) -> null, corsWebFilter()));
              context.registerBean("source", UrlBasedCorsConfigurationSource.class);
              context.registerBean(
                  "webSource",
                  org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource.class);
            }));
  }

  @Test
  void a_chain_that_Spring_Boot_makes_is_not_named_but_the_source_is() {
    assertEquals(
        List.of("the bean source of the type " + UrlBasedCorsConfigurationSource.class.getName()),
        found(
            context -> {
              context.registerBean("source", UrlBasedCorsConfigurationSource.class);
              make(context, "org.springframework.boot.Maker", "chain");
            }));
    assertEquals(
        List.of("http.cors() from the bean chain"),
        found(context -> make(context, "com.example.Maker", "chain")));
  }

  @Test
  void a_chain_that_nobody_has_defined_is_that_of_the_application() {
    assertEquals(
        List.of("http.cors() from the bean chain"),
        found(
            context ->
                context
                    .getBeanFactory()
                    .registerSingleton("chain", Maker.chainOf(Maker.filter(true)))));
  }

  /** As the WebSocket of GraphQL is: nobody can remove it. */
  @Test
  void where_the_source_is_Spring_Boots_what_helps_is_named_with_it() {
    assertEquals(
        List.of(
            "Spring Security's CORS from the bean security, by http.cors(cors -> cors.disable())."
                + " Otherwise it takes the bean source for the CORS of every path"),
        found(
            context -> {
              make(context, "org.springframework.boot.Maker", "source");
              bean(
                  context,
                  "security",
                  SecurityFilterChain.class,
                  () -> Maker.chainOf(Maker.filter(true)));
            }));
  }

  private static void make(GenericApplicationContext context, String maker, String bean) {
    context.registerBean(maker, Maker.class);
    RootBeanDefinition definition = new RootBeanDefinition();
    definition.setFactoryBeanName(maker);
    definition.setFactoryMethodName(bean);
    context.registerBeanDefinition(bean, definition);
  }

  @Test
  void each_place_has_a_line_that_says_what_to_remove() {
    try (GenericApplicationContext context = context(registered -> {}, "spring.graphql.cors.a");
        LogLines log = new LogLines()) {
      context.registerBean("plain", OnAMethod.class);
      BuiltInCors.warn(context.getBeanFactory(), context.getEnvironment());
      assertEquals(
          List.of(
              "WARNING " + line("@CrossOrigin from " + OnAMethod.class.getName()),
              "WARNING " + line("the settings spring.graphql.cors.*")),
          log.lines());
    }
  }

  private static String line(String found) {
    return "Spring's own CORS is set up beside this policy. Where the policy applies, it can only"
        + " refuse more than the policy does (403, \"Invalid CORS request\"): remove "
        + found
        + ".";
  }

  /**
   * In every application with GraphQL, and nobody can remove it. Without {@code
   * spring.graphql.cors.*} it does nothing.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "servlet.GraphQlWebMvcAutoConfiguration",
        "reactive.GraphQlWebFluxAutoConfiguration"
      })
  void what_spring_boot_brings_for_graphql_is_not_named(String autoConfiguration) throws Exception {
    Class<?> configurer =
        ClassUtils.forName(
            GraphQlProperties.class.getPackageName()
                + "."
                + autoConfiguration
                + "$GraphQlEndpointCorsConfiguration",
            null);
    assertEquals(
        List.of(),
        found(
            context -> {
              context.registerBean(GraphQlProperties.class);
              context.registerBean(GraphQlCorsProperties.class);
              context.registerBean(configurer);
            }));
  }

  // What the tests are written in.

  private static void bean(
      GenericApplicationContext context, String name, Class<?> type, Supplier<Object> made) {
    RootBeanDefinition definition = new RootBeanDefinition();
    definition.setTargetType(type);
    definition.setInstanceSupplier(made::get);
    context.registerBeanDefinition(name, definition);
  }

  private static List<String> found(Consumer<GenericApplicationContext> beans, String... settings) {
    try (GenericApplicationContext context = context(beans, settings)) {
      return BuiltInCors.found(context.getBeanFactory(), context.getEnvironment()).toList();
    }
  }

  /** An application with these beans, and these settings, each of which has the value x. */
  private static GenericApplicationContext context(
      Consumer<GenericApplicationContext> beans, String... settings) {
    GenericApplicationContext context = new GenericApplicationContext();
    Map<String, Object> values =
        Arrays.stream(settings).collect(Collectors.toMap(name -> name, name -> "x"));
    context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", values));
    beans.accept(context);
    context.refresh();
    return context;
  }
}
