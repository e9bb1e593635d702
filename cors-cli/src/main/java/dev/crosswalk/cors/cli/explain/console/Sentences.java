package dev.crosswalk.cors.cli.explain.console;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.explain.meaning.Meaning;
import dev.crosswalk.cors.cli.explain.meaning.OriginCheck;
import dev.crosswalk.cors.cli.explain.paste.Template;
import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.ConsoleSentence;
import java.util.ArrayList;
import java.util.List;

/**
 * The sentences that are known: those of today's browsers, which the kit prints, and those that are
 * written beside what they mean.
 */
final class Sentences {

  /** How much a sentence tells. Less gives way to more. */
  static final int REASON = 3;

  static final int CONSEQUENCE = 2;
  static final int NO_REASON = 1;
  static final int HIDDEN = 0;

  /** Older versions of Chrome have the same words as Safari for these. */
  private static final List<Cause> SHARED =
      List.of(Cause.METHOD_NOT_ALLOWED, Cause.HEADER_NOT_ALLOWED);

  private static final List<String> FRAMES = List.of("<", ">");

  /** What Chrome's network panel writes in front of a reason's name, which people paste alone. */
  private static final String NAMED = "Cross-Origin Resource Sharing error: ";

  /**
   * A sentence that is known.
   *
   * @param whose browser's or program's it is
   * @param code of its meaning; of a frame, {@code <} or {@code >}
   * @param strength how much it tells
   */
  record Sentence(String whose, String code, int strength, Template template) {
    Sentence as(String otherCode, int otherStrength) {
      return new Sentence(whose, otherCode, otherStrength, template);
    }
  }

  private final List<Sentence> sentences = new ArrayList<>();
  private final List<Sentence> frames = new ArrayList<>();

  private Sentences() {
    for (ConsoleSentence known : ConsoleSentence.all()) {
      int strength = known.cause() == Cause.NETWORK ? CONSEQUENCE : REASON;
      Template template = Template.of(tolerant(known));
      sentences.add(new Sentence(speaker(known), known.cause().name(), strength, template));
    }
    Meaning.blocks().forEach(this::read);
    for (OriginCheck check : OriginCheck.all()) {
      for (String words : check.says()) {
        sentences.add(new Sentence(check.program(), check.code(), REASON, Template.of(words)));
      }
    }
  }

  /**
   * Chrome comes from Safari's engine, and has kept sentences of it, for some years or until now.
   */
  private static String speaker(ConsoleSentence known) {
    String browser = known.engine().browser();
    if (!browser.equals("Safari")) {
      return browser;
    }
    return SHARED.contains(known.cause())
        ? "Safari or Chrome"
        : known.cause() == Cause.ACAO_MISSING ? "Chrome (old) and Safari" : browser;
  }

  private static final class Holder {
    private static final Sentences ALL = new Sentences();
  }

  static Sentences all() {
    return Holder.ALL;
  }

  List<Sentence> sentences() {
    return sentences;
  }

  /** Words around a sentence, before ({@code <}) or after ({@code >}) it. */
  List<Sentence> frames() {
    return frames;
  }

  /**
   * People copy a sentence without its end, and Firefox's status came later than its reasons. What
   * is in Chromium's list of schemes changes.
   */
  private static String tolerant(ConsoleSentence sentence) {
    String words = sentence.words();
    int end =
        switch (sentence.engine()) {
          case FIREFOX -> words.indexOf(")");
          case WEBKIT -> words.indexOf(". Status code");
          default -> words.indexOf(": chrome,");
        };
    String kept = end < 0 ? words : words.substring(0, end);
    return kept.endsWith(".") ? kept.substring(0, kept.length() - 1) : kept;
  }

  /** How much the sentences of a meaning tell. */
  static int strength(Facts.Block block) {
    return block.head().size() > 1 ? Integer.parseInt(block.head().get(1)) : REASON;
  }

  private void read(Facts.Block block) {
    List<Sentence> kind = FRAMES.contains(block.code()) ? frames : sentences;
    int strength = strength(block);
    for (String line : block.lines()) {
      if (Meaning.isSentence(line)) {
        int colon = line.indexOf(": ");
        String whose = line.substring(0, colon);
        String words = line.substring(colon + 2);
        kind.add(new Sentence(whose, block.code(), strength, Template.of(words)));
        if (words.startsWith(NAMED)) {
          Template name = Template.of(words.substring(NAMED.length()));
          kind.add(new Sentence(whose, block.code(), strength, name));
        }
      }
    }
  }
}
