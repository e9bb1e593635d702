package dev.crosswalk.cors.internal.syntax;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
  private static final Pattern UNSAFE_BYTE =
      Pattern.compile("[\\x00-\\x08\\x0A-\\x1F\\x7F\"():<>?@\\[\\\\\\]{}]");

  private static final Pattern LANGUAGES = Pattern.compile("[0-9A-Za-z *,.;=-]*");

  /** A MIME type up to its parameters, whose errors are ignored. */
  private static final Pattern ESSENCE = Pattern.compile("[ \\t]*([^;]*?)[ \\t]*(?:;.*)?");

  private static final Set<String> FORM_ESSENCES =
      Set.of("application/x-www-form-urlencoded", "multipart/form-data", "text/plain");

  /**
   * One range that has a beginning: <a
   * href="https://fetch.spec.whatwg.org/#simple-range-header-value">Fetch</a>.
   */
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,18})-([0-9]{0,18})");

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
      case "accept" -> !UNSAFE_BYTE.matcher(value).find();
      case "accept-language", "content-language" -> LANGUAGES.matcher(value).matches();
      case "content-type" -> !UNSAFE_BYTE.matcher(value).find() && isOfForm(value);
      case "range" -> isRange(value);
      default -> false;
    };
  }

  private static boolean isOfForm(String value) {
    Matcher type = ESSENCE.matcher(value);
    return type.matches() && FORM_ESSENCES.contains(Token.lower(type.group(1)));
  }

  private static boolean isRange(String value) {
    Matcher range = RANGE.matcher(value);
    return range.matches()
        && (range.group(2).isEmpty()
            || Long.parseLong(range.group(1)) <= Long.parseLong(range.group(2)));
  }
}
