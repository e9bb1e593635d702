package dev.crosswalk.cors;

import dev.crosswalk.cors.internal.origin.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Where a request was sent, and whether a page of the same origin sent it. Decisions depend on it:
 * the guard refuses by it, policies are chosen by the host, and reports tell an own origin.
 */
final class RequestSite {

  private RequestSite() {}

  /** Returns the host and port that the client asked (RFC 9110 §7.2); null if they are unknown. */
  static <Q> @Nullable String host(Q request, RequestReader<? super Q> reader) {
    String host = reader.header(request, "Host");
    return host == null ? reader.authority(request) : host;
  }

  /** Whether an origin is that of the request's host. The scheme is unknown behind a proxy. */
  static <Q> boolean isOfHost(String origin, Q request, RequestReader<? super Q> reader) {
    return Origin.isOfHost(origin, host(request, reader));
  }

  /**
   * What the browser says about the page that sent the request; null if it says nothing, as with an
   * empty value.
   */
  static <Q> @Nullable String site(Q request, RequestReader<? super Q> reader) {
    String site = reader.header(request, "Sec-Fetch-Site");
    return site == null || site.isEmpty() ? null : site;
  }

  /**
   * Whether an origin is the server's own, according to the browser or to the request's {@code
   * Host}. This affects reports, never the response.
   */
  static <Q> boolean isOwn(String origin, Q request, RequestReader<? super Q> reader) {
    String site = site(request, reader);
    return site == null ? isOfHost(origin, request, reader) : site.equals("same-origin");
  }
}
