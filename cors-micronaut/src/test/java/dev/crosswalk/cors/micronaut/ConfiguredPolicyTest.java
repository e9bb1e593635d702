package dev.crosswalk.cors.micronaut;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.CrossOriginGuard;
import dev.crosswalk.cors.tck.LogLines;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfiguredPolicyTest {

  /** Every setting there is. */
  private static final CorsPolicy EVERYTHING =
      CorsPolicy.builder()
          .allowOrigins("https://app.example.com")
          .allowMethods("PUT", "DELETE")
          .allowRequestHeaders("Authorization", "Content-Type")
          .exposeResponseHeaders("X-Total", "ETag")
          .allowCredentials()
          .maxAge(Duration.ofMinutes(10))
          .dangerouslyAllowOrigins("http://intranet.example.com", "https://*.vercel.app")
          .build();

  private static ApplicationContextBuilder context(Map<String, Object> properties) {
    return ApplicationContext.builder()
        .deduceEnvironment(false)
        .properties(Map.of("micronaut.security.enabled", false))
        .properties(properties);
  }

  private static Cors policy(ApplicationContextBuilder builder) {
    try (ApplicationContext context = builder.start()) {
      assertTrue(context.containsBean(CorsPolicyFilter.class));
      return context.getBean(Cors.class);
    }
  }

  private static CorsPolicy policyFor(String... origins) {
    return CorsPolicy.builder().allowOrigins(origins).build();
  }

  private static void assertRefused(ApplicationContextBuilder builder, String... sentences) {
    Throwable refused = assertThrows(RuntimeException.class, builder::start);
    StringBuilder messages = new StringBuilder();
    for (Throwable t = refused; t != null; t = t.getCause()) {
      messages.append(t.getMessage()).append('\n');
    }
    for (String sentence : sentences) {
      assertTrue(messages.toString().contains(sentence), messages.toString());
    }
  }

  @Test
  void a_policy_is_configured_by_the_names_that_it_prints() {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (String line : EVERYTHING.toString().split("\n")) {
      properties.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
    }
    assertEquals(7, properties.size(), properties.toString());
    assertEquals(EVERYTHING, policy(context(properties)));
  }

  @Test
  void lists_may_be_lists() {
    assertEquals(
        EVERYTHING,
        policy(
            context(
                Map.of(
                    "cors.allowed-origins",
                    List.of("https://app.example.com"),
                    "cors.allowed-methods",
                    List.of("PUT", "DELETE"),
                    "cors.allowed-request-headers",
                    List.of("Authorization", "Content-Type"),
                    "cors.exposed-response-headers",
                    List.of("X-Total", "ETag"),
                    "cors.allow-credentials",
                    true,
                    "cors.max-age",
                    600,
                    "cors.dangerously-allowed-origins",
                    List.of("http://intranet.example.com", "https://*.vercel.app")))));
  }

  @Test
  void each_environment_has_its_own() {
    assertEquals(
        policyFor("http://localhost:*"), policy(context(Map.of()).environments("shop-dev")));
    assertEquals(
        policyFor("https://app.example.com", "https://www.example.com"),
        policy(context(Map.of()).environments("shop-live")));
  }

  @Test
  void an_environment_variable_comes_before_a_file() {
    assertEquals(
        policyFor("https://other.example"),
        policy(
            context(Map.of())
                .environments("shop-live")
                .propertySources(
                    PropertySource.of(
                        "environment",
                        Map.of("CORS_ALLOWED_ORIGINS", "https://other.example"),
                        PropertyConvention.ENVIRONMENT_VARIABLE,
                        PropertySource.Origin.of("a test")))));
  }

  @Test
  void names_may_be_written_as_Micronaut_lets_them() {
    assertEquals(
        policyFor("https://app.example.com"),
        policy(context(Map.of("cors.allowedOrigins", "https://app.example.com"))));
  }

  @Test
  void policies_for_paths_have_names() {
    Map<String, Object> properties =
        Map.of(
            "cors.allowed-origins", "https://app.example.com",
            "cors.policies.public.paths", List.of("/public", "/fonts"),
            "cors.policies.public.allowed-origins", "*");
    assertEquals(
        Cors.byPath(
                Map.of(
                    "/", policyFor("https://app.example.com"),
                    "/public", policyFor("*"),
                    "/fonts", policyFor("*")))
            .toString(),
        policy(context(properties)).toString());
  }

  private static final Cors GUARDED =
      CrossOriginGuard.around(policyFor("https://app.example.com"))
          .trustOrigins("https://admin.example.com", "https://*.trusted.example")
          .exemptPaths("/webhook")
          .exemptPathsBelow("/hooks", "/more")
          .build();

  @Test
  void a_guard_goes_round_the_policy() {
    assertEquals(
        GUARDED,
        policy(
            context(
                Map.of(
                    "cors.allowed-origins", "https://app.example.com",
                    "cors.guard.enabled", true,
                    "cors.guard.trusted-origins",
                        List.of("https://admin.example.com", "https://*.trusted.example"),
                    "cors.guard.exempt-paths", "/webhook",
                    "cors.guard.exemptPathsBelow", "/hooks,/more"))));
  }

  @Test
  void a_guard_may_come_from_environment_variables() {
    assertEquals(
        GUARDED,
        policy(
            context(Map.of("cors.allowed-origins", "https://app.example.com"))
                .propertySources(
                    PropertySource.of(
                        "environment",
                        Map.of(
                            "CORS_GUARD_ENABLED", "true",
                            "CORS_GUARD_TRUSTED_ORIGINS",
                                "https://admin.example.com,https://*.trusted.example",
                            "CORS_GUARD_EXEMPT_PATHS", "/webhook",
                            "CORS_GUARD_EXEMPT_PATHS_BELOW", "/hooks,/more"),
                        PropertyConvention.ENVIRONMENT_VARIABLE,
                        PropertySource.Origin.of("a test")))));
  }

  @Test
  void a_guard_goes_round_policies_for_paths_too() {
    assertEquals(
        CrossOriginGuard.around(Cors.byPath(Map.of("/api", policyFor("*")))).build(),
        policy(
            context(
                Map.of(
                    "cors.policies.api.paths", "/api",
                    "cors.policies.api.allowed-origins", "*",
                    "cors.guard.enabled", "true"))));
  }

  @Test
  void refusals_are_logged_where_the_configuration_says_so() {
    for (String word : List.of("true", "explained")) {
      String expected = policyFor("*") + "\ncors.log-refusals=" + word;
      assertEquals(
          expected,
          policy(context(Map.of("cors.allowed-origins", "*", "cors.log-refusals", word)))
              .toString());
      assertEquals(
          expected,
          policy(
                  context(Map.of("cors.allowed-origins", "*"))
                      .propertySources(variables(Map.of("CORS_LOG_REFUSALS", word))))
              .toString());
    }
  }

  @Test
  void a_guard_trusts_readers_where_the_configuration_says_so() {
    CorsPolicy policy = policyFor("https://app.example.com").toBuilder().allowCredentials().build();
    Map<String, Object> properties =
        Map.of(
            "cors.allowed-origins", "https://app.example.com",
            "cors.allow-credentials", true,
            "cors.guard.enabled", true);
    assertEquals(
        CrossOriginGuard.around(policy).trustOriginsAllowedWithCredentials().build(),
        policy(
            context(properties)
                .propertySources(
                    variables(
                        Map.of("CORS_GUARD_TRUST_ORIGINS_ALLOWED_WITH_CREDENTIALS", "true")))));
  }

  private static PropertySource variables(Map<String, Object> variables) {
    return PropertySource.of(
        "environment",
        variables,
        PropertyConvention.ENVIRONMENT_VARIABLE,
        PropertySource.Origin.of("a test"));
  }

  /** What Kubernetes puts into every container, where a service is named cors-proxy. */
  private static final Map<String, Object> OF_KUBERNETES =
      Map.of(
          "CORS_PROXY_SERVICE_HOST", "10.0.0.1",
          "CORS_PROXY_SERVICE_PORT", "8080",
          "CORS_PROXY_SERVICE_PORT_HTTP", "8080",
          "CORS_PROXY_PORT", "tcp://10.0.0.1:8080",
          "CORS_PROXY_PORT_8080_TCP", "tcp://10.0.0.1:8080",
          "CORS_PROXY_PORT_8080_TCP_ADDR", "10.0.0.1",
          "CORS_PROXY_PORT_8080_TCP_PORT", "8080",
          "CORS_PROXY_PORT_8080_TCP_PROTO", "tcp");

  @Test
  void variables_of_Kubernetes_are_not_settings() {
    assertEquals(
        policyFor("*"),
        policy(
            context(Map.of("cors.allowed-origins", "*"))
                .propertySources(variables(OF_KUBERNETES))));
    try (ApplicationContext context =
        context(Map.of()).propertySources(variables(OF_KUBERNETES)).start()) {
      assertFalse(context.findBean(Cors.class).isPresent());
    }
  }

  @Test
  void an_own_machine_with_credentials_needs_an_environment() {
    Map<String, Object> properties =
        Map.of("cors.allowed-origins", "http://localhost:3000", "cors.allow-credentials", true);
    assertEquals(1, policy(context(properties)).warnings().size());
    assertEquals(List.of(), policy(context(properties).environments("dev")).warnings());
  }

  @Test
  void what_is_wrong_with_a_guard_stops_the_start() {
    assertRefused(
        context(Map.of("cors.allowed-origins", "*", "cors.guard.exempt-paths", "/webhook")),
        "cors.guard.exempt-paths: it is a setting of the guard, but there is no guard");
    assertRefused(
        context(
            Map.of(
                "cors.allowed-origins", "*",
                "cors.guard.enabled", true,
                "cors.guard.origins", "https://a.example",
                "cors.guard.trusted-origins", "http://localhost:3000")),
        "write cors.guard.trusted-origins");
    assertRefused(
        context(
                Map.of(
                    "cors.allowed-origins", "*",
                    "cors.guard.enabled", true,
                    "cors.guard.trusted-origins", "http://localhost:3000"))
            .environments("prod"),
        "cors.guard.trusted-origins[0] \"http://localhost:3000\"");
  }

  @Test
  void everything_that_is_wrong_stops_the_start_at_once() {
    assertRefused(
        context(
            Map.of(
                "cors.allowed-origins", "https://app.example.com/",
                "cors.allow-credentials", "yes",
                "cors.max-age", "soon",
                "cors.allowed-headers", "Authorization",
                "cors.policies.api.path", "/api")),
        "write \"https://app.example.com\"",
        "it is neither true nor false",
        "it is not a duration",
        "cors.allowed-request-headers",
        "cors.policies.api.paths");
  }

  @Test
  void an_empty_member_of_a_list_is_not_dropped_silently() {
    assertRefused(
        context(Map.of("cors.allowed-origins", "https://app.example.com,,https://b.example")),
        "allowed-origins[1]");
  }

  @Test
  void in_production_there_is_no_localhost() {
    for (String production : List.of("prod", "production")) {
      assertRefused(
          context(Map.of("cors.allowed-origins", "http://localhost:3000")).environments(production),
          "localhost");
    }
  }

  @Test
  void a_policy_bean_and_a_configuration_are_one_too_many() {
    assertRefused(
        context(Map.of("cors.allowed-origins", "https://app.example.com"))
            .singletons(policyFor("https://app.example.com")),
        "There are two policies, a bean of the type Cors and what is configured under cors: remove"
            + " one of them.");
  }

  @Test
  void without_either_there_is_no_filter_and_one_line_says_so() {
    List<String> log =
        logged(
            () -> {
              try (ApplicationContext context = context(Map.of()).start()) {
                assertFalse(context.containsBean(CorsPolicyFilter.class));
              }
            });
    assertEquals(1, log.size(), log.toString());
    assertTrue(log.get(0).startsWith("cors-micronaut has no policy"), log.toString());
  }

  @Test
  void a_misspelled_environment_variable_is_named() {
    List<String> log =
        logged(
            () ->
                policy(
                    context(
                            Map.of(
                                "cors.allowed-origins",
                                "https://app.example.com",
                                "cors.max-age",
                                "${CORS_AGE}"))
                        .propertySources(
                            PropertySource.of(
                                "environment",
                                Map.of(
                                    "CORS_ALLOWED_ORIGNS", "https://b.example", "CORS_AGE", "90"),
                                PropertyConvention.ENVIRONMENT_VARIABLE,
                                PropertySource.Origin.of("a test")))));
    assertEquals(
        List.of(
            "The environment variable CORS_ALLOWED_ORIGNS is not a setting, so it is ignored. Did"
                + " you mean CORS_ALLOWED_ORIGINS?"),
        log);
  }

  @Test
  void a_file_that_is_not_read_is_named(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("cors.properties"), "cors.allowed-origins=*");
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
      List<String> log =
          logged(
              () ->
                  policy(
                      context(Map.of("cors.allowed-origins", "https://app.example.com"))
                          .classLoader(loader)));
      assertEquals(1, log.size(), log.toString());
      assertTrue(log.get(0).contains("does not read cors.properties"), log.toString());
    }
  }

  private static List<String> logged(Runnable start) {
    try (LogLines log = new LogLines()) {
      start.run();
      return log.lines();
    }
  }

  @Test
  void each_problem_is_printed_once_with_the_place_of_the_settings() {
    StringWriter printed = new StringWriter();
    assertThrows(
            RuntimeException.class,
            () ->
                context(Map.of())
                    .propertySources(
                        PropertySource.of(
                            "application",
                            Map.of("cors.allowed-origins", "https://app.example.com/"),
                            PropertyConvention.JAVA_PROPERTIES,
                            PropertySource.Origin.of("classpath:application.properties")))
                    .start())
        .printStackTrace(new PrintWriter(printed));
    String problem = "write \"https://app.example.com\"";
    String log = printed.toString();
    assertTrue(log.contains(problem), log);
    assertEquals(log.indexOf(problem), log.lastIndexOf(problem), log);
    assertTrue(log.contains("They come from classpath:application.properties."), log);
  }
}
