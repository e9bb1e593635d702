package dev.crosswalk.examples.launcher;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsConfiguration;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.InvalidCorsPolicyException;
import dev.crosswalk.cors.PolicyProblem;
import dev.crosswalk.cors.ReloadableCors;
import dev.crosswalk.cors.tck.browser.Engine;
import dev.crosswalk.cors.tck.browser.Outcome;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.browser.UserAgent;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.wire.Exchange;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.examples.launcher.Example.Running;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A page that asks the four services, and shows what the browser that looks at it did, what the
 * model of a browser predicted, and why. Its policy can be changed while it is looked at.
 */
public final class Playground implements AutoCloseable {

  /** A policy that is longer is none that somebody wrote into the page. */
  private static final int MAX_BODY = 64 * 1024;

  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * What the page asks each service for.
   *
   * @param title a sentence
   * @param include whether credentials are included
   */
  private record Trial(
      String title,
      String method,
      String path,
      Map<String, String> headers,
      String body,
      boolean include) {

    /** One of the list above, or a visitor's own. */
    static Trial of(JsonNode asked) {
      Map<String, String> headers = new LinkedHashMap<>();
      asked
          .path("headers")
          .properties()
          .forEach(header -> headers.put(header.getKey(), header.getValue().asString()));
      String path = asked.path("path").asString();
      // Anything else could name another server.
      if (!PATHS.contains(path) && TRIALS.stream().noneMatch(trial -> trial.path().equals(path))) {
        throw new IllegalArgumentException("no service has this path");
      }
      return new Trial(
          asked.path("title").asString(),
          asked.path("method").asString(),
          path,
          headers,
          asked.path("body").asString(),
          asked.path("include").asBoolean());
    }

    /** What the page's script needs. */
    Map<String, Object> script() {
      return Map.of(
          "title", title,
          "method", method,
          "path", path,
          "headers", headers,
          "body", body,
          "include", include);
    }

    Request from(String origin, Running server) {
      Request request = Request.from(origin, method, server.url(path));
      for (Map.Entry<String, String> header : headers.entrySet()) {
        request = request.header(header.getKey(), header.getValue());
      }
      return include
          ? request.body(body).credentials(Request.Credentials.INCLUDE)
          : request.body(body);
    }
  }

  private static final List<Trial> TRIALS =
      List.of(
          new Trial("Read the notes", "GET", "/notes", Map.of(), "", false),
          new Trial("Read them with cookies", "GET", "/notes", Map.of(), "", true),
          new Trial(
              "Change a note",
              "PUT",
              "/notes/1",
              Map.of("Content-Type", "application/json"),
              "{\"text\":\"Buy bread\"}",
              false),
          new Trial("A method that is not listed", "PATCH", "/notes/1", Map.of(), "", false),
          new Trial(
              "A header that is not listed", "GET", "/notes", Map.of("X-Trace", "1"), "", false),
          new Trial(
              "Log in",
              "GET",
              "/me",
              Map.of("Authorization", "Basic YWxpY2U6d29uZGVybGFuZA=="),
              "",
              true),
          new Trial("Forget to log in: 401", "GET", "/me", Map.of(), "", false),
          new Trial("Meet a defect: 500", "GET", "/broken", Map.of(), "", false));

  /** What a visitor's own request may ask for; the note of a trial stays as it is. */
  private static final List<String> PATHS = List.of("/notes", "/notes/2", "/me", "/broken");

  private final List<Running> servers = new ArrayList<>();
  private final ReloadableCors cors;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer http;
  private final String first;
  private String policy;

  private Playground(HttpServer http, CorsPolicy first) throws IOException {
    this.http = http;
    this.first = first.toString().strip() + "\n";
    this.policy = this.first;
    // From text, as it is edited: then reasons name the settings and not the calls of a builder.
    this.cors = new ReloadableCors(load(policy));
  }

