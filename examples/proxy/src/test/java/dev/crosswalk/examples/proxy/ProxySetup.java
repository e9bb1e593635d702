package dev.crosswalk.examples.proxy;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.crosswalk.examples.proxy.Client.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.LogManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts a proxy with a policy, in front of upstreams that a test scripts. */
@Timeout(60)
abstract class ProxySetup {

  static final String PAGE = "https://app.example";
  static final String ORIGIN = "Origin: " + PAGE;
  static final String OK = "HTTP/1.1 200 OK\nConnection: close\nContent-Length: 5\n\nsunny";

  @TempDir Path directory;
  Path policy;

  @BeforeAll
  static void keepQuiet() {
    LogManager.getLogManager().reset();
  }

  @BeforeEach
  void writeThePolicy() throws IOException {
    policy = directory.resolve("cors.properties");
    Files.writeString(
        policy,
        "cors.allowed-origins=" + PAGE + ", https://other.example\ncors.allowed-methods=PUT\n");
  }

  Proxy start(String... options) {
    return start(new Proxy(Map.of("KEY", "s3cret")), options);
  }

  Proxy start(Proxy proxy, String... options) {
    List<String> arguments = new ArrayList<>(List.of("--port", "0", "--cors", policy.toString()));
    arguments.addAll(List.of(options));
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    int code = proxy.command().setOut(nowhere).execute(arguments.toArray(new String[0]));
    assertEquals(0, code);
    return proxy;
  }

  static String upstream(ScriptedUpstream upstream) {
    return "--upstream=/weather=" + upstream.url() + "/v1";
  }

  static List<String> targets(ScriptedUpstream upstream) {
    return upstream.heads.stream().map(head -> head.split(" ")[1]).toList();
  }

  static HttpRequest.Builder request(Proxy proxy, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxy.port() + path));
  }

  static int count(String text, String part) {
    return text.toLowerCase(Locale.ROOT).split(part, -1).length - 1;
  }

  static void assertSaysWhy(Answer answer, int status, String reason) {
    assertEquals(status, answer.status(), answer::text);
    assertEquals(List.of(PAGE), answer.field("Access-Control-Allow-Origin"), answer::text);
    assertEquals(
        "{\"status\":" + status + ",\"upstream\":\"/weather\",\"error\":\"" + reason + "\"}",
        answer.body());
  }

  static void awaitNone(ScriptedUpstream upstream) {
    long deadline = System.nanoTime() + SECONDS.toNanos(10);
    while (!upstream.connections.isEmpty() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertEquals(0, upstream.connections.size());
  }
}
