package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Fetch on request headers: which of them a script may set, and which of them a server must be
 * asked about first.
 */
public final class RequestHeaders {

  /** {@code https://fetch.spec.whatwg.org/#cors-safelisted-request-header}, step 1. */
  private static final int MAX_SAFELISTED_VALUE_LENGTH = 128;

  /** {@code https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names}, step 5. */
  private static final int MAX_SAFELISTED_VALUES_LENGTH = 1024;

  private static final Set<String> FORBIDDEN =
      Set.of(
          """
          accept-charset accept-encoding access-control-request-headers
          access-control-request-method connection content-length cookie cookie2 date dnt expect
          host keep-alive origin referer set-cookie te trailer transfer-encoding upgrade via
          """
              .split("\\s+"));

  private static final Set<String> SAFELISTED_ESSENCES =
      Set.of("application/x-www-form-urlencoded", "multipart/form-data", "text/plain");

  private RequestHeaders() {}

  /** {@code https://fetch.spec.whatwg.org/#forbidden-request-header}: ignored, with no error. */
  static boolean isForbidden(String name, String value) {
    String lower = Bytes.lowerCase(name);
    return switch (lower) {
      case "x-http-method", "x-http-method-override", "x-method-override" ->
          Headers.splitValue(value).stream().anyMatch(Methods::isForbidden);
      default ->
          FORBIDDEN.contains(lower) || lower.startsWith("proxy-") || lower.startsWith("sec-");
    };
  }

  /** {@code https://fetch.spec.whatwg.org/#cors-safelisted-request-header}. */
  static boolean isSafelisted(String name, String value, Engine engine) {
    String lower = Bytes.lowerCase(name);
    if (value.length() > MAX_SAFELISTED_VALUE_LENGTH) {
      return false;
    }
    return switch (lower) {
      case "accept" -> value.chars().noneMatch(RequestHeaders::isUnsafeByte);
      case "accept-language", "content-language" ->
          value.chars().allMatch(c -> Bytes.isAlphanumeric(c) || " *,-.;=".indexOf(c) >= 0);
      // The whole value is one MIME type here, though elsewhere a browser would take the last of
      // several: a server that reads it as a list must not get what it was not asked about.
      case "content-type" ->
          value.chars().noneMatch(RequestHeaders::isUnsafeByte)
              && MimeType.parse(value)
                  .filter(type -> SAFELISTED_ESSENCES.contains(type.essence()))
                  .isPresent();
      // A range from the end is excluded: browsers never sent one of themselves.
      case "range" -> ByteRange.parse(value, false).filter(r -> r.start().isPresent()).isPresent();
      default -> engine.alsoSafelists(lower, value);
    };
  }

  /** {@code https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte}. */
  static boolean isUnsafeByte(int b) {
    return (b < 0x20 && b != '\t') || b == 0x7F || "\"():<>?@[\\]{}".indexOf(b) >= 0;
  }

  /**
   * The headers that a preflight has to ask for.
   *
   * @param headers those that a script sets
   * @param engine whose list of safe headers counts
   * @return their names in lower case, each once, sorted by bytes
   * @see <a href="https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names">Fetch:
   *     CORS-unsafe request-header names</a>
   */
  public static SortedSet<String> unsafeNames(Headers headers, Engine engine) {
    SortedSet<String> unsafe = new TreeSet<>();
    List<String> potentiallyUnsafe = new ArrayList<>();
    int safelistedLength = 0;
    for (Headers.Field field : headers) {
      String name = Bytes.lowerCase(field.name());
      if (isSafelisted(field.name(), field.value(), engine)) {
        potentiallyUnsafe.add(name);
        safelistedLength += field.value().length();
      } else {
        unsafe.add(name);
      }
    }
    if (safelistedLength > MAX_SAFELISTED_VALUES_LENGTH) {
      unsafe.addAll(potentiallyUnsafe);
    }
    return unsafe;
  }

  /** {@code https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header}. */
  static boolean isNoCorsSafelisted(String name, String value) {
    return switch (Bytes.lowerCase(name)) {
      case "accept", "accept-language", "content-language", "content-type" ->
          isSafelisted(name, value, Engine.STANDARD);
      default -> false;
    };
  }

  /** {@code https://fetch.spec.whatwg.org/#request-body-header-name}: gone with the body. */
  static Headers withoutBodyHeaders(Headers headers) {
    return headers
        .without("Content-Encoding")
        .without("Content-Language")
        .without("Content-Location")
        .without("Content-Type");
  }
}
