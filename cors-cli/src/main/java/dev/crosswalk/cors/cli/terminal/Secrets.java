package dev.crosswalk.cors.cli.terminal;

import dev.crosswalk.cors.tck.url.Bytes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may be a secret in the URLs of a text. What a command prints is pasted into tickets and
 * forums, so every line of every command passes here before it leaves the program, and so does each
 * report that is written into a file.
 */
public final class Secrets {

  /** What stands in the place of a secret: it breaks no URL, and no shell reads it otherwise. */
  public static final String NOT_SHOWN = "not-shown";

  /** What ends a URL in a sentence, in code, in JSON, in XML and on a colored terminal. */
  private static final String END = "\\s\\p{Cntrl}\"'`<>’”\\\\";

  /** As it is written in a URL, in a URL that is a parameter of another one, and in HTML. */
  private static final String EQUALS = "=|%3D|&#x3D;";

  /** A user name and a password, which may contain the sign that ends them. */
  private static final Pattern USER_INFO = Pattern.compile("(?<=//)[^/?#" + END + "]+@");

  /** What the name of a parameter or of a header says that carries a secret. */
  private static final String NAMES =
      "token|key|secret|passw|pwd|sig|auth|sess|jwt|credential|ticket|assertion|saml";

  /** CORS' own headers list names, and those of a handshake or a challenge are for everybody. */
  private static final Pattern HEADER =
      Pattern.compile(
          "^(?!access-control|sec-|www-authenticate).*(?:" + NAMES + ")|^(?:set-)?cookie$",
          Pattern.CASE_INSENSITIVE);

  /**
   * A parameter of a query or a fragment, also of a URL that is a parameter itself. Which headers
   * are signed is no secret. A period or a comma at the end is the sentence's.
   */
  private static final Pattern PARAMETER =
      Pattern.compile(
          "((?:[?&#]|%(?:3F|26|23))(?!x-(?:amz|goog)-signedheaders=)"
              + named("=&")
              + ")"
              + "(?:(?!%26|%23)[^&#)"
              + END
              + "])*(?!%26|%23)[^&#).,:;"
              + END
              + "]",
          Pattern.CASE_INSENSITIVE);

  /** Of a path, as the session of a servlet. */
  private static final Pattern PATH_PARAMETER =
      Pattern.compile(
          "(?<=[^" + END + "])(;" + named("=&;/?#") + ")[^;&/?#).,:" + END + "]+",
          Pattern.CASE_INSENSITIVE);

  /** Lines that wait for their end. */
  private static final class Hiding extends Writer {

    private final PrintWriter out;
    private final StringBuilder waiting = new StringBuilder();

    Hiding(PrintWriter out) {
      this.out = out;
    }

    @Override
    public void write(char[] characters, int from, int length) {
      waiting.append(characters, from, length);
      int end = waiting.lastIndexOf("\n") + 1;
      if (end > 0) {
        pass(end);
      }
    }

    private void pass(int end) {
      out.write(hidden(waiting.substring(0, end)));
      waiting.delete(0, end);
    }

    @Override
    public void flush() {
      pass(waiting.length());
      out.flush();
    }

    @Override
    public void close() throws IOException {
      flush();
      out.close();
    }
  }

  private Secrets() {}

  /** Longer names are not parameters that somebody types. */
  private static String named(String ends) {
    String others = "[^" + ends + END + "]{0,100}?";
    return others
        + "(?:"
        + NAMES
        + "|code|\\bsid(?="
        + EQUALS
        + "))"
        + others
        + "(?:"
        + EQUALS
        + ")";
  }

  /** A text without them, whatever is around its URLs. */
  public static String hidden(String text) {
    String users = USER_INFO.matcher(text).replaceAll(NOT_SHOWN + "@");
    return without(PATH_PARAMETER, without(PARAMETER, users));
  }

  /** The value of a header without what is secret in it. Of a cookie the attributes stay. */
  public static String hiddenValue(String header, String value) {
    if (!HEADER.matcher(header).find()) {
      return value;
    }
    if (!Bytes.equalIgnoringCase(header, "Set-Cookie")) {
      return NOT_SHOWN;
    }
    int equals = value.indexOf('=');
    int attributes = value.indexOf(';');
    int end = attributes < 0 ? value.length() : attributes;
    return value.substring(0, equals < 0 || equals > end ? 0 : equals + 1)
        + NOT_SHOWN
        + value.substring(end);
  }

  private static String without(Pattern parameter, String text) {
    return parameter
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + NOT_SHOWN));
  }

  /** Writes lines without them. A line that has not ended waits for its end, or for a flush. */
  public static PrintWriter hidingIn(PrintWriter out) {
    return new PrintWriter(new Hiding(out), true);
  }
}
