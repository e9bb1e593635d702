package dev.crosswalk.cors.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Whole messages of Firefox, as its language packages have them, against the few words of them that
 * the table keeps. {@code src/test/languages/tables FOLDER --texts} prints them.
 */
@EnabledIfSystemProperty(named = "languages.texts", matches = ".+")
class LanguagesTest {

  /**
   * Of a thousand, so many may be told something else: two messages with the same words, or a name
   * that the words run into.
   */
  private static final int MAX_IN_THOUSAND = 10;

  @Test
  void a_message_in_any_language_has_the_cause_of_the_english_one() throws IOException {
    List<String> texts = Files.readAllLines(Path.of(System.getProperty("languages.texts")));
    Map<String, String> wrong = new TreeMap<>();
    for (String line : texts) {
      String[] parts = line.split("\t", 3);
      String code = ConsoleMessagesTest.code(parts[2]);
      // A variant is told under the code in front of the slash.
      if (!code.equals(parts[1].split("/", 2)[0])) {
        wrong.put(parts[0] + ": " + parts[2], code);
      }
    }
    assertTrue(texts.size() > 10_000, "texts: " + texts.size());
    assertEquals(0, wrong.size() * 1000 / texts.size() / MAX_IN_THOUSAND, wrong::toString);
  }
}
