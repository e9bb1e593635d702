package dev.crosswalk.cors.internal.syntax;

/** The comma-separated lists of RFC 9110 §5.6.1, read without making an object. */
public final class FieldList {

  private FieldList() {}

  /** Returns whether a list has a member, in any case. */
  public static boolean hasMember(String list, String member) {
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
  public static boolean isOptionalWhitespace(char c) {
    return c == ' ' || c == '\t';
  }
}
