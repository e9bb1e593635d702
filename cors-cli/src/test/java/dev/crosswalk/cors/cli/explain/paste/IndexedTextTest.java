package dev.crosswalk.cors.cli.explain.paste;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class IndexedTextTest {

  @Test
  void a_word_is_in_an_indexed_text_exactly_if_it_is_in_the_text() {
    Random random = new Random(3);
    int found = 0;
    for (int round = 0; round < 20_000; round++) {
      String text = letters(random, random.nextInt(30));
      String word = letters(random, random.nextInt(6));
      assertEquals(text.contains(word), new IndexedText(text).contains(word), text + ", " + word);
      found += text.contains(word) ? 1 : 0;
    }
    assertTrue(found > 2_000 && found < 18_000, "found: " + found);
  }

  private static String letters(Random random, int length) {
    return random
        .ints(length, 0, 4)
        .mapToObj("abć升"::charAt)
        .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
        .toString();
  }
}
