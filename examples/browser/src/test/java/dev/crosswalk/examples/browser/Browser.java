package dev.crosswalk.examples.browser;

import dev.crosswalk.cors.tck.browser.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A browser that runs without a window, driven by <a
 * href="https://w3c.github.io/webdriver-bidi/">WebDriver BiDi</a>, which both speak: Firefox by
 * itself, Chromium through its driver. It has a fresh profile, and goes nowhere but where it is
 * sent.
 */
abstract class Browser {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Those that are tested, by the names of their commands. */
  enum Kind {
    CHROMIUM(Engine.CHROMIUM, "chromium", "chromedriver") {
      @Override
      Browser start() throws IOException, InterruptedException {
        return new Chromium();
      }
    },
    FIREFOX(Engine.FIREFOX, "firefox-esr") {
      @Override
      Browser start() throws IOException, InterruptedException {
        return new Firefox();
      }
    };

    /** One line is enough for all classes of tests. */
    private static final AtomicBoolean SAID = new AtomicBoolean();

    private final Engine engine;
    private final List<String> commands;

    Kind(Engine engine, String... commands) {
      this.engine = engine;
      this.commands = List.of(commands);
    }

    /** Whose rules the model follows to predict this browser. */
    Engine engine() {
      return engine;
    }

    /** The last segment of a path that this browser alone asks for. */
    String pathOf(String key) {
      return key + "-in-" + name().toLowerCase(Locale.ROOT);
    }

    /** Whether this machine has it. */
    boolean isInstalled() {
      List<Path> directories = Stream.of(System.getenv("PATH").split(":")).map(Path::of).toList();
      return commands.stream()
          .allMatch(
              command ->
                  directories.stream()
                      .anyMatch(directory -> Files.isExecutable(directory.resolve(command))));
    }

    /** Set when it is first asked for. */
    private Browser running;

    abstract Browser start() throws IOException, InterruptedException;

    /**
     * The browser of this kind. All classes of tests in this process share it, because starting one
     * costs seconds; each closes its tabs.
     */
    synchronized Browser browser() throws IOException, InterruptedException {
      if (running == null) {
        running = start();
        Runtime.getRuntime().addShutdownHook(new Thread(running::close));
      }
      return running;
    }

    /** Closes what has been opened in any browser. */
    static void closeTabs() throws IOException, InterruptedException {
      for (Kind kind : values()) {
        if (kind.running != null) {
          kind.running.closeEachTab();
        }
      }
    }

    /**
     * Skips a class of tests where a browser is missing, and says so; fails it where {@code
     * -Dbrowsers=required} or {@code CI=true} demands that none is.
     */
    static void requireAll() {
      if (Stream.of(values()).allMatch(Kind::isInstalled)) {
        return;
      }
      String remedy = "install the packages chromium, chromium-driver and firefox-esr";
      if (System.getProperty("browsers", "").equals("required")
          || "true".equals(System.getenv("CI"))) {
        throw new IllegalStateException("Browser tests are required here: " + remedy);
      }
      String sentence = "Browser tests skipped: " + remedy;
      if (!SAID.getAndSet(true)) {
        System.out.println(sentence);
      }
      throw new TestAbortedException(sentence);
    }
  }

  private final Path profile;
  private final List<Process> processes = new ArrayList<>();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final AtomicInteger lastId = new AtomicInteger();
  private final Queue<String> messages = new ConcurrentLinkedQueue<>();
  private final Queue<String> tabs = new ConcurrentLinkedQueue<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private WebSocket socket;

  private Browser() throws IOException {
    profile = Files.createTempDirectory("browser");
  }

  Path profile() {
    return profile;
  }

