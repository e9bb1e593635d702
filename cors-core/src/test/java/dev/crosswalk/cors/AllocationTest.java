package dev.crosswalk.cors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.crosswalk.cors.CorsDecision.Outcome;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a decision and its writing cost in memory, without the help of a compiler that would leave
 * objects out.
 */
@Tag("slow")
@DisplayName("A decision allocates")
class AllocationTest {

  private static final int ROUNDS = 500;

  private static final CorsPolicy LIST =
      CorsPolicy.builder()
          .allowOrigins("https://a.example", "https://b.example", "https://*.c.example")
          .allowCredentials()
          .allowMethods("PUT")
          .allowRequestHeaders("Content-Type", "X-Foo")
          .exposeResponseHeaders("X-Res")
          .maxAge(Duration.ofMinutes(10))
          .build();

  private static final CorsPolicy ANY =
      CorsPolicy.builder()
          .allowAnyOrigin()
          .allowAnyMethod()
          .allowAnyRequestHeader()
          .exposeAnyResponseHeader()
          .build();

  /** A request and its response in fields, so that reading and writing them costs nothing. */
  private static final class Exchange {
    private final String method;
    private final @Nullable String origin;
    private final @Nullable String requestedMethod;
    private final @Nullable String requestedNames;
    private String path = "/";
    private int accesses;
    private @Nullable String vary;

    Exchange(
        String method,
        @Nullable String origin,
        @Nullable String requestedMethod,
        @Nullable String requestedNames) {
      this.method = method;
      this.origin = origin;
      this.requestedMethod = requestedMethod;
      this.requestedNames = requestedNames;
    }
  }

  private static final RequestReader<Exchange> READER =
      new RequestReader<>() {
        @Override
        public String method(Exchange request) {
          return request.method;
        }

        @Override
        public String path(Exchange request) {
          return request.path;
        }

        @Override
        public @Nullable String header(Exchange request, String name) {
          return switch (name) {
            case "Origin" -> request.origin;
            case "Access-Control-Request-Method" -> request.requestedMethod;
            case "Access-Control-Request-Headers" -> request.requestedNames;
            default -> null;
          };
        }
      };

  private static final ResponseWriter<Exchange> WRITER =
      new ResponseWriter<>() {
        @Override
        public @Nullable String get(Exchange response, String name) {
          response.accesses++;
          return name.equals("Vary") ? response.vary : null;
        }

        @Override
        public void set(Exchange response, String name, String value) {
          response.accesses++;
          if (name.equals("Vary")) {
            response.vary = value;
          }
        }

        @Override
        public void remove(Exchange response, String name) {
          response.accesses++;
        }
      };

  private static Exchange actual(@Nullable String origin) {
    return new Exchange("GET", origin, null, null);
  }

  private static Exchange preflight(String origin, String method, @Nullable String names) {
    return new Exchange("OPTIONS", origin, method, names);
  }

  /** The bytes of one decision and its writing, on average; the least of several attempts. */
  private static long bytes(Cors cors, Exchange exchange, Outcome expected) {
    return bytes(cors, List.of(exchange), expected);
  }

