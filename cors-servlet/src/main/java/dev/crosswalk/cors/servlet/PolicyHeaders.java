package dev.crosswalk.cors.servlet;

import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.ResponseWriter;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which response headers a decision writes, and which of them are the policy's alone. */
final class PolicyHeaders {

  private static final Set<String> SHARED = caseInsensitive("Vary", "Cross-Origin-Resource-Policy");

  private static final Set<String> REPLACED =
      caseInsensitive(
          "Access-Control-Allow-Origin",
          "Access-Control-Allow-Credentials",
          "Access-Control-Expose-Headers");

  private static final Set<String> WRITTEN =
      caseInsensitive(
          "Vary",
          "Cross-Origin-Resource-Policy",
          "Timing-Allow-Origin",
          "Access-Control-Allow-Origin",
          "Access-Control-Allow-Credentials",
          "Access-Control-Expose-Headers",
          "Access-Control-Allow-Methods",
          "Access-Control-Allow-Headers",
          "Access-Control-Max-Age");

  private PolicyHeaders() {}

  private static Set<String> caseInsensitive(String... names) {
    Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    set.addAll(Set.of(names));
    return set;
  }

  static boolean isWritten(String name) {
    return WRITTEN.contains(name);
  }

  static boolean owns(CorsDecision decision, String name) {
    if (!isWritten(name) || SHARED.contains(name)) {
      return false;
    }
    if (REPLACED.contains(name)) {
      return decision.outcome() != CorsDecision.Outcome.NO_POLICY;
    }
    Set<String> touched = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    decision.writeTo(touched, NAMES);
    return touched.contains(name);
  }

  /** Adds the members of one list to another: a {@code *} says it all, and none is there twice. */
  static String merge(String present, String added) {
    Set<String> members = caseInsensitive();
    StringJoiner merged = new StringJoiner(", ");
    for (String member : (present + "," + added).split(",")) {
      String name = member.strip();
      if (name.equals("*")) {
        return name;
      }
      if (!name.isEmpty() && members.add(name)) {
        merged.add(name);
      }
    }
    return merged.toString();
  }

  private static final ResponseWriter<Set<String>> NAMES =
      new ResponseWriter<>() {
        @Override
        public @Nullable String get(Set<String> names, String name) {
          return null;
        }

        @Override
        public void set(Set<String> names, String name, String value) {
          names.add(name);
        }

        @Override
        public void remove(Set<String> names, String name) {
          names.add(name);
        }
      };
}
