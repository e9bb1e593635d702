package dev.crosswalk.cors.spring;

import dev.crosswalk.cors.CorsAdapter;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.Environment;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.stereotype.Controller;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.reactive.handler.AbstractUrlHandlerMapping;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;

/**
 * Finds where Spring's own CORS is set up. Next to a policy it cannot share anything: if the policy
 * shares a response, Spring does nothing, and otherwise it refuses what it does not allow itself.
 */
final class BuiltInCors {

  private static final String GRAPHQL = "spring.graphql.cors";

  /** Opens a WebSocket for the origins of {@link #GRAPHQL}, which are not those of CORS then. */
  private static final String GRAPHQL_WEBSOCKET = "spring.graphql.websocket";

  /** Those of the actuator, of GraphQL, and of the Gateway before and since it has two servers. */
  private static final List<String> SETTINGS =
      List.of(
          "management.endpoints.web.cors",
          GRAPHQL,
          "spring.cloud.gateway.globalcors",
          "spring.cloud.gateway.server.webflux.globalcors");

  /** Of the Gateway's routes, each of which may have CORS of its own in its metadata. */
  private static final List<String> ROUTES =
      List.of("spring.cloud.gateway.routes", "spring.cloud.gateway.server.webflux.routes");

  private static final String SPRING_BOOT = "org.springframework.boot.";

  private BuiltInCors() {}

  /** Logs one line for each. */
  static void warn(ListableBeanFactory beans, Environment environment) {
    found(beans, environment)
        .forEach(
            found ->
                CorsAdapter.warn(
                    "Spring's own CORS is set up beside this policy. Where the policy applies, it"
                        + " can only refuse more than the policy does (403, \"Invalid CORS"
                        + " request\"): remove "
                        + found
                        + "."));
  }

  /** Names each place, and what is to be removed there. */
  static Stream<String> found(ListableBeanFactory beans, Environment environment) {
    return Stream.of(
            annotations(beans),
            settings(environment),
            ifPresent("org.springframework.web.servlet.DispatcherServlet", () -> Mvc.found(beans)),
            ifPresent(
                "org.springframework.web.reactive.DispatcherHandler",
                () -> WebFlux.found(beans, environment)),
            ifPresent(
                "org.springframework.security.web.FilterChainProxy", () -> Security.found(beans)),
            ifPresent(
                "org.springframework.security.web.server.WebFilterChainProxy",
                () -> ReactiveSecurity.found(beans)))
        .flatMap(found -> found);
  }

  private static Stream<String> ifPresent(String type, Supplier<Stream<String>> finder) {
    return ClassUtils.isPresent(type, BuiltInCors.class.getClassLoader())
        ? finder.get()
        : Stream.empty();
  }

  private static Stream<String> settings(Environment environment) {
    Bindable<Map<String, Object>> any = Bindable.mapOf(String.class, Object.class);
    Binder binder = Binder.get(environment);
    Predicate<String> isSet = prefix -> binder.bind(prefix, any).isBound();
    Stream<String> ofRoutes =
        ROUTES.stream()
            .flatMap(
                routes ->
                    Stream.iterate(0, i -> i + 1)
                        .map(i -> routes + "[" + i + "]")
                        .takeWhile(isSet)
                        .map(route -> route + ".metadata.cors"));
    return Stream.concat(SETTINGS.stream(), ofRoutes)
        .filter(isSet)
        .filter(prefix -> !prefix.equals(GRAPHQL) || !isSet.test(GRAPHQL_WEBSOCKET))
        .map(prefix -> "the settings " + prefix + ".*");
  }

  /** On a controller, on one of its methods, or on a repository of Spring Data REST. */
  private static Stream<String> annotations(ListableBeanFactory beans) {
    Set<String> names = new LinkedHashSet<>();
    names.addAll(List.of(beans.getBeanNamesForAnnotation(CrossOrigin.class)));
    for (String name : beans.getBeanNamesForAnnotation(Controller.class)) {
      Class<?> type = beans.getType(name);
      if (type != null && hasAnnotatedMethod(ClassUtils.getUserClass(type))) {
        names.add(name);
      }
    }
    return names.isEmpty()
        ? Stream.empty()
        : Stream.of(
            "@CrossOrigin from "
                + names.stream().map(name -> type(beans, name)).collect(Collectors.joining(", ")));
  }

