package dev.crosswalk.cors.fuzz;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a policy may grant at most, by what {@code CorsPolicy.Builder} says of its settings: texts
 * compared with texts, and nothing of core.
 */
final class Granted {

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-_";

  private Granted() {}

  /** Whether a list of origins and patterns may let an origin in. */
  static boolean origin(List<String> patterns, String origin) {
    return patterns.stream().anyMatch(pattern -> origin(pattern, origin));
  }

  /** Whether an origin, or a pattern, may let an origin in. */
  static boolean origin(String pattern, String origin) {
    if (pattern.endsWith(":*")) {
      String anyPort = pattern.substring(0, pattern.length() - 2);
      int colon = origin.lastIndexOf(':');
      boolean hasPort = colon > 0 && isPort(origin.substring(colon + 1));
      return origin(anyPort, origin) || hasPort && origin(anyPort, origin.substring(0, colon));
    }
    int star = pattern.indexOf('*');
    if (star < 0) {
      return pattern.equals(origin);
    }
    String before = pattern.substring(0, star);
    String after = pattern.substring(star + 1);
    if (origin.length() <= before.length() + after.length()
        || !origin.startsWith(before)
        || !origin.endsWith(after)) {
      return false;
    }
    String middle = origin.substring(before.length(), origin.length() - after.length());
    boolean labels = before.endsWith("://") && after.startsWith(".");
    return labels
        ? List.of(middle.split("\\.", -1)).stream().allMatch(Granted::isLabel)
        : isLabel(middle);
  }

  private static boolean isLabel(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> LETTERS.indexOf(c) >= 0);
  }

  private static boolean isPort(String text) {
    return !text.isEmpty()
        && text.length() <= 5
        && text.charAt(0) != '0'
        && text.chars().allMatch(c -> c >= '0' && c <= '9')
        && Integer.parseInt(text) <= 65_535;
  }

  /** Whether a list of methods may let a method through; {@code *} is any that Fetch knows of. */
  static boolean method(List<String> methods, String method) {
    return methods.contains(method)
        || Set.of("GET", "HEAD", "POST").contains(method)
        || methods.contains("*")
            && !Set.of("CONNECT", "TRACE", "TRACK").contains(method.toUpperCase(Locale.ROOT));
  }

  /** Whether a list of names may let a list of names through. */
  static boolean names(List<String> names, @Nullable String requested) {
    if (requested == null || names.contains("*")) {
      return true;
    }
    for (String name : requested.split(",", -1)) {
      String bare = name.replaceAll("^[ \t]+|[ \t]+$", "");
      if (!bare.isEmpty() && names.stream().noneMatch(bare::equalsIgnoreCase)) {
        return false;
      }
    }
    return true;
  }
}
