package dev.crosswalk.cors.race;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Requests, and the whole answers to them: written out, as no thread has a part in them. */
final class Answers {

  static final int NOTHING_YET = 0;
  static final int WHOLE = 1;
  static final int TORN = 2;

  static final Cors.Request ALLOWED = from("https://a.b.example");
  static final Cors.Request REFUSED = from("https://a.c.example");
  static final Cors.Request LISTED = from("https://app.example.com");
  static final Cors.Request PREFLIGHT =
      Cors.Request.of("PUT", "/").from("https://a.b.example").with("X-Token", "1").preflight();
  static final Cors.Request REFUSED_PREFLIGHT =
      Cors.Request.of("DELETE", "/").from("https://a.b.example").preflight();

  private static final String PREFLIGHT_HEADERS =
      "{Access-Control-Allow-Credentials=true, Access-Control-Allow-Headers=X-Token,"
          + " Access-Control-Allow-Methods=PUT, Access-Control-Allow-Origin=https://a.b.example,"
          + " Access-Control-Max-Age=60, Vary=Origin, Access-Control-Request-Method,"
          + " Access-Control-Request-Headers}";

  private Answers() {}

  static CorsPolicy policy() {
    return CorsPolicy.builder()
        .allowOrigins("https://app.example.com", "https://*.b.example")
        .allowMethods("PUT")
        .allowRequestHeaders("X-Token")
        .allowCredentials()
        .maxAge(Duration.ofMinutes(1))
        .build();
  }

  private static Cors.Request from(String origin) {
    return Cors.Request.of("GET", "/").from(origin);
  }

  private static String to(Cors.Request request) {
    if (request == REFUSED) {
      return "{Vary=Origin}";
    }
    return request == PREFLIGHT || request == REFUSED_PREFLIGHT
        ? PREFLIGHT_HEADERS
        : "{Access-Control-Allow-Credentials=true, Access-Control-Allow-Origin="
            + request.headers().get("Origin")
            + ", Vary=Origin}";
  }

  /** Asks, and compares the answer with the one that is right. */
  static int ask(@Nullable Cors cors, Cors.Request request) {
    return cors == null ? NOTHING_YET : judge(cors.decide(request), request);
  }

  /** Compares a decision about a request with the one that is right. */
  static int judge(@Nullable CorsDecision decision, Cors.Request request) {
    if (decision == null) {
      return NOTHING_YET;
    }
    boolean explained = !decision.explanation(request, Cors.Request.READER).isEmpty();
    return explained && headers(decision).equals(to(request)) ? WHOLE : TORN;
  }

  static String headers(CorsDecision decision) {
    return decision.headers().toString();
  }
}
