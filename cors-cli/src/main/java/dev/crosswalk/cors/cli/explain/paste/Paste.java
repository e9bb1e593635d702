package dev.crosswalk.cors.cli.explain.paste;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text that somebody has pasted, made plain, so that what terminals, forums and editors do to it
 * does not matter: in lower case, without quotation marks of any kind, with one space for any white
 * space, and without what precedes a quoted or commented line. What was pasted is kept beside it,
 * as the values in it are to be shown as they are.
 */
public final class Paste {

  /** Consoles are long, but the message about CORS is within the first few hundred lines. */
  public static final int MAX_LENGTH = 64 * 1024;

  private static final String QUOTATION_MARKS = "'\"`´‘’‚‛“”„‟«»‹›′″「」『』＂＇\uFFFD";

  private static final int MAX_CALL = 60;

  /** How many letters of a sentence tell whether it can be in a text. */
  static final int ROW = 8;

  private static final Pattern CALL =
      Pattern.compile(
          "\\b(?:callback|cb|next|reject|new [a-z]{0,15}error)\\( ?(?:[a-z]{1,12} ){0,4}$");

  private static final int MAX_CLAUSE = 20;

  /** No program begins a sentence so. */
  private static final Pattern CLAUSE =
      Pattern.compile("\\b(?:when|if|though|while|from|an) (?:the |an |my )?$");

  /** A call that is commented out: its URL is not asked for. */
  private static final Pattern COMMENTED_CALL =
      Pattern.compile("(?m)^[ \\t]{0,80}//[ \\t]{0,8}[\\w$.]{1,80}\\([^\\n]{0,2000}$");

  /**
   * It starts where white space does, so that many line breaks are read once. A line with only a
   * star is the value of a header.
   */
  private static final Pattern COMMENTED =
      Pattern.compile(
          "(?:\\G|(?<!\\s))([^\\S\\n]*+)\\n\\s*+(?!\\*[ \\t]*+\\r?\\n)(?://|[>*#])++[ \\t]*");

  private final String text;
  private final String plain;
  private final int[] at;
  private @Nullable Paste active;
  private @Nullable CommentedOut comments;
  private @Nullable PastedText whole;
  private @Nullable Set<String> rows;

  private Paste(String text) {
    PlainText made = PlainText.of(text);
    this.text = text;
    this.plain = made.text();
    this.at = made.at();
  }

  public static Paste of(String pasted) {
    return new Paste(Markup.removed(pasted));
  }

  /** With the words whole that a window has broken at its edge; itself if there are none. */
  public Paste unwrapped() {
    String joined = CopyArtifacts.unwrapped(text);
    return joined.length() == text.length() ? this : new Paste(joined);
  }

  public static boolean isQuotationMark(char c) {
    return QUOTATION_MARKS.indexOf(c) >= 0;
  }

  public String plain() {
    return plain;
  }

  /**
   * Whether so many letters are in the plain text. Thousands of sentences are looked for, and most
   * of them begin as nothing in it does.
   *
   * @param row at most {@value #ROW} letters
   */
  boolean hasRow(String row) {
    if (row.length() < ROW) {
      return plain.contains(row);
    }
    if (rows == null) {
      Set<String> read = new HashSet<>();
      for (int end = ROW; end <= plain.length(); end++) {
        read.add(plain.substring(end - ROW, end));
      }
      rows = read;
    }
    return rows.contains(row);
  }

  /** Without the code in it that is commented out. */
  public Paste active() {
    if (active == null) {
      active = commentedOut().isOf(text) ? new Paste(commentedOut().active()) : this;
    }
    return active;
  }

  public CommentedOut commentedOut() {
    if (comments == null) {
      comments = CommentedOut.of(text);
    }
    return comments;
  }

  /**
   * As it is searched for more than words. What is commented out is not there, nor what a person
   * says not to have.
   */
  public PastedText whole() {
    if (whole == null) {
      String quoted = DeniedPrograms.withoutQuoted(active().text);
      Paste read = quoted.equals(active().text) ? active() : new Paste(quoted);
      whole =
          PastedText.of(
              DeniedPrograms.without(
                  read.plain + "\n" + read.cut(0, read.length()).toLowerCase(Locale.ROOT)));
    }
    return whole;
  }

  public int length() {
    return plain.length();
  }

