package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.tck.browser.Engine;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.browser.UserAgent;
import dev.crosswalk.cors.tck.wire.Exchange;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.Transport;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The last request of a page once more, with one thing changed, and what a page may read of it. */
final class RepeatedRequest {

  /** These change nothing on a server. */
  private static final List<String> SAFE = List.of("GET", "HEAD", "OPTIONS");

  /** A wrong password is not sent again, and a limit is not used up. */
  private static final List<Integer> NOT_AGAIN = List.of(401, 407, 429);

  private final Request page;
  private final WireRequest last;
  private final Transport transport;
  private @Nullable Optional<WireResponse> plain;

  RepeatedRequest(Request page, Exchange last, Transport transport) {
    this.page = page;
    this.last = last.request();
    this.transport = transport;
  }

  /** Whether a request with this answer may be sent once more. */
  static boolean mayRepeat(int status) {
    return !NOT_AGAIN.contains(status);
  }

  /** Whether it may be repeated as it is. */
  boolean isSafe() {
    return SAFE.contains(last.method());
  }

  Optional<WireResponse> withoutOrigin() {
    Optional<WireResponse> known = plain;
    if (known == null) {
      known = send(new WireRequest(last.method(), last.url(), last.headers().without("Origin")));
      plain = known;
    }
    return known;
  }

  /**
   * What a page of another origin gets: by the same request, or by GET if that changes something.
   */
  Optional<WireResponse> withOrigin(String origin) {
    Headers headers = last.headers().without("Origin").with("Origin", origin);
    return send(
        isSafe()
            ? new WireRequest(last.method(), last.url(), headers)
            : new WireRequest("GET", last.url(), Headers.of("Origin", origin)));
  }

  /** What a GET of the same URL gets from the same page. */
  Optional<WireResponse> get() {
    return get(last.headers());
  }

  /** What a GET of the same URL gets that no page has sent. */
  Optional<WireResponse> getWithoutOrigin() {
    return get(last.headers().without("Origin"));
  }

  private Optional<WireResponse> get(Headers headers) {
    Headers ofNoPreflight =
        headers.without("Access-Control-Request-Method").without("Access-Control-Request-Headers");
    return send(new WireRequest("GET", last.url(), ofNoPreflight));
  }

  /** What a preflight of the page's request gets, whether a browser sends one or not. */
  Optional<WireResponse> preflight() {
    return send(new UserAgent(Engine.CHROMIUM).preflight(page));
  }

  /** With a query that no cache knows. */
  Optional<WireResponse> afresh() {
    String url = last.url();
    String fresh = url + (url.contains("?") ? "&" : "?") + "crosswalk=" + System.nanoTime();
    return send(new WireRequest(last.method(), fresh, last.headers()));
  }

  Optional<WireResponse> send(WireRequest request) {
    try {
      return Optional.of(transport.send(request));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether browsers let the page read it. */
  boolean isShared(WireResponse response) {
    return new UserAgent(Engine.CHROMIUM).corsCheck(page, response).isShared();
  }

  /** Whether the page may read it, with or without credentials. */
  boolean allows(WireResponse response) {
    return response.headers().get(GrantHeaders.ALLOW_ORIGIN).stream()
        .anyMatch(value -> value.equals("*") || value.equals(page.origin()));
  }
}
