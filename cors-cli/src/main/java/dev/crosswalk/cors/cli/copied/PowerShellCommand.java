package dev.crosswalk.cors.cli.copied;

import java.util.ArrayList;
import java.util.List;

/** What a browser's "Copy as PowerShell" holds: a session with its cookies, and one request. */
final class PowerShellCommand {

  /**
   * A piece of it.
   *
   * @param string whether it is the content of quotation marks
   */
  private record Piece(String text, boolean string) {}

  private PowerShellCommand() {}

  static void read(String text, CopiedRequest request) {
    List<Piece> pieces = pieces(text);
    String last = "";
    boolean inHeaders = false;
    List<String> cookie = new ArrayList<>();
    String name = "";
    for (Piece piece : pieces) {
      if (!piece.string()) {
        last = piece.text();
        inHeaders = last.contains("@{") || (inHeaders && !last.contains("}"));
        name = last.contains("=") ? name : "";
        method(last, request);
        continue;
      }
      if (last.contains("Net.Cookie(")) {
        cookie = new ArrayList<>(List.of(piece.text()));
      } else if (cookie.size() == 1 && last.strip().equals(",")) {
        request.header("Cookie", cookie.get(0) + "=" + piece.text());
        cookie = new ArrayList<>();
      } else if (inHeaders && name.isEmpty()) {
        name = piece.text();
      } else if (inHeaders) {
        header(name, piece.text(), request);
        name = "";
      } else {
        option(last, piece.text(), request);
      }
    }
    request.typeOfForm();
  }

  /** Firefox writes it without quotation marks. */
  private static void method(String text, CopiedRequest request) {
    int at = text.indexOf("-Method ");
    String rest = at < 0 ? "" : text.substring(at + "-Method ".length()).strip();
    String word = rest.split("\\s", 2)[0];
    if (!word.isEmpty()) {
      request.method(word);
    }
  }

  /** PowerShell knows nothing of the colon before HTTP/2's own names. */
  private static void header(String name, String value, CopiedRequest request) {
    boolean ofHttp2 = List.of("authority", "method", "path", "scheme").contains(name);
    request.header(ofHttp2 ? ":" + name : name, value);
  }

  private static void option(String before, String value, CopiedRequest request) {
    if (before.contains("-Uri")) {
      request.url(value);
    } else if (before.contains("-Method")) {
      request.method(value);
    } else if (before.contains("-ContentType")) {
      request.header("Content-Type", value);
    } else if (before.contains("-Body")) {
      request.data(value);
    } else if (before.contains(".UserAgent")) {
      request.header("User-Agent", value);
    }
  }

  /** The strings, with what a backtick or a doubled quotation mark keeps, and what is between. */
  private static List<Piece> pieces(String text) {
    List<Piece> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    boolean string = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
      if (string && c == '`' && next != 0) {
        piece.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next == 't' ? '\t' : next);
        i++;
      } else if (string && c == '"' && next == '"') {
        piece.append(c);
        i++;
      } else if (string && c == '$' && text.startsWith("$([char]", i)) {
        int close = text.indexOf(')', i);
        piece.append(character(close < 0 ? "" : text.substring(i + "$([char]".length(), close)));
        i = close < 0 ? text.length() : close;
      } else if (c == '"') {
        pieces.add(new Piece(piece.toString(), string));
        piece.setLength(0);
        string = !string;
      } else {
        piece.append(c);
      }
    }
    if (string) {
      throw new IllegalArgumentException("the PowerShell command ends inside quotation marks");
    }
    return pieces;
  }

  private static char character(String number) {
    try {
      return (char) Integer.parseInt(number);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the PowerShell command has $([char]...) without a number", e);
    }
  }
}
