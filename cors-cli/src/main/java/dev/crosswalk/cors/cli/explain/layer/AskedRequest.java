package dev.crosswalk.cors.cli.explain.layer;

import java.util.List;
import java.util.Locale;

/**
 * The request that a message is about, as far as it is known.
 *
 * @param origin of the page; empty if it is not known
 * @param server its own origin; empty if it is not known
 * @param path of its URL; empty if it is not known
 * @param method empty if it is not known
 * @param headers that the page's code sets and a server has to allow, in lower case
 * @param credentials whether the page's code includes them
 * @param preflight whether the message is about the preflight
 * @param status of the answer; 0 if it is not known
 * @param reads name of a header of the answer that the script reads; empty if it is not known
 */
public record AskedRequest(
    String origin,
    String server,
    String path,
    String method,
    List<String> headers,
    boolean credentials,
    boolean preflight,
    int status,
    String reads) {

  /** Nothing is known of it. */
  public static final AskedRequest UNKNOWN =
      new AskedRequest("", "", "", "", List.of(), false, false, 0, "");

  /** The same, with the path as an application sees it that is below a folder. */
  public AskedRequest within(String context) {
    boolean below = context.length() > 1 && path.startsWith(context + "/");
    return below ? withPath(path.substring(context.length())) : this;
  }

  /** The same for code in which all is in lower case. */
  AskedRequest inLowerCase() {
    return withPath(path.toLowerCase(Locale.ROOT));
  }

  private AskedRequest withPath(String other) {
    return new AskedRequest(
        origin, server, other, method, headers, credentials, preflight, status, reads);
  }

  /** Whether the browser asks first. */
  public boolean isPreflighted() {
    return preflight
        || !headers.isEmpty()
        || !method.isEmpty() && !List.of("GET", "HEAD", "POST").contains(method);
  }

  /** Whether no page and no URL is known of it. */
  boolean isUnknown() {
    return origin.isEmpty() && path.isEmpty();
  }

  boolean isPathKnown() {
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
