package dev.crosswalk.cors.bench.server;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsConfiguration;
import dev.crosswalk.cors.CorsPolicy;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The server that is measured, in a JVM of its own: a text at {@link #PATH}, to GET and to PUT, and
 * a policy. Each framework says the same policy in its own words, as far as it can.
 */
public final class Server {

  /** Of the text, on each server. */
  public static final String PATH = "/text";

  /** What is there. */
  public static final String TEXT = "Hello";

  static final List<String> ORIGINS =
      IntStream.rangeClosed(1, 9).mapToObj(i -> "https://app" + i + ".example.com").toList();

  /** The origin that asks: neither the first of the list nor the last. */
  static final String ORIGIN = "https://app5.example.com";

  static final List<String> METHODS = List.of("GET", "POST", "PUT");
  static final List<String> REQUEST_HEADERS = List.of("authorization", "content-type");
  static final long MAX_AGE_SECONDS = 1_800;

  private Server() {}

  /**
   * Names the file of the policy that the soak replaces while the server runs. With it the servers
   * also speak HTTP/2 in clear text, where they can.
   */
  public static final String POLICY_FILE = "soak.policy";

  /** A request that the application never ends, where a server has it. */
  public static final String ENDLESS = "/endless";

  /**
   * Names the milliseconds after which a container of servlets ends such a request; 0 for never,
   * which is what an application gets that does not ask for a timeout.
   */
  public static final String PATIENCE = "soak.patience";

  /** Those milliseconds. */
  public static long patience() {
    return Long.getLong(PATIENCE, 5_000);
  }

  static boolean isSoaked() {
    return System.getProperty(POLICY_FILE) != null;
  }

  static Cors cors() {
    return isSoaked()
        ? CorsConfiguration.watching(Path.of(System.getProperty(POLICY_FILE)))
        : policy();
  }

  private static CorsPolicy policy() {
    return CorsPolicy.builder()
        .allowOrigins(ORIGINS)
        .allowMethods(METHODS.toArray(String[]::new))
        .allowRequestHeaders(REQUEST_HEADERS.toArray(String[]::new))
        .maxAge(Duration.ofSeconds(MAX_AGE_SECONDS))
        .build();
  }

  /**
   * Writes what Crosswalk writes, for one origin and without a decision.
   *
   * @return whether the request is a preflight, so that the answer is complete
   */
  static boolean writeByHand(
      String method,
      Function<String, @Nullable String> request,
      BiConsumer<String, String> response) {
    boolean allowed = ORIGIN.equals(request.apply("Origin"));
    if (allowed) {
      response.accept("Access-Control-Allow-Origin", ORIGIN);
    }
    if (allowed
        && method.equals("OPTIONS")
        && request.apply("Access-Control-Request-Method") != null) {
      response.accept("Access-Control-Allow-Methods", "GET,POST,PUT");
      response.accept("Access-Control-Allow-Headers", "authorization,content-type");
      response.accept("Access-Control-Max-Age", "1800");
      response.accept(
          "Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
      return true;
    }
    response.accept("Vary", "Origin");
    return false;
  }

  /**
   * Starts a server, prints its port, and ends with its standard input: when the process that
   * started it ends, for whatever reason.
   *
   * @param arguments a {@link Framework} and a {@link Mode}
   * @throws Exception if the server does not start, or there is no standard input
   */
  public static void main(String... arguments) throws Exception {
    Logger.getLogger("").setLevel(Level.WARNING);
    int port = Framework.valueOf(arguments[0]).start(Mode.valueOf(arguments[1]));
    PrintStream out = System.out;
    out.println(port);
    while (System.in.read() >= 0) {
      // Nobody writes.
    }
    System.exit(0); // Not halt: one of them has a process of its own to end.
  }
}
