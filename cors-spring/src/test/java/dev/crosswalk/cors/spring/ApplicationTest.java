package dev.crosswalk.cors.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Applications as users write them; those on MVC and on WebFlux behave alike. A test that starts
 * none asks the usual one, which runs all the time.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
abstract class ApplicationTest {

  private static final String APP = "https://app.example.com";
  private static final Pattern OURS = Pattern.compile("(?m)^.*dev\\.crosswalk\\.cors.* : (.*)$");

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<ConfigurableApplicationContext> running = new ArrayList<>();
  private final Map<String, Object> variables = new HashMap<>();
  private ConfigurableApplicationContext usual;
  private List<String> saidByTheUsual;

  @TempDir Path directory;

  /** Spring Security that answers 403 to a POST without a token, and lets the error page be. */
  abstract Class<?> forbidding();

  /** What an application needs beside others that run at the same time. */
  List<Class<?>> besideOthers() {
    return List.of();
  }

  /** A class that sets up Spring's own CORS, and by what it is named. */
  record SetUp(Class<?> by, List<String> named) {}

  /** What can stand beside each other in one application. */
  abstract List<SetUp> springsOwn();

  /** Spring Security guards everything, as it does where nothing else is said. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @RestController
  static class Hello {

    @GetMapping("/hello")
    String hello() {
      return "Hello";
    }

    @PostMapping("/hello")
    String greet() {
      return "Hello";
    }

    @GetMapping("/failure")
    String failure() {
      throw new IllegalStateException("This failure is part of the test.");
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OneBean {
    @Bean
    Cors cors() {
      return CorsPolicy.builder().allowOrigins(APP).build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OtherBean {
    @Bean
    CorsPolicy other() {
      return CorsPolicy.none();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class PrimaryBean {
    @Bean
    @Primary
    CorsPolicy decides() {
      return CorsPolicy.builder().allowOrigins("https://primary.example").build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class WrongBean {
    @Bean
    Cors cors() {
      return CorsPolicy.builder().allowOrigins(APP + "/").build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class NullBean {
    @Bean
    Cors cors() {
      return null;
    }
  }

  @RestController
  static class Annotated {
    @CrossOrigin
    @GetMapping("/annotated")
    String hello() {
      return "Hello";
    }
  }

  @CrossOrigin(APP)
  @RestController
  static class AnnotatedClass {
    @GetMapping("/annotated-class")
    String hello() {
      return "Hello";
    }
  }

  @BeforeAll
  void startTheUsual(CapturedOutput output) {
    usual = run(List.of(), "cors.allowed-origins=" + APP, "cors.allow-credentials=true");
    saidByTheUsual = lines(output);
  }

  @AfterAll
  void closeTheUsual() {
    usual.close();
  }

  @AfterEach
  void close() {
    running.forEach(ConfigurableApplicationContext::close);
    running.clear();
    variables.clear();
  }

  @Test
  void a_preflight_is_answered_before_spring_security() throws Exception {
    HttpResponse<String> response = preflight("/hello", APP);
    assertEquals(204, response.statusCode());
    assertEquals(APP, allowed(response));
  }

  @Test
  void refusals_of_spring_security_have_the_headers() throws Exception {
    HttpResponse<String> unauthorized = get("/hello", APP);
    assertEquals(401, unauthorized.statusCode());
    assertEquals(APP, allowed(unauthorized));
    assertEquals("true", header(unauthorized, "Access-Control-Allow-Credentials"));
  }

  @Test
  void refusals_of_protection_against_forged_requests_have_the_headers() throws Exception {
    start(List.of(forbidding()), "cors.allowed-origins=" + APP);
    HttpResponse<String> forbidden =
        send(
            request("/hello", APP)
                .POST(HttpRequest.BodyPublishers.noBody())
                .header("Authorization", BASIC));
    assertEquals(403, forbidden.statusCode());
    assertEquals(APP, allowed(forbidden));
  }

  @Test
  void every_answer_of_the_application_has_the_headers() throws Exception {
    for (String path : List.of("/hello", "/failure", "/missing", "/actuator/health")) {
      HttpResponse<String> response = send(request(path, APP).header("Authorization", BASIC));
      assertEquals(APP, allowed(response), path);
    }
  }

  @Test
  void of_several_beans_the_primary_one_decides() throws Exception {
    start(List.of(OneBean.class, PrimaryBean.class));
    assertEquals("https://primary.example", allowed(get("/hello", "https://primary.example")));
    assertEquals(204, preflight("/hello", "https://primary.example").statusCode());
    assertEquals(403, preflight("/hello", APP).statusCode());
  }

  @Test
  void several_beans_stop_the_start(CapturedOutput output) {
    assertFailure(
        List.of(OneBean.class, OtherBean.class),
        output,
        "There are several CORS policies, the beans cors, other.",
        "Remove all but one, or mark the one that decides as @Primary.");
  }

  @Test
  void a_bean_beside_settings_stops_the_start(CapturedOutput output) {
    assertFailure(
        List.of(OneBean.class),
        output,
        "There are two CORS policies: the bean cors, and the settings cors.max-age",
        "Remove the bean, or the settings.",
        "cors.max-age=1h");
  }

  @Test
  void a_wrong_bean_stops_the_start_even_where_beans_are_lazy(CapturedOutput output) {
    assertFailure(
        List.of(WrongBean.class),
        output,
        "allowed-origins[0] \"https://app.example.com/\": there is an extra trailing slash",
        "allowed-origins[0]: write \"https://app.example.com\"",
        "spring.main.lazy-initialization=true");
  }

  @Test
  void a_bean_that_is_null_stops_the_start(CapturedOutput output) {
    assertFailure(
        List.of(NullBean.class),
        output,
        "The CORS policy is null: the bean cors.",
        "Return a policy, or CorsPolicy.none() to allow no one.");
  }

  @Test
  void wrong_settings_stop_the_start_with_their_lines(CapturedOutput output) throws Exception {
    Path file = directory.resolve("application.yml");
    Files.writeString(
        file,
        """
        cors:
          allowed-origins:
            - https://app.example.com
            - https://app.example.com/
          alowedMethods: PUT
        """);
    assertFailure(
        List.of(),
        output,
        "cors.allowed-origins[1] \"https://app.example.com/\": there is an extra trailing slash",
        "write \"https://app.example.com\"",
        "spring.config.additional-location=" + directory.toUri());
    assertTrue(output.getOut().contains("application.yml] - 4:7"), output.getOut());
    assertTrue(output.getOut().contains("application.yml] - 5:18"), output.getOut());
    assertTrue(output.getOut().contains("cors.alowedMethods: "), output.getOut());
    assertFalse(output.getOut().contains("\tat dev.crosswalk"), "no stack trace");
  }

  @Test
  void a_profile_has_settings_and_production_has_rules(CapturedOutput output) throws Exception {
    Path file = directory.resolve("application.yml");
    Files.writeString(
        file,
        """
        cors:
          allowed-origins: http://localhost:3000
        ---
        spring.config.activate.on-profile: stage
        cors:
          allowed-origins: https://stage.example.com
        """);
    String location = "spring.config.additional-location=" + directory.toUri();
    start(location, "spring.profiles.active=stage");
    assertEquals("https://stage.example.com", allowed(get("/hello", "https://stage.example.com")));
    assertFailure(
        List.of(), output, "http://localhost:3000", "", location, "spring.profiles.active=prod");
  }

  @Test
  void without_a_policy_one_line_says_so_and_nothing_is_touched(CapturedOutput output)
      throws Exception {
    start(List.of(Annotated.class));
    assertEquals(
        List.of(
            "cors-spring has no policy, so it does nothing. Set cors.allowed-origins, or provide a"
                + " bean of the type Cors."),
        lines(output));
    HttpResponse<String> response = send(request("/annotated", APP).header("Authorization", BASIC));
    assertEquals("*", allowed(response), "Spring's own");
    assertEquals("", allowed(get("/hello", APP)));
    assertNotEquals(204, preflight("/hello", APP).statusCode());
  }

  @Test
  void with_a_policy_nothing_is_said() {
    assertEquals(List.of(), saidByTheUsual);
  }

  @Test
  void the_actuator_on_its_own_port_has_the_policy() throws Exception {
    start("cors.allowed-origins=" + APP, "management.server.port=0");
    String port = asked().getEnvironment().getProperty("local.management.port");
    URI health = URI.create("http://127.0.0.1:" + port + "/actuator/health");
    HttpResponse<String> response = send(HttpRequest.newBuilder(health).header("Origin", APP));
    assertEquals(APP, allowed(response));
    assertEquals(
        204,
        send(HttpRequest.newBuilder(health)
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", APP)
                .header("Access-Control-Request-Method", "GET"))
            .statusCode());
  }

  @Test
  void springs_own_CORS_is_named_whatever_sets_it_up(CapturedOutput output) {
    List<Class<?>> setUps = new ArrayList<>(List.of(Annotated.class, AnnotatedClass.class));
    springsOwn().forEach(setUp -> setUps.add(setUp.by()));
    start(
        setUps,
        "cors.allowed-origins=" + APP,
        "management.endpoints.web.cors.allowed-origins=*",
        "spring.cloud.gateway.globalcors.cors-configurations.[/**].allowed-origins=*",
        "spring.cloud.gateway.server.webflux.routes[0].id=plain",
        "spring.cloud.gateway.server.webflux.routes[1].metadata.cors.allowedOrigins=*");
    List<String> named =
        new ArrayList<>(
            List.of(
                "@CrossOrigin from "
                    + AnnotatedClass.class.getName()
                    + ", "
                    + Annotated.class.getName(),
                "the settings management.endpoints.web.cors.*",
                "the settings spring.cloud.gateway.globalcors.*",
                "the settings spring.cloud.gateway.server.webflux.routes[1].metadata.cors.*"));
    springsOwn().forEach(setUp -> named.addAll(setUp.named()));
    assertNamed(output, named.toArray(new String[0]));
  }

  @Test
  void a_misspelled_environment_variable_is_named(CapturedOutput output) {
    variables.put("CORS_ALLOWED_ORIGNS", "https://other.example.com");
    variables.put("CORS_AGE", "90");
    start("cors.allowed-origins=" + APP, "cors.max-age=${CORS_AGE}");
    assertEquals(
        List.of(
            "The environment variable CORS_ALLOWED_ORIGNS is not a setting, so it is ignored. Did"
                + " you mean CORS_ALLOWED_ORIGINS?"),
        lines(output));
  }

  @Test
  void a_lazy_application_has_the_policy() throws Exception {
    start("cors.allowed-origins=" + APP, "spring.main.lazy-initialization=true");
    assertEquals(204, preflight("/hello", APP).statusCode());
    assertEquals(APP, allowed(get("/hello", APP)));
  }

  // What the tests are written in.

  static final String BASIC = "Basic dXNlcjpwYXNzd29yZA==";

  final void start(String... properties) {
    start(List.of(), properties);
  }

  final void start(List<Class<?>> more, String... properties) {
    running.add(run(more, properties));
  }

  private ConfigurableApplicationContext run(List<Class<?>> more, String... properties) {
    return new SpringApplicationBuilder(Hello.class, PlainPasswords.class)
        .sources(besideOthers().toArray(new Class<?>[0]))
        .sources(more.toArray(new Class<?>[0]))
        .initializers(
            context ->
                context
                    .getEnvironment()
                    .getPropertySources()
                    .addLast(
                        new SystemEnvironmentPropertySource("test-systemEnvironment", variables)))
        .properties(
            "server.port=0",
            "server.address=127.0.0.1",
            "spring.main.banner-mode=off",
            "spring.reactor.netty.shutdown-quiet-period=0s",
            "spring.security.user.name=user",
            "spring.security.user.password=password")
        .run(Stream.of(properties).map(property -> "--" + property).toArray(String[]::new));
  }

  /** The one that the test has started last, or the usual one. */
  private ConfigurableApplicationContext asked() {
    return running.isEmpty() ? usual : running.get(running.size() - 1);
  }

