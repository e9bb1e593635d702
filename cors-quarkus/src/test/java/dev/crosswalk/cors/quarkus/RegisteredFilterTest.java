package dev.crosswalk.cors.quarkus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.vertx.http.runtime.filters.Filter;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Instance;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the filter does at the start, and what it registers, on the router that Quarkus has. */
class RegisteredFilterTest {

  private static final String APP = "https://app.example.com";

  private final Map<String, String> settings = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private Filters filters = new Filters();

  /** Where the route that answers stands among the others. */
  private int order;

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final Logger logger = Logger.getLogger("dev.crosswalk.cors");

  @BeforeEach
  void listen() {
    logger.setFilter(
        line -> {
          // JBoss' log manager says once, to whichever logger is first, that it is not the JVM's.
          if (!line.getMessage().startsWith("The LogManager accessed")) {
            told.add(line.getMessage());
          }
          return false;
        });
  }

  @AfterEach
  void stop() {
    logger.setFilter(null);
  }

  /** The beans of an application. A container of CDI would take a second to start. */
  @SuppressWarnings("unchecked")
  private static Instance<Cors> beans(int count, Cors bean) {
    return (Instance<Cors>)
        Proxy.newProxyInstance(
            Instance.class.getClassLoader(),
            new Class<?>[] {Instance.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "isUnsatisfied" -> count == 0;
                  case "isAmbiguous" -> count > 1;
                  case "get" -> bean;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static final Instance<Cors> NO_BEAN = beans(0, null);

  private void register(Instance<Cors> beans) {
    new CorsPolicyFilter()
        .register(
            filters,
            new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(environment, 300))
                .withSources(new PropertiesConfigSource(settings, "application.properties", 250))
                .build(),
            beans);
  }

  /** Sends requests from an origin to what is registered, before an answer of the application. */
  private List<HttpResponse<String>> ask(String status, String message, String... origins)
      throws Exception {
    return askFor("/", status, message, origins);
  }

  private List<HttpResponse<String>> askFor(
      String path, String status, String message, String... origins) throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      Router router = Router.router(vertx);
      // As quarkus.http.filter.* makes one, which adds headers and comes before all.
      router.routeWithRegex("/.*").order(Integer.MIN_VALUE).handler(RoutingContext::next);
      for (Filter filter : filters.getFilters()) {
        router.route().order(-filter.getPriority()).handler(filter.getHandler());
      }
      router
          .route()
          .order(order)
          .handler(
              context ->
                  context
                      .response()
                      .setStatusCode(Integer.parseInt(status))
                      .setStatusMessage(message)
                      .end());
      HttpServer server =
          vertx
              .createHttpServer()
              .requestHandler(router)
              .listen(0, "127.0.0.1")
              .toCompletionStage()
              .toCompletableFuture()
              .get();
      HttpClient client = HttpClient.newHttpClient();
      List<HttpResponse<String>> responses = new CopyOnWriteArrayList<>();
      for (String origin : origins) {
        HttpRequest.Builder request =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path));
        if (!origin.isEmpty()) {
          request.header("Origin", origin);
        }
        responses.add(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
      }
      return responses;
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get();
    }
  }

  private void assertShares() throws Exception {
    assertEquals(
        List.of(Integer.MAX_VALUE),
        filters.getFilters().stream().map(Filter::getPriority).toList());
    HttpResponse<String> response = ask("200", "OK", APP).get(0);
    assertEquals(200, response.statusCode());
    assertEquals(List.of(APP), response.headers().allValues("Access-Control-Allow-Origin"));
  }

  private String refusal(Instance<Cors> beans) {
    return assertThrows(IllegalStateException.class, () -> register(beans)).getMessage();
  }

  private static CorsPolicy policy() {
    return CorsPolicy.builder().allowOrigins(APP).build();
  }

  @Test
  void the_policy_is_what_is_configured() throws Exception {
    settings.put("cors.allowed-origins", APP);
    register(NO_BEAN);
    assertShares();
    assertEquals(List.of(), told);
  }

  @Test
  void the_policy_is_a_bean() throws Exception {
    register(beans(1, policy()));
    assertShares();
    assertEquals(List.of(), told);
  }

  /** quarkus-load-shedding has the order -1,000,000,000, and a BodyHandler one after the first. */
  @Test
  void what_the_route_of_an_extension_answers_is_shared() throws Exception {
    register(beans(1, policy()));
    for (int early : List.of(-10_001, -1_000_000_000, 1 - Integer.MAX_VALUE, -Integer.MAX_VALUE)) {
      order = early;
      HttpResponse<String> response = ask("503", "Service Unavailable", APP).get(0);
      assertEquals(503, response.statusCode());
      assertEquals(List.of(APP), response.headers().allValues("Access-Control-Allow-Origin"));
    }
    assertEquals(List.of(), told);
  }

  @Test
  void without_a_policy_nothing_is_registered_and_a_sentence_says_so() {
    register(NO_BEAN);
    assertEquals(List.of(), filters.getFilters());
    assertEquals(1, told.size(), told::toString);
    assertTrue(told.get(0).contains("cors-quarkus"), told::toString);
  }

  @Test
  void two_policies_are_refused() {
    settings.put("cors.max-age", "1h");
    assertTrue(refusal(beans(1, policy())).startsWith("There are two policies, a bean"));
    settings.clear();
    assertTrue(refusal(beans(2, policy())).startsWith("There are several beans"));
  }

  @Test
  void a_bean_that_is_null_is_refused() {
    String message =
        assertThrows(NullPointerException.class, () -> register(beans(1, null))).getMessage();
    assertTrue(message.startsWith("cors-quarkus needs a policy"), message);
  }

  @Test
  void the_CORS_of_Quarkus_is_refused_beside_it() {
    settings.put("quarkus.http.cors.enabled", "true");
    assertTrue(refusal(beans(1, policy())).startsWith("quarkus.http.cors.enabled is true"));
    settings.put("quarkus.http.cors.enabled", "false");
    register(beans(1, policy()));
    assertEquals(1, filters.getFilters().size());
  }

  @Test
  void pages_of_Quarkus_that_no_filter_sees_are_told_of() {
    settings.put("quarkus.http.root-path", "/api");
    settings.put("quarkus.http.non-application-root-path", "/q");
    register(beans(1, policy()));
    assertEquals(1, told.size(), told::toString);
    assertTrue(told.get(0).startsWith("The responses below /q"), told::toString);
  }

  @Test
  void a_path_of_a_policy_that_lacks_the_root_path_is_told_of() {
    settings.put("quarkus.http.root-path", "/shop");
    register(beans(1, Cors.byPath(Map.of("/shop/api", policy()))));
    assertEquals(List.of(), told);
    filters = new Filters();
    register(beans(1, Cors.byPath(Map.of("/api", policy()))));
    assertEquals(1, told.size(), told::toString);
    assertTrue(told.get(0).endsWith("Write /shop/api."), told::toString);
  }

  @Test
  void a_variable_with_a_typo_is_told_of() {
    environment.put("CORS_ALLOWED_ORIGNS", APP);
    register(beans(1, policy()));
    assertEquals(1, told.size(), told::toString);
    assertTrue(told.get(0).contains("CORS_ALLOWED_ORIGNS"), told::toString);
  }

  @Test
  void a_file_that_is_not_read_is_told_of(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("cors.properties"), "cors.allowed-origins=" + APP);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {directory.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      register(beans(1, policy()));
    } finally {
      thread.setContextClassLoader(before);
    }
    assertEquals(1, told.size(), told::toString);
    assertTrue(told.get(0).startsWith("cors-quarkus does not read cors.properties"));
  }

  /** No setting shows what code has enabled. */
  @Test
  void a_refusal_by_the_CORS_of_Quarkus_is_told_of_once() throws Exception {
    register(beans(1, policy()));
    ask("403", "CORS Rejected - Invalid origin", "");
    assertEquals(List.of(), told, "Quarkus refuses only what has an origin");
    ask("403", "Forbidden", APP);
    ask("200", "OK", APP);
    assertEquals(List.of(), told);
    ask("403", "CORS Rejected - Invalid origin", APP, APP);
    assertEquals(1, told.size(), told::toString);
    assertTrue(told.get(0).startsWith("Quarkus' own CORS is beside the policy"), told::toString);
  }

  @Test
  void once_the_CORS_of_Quarkus_is_named_nothing_is_said_of_the_headers_that_it_writes()
      throws Exception {
    CorsPolicy policy = policy();
    register(beans(1, policy));
    ask("403", "CORS Rejected - Invalid origin", APP);
    policy
        .decide(Cors.Request.of("GET", "/").from(APP))
        .overrule("Access-Control-Allow-Origin", "*");
    assertEquals(1, told.size(), told::toString);
  }

  /** It has CORS of its own, which would look like a second layer. */
  @Test
  void in_development_the_Dev_UI_is_left_alone() throws Exception {
    for (String path : List.of("/q/dev-ui", "/q/dev-ui/extensions", "/q//dev-ui/")) {
      assertEquals(List.of(), allowedInDevelopment(path), path);
    }
    for (String path : List.of("/", "/q/health", "/q/dev-uis", "/dev-ui")) {
      assertEquals(List.of(APP), allowedInDevelopment(path), path);
    }
    settings.put("quarkus.http.root-path", "/shop/");
    assertEquals(List.of(), allowedInDevelopment("/shop/q/dev-ui/extensions"));
    settings.put("quarkus.http.non-application-root-path", "/pages");
    assertEquals(List.of(), allowedInDevelopment("/pages/dev-ui/extensions"));
    filters = new Filters();
    register(beans(1, policy()));
    assertEquals(List.of(APP), allowed("/pages/dev-ui/extensions"));
  }

  private List<String> allowedInDevelopment(String path) throws Exception {
    filters = new Filters();
    LaunchMode before = LaunchMode.current();
    LaunchMode.set(LaunchMode.DEVELOPMENT);
    try {
      register(beans(1, policy()));
    } finally {
      LaunchMode.set(before);
    }
    return allowed(path);
  }

  private List<String> allowed(String path) throws Exception {
    return askFor(path, "200", "OK", APP).get(0).headers().allValues("Access-Control-Allow-Origin");
  }

  // Where a setting is written.

  private static String refusal(ConfigSource source) {
    SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().withSources(source);
    return assertThrows(RuntimeException.class, () -> ConfiguredPolicy.of(builder.build()))
        .getMessage();
  }

  @Test
  void a_problem_names_the_line_of_its_file(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("application.properties");
    for (int wrong : new int[] {0, 1}) {
      List<String> lines = new ArrayList<>(List.of("# a comment", "", ""));
      for (int member : new int[] {0, 1}) {
        String origin = member == wrong ? APP + "/" : "https://www.example.com";
        lines.set(1 + member, "cors.allowed-origins[" + member + "]=" + origin);
      }
      Files.write(file, lines);
      String message = refusal(new PropertiesConfigSource(file.toUri().toURL(), 250));
      String place = "application.properties:" + (2 + wrong) + ": ";
      assertTrue(message.contains(place), message);
      assertFalse(message.contains("[source="), message);
    }
  }

  @Test
  void a_problem_names_the_source_that_is_no_file() {
    for (String variable : List.of("CORS_ALLOWED_ORIGINS", "CORS_POLICIES_A_ALLOWED_ORIGINS")) {
      String message = refusal(new EnvConfigSource(Map.of(variable, APP + "/"), 300));
      assertTrue(message.contains(" EnvConfigSource: cors."), message);
    }
  }
}
