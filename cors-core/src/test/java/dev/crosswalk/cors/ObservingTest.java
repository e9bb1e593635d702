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
    @DisplayName("is told of each decision once, and changes none")
    void toldOfEach() {
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
    @DisplayName("gets the reason, with the request's text only when asked for")
    void reason() {
      Cors.observed(policy, events::add).decide(actual(EVIL), READER);
      Event event = events.get(0);
      assertEquals(Kind.ACTUAL, event.kind());
      assertEquals(Outcome.ORIGIN_NOT_ALLOWED, event.outcome());
      assertEquals(event.decision().explanation(), event.explanation());
      assertFalse((event.explanation() + event).contains("evil"));
      assertTrue(event.requestExplanation().startsWith("\"https://evil.example\" is not allowed"));
    }

    @Test
    @DisplayName("is not told again when an adapter asks again, through whatever is around it")
    void askedAgain() {
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
    @DisplayName("breaks no request by throwing, and is reported once")
    void throwing() {
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
    @DisplayName("leaves the warnings of the policy as they are")
    void warnings() {
      CorsPolicy doubtful = CorsPolicy.builder().allowOrigins(A, A).allowMethods("patch").build();
      assertEquals(2, doubtful.warnings().size());
      assertEquals(doubtful.warnings(), Cors.observed(doubtful, event -> {}).warnings());
      assertEquals(doubtful.warnings(), Cors.reportOnly(policy, doubtful, event -> {}).warnings());
      assertEquals(
          doubtful.warnings(), Cors.reportOnly(doubtful, doubtful, event -> {}).warnings());
    }

    @Test
    @DisplayName("must exist, and so must what it watches")
    void missing() {
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
    @DisplayName("is told what it would refuse, while the other policy answers")
    void refusals() {
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
    @DisplayName("is not told what both allow, what both refuse, and what is not CORS")
    void silence() {
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
    @DisplayName("is told what a guard would refuse, whether or not it may be read")
    void guard() {
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
              "ACTUAL, WRITE_FROM_SAME_SITE"),
          events.stream().map(Event::toString).toList());
    }

    @Test
    @DisplayName("is not told again what a guard refuses already")
    void guardedAlready() {
      Cors guarded = CrossOriginGuard.around(policy).build();
      Cors tried = Cors.reportOnly(guarded, guarded, events::add);
      Message request = request("POST").with("Origin", EVIL).with("Sec-Fetch-Site", "cross-site");
      assertEquals(Outcome.WRITE_FROM_CROSS_SITE, tried.decide(request, READER).outcome());
      assertEquals(List.of(), events);
    }

    @Test
    @DisplayName("is told which requests would no longer have a policy")
    void withoutPolicy() {
      Cors.reportOnly(any, Cors.byPath(Map.of("/api", any)), events::add)
          .decide(request("GET", "/other").with("Origin", A), READER);
      assertEquals(List.of("ACTUAL, NO_POLICY"), events.stream().map(Event::toString).toList());
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
    @DisplayName("reads of refusals without a word of the request")
    void refusals() {
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
    @DisplayName("reads one line a minute for each outcome, and how many it does not read")
    void limited() {
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
    @DisplayName("reads ten explained lines a minute, so that who tries three origins sees three")
    void limitedInDevelopment() {
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
    @DisplayName("reads one line, too, of what many threads refuse at once")
    void manyThreads() throws InterruptedException {
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
      assertTrue(lines().get(1).contains("(And 7999 more since"), lines().get(1));
    }

    @Test
    @DisplayName("delays no request, although the log blocks")
    void blocked() throws InterruptedException {
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
    @DisplayName("reads a hundred lines that have waited, and how many it does not read")
    void waiting() {
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
    @DisplayName("reads the next lines, after there was no thread to write them")
    void withoutThread() {
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
    @DisplayName("reads no line of a time before the first interval")
    void earlier() {
      Cors cors = logged(false);
      now.addAndGet(-1);
      cors.decide(actual(EVIL), READER);
      assertEquals(0, log.size());
      now.addAndGet(1);
      cors.decide(actual(EVIL), READER);
      assertEquals(1, log.size());
    }

    @Test
    @DisplayName("reads the first line, whatever the clock of the machine says")
    void negativeClock() {
      now.set(-TimeUnit.HOURS.toNanos(1));
      Cors cors = logged(false);
      cors.decide(actual(EVIL), READER);
      assertEquals(1, log.size());
      now.addAndGet(TimeUnit.MINUTES.toNanos(1));
      cors.decide(actual(EVIL), READER);
      assertEquals(2, log.size());
    }

    @Test
    @DisplayName("reads lines of a thread that keeps no program running")
    void daemon() throws Exception {
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
    @DisplayName("reads by a setting that the policy prints")
    void setting() {
      assertEquals(policy + "\ncors.log-refusals=true", logged(false).toString());
      assertEquals(policy + "\ncors.log-refusals=explained", logged(true).toString());
      assertEquals(policy.toString(), Cors.observed(policy, event -> {}).toString());
    }

    @Test
    @DisplayName("reads on request whose refusals they are, and how to fix them")
    void explained() {
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
    @DisplayName("reads on request of cookies that the policy has no credentials for")
    void cookies() {
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
    @DisplayName("hears of it once, with the names of its headers and without their values")
    void found() {
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
    @DisplayName("hears of each place where it may be, also of one behind a gateway")
    void places() {
      write(actual(A), response().with("Access-Control-Allow-Origin", "*"));
      assertTrue(
          lines()
              .get(0)
              .contains(
                  "(the framework's own CORS, a filter, a handler, a service behind this gateway)"),
          lines().get(0));
    }

    @Test
    @DisplayName("hears of all its headers, also where the policy removes them")
    void removed() {
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
    @DisplayName("hears of one header alone, whichever it is")
    void each() {
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
    @DisplayName("hears of a value that a framework did not write because the policy owns it")
    void overruled() {
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
    @DisplayName("hears of names that a framework did not expose because the policy says which")
    void overruledNames() {
      CorsDecision decision = exposing.decide(actual(A), READER);
      decision.overrule("Access-Control-Expose-Headers", "X-A");
      assertEquals(List.of(), lines());
      decision.overrule("Access-Control-Expose-Headers", "*");
      assertTrue(lines().get(0).contains("did not write: Access-Control-Expose-Headers. "));
    }

    @Test
    @DisplayName("hears nothing where there is no policy")
    void withoutPolicy() {
      Cors none = Cors.choosing(facts -> null);
      for (Message request : List.of(actual(A), preflight(A, "PUT"))) {
        none.decide(request, READER).overrule("Access-Control-Allow-Origin", "*");
        none.decideAgain(request, READER).overrule("Access-Control-Allow-Origin", "*");
      }
      assertEquals(List.of(), lines());
    }

    @Test
    @DisplayName("hears of a response object that has the headers of an earlier request")
    void usedAgain() {
      Message constant = response();
      write(actual(A), constant);
      write(actual(B), constant);
      assertEquals(1, log.size());
      assertTrue(
          lines().get(0).contains("one response object for several requests: build one for each"),
          lines().get(0));
    }

    @Test
    @DisplayName("hears of it on a preflight")
    void onPreflight() {
      write(preflight(A, "PUT"), response().with("Access-Control-Allow-Origin", "*"));
      assertEquals(1, log.size());
    }

    @Test
    @DisplayName("hears of a value twice, which no browser accepts")
    void twice() {
      write(
          actual(A),
          response().with("Access-Control-Allow-Origin", A).with("Access-Control-Allow-Origin", A));
      assertEquals(1, log.size());
    }

    @Test
    @DisplayName("hears nothing if it is the policy that wrote, however often")
    void itself() {
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
    @DisplayName("hears of it however late")
    void late() {
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
    @DisplayName("ends no thread that has more lines to write")
    void refusals() {
      List<Runnable> writing = new ArrayList<>();
      Cors cors = Cors.observed(policy, new RefusalLog(false, () -> 0, writing::add));
      cors.decide(actual(EVIL), READER);
      cors.decide(preflight(A, "PATCH"), READER);
      writing.get(0).run();
      assertEquals(2, log.size());
    }

    @Test
    @DisplayName("breaks no request whose observer fails")
    void observer() {
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
    @DisplayName("breaks no request whose policy cannot be chosen")
    void chooser() {
      Cors cors =
          Cors.choosing(
              facts -> {
                throw new IllegalStateException("broken");
              });
      assertEquals(Outcome.NO_POLICY, cors.decide(actual(A), READER).outcome());
      assertEquals(1, log.size());
    }

    @Test
    @DisplayName("breaks no response that a second CORS layer wrote to")
    void secondLayer() {
      Message response = response().with("Access-Control-Allow-Origin", "*");
      policy.toBuilder().build().decide(actual(A), READER).writeTo(response, WRITER);
      assertEquals(A, response.combined("Access-Control-Allow-Origin"));
      assertEquals(1, log.size());
    }
  }
}
