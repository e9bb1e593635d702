package dev.crosswalk.cors.internal.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the format of {@link java.util.Properties#load(java.io.Reader)}, in UTF-8. The JDK's own
 * reader does not keep line numbers, and drops all but the last of equal keys.
 */
public final class PropertyFile {

  /** 100 000 of the longest origins are twice as long, but nobody has them in a file. */
  public static final int MAX_BYTES = 16 * 1024 * 1024;

  /**
   * A key and its value.
   *
   * @param line the line of the key, from 1
   * @param breaks where the value continues on the next line, as offsets in the value
   */
  public record Entry(String key, String value, int line, List<Integer> breaks) {}

  /** What can be wrong with a file. */
  public enum Fault {
    FILE_MISSING,
    SEVERAL,
    UNREADABLE,
    TOO_LONG,
    ENCODING,
    SYNTAX,
    ORIGIN_LINE,
    YAML
  }

  /**
   * Something wrong with the file.
   *
   * @param value what is against the syntax; null if the file as a whole cannot be read
   * @param detail what the sentence about it names; empty if that is nothing
   * @param source the file, and the line if there is one
   */
  public record Flaw(Fault fault, @Nullable String value, String detail, String source) {}

  private final String name;
  private final String text;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Flaw> flaws = new ArrayList<>();
  private int at;
  private int line = 1;

  private PropertyFile(String name, String text) {
    this.name = name;
    this.text = text;
  }

  /**
   * @param name what to call the file in problems
   */
  public static PropertyFile read(String name, byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      return unreadable(name, Fault.TOO_LONG, String.valueOf(MAX_BYTES));
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return unreadable(name, Fault.ENCODING, "");
    }
    PropertyFile file = new PropertyFile(name, text);
    file.at = text.startsWith("\uFEFF") ? 1 : 0;
    file.parse();
    return file;
  }

  public static PropertyFile unreadable(String name, Fault fault, String detail) {
    PropertyFile file = new PropertyFile(name, "");
    file.flaws.add(new Flaw(fault, null, detail, name));
    return file;
  }

  public String name() {
    return name;
  }

  public List<Entry> entries() {
    return entries;
  }

  public List<Flaw> flaws() {
    return flaws;
  }

  private void parse() {
    while (at < text.length()) {
      skipBlanks();
      if (isAtEndOfLine()) {
        endLine();
      } else if (text.charAt(at) == '#' || text.charAt(at) == '!') {
        while (!isAtEndOfLine()) {
          at++;
        }
      } else if (text.charAt(at) == '\\' && isEndOfLine(at + 1)) {
        // Nothing goes on in the next line, which may be a comment therefore.
        at++;
      } else {
        entry();
      }
    }
  }

  private void entry() {
    int keyLine = line;
    List<Integer> breaks = new ArrayList<>();
    String key = word(true, breaks);
    breaks.replaceAll(offset -> 0);
    skipBlanks(breaks);
    if (at < text.length() && (text.charAt(at) == '=' || text.charAt(at) == ':')) {
      at++;
      skipBlanks(breaks);
    }
    String value = word(false, breaks);
    entries.add(new Entry(key, value, keyLine, breaks));
  }

  /** Reads to the end of the key, or of the logical line, and resolves escapes. */
  private String word(boolean isKey, List<Integer> breaks) {
    StringBuilder word = new StringBuilder();
    while (!isAtEndOfLine()) {
      char c = text.charAt(at);
      if (isKey && (c == '=' || c == ':' || isBlank(c))) {
        break;
      }
      at++;
      if (c != '\\') {
        word.append(c);
      } else if (isAtEndOfLine()) {
        endLine();
        skipBlanks();
        breaks.add(word.length());
      } else {
        escape(word);
      }
    }
    return word.toString();
  }

  private void escape(StringBuilder word) {
    char c = text.charAt(at++);
    switch (c) {
      case 't' -> word.append('\t');
      case 'n' -> word.append('\n');
      case 'r' -> word.append('\r');
      case 'f' -> word.append('\f');
      case 'u' -> {
        int end = Math.min(at + 4, text.length());
        int code = end - at < 4 ? -1 : hex(text, at, end);
        if (code < 0) {
          flaws.add(
              new Flaw(
                  Fault.SYNTAX,
                  "\\u" + text.substring(at, end).lines().findFirst().orElse(""),
                  "",
                  name + ":" + line));
        } else {
          word.append((char) code);
          at = end;
        }
      }
      default -> word.append(c);
    }
  }

  /** Returns a number of four digits; negative if one of them is not a digit. */
  private static int hex(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
      value = value << 4 | digit; // What is negative once stays negative.
    }
    return value;
  }

  private void skipBlanks(List<Integer> breaks) {
    skipBlanks();
    while (at < text.length() && text.charAt(at) == '\\' && isEndOfLine(at + 1)) {
      at++;
      endLine();
      skipBlanks();
      breaks.add(0);
    }
  }

  private void skipBlanks() {
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\f';
  }

  private boolean isAtEndOfLine() {
    return isEndOfLine(at);
  }

  private boolean isEndOfLine(int index) {
    return index == text.length() || text.charAt(index) == '\n' || text.charAt(index) == '\r';
  }

  private void endLine() {
    if (at < text.length()) {
      at += text.startsWith("\r\n", at) ? 2 : 1;
      line++;
    }
  }

  /**
   * Returns where a value has what its author takes for a comment: {@code # …} or {@code // …}
   * behind a space; -1 if nowhere.
   */
  public static int comment(String value) {
    for (int i = 0; i < value.length(); i++) {
      boolean isApart = i == 0 || value.charAt(i - 1) <= ' ';
      if (isApart && (value.charAt(i) == '#' || i > 0 && value.startsWith("//", i))) {
        return i;
      }
    }
    return -1;
  }
}
