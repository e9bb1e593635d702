package dev.crosswalk.cors.tck.wire;

/**
 * One request on the wire and its response.
 *
 * @param request as sent
 * @param response as received
 * @param preflight whether the browser sent it by itself, to ask first
 * @param credentials whether cookies were sent, and those of the response kept: one goes with the
 *     other, and keeping does not wait for the CORS check
 */
public record Exchange(
    WireRequest request, WireResponse response, boolean preflight, boolean credentials) {}
