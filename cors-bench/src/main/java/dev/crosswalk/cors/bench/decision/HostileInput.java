package dev.crosswalk.cors.bench.decision;

import com.sun.management.ThreadMXBean;
import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsAdapter;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.CrossOriginGuard;
import dev.crosswalk.cors.RequestReader;
import dev.crosswalk.cors.ResponseWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Measures what the worst values of each field that a client chooses cost: to decide, to write the
 * headers, and to explain, from 1 KiB to 1 MiB.
 */
public final class HostileInput {

  private static final int[] SIZES = {1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20};

  private static final String APP = "https://app.example";
  private static final String OTHER = "https://other.example";

  private static final CorsPolicy LIST =
      CorsPolicy.builder()
          .allowOrigins(APP, "https://*.b.example")
          .allowCredentials()
          .allowMethods("PUT")
          .allowRequestHeaders("a", "b", "Content-Type")
          .build();

  private static final CorsPolicy ANY_NAME =
      CorsPolicy.builder()
          .allowOrigins(APP)
          .allowCredentials()
          .allowAnyMethod()
          .allowAnyRequestHeader()
          .build();

  private static final Cors BY_HOST = Cors.byHost(Map.of("api.example", LIST));
  private static final Cors BY_PATH =
      Cors.byPath(Map.of("/", LIST, "/a", CorsPolicy.none(), "/a/a", ANY_NAME));
  private static final Cors GUARD =
      CrossOriginGuard.around(LIST).trustOrigins("https://*.c.example").build();

  /** A request that has one long value; of several lines each is short. */
  private record Request(String method, String path, Map<String, String> headers, int lines) {

    static final RequestReader<Request> READER =
        new RequestReader<>() {
          @Override
          public String method(Request request) {
            return request.method;
          }

          @Override
          public String path(Request request) {
            return request.path;
          }

          @Override
          public @Nullable String header(Request request, String name) {
            String value = request.headers.get(name);
            return value == null || request.lines == 1 || !name.equals("Origin")
                ? value
                : RequestReader.combine(Collections.nCopies(request.lines, value));
          }
        };
  }

