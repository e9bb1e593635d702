package dev.crosswalk.cors.cli.explain.spring;

import java.util.List;

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
 */
public record AskedRequest(
    String origin,
    String server,
    String path,
    String method,
    List<String> headers,
    boolean credentials,
    boolean preflight,
    int status) {

  /** Nothing is known of it. */
  public static final AskedRequest UNKNOWN =
      new AskedRequest("", "", "", "", List.of(), false, false, 0);

  /** The same, with the path as an application sees it that is below a folder. */
  AskedRequest within(String context) {
    boolean below = context.length() > 1 && path.startsWith(context + "/");
    return below
        ? new AskedRequest(
            origin,
            server,
            path.substring(context.length()),
            method,
            headers,
            credentials,
            preflight,
            status)
        : this;
  }

  /** Whether the browser asks first. */
  boolean isPreflighted() {
    return preflight
        || !headers.isEmpty()
        || !method.isEmpty() && !List.of("GET", "HEAD", "POST").contains(method);
  }
}
