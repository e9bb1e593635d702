package dev.crosswalk.cors.cli.explain.layer;

import dev.crosswalk.cors.tck.url.Url;
import java.util.Locale;

/**
 * The request that failed, as far as a message tells it.
 *
 * @param path in lower case; empty if it is not known
 * @param preflight whether it is about the preflight
 * @param status of the answer; 0 if it is not known
 */
public record Asked(String path, boolean preflight, int status) {

  /** Of a text without a message. */
  public static final Asked NOTHING = new Asked("", false, 0);

  public static Asked of(String url, boolean preflight, int status) {
    String path =
        Url.parse(url)
            .filter(asked -> asked.host() != null)
            .map(asked -> asked.path().toLowerCase(Locale.ROOT))
            .orElse("");
    return new Asked(path, preflight, status);
  }

  boolean isKnown() {
    return !path.isEmpty();
  }

  /**
   * Whether the path is the same as a pattern's, in which {@code :name} and {@code *} are parts.
   */
  boolean isAt(String pattern) {
    String[] told = trimmed(path).split("/", -1);
    String[] parts = trimmed(pattern).split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      if (parts[i].startsWith("*") || parts[i].startsWith("(.*")) {
        return true;
      }
      if (i >= told.length || !parts[i].startsWith(":") && !parts[i].equals(told[i])) {
        return false;
      }
    }
    return parts.length == told.length;
  }

  /** Whether the path is a prefix, or below it. */
  boolean isBelow(String prefix) {
    String start = trimmed(prefix);
    return start.isEmpty() || (trimmed(path) + "/").startsWith(start + "/");
  }

  private static String trimmed(String path) {
    return path.replaceFirst("^/+", "").replaceFirst("/+$", "");
  }
}
