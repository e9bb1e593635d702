package dev.crosswalk.cors.cli.remedy.request;

import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.Headers;
import java.util.List;
import java.util.Optional;

/**
 * Headers that every script may send without asking, and whose value takes that away.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#cors-safelisted-request-header">Fetch:
 *     CORS-safelisted request-header</a>
 */
public final class UnsafeValue {

  private static final int MAX_LENGTH = 128;

  private static final List<String> FORMS =
      List.of("application/x-www-form-urlencoded", "multipart/form-data", "text/plain");

  private UnsafeValue() {}

  /** Why a browser asks first, though the names of the headers alone would not make it. */
  public static List<String> of(Request request) {
    List<String> unsafe = RequiredGrant.of(request).requestHeaders();
    return request.headers().fields().stream()
        .filter(field -> unsafe.contains(Bytes.lowerCase(field.name())))
        .flatMap(field -> why(field).stream())
        .toList();
  }

  private static Optional<String> why(Headers.Field field) {
    String name = Bytes.lowerCase(field.name());
    String value = field.value();
    return switch (name) {
      case "range" ->
          Optional.of(
              "The browser sends a preflight first because of the form of Range. One range with a"
                  + " start (bytes=0-499) needs no preflight; a range from the end (bytes=-500),"
                  + " and several ranges, do.");
      case "accept", "accept-language", "content-language" ->
          Optional.of(
              value.length() > MAX_LENGTH
                  ? because(field, "has more than " + MAX_LENGTH + " bytes", "With a shorter value")
                  : because(
                      field,
                      name.equals("accept")
                          ? "has one of the characters \"():<>?@[\\]{}"
                          : "has a character other than letters, digits and *,-.;= and spaces",
                      "Without it"));
      case "content-type" ->
          FORMS.contains(Bytes.lowerCase(value.split(";", 2)[0]).strip())
              ? Optional.of(
                  value.length() > MAX_LENGTH
                      ? because(
                          field, "has more than " + MAX_LENGTH + " bytes", "With a shorter value")
                      : because(
                          field,
                          "has one of the characters \"():<>?@[\\]{}",
                          "Without it, for example charset=utf-8 without quotation marks,"))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static String because(Headers.Field field, String why, String remedy) {
    return "The browser sends a preflight first because the value of "
        + field.name()
        + " "
        + why
        + ". "
        + remedy
        + " there is no preflight for it.";
  }
}
