package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.answer.Server;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.Exchange;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.Transport;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireException;
import dev.crosswalk.cors.tck.wire.WireException.Failure;
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

  /** How a server fails that may answer over HTTP/2, where browsers ask it first. */
  private static final List<Failure> ENDS = List.of(Failure.CLOSED, Failure.NOT_HTTP);

  private static final String ONLY_HTTP_2_FAILS =
      "Over HTTP/1.1 the same request is allowed, and curl may show that. Browsers speak HTTP/2 with this"
          + " server: its log, or that of the proxy in front, tells why it ends the stream. Where HTTP/2 is"
          + " switched off, browsers speak HTTP/1.1.";

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
    if (known.unknown().isPresent()) {
      return known;
    }
    if (exchanges.isEmpty()) {
      return known
          .refusal()
          .filter(found -> found.failure().filter(ENDS::contains).isPresent())
          .map(NotShared::where)
          .filter(where -> where.preflight() || SAFE.contains(known.request().method()))
          .filter(where -> where.url().startsWith("https:"))
          .flatMap(where -> client.overHttp2(where.url()))
          .map(browser)
          .map(newer -> Diagnosis.of(known.request(), newer, newer, server))
          .filter(newer -> newer.unknown().isEmpty())
          .orElse(known);
    }
    Exchange last = exchanges.get(exchanges.size() - 1);
    Optional<Exchange> safe =
        SAFE.contains(last.request().method()) ? Optional.of(last) : lastPreflight(known);
    return safe.filter(asked -> asked.request().url().startsWith("https:"))
        .filter(asked -> RepeatedRequest.mayRepeat(asked.response().status()))
        .flatMap(asked -> of(known, asked, client, browser, server))
        .orElse(known);
  }

  /** For a request that may change something, which is not sent again. */
  private static Optional<Exchange> lastPreflight(Diagnosis known) {
    List<Exchange> preflights = known.outcome().preflights();
    return preflights.isEmpty()
        ? Optional.empty()
        : Optional.of(preflights.get(preflights.size() - 1));
  }

  private static Optional<Diagnosis> of(
      Diagnosis known,
      Exchange asked,
      WireClient client,
      UnaryOperator<Transport> browser,
      Optional<Server> server) {
    return client
        .overHttp2(asked.request().url())
        .map(browser)
        .filter(newer -> isOtherwise(asked, newer, browser.apply(client)))
        .map(newer -> changingNothing(newer, known))
        .map(newer -> Diagnosis.of(known.request(), newer, newer, server))
        .map(newer -> told(known, asked, newer));
  }

  /** Where the request may change something, its answer over HTTP/1.1 stands for the other. */
  private static Transport changingNothing(Transport newer, Diagnosis known) {
    return request -> {
      if (SAFE.contains(request.method())) {
        return newer.send(request);
      }
      return known.outcome().actuals().stream()
          .filter(exchange -> exchange.request().method().equals(request.method()))
          .filter(exchange -> exchange.request().url().equals(request.url()))
          .map(Exchange::response)
          .findFirst()
          .orElseThrow(() -> new IOException("not sent over HTTP/2"));
    };
  }

  /** Whether the newer version, and not chance, makes the difference. */
  private static boolean isOtherwise(Exchange asked, Transport newer, Transport older) {
    Optional<List<String>> before = Optional.of(ofCors(asked.response()));
    try {
      return !answer(asked.request(), newer).equals(before)
          && answer(asked.request(), older).equals(before);
    } catch (IOException e) {
      return false;
    }
  }

  /** What an answer says of CORS; empty if the server ends the stream or the connection instead. */
  private static Optional<List<String>> answer(WireRequest request, Transport transport)
      throws IOException {
    try {
      return Optional.of(ofCors(transport.send(request)));
    } catch (WireException e) {
      return Optional.empty();
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

  private static boolean hasNoAnswer(Diagnosis diagnosis) {
    return diagnosis.refusal().flatMap(NotShared::failure).isPresent();
  }

  private static Diagnosis told(Diagnosis known, Exchange last, Diagnosis newer) {
    if (hasNoAnswer(newer)) {
      return known.isFine() ? newer.withOnlyAdvice(Advice.of(ONLY_HTTP_2_FAILS)) : newer;
    }
    if (newer.isFine() || !known.isFine()) {
      return newer.withWarning(
          "This is the answer over HTTP/2, which browsers speak with this server. Over HTTP/1.1 its answer ("
              + last.response().status()
              + ") has "
              + (ofCors(last.response()).isEmpty() ? "no CORS headers" : "other CORS headers")
              + ", and curl and other programs may use that one: let both versions have the same"
              + " headers.");
    }
    return newer.withOnlyAdvice(
        Advice.of(
            "Over HTTP/1.1 the same request is allowed, and curl may show that. Browsers speak HTTP/2 with"
                + " this server. Something is configured for only one version (a proxy, a CDN, a"
                + " listener): set the same headers for HTTP/2, too."));
  }
}