  /** Whether it has letters that English does not have. */
  public boolean hasOtherLetters() {
    return plain.chars().anyMatch(c -> c > 0x7F && Character.isLetter(c));
  }

  /** Whether a position is between two letters of a Latin word; other scripts have no spaces. */
  public boolean isInsideWord(int position) {
    return position > 0
        && position < at.length
        && PlainText.isLatin(plain.charAt(position - 1))
        && PlainText.isLatin(plain.charAt(position))
        // Else there was a quotation mark.
        && at[position] == at[position - 1] + 1;
  }

  /** The same of where words start: a console counts repeated lines by a number in front. */
  boolean startsInsideWord(int position) {
    int digits = position;
    while (digits > 0 && Character.isDigit(plain.charAt(digits - 1))) {
      digits--;
    }
    boolean counted =
        digits < position
            && Character.isLetter(plain.charAt(position))
            && (digits == 0 || plain.charAt(digits - 1) == ' ');
    return isInsideWord(position) && !counted;
  }

  /** Whether a word at a position is the rest of another: "origin" in "allow-origin". */
  public boolean isAfterHyphen(int position) {
    return position > 1
        && PlainText.isLatin(plain.charAt(position))
        && plain.charAt(position - 1) == '-'
        && PlainText.isLatin(plain.charAt(position - 2))
        && at[position] == at[position - 2] + 2;
  }

  /**
   * Whether an English word at a position follows another character without a space between: "to"
   * is in "return_to", and no word there.
   */
  public boolean isGluedTo(int position) {
    char c = plain.charAt(position);
    return c >= 'a'
        && c <= 'z'
        && plain.charAt(position - 1) > ' '
        && plain.charAt(position - 1) < 0x7F
        && at[position] == at[position - 1] + 1;
  }

  /** Whether code would say the words at a position, {@code callback(new Error('...'))}. */
  public boolean isArgument(int position) {
    return CALL.matcher(plain.substring(Math.max(0, position - MAX_CALL), position)).find();
  }

  /** Whether a person says the words at a position: "even when the origin is not allowed". */
  public boolean isInClause(int position) {
    return CLAUSE.matcher(plain.substring(Math.max(0, position - MAX_CLAUSE), position)).find();
  }

  /** Where a position of the plain text is in what was pasted. */
  private int original(int position) {
    return position < at.length ? at[position] : text.length();
  }

  /**
   * What was pasted between two positions of the plain text, the marks around it included.
   *
   * @param from after the words that stand before it
   * @param to where the next words start; before {@code from}, there is nothing between them
   */
  public String cut(int from, int to) {
    if (to < from) {
      return "";
    }
    String cut = text.substring(from == 0 ? 0 : original(from - 1) + 1, original(to));
    // Most are within a line.
    return (cut.indexOf('\n') == -1 ? cut : COMMENTED.matcher(cut).replaceAll("$1\n")).strip();
  }

  /** What was pasted in front of a position, on the same line, and not before {@code from}. */
  public String beginningOfLine(int from, int to) {
    String before = text.substring(from == 0 ? 0 : original(from - 1) + 1, original(to));
    return before.substring(before.lastIndexOf('\n') + 1);
  }

  /** Whether a line ends at a space of the plain text. */
  public boolean isLineBreak(int position) {
    return position + 1 < at.length
        && text.substring(at[position], at[position + 1]).indexOf('\n') >= 0;
  }

  /** What was pasted from a position to the end of its line. */
  public String restOfLine(int from) {
    String rest = cut(from, Math.min(at.length, from + Template.MAX_HOLE));
    int end = rest.indexOf('\n');
    return end < 0 ? rest : rest.substring(0, end).strip();
  }

