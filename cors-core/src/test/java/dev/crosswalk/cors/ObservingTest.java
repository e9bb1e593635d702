package dev.crosswalk.cors;

import static dev.crosswalk.cors.Message.READER;
import static dev.crosswalk.cors.Message.WRITER;
import static dev.crosswalk.cors.Message.actual;
import static dev.crosswalk.cors.Message.preflight;
import static dev.crosswalk.cors.Message.request;
import static dev.crosswalk.cors.Message.response;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsDecision.Kind;
import dev.crosswalk.cors.CorsDecision.Outcome;
import dev.crosswalk.cors.CorsObserver.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Somebody who watches")
class ObservingTest {

  private static final String A = "https://a.example";
  private static final String B = "https://b.example";
  private static final String EVIL = "https://evil.example";

  private final CorsPolicy policy =
      CorsPolicy.builder().allowOrigins(A, B).allowMethods("PUT").build();

  private final List<LogRecord> log = new ArrayList<>();
  private final Logger logger = Logger.getLogger("dev.crosswalk.cors");
  private final Handler handler =
      new Handler() {
        @Override
        public synchronized void publish(LogRecord line) {
          log.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
  }

  private List<String> lines() {
    return log.stream().map(LogRecord::getMessage).toList();
  }

  @Nested
  @DisplayName("as an observer")
  class Observer {

    private final List<Event> events = new ArrayList<>();

    @Test
    void is_told_of_each_decision_once_and_changes_none() {
      Cors observed = Cors.observed(policy, events::add);
      List<Message> requests =
          List.of(request("GET"), actual(A), actual(EVIL), preflight(A, "PUT"), preflight(A, "X"));
      for (Message request : requests) {
        assertSame(policy.decide(request, READER), observed.decide(request, READER));
      }
      assertEquals(
          List.of(
              "NOT_CORS, NOT_CORS",
              "ACTUAL, ALLOWED",
              "ACTUAL, ORIGIN_NOT_ALLOWED",
              "PREFLIGHT, ALLOWED",
              "PREFLIGHT, METHOD_NOT_ALLOWED"),
          events.stream().map(Event::toString).toList());
    }

    @Test
    void gets_the_reason_with_the_requests_text_only_when_asked_for() {
      Cors.observed(policy, events::add).decide(actual(EVIL), READER);
      Event event = events.get(0);
      assertEquals(Kind.ACTUAL, event.kind());
      assertEquals(Outcome.ORIGIN_NOT_ALLOWED, event.outcome());
      assertEquals(event.decision().explanation(), event.explanation());
      assertFalse((event.explanation() + event).contains("evil"));
      assertTrue(event.requestExplanation().startsWith("\"https://evil.example\" is not allowed"));
    }

    @Test
    void is_not_told_again_when_an_adapter_asks_again_through_whatever_is_around_it() {
      Cors observed = Cors.observed(policy, events::add);
      for (Cors cors :
          List.of(
              observed,
              Cors.byPath(Map.of("/", observed)),
              Cors.observed(observed, event -> {}),
              CrossOriginGuard.around(observed).build(),
              new ReloadableCors(observed),
              Cors.reportOnly(observed, policy, event -> {}))) {
        events.clear();
        CorsDecision first = cors.decide(actual(A), READER);
        assertEquals(1, events.size());
        assertSame(first, cors.decideAgain(actual(A), READER));
        assertSame(first, cors.decideAgain(actual(A), READER));
        assertEquals(1, events.size());
      }
    }

    @Test
    void breaks_no_request_by_throwing_and_is_reported_once() {
      AtomicInteger called = new AtomicInteger();
      Cors observed =
          Cors.observed(
              policy,
              event -> {
                if (called.incrementAndGet() % 2 == 0) {
                  throw new AssertionError("broken");
                }
                throw new IllegalStateException("broken");
              });
      for (int i = 0; i < 10; i++) {
        assertEquals(Outcome.ALLOWED, observed.decide(actual(A), READER).outcome());
      }
      assertEquals(10, called.get());
      assertEquals(1, log.size());
      assertEquals(Level.WARNING, log.get(0).getLevel());
      assertTrue(log.get(0).getThrown() instanceof IllegalStateException);
    }

    @Test
    void leaves_the_warnings_of_the_policy_as_they_are() {
      CorsPolicy doubtful = CorsPolicy.builder().allowOrigins(A, A).allowMethods("patch").build();
      assertEquals(2, doubtful.warnings().size());
      assertEquals(doubtful.warnings(), Cors.observed(doubtful, event -> {}).warnings());
      assertEquals(doubtful.warnings(), Cors.reportOnly(policy, doubtful, event -> {}).warnings());
      assertEquals(
          doubtful.warnings(), Cors.reportOnly(doubtful, doubtful, event -> {}).warnings());
    }

    @Test
    void must_exist_and_so_must_what_it_watches() {
      assertThrows(NullPointerException.class, () -> Cors.observed(null, event -> {}));
      assertThrows(NullPointerException.class, () -> Cors.observed(policy, null));
      assertThrows(NullPointerException.class, () -> Cors.reportOnly(policy, null, event -> {}));
    }
  }

  @Nested
  @DisplayName("with a stricter policy on trial")
  class ReportOnly {

    private final List<Event> events = new ArrayList<>();
    private final CorsPolicy any =
        CorsPolicy.builder().allowAnyOrigin().allowAnyMethod().allowAnyRequestHeader().build();
    private final Cors cors = Cors.reportOnly(any, policy, events::add);

    @Test
    void is_told_what_it_would_refuse_while_the_other_policy_answers() {
      Message[] requests = {actual(EVIL), preflight(A, "DELETE"), preflight(A, "PUT", "x-foo")};
      for (Message request : requests) {
        assertSame(any.decide(request, READER), cors.decide(request, READER));
      }
      assertEquals(
          List.of(
              "ACTUAL, ORIGIN_NOT_ALLOWED",
              "PREFLIGHT, METHOD_NOT_ALLOWED",
              "PREFLIGHT, HEADER_NOT_ALLOWED"),
          events.stream().map(Event::toString).toList());
      assertTrue(events.get(0).requestExplanation().contains("\"https://evil.example\""));
    }

    @Test
    void is_not_told_what_both_allow_what_both_refuse_and_what_is_not_CORS() {
      for (Message request :
          List.of(
              request("GET"),
              actual(A),
              preflight(A, "PUT"),
              preflight(A, "TRACE"),
              request("POST").with("Origin", EVIL).with("Sec-Fetch-Site", "same-origin"))) {
        cors.decide(request, READER);
      }
      assertEquals(List.of(), events);
    }

    @Test
    void is_told_what_a_guard_would_refuse_whether_or_not_it_may_be_read() {
      Cors tried = Cors.reportOnly(policy, CrossOriginGuard.around(policy).build(), events::add);
      for (Message request :
          List.of(
              actual(A),
              request("POST").with("Origin", A).with("Sec-Fetch-Site", "cross-site"),
              request("POST").with("Origin", EVIL),
              request("POST").with("Sec-Fetch-Site", "same-site"),
              request("POST").with("Origin", EVIL).with("Sec-Fetch-Site", "same-origin"))) {
        assertTrue(tried.decide(request, READER) instanceof CorsDecision.Proceed);
      }
      assertEquals(
          List.of(
              "ACTUAL, WRITE_FROM_CROSS_SITE",
              "ACTUAL, WRITE_FROM_OTHER_ORIGIN",
              "NOT_CORS, WRITE_FROM_SAME_SITE"),
          events.stream().map(Event::toString).toList());
    }

    @Test
    void is_not_told_again_what_a_guard_refuses_already() {
      Cors guarded = CrossOriginGuard.around(policy).build();
      Cors tried = Cors.reportOnly(guarded, guarded, events::add);
      Message request = request("POST").with("Origin", EVIL).with("Sec-Fetch-Site", "cross-site");
      assertEquals(Outcome.WRITE_FROM_CROSS_SITE, tried.decide(request, READER).outcome());
      assertEquals(List.of(), events);
    }

    @Test
    void is_told_which_requests_would_no_longer_have_a_policy() {
      Cors.reportOnly(any, Cors.byPath(Map.of("/api", any)), events::add)
          .decide(request("GET", "/other").with("Origin", A), READER);
      assertEquals(List.of("ACTUAL, NO_POLICY"), events.stream().map(Event::toString).toList());
    }

    @Test
    void is_told_apart_from_who_observes_what_is_decided() {
      Cors.observed(cors, events::add).decide(actual(EVIL), READER);
      assertEquals(List.of(true, false), events.stream().map(Event::isReportOnly).toList());
    }
  }

  @Nested
  @DisplayName("by the log")
  class Log {

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
              "CORS: actual refused, ORIGIN_NOT_ALLOWED. The policy does not allow the request's"
                  + " origin.",
              "CORS: preflight refused, METHOD_NOT_ALLOWED. The policy does not allow the requested"
                  + " method. Methods are case-sensitive."),
          lines());
      assertTrue(log.stream().allMatch(line -> line.getLevel() == Level.INFO));
    }

    @Test
    void reads_one_line_a_minute_for_each_outcome_and_how_many_it_does_not_read() {
      Cors cors = logged(false);
      for (int i = 0; i < 100; i++) {
        cors.decide(actual(EVIL), READER);
      }
      cors.decide(actual("null"), READER);
      assertEquals(2, log.size());
      now.addAndGet(TimeUnit.SECONDS.toNanos(59));
      cors.decide(actual(EVIL), READER);
      assertEquals(2, log.size());
      now.addAndGet(TimeUnit.SECONDS.toNanos(1));
      cors.decide(actual(EVIL), READER);
      assertEquals(3, log.size());
      assertTrue(
          lines().get(2).endsWith(" (And 100 more since the last such line.)"), lines().get(2));
      cors.decide(actual("null"), READER);
      assertFalse(lines().get(3).contains("more"), lines().get(3));
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
                    "CORS: actual would be refused, ORIGIN_NOT_ALLOWED. \"https://evil.example\" is"
                        + " not allowed. Nothing in the policy is similar. If its pages are yours,"
                        + " allow it: .allowOrigins(\"https://evil.example\").",
                    "CORS: actual would have no policy, NO_POLICY. No policy covers the path"
                        + " \"/forgotten\".",
                    "CORS: actual would have no policy, NO_POLICY. No policy covers the path"
                        + " \"/forgotten\".")
                : List.of(
                    "CORS: actual would be refused, ORIGIN_NOT_ALLOWED. The policy does not allow"
                        + " the request's origin.",
                    "CORS: actual would have no policy, NO_POLICY. No policy covers the request's"
                        + " path."),
            lines());
      }
    }

    @Test
    void reads_of_a_refused_write_that_has_no_origin() {
      Cors guarded = CrossOriginGuard.around(policy).build();
      Cors.observed(guarded, new RefusalLog(false, now::get, Runnable::run))
          .decide(request("POST").with("Sec-Fetch-Site", "cross-site"), READER);
      assertEquals(
          List.of(
              "CORS: request without Origin refused, WRITE_FROM_CROSS_SITE. A page of another site"
                  + " sent a request that may change something. Its origin is not trusted to do"
                  + " that."),
          lines());
    }

    @Test
    void reads_nothing_of_requests_without_a_policy_where_nothing_is_on_trial() {
      Cors byPath = Cors.byPath(Map.of("/api", policy));
      Cors.observed(byPath, new RefusalLog(true, now::get, Runnable::run))
          .decide(request("GET", "/other").with("Origin", A).with("Cookie", "a=b"), READER);
      assertEquals(List.of(), lines());
    }

    @Test
    void reads_ten_explained_lines_a_minute_so_that_who_tries_three_origins_sees_three() {
      Cors cors = logged(true);
      for (int minute = 0; minute < 2; minute++) {
        log.clear();
        for (int port = 1; port <= 3; port++) {
          cors.decide(actual("http://localhost:300" + port), READER);
          assertEquals(port, log.size());
          assertTrue(lines().get(port - 1).contains("localhost:300" + port), lines()::toString);
        }
        for (int i = 0; i < 100; i++) {
          cors.decide(actual(EVIL), READER);
        }
        assertEquals(10, log.size());
        now.addAndGet(TimeUnit.MINUTES.toNanos(1));
      }
      log.clear();
      cors.decide(actual(EVIL), READER);
      assertTrue(lines().get(0).endsWith(" (And 93 more since the last such line.)"));
    }

    @Test
    void reads_one_line_too_of_what_many_threads_refuse_at_once() throws InterruptedException {
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
      assertEquals(1, log.size());
      now.addAndGet(TimeUnit.MINUTES.toNanos(1));
      cors.decide(actual(EVIL), READER);
      // Of those that a thread refuses before another has written the first line, that line tells.
      assertEquals(7_999, leftOut(lines().get(0)) + leftOut(lines().get(1)), lines().toString());
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
      assertEquals(100, log.size());
      cors.decide(actual(EVIL), READER);
      assertEquals(2, writing.size());
      writing.get(1).run();
      assertTrue(lines().get(100).endsWith(" (And 30 more since the last such line.)"));
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
      assertEquals(List.of(), lines());
      cors.decide(actual("null"), READER);
      assertEquals(2, log.size());
    }

    @Test
    void reads_no_line_of_a_time_before_the_first_interval() {
      Cors cors = logged(false);
      now.addAndGet(-1);
      cors.decide(actual(EVIL), READER);
      assertEquals(0, log.size());
      now.addAndGet(1);
      cors.decide(actual(EVIL), READER);
      assertEquals(1, log.size());
    }

    @Test
    void reads_the_first_line_whatever_the_clock_of_the_machine_says() {
      now.set(-TimeUnit.HOURS.toNanos(1));
      Cors cors = logged(false);
      cors.decide(actual(EVIL), READER);
      assertEquals(1, log.size());
      now.addAndGet(TimeUnit.MINUTES.toNanos(1));
      cors.decide(actual(EVIL), READER);
      assertEquals(2, log.size());
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
              "CORS: actual refused, ORIGIN_NOT_ALLOWED. \"https://a.example:8443\" is not allowed."
                  + " \"https://a.example\" is, but the port differs. If its pages are yours, allow"
                  + " it: .allowOrigins(\"https://a.example:8443\")."),
          lines());
    }

    @Test
    void reads_on_request_of_cookies_that_the_policy_has_no_credentials_for() {
      Message request = actual(A).with("Cookie", "session=secret");
      logged(false).decide(request, READER);
      assertEquals(List.of(), lines());
      logged(true).decide(request, READER);
      logged(true).decide(actual(A), READER);
      assertEquals(1, log.size());
      assertTrue(
          lines().get(0).startsWith("CORS: actual allowed, and refused by the browser, ALLOWED. "),
          lines().get(0));
      assertFalse(lines().get(0).contains("secret"), lines().get(0));
    }
  }

  @Nested
  @DisplayName("for a second CORS layer")
  class SecondLayer {

    private final CorsPolicy exposing = policy.toBuilder().exposeResponseHeaders("X-A").build();

    private void write(Message request, Message response) {
      exposing.decide(request, READER).writeTo(response, WRITER);
    }

    @Test
    void hears_of_it_once_with_the_names_of_its_headers_and_without_their_values() {
      write(actual(A), response().with("access-control-allow-origin", "secret"));
      write(actual(A), response().with("Access-Control-Allow-Origin", "*"));
      assertEquals(1, log.size());
      assertEquals(Level.WARNING, log.get(0).getLevel());
      assertTrue(
          lines()
              .get(0)
              .startsWith(
                  "A response already had CORS headers that the policy did not write:"
                      + " Access-Control-Allow-Origin. "),
          lines().get(0));
      assertFalse(lines().get(0).contains("secret"));
    }

    @Test
    void hears_of_each_place_where_it_may_be_also_of_one_behind_a_gateway() {
      write(actual(A), response().with("Access-Control-Allow-Origin", "*"));
      assertTrue(
          lines()
              .get(0)
              .contains(
                  "(the framework's own CORS, a filter, a handler, a service behind this gateway)"),
          lines().get(0));
    }

    @Test
    void hears_of_all_its_headers_also_where_the_policy_removes_them() {
      write(
          request("GET"),
          response()
              .with("Access-Control-Allow-Credentials", "true")
              .with("Access-Control-Expose-Headers", "*"));
      assertTrue(
          lines()
              .get(0)
              .contains(": Access-Control-Allow-Credentials, Access-Control-Expose-Headers. "),
          lines().get(0));
    }

    @Test
    void hears_of_one_header_alone_whichever_it_is() {
      for (String name :
          List.of(
              "Access-Control-Allow-Origin",
              "Access-Control-Allow-Credentials",
              "Access-Control-Expose-Headers")) {
        log.clear();
        CorsPolicy each = exposing.toBuilder().build();
        each.decide(actual(A), READER).writeTo(response().with(name, "other"), WRITER);
        assertTrue(lines().get(0).contains("did not write: " + name + ". "), lines().get(0));
        assertEquals(1, log.size());
      }
    }

    @Test
    void hears_of_a_value_that_a_framework_did_not_write_because_the_policy_owns_it() {
      for (Message request : List.of(actual(A), preflight(A, "PUT"))) {
        for (String name : List.of("Origin", "Allow-Origin", "Allow-Credentials", "Vary")) {
          log.clear();
          CorsPolicy each = exposing.toBuilder().allowCredentials().build();
          CorsDecision decision = each.decide(request, READER);
          String header = "Access-Control-" + name;
          decision.overrule(header, null);
          decision.overrule(header, name.equals("Allow-Origin") ? A : "true");
          assertEquals(List.of(), lines());
          decision.overrule(header.toLowerCase(Locale.ROOT), "other");
          decision.overrule(header, "another");
          assertEquals(name.startsWith("Allow-") ? 1 : 0, log.size(), name);
          if (log.size() == 1) {
            assertTrue(lines().get(0).contains("did not write: " + header + ". "), lines().get(0));
          }
        }
      }
    }

    @Test
    void hears_of_names_that_a_framework_did_not_expose_because_the_policy_says_which() {
      CorsDecision decision = exposing.decide(actual(A), READER);
      decision.overrule("Access-Control-Expose-Headers", "X-A");
      assertEquals(List.of(), lines());
      decision.overrule("Access-Control-Expose-Headers", "*");
      assertTrue(lines().get(0).contains("did not write: Access-Control-Expose-Headers. "));
    }

    @Test
    void hears_nothing_where_there_is_no_policy() {
      Cors none = Cors.choosing(facts -> null);
      for (Message request : List.of(actual(A), preflight(A, "PUT"))) {
        none.decide(request, READER).overrule("Access-Control-Allow-Origin", "*");
        none.decideAgain(request, READER).overrule("Access-Control-Allow-Origin", "*");
      }
      assertEquals(List.of(), lines());
    }

    @Test
    void hears_of_a_response_object_that_has_the_headers_of_an_earlier_request() {
      Message constant = response();
      write(actual(A), constant);
      write(actual(B), constant);
      assertEquals(1, log.size());
      assertTrue(
          lines().get(0).contains("one response object for several requests: build one for each"),
          lines().get(0));
    }

    @Test
    void hears_of_it_on_a_preflight() {
      write(preflight(A, "PUT"), response().with("Access-Control-Allow-Origin", "*"));
      assertEquals(1, log.size());
    }

    @Test
    void hears_of_a_value_twice_which_no_browser_accepts() {
      write(
          actual(A),
          response().with("Access-Control-Allow-Origin", A).with("Access-Control-Allow-Origin", A));
      assertEquals(1, log.size());
    }

    @Test
    void hears_nothing_if_it_is_the_policy_that_wrote_however_often() {
      for (Message request :
          List.of(
              request("GET"), actual(A), actual(EVIL), preflight(A, "PUT"), preflight(A, "X"))) {
        Message response = response().with("Vary", "Accept").with("X-A", "1");
        write(request, response);
        write(request, response);
      }
      assertEquals(List.of(), lines());
    }

    @Test
    void hears_of_it_however_late() {
      for (int i = 0; i < 20_000; i++) {
        write(actual(A), response());
      }
      write(actual(A), response().with("Access-Control-Allow-Origin", "*"));
      assertEquals(1, log.size());
    }
  }

  /** A disk that is full, a connection to a server of logs that is gone. */
  @Nested
  @DisplayName("by a log that fails")
  class FailingLog {

    private final Handler failing =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            log.add(line);
            throw new AssertionError("on purpose");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };

    @BeforeEach
    void fail() {
      logger.removeHandler(handler);
      logger.addHandler(failing);
    }

    @AfterEach
    void stopFailing() {
      logger.removeHandler(failing);
    }

    @Test
    void ends_no_thread_that_has_more_lines_to_write() {
      List<Runnable> writing = new ArrayList<>();
      Cors cors = Cors.observed(policy, new RefusalLog(false, () -> 0, writing::add));
      cors.decide(actual(EVIL), READER);
      cors.decide(preflight(A, "PATCH"), READER);
      writing.get(0).run();
      assertEquals(2, log.size());
    }

    @Test
    void breaks_no_request_whose_observer_fails() {
      Cors cors =
          Cors.observed(
              policy,
              event -> {
                throw new IllegalStateException("broken");
              });
      assertEquals(Outcome.ALLOWED, cors.decide(actual(A), READER).outcome());
      assertEquals(1, log.size());
    }

    @Test
    void breaks_no_request_whose_policy_cannot_be_chosen() {
      Cors cors =
          Cors.choosing(
              facts -> {
                throw new IllegalStateException("broken");
              });
      assertEquals(Outcome.NO_POLICY, cors.decide(actual(A), READER).outcome());
      assertEquals(1, log.size());
    }

    @Test
    void breaks_no_response_that_a_second_CORS_layer_wrote_to() {
      Message response = response().with("Access-Control-Allow-Origin", "*");
      policy.toBuilder().build().decide(actual(A), READER).writeTo(response, WRITER);
      assertEquals(A, response.combined("Access-Control-Allow-Origin"));
      assertEquals(1, log.size());
    }
  }
}
