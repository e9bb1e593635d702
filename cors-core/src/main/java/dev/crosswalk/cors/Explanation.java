package dev.crosswalk.cors;

import dev.crosswalk.cors.CorsDecision.Outcome;
import org.jspecify.annotations.Nullable;

/** A sentence for a person about each outcome. */
final class Explanation {

  private Explanation() {}

  static String of(Outcome outcome, @Nullable CorsPolicy policy) {
    if (policy != null && outcome.isOriginRefusal() && !policy.allowsSomeone()) {
      return "The policy allows no origin at all.";
    }
    return switch (outcome) {
      case NO_POLICY -> "No policy covers the request's path, or the path is not in normal form.";
      case NOT_CORS -> "The request has no Origin, so that CORS does not apply to it.";
      case ALLOWED -> "The policy allows it.";
      case ORIGIN_NOT_ALLOWED -> "The policy does not allow the request's origin.";
      case ORIGIN_NULL ->
          "The request's origin is null, as in a sandboxed frame, a file, or after a redirect to"
              + " another origin, and the policy does not allow that.";
      case ORIGIN_SEVERAL -> "The request has several origins, which no browser sends.";
      case ORIGIN_MALFORMED -> "The value of Origin is no origin, and no browser sends it.";
      case METHOD_NOT_ALLOWED ->
          "The policy does not allow the requested method. Methods are case-sensitive.";
      case METHOD_FORBIDDEN -> "Fetch forbids the requested method to every script.";
      case METHOD_MALFORMED -> "What is requested is no method, or more than one.";
      case HEADER_NOT_ALLOWED -> "The policy does not allow a requested request header.";
      case HEADER_FORBIDDEN -> "Fetch forbids a requested request header to every script.";
      case HEADER_MALFORMED ->
          "The list of requested request headers has a member that is no name.";
      case HEADERS_TOO_LONG ->
          "The list of requested request headers is longer than any browser's.";
    };
  }
}
