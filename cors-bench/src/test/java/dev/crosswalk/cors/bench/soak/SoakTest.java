package dev.crosswalk.cors.bench.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsConfiguration;
import dev.crosswalk.cors.WatchedCors;
import dev.crosswalk.cors.bench.server.Server;
import dev.crosswalk.cors.vertx.CorsPolicyHandler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A soak notices what it is there to notice, and nothing else. */
class SoakTest {

  private static final Duration SHORT = Duration.ofMillis(500);

  // It complains of the soak's clients, rightly and at length. Held, or it is collected.
  private static final Logger NETTY = Logger.getLogger("io.netty");

  @TempDir private Path folder;

  @BeforeAll
  static void keepQuiet() {
    NETTY.setLevel(Level.OFF);
  }

  @AfterAll
  static void speakAgain() {
    NETTY.setLevel(null);
  }

  /** What a server does wrong. */
  private interface Flaw {
    void in(RoutingContext context);
  }

  private Soak.Verdict soak(Flaw flaw) throws Exception {
    Path file = folder.resolve("cors.properties");
    SoakPolicy.FIRST.moveTo(file);
    Vertx vertx = Vertx.vertx();
    try (WatchedCors cors = CorsConfiguration.watching(file)) {
      Router router = Router.router(vertx);
      router
          .route()
          .handler(
              context -> {
                flaw.in(context);
                context.next();
              });
      router.route().handler(new CorsPolicyHandler(cors));
      router.route(Server.PATH).handler(context -> context.end(Server.TEXT));
      router.get(Server.ENDLESS).handler(context -> {});
      int port =
          vertx
              .createHttpServer()
              .requestHandler(router)
              .listen(0, "127.0.0.1")
              .await()
              .actualPort();
      return Soak.run(
          "A server",
          port,
          ManagementFactory.getPlatformMBeanServer(),
          file,
          SHORT,
          new Soak.Rest(Duration.ofMillis(300), 1));
    } finally {
      vertx.close().await();
    }
  }

  @Test
  @Tag("soak")
  void a_server_without_a_flaw_passes() throws Exception {
    Soak.Verdict verdict = soak(context -> {});
    assertEquals(List.of(), verdict.failures(), verdict.line());
    assertTrue(verdict.line().endsWith("Passed."), verdict.line());
    assertFalse(verdict.line().contains("(0 by HTTP/2)"), verdict.line());
    assertFalse(verdict.line().contains(" 0 open at once"), verdict.line());
  }

  @Test
  @Tag("soak")
  void an_answer_with_a_value_of_another_policy_fails() throws Exception {
    List<Long> asked = new ArrayList<>();
    Soak.Verdict verdict =
        soak(
            context ->
                context.addHeadersEndHandler(
                    ended -> {
                      asked.add(0L);
                      if (asked.size() % 20 == 0) {
                        context
                            .response()
                            .putHeader("Access-Control-Expose-Headers", "x-first-shown")
                            .putHeader("Access-Control-Max-Age", "200");
                      }
                    }));
    assertTrue(verdict.line().endsWith("Failed."), verdict.line());
    assertTrue(
        verdict.failures().stream().anyMatch(failure -> failure.endsWith("neither policy's")),
        verdict.failures()::toString);
  }

  @Test
  @Tag("soak")
  void a_server_that_forgets_nothing_fails() throws Exception {
    Queue<byte[]> kept = new ConcurrentLinkedQueue<>();
    long start = System.nanoTime();
    Soak.Verdict verdict =
        soak(
            context -> {
              // 50 MB a second, however quick the machine is.
              if (kept.size() < (System.nanoTime() - start) / 5_000_000) {
                kept.add(new byte[256 * 1024]);
              }
            });
    assertTrue(
        verdict.failures().stream()
            .anyMatch(failure -> failure.startsWith("the heap has grown from ")),
        verdict.failures()::toString);
  }

  @Test
  void more_heap_threads_or_sockets_are_told_from_as_many_as_before() {
    Health before = new Health(20_000_000, 30, 40);
    assertEquals(List.of(), new Health(20_000_000, 30, 40).growthSince(before));
    assertEquals(
        List.of(
            "the heap has grown from 19.1 to 28.6 MB",
            "the threads have grown from 30 to 50",
            "the open files and sockets have grown from 40 to 90"),
        new Health(30_000_000, 50, 90).growthSince(before));
  }
}
