package dev.crosswalk.cors.cli.explain;

import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.ConsoleSentence;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sentences that are known, and what each means: those of today's browsers, which the kit
 * prints, and two files, of which {@code console.txt} tells of their form.
 */
final class Sentences {

  /** How much a sentence tells. Less gives way to more. */
  static final int REASON = 3;

  static final int CONSEQUENCE = 2;
  static final int NO_REASON = 1;
  static final int HIDDEN = 0;

  /** What browsers say, and what services, gateways and libraries do. */
  static final List<String> FILES = List.of("console.txt", "services.txt");

  /**
   * A sentence that is known.
   *
   * @param whose browser's or program's it is
   * @param code of its meaning; {@code <} or {@code >} of words around a sentence, before or after
   *     it
   * @param strength how much it tells
   */
  record Sentence(String whose, String code, int strength, Template template) {
    boolean isFrame() {
      return code.equals("<") || code.equals(">");
    }
  }

  private final List<Sentence> sentences = new ArrayList<>();
  private final Map<String, Meaning> meanings = new LinkedHashMap<>();

  private Sentences() {
    for (ConsoleSentence known : ConsoleSentence.all()) {
      int strength = known.cause() == Cause.NETWORK ? CONSEQUENCE : REASON;
      Template template = Template.of(tolerant(known));
      sentences.add(
          new Sentence(known.engine().browser(), known.cause().name(), strength, template));
    }
    FILES.forEach(file -> read(lines(file)));
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

  Optional<Meaning> meaning(String code) {
    return Optional.ofNullable(meanings.get(code));
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

  private void read(List<String> lines) {
    String code = "";
    int strength = REASON;
    List<String> about = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("[")) {
        keep(code, about);
        about = new ArrayList<>();
        String[] words = line.substring(1, line.indexOf(']')).split(" ", -1);
        code = words[0];
        strength = words.length > 1 ? Integer.parseInt(words[1]) : REASON;
        continue;
      }
      String key = line.contains(": ") ? line.substring(0, line.indexOf(": ")) : line;
      if (List.of("cause", "advice", "header", "element").contains(key)
          || line.startsWith("grant")) {
        about.add(line);
      } else {
        String words = line.substring(line.indexOf(": ") + 2);
        sentences.add(new Sentence(key, code, strength, Template.of(words)));
      }
    }
    keep(code, about);
  }

  private void keep(String code, List<String> about) {
    List<String> causes = valuesOf("cause", about);
    if (!causes.isEmpty()) {
      meanings.put(
          code,
          new Meaning(
              causes.get(0),
              valuesOf("advice", about),
              valuesOf("header", about),
              valuesOf("element", about),
              about.stream().filter(line -> line.startsWith("grant")).findFirst()));
    }
  }

  private static List<String> valuesOf(String key, List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(key + ": "))
        .map(line -> line.substring(key.length() + 2))
        .toList();
  }

  /** The lines of a file beside this class that say something. */
  static List<String> lines(String file) {
    try (InputStream in = Sentences.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("not in this program: " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
