package dev.crosswalk.cors;

import dev.crosswalk.cors.internal.syntax.Token;

/**
 * Adds to a response's {@code Vary} (RFC 9110 §12.5.5) and takes nothing from it: what the
 * application or a compressing layer wrote there stays.
 */
final class Vary {

  static final String[] ORIGIN = {"Origin"};

  private Vary() {}

  /**
   * Makes sure that {@code Vary} has the members of {@code fields}, each once, compared in any
   * case. A {@code *} says it all and is left alone.
   *
   * @param fields the members; joined by a comma and a space they are {@code joined}
   */
  static <S> void add(
      S response, ResponseWriter<? super S> writer, String[] fields, String joined) {
    String present = writer.get(response, "Vary");
    if (present == null || present.isEmpty()) {
      writer.set(response, "Vary", joined);
      return;
    }
    if (present.equals(joined) || hasMember(present, "*")) {
      return;
    }
    StringBuilder merged = null;
    for (String field : fields) {
      if (!hasMember(present, field)) {
        merged = (merged == null ? new StringBuilder(present) : merged).append(", ").append(field);
      }
    }
    if (merged != null) {
      writer.set(response, "Vary", merged.toString());
    } else if (present.indexOf(',') >= 0) {
      // It may have several lines, of which one runtime sends the last alone.
      writer.set(response, "Vary", present);
    }
  }

  /** Whether a list has a member, in any case. */
  static boolean hasMember(String list, String member) {
    int length = list.length();
    int from = 0;
    while (from < length) {
      int comma = list.indexOf(',', from);
      int to = comma < 0 ? length : comma;
      int start = from;
      int end = to;
      while (start < end && isOptionalWhitespace(list.charAt(start))) {
        start++;
      }
      while (end > start && isOptionalWhitespace(list.charAt(end - 1))) {
        end--;
      }
      if (end - start == member.length() && Token.isSame(list, start, member)) {
        return true;
      }
      from = to + 1;
    }
    return false;
  }

  /** OWS of RFC 9110 §5.6.3. */
  static boolean isOptionalWhitespace(char c) {
    return c == ' ' || c == '\t';
  }
}
