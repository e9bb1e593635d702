package dev.crosswalk.cors;

import dev.crosswalk.cors.internal.origin.Origin;
import dev.crosswalk.cors.internal.origin.OriginPatternParser;
import dev.crosswalk.cors.internal.origin.OriginPatternParser.Parsed;
import dev.crosswalk.cors.internal.origin.RequestHost;
import dev.crosswalk.cors.internal.syntax.FieldList;
import org.jspecify.annotations.Nullable;

/**
 * Where a request was sent, whether a page of the same origin sent it, and whether it asks for a
 * WebSocket. The guard refuses by it, policies are chosen by the host, and reports say whether the
 * origin is the server's own.
 */
final class RequestSite {

  /**
   * The longest {@code Upgrade} that is read, in characters. RFC 9110 §7.8 makes it a list; clients
   * name one protocol or two.
   */
  private static final int MAX_UPGRADE_LENGTH = 256;

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

  /** Whether an origin has the host of a request, and another port. */
  static boolean differByPort(String origin, @Nullable String host) {
    RequestHost asked = host == null ? null : RequestHost.of(host);
    return asked != null
        && OriginPatternParser.parse(origin) instanceof Parsed page
        && asked.name().equalsIgnoreCase(page.pattern().host())
        && !Origin.isOfHost(origin, host);
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

  /**
   * Whether {@code Upgrade} asks for a WebSocket over HTTP/1.1 (RFC 6455 §4.1).
   *
   * @param ifTooLong what to answer where the list is too long to be read
   */
  static <Q> boolean asksForWebSocket(
      Q request, RequestReader<? super Q> reader, boolean ifTooLong) {
    String upgrade = reader.header(request, "Upgrade");
    if (upgrade == null) {
      return false;
    }
    return upgrade.length() > MAX_UPGRADE_LENGTH
        ? ifTooLong
        : FieldList.hasMember(upgrade, "websocket");
  }
}
