package dev.crosswalk.cors.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.servlet.CorsPolicyFilter;
import jakarta.servlet.Filter;
import java.util.List;
import java.util.Map;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.WebFilter;

/** The beans of an application that has no server. {@link ApplicationTest} has whole ones. */
class AutoConfigurationTest {

  private static final String APP = "https://app.example.com";
  private static final String SETTING = "cors.allowed-origins=" + APP;

  private final WebApplicationContextRunner servlet =
      new WebApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  CorsPolicyAutoConfiguration.class, ServletCorsAutoConfiguration.class));

  private final ReactiveWebApplicationContextRunner reactive =
      new ReactiveWebApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  CorsPolicyAutoConfiguration.class, ReactiveCorsAutoConfiguration.class));

  @Configuration(proxyBeanMethods = false)
  static class OneBean {
    @Bean
    Cors cors() {
      return CorsPolicy.builder().allowOrigins(APP).build();
    }
  }

  @Test
  void settings_are_the_policy_of_every_request() throws Exception {
    servlet
        .withPropertyValues(SETTING)
        .run(
            context -> {
              FilterRegistrationBean<?> bean = registration(context, "corsPolicyFilter");
              assertEquals(Ordered.HIGHEST_PRECEDENCE, bean.getOrder());
              assertEquals("[REQUEST, ASYNC, ERROR]", bean.determineDispatcherTypes().toString());
              assertEquals(APP, Servlets.allowed(bean.getFilter()));
            });
    reactive
        .withPropertyValues(SETTING)
        .run(context -> assertEquals(APP, allowed(context.getBean(CorsPolicyWebFilter.class))));
  }

  @Test
  void a_bean_is_the_policy_of_every_request() {
    servlet
        .withUserConfiguration(OneBean.class)
        .run(
            context ->
                assertEquals(
                    APP, Servlets.allowed(registration(context, "corsPolicyFilter").getFilter())));
    reactive
        .withUserConfiguration(OneBean.class)
        .run(context -> assertEquals(APP, allowed(context.getBean(CorsPolicyWebFilter.class))));
  }

  @Test
  void the_report_of_Spring_Boot_says_why_there_is_a_policy_or_none() {
    assertEquals("settings begin with cors.", reason(servlet.withPropertyValues(SETTING)));
    assertEquals("no setting begins with cors.", reason(servlet));
  }

  private static String reason(WebApplicationContextRunner runner) {
    StringBuilder reason = new StringBuilder();
    runner.run(
        context ->
            ConditionEvaluationReport.get(context.getBeanFactory())
                .getConditionAndOutcomesBySource()
                .forEach(
                    (source, outcomes) ->
                        outcomes.forEach(
                            each -> {
                              if (each.getCondition()
                                  instanceof CorsPolicyAutoConfiguration.OnCorsSettings) {
                                reason.append(each.getOutcome().getMessage());
                              }
                            })));
    return reason.toString();
  }

  @Test
  void without_a_policy_one_line_says_so() {
    List<String> missing =
        List.of(
            "WARNING cors-spring has no policy, so it does nothing. Set cors.allowed-origins, or"
                + " provide a bean of the type Cors.");
    assertEquals(missing, logged(servlet));
    assertEquals(missing, logged(reactive));
    assertEquals(List.of(), logged(servlet.withPropertyValues(SETTING)));
    assertEquals(List.of(), logged(reactive.withPropertyValues(SETTING)));
  }

  @Test
  void a_path_of_a_policy_that_lacks_the_base_path_is_told_of() {
    ReactiveWebApplicationContextRunner shop =
        reactive.withPropertyValues(
            "spring.webflux.base-path=/shop", "cors.policies.api.allowed-origins=" + APP);
    assertEquals(
        List.of(
            "WARNING No request to the application at /shop has the policy of /api, because the"
                + " whole path is compared, with /shop in front. Write /shop/api."),
        logged(shop.withPropertyValues("cors.policies.api.paths=/api")));
    assertEquals(List.of(), logged(shop.withPropertyValues("cors.policies.api.paths=/shop/api")));
  }

  @Configuration(proxyBeanMethods = false)
  static class ByHost {
    @Bean
    Cors cors() {
      return Cors.byHost(Map.of("api.example.com", CorsPolicy.builder().allowOrigins(APP).build()));
    }
  }

  /** Over HTTP/1.1 Tomcat leaves the header alone. */
  @Test
  void a_host_that_the_server_reads_from_a_header_in_Kubernetes_is_told_of() {
    WebApplicationContextRunner cluster =
        servlet.withPropertyValues(
            "spring.main.cloud-platform=kubernetes", "server.http2.enabled=true");
    assertEquals(
        List.of(
            "WARNING The host of a request chooses its policy, and on this cloud platform Spring"
                + " Boot lets the server read that host from X-Forwarded-Host, which every client"
                + " can send. Set server.forward-headers-strategy to framework or none, so that"
                + " Host chooses, or to native, if the proxy sets or removes X-Forwarded-Host"
                + " itself."),
        logged(cluster.withUserConfiguration(ByHost.class)));
    List.of(
            servlet.withPropertyValues("server.http2.enabled=true"),
            cluster.withPropertyValues("server.http2.enabled=false"),
            cluster.withPropertyValues("server.forward-headers-strategy=native"),
            cluster.withPropertyValues("server.forward-headers-strategy=none"),
            cluster.withClassLoader(new FilteredClassLoader(Tomcat.class)))
        .forEach(
            other -> assertEquals(List.of(), logged(other.withUserConfiguration(ByHost.class))));
    assertEquals(List.of(), logged(cluster.withUserConfiguration(OneBean.class)));
  }

  @Test
  void a_misspelled_variable_and_Springs_own_CORS_are_named() {
    assertEquals(
        List.of(
            "WARNING The environment variable CORS_ALLOWED_ORIGNS is not a setting, so it is"
                + " ignored. Did you mean CORS_ALLOWED_ORIGINS?",
            "WARNING Spring's own CORS is set up beside this policy. Where the policy applies, it"
                + " can only refuse more than the policy does (403, \"Invalid CORS request\"):"
                + " remove the settings spring.graphql.cors.*."),
        logged(
            servlet
                .withPropertyValues(SETTING, "spring.graphql.cors.allowed-origins=*")
                .withInitializer(
                    context ->
                        context
                            .getEnvironment()
                            .getPropertySources()
                            .addLast(
                                new SystemEnvironmentPropertySource(
                                    "test-systemEnvironment",
                                    Map.of("CORS_ALLOWED_ORIGNS", APP))))));
  }

  @Configuration(proxyBeanMethods = false)
  static class WrongBean {
    @Bean
    Cors cors() {
      return CorsPolicy.builder().allowOrigins(APP + "/").build();
    }
  }

  @Test
  void a_wrong_policy_stops_the_start_even_where_beans_are_lazy() {
    reactive
        .withUserConfiguration(WrongBean.class)
        .withInitializer(
            context ->
                context.addBeanFactoryPostProcessor(
                    new LazyInitializationBeanFactoryPostProcessor()))
        .run(context -> assertNotNull(context.getStartupFailure()));
  }

  // Filters beside ours.

  /** Here and not beside the tests: JUnit looks at those without servlets, too. */
  static final class Servlets {
    static String allowed(Filter filter) throws Exception {
      MockHttpServletRequest request = new MockHttpServletRequest("GET", "/");
      request.addHeader("Origin", APP);
      MockHttpServletResponse response = new MockHttpServletResponse();
      filter.doFilter(request, response, new MockFilterChain());
      return response.getHeader("Access-Control-Allow-Origin");
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnFilters {

    @Bean
    CorsPolicyFilter own() {
      return new CorsPolicyFilter(CorsPolicy.none());
    }

    @Bean
    FilterRegistrationBean<CorsPolicyFilter> registered() {
      return new FilterRegistrationBean<>(new CorsPolicyFilter(CorsPolicy.none()));
    }
  }

  @Test
  void a_second_filter_of_ours_stops_the_start() {
    for (WebApplicationContextRunner runner :
        List.of(servlet, servlet.withPropertyValues(SETTING))) {
      runner
          .withUserConfiguration(OwnFilters.class)
          .run(
              context ->
                  assertEquals(
                      "A CorsPolicyFilter is the bean own, registered.",
                      assertInstanceOf(CorsSetupException.class, context.getStartupFailure())
                          .getMessage()));
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnWebFilter {
    @Bean
    CorsPolicyWebFilter own() {
      return new CorsPolicyWebFilter(CorsPolicy.none());
    }
  }

  @Test
  void a_web_filter_of_ones_own_replaces_ours() {
    reactive
        .withUserConfiguration(OwnWebFilter.class)
        .withPropertyValues(SETTING)
        .run(context -> assertNull(allowed(context.getBean(CorsPolicyWebFilter.class))));
  }

  @Configuration(proxyBeanMethods = false)
  static class HiddenWebFilter {
    @Bean
    WebFilter own() {
      return new CorsPolicyWebFilter(CorsPolicy.none());
    }
  }

  @Test
  void a_second_web_filter_of_ours_stops_the_start() {
    reactive
        .withUserConfiguration(HiddenWebFilter.class)
        .withPropertyValues(SETTING)
        .run(
            context ->
                assertEquals(
                    "There are several CorsPolicyWebFilter, the beans own, corsPolicyWebFilter.",
                    assertInstanceOf(CorsSetupException.class, context.getStartupFailure())
                        .getMessage()));
  }

  @Test
  void the_actuator_on_its_own_port_has_the_same_filter() {
    servlet
        .withPropertyValues(SETTING)
        .run(
            application ->
                new WebApplicationContextRunner()
                    .withParent(application)
                    .withUserConfiguration(ServletCorsAutoConfiguration.Management.class)
                    .run(
                        management -> {
                          FilterRegistrationBean<?> bean =
                              registration(management, "managementCorsPolicyFilter");
                          assertSame(
                              registration(application, "corsPolicyFilter").getFilter(),
                              bean.getFilter());
                          assertEquals(Ordered.HIGHEST_PRECEDENCE, bean.getOrder());
                        }));
  }

  // What the tests are written in.

  private static FilterRegistrationBean<?> registration(
      org.springframework.context.ApplicationContext context, String name) {
    return context.getBean(name, FilterRegistrationBean.class);
  }

  private static String allowed(WebFilter filter) {
    MockServerWebExchange exchange =
        MockServerWebExchange.from(
            MockServerHttpRequest.get("http://api.example/").header("Origin", APP));
    filter.filter(exchange, next -> next.getResponse().setComplete()).block();
    return exchange.getResponse().getHeaders().getFirst("Access-Control-Allow-Origin");
  }

  private static List<String> logged(WebApplicationContextRunner runner) {
    try (LogLines log = new LogLines()) {
      runner.run(context -> assertNull(context.getStartupFailure()));
      return List.copyOf(log.lines());
    }
  }

  private static List<String> logged(ReactiveWebApplicationContextRunner runner) {
    try (LogLines log = new LogLines()) {
      runner.run(context -> assertNull(context.getStartupFailure()));
      return List.copyOf(log.lines());
    }
  }
}