  void start(String... command) throws IOException {
    processes.add(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("output-" + processes.size()).toFile())
            .start());
  }

  /** Connects once the browser listens. */
  void connect(URI uri) throws IOException, InterruptedException {
    socket =
        retry(() -> http.newWebSocketBuilder().buildAsync(uri, new Listener()).get(5, SECONDS));
  }

  private static final TimeUnit SECONDS = TimeUnit.SECONDS;

  /** What may fail until a process is ready. */
  interface Attempt<T> {
    T make() throws Exception;
  }

  static <T> T retry(Attempt<T> attempt) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return attempt.make();
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        if (System.nanoTime() > deadline) {
          throw new IOException("The browser does not answer: " + e, e);
        }
        Thread.sleep(100);
      }
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        receive(JSON.readTree(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }
  }

  private void receive(JsonNode message) {
    if (message.path("method").asString("").equals("log.entryAdded")) {
      messages.add(message.path("params").path("text").asString(""));
    } else if (message.path("id").isNumber()) {
      CompletableFuture<JsonNode> answer = answers.remove(message.path("id").asInt());
      if (answer != null) {
        answer.complete(message);
      }
    }
  }

  JsonNode send(String method, Map<String, ?> parameters) throws IOException, InterruptedException {
    int id = lastId.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    String command =
        JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
    try {
      socket.sendText(command, true).get(PATIENCE.toSeconds(), SECONDS);
      JsonNode message = answer.get(PATIENCE.toSeconds(), SECONDS);
      if (!message.path("type").asString("").equals("success")) {
        throw new IOException(method + " failed: " + message);
      }
      return message.path("result");
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException(method + " had no answer: " + e + " " + parameters, e);
    }
  }

  /** Opens a tab and returns its name. */
  String open(String url) throws IOException, InterruptedException {
    String context =
        send("browsingContext.create", Map.of("type", "tab")).path("context").asString();
    tabs.add(context);
    send("browsingContext.navigate", Map.of("context", context, "url", url, "wait", "complete"));
    return context;
  }

  /** Gives a tab the size of another device, in CSS pixels. */
  void resize(String context, int width, int height) throws IOException, InterruptedException {
    send(
        "browsingContext.setViewport",
        Map.of("context", context, "viewport", Map.of("width", width, "height", height)));
  }

  /** The first frame in a tab. */
  String frame(String context) throws IOException, InterruptedException {
    return send("browsingContext.getTree", Map.of("root", context))
        .path("contexts")
        .path(0)
        .path("children")
        .path(0)
        .path("context")
        .asString();
  }

  private void closeEachTab() throws IOException, InterruptedException {
    for (String tab = tabs.poll(); tab != null; tab = tabs.poll()) {
      send("browsingContext.close", Map.of("context", tab));
    }
    messages.clear();
  }

  /** Runs a script that gives a string, or the promise of one. */
  String evaluate(String context, String script) throws IOException, InterruptedException {
    JsonNode result =
        send(
            "script.evaluate",
            Map.of(
                "expression", script, "target", Map.of("context", context), "awaitPromise", true));
    if (!result.path("result").path("type").asString("").equals("string")) {
      throw new IOException("The script gave no string: " + result);
    }
    return result.path("result").path("value").asString();
  }

  /** What the console has shown since this was last called. */
  List<String> messages() throws IOException, InterruptedException {
    List<String> shown = new ArrayList<>();
    for (String message = messages.poll(); message != null; message = messages.poll()) {
      shown.add(message);
    }
    return shown;
  }

  /** Lets the browser end by itself, if somebody can ask it. */
  void end() throws IOException, InterruptedException {}

  private void close() {
    try {
      end();
    } catch (IOException | InterruptedException e) {
      // It is ended below.
    }
    if (socket != null) {
      socket.abort();
    }
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().onExit().join();
    }
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      // A dying process may still write: what is left is the temporary directory's.
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private static final class Firefox extends Browser {

    Firefox() throws IOException, InterruptedException {
      Files.write(
          profile().resolve("user.js"),
          List.of(
              "user_pref('app.update.disabledForTesting', true);",
              "user_pref('app.normandy.enabled', false);",
              "user_pref('browser.safebrowsing.malware.enabled', false);",
              "user_pref('browser.safebrowsing.phishing.enabled', false);",
              "user_pref('browser.shell.checkDefaultBrowser', false);",
              "user_pref('browser.startup.homepage_override.mstone', 'ignore');",
              "user_pref('captivedetect.canonicalURL', '');",
              "user_pref('datareporting.policy.dataSubmissionEnabled', false);",
              // One process for all sites: CORS is decided in the parent, and a process costs more.
              "user_pref('dom.ipc.processCount', 1);",
              "user_pref('fission.webContentIsolationStrategy', 0);",
              "user_pref('extensions.update.enabled', false);",
              "user_pref('network.captive-portal-service.enabled', false);",
              "user_pref('network.connectivity-service.enabled', false);",
              "user_pref('services.settings.server', 'data:,#remote-settings-dummy/v1');",
              "user_pref('toolkit.telemetry.enabled', false);"));
      int port = freePort();
      start(
          "firefox-esr",
          "--headless",
          "--no-remote",
          "--remote-debugging-port",
          Integer.toString(port),
          "--profile",
          profile().toString());
      connect(URI.create("ws://127.0.0.1:" + port + "/session"));
      send(
          "session.new",
          Map.of("capabilities", Map.of("alwaysMatch", Map.of("acceptInsecureCerts", true))));
      send("session.subscribe", Map.of("events", List.of("log.entryAdded")));
    }
  }

  private static final class Chromium extends Browser {

    private final String session;
    private final HttpClient http = HttpClient.newHttpClient();

    Chromium() throws IOException, InterruptedException {
      int port = freePort();
      start("chromedriver", "--port=" + port);
      Map<String, Object> options =
          Map.of(
              "args",
              List.of(
                  "--headless",
                  "--no-sandbox", // The tests may run as root; the pages are theirs.
                  "--disable-gpu",
                  "--disable-quic",
                  "--no-first-run",
                  "--disable-background-networking",
                  "--disable-component-update",
                  "--disable-sync",
                  "--user-data-dir=" + profile().resolve("data")));
      Map<String, Object> capabilities =
          Map.of(
              "webSocketUrl",
              true,
              "acceptInsecureCerts",
              true,
              "goog:chromeOptions",
              options,
              "goog:loggingPrefs",
              Map.of("browser", "ALL"));
      URI sessions = URI.create("http://127.0.0.1:" + port + "/session");
      JsonNode created =
          retry(() -> post(sessions, Map.of("capabilities", Map.of("alwaysMatch", capabilities))));
      session = sessions + "/" + created.path("sessionId").asString();
      connect(URI.create(created.path("capabilities").path("webSocketUrl").asString()));
    }

    private JsonNode post(URI uri, Map<String, ?> body) throws IOException, InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(uri)
              .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
              .build();
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException(uri + " answered " + response.body());
      }
      return JSON.readTree(response.body()).path("value");
    }

    // The driver ends the browser, and both remove their temporary folders.
    @Override
    void end() throws IOException, InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(session))
              .timeout(Duration.ofSeconds(5))
              .DELETE()
              .build();
      http.send(request, HttpResponse.BodyHandlers.discarding());
    }

    // The driver keeps what is logged in the window it has been switched to, and in no other.
    @Override
    String open(String url) throws IOException, InterruptedException {
      String context = super.open(url);
      post(URI.create(session + "/window"), Map.of("handle", context));
      return context;
    }

    // Chromium's BiDi tells what scripts log, and not what the browser itself does.
    @Override
    List<String> messages() throws IOException, InterruptedException {
      List<String> shown = new ArrayList<>();
      for (JsonNode entry : post(URI.create(session + "/se/log"), Map.of("type", "browser"))) {
        shown.add(entry.path("message").asString(""));
      }
      return shown;
    }
  }
}
