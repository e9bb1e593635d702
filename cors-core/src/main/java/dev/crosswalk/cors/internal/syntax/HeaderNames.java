package dev.crosswalk.cors.internal.syntax;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A set of header names, and what <a href="https://fetch.spec.whatwg.org/#terminology-headers">
 * Fetch</a> says about names.
 *
 * <p>It has its own hash table, because the JDK's sets cannot look up a part of a string, in any
 * case, without making an object.
 */
public final class HeaderNames {

  private static final HeaderNames FORBIDDEN_IN_REQUESTS =
      of(
          """
          accept-charset accept-encoding access-control-request-headers
          access-control-request-method connection content-length cookie cookie2 date dnt
          expect host keep-alive origin referer set-cookie te trailer transfer-encoding
          upgrade via
          """);

  private static final HeaderNames SAFELISTED_IN_REQUESTS =
      of("accept accept-language content-language range");

  private static final HeaderNames FORBIDDEN_IN_RESPONSES = of("set-cookie set-cookie2");

  private static final HeaderNames SAFELISTED_IN_RESPONSES =
      of(
          """
          cache-control content-language content-length content-type expires last-modified
          pragma
          """);

  private static final HeaderNames OF_THE_PROTOCOL =
      of(
          """
          access-control-allow-credentials access-control-allow-headers
          access-control-allow-methods access-control-allow-origin
          access-control-expose-headers access-control-max-age
          """);

  private static final HeaderNames OF_RESPONSES_ONLY =
      of(
          """
          accept-ranges age etag location retry-after server strict-transport-security vary
          www-authenticate
          """);

  private static final HeaderNames OF_REQUESTS_ONLY =
      of(
          """
          accept access-control-request-headers access-control-request-method cookie host
          if-match if-modified-since if-none-match if-unmodified-since origin referer
          user-agent
          """);

  public static final String AUTHORIZATION = "Authorization";

  private final @Nullable String[] table;
  private final int longest;

  public HeaderNames(List<String> names) {
    int size = 4 * Integer.highestOneBit(Math.max(names.size(), 1));
    table = new String[size];
    int max = 0;
    for (String name : names) {
      String lower = name.toLowerCase(Locale.ROOT);
      max = Math.max(max, lower.length());
      int slot = hash(lower, 0, lower.length()) & (size - 1);
      while (table[slot] != null) {
        slot = (slot + 1) & (size - 1);
      }
      table[slot] = lower;
    }
    longest = max;
  }

  /** Returns the names that white space separates. */
  private static HeaderNames of(String names) {
    return new HeaderNames(List.of(names.split("\\s+")));
  }

  private boolean contains(String name) {
    return contains(name, 0, name.length());
  }

  /** Whether the characters from {@code from} to {@code to} are a name of this set, in any case. */
  public boolean contains(String list, int from, int to) {
    int length = to - from;
    if (length > longest) {
      return false;
    }
    int slot = hash(list, from, to) & (table.length - 1);
    for (String name = table[slot]; name != null; name = table[slot]) {
      if (name.length() == length && Token.isSame(list, from, name)) {
        return true;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    return false;
  }

  private static int hash(String value, int from, int to) {
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + Token.lower(value.charAt(i));
    }
    return hash ^ (hash >>> 16);
  }

  /**
   * A <a href="https://fetch.spec.whatwg.org/#forbidden-request-header">forbidden
   * request-header</a> name: only the browser sets it, without asking for permission.
   */
  public static boolean isForbiddenInRequests(String name) {
    return isForbiddenInRequests(name, 0, name.length());
  }

  public static boolean isForbiddenInRequests(String list, int from, int to) {
    return FORBIDDEN_IN_REQUESTS.contains(list, from, to)
        || Token.isSame(list, from, "proxy-")
        || Token.isSame(list, from, "sec-");
  }

  /**
   * A <a href="https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name">CORS
   * non-wildcard request-header name</a>: a * does not include it.
   */
  public static boolean isNonWildcard(String list, int from, int to) {
    return to - from == AUTHORIZATION.length() && Token.isSame(list, from, AUTHORIZATION);
  }

  /**
   * A <a href="https://fetch.spec.whatwg.org/#cors-safelisted-request-header">CORS-safelisted
   * request-header</a> name that a policy rarely needs to list. {@code Content-Type} is safelisted,
   * too, but not for JSON, so policies usually list it.
   */
  public static boolean isSafelistedInRequests(String name) {
    return SAFELISTED_IN_REQUESTS.contains(name);
  }

  /**
   * A <a href="https://fetch.spec.whatwg.org/#forbidden-response-header-name">forbidden one</a>.
   */
  public static boolean isForbiddenInResponses(String name) {
    return FORBIDDEN_IN_RESPONSES.contains(name);
  }

  /**
   * A <a href="https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name">CORS-safelisted
   * response-header name</a>: every script that may read the response may read it.
   */
  public static boolean isSafelistedInResponses(String name) {
    return SAFELISTED_IN_RESPONSES.contains(name);
  }

  /** A header that the policy itself writes: no script sends it, and none needs to read it. */
  public static boolean isOfTheProtocol(String name) {
    return OF_THE_PROTOCOL.contains(name);
  }

  /**
   * A name that is defined only for responses, and that people list among those of requests. RFC
   * 9110 defines it, or RFC 9111 ({@code age}), or RFC 6797 ({@code strict-transport-security}).
   */
  public static boolean isOfResponsesOnly(String name) {
    return OF_RESPONSES_ONLY.contains(name);
  }

  /**
   * A name that is defined only for requests, and that people list among those of responses. RFC
   * 9110 defines it, or RFC 6265 ({@code cookie}), or Fetch ({@code origin} and those of
   * preflights).
   */
  public static boolean isOfRequestsOnly(String name) {
    return OF_REQUESTS_ONLY.contains(name);
  }
}
