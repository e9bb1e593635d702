package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.tck.url.Host;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.Transport;
import dev.crosswalk.cors.tck.wire.WireException;
import dev.crosswalk.cors.tck.wire.WireException.Failure;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Firefox asks {@code localhost} at 127.0.0.1 first, and other browsers ask it at {@code ::1}. Two
 * programs may listen there, each at one of them.
 */
record LocalhostOfFirefox(Transport transport) implements Transport {

  /** Both addresses may be of one program, and what changes something is sent to it once. */
  private static final List<String> SAFE = List.of("GET", "HEAD", "OPTIONS");

  @Override
  public WireResponse send(WireRequest request) throws IOException {
    Optional<WireRequest> there =
        SAFE.contains(request.method()) ? atIPv4(request) : Optional.empty();
    if (there.isPresent()) {
      try {
        return transport.send(there.get());
      } catch (WireException e) {
        if (e.failure() != Failure.CONNECTION_REFUSED) {
          throw e;
        }
      }
    }
    return transport.send(request);
  }

  /** The same request to 127.0.0.1; empty if it is not to localhost, or with TLS. */
  static Optional<WireRequest> atIPv4(WireRequest request) {
    Url url = Url.of(request.url());
    if (!url.scheme().equals("http") || !Host.isLocalhost(String.valueOf(url.host()))) {
      return Optional.empty();
    }
    String there = "http://127.0.0.1:" + url.effectivePort() + url.target();
    Headers headers = request.headers().without("Host").with("Host", url.authority());
    return Optional.of(new WireRequest(request.method(), there, headers, request.body()));
  }
}