  /** The same, of exchanges that take turns. */
  private static long bytes(Cors cors, List<Exchange> exchanges, Outcome expected) {
    assumeTrue(
        ManagementFactory.getThreadMXBean() instanceof ThreadMXBean, "this JVM counts no bytes");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    assertTrue(threads.isThreadAllocatedMemorySupported());
    for (Exchange exchange : exchanges) {
      assertEquals(expected, cors.decide(exchange, READER).outcome());
    }
    Exchange[] turns = exchanges.toArray(Exchange[]::new);
    long least = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 5 && least >= ROUNDS; attempt++) {
      decide(cors, turns);
      turns[0].accesses = 0;
      long before = threads.getCurrentThreadAllocatedBytes();
      decide(cors, turns);
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      assertTrue(turns[0].accesses >= 3 * (ROUNDS / turns.length), "every decision was written");
    }
    // A stray object of the JVM's own is not an object per decision.
    return least < ROUNDS ? 0 : least / ROUNDS;
  }

  private static void decide(Cors cors, Exchange[] turns) {
    for (int i = 0; i < ROUNDS; i++) {
      Exchange exchange = turns[i % turns.length];
      exchange.vary = null;
      cors.decide(exchange, READER).writeTo(exchange, WRITER);
    }
  }

  @Test
  void something_where_it_must_the_measurement_works() {
    assertTrue(
        bytes(
                CorsPolicy.builder()
                    .allowOrigins("https://a.example")
                    .allowCredentials()
                    .allowAnyMethod()
                    .build(),
                preflight("https://a.example", "PURGE", null),
                Outcome.ALLOWED)
            > 0);
  }

  @Test
  void nothing_if_the_request_is_not_CORS() {
    assertEquals(0, bytes(LIST, actual(null), Outcome.NOT_CORS));
    assertEquals(0, bytes(ANY, actual(null), Outcome.NOT_CORS));
  }

  @Test
  void nothing_if_the_request_is_actual_and_its_origin_is_on_the_list() {
    assertEquals(0, bytes(LIST, actual("https://a.example"), Outcome.ALLOWED));
    assertEquals(0, bytes(ANY, actual("https://a.example"), Outcome.ALLOWED));
  }

  @Test
  void no_more_for_a_function_that_chooses_by_a_header_than_for_one_that_reads_none() {
    Exchange exchange = actual("https://a.example");
    long withoutHeader = bytes(Cors.choosing(facts -> ANY), exchange, Outcome.ALLOWED);
    long byHeader = bytes(Cors.choosing(facts -> ANY, "X-Tenant"), exchange, Outcome.ALLOWED);
    assertEquals(withoutHeader, byHeader);
  }

  @Test
  void nothing_for_a_plain_path_of_however_many_there_are_and_something_for_another_one() {
    Map<String, Cors> policies = new HashMap<>(Map.of("/", LIST));
    for (int i = 0; i < 1_000; i++) {
      policies.put("/tenants/" + i + "/api", LIST);
    }
    Cors byPath = Cors.byPath(policies);
    for (String path : List.of("/", "/tenants/7/api/users", "/tenants/x/api", "/~a/b.c/@d")) {
      Exchange exchange = actual("https://a.example");
      exchange.path = path;
      assertEquals(0, bytes(byPath, exchange, Outcome.ALLOWED), path);
    }
    Exchange encoded = actual("https://a.example");
    encoded.path = "/tenants/7/a%2Fb";
    assertTrue(bytes(byPath, encoded, Outcome.ALLOWED) > 0);
  }

  @Test
  void nothing_if_it_refuses_an_actual_request() {
    assertEquals(0, bytes(LIST, actual("https://e.example"), Outcome.ORIGIN_NOT_ALLOWED));
    assertEquals(0, bytes(LIST, actual("http://[2001:db8::1]"), Outcome.ORIGIN_NOT_ALLOWED));
    assertEquals(0, bytes(LIST, actual("http://[:::::]"), Outcome.ORIGIN_MALFORMED));
    assertEquals(0, bytes(LIST, actual("null"), Outcome.ORIGIN_NULL));
    assertEquals(0, bytes(LIST, actual("x".repeat(64 * 1024)), Outcome.ORIGIN_MALFORMED));
    assertEquals(
        0, bytes(LIST, actual("https://a.example, https://b.example"), Outcome.ORIGIN_SEVERAL));
  }

  @Test
  void nothing_if_it_refuses_a_preflight() {
    assertEquals(
        0, bytes(LIST, preflight("https://e.example", "PUT", "x-foo"), Outcome.ORIGIN_NOT_ALLOWED));
    assertEquals(
        0, bytes(LIST, preflight("https://a.example", "PURGE", null), Outcome.METHOD_NOT_ALLOWED));
    assertEquals(
        0, bytes(LIST, preflight("https://a.example", "PUT", "x-bar"), Outcome.HEADER_NOT_ALLOWED));
  }

  @Test
  void nothing_if_it_allows_a_preflight_by_its_lists() {
    assertEquals(
        0,
        bytes(LIST, preflight("https://a.example", "PUT", "content-type,x-foo"), Outcome.ALLOWED));
    assertEquals(0, bytes(ANY, preflight("https://a.example", "PUT", "x-a,x-b"), Outcome.ALLOWED));
  }

  @Test
  void nothing_for_a_hostile_list_of_names() {
    for (String names :
        new String[] {",".repeat(16_000), "x-foo,".repeat(2_700), "a,".repeat(8_000)}) {
      assertEquals(0, bytes(ANY, preflight("https://a.example", "PUT", names), Outcome.ALLOWED));
    }
    assertEquals(
        0,
        bytes(
            LIST,
            preflight("https://a.example", "PUT", "x-foo," + "a,".repeat(8_000)),
            Outcome.HEADER_NOT_ALLOWED));
    assertEquals(
        0,
        bytes(
            LIST,
            preflight("https://a.example", "PUT", "x-foo,".repeat(10_000)),
            Outcome.HEADERS_TOO_LONG));
  }

  @Test
  void nothing_if_a_pattern_knows_the_origin_and_it_comes_again() {
    assertEquals(0, bytes(LIST, actual("https://x.c.example"), Outcome.ALLOWED));
    Exchange preflight = preflight("https://x.c.example", "PUT", "content-type,x-foo");
    assertEquals(0, bytes(LIST, preflight, Outcome.ALLOWED));
  }

  @Test
  void one_small_object_if_only_a_pattern_knows_the_origin_and_one_for_its_preflights() {
    List<Exchange> actual = new ArrayList<>();
    List<Exchange> preflights = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      String origin = "https://x" + i + ".c.example";
      actual.add(actual(origin));
      preflights.add(preflight(origin, "PUT", "content-type,x-foo"));
    }
    long ofActual = bytes(LIST, actual, Outcome.ALLOWED);
    assertTrue(ofActual > 0 && ofActual <= 40, ofActual + " B");
    long ofPreflights = bytes(LIST, preflights, Outcome.ALLOWED);
    assertTrue(ofPreflights > 0 && ofPreflights <= 80, ofPreflights + " B");
  }

  @Test
  void nothing_for_refused_origins_however_many_there_are() {
    List<Exchange> exchanges = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      exchanges.add(actual("https://x" + i + ".evil.example"));
    }
    assertEquals(0, bytes(LIST, exchanges, Outcome.ORIGIN_NOT_ALLOWED));
  }
}
