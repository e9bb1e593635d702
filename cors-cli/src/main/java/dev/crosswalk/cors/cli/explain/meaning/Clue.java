package dev.crosswalk.cors.cli.explain.meaning;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.explain.paste.BoundedText;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.tck.url.Bytes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is beside a message in a paste, and tells more than the message does: the file {@code
 * clues.txt}, which says of its form.
 *
 * @param where codes of meanings; {@code *} for all that a server can allow, but {@code !CODE}; or
 *     {@code header}; with {@code alone}, nothing else is told
 * @param pattern of the plain text, or of the name of a header
 * @param advice what follows from it
 */
public record Clue(List<String> where, Pattern pattern, Advice advice) {

  /** The meaning of a text that is configuration or code, and no message. */
  public static final String MISTAKE = "CONFIGURATION";

  /** What counts for any server comes after what is known of one. */
  private static final String GENERAL = "general";

  /** What is usually told does not count there. */
  private static final String ALONE = "alone";

  /** Who begins so does not know. */
  private static final List<String> CONDITIONS = List.of("If ", "Where ", "With ", "Most ");

  private static final class Holder {
    private static final List<Clue> ALL =
        Facts.lines(Clue.class, "clues.txt").stream().map(Clue::read).toList();
  }

  private static Clue read(String line) {
    int first = line.indexOf(" | ");
    int last = line.lastIndexOf(" | ");
    return new Clue(
        List.of(line.substring(0, first).split(" ")),
        Pattern.compile(line.substring(first + 3, last), Pattern.DOTALL),
        Advice.read(line.substring(last + 3), "clues.txt"));
  }

  static List<Clue> all() {
    return Holder.ALL;
  }

  /**
   * A remedy with what the rest of the paste tells in front.
   *
   * @param plain the paste, made plain; empty if there is none
   * @param header name of a request header that is not allowed; empty if that is not the cause
   * @param known how many pieces of its advice are about that very server
   * @param configured whether it is one that somebody can configure; a provider's own is not
   */
  static Remedy told(Remedy remedy, String plain, String header, int known, boolean configured) {
    Set<Advice> advice = new LinkedHashSet<>();
    for (Clue clue : all()) {
      if (!configured && clue.where.contains(MISTAKE)) {
        continue;
      }
      if (clue.where.contains(ALONE) && clue.isAbout(remedy) && clue.isIn(plain)) {
        return new Remedy(
            remedy.code(), remedy.cause(), List.of(clue.advice), Optional.empty(), List.of());
      }
      if (clue.where.contains(GENERAL)) {
        advice.addAll(remedy.advice().subList(0, known));
      }
      if (clue.isAbout(remedy) && clue.isIn(plain)
          || clue.where.contains("header")
              && !header.isEmpty()
              && clue.isIn(Bytes.lowerCase(header))) {
        advice.add(clue.advice);
      }
    }
    advice.addAll(remedy.advice());
    return remedy.withOnlyAdvice(List.copyOf(advice));
  }

  /** Whether a text that is no message has something in it that is wrong for certain. */
  public static boolean isMistake(String plain) {
    return all().stream().anyMatch(clue -> clue.where.contains(MISTAKE) && clue.isIn(plain));
  }

  /** Whether it has something in it that leads to this, and that is told without an if. */
  static boolean isCertain(String plain, Remedy remedy) {
    return all().stream()
        .anyMatch(clue -> clue.isAbout(remedy) && !clue.isGuess() && clue.isIn(plain));
  }

  private boolean isGuess() {
    return advice.isAbout(Topic.GUESS) || CONDITIONS.stream().anyMatch(advice.words()::startsWith);
  }

  private boolean isIn(String text) {
    return BoundedText.findInPaste(pattern, text);
  }

  private boolean isAbout(Remedy remedy) {
    return where.contains(remedy.code())
        || where.contains("*")
            && !where.contains("!" + remedy.code())
            && remedy.grant().isPresent();
  }
}
