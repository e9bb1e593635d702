package dev.crosswalk.cors.internal.syntax;

import java.util.List;

/** The comma-separated lists of RFC 9110 §5.6.1. */
public final class FieldList {

  private FieldList() {}

  /** Returns whether a list has a member, in any case. Makes no object. */
  public static boolean hasMember(String list, String member) {
    for (int from = 0; from < list.length(); from = end(list, from) + 1) {
      int start = skipWhitespace(list, from);
      int length = endOfMember(list, start) - start;
      if (length == member.length() && Token.isSame(list, start, member)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns a list with some members added to it, each member once, compared in any case, and no
   * empty ones, which nobody may send. The result is the list itself if that changes nothing.
   */
  public static String add(String list, List<String> members) {
    StringBuilder once = new StringBuilder();
    boolean isClean = !list.endsWith(",");
    for (int from = 0; from < list.length(); from = end(list, from) + 1) {
      int start = skipWhitespace(list, from);
      isClean &= append(once, list.substring(start, endOfMember(list, start)));
    }
    StringBuilder all = isClean ? new StringBuilder(list) : once;
    boolean added = false;
    for (String member : members) {
      added |= append(all, member);
    }
    return !isClean || added ? all.toString() : list;
  }

  /** Returns whether the member was appended, because the list did not have it. */
  private static boolean append(StringBuilder list, String member) {
    if (member.isEmpty() || hasMember(list.toString(), member)) {
      return false;
    }
    list.append(list.isEmpty() ? "" : ", ").append(member);
    return true;
  }

  /** OWS of RFC 9110 §5.6.3. */
  public static boolean isOptionalWhitespace(char c) {
    return c == ' ' || c == '\t';
  }

  private static int end(String list, int from) {
    int comma = list.indexOf(',', from);
    return comma == -1 ? list.length() : comma;
  }

  private static int skipWhitespace(String list, int from) {
    int start = from;
    while (start < list.length() && isOptionalWhitespace(list.charAt(start))) {
      start++;
    }
    return start;
  }

  private static int endOfMember(String list, int start) {
    int end = end(list, start);
    while (end > start && isOptionalWhitespace(list.charAt(end - 1))) {
      end--;
    }
    return end;
  }
}
