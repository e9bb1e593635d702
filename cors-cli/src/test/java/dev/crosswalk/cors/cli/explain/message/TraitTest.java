package dev.crosswalk.cors.cli.explain.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.explain.clue.Clue;
import dev.crosswalk.cors.cli.explain.clue.FaultWords;
import dev.crosswalk.cors.cli.explain.meaning.Meaning;
import dev.crosswalk.cors.cli.explain.server.KnownServer;
import dev.crosswalk.cors.cli.explain.sign.SignRules;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Trait;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the words of a data file tell is what they are marked with: the program reads the mark
 * alone.
 */
class TraitTest {

  private static final Pattern LINE = Pattern.compile("(?:advice[^:]*|note): (.*)");

  private static Stream<Advice> all() {
    Stream<Advice> ofSigns = SignRules.all().rules().stream().map(SignRules.Rule::advice);
    Map<Class<?>, List<String>> files =
        Map.of(
            Meaning.class, List.of("console.txt", "services.txt"),
            KnownServer.class, List.of("known.txt"),
            FaultWords.class, List.of("layer-faults.txt"),
            Clue.class, Clue.FILES);
    return Stream.concat(
        ofSigns,
        files.entrySet().stream()
            .flatMap(
                each -> each.getValue().stream().flatMap(file -> advice(each.getKey(), file))));
  }

  private static Stream<Advice> advice(Class<?> reader, String file) {
    return Facts.lines(reader, file).stream()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .map(line -> Advice.read(line.group(1), file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "ADDS_PAGE  ~ (?i)(?:^|[.:;,(] |\\b(?:and|or|then) )(?:add|enter|list|register) the page's (?:own )?(?:origin|address)",
        "AS_IT_IS   ~ \\b(?:list|allow)s? [^.]{1,40}\\balready[.,]",
        "READS_BODY ~ (?i)\\bthe body of the response\\b"
      })
  void words_that_tell_it_are_marked(Trait trait, Pattern words) {
    List<Advice> telling = all().filter(each -> words.matcher(each.words()).find()).toList();
    assertTrue(telling.size() > 1, trait::name);
    assertEquals(List.of(), telling.stream().filter(each -> !each.has(trait)).toList());
  }

  private static final Pattern OPEN =
      Pattern.compile(
          "^(?:[A-Z][A-Za-z0-9. ]{0,30}: )?If\\b|^[^.]*\\b(?:most (?:likely|often)|probably|usually|perhaps)\\b|^[^.]*\\. If\\b");

  /** What is told in general of a cause, such as in console.txt, need not be. */
  @Test
  void what_leaves_open_whether_it_is_so_is_marked() {
    List<Advice> open =
        Stream.of(
                Clue.all().stream().map(Clue::advice),
                SignRules.all().rules().stream().map(SignRules.Rule::advice),
                KnownServer.all().stream().map(KnownServer::note),
                FaultWords.all().stream().map(FaultWords::advice))
            .flatMap(each -> each)
            .filter(each -> OPEN.matcher(each.words()).find())
            .toList();
    assertTrue(open.size() > 386);
    assertEquals(List.of(), open.stream().filter(each -> !each.has(Trait.PERHAPS)).toList());
  }
}
