package dev.crosswalk.cors.cli.explain.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.crosswalk.cors.cli.explain.sign.SignRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whoever reads an advice at a console has to act on it. */
class AdviceLengthTest {

  private static final Path DATA = Path.of("src/main/resources/dev/crosswalk/cors/cli");

  private static final int MAX_WORDS = 75;

  /** Of a clue, which often stands in front of others. */
  private static final int MAX_WORDS_OF_CLUES = 70;

  /** Each file with advice, and nine tenths of the lines that it had when this was written. */
  private static final Map<String, Integer> AT_LEAST =
      Map.ofEntries(
          Map.entry("check/causes.txt", 188),
          Map.entry("check/origin-mistakes.txt", 68),
          Map.entry("explain/layer/uses.txt", 30),
          Map.entry("explain/clue/answers.txt", 106),
          Map.entry("explain/clue/askers.txt", 101),
          Map.entry("explain/clue/clouds.txt", 126),
          Map.entry("explain/clue/code.txt", 89),
          Map.entry("explain/clue/errors.txt", 45),
          Map.entry("explain/clue/facts.txt", 35),
          Map.entry("explain/clue/frameworks.txt", 262),
          Map.entry("explain/clue/gateways.txt", 98),
          Map.entry("explain/clue/handlers.txt", 40),
          Map.entry("explain/clue/headers.txt", 63),
          Map.entry("explain/clue/limits.txt", 172),
          Map.entry("explain/clue/lists.txt", 152),
          Map.entry("explain/clue/mistakes.txt", 169),
          Map.entry("explain/clue/preflights.txt", 8),
          Map.entry("explain/clue/products.txt", 78),
          Map.entry("explain/clue/unread.txt", 76),
          Map.entry("explain/clue/remarks.txt", 39),
          Map.entry("explain/meaning/console.txt", 688),
          Map.entry("explain/server/known.txt", 441),
          Map.entry("explain/clue/layer-faults.txt", 103),
          Map.entry("explain/sign/layer-words.txt", 55),
          Map.entry("explain/meaning/origin-checks.txt", 320),
          Map.entry("explain/meaning/services.txt", 702),
          Map.entry("explain/sign/signs.txt", 333),
          Map.entry("remedy/answer/routers.txt", 30),
          Map.entry("remedy/error/bodies.txt", 246),
          Map.entry("remedy/layer/layers.txt", 48));

  /** What these have is looked for in texts, or names what stands in them. */
  private static final Set<String> WITHOUT_ADVICE =
      Set.of(
          "explain/console/chrome.txt",
          "explain/console/firefox.txt",
          "explain/console/questions.txt",
          "explain/layer/server-settings.txt",
          "explain/lines/header-lines.txt",
          "explain/lines/layer-keys.txt",
          "explain/software.txt",
          "explain/words/words.txt");

  /** A rule of signs has its advice in a line of its own, which {@link SignRules} tells. */
  private static final String SIGNS = "explain/sign/signs.txt";

  private static final Predicate<String> IS_ADVICE =
      Pattern.compile(
              "(?:advice[^:]*|cause|errors|host|list|note|null|order|paths|place|proxy|remedy|scheme|step"
                  + "|trap|write): .*")
          .asMatchPredicate();

  private static final Pattern MARKS =
      Pattern.compile("^(?:[a-z][^:@]{0,60}: )?(?:@[A-Z_]+ )*|\\{program|}");

  @Test
  void every_file_is_known_to_have_advice_or_none() throws IOException {
    Set<String> known = new TreeSet<>(AT_LEAST.keySet());
    known.addAll(WITHOUT_ADVICE);
    try (Stream<Path> files = Files.walk(DATA)) {
      // A template is a configuration, and no sentence.
      assertEquals(
          known,
          files
              .map(file -> DATA.relativize(file).toString().replace('\\', '/'))
              .filter(file -> file.endsWith(".txt") && !file.startsWith("remedy/template/"))
              .collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  @TestFactory
  Stream<DynamicTest> no_advice_of_a_file_is_longer_than_a_person_reads() {
    return AT_LEAST.entrySet().stream()
        .map(file -> dynamicTest(file.getKey(), () -> assertShort(file.getKey(), file.getValue())));
  }

  private static void assertShort(String file, int atLeast) throws IOException {
    List<String> advice =
        file.equals(SIGNS)
            ? SignRules.all().rules().stream().map(rule -> rule.advice().words()).toList()
            : Files.readAllLines(DATA.resolve(file)).stream().filter(IS_ADVICE).toList();
    assertTrue(advice.size() >= atLeast, () -> "only " + advice.size() + ", not " + atLeast);
    int most = file.contains("/clue/") ? MAX_WORDS_OF_CLUES : MAX_WORDS;
    Stream<String> longer =
        advice.stream()
            .map(line -> MARKS.matcher(line).replaceAll(""))
            .filter(words -> words.strip().split("\\s+").length > most);
    assertEquals(List.of(), longer.toList());
  }
}
