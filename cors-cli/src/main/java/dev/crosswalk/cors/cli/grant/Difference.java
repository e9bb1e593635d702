package dev.crosswalk.cors.cli.grant;

import dev.crosswalk.cors.Cors;
import java.util.Locale;

/**
 * One thing that two policies decide differently.
 *
 * @param kind whether the new policy grants more
 * @param where the paths, for a person
 * @param sentence what differs, for a person, without a full stop
 * @param witness a request about which the two decide differently
 */
public record Difference(Kind kind, String where, String sentence, Witness witness) {

  /** Whether the new policy grants more. */
  public enum Kind {
    /** It grants what the old one did not. */
    WIDER("Newly granted"),
    /** It does not grant what the old one did. */
    NARROWER("No longer granted"),
    /** Another one answers, which grants neither more nor less by itself. */
    OTHERWISE("Decided elsewhere");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  /**
   * A request, and how much of a right each policy gives to it.
   *
   * @param subject the method or header; empty where the right has none
   */
  public record Witness(
      Right right, String path, String origin, String subject, long before, long after) {

    static Witness of(Right right, Cors old, Cors now, String path, String origin, String subject) {
      return new Witness(
          right,
          path,
          origin,
          subject,
          right.ask(old, path, origin, subject),
          right.ask(now, path, origin, subject));
    }

    /** What was asked and answered, in one line. */
    @Override
    public String toString() {
      String from = " " + path + " from " + origin;
      String asked =
          switch (right) {
            case METHOD -> subject + from;
            case REQUEST_HEADER -> "GET" + from + " with " + subject;
            case WRITE -> "POST" + from;
            case EMBEDDING -> "GET " + path + " from a page without CORS";
            default -> "GET" + from;
          };
      return asked + ": the old policy " + verb(before) + ", the new one " + verb(after);
    }

    private String verb(long level) {
      return switch (right) {
        case MAX_AGE -> String.format(Locale.ROOT, "says %d s", level);
        case RESPONSE_HEADER -> level > 0 ? "shows " + subject : "hides " + subject;
        case CREDENTIALS -> level > 0 ? "allows credentials" : "does not allow credentials";
        case TIMING -> level > 0 ? "shows the timing" : "hides it";
        case NO_POLICY -> level > 0 ? "does not cover it" : "covers it";
        case READ, METHOD, REQUEST_HEADER, WRITE, EMBEDDING ->
            level > 0 ? "allows it" : "refuses it";
      };
    }
  }
}
