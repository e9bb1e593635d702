package dev.crosswalk.cors.tck.browser;

import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * What a browser's console says of a cause. The table serves both ways: the model prints from it,
 * and a reader of a console looks a sentence up in it.
 *
 * @param engine whose console
 * @param cause what it complains of
 * @param words the sentence; what differs from one time to another is in braces, as in {@code
 *     Method {subject} is not allowed}: {@code value}, {@code subject}, {@code status}, {@code
 *     origin} and {@code url}
 */
public record ConsoleSentence(Engine engine, Cause cause, String words) {

  private static final List<ConsoleSentence> ALL = read();

  /**
   * {@return every sentence of today's browsers about CORS, at most one of an engine for a cause}
   */
  public static List<ConsoleSentence> all() {
    return ALL;
  }

  private static List<ConsoleSentence> read() {
    try (InputStream in = ConsoleSentence.class.getResourceAsStream("console.txt")) {
      if (in == null) {
        throw new IllegalStateException("the kit's jar has no console.txt");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split(" \\| ", 3))
          .map(
              parts ->
                  new ConsoleSentence(
                      Engine.valueOf(parts[0].toUpperCase(Locale.ROOT)),
                      Cause.valueOf(parts[1]),
                      parts[2]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An engine's sentence about a cause, filled; empty if it has none. */
  static String of(Engine engine, Cause cause, NotShared refusal, String status) {
    return ALL.stream()
        .filter(sentence -> sentence.engine == engine && sentence.cause == cause)
        .findFirst()
        .map(sentence -> sentence.filled(refusal, status))
        .orElse("");
  }

  private String filled(NotShared refusal, String status) {
    return words
        .replace("{status}", status)
        .replace("{url}", refusal.where().url())
        .replace("{origin}", refusal.where().origin())
        .replace("{value}", printable(refusal.value()))
        .replace("{subject}", printable(refusal.subject()));
  }

  private String printable(String value) {
    return engine.numbersUnprintableCharacters() ? escaped(value) : value;
  }

  private static String escaped(String value) {
    StringBuilder escaped = new StringBuilder();
    for (char c : value.toCharArray()) {
      escaped.append(c < 0x20 || c > 0x7E ? String.format("\\u%04X", (int) c) : String.valueOf(c));
    }
    return escaped.toString();
  }
}
