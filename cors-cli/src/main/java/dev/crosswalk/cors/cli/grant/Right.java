package dev.crosswalk.cors.cli.grant;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsDecision.Outcome;
import java.util.Arrays;
import java.util.Map;

/**
 * Something that a page of an origin may do, or not. Each is asked of what decides, by a request,
 * and answered by a number: more is more.
 */
public enum Right {
  /** To read the response to a GET. */
  READ {
    @Override
    long of(CorsDecision decision, Map<String, String> headers, String subject) {
      return decision.outcome() == Outcome.ALLOWED ? 1 : 0;
    }
  },
  /** To send cookies and read the response. */
  CREDENTIALS {
    @Override
    long of(CorsDecision decision, Map<String, String> headers, String subject) {
      return headers.containsKey(GrantHeaders.ALLOW_CREDENTIALS) ? 1 : 0;
    }
  },
  /** To use a method. */
  METHOD {
    @Override
    Cors.Request request(String path, String origin, String subject) {
      return Cors.Request.of(subject, path).from(origin).preflight();
    }

    @Override
    long of(CorsDecision decision, Map<String, String> headers, String subject) {
      return decision.outcome() == Outcome.ALLOWED ? 1 : 0;
    }
  },
  /** To set a request header. */
  REQUEST_HEADER {
    @Override
    Cors.Request request(String path, String origin, String subject) {
      return Cors.Request.of("GET", path).from(origin).with(subject, "1").preflight();
    }

    @Override
    long of(CorsDecision decision, Map<String, String> headers, String subject) {
      return decision.outcome() == Outcome.ALLOWED ? 1 : 0;
    }
  },
  /** To read a response header. */
  RESPONSE_HEADER {
    @Override
    long of(CorsDecision decision, Map<String, String> headers, String subject) {
      return Arrays.stream(headers.getOrDefault(GrantHeaders.EXPOSE_HEADERS, "").split(", ", 0))
              .anyMatch(name -> name.equals("*") || name.equalsIgnoreCase(subject))
          ? 1
          : 0;
    }
  },
  /** To keep the answer to a preflight, in seconds. */
  MAX_AGE {
    @Override
    Cors.Request request(String path, String origin, String subject) {
      return Cors.Request.of("GET", path).from(origin).preflight();
    }

    @Override
    long of(CorsDecision decision, Map<String, String> headers, String subject) {
      String maxAge = headers.get(GrantHeaders.MAX_AGE);
      return maxAge == null ? Rights.DEFAULT_MAX_AGE.toSeconds() : Long.parseLong(maxAge);
    }
  },
  /** To see in detail how long a response took. */
  TIMING {
    @Override
    long of(CorsDecision decision, Map<String, String> headers, String subject) {
      return headers.containsKey("Timing-Allow-Origin") ? 1 : 0;
    }
  },
  /** To embed the response without CORS. */
  EMBEDDING {
    @Override
    Cors.Request request(String path, String origin, String subject) {
      return Cors.Request.of("GET", path);
    }

    @Override
    long of(CorsDecision decision, Map<String, String> headers, String subject) {
      return headers.containsKey("Cross-Origin-Resource-Policy") ? 1 : 0;
    }
  },
  /** To send a request that changes something, past the guard. */
  WRITE {
    @Override
    Cors.Request request(String path, String origin, String subject) {
      return Cors.Request.of("POST", path).from(origin).with("Sec-Fetch-Site", "cross-site");
    }

    @Override
    long of(CorsDecision decision, Map<String, String> headers, String subject) {
      return decision.outcome().name().startsWith("WRITE_FROM_") ? 0 : 1;
    }
  },
  /** No policy covers the request, so that the application's own CORS headers reach browsers. */
  NO_POLICY {
    @Override
    long of(CorsDecision decision, Map<String, String> headers, String subject) {
      return decision.outcome() == Outcome.NO_POLICY ? 1 : 0;
    }
  };

  /** Returns the request that asks for it. */
  Cors.Request request(String path, String origin, String subject) {
    return Cors.Request.of("GET", path).from(origin);
  }

  /** Returns how much of it a decision gives. */
  abstract long of(CorsDecision decision, Map<String, String> headers, String subject);

  /** Asks what decides how much of it a page has. */
  long ask(Cors cors, String path, String origin, String subject) {
    CorsDecision decision = cors.decide(request(path, origin, subject));
    return of(decision, decision.headers(), subject);
  }
}
