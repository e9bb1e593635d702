package dev.crosswalk.cors.internal.syntax;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The request headers that a browser asks permission for: <a
 * href="https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names">CORS-unsafe request-header
 * names</a>.
 */
public final class UnsafeRequestHeaders {

  /** <a href="https://fetch.spec.whatwg.org/#cors-safelisted-request-header">Fetch</a>, step 1. */
  private static final int MAX_SAFE_VALUE = 128;

  /** The length of all safe values together, step 5 of the names. */
  private static final int MAX_SAFE_VALUES = 1_024;

  /** <a href="https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte">Fetch</a>. */
  private static final String UNSAFE_BYTES = "\"():<>?@[\\]{}\u007F";

  private static final String OF_LANGUAGES = " *,-.;=";

  private static final Set<String> FORM_ESSENCES =
      Set.of("application/x-www-form-urlencoded", "multipart/form-data", "text/plain");

  private static final String RANGE_UNIT = "bytes=";

  /** Digits of a position that a long can hold. */
  private static final int MAX_DIGITS = 18;

  private UnsafeRequestHeaders() {}

  /**
   * Returns the names, in lower case and sorted.
   *
   * @param headers the value of each header, by its name in lower case
   */
  public static List<String> names(Map<String, String> headers) {
    List<String> unsafe = new ArrayList<>();
    List<String> safe = new ArrayList<>();
    int length = 0;
    for (Map.Entry<String, String> header : headers.entrySet()) {
      String value = header.getValue();
      if (HeaderNames.isForbiddenInRequests(header.getKey())) {
        continue;
      }
      if (isSafe(header.getKey(), value)) {
        safe.add(header.getKey());
        length += value.length();
      } else {
        unsafe.add(header.getKey());
      }
    }
    if (length > MAX_SAFE_VALUES) {
      unsafe.addAll(safe);
    }
    Collections.sort(unsafe);
    return unsafe;
  }

  private static boolean isSafe(String name, String value) {
    if (value.length() > MAX_SAFE_VALUE) {
      return false;
    }
    return switch (name) {
      case "accept" -> value.chars().noneMatch(UnsafeRequestHeaders::isUnsafe);
      case "accept-language", "content-language" ->
          value.chars().allMatch(UnsafeRequestHeaders::isOfLanguage);
      case "content-type" ->
          value.chars().noneMatch(UnsafeRequestHeaders::isUnsafe) && isOfForm(value);
      case "range" -> isRange(value);
      default -> false;
    };
  }

  private static boolean isUnsafe(int b) {
    return b < ' ' && b != '\t' || UNSAFE_BYTES.indexOf(b) >= 0;
  }

  private static boolean isOfLanguage(int c) {
    return c >= '0' && c <= '9'
        || c >= 'A' && c <= 'Z'
        || c >= 'a' && c <= 'z'
        || OF_LANGUAGES.indexOf(c) >= 0;
  }

  /** A MIME type up to its parameters, whose errors are ignored. */
  private static boolean isOfForm(String value) {
    int parameters = value.indexOf(';');
    String essence = parameters < 0 ? value : value.substring(0, parameters);
    return FORM_ESSENCES.contains(Token.lower(essence.strip()));
  }

  /**
   * One that has a beginning: <a
   * href="https://fetch.spec.whatwg.org/#simple-range-header-value">Fetch</a>.
   */
  private static boolean isRange(String value) {
    int dash = value.indexOf('-');
    if (!value.startsWith(RANGE_UNIT) || dash < 0) {
      return false;
    }
    String start = value.substring(RANGE_UNIT.length(), dash);
    String end = value.substring(dash + 1);
    return isNumber(start)
        && (end.isEmpty() || isNumber(end) && Long.parseLong(start) <= Long.parseLong(end));
  }

  private static boolean isNumber(String digits) {
    return !digits.isEmpty()
        && digits.length() <= MAX_DIGITS
        && digits.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
