import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tries every security finding in Chromium: a page of the granted origin fetches the URL with
 * credentials, and says whether its script could read the response. Names lead to this machine.
 */
final class Browser {

  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final char[] PASSWORD = "state-of-cors".toCharArray();

  /** One finding: who is granted what, by which server. */
  record Finding(String server, String cause, String origin, String url) {
    String id() {
      return server + " " + cause;
    }
  }

  private static final Map<String, String> SEEN = new ConcurrentHashMap<>();

  private Browser() {}

  /** What Chromium did with a finding: "read", the failure's name, or empty if it was not tried. */
  static String seen(String server, String cause) {
    return SEEN.getOrDefault(server + " " + cause, "");
  }

  static List<Finding> findings(Path report) throws IOException {
    List<Finding> findings = new ArrayList<>();
    for (JsonNode server :
        JsonMapper.builder().build().readTree(Files.readString(report)).get("servers")) {
      for (JsonNode cause : server.get("causes")) {
        if (cause.get("severity").asString().equals("security")) {
          cause
              .get("exchanges")
              .get(0)
              .asString()
              .lines()
              .filter(line -> line.startsWith("> Origin: "))
              .findFirst()
              .ifPresent(
                  line ->
                      findings.add(
                          new Finding(
                              server.get("name").asString(),
                              cause.get("id").asString(),
                              line.substring("> Origin: ".length()),
                              server.get("url").asString())));
        }
      }
    }
    return findings;
  }

  static void verify(List<StateOfCors.Server> servers, Path report) throws Exception {
    List<Finding> findings = findings(report);
    if (findings.isEmpty()) {
      return;
    }
    HttpServer plain = HttpServer.create(loopback(), 0);
    HttpsServer secure = HttpsServer.create(loopback(), 0);
    secure.setHttpsConfigurator(new HttpsConfigurator(tls()));
    for (HttpServer server : List.of(plain, secure)) {
      server.setExecutor(Executors.newCachedThreadPool());
      server.createContext(
          "/", exchange -> answer(exchange, findings, plain.getAddress().getPort()));
      server.start();
    }
    String rules =
        findings.stream()
            .map(Finding::origin)
            .filter(origin -> origin.contains("://"))
            .distinct()
            .map(
                origin -> {
                  URI uri = URI.create(origin);
                  boolean https = uri.getScheme().equals("https");
                  int port = uri.getPort() >= 0 ? uri.getPort() : https ? 443 : 80;
                  int to = (https ? secure : plain).getAddress().getPort();
                  return "MAP " + uri.getHost() + ":" + port + " 127.0.0.1:" + to;
                })
            .collect(Collectors.joining(","));
    Process chromium =
        new ProcessBuilder(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-proxy-server",
                "--ignore-certificate-errors",
                "--remote-debugging-port=0",
                "--user-data-dir=" + TARGET.resolve("chromium"),
                "--host-resolver-rules=" + rules,
                "http://127.0.0.1:" + plain.getAddress().getPort() + "/")
            .redirectErrorStream(true)
            .redirectOutput(TARGET.resolve("chromium.log").toFile())
            .start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (SEEN.size() < findings.size() && System.nanoTime() < end) {
      Thread.sleep(200);
    }
    chromium.destroy();
    plain.stop(0);
    secure.stop(0);
    new TreeMap<>(SEEN).forEach((finding, result) -> System.err.println(finding + ": " + result));
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static void answer(HttpExchange exchange, List<Finding> findings, int port)
      throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String query = String.valueOf(exchange.getRequestURI().getRawQuery());
      String page = "";
      if (path.equals("/seen")) {
        String[] parts = query.split("&");
        Finding finding = findings.get(Integer.parseInt(parts[0]));
        SEEN.put(finding.id(), URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      } else if (path.equals("/page")) {
        Finding finding = findings.get(Integer.parseInt(query));
        page =
            "<script>const say = what => new Image().src = 'http://127.0.0.1:%d/seen?%s&' + encodeURIComponent(what);"
                    .formatted(port, query)
                + "fetch('%s', {credentials: 'include'}).then(r => r.text()).then(() => say('read'), e => say(e.name))</script>"
                    .formatted(finding.url());
      } else if (path.equals("/")) {
        StringBuilder frames = new StringBuilder();
        for (int i = 0; i < findings.size(); i++) {
          String origin = findings.get(i).origin();
          frames.append(
              origin.equals("null")
                  ? "<iframe sandbox=allow-scripts src='/page?%d'></iframe>".formatted(i)
                  : "<iframe src='%s/page?%d'></iframe>".formatted(origin, i));
        }
        page = frames.toString();
      }
      byte[] bytes =
          ("<!doctype html><meta charset=utf-8>" + page).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/html");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  /** A certificate of nobody, which Chromium is told not to look at. */
  private static SSLContext tls() throws Exception {
    Path file = TARGET.resolve("keys.p12");
    Files.deleteIfExists(file);
    StateOfCors.run(
        TARGET.resolve("keytool.log"),
        List.of(
            "keytool",
            "-genkeypair",
            "-alias",
            "a",
            "-keyalg",
            "EC",
            "-storetype",
            "PKCS12",
            "-keystore",
            file.toString(),
            "-storepass",
            new String(PASSWORD),
            "-dname",
            "CN=localhost"));
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