  private static boolean hasAnnotatedMethod(Class<?> type) {
    return !MethodIntrospector.selectMethods(
            type,
            (ReflectionUtils.MethodFilter)
                method -> AnnotatedElementUtils.hasAnnotation(method, CrossOrigin.class))
        .isEmpty();
  }

  private static String type(ListableBeanFactory beans, String name) {
    Class<?> type = beans.getType(name);
    return type == null ? name : ClassUtils.getUserClass(type).getName();
  }

  /** Returns the types of the beans whose class has its own method for CORS, if it sets up any. */
  private static <T> Stream<String> configurers(
      ListableBeanFactory beans, Class<T> configurer, Class<?> registry, Predicate<T> setsUp) {
    return Stream.of(beans.getBeanNamesForType(configurer, true, false))
        .filter(
            name -> {
              Class<?> type = beans.getType(name);
              Method method =
                  type == null
                      ? null
                      : ClassUtils.getMethodIfAvailable(
                          ClassUtils.getUserClass(type), "addCorsMappings", registry);
              return method != null
                  && method.getDeclaringClass() != configurer
                  && setsUp.test(beans.getBean(name, configurer));
            })
        .map(name -> type(beans, name));
  }

  /** Names all but those of Spring Boot, which do what its settings say, and cannot be removed. */
  private static Stream<String> ofUsers(Stream<String> configurers) {
    return configurers
        .filter(type -> !type.startsWith(SPRING_BOOT))
        .map(type -> "addCorsMappings(CorsRegistry) from " + type);
  }

  private static Stream<String> beansOf(ListableBeanFactory beans, Class<?> type) {
    return Stream.of(beans.getBeanNamesForType(type, true, false))
        .filter(name -> !isOfSpringBoot(beans, name))
        .map(name -> "the bean " + name + " of the type " + type.getName());
  }

  private static final class Mvc {

    static Stream<String> found(ListableBeanFactory beans) {
      List<String> configurers =
          configurers(
                  beans,
                  org.springframework.web.servlet.config.annotation.WebMvcConfigurer.class,
                  org.springframework.web.servlet.config.annotation.CorsRegistry.class,
                  configurer -> new Mappings().areOf(configurer))
              .toList();
      List<String> mappings = new ArrayList<>();
      beans
          .getBeansOfType(HandlerMapping.class, true, false)
          .forEach(
              (name, mapping) -> {
                if (mapping instanceof Iterable<?> mappingsOfDataRest) {
                  for (Object each : mappingsOfDataRest) {
                    if (hasSource(each)) {
                      mappings.add("the CORS mappings of Spring Data REST from " + name);
                    }
                  }
                } else if (configurers.isEmpty() && hasSource(mapping)) {
                  mappings.add("the CORS configuration from the bean " + name);
                }
              });
      Stream<String> filters =
          Stream.of(beans.getBeanNamesForType(FilterRegistrationBean.class, true, false))
              .filter(
                  name ->
                      beans.getBean(name) instanceof FilterRegistrationBean<?> registration
                          && registration.getFilter() instanceof CorsFilter)
              .map(name -> "the CorsFilter that the bean " + name + " registers");
      return Stream.of(
              ofUsers(configurers.stream()),
              mappings.stream().distinct(),
              beansOf(beans, CorsFilter.class),
              filters)
          .flatMap(found -> found);
    }

    private static boolean hasSource(Object mapping) {
      return mapping instanceof AbstractHandlerMapping handlers
          && handlers.getCorsConfigurationSource() != null;
    }

    /** Some configurers add none, such as springdoc's, which writes out every method. */
    private static final class Mappings
        extends org.springframework.web.servlet.config.annotation.CorsRegistry {

      boolean areOf(org.springframework.web.servlet.config.annotation.WebMvcConfigurer configurer) {
        configurer.addCorsMappings(this);
        return !getCorsConfigurations().isEmpty();
      }
    }
  }

  private static final class WebFlux {

