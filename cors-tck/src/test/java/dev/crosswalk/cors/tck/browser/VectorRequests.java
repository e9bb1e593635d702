package dev.crosswalk.cors.tck.browser;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.tck.browser.Request.Credentials;
import dev.crosswalk.cors.tck.browser.Vectors.Vector;
import dev.crosswalk.cors.tck.url.Origin;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Exchange;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.Transport;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Requests and responses that vectors describe. */
final class VectorRequests {

  static final String ELSEWHERE = "https://elsewhere.example/";

  static final Set<String> SUFFIXES = Origin.SOME_PUBLIC_SUFFIXES;

  static Request request(Vector vector) {
    return request(vector, vector.text("requestOrigin"), vector.text("url"));
  }

  /** A request with the method, headers and credentials mode of a vector, if it has them. */
  static Request request(Vector vector, String origin, String url) {
    Request request = Request.from(origin, vector.text("method"), url);
    for (Headers.Field field : vector.headers("headers")) {
      request = request.header(field.name(), field.value());
    }
    return request.credentials(
        enumValue(Credentials.class, vector.textOr("credentialsMode", "same-origin")));
  }

  static List<Url> urls(Vector vector) {
    List<Url> urls = Vector.strings(vector.input("urls")).stream().map(Url::of).toList();
    assertTrue(!urls.isEmpty(), "no URL");
    return urls;
  }

  /** A server that shares everything with one origin. */
  static Transport permissive(String origin) {
    return sent ->
        new WireResponse(
            200,
            Headers.of(
                "Access-Control-Allow-Origin",
                origin,
                "Access-Control-Allow-Credentials",
                "true",
                "Access-Control-Allow-Methods",
                sent.headers().get("Access-Control-Request-Method").orElse(""),
                "Access-Control-Allow-Headers",
                sent.headers().get("Access-Control-Request-Headers").orElse("")));
  }

  static boolean isPreflight(WireRequest sent) {
    return sent.method().equals("OPTIONS") && sent.headers().has("Access-Control-Request-Method");
  }

  static Optional<String> originSent(Exchange exchange) {
    return exchange.request().headers().get("Origin");
  }

  static Exchange last(List<Exchange> exchanges) {
    assertTrue(!exchanges.isEmpty(), "nothing was sent");
    return exchanges.get(exchanges.size() - 1);
  }

  static Optional<String> text(JsonNode node) {
    return node.isNull() ? Optional.empty() : Optional.of(node.asString());
  }

  static <E extends Enum<E>> E enumValue(Class<E> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> enumText(constant).equals(text))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + ": " + text));
  }

  static String enumText(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private VectorRequests() {}
}
