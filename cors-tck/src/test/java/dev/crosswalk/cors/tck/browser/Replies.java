package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.Transport;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Gives one response after the other, and remembers what it was asked. */
final class Replies implements Transport {
  final List<WireResponse> responses;
  final List<WireRequest> requests = new ArrayList<>();

  Replies(WireResponse... responses) {
    this.responses = new ArrayList<>(List.of(responses));
  }

  @Override
  public WireResponse send(WireRequest request) throws IOException {
    requests.add(request);
    if (responses.isEmpty()) {
      throw new IOException("nothing was to be sent any more");
    }
    return responses.remove(0);
  }

  /** One response, of names and values in turn. */
  static WireResponse response(int status, String... headers) {
    return new WireResponse(status, Headers.of(headers));
  }

  /** What a browser that has just started makes of these responses. */
  static Verdict fetch(Request request, WireResponse... responses) {
    return fetch(new UserAgent(), request, responses);
  }

  static Verdict fetch(UserAgent agent, Request request, WireResponse... responses) {
    return agent.fetch(request, new Replies(responses)).verdict();
  }
}
