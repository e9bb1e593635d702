package dev.crosswalk.cors.cli.remedy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.crosswalk.cors.tck.wire.SelfSigned;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Chromium without a window, with one page of {@code https://app.example.com}. The page asks for
 * what it is given, and tells what it could read; it needs no driver.
 */
public final class Chromium implements AutoCloseable {

  private static final String PAGE =
      """
      <!doctype html><link rel="icon" href="data:,"><script>
      (async () => {
        for (;;) {
          const {url, init} = await (await fetch("/next", {cache: "no-store"})).json();
          let seen;
          try {
            const response = await fetch(url, {...init, signal: AbortSignal.timeout(6000)});
            seen = {allowed: true, type: response.type, status: response.status};
          } catch (e) {
            seen = {allowed: false, error: String(e)};
          }
          await fetch("/seen", {method: "POST", body: JSON.stringify(seen)});
        }
      })();
      </script>""";

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path directory = Files.createTempDirectory("chromium");
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final LinkedBlockingQueue<String> next = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<String> console = new LinkedBlockingQueue<>();
  private final HttpsServer server;
  private final Process process;

  /** What the page saw, and the lines of the console that speak of it. */
  public record Sight(boolean allowed, String detail, List<String> console) {}

  public Chromium() throws Exception {
    SelfSigned certificate = SelfSigned.of("app.example.com");
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
    byte[] key = certificate.certificate().getPublicKey().getEncoded();
    String hash =
        Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
    process =
        new ProcessBuilder(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--enable-logging=stderr",
                "--remote-debugging-port=0",
                "--user-data-dir=" + directory.resolve("profile"),
                "--host-resolver-rules=MAP app.example.com:443 127.0.0.1:"
                    + server.getAddress().getPort(),
                "--ignore-certificate-errors-spki-list=" + hash,
                "https://app.example.com/")
            .redirectErrorStream(true)
            .start();
    threads.submit(this::listen);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = PAGE.getBytes(StandardCharsets.UTF_8);
      String path = exchange.getRequestURI().getPath();
      if (path.equals("/next")) {
        body = next.take().getBytes(StandardCharsets.UTF_8);
      } else if (path.equals("/seen")) {
        seen.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      } else {
        exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
      }
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        int start = line.indexOf("CONSOLE");
        if (start >= 0) {
          int quote = line.indexOf('"', start);
          int end = line.indexOf("\", source: ", start);
          console.add(line.substring(quote + 1, end < 0 ? line.length() : end));
        }
      }
    } catch (IOException e) {
      // The browser has ended.
    }
  }

  public Sight fetch(
      String url, String method, List<String> headers, String body, boolean credentials)
      throws IOException, InterruptedException {
    Map<String, Object> init = new LinkedHashMap<>();
    init.put("method", method);
    Map<String, String> fields = new LinkedHashMap<>();
    for (String header : headers) {
      fields.put(
          header.substring(0, header.indexOf(':')),
          header.substring(header.indexOf(':') + 1).strip());
    }
    init.put("headers", fields);
    init.put("credentials", credentials ? "include" : "same-origin");
    init.put("cache", "no-store");
    if (body != null) {
      init.put("body", body);
    }
    console.clear();
    next.add(JSON.writeValueAsString(Map.of("url", url, "init", init)));
    String told = seen.poll(40, TimeUnit.SECONDS);
    if (told == null) {
      throw new IOException("Chromium tells nothing of " + url);
    }
    Thread.sleep(150);
    List<String> lines = new ArrayList<>();
    console.drainTo(lines);
    JsonNode node = JSON.readTree(told);
    return new Sight(
        node.path("allowed").asBoolean(),
        told,
        lines.stream().filter(l -> !l.startsWith("Failed to load")).toList());
  }

  /** The browser has a folder for its socket elsewhere, which does not go with the profile. */
  @Override
  public void close() throws IOException {
    Path link = directory.resolve("profile").resolve("SingletonSocket");
    Path socket = Files.isSymbolicLink(link) ? Files.readSymbolicLink(link) : link;
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
    server.stop(0);
    threads.shutdownNow();
    RealServer.delete(socket.getParent());
    RealServer.delete(directory);
  }
}
