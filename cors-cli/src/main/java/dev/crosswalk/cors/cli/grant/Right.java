package dev.crosswalk.cors.cli.grant;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsDecision.Outcome;
import java.util.Arrays;
import java.util.Map;

/**
 * What two policies are compared by: what a page of an origin may do, and whether a policy covers
 * its request at all. Each is asked of what decides, by a request, and answered by a number: more
 * is more.
 */
public enum Right {
  /** To read the response to a GET. */
  READ {
    @Override
    long of(CorsDecision decision, Map<String, String> headers, String subject) {
      return oneIf(decision.outcome() == Outcome.ALLOWED);
    }
  },
  /** To send cookies and read the response. */
  CREDENTIALS {
    @Override
    long of(CorsDecision decision, Map<String, String> headers, String subject) {
      return oneIf(headers.containsKey(GrantHeaders.ALLOW_CREDENTIALS));
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
      return oneIf(decision.outcome() == Outcome.ALLOWED);
    }
  },
  /** To set a request header. */
  REQUEST_HEADER {
    @Override
    Cors.Request request(String path, String origin, String subject) {
      return Cors.Request.of("GET", path).from(origin).with(subject, UNSAFE).preflight();
    }

    @Override
    long of(CorsDecision decision, Map<String, String> headers, String subject) {
      return oneIf(decision.outcome() == Outcome.ALLOWED);
    }
  },
  /** To read a response header. */
  RESPONSE_HEADER {
    @Override
    long of(CorsDecision decision, Map<String, String> headers, String subject) {
      return oneIf(
          Arrays.stream(headers.getOrDefault(GrantHeaders.EXPOSE_HEADERS, "").split(", ", 0))
              .anyMatch(name -> name.equals("*") || name.equalsIgnoreCase(subject)));
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
      return oneIf(headers.containsKey("Timing-Allow-Origin"));
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
      return oneIf(headers.containsKey("Cross-Origin-Resource-Policy"));
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
      return oneIf(!decision.outcome().isWriteRefusal());
    }
  },
  /** No policy covers the request, so that the application's own CORS headers reach browsers. */
  NO_POLICY {
    @Override
    long of(CorsDecision decision, Map<String, String> headers, String subject) {
      return oneIf(decision.outcome() == Outcome.NO_POLICY);
    }
  };

  /** A value for which a browser asks first, whatever the header is: Accept may have others. */
  private static final String UNSAFE = "(";

  private static long oneIf(boolean given) {
    return given ? 1 : 0;
  }

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
