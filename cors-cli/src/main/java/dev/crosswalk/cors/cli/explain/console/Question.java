package dev.crosswalk.cors.cli.explain.console;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.explain.clue.Clue;
import dev.crosswalk.cors.cli.explain.meaning.Speaker;
import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.explain.paste.Paste;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A question in a person's own words, with no sentence of a program in it: a block of {@code
 * questions.txt}, which describes its format.
 *
 * @param code of what it means
 * @param status whether a sign of it tells the status of the answer
 * @param unlessMistake whether a mistake in the code of the text tells more
 * @param signs that are all in the text
 * @param subjects what it is about, in the text as it was pasted; of several the first that is
 *     there
 */
record Question(
    String code, boolean status, boolean unlessMistake, List<Sign> signs, List<Pattern> subjects) {

  private static final String FILE = "questions.txt";

  private static final class Holder {
    private static final Map<String, Sign> SIGNS = new HashMap<>();
    private static final List<Question> ALL = new ArrayList<>();

    static {
      for (Facts.Block block : Facts.blocks(Question.class, FILE)) {
        if (block.code().equals("sign")) {
          List<Pattern> patterns =
              block.lines().stream()
                  .map(line -> Facts.withNamed(line, name -> sign(name).patterns()))
                  .map(Pattern::compile)
                  .toList();
          SIGNS.put(block.head().get(1), new Sign(patterns));
        } else {
          ALL.add(read(block));
        }
      }
    }

    /** A sign stands above the first question that has it. */
    private static Question read(Facts.Block block) {
      List<String> head = block.head();
      int with = head.indexOf("with");
      return new Question(
          block.code(),
          head.subList(1, with).contains("status"),
          head.subList(1, with).contains("unless-mistake"),
          head.subList(with + 1, head.size()).stream().map(Question::sign).toList(),
          block.values("subject").stream().map(Pattern::compile).toList());
    }
  }

  /**
   * Something that a person says.
   *
   * @param patterns any of which is enough
   */
  record Sign(List<Pattern> patterns) {

    boolean isIn(String plain) {
      return patterns.stream().anyMatch(pattern -> pattern.matcher(plain).find());
    }

    /** The group of the pattern that is found first in a text. */
    Optional<String> group(String plain) {
      return patterns.stream()
          .flatMap(pattern -> pattern.matcher(plain).results().limit(1))
          .min(Comparator.comparingInt(MatchResult::start))
          .flatMap(
              found ->
                  IntStream.rangeClosed(1, found.groupCount())
                      .mapToObj(found::group)
                      .filter(Objects::nonNull)
                      .findFirst());
    }
  }

  /** In the order in which they are looked for. */
  static List<Question> all() {
    return Holder.ALL;
  }

  private static Sign sign(String name) {
    return Optional.ofNullable(Holder.SIGNS.get(name))
        .orElseThrow(() -> new IllegalStateException(FILE + ": no sign " + name));
  }

  /** Whether a text that is made plain has a sign. */
  static boolean says(String sign, String plain) {
    return sign(sign).isIn(plain);
  }

  /** What a paste asks; empty if it is no question that is known. */
  static Optional<Fragment> in(Paste paste) {
    return all().stream()
        .filter(question -> question.isIn(paste))
        .findFirst()
        .map(question -> question.asked(paste));
  }

  private boolean isIn(Paste paste) {
    return signs.stream().allMatch(sign -> sign.isIn(paste.plain()))
        && !(unlessMistake
            && Clue.isMistake(paste.whole(), paste.active().cut(0, paste.active().length())));
  }

  private Fragment asked(Paste paste) {
    String answered = status ? signs.get(0).group(paste.plain()).orElse("") : "";
    String name =
        subjects.stream()
            .map(pattern -> pattern.matcher(paste.cut(0, paste.length())))
            .filter(Matcher::find)
            .findFirst()
            .map(found -> found.group(1))
            .orElse("");
    Details details = Details.NONE.filled("status", answered).filled("subject", name);
    Fragment whole = Fragment.whole(paste, Speaker.PERSON, code);
    return new Fragment(whole.sentence(), 0, paste.length(), details);
  }
}
