package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.answer.Server;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.Exchange;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.Transport;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A server that answers otherwise over HTTP/2 than over HTTP/1.1. Browsers get the answers over
 * HTTP/2; curl and other programs may get the others.
 */
final class OverHttp2 {

  /** These change nothing on a server. */
  private static final List<String> SAFE = List.of("GET", "HEAD", "OPTIONS");

  private OverHttp2() {}

  /**
   * The diagnosis of what browsers get.
   *
   * @param known of the answers over HTTP/1.1
   * @param browser what a browser adds to each request
   */
  static Diagnosis of(
      Diagnosis known,
      WireClient client,
      UnaryOperator<Transport> browser,
      Optional<Server> server) {
    List<Exchange> exchanges = known.outcome().exchanges();
    if (exchanges.isEmpty() || known.unknown().isPresent()) {
      return known;
    }
    Exchange last = exchanges.get(exchanges.size() - 1);
    if (!SAFE.contains(last.request().method())
        || !last.request().url().startsWith("https:")
        || !RepeatedRequest.mayRepeat(last.response().status())) {
      return known;
    }
    Optional<Transport> http2 = client.overHttp2(last.request().url()).map(browser);
    return http2
        .filter(newer -> isOtherwise(last, newer, browser.apply(client)))
        .map(newer -> told(known, last, Diagnosis.of(known.request(), newer, server)))
        .orElse(known);
  }

  /** Whether the newer version, and not chance, makes the difference. */
  private static boolean isOtherwise(Exchange last, Transport newer, Transport older) {
    try {
      WireRequest request = last.request();
      List<String> before = ofCors(last.response());
      return !ofCors(newer.send(request)).equals(before)
          && ofCors(older.send(request)).equals(before);
    } catch (IOException e) {
      return false;
    }
  }

  private static List<String> ofCors(WireResponse response) {
    return response.headers().fields().stream()
        .filter(field -> Bytes.lowerCase(field.name()).startsWith("access-control-"))
        .map(OverHttp2::line)
        .sorted()
        .toList();
  }

  private static String line(Headers.Field field) {
    return Bytes.lowerCase(field.name()) + ": " + field.value();
  }

  private static Diagnosis told(Diagnosis known, Exchange last, Diagnosis newer) {
    if (newer.isFine() || !known.isFine()) {
      return newer.withWarning(
          "This is the answer over HTTP/2, which browsers speak with this server. Over HTTP/1.1 its answer ("
              + last.response().status()
              + ") has "
              + (ofCors(last.response()).isEmpty() ? "no headers of CORS" : "other headers of CORS")
              + ", and curl and other programs may see that one: let both versions have the same headers.");
    }
    return newer.withOnlyAdvice(
        Advice.of(
            "Over HTTP/1.1 the same request is allowed, and curl may show that. Browsers speak HTTP/2 with"
                + " this server. Something is configured for only one version (a proxy, a CDN, a"
                + " listener): set the same headers for HTTP/2, too."));
  }
}
