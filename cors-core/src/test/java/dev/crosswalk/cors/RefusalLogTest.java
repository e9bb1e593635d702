package dev.crosswalk.cors;

import static dev.crosswalk.cors.ExamplePolicies.A;
import static dev.crosswalk.cors.ExamplePolicies.B;
import static dev.crosswalk.cors.ExamplePolicies.EVIL;
import static dev.crosswalk.cors.Message.READER;
import static dev.crosswalk.cors.Message.actual;
import static dev.crosswalk.cors.Message.preflight;
import static dev.crosswalk.cors.Message.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the log says of refusals, and how often. */
@DisplayName("Who reads the log")
class RefusalLogTest {

  private final CorsPolicy policy =
      CorsPolicy.builder().allowOrigins(A, B).allowMethods("PUT").build();

  @AutoClose private final LogLines log = new LogLines();
  private final Logger logger = Logger.getLogger("dev.crosswalk.cors");

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1000);

  private Cors logged(boolean withRequest) {
    return Cors.observed(policy, new RefusalLog(withRequest, now::get, Runnable::run));
  }

  @Test
  void reads_of_refusals_without_a_word_of_the_request() {
    Cors cors = logged(false);
    for (Message request :
        List.of(request("GET"), actual(A), actual(EVIL), preflight(A, "SECRET"))) {
      cors.decide(request, READER);
    }
    assertEquals(
        List.of(
            "CORS: request refused, ORIGIN_NOT_ALLOWED. The policy does not allow the request's"
                + " origin.",
            "CORS: preflight refused, METHOD_NOT_ALLOWED. The policy does not allow the requested"
                + " method (methods are case-sensitive)."),
        log.lines());
    assertTrue(log.records().stream().allMatch(line -> line.getLevel() == Level.INFO));
  }

  @Test
  void reads_one_line_a_minute_for_each_outcome_and_how_many_it_does_not_read() {
    Cors cors = logged(false);
    for (int i = 0; i < 100; i++) {
      cors.decide(actual(EVIL), READER);
    }
    cors.decide(actual("null"), READER);
    assertEquals(2, log.records().size());
    now.addAndGet(TimeUnit.SECONDS.toNanos(59));
    cors.decide(actual(EVIL), READER);
    assertEquals(2, log.records().size());
    now.addAndGet(TimeUnit.SECONDS.toNanos(1));
    cors.decide(actual(EVIL), READER);
    assertEquals(3, log.records().size());
    assertTrue(
        log.lines().get(2).endsWith(" (And 100 more since the last such line.)"),
        log.lines().get(2));
    cors.decide(actual("null"), READER);
    assertFalse(log.lines().get(3).contains("more"), log.lines().get(3));
  }

  @Test
  void reads_of_what_a_policy_on_trial_would_refuse_and_of_what_it_would_not_cover() {
    Cors tomorrow = Cors.byPath(Map.of("/api", policy));
    for (boolean withRequest : List.of(false, true)) {
      log.clear();
      Cors cors =
          Cors.reportOnly(
              CorsPolicy.builder().allowAnyOrigin().allowMethods("PUT").build(),
              tomorrow,
              new RefusalLog(withRequest, now::get, Runnable::run));
      for (String path : List.of("/api", "/forgotten")) {
        for (String origin : List.of(A, EVIL)) {
          cors.decide(request("GET", path).with("Origin", origin), READER);
        }
      }
      assertEquals(
          withRequest
              ? List.of(
                  "CORS: request would be refused, ORIGIN_NOT_ALLOWED. \"https://evil.example\" is"
                      + " not allowed. Nothing in the policy is similar. If its pages are yours,"
                      + " allow it: .allowOrigins(\"https://evil.example\").",
                  "CORS: request would have no policy, NO_POLICY. No policy covers the path"
                      + " \"/forgotten\".",
                  "CORS: request would have no policy, NO_POLICY. No policy covers the path"
                      + " \"/forgotten\".")
              : List.of(
                  "CORS: request would be refused, ORIGIN_NOT_ALLOWED. The policy does not allow"
                      + " the request's origin.",
                  "CORS: request would have no policy, NO_POLICY. No policy covers the request's"
                      + " path."),
          log.lines());
    }
  }

  @Test
  void reads_of_a_refused_write_that_has_no_origin() {
    Cors guarded = CrossOriginGuard.around(policy).build();
    Cors.observed(guarded, new RefusalLog(false, now::get, Runnable::run))
        .decide(request("POST").with("Sec-Fetch-Site", "cross-site"), READER);
    assertEquals(
        List.of(
            "Guard: request without Origin refused, WRITE_FROM_CROSS_SITE. A page of another site"
                + " sent a request that may change something, and its origin is not trusted to do"
                + " that."),
        log.lines());
  }

  @Test
  void reads_nothing_of_requests_without_a_policy_where_nothing_is_on_trial() {
    Cors byPath = Cors.byPath(Map.of("/api", policy));
    Cors.observed(byPath, new RefusalLog(true, now::get, Runnable::run))
        .decide(request("GET", "/other").with("Origin", A).with("Cookie", "a=b"), READER);
    assertEquals(List.of(), log.lines());
  }

  @Test
  void reads_ten_explained_lines_a_minute_so_that_who_tries_three_origins_sees_three() {
    Cors cors = logged(true);
    for (int minute = 0; minute < 2; minute++) {
      log.clear();
      for (int port = 1; port <= 3; port++) {
        cors.decide(actual("http://localhost:300" + port), READER);
        assertEquals(port, log.records().size());
        assertTrue(
            log.lines().get(port - 1).contains("localhost:300" + port), log.lines()::toString);
      }
      for (int i = 0; i < 100; i++) {
        cors.decide(actual(EVIL), READER);
      }
      assertEquals(10, log.records().size());
      now.addAndGet(TimeUnit.MINUTES.toNanos(1));
    }
    log.clear();
    cors.decide(actual(EVIL), READER);
    assertTrue(log.lines().get(0).endsWith(" (And 93 more since the last such line.)"));
  }

  @Test
  void reads_one_line_also_where_many_threads_refuse_at_once() throws InterruptedException {
    Cors cors = logged(false);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    CountDownLatch start = new CountDownLatch(1);
    for (int i = 0; i < 8; i++) {
      threads.execute(
          () -> {
            try {
              start.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            for (int j = 0; j < 1000; j++) {
              cors.decide(actual(EVIL), READER);
            }
          });
    }
    start.countDown();
    threads.shutdown();
    assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
    assertEquals(1, log.records().size());
    now.addAndGet(TimeUnit.MINUTES.toNanos(1));
    cors.decide(actual(EVIL), READER);
    // Of those that a thread refuses before another has written the first line, that line tells.
    assertEquals(
        7_999, leftOut(log.lines().get(0)) + leftOut(log.lines().get(1)), log.lines().toString());
  }

  private static long leftOut(String line) {
    Matcher told = Pattern.compile("\\(And ([0-9]+) more since").matcher(line);
    return told.find() ? Long.parseLong(told.group(1)) : 0;
  }

  @Test
  void delays_no_request_although_the_log_blocks() throws InterruptedException {
    CountDownLatch blocks = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(2);
    Handler slow =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            try {
              blocks.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            written.countDown();
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(slow);
    try {
      Cors cors = Cors.observed(policy, CorsObserver.logRefusals());
      cors.decide(actual(EVIL), READER);
      cors.decide(actual("null"), READER); // Would never return, if the log were asked here.
      assertEquals(2, written.getCount());
      blocks.countDown();
      assertTrue(written.await(10, TimeUnit.SECONDS));
    } finally {
      blocks.countDown();
      logger.removeHandler(slow);
    }
  }

  @Test
  void reads_a_hundred_lines_that_have_waited_and_how_many_it_does_not_read() {
    List<Runnable> writing = new ArrayList<>();
    Cors cors = Cors.observed(policy, new RefusalLog(false, now::get, writing::add));
    for (int i = 0; i < 130; i++) {
      cors.decide(actual(EVIL), READER);
      now.addAndGet(TimeUnit.MINUTES.toNanos(1));
    }
    assertEquals(1, writing.size());
    writing.get(0).run();
    assertEquals(100, log.records().size());
    cors.decide(actual(EVIL), READER);
    assertEquals(2, writing.size());
    writing.get(1).run();
    assertTrue(log.lines().get(100).endsWith(" (And 30 more since the last such line.)"));
  }

  @Test
  void reads_the_next_lines_after_there_was_no_thread_to_write_them() {
    AtomicInteger asked = new AtomicInteger();
    Cors cors =
        Cors.observed(
            policy,
            new RefusalLog(
                false,
                now::get,
                writing -> {
                  if (asked.incrementAndGet() == 1) {
                    throw new OutOfMemoryError("unable to create native thread");
                  }
                  writing.run();
                }));
    cors.decide(actual(EVIL), READER);
    assertEquals(List.of(), log.lines());
    cors.decide(actual("null"), READER);
    assertEquals(2, log.records().size());
  }

  @Test
  void reads_no_line_of_a_time_before_the_first_interval() {
    Cors cors = logged(false);
    now.addAndGet(-1);
    cors.decide(actual(EVIL), READER);
    assertEquals(0, log.records().size());
    now.addAndGet(1);
    cors.decide(actual(EVIL), READER);
    assertEquals(1, log.records().size());
  }

  @Test
  void reads_the_first_line_whatever_the_clock_of_the_machine_says() {
    now.set(-TimeUnit.HOURS.toNanos(1));
    Cors cors = logged(false);
    cors.decide(actual(EVIL), READER);
    assertEquals(1, log.records().size());
    now.addAndGet(TimeUnit.MINUTES.toNanos(1));
    cors.decide(actual(EVIL), READER);
    assertEquals(2, log.records().size());
  }

  @Test
  void reads_lines_of_a_thread_that_keeps_no_program_running() throws Exception {
    BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
    Handler asking =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            threads.add(Thread.currentThread());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(asking);
    try {
      Cors.observed(policy, CorsObserver.logRefusals()).decide(actual(EVIL), READER);
      Thread thread = threads.poll(10, TimeUnit.SECONDS);
      assertTrue(thread != null && thread != Thread.currentThread() && thread.isDaemon());
    } finally {
      logger.removeHandler(asking);
    }
  }

  @Test
  void reads_by_a_setting_that_the_policy_prints() {
    assertEquals(policy + "\ncors.log-refusals=true", logged(false).toString());
    assertEquals(policy + "\ncors.log-refusals=explained", logged(true).toString());
    assertEquals(policy.toString(), Cors.observed(policy, event -> {}).toString());
  }

  @Test
  void reads_on_request_whose_refusals_they_are_and_how_to_fix_them() {
    Cors cors = logged(true);
    cors.decide(actual("https://a.example:8443"), READER);
    assertEquals(
        List.of(
            "CORS: request refused, ORIGIN_NOT_ALLOWED. \"https://a.example:8443\" is not allowed."
                + " \"https://a.example\" is, but the port differs. If its pages are yours, allow"
                + " it: .allowOrigins(\"https://a.example:8443\")."),
        log.lines());
  }

  @Test
  void reads_on_request_of_cookies_that_the_policy_has_no_credentials_for() {
    Message request = actual(A).with("Cookie", "session=secret");
    logged(false).decide(request, READER);
    assertEquals(List.of(), log.lines());
    logged(true).decide(request, READER);
    logged(true).decide(actual(A), READER);
    assertEquals(1, log.records().size());
    assertTrue(
        log.lines()
            .get(0)
            .startsWith("CORS: request allowed, and refused by the browser, ALLOWED. "),
        log.lines().get(0));
    assertFalse(log.lines().get(0).contains("secret"), log.lines().get(0));
  }
}