  /**
   * Starts the four services and the page.
   *
   * @param pagePort the page's port; 0 for any that is free
   * @param firstPort the first of the services' four ports; 0 for any that are free
   * @param first what pages of other origins may do at first
   * @return the running playground
   * @throws IOException if the page's port is in use
   */
  static Playground start(int pagePort, int firstPort, CorsPolicy first) throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), pagePort), 0);
    Playground playground = new Playground(http, first);
    try {
      for (Example example : Example.values()) {
        int port = firstPort == 0 ? 0 : firstPort + example.ordinal();
        playground.servers.add(example.start(port, playground.cors));
      }
    } catch (RuntimeException e) {
      playground.close();
      throw e;
    }
    http.setExecutor(playground.threads);
    http.createContext("/", playground::answer);
    http.start();
    return playground;
  }

  /**
   * Starts it on free ports, with the policy of the examples.
   *
   * @return the running playground
   * @throws IOException if it cannot
   */
  public static Playground start() throws IOException {
    return start(0, 0, Launcher.CORS);
  }

  /**
   * The page's address.
   *
   * @param host {@code localhost}, which the policy allows, or {@code 127.0.0.1}, which it does not
   * @return the URL
   */
  public String url(String host) {
    return "http://" + host + ":" + http.getAddress().getPort();
  }

  List<Running> servers() {
    return servers;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String host = exchange.getRequestHeaders().getFirst("Host");
    String origin = exchange.getRequestHeaders().getFirst("Origin");
    String own = "http://" + host;
    // Pages of other sites shall change nothing here, nor read it by a name they made lead here.
    boolean known = url("localhost").equals(own) || url("127.0.0.1").equals(own);
    if (!known || (origin != null && !origin.equals(own))) {
      send(exchange, 403, "text/plain", "Open " + url("localhost") + " itself.");
      return;
    }
    String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    try {
      switch (asked) {
        case "GET /" -> send(exchange, 200, "text/html", page());
        case "GET /trials" ->
            send(exchange, 200, "application/json", JSON.writeValueAsString(trials()));
        case "POST /policy" -> apply(exchange);
        case "POST /prediction" ->
            send(
                exchange, 200, "application/json", JSON.writeValueAsString(predict(own, exchange)));
        default -> send(exchange, 404, "text/plain", "Nothing is here; the page is at /.");
      }
    } catch (RuntimeException e) {
      send(exchange, 400, "text/plain", "The request makes no sense: " + e.getMessage() + ".");
    }
  }

  private static String page() throws IOException {
    try (InputStream in = Playground.class.getResourceAsStream("playground.html")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private synchronized Map<String, Object> trials() {
    List<Map<String, String>> frameworks = new ArrayList<>();
    for (Running server : servers) {
      frameworks.add(Map.of("name", server.example().toString(), "url", server.url("")));
    }
    return Map.of(
        "first",
        first,
        "policy",
        policy,
        "paths",
        PATHS,
        "frameworks",
        frameworks,
        "trials",
        TRIALS.stream().map(Trial::script).toList(),
        "pages",
        List.of(url("localhost"), url("127.0.0.1")));
  }

  private static String body(HttpExchange exchange) throws IOException {
    return new String(exchange.getRequestBody().readNBytes(MAX_BODY), StandardCharsets.UTF_8);
  }

  /** Puts a policy in force on all four, or tells what is wrong with it. */
  private synchronized void apply(HttpExchange exchange) throws IOException {
    String text = body(exchange);
    try {
      Cors next = load(text);
      cors.reload(next);
      policy = text;
      send(exchange, 200, "application/json", JSON.writeValueAsString(tell(next.warnings())));
    } catch (InvalidCorsPolicyException e) {
      send(exchange, 422, "application/json", JSON.writeValueAsString(tell(e.problems())));
    }
  }

  private static Cors load(String text) throws IOException {
    Path file = Files.createTempFile("cors", ".properties");
    try {
      Files.writeString(file, text);
      return CorsConfiguration.load(file);
    } finally {
      Files.delete(file);
    }
  }

  private static List<Map<String, Object>> tell(List<PolicyProblem> problems) {
    List<Map<String, Object>> told = new ArrayList<>();
    for (PolicyProblem problem : problems) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("line", line(problem.source()));
      one.put("severity", problem.severity().name());
      one.put("what", problem.value() == null ? problem.setting() : problem.value());
      one.put("reason", problem.reason());
      one.put("remedy", problem.remedy());
      told.add(one);
    }
    return told;
  }

  /** The line of {@code file:line}; 0 if the problem is of none. */
  private static int line(@Nullable String source) {
    String digits = source == null ? "" : source.substring(source.lastIndexOf(':') + 1);
    return digits.matches("[0-9]{1,6}") ? Integer.parseInt(digits) : 0;
  }

  private Map<String, Object> predict(String own, HttpExchange exchange) throws IOException {
    JsonNode asked = JSON.readTree(body(exchange));
    Running server = servers.get(asked.path("framework").asInt());
    Trial trial = Trial.of(asked.path("trial"));
    String origin = asked.path("trial").path("origin").asString(own);
    Engine engine = engine(exchange.getRequestHeaders().getFirst("User-Agent"));
    Outcome outcome;
    try (WireClient wire = new WireClient()) {
      outcome = new UserAgent(engine).fetch(trial.from(origin, server), wire);
    }
    List<Map<String, Object>> exchanges = new ArrayList<>();
    for (Exchange one : outcome.exchanges()) {
      exchanges.add(
          Map.of(
              "sent", AnswerTable.sent(one.request()),
              "cameBack", AnswerTable.answer(one),
              "why", AnswerTable.why(cors, one)));
    }
    return Map.of(
        "shared",
        outcome.verdict().isShared(),
        "status",
        outcome.status(),
        "console",
        outcome.verdict() instanceof NotShared refusal ? refusal.inTheWordsOf(engine) : "",
        "exchanges",
        exchanges);
  }

  private static Engine engine(@Nullable String userAgent) {
    String name = userAgent == null ? "" : userAgent;
    if (name.contains("Firefox/")) {
      return Engine.FIREFOX;
    }
    return name.contains("Chrome/")
        ? Engine.CHROMIUM
        : name.contains("Safari/") ? Engine.WEBKIT : Engine.STANDARD;
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Stops the page and the services. */
  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
    servers.forEach(Running::close);
  }
}
