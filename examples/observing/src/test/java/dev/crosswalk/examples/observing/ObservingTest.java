package dev.crosswalk.examples.observing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision.Kind;
import dev.crosswalk.cors.CorsDecision.Outcome;
import dev.crosswalk.cors.CorsObserver;
import dev.crosswalk.cors.CorsPolicy;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the page docs/observing.md shows, with the real Logback, Micrometer and OpenTelemetry. */
class ObservingTest {

  private static final CorsPolicy policy =
      CorsPolicy.builder().allowOrigins("https://app.example.com").build();

  private static final Cors.Request ALLOWED =
      Cors.Request.of("GET", "/notes").from("https://app.example.com");

  private static final Cors.Request REFUSED =
      Cors.Request.of("GET", "/notes").from("https://evil.example");

  @Test
  void refusals_reach_Logback_by_the_bridge_of_SLF4J() throws InterruptedException {
    Logger logger = (Logger) LoggerFactory.getLogger("dev.crosswalk.cors");
    CountDownLatch written = new CountDownLatch(1);
    ListAppender<ILoggingEvent> appender =
        new ListAppender<>() {
          @Override
          protected void append(ILoggingEvent event) {
            super.append(event);
            written.countDown();
          }
        };
    appender.start();
    logger.addAppender(appender);
    try {
      Cors cors = Cors.observed(policy, CorsObserver.logRefusals());
      cors.decide(ALLOWED);
      cors.decide(REFUSED);
      assertTrue(written.await(10, TimeUnit.SECONDS)); // Another thread writes.
    } finally {
      logger.detachAppender(appender);
    }

    ILoggingEvent line = appender.list.get(0);
    assertEquals(1, appender.list.size(), appender.list::toString);
    assertEquals(Level.INFO, line.getLevel());
    assertTrue(line.getFormattedMessage().contains("ORIGIN_NOT_ALLOWED"), line::toString);
    assertFalse(line.getFormattedMessage().contains("evil"), line::toString);
  }

  @Test
  void decisions_are_counted_by_Micrometer() {
    MeterRegistry registry = new SimpleMeterRegistry();

    // shown
    Cors cors =
        Cors.observed(
            policy,
            event ->
                registry
                    .counter(
                        "cors.decisions",
                        "kind",
                        event.kind().name().toLowerCase(Locale.ROOT),
                        "outcome",
                        event.outcome().name().toLowerCase(Locale.ROOT))
                    .increment());
    // end

    cors.decide(ALLOWED);
    cors.decide(REFUSED);
    cors.decide(REFUSED);
    assertEquals(1, registry.get("cors.decisions").tag("outcome", "allowed").counter().count());
    assertEquals(
        2,
        registry
            .get("cors.decisions")
            .tags("kind", "actual", "outcome", "origin_not_allowed")
            .counter()
            .count());
  }

  @Test
  void the_outcome_is_an_attribute_of_the_span_of_OpenTelemetry() {
    // shown
    Cors cors =
        Cors.observed(
            policy,
            event ->
                Span.current()
                    .setAttribute("cors.outcome", event.outcome().name().toLowerCase(Locale.ROOT)));
    // end

    // A span that no processor wants is not recorded.
    SpanProcessor processor = SimpleSpanProcessor.create(SpanExporter.composite());
    try (SdkTracerProvider provider =
        SdkTracerProvider.builder().addSpanProcessor(processor).build()) {
      Span span = provider.get("server").spanBuilder("GET /notes").startSpan();
      Scope scope = span.makeCurrent();
      try {
        cors.decide(REFUSED);
      } finally {
        scope.close();
        span.end();
      }
      assertEquals(
          "origin_not_allowed",
          ((ReadableSpan) span).getAttribute(AttributeKey.stringKey("cors.outcome")));
    }
  }

  @Test
  void an_observer_that_blocks_delays_no_request() throws InterruptedException {
    CountDownLatch blocked = new CountDownLatch(1);
    Queue<String> recorded = new ConcurrentLinkedQueue<>();
    Audit audit =
        (kind, outcome) -> {
          blocked.await();
          recorded.add(kind + " " + outcome);
        };
    AtomicLong left = new AtomicLong();

    // shown
    ExecutorService thread =
        new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1_000));

    Cors cors =
        Cors.observed(
            policy,
            event -> {
              Kind kind = event.kind();
              Outcome outcome = event.outcome();
              try {
                thread.execute(() -> audit.record(kind, outcome));
              } catch (RejectedExecutionException e) {
                left.incrementAndGet();
              }
            });
    // end

    for (int i = 0; i < 1_500; i++) {
      cors.decide(REFUSED);
    }
    assertEquals(499, left.get());
    blocked.countDown();
    thread.shutdown();
    assertTrue(thread.awaitTermination(10, TimeUnit.SECONDS));
    assertEquals(1_001, recorded.size());
    assertEquals("ACTUAL ORIGIN_NOT_ALLOWED", recorded.peek());
  }

  /** Something slow, which is somebody else's. */
  private interface Audit {

    void write(Kind kind, Outcome outcome) throws InterruptedException;

    default void record(Kind kind, Outcome outcome) {
      try {
        write(kind, outcome);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Without a span, which is how a program runs that has no tracing. */
  @Test
  void without_a_span_nothing_happens() {
    Cors cors =
        Cors.observed(policy, event -> Span.current().setAttribute("cors.outcome", "allowed"));
    assertTrue(cors.decide(ALLOWED).outcome().toString().contains("ALLOWED"));
  }

  /** Between the two comments, but for white space, which the formatter decides here. */
  @Test
  void the_page_shows_what_is_tested_here() throws IOException {
    String page = Files.readString(Path.of("../../docs/observing.md"));
    String source =
        Files.readString(
            Path.of("src/test/java/dev/crosswalk/examples/observing/ObservingTest.java"));
    List<String> shown =
        Pattern.compile("(?s)\\R +// shown\\R(.*?)\\R +// end\\R")
            .matcher(source)
            .results()
            .map(result -> result.group(1))
            .toList();
    assertEquals(3, shown.size());
    for (String code : shown) {
      assertTrue(squeezed(page).contains(squeezed(code)), () -> "docs/observing.md lacks " + code);
    }
    Matcher version =
        Pattern.compile("<slf4j.version>([\\d.]+)<")
            .matcher(Files.readString(Path.of("../../pom.xml")));
    assertTrue(version.find());
    assertTrue(page.contains("<version>" + version.group(1) + "</version>"), version.group(1));
  }

  private static String squeezed(String code) {
    return code.replaceAll("\\s+", "");
  }
}
