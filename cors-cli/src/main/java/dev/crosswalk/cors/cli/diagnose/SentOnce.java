package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Transport;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends each request once, and gives the same answer if it is asked for again. */
final class SentOnce implements Transport {
  private final Request page;
  private final Transport wire;
  private final Map<String, WireResponse> responses = new HashMap<>();
  private final Map<String, IOException> failures = new HashMap<>();
  private @Nullable String insecureUrl;

  SentOnce(Request page, Transport wire) {
    this.page = page;
    this.wire = wire;
  }

  @Override
  public WireResponse send(WireRequest request) throws IOException {
    if (BlockedUrl.isMixedContent(page, Url.of(request.url()))) {
      insecureUrl = request.url();
      throw new IOException("mixed content: " + insecureUrl);
    }
    return sendOnce(request);
  }

  /**
   * What Chrome sends: to a local network it lets a page of https ask without TLS, too, if the user
   * gives leave.
   */
  Transport ofChrome() {
    return request ->
        BlockedUrl.isLocalNetwork(Url.of(request.url())) ? sendOnce(request) : send(request);
  }

  /** What is asked once more, where it was not asked already: sent by something else. */
  Transport by(Transport other) {
    return request -> {
      if (BlockedUrl.isMixedContent(page, Url.of(request.url()))) {
        return send(request);
      }
      return sendOnce(request, other);
    };
  }

  private WireResponse sendOnce(WireRequest request) throws IOException {
    return sendOnce(request, wire);
  }

  private WireResponse sendOnce(WireRequest request, Transport transport) throws IOException {
    String key = request.toString();
    IOException failure = failures.get(key);
    if (failure != null) {
      throw failure;
    }
    WireResponse known = responses.get(key);
    if (known != null) {
      return known;
    }
    try {
      WireResponse response = transport.send(request);
      responses.put(key, response);
      return response;
    } catch (IOException e) {
      failures.put(key, e);
      throw e;
    }
  }

  /** The URL that no browser asks, as it is mixed content; empty if there was none. */
  Optional<String> insecureUrl() {
    return Optional.ofNullable(insecureUrl);
  }
}