  final HttpRequest.Builder request(String path, String origin) {
    String port = asked().getEnvironment().getProperty("local.server.port");
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("Origin", origin);
  }

  final HttpResponse<String> get(String path, String origin) throws Exception {
    return send(request(path, origin));
  }

  final HttpResponse<String> preflight(String path, String origin) throws Exception {
    return send(
        request(path, origin)
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
            .header("Access-Control-Request-Method", "GET"));
  }

  final HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** Two lines would be two origins. */
  static String allowed(HttpResponse<?> response) {
    return header(response, "Access-Control-Allow-Origin");
  }

  static String header(HttpResponse<?> response, String name) {
    return String.join(" and ", response.headers().allValues(name));
  }

  final void assertFailure(
      List<Class<?>> more,
      CapturedOutput output,
      String description,
      String action,
      String... properties) {
    assertThrows(RuntimeException.class, () -> start(more, properties));
    String out = output.getOut();
    assertTrue(out.contains("APPLICATION FAILED TO START"), out);
    int at = out.indexOf("Description:");
    assertTrue(out.indexOf(description, at) > at, out);
    int then = out.indexOf("Action:", at);
    assertTrue(out.indexOf(action, then) >= then, out);
  }

  static void assertNamed(CapturedOutput output, String... found) {
    assertEquals(
        Stream.of(found)
            .map(
                each ->
                    "Spring's own CORS is set up beside this policy. Where the policy applies, it"
                        + " can only refuse more than the policy does (403, \"Invalid CORS"
                        + " request\"): remove "
                        + each
                        + ".")
            .sorted()
            .toList(),
        lines(output).stream().sorted().toList());
  }

  /** What we have logged. */
  static List<String> lines(CapturedOutput output) {
    return OURS.matcher(output.getOut()).results().map(match -> match.group(1)).toList();
  }
}
