package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What engines make of the head of a response before Fetch sees it. Chromium: net/http in {@code
 * http_stream_parser.cc} and {@code http_network_transaction.cc}; Gecko: {@code
 * nsHttpHeaderArray.cpp}.
 */
final class ResponseHead {

  /** Two different values may be an attack that splits responses, so that none is taken. */
  private static final List<String> SINGLE =
      List.of("Content-Length", "Content-Disposition", "Location");

  private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

  private ResponseHead() {}

  /** Chromium cuts white space between a name and its colon; others do not know such a name. */
  static WireResponse read(WireResponse response, Engine engine) {
    Headers headers = response.headers();
    if (engine != Engine.CHROMIUM
        || headers.fields().stream().allMatch(field -> field.name().equals(name(field)))) {
      return response;
    }
    return new WireResponse(
        response.status(),
        response.reason(),
        Headers.of(
            headers.fields().stream()
                .map(field -> new Headers.Field(name(field), field.value()))
                .toList()),
        response.body(),
        response.head(),
        response.end(),
        response.interim());
  }

  private static String name(Headers.Field field) {
    return field.name().stripTrailing();
  }

  /**
   * For what an engine drops a response.
   *
   * @return the name of a header, or a status; empty if it takes it
   */
  static Optional<String> defect(WireResponse response, Engine engine) {
    if (engine == Engine.STANDARD) {
      return Optional.empty();
    }
    if (engine == Engine.CHROMIUM && response.status() == PROXY_AUTHENTICATION_REQUIRED) {
      return Optional.of(Integer.toString(PROXY_AUTHENTICATION_REQUIRED));
    }
    boolean framed = response.headers().has("Transfer-Encoding");
    return SINGLE.stream()
        .filter(name -> !(framed && name.equals("Content-Length")))
        .filter(name -> response.headers().lines(name).stream().distinct().count() > 1)
        .findFirst();
  }

  /** Chromium's error for a defect. */
  static String netError(String defect) {
    return defect.equals(Integer.toString(PROXY_AUTHENTICATION_REQUIRED))
        ? "ERR_UNEXPECTED_PROXY_AUTH"
        : "ERR_RESPONSE_HEADERS_MULTIPLE_" + defect.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
