package dev.crosswalk.cors.cli.explain.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is told of a layer that nothing uses is written in a file. */
class LayerUseTest {

  /** The words around it are those of the fault. */
  private static final int MAX_WORDS = 55;

  @Test
  void what_to_write_is_no_longer_than_a_person_reads() {
    List<String> written =
        LayerUse.all().stream()
            .flatMap(
                use -> Stream.of("write", "order").flatMap(key -> use.block().values(key).stream()))
            .toList();
    assertTrue(written.size() > 20);
    assertEquals(
        List.of(),
        written.stream().filter(words -> words.split("\\s+").length > MAX_WORDS).toList());
  }

  @Test
  void the_name_that_a_pattern_asks_for_is_one_that_a_layer_gets() {
    for (LayerUse use : LayerUse.all()) {
      boolean asked =
          Stream.of("used", "above", "below")
              .flatMap(key -> use.block().values(key).stream())
              .anyMatch(pattern -> pattern.contains("{name}"));
      boolean named =
          Stream.concat(use.made().stream(), use.layer().stream())
              .map(Pattern::pattern)
              .anyMatch(pattern -> Pattern.compile("(?<!\\\\)\\((?!\\?)").matcher(pattern).find());
      assertTrue(named || !asked, use.block().toString());
    }
  }
}
