package dev.crosswalk.cors.micronaut;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireException;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One response object for all requests, asked for by many pages at the same time. */
class ConstantResponseTest {

  private static final int CLIENTS = 8;

  /** Few in each build: {@code -Drequests=1500} makes 12 000 of all. */
  private static final int REQUESTS_OF_EACH = Integer.getInteger("requests", 250);

  private EmbeddedServer server;

  /** Keeps its response as {@code static final HttpResponse} does: once, for all requests. */
  @Controller("/constant")
  @Requires(property = "test.constant")
  static class Constant {

    private final HttpResponse<String> answer =
        HttpResponse.ok("a book").header("Vary", "Accept").header("X-Shelf", "7");

    @Get
    HttpResponse<String> read() {
      return answer;
    }
  }

  @BeforeEach
  void start() {
    CorsPolicy policy =
        CorsPolicy.builder().allowOrigins("https://*.example.com").allowCredentials().build();
    server =
        ApplicationContext.builder()
            .singletons(Cors.byPath(Map.of("/constant", policy)))
            .properties(
                Map.of(
                    "micronaut.server.port",
                    -1,
                    "micronaut.server.host",
                    "127.0.0.1",
                    "micronaut.security.enabled",
                    false,
                    "test.constant",
                    true))
            .start()
            .getBean(EmbeddedServer.class)
            .start();
  }

  @AfterEach
  void stop() {
    server.getApplicationContext().close();
  }

  @Test
  void each_of_many_requests_at_the_same_time_gets_the_headers_of_its_own_origin()
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Callable<List<String>>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int client = i;
        clients.add(() -> wrongAnswers(client));
      }
      List<String> wrong = new ArrayList<>();
      for (Future<List<String>> of : threads.invokeAll(clients)) {
        wrong.addAll(of.get());
      }
      assertEquals(List.of(), wrong.subList(0, Math.min(3, wrong.size())), wrong.size() + " wrong");
    } finally {
      threads.shutdownNow();
    }
  }

  /** What is not as it should be, among the answers to a client that asks as three origins. */
  private List<String> wrongAnswers(int client) throws WireException {
    String url = "http://127.0.0.1:" + server.getPort() + "/constant";
    List<String> wrong = new ArrayList<>();
    int asked = 0;
    try (WireClient wire = new WireClient()) {
      for (int i = 0; i < REQUESTS_OF_EACH; i++) {
        boolean allowed = i % 3 != 0;
        String site = allowed ? ".example.com" : ".evil.example";
        String origin = "https://" + (i % 3 == 1 ? "app" : "www") + client + site;
        WireResponse seen = wire.send(new WireRequest("GET", url, Headers.of("Origin", origin)));
        asked++;
        List<String> granted = allowed ? List.of(origin) : List.of();
        List<String> credentials = allowed ? List.of("true") : List.of();
        if (seen.status() != 200
            || !seen.text().equals("a book")
            || !seen.headers().lines("Access-Control-Allow-Origin").equals(granted)
            || !seen.headers().lines("Access-Control-Allow-Credentials").equals(credentials)
            || !seen.headers().lines("Vary").equals(List.of("Accept, Origin"))
            || !seen.headers().lines("X-Shelf").equals(List.of("7"))
            || seen.headers().lines("Content-Length").size() != 1) {
          wrong.add(origin + " got " + seen.head());
        }
      }
    }
    assertTrue(asked > 0, "no request was sent");
    return wrong;
  }
}
