package dev.crosswalk.cors.cli.check;

import dev.crosswalk.cors.tck.rules.Observation;
import dev.crosswalk.cors.tck.rules.Site;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireException;
import dev.crosswalk.cors.tck.wire.WireRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Asks a server that is not ours: GET, HEAD and OPTIONS, one at a time, and no more than {@value
 * #MAX_REQUESTS} of them.
 */
final class PoliteClient implements AutoCloseable {

  /** Enough for all look-alikes of four allowed origins. */
  static final int MAX_REQUESTS = 500;

  /**
   * Between one request and the next, unless the server is on this machine. More than ten requests
   * a second look like an attack to many firewalls.
   */
  static final Duration PAUSE = Duration.ofMillis(100);

  private static final String MISSING = "crosswalk-check-no-such-path";

  private final Url url;
  private final Instant end;
  private final WireClient client;
  private int left = MAX_REQUESTS;
  private boolean gone;

  /**
   * @param timeout how long one request may take
   * @param end when to stop, whatever is left
   */
  PoliteClient(Url url, Duration timeout, Instant end) {
    this.url = url.withFragment(null);
    this.end = end;
    this.client = new WireClient().timeout(timeout);
  }

  String url() {
    return url.toString();
  }

  /** The origin of the server's own pages; none of a machine that has no name on the web. */
  List<String> ownOrigins() {
    String origin = url.origin().serialize();
    return LookAlike.isName(LookAlike.host(origin)) && !UrlUnderTest.isLocal(url)
        ? List.of(origin)
        : List.of();
  }

  Optional<Observation> get(String origin) throws InterruptedException {
    return send("GET", url(), origin);
  }

  Optional<Observation> head(String origin) throws InterruptedException {
    return send("HEAD", url(), origin);
  }

  /** Asks for a path beside the URL that is most likely not there; empty if it is. */
  Optional<Observation> missing(String origin) throws InterruptedException {
    String target = url.resolve(MISSING).map(Url::toString).orElse(url());
    return send("GET", target, origin).filter(seen -> seen.response().status() >= 400);
  }

  Optional<Observation> preflight(String origin, String method, String names)
      throws InterruptedException {
    Headers headers = Headers.of("Origin", origin, "Access-Control-Request-Method", method);
    return send(
        "OPTIONS",
        url(),
        names.isEmpty() ? headers : headers.with("Access-Control-Request-Headers", names));
  }

  private Optional<Observation> send(String method, String target, String origin)
      throws InterruptedException {
    return send(method, target, origin.isEmpty() ? Headers.none() : Headers.of("Origin", origin));
  }

  /** Empty if there is no answer: some servers close the connection on odd origins. */
  private Optional<Observation> send(String method, String target, Headers headers)
      throws InterruptedException {
    if (gone || left-- <= 0 || Instant.now().isAfter(end)) {
      return Optional.empty();
    }
    if (!UrlUnderTest.isLocal(url)) {
      Thread.sleep(PAUSE.toMillis());
    }
    WireRequest request =
        new WireRequest(method, target, headers.with("User-Agent", Site.USER_AGENT));
    try {
      return Optional.of(new Observation(request, client.send(request), -1));
    } catch (WireException e) {
      gone =
          e.failure() == WireException.Failure.CONNECTION_REFUSED
              || e.failure() == WireException.Failure.TIME_OUT;
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