  private static Request of(String method, String path, String... headers) {
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      map.put(headers[i], headers[i + 1]);
    }
    return new Request(method, path, map, 1);
  }

  private static Request preflight(String method, String names) {
    return of(
        "OPTIONS",
        "/",
        "Origin",
        APP,
        "Access-Control-Request-Method",
        method,
        "Access-Control-Request-Headers",
        names);
  }

  private static String fill(String unit, int size) {
    return unit.repeat(size / unit.length() + 1).substring(0, size);
  }

  /** A field, filled as badly as can be. */
  private record Input(String title, Cors cors, IntFunction<Request> request) {}

  private static final List<Input> INPUTS =
      List.of(
          new Input(
              "`Origin`, labels",
              LIST,
              size -> of("GET", "/", "Origin", "https://" + fill("a.", size))),
          new Input(
              "`Origin`, the server's own",
              LIST,
              size -> {
                String host = fill("a", size);
                return of("POST", "/", "Origin", "https://" + host + ".", "Host", host + ".");
              }),
          new Input(
              "`Origin` in lines of 64 bytes",
              LIST,
              size -> new Request("GET", "/", Map.of("Origin", fill("a", 62)), size / 64)),
          new Input(
              "`Access-Control-Request-Method`", ANY_NAME, size -> preflight(fill("A", size), "a")),
          new Input(
              "`Access-Control-Request-Headers`, listed names",
              LIST,
              size -> preflight("PUT", fill("a,", size))),
          new Input(
              "`Access-Control-Request-Headers`, any names",
              ANY_NAME,
              size -> preflight("PUT", fill("a,", size))),
          new Input(
              "`Access-Control-Request-Headers`, commas",
              LIST,
              size -> preflight("PUT", fill(",", size))),
          new Input(
              "`Host`, by host",
              BY_HOST,
              size -> of("GET", "/", "Origin", APP, "Host", fill("a:", size))),
          new Input(
              "`Upgrade`, guard",
              GUARD,
              size -> of("GET", "/", "Origin", OTHER, "Upgrade", fill(", ", size))),
          new Input(
              "`Sec-Fetch-Site`, guard",
              GUARD,
              size -> of("POST", "/", "Origin", OTHER, "Sec-Fetch-Site", fill("a", size))),
          new Input("path, plain", BY_PATH, size -> of("GET", fill("/a", size), "Origin", APP)),
          new Input(
              "path, encoded",
              BY_PATH,
              size -> of("GET", '/' + fill("%2525", size), "Origin", APP)),
          new Input(
              "path, dot segments",
              BY_PATH,
              size -> of("GET", '/' + fill("a/%2e%2e;/", size), "Origin", APP)));

  /** A response that keeps nothing. */
  private static final ResponseWriter<Object> NOWHERE =
      new ResponseWriter<>() {
        @Override
        public @Nullable String get(Object response, String name) {
          return null;
        }

        @Override
        public void set(Object response, String name, String value) {}

        @Override
        public void remove(Object response, String name) {}
      };

  private HostileInput() {}

  /**
   * Measures, prints two tables, of decisions and of explanations, and writes them to {@code
   * target/hostile-input.md}.
   *
   * @param arguments none
   * @throws IOException if the file cannot be written
   */
  public static void main(String... arguments) throws IOException {
    for (Input input : INPUTS) { // Until the code is compiled, for all of them.
      cost(input.cors(), input.request().apply(1 << 12), true);
      cost(input.cors(), input.request().apply(1 << 12), false);
    }
    List<String> text = new ArrayList<>();
    text.addAll(table("decided and written", false));
    text.add("");
    text.addAll(table("decided and explained", true));
    PrintStream out = System.out;
    text.forEach(out::println);
    Path file = Path.of("target", "hostile-input.md");
    Files.createDirectories(file.getParent());
    Files.write(file, text, StandardCharsets.UTF_8);
    out.println("Written to " + file.toAbsolutePath());
  }

  private static List<String> table(String title, boolean explains) {
    List<String> table = new ArrayList<>();
    StringBuilder head = new StringBuilder("| " + title);
    for (int size : SIZES) {
      head.append(" | ").append(size < 1 << 20 ? size / 1024 + " KiB" : "1 MiB");
    }
    table.add(head + " | worst ns per byte | most bytes made |");
    table.add("|---|" + "---:|".repeat(SIZES.length + 2));
    for (Input input : INPUTS) {
      StringBuilder row = new StringBuilder("| " + input.title());
      double worst = 0;
      long bytes = 0;
      for (int size : SIZES) {
        Cost cost = cost(input.cors(), input.request().apply(size), explains);
        row.append(String.format(Locale.ROOT, " | %,.1f", cost.nanoseconds() / 1_000));
        worst = Math.max(worst, cost.nanoseconds() / size);
        bytes = Math.max(bytes, cost.bytes());
      }
      table.add(row + String.format(Locale.ROOT, " | %.2f | %,d |", worst, bytes));
    }
    return table;
  }

  private record Cost(double nanoseconds, long bytes) {}

  /** The least of many times: other processes make some longer, and none shorter. */
  private static Cost cost(Cors cors, Request request, boolean explains) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double least = Double.MAX_VALUE;
    long bytes = Long.MAX_VALUE;
    long deadline = System.nanoTime() + 250_000_000L;
    for (int times = 1; System.nanoTime() < deadline; times = Math.min(2 * times, 64)) {
      long before = threads.getCurrentThreadAllocatedBytes();
      long start = System.nanoTime();
      for (int i = 0; i < times; i++) {
        use(cors, request, explains);
      }
      least = Math.min(least, (double) (System.nanoTime() - start) / times);
      bytes = Math.min(bytes, (threads.getCurrentThreadAllocatedBytes() - before) / times);
    }
    return new Cost(least, bytes);
  }

  private static void use(Cors cors, Request request, boolean explains) {
    CorsDecision decision = cors.decide(request, Request.READER);
    CorsAdapter.opensWebSocket(request, Request.READER);
    if (explains) {
      decision.explanation(request, Request.READER);
    } else {
      decision.writeTo(request, NOWHERE);
    }
  }
}