    static Stream<String> found(ListableBeanFactory beans, Environment environment) {
      List<String> configurers =
          configurers(
                  beans,
                  org.springframework.web.reactive.config.WebFluxConfigurer.class,
                  org.springframework.web.reactive.config.CorsRegistry.class,
                  configurer -> new Mappings().areOf(configurer))
              .toList();
      // The Gateway's settings, which are named, become those of its mappings.
      boolean isOfOthers = !configurers.isEmpty() || settings(environment).findAny().isPresent();
      return Stream.of(
              ofUsers(configurers.stream()),
              isOfOthers ? Stream.<String>empty() : mappings(beans),
              beansOf(beans, CorsWebFilter.class))
          .flatMap(found -> found);
    }

    private static Stream<String> mappings(ListableBeanFactory beans) {
      return beans
          .getBeansOfType(
              org.springframework.web.reactive.handler.AbstractHandlerMapping.class, true, false)
          .entrySet()
          .stream()
          .filter(mapping -> hasSource(mapping.getValue()) && !opensWebSockets(mapping.getValue()))
          .map(mapping -> "the CORS configuration from the bean " + mapping.getKey());
    }

    /** In WebFlux only the field tells. A native image may not know it. */
    private static boolean hasSource(Object mapping) {
      Field source =
          ReflectionUtils.findField(
              org.springframework.web.reactive.handler.AbstractHandlerMapping.class,
              "corsConfigurationSource");
      if (source == null) {
        return false;
      }
      ReflectionUtils.makeAccessible(source);
      return ReflectionUtils.getField(source, mapping) != null;
    }

    /** There it says who may open one, as Spring's documentation has it, and has to stay. */
    private static boolean opensWebSockets(Object mapping) {
      return mapping instanceof AbstractUrlHandlerMapping urls
          && urls.getHandlerMap().values().stream().anyMatch(WebSocketHandler.class::isInstance);
    }

    private static final class Mappings
        extends org.springframework.web.reactive.config.CorsRegistry {

      boolean areOf(org.springframework.web.reactive.config.WebFluxConfigurer configurer) {
        configurer.addCorsMappings(this);
        return !getCorsConfigurations().isEmpty();
      }
    }
  }

  private static final class Security {

    static Stream<String> found(ListableBeanFactory beans) {
      return securityChains(
          beans,
          SecurityFilterChain.class,
          chain -> chain.getFilters().stream().anyMatch(CorsFilter.class::isInstance),
          UrlBasedCorsConfigurationSource.class);
    }
  }

  private static final class ReactiveSecurity {

    static Stream<String> found(ListableBeanFactory beans) {
      return securityChains(
          beans,
          SecurityWebFilterChain.class,
          chain ->
              Boolean.TRUE.equals(
                  chain.getWebFilters().any(CorsWebFilter.class::isInstance).block()),
          org.springframework.web.cors.reactive.CorsConfigurationSource.class);
    }
  }

  /**
   * Spring Boot's own chains may have a filter, too. Of what {@code @CrossOrigin} and others say,
   * which is found above, or of a bean that is a source; that one has to go then. If it is Spring
   * Boot's, as the WebSocket of GraphQL is, it cannot.
   */
  private static <T> Stream<String> securityChains(
      ListableBeanFactory beans, Class<T> type, Predicate<T> hasFilter, Class<?> source) {
    List<String> chains =
        beans.getBeansOfType(type, true, false).entrySet().stream()
            .filter(chain -> hasFilter.test(chain.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    String taken =
        Stream.of(beans.getBeanNamesForType(source, true, false))
            .filter(name -> isOfSpringBoot(beans, name))
            .collect(Collectors.joining(", "));
    Stream<String> ofUsers =
        chains.stream()
            .filter(chain -> !isOfSpringBoot(beans, chain))
            .map(
                chain ->
                    taken.isEmpty()
                        ? "http.cors() from the bean " + chain
                        : "Spring Security's CORS from the bean "
                            + chain
                            + ", by http.cors(cors -> cors.disable()). Otherwise it takes the bean "
                            + taken
                            + " for the CORS of every path");
    return Stream.concat(ofUsers, chains.isEmpty() ? Stream.empty() : beansOf(beans, source));
  }

  private static boolean isOfSpringBoot(ListableBeanFactory beans, String name) {
    return beans instanceof ConfigurableListableBeanFactory factory
        && factory.containsBeanDefinition(name)
        && String.valueOf(factory.getBeanDefinition(name).getFactoryBeanName())
            .startsWith(SPRING_BOOT);
  }
}
