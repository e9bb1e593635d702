package dev.crosswalk.cors.cli.explain.paste;

import dev.crosswalk.cors.tck.url.Bytes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * All that was pasted, as it is searched for what stands beside a message: in plain words, and
 * below that as it was pasted, in lower case. Each message of a paste asks the same of it, so that
 * it keeps its answers.
 */
public final class PastedText {

  public static final PastedText NONE = new PastedText("", "");

  /** What is in a paste as it was pasted, and not in plain words. */
  private static final Pattern OF_MARKS = Pattern.compile("[\"'`]|\\\\[nr]");

  private final String plain;
  private final String pasted;
  private final IndexedText both;
  private final Map<Pattern, Boolean> found = new HashMap<>();
  private final Map<Class<?>, Object> read = new HashMap<>();

  private PastedText(String plain, String pasted) {
    this.plain = plain;
    this.pasted = pasted;
    this.both = new IndexedText(pasted.isEmpty() ? plain : plain + "\n" + pasted);
  }

  /** A few words, which are plain. */
  public static PastedText ofWords(String words) {
    return new PastedText(Bytes.lowerCase(words), "");
  }

  /**
   * Reads both.
   *
   * @param both plain words, and below their line what was pasted, in lower case
   */
  static PastedText of(String both) {
    int line = both.indexOf('\n');
    return line < 0
        ? new PastedText(both, "")
        : new PastedText(both.substring(0, line), both.substring(line + 1));
  }

  public String plain() {
    return plain;
  }

  /** With its marks and its lines, in lower case. */
  public String pasted() {
    return pasted;
  }

  /** The plain words, and below them what was pasted. */
  public String both() {
    return both.toString();
  }

  public boolean isEmpty() {
    return plain.isEmpty() && pasted.isEmpty();
  }

  /**
   * Whether a pattern is in it. Each thing is there twice, so that a pattern without marks is
   * looked for in the plain words alone: else whatever comes first comes last, too.
   */
  public boolean has(Pattern pattern) {
    return found.computeIfAbsent(
        pattern,
        each ->
            NeededWords.of(each).areIn(both::contains)
                && BoundedText.find(
                    each, OF_MARKS.matcher(each.pattern()).find() ? both() : plain));
  }

  /**
   * What is read from all that was pasted, and is the same for each message: it is read once.
   *
   * @param type of it; a paste has one of each
   */
  public <T> T read(Class<T> type, Supplier<T> reader) {
    Object known = read.get(type);
    if (known == null) {
      known = reader.get();
      read.put(type, known);
    }
    return type.cast(known);
  }

  /** Whether all of these are. The words that they need are looked for first. */
  public boolean hasAll(List<Pattern> patterns) {
    return patterns.stream().allMatch(each -> NeededWords.of(each).areIn(both::contains))
        && patterns.stream().allMatch(this::has);
  }
}
