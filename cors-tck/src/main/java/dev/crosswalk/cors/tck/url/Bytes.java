package dev.crosswalk.cors.tck.url;

/**
 * Byte sequences, as the Infra and HTTP standards treat them. A string stands for bytes here: one
 * char, one byte (isomorphic decoding), which is how header names and values travel.
 */
public final class Bytes {

  private Bytes() {}

  /** {@code https://infra.spec.whatwg.org/#byte-lowercase}: A to Z only, in no locale. */
  public static String lowerCase(String bytes) {
    StringBuilder lower = new StringBuilder(bytes.length());
    for (int i = 0; i < bytes.length(); i++) {
      char c = bytes.charAt(i);
      lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
    }
    return lower.toString();
  }

  /** {@code https://infra.spec.whatwg.org/#byte-case-insensitive}. */
  public static boolean equalIgnoringCase(String a, String b) {
    return a.length() == b.length() && lowerCase(a).equals(lowerCase(b));
  }

  /** RFC 9110, section 5.6.2: what a method and a header name are made of. */
  public static boolean isToken(String bytes) {
    if (bytes.isEmpty()) {
      return false;
    }
    for (int i = 0; i < bytes.length(); i++) {
      char c = bytes.charAt(i);
      if (!isAlphanumeric(c) && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  /** One or more digits and nothing else. */
  public static boolean isDigits(String bytes) {
    return !bytes.isEmpty() && bytes.chars().allMatch(Bytes::isDigit);
  }

  public static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  public static boolean isHexDigit(int c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  static boolean isAlpha(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  public static boolean isAlphanumeric(int c) {
    return isAlpha(c) || isDigit(c);
  }

  /** Strips SP and HTAB from both ends: the OWS around a field value, and around a list element. */
  public static String stripTabsAndSpaces(String bytes) {
    return strip(bytes, " \t");
  }

  /** {@code https://fetch.spec.whatwg.org/#http-whitespace}: strips LF, CR, HTAB, SP. */
  public static String stripHttpWhitespace(String bytes) {
    return strip(bytes, " \t\r\n");
  }

  private static String strip(String bytes, String what) {
    int start = 0;
    int end = bytes.length();
    while (start < end && what.indexOf(bytes.charAt(start)) >= 0) {
      start++;
    }
    while (end > start && what.indexOf(bytes.charAt(end - 1)) >= 0) {
      end--;
    }
    return bytes.substring(start, end);
  }
}
