package dev.crosswalk.cors.tck.browser;

import static dev.crosswalk.cors.tck.browser.VectorRequests.ELSEWHERE;
import static dev.crosswalk.cors.tck.browser.VectorRequests.SUFFIXES;
import static dev.crosswalk.cors.tck.browser.VectorRequests.enumText;
import static dev.crosswalk.cors.tck.browser.VectorRequests.enumValue;
import static dev.crosswalk.cors.tck.browser.VectorRequests.last;
import static dev.crosswalk.cors.tck.browser.VectorRequests.originSent;
import static dev.crosswalk.cors.tck.browser.VectorRequests.permissive;
import static dev.crosswalk.cors.tck.browser.VectorRequests.request;
import static dev.crosswalk.cors.tck.browser.VectorRequests.text;
import static dev.crosswalk.cors.tck.browser.VectorRequests.urls;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.tck.browser.Request.Mode;
import dev.crosswalk.cors.tck.browser.Vectors.Vector;
import dev.crosswalk.cors.tck.url.Origin;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.ListValues;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What a browser makes of a request before it is sent, as the vectors say. */
class RequestVectorsTest {

  // Header primitives

  @Vectors(kind = "header-value-normalize", count = 6)
  void a_value_that_a_script_sets_is_normalized(Vector vector) {
    String normalized = Headers.normalize(vector.text("value"));
    assertEquals(vector.isExpected("valid"), Headers.isValue(normalized));
    JsonNode expected = vector.expected("normalized");
    if (!expected.isNull()) {
      assertEquals(expected.asString(), normalized);
    }
  }

  @Vectors(kind = "get-decode-split", count = 7)
  void a_combined_value_is_split_outside_quotes(Vector vector) {
    Headers headers = lines("X-Test", Vector.strings(vector.input("values")));
    JsonNode items = vector.expected("items");
    assertEquals(
        items.isNull() ? Optional.empty() : Optional.of(Vector.strings(items)),
        headers.split("x-test"));
  }

  @Vectors(kind = "extract-header-list-values", count = 10)
  void list_values_are_absent_malformed_or_extracted(Vector vector) {
    String name = vector.text("name");
    ListValues actual = lines(name, Vector.strings(vector.input("values"))).extractListValues(name);
    JsonNode result = vector.expected("result");
    if (result.isNull()) {
      assertEquals(new ListValues.Absent(), actual);
    } else if (result.isString() && result.asString().equals("failure")) {
      assertTrue(actual instanceof ListValues.Malformed, actual.toString());
    } else {
      List<String> values = result.isArray() ? Vector.strings(result) : List.of(result.asString());
      assertEquals(new ListValues.Values(values), actual);
    }
  }

  private static Headers lines(String name, List<String> values) {
    return Headers.of(values.stream().map(value -> new Headers.Field(name, value)).toList());
  }

  // Methods

  @Vectors(kind = "method-normalize", count = 7)
  void a_method_is_normalized(Vector vector) {
    assertEquals(
        vector.expected("normalized").asString(), Methods.normalize(vector.text("method")));
  }

  @Vectors(kind = "forbidden-method", count = 7)
  void a_method_is_forbidden(Vector vector) {
    assertEquals(vector.isExpected("forbidden"), Methods.isForbidden(vector.text("method")));
  }

  // Request headers

  @Vectors(kind = "safelisted-request-header", count = 127)
  void a_request_header_is_safelisted(Vector vector) {
    // A proposal to safelist Last-Event-ID, which is neither in the standard nor in an engine.
    vector.expected("tentativeSafelisted");
    Headers.Field field = new Headers.Field(vector.text("name"), vector.text("value"));
    assertEquals(
        vector.isExpected("safelisted"),
        RequestHeaders.isSafelisted(field.name(), field.value(), Engine.STANDARD));
  }

  @Vectors(kind = "parse-single-range", count = 9)
  void a_single_range_is_parsed(Vector vector) {
    Optional<ByteRange> range = ByteRange.parse(vector.text("value"), vector.is("allowWhitespace"));
    JsonNode result = vector.expected("result");
    assertEquals(
        result.isString()
            ? Optional.empty()
            : Optional.of(new ByteRange(number(result.get(0)), number(result.get(1)))),
        range);
  }

  private static Optional<BigInteger> number(JsonNode node) {
    return node.isNull() ? Optional.empty() : Optional.of(node.bigIntegerValue());
  }

  @Vectors(kind = "unsafe-request-header-names", count = 5)
  void the_unsafe_names_are_found(Vector vector) {
    assertEquals(
        Vector.strings(vector.expected("names")),
        List.copyOf(RequestHeaders.unsafeNames(vector.headers("headers"), Engine.STANDARD)));
  }

  @Vectors(kind = "forbidden-request-header", count = 55)
  void a_request_header_is_forbidden(Vector vector) {
    assertEquals(
        vector.isExpected("forbidden"),
        RequestHeaders.isForbidden(vector.text("name"), vector.text("value")));
  }

  @Vectors(kind = "no-cors-guard", count = 7)
  void a_request_header_is_kept_without_cors(Vector vector) {
    String name = vector.text("name");
    Request request =
        Request.from("null", "GET", ELSEWHERE)
            .mode(Mode.NO_CORS)
            .header(name, vector.text("value"));
    assertEquals(vector.isExpected("kept"), request.headers().has(name));
  }

  // Origins

  @Vectors(kind = "origin-of-url", count = 12)
  void a_url_has_an_origin(Vector vector) {
    assertEquals(
        vector.expected("origin").asString(), Url.of(vector.text("url")).origin().serialize());
  }

  @Vectors(kind = "serialized-origin", count = 33)
  void a_value_is_an_origin_or_null(Vector vector) {
    assertEquals(vector.isExpected("valid"), Origin.isOriginOrNull(vector.text("value")));
  }

  @Vectors(kind = "redirect-taint", count = 6)
  void redirects_taint_the_origin(Vector vector) {
    Origin origin = Origin.of(vector.text("requestOrigin"));
    List<Url> urls = urls(vector);
    assertEquals(
        vector.expected("taint").asString(),
        enumText(RequestOrigin.Taint.of(origin, urls, SUFFIXES)));
    assertEquals(
        vector.expected("serializedOrigin").asString(), RequestOrigin.serialize(origin, urls));
  }

  @Vectors(kind = "origin-request-header", count = 36)
  void a_request_says_its_origin(Vector vector) {
    Request request =
        request(vector)
            .mode(enumValue(Mode.class, vector.text("mode")))
            .referrerPolicy(referrerPolicy(vector.textOr("referrerPolicy", "")));
    Outcome outcome = new UserAgent().fetch(request, permissive(request.origin()));
    assertEquals(text(vector.expected("origin")), originSent(last(outcome.actuals())));
  }

  /** The empty string is the default policy. */
  private static ReferrerPolicy referrerPolicy(String token) {
    return token.isEmpty()
        ? ReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN
        : enumValue(ReferrerPolicy.class, token);
  }
}