  /**
   * The word, or the quoted text, that starts at a position.
   *
   * @return without its marks, and without the punctuation that ends a sentence
   */
  public String wordAt(int from) {
    String rest = cut(from, Math.min(at.length, from + Template.MAX_HOLE));
    if (rest.length() > 1 && isQuotationMark(rest.charAt(0)) && rest.charAt(1) == ' ') {
      // It ends the word before.
      rest = rest.substring(1).strip();
    }
    if (!rest.isEmpty() && isQuotationMark(rest.charAt(0))) {
      // Marks of another kind inside are a part of the value.
      int inner =
          rest.length() > 3
                  && isQuotationMark(rest.charAt(1))
                  && rest.charAt(1) != rest.charAt(0)
                  && rest.charAt(2) > ' '
                  && !isQuotationMark(rest.charAt(2))
              ? 1
              : 0;
      for (int i = 1 + inner; i < rest.length(); i++) {
        boolean closes = i + 1 == rest.length() || !Character.isLetterOrDigit(rest.charAt(i + 1));
        if (isQuotationMark(rest.charAt(i)) && closes) {
          // French puts spaces inside.
          return rest.substring(1, i + inner).replace('\u00A0', ' ').strip();
        }
      }
    }
    int end = Math.max(0, LastUrl.behindHiddenHost(rest, 0));
    while (end < rest.length() && !PlainText.isSpace(rest.charAt(end))) {
      end++;
    }
    // A whole sentence in bold.
    String word = withoutPunctuation(rest.substring(0, end).replaceFirst("[*_]{2}$", ""));
    // The rest of a quoted value has been cut off.
    return !word.isEmpty() && isQuotationMark(word.charAt(0)) ? word.substring(1) : word;
  }

  /** Whether a quoted text starts at a position, and its end has been cut off. */
  boolean isOpen(int from) {
    String rest = cut(from, at.length);
    return !rest.isEmpty()
        && isQuotationMark(rest.charAt(0))
        && rest.chars().skip(1).noneMatch(c -> isQuotationMark((char) c));
  }

  /** The digits that start at a position, after marks and spaces. */
  public String numberAt(int from) {
    int start = from;
    while (start < plain.length() && " .:".indexOf(plain.charAt(start)) >= 0) {
      start++;
    }
    int end = start;
    while (end < plain.length() && Character.isDigit(plain.charAt(end))) {
      end++;
    }
    return plain.substring(start, end);
  }

  /** Without the quotation mark at its start, and the one at its end. */
  public static String unquoted(String value) {
    String unquoted = value.strip();
    if (unquoted.length() > 1 && isQuotationMark(unquoted.charAt(0)) && unquoted.charAt(1) == ' ') {
      // It ends the word before.
      unquoted = unquoted.substring(1).strip();
    }
    if (!unquoted.isEmpty() && isQuotationMark(unquoted.charAt(0))) {
      unquoted = unquoted.substring(1);
    }
    if (!unquoted.isEmpty() && isQuotationMark(unquoted.charAt(unquoted.length() - 1))) {
      unquoted = unquoted.substring(0, unquoted.length() - 1);
    }
    // French puts spaces inside.
    return unquoted.replace('\u00A0', ' ').strip();
  }

  public static String withoutPunctuation(String word) {
    int end = word.length();
    while (end > 0
        && (".,;:!)]}>…".indexOf(word.charAt(end - 1)) >= 0
            || isQuotationMark(word.charAt(end - 1)))
        && !closes(word, end - 1)) {
      end--;
    }
    return word.substring(0, end);
  }

  /** Whether a bracket closes one that is in the word. */
  private static boolean closes(String word, int at) {
    int kind = ")]}>".indexOf(word.charAt(at));
    if (kind < 0) {
      return false;
    }
    int open = 0;
    for (int i = 0; i < at; i++) {
      open +=
          word.charAt(i) == "([{<".charAt(kind) ? 1 : word.charAt(i) == word.charAt(at) ? -1 : 0;
    }
    return open > 0;
  }

  /**
   * The last URL between two positions of the plain text.
   *
   * @return with its scheme; empty if there is none. Browsers write URLs in ASCII, so that the next
   *     language's word ends it, even if no space does
   */
  public String lastUrl(int from, int to) {
    String between = from == 0 ? text.substring(0, original(to)) : cut(from, to);
    String active = LastUrl.in(COMMENTED_CALL.matcher(between).replaceAll(""));
    return active.isEmpty() ? LastUrl.in(between) : active;
  }

  /** The first URL between two positions of the plain text; empty if there is none. */
  public String firstUrl(int from, int to) {
    String between = cut(from, to);
    int scheme = between.indexOf("://");
    if (scheme < 0) {
      return "";
    }
    int end = scheme;
    while (end < between.length() && between.charAt(end) > ' ') {
      end++;
    }
    return LastUrl.in(between.substring(0, end));
  }
}
