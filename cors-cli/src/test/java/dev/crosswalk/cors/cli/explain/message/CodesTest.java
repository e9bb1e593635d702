package dev.crosswalk.cors.cli.explain.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.explain.clue.Clue;
import dev.crosswalk.cors.cli.explain.console.Console;
import dev.crosswalk.cors.cli.explain.meaning.Meaning;
import dev.crosswalk.cors.cli.explain.sign.SignRules;
import dev.crosswalk.cors.cli.remedy.error.KnownBody;
import dev.crosswalk.cors.tck.browser.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What depends on a cause depends on one that somebody can be told: a typo in it is silent. */
class CodesTest {

  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*");

  /** What is compared is not told by that. */
  private static final Pattern LITERAL = Pattern.compile("(?<!equals\\()\"(" + CODE + ")\"");

  private static final Pattern COMPARED =
      Pattern.compile(
          "\\b(?:code|asked)(?:\\(\\))?\\s*\\.equals\\(\"(" + CODE + ")(?:/[a-z-]+)?\"");

  private static Stream<List<Facts.Block>> dependents() {
    return Stream.of(
        Clue.FILES.stream().flatMap(file -> Facts.blocks(Clue.class, file).stream()).toList(),
        Facts.blocks(SignRules.class, "signs.txt"));
  }

  @ParameterizedTest
  @MethodSource("dependents")
  void what_depends_on_a_cause_names_one_that_is_told(List<Facts.Block> dependents)
      throws IOException {
    Set<String> asked = new TreeSet<>();
    for (Facts.Block block : dependents) {
      List<String> head = block.head();
      if (!head.get(0).equals("once")) {
        int signs = head.indexOf("with");
        asked.addAll(codes(head.subList(0, signs < 0 ? head.size() : signs)));
      }
    }
    assertTrue(asked.size() > 60, asked::toString);
    asked.removeAll(told());
    assertEquals(Set.of(), asked);
  }

  /** A typo there is a branch that never runs. */
  @Test
  void what_the_program_compares_a_cause_with_is_told() throws IOException {
    Set<String> compared = new TreeSet<>();
    for (String source : sources()) {
      COMPARED.matcher(source).results().forEach(found -> compared.add(found.group(1)));
    }
    assertTrue(compared.size() > 41, compared::toString);
    compared.removeAll(told());
    assertEquals(Set.of(), compared);
  }

  private static Set<String> told() throws IOException {
    Set<String> told = new TreeSet<>();
    Stream.of(Cause.values()).map(Cause::name).forEach(told::add);
    for (String file : List.of("console.txt", "services.txt", "origin-checks.txt")) {
      Facts.blocks(Meaning.class, file).forEach(block -> told.addAll(codes(block.head())));
    }
    Facts.blocks(Console.class, "questions.txt").forEach(block -> told.addAll(codes(block.head())));
    Facts.blocks(KnownBody.class, "bodies.txt").forEach(block -> told.addAll(codes(block.head())));
    for (String source : sources()) {
      LITERAL.matcher(source).results().forEach(literal -> told.add(literal.group(1)));
    }
    return told;
  }

  private static List<String> sources() throws IOException {
    List<String> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        sources.add(Files.readString(file));
      }
    }
    return sources;
  }

  /** Of the words of a head, those in capital letters; a variant has its code in front. */
  private static List<String> codes(List<String> head) {
    return head.stream()
        .map(word -> word.replaceFirst("^!", "").replaceFirst("/.*", ""))
        .filter(word -> CODE.matcher(word).matches())
        .toList();
  }
}
