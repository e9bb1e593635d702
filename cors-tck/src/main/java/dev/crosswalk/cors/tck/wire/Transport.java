package dev.crosswalk.cors.tck.wire;

import java.io.IOException;

/** Sends one HTTP request, follows nothing, and brings the response. */
@FunctionalInterface
public interface Transport {

  /**
   * Sends a request.
   *
   * @param request to send
   * @return its response, whatever its status
   * @throws IOException if there is none; a browser then has a network error, and the message tells
   *     why
   */
  WireResponse send(WireRequest request) throws IOException;
}
