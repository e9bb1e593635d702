package dev.crosswalk.cors.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.tck.rules.Catalogue;
import dev.crosswalk.cors.tck.rules.Catalogue.Entry;
import dev.crosswalk.cors.tck.rules.Catalogue.Result;
import dev.crosswalk.cors.tck.rules.Catalogue.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tests of the tests: all rules against wrong implementations, each with one defect. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillMatrixTest {

  private static final String WITHOUT_WEBSOCKETS =
      "com.sun.net.httpserver has no WebSockets, so that it is broken without a mutant";

  /** The rules that no mutant of the reference adapter can break, each with the reason. */
  private static final Map<String, String> CATCH_NOTHING =
      Map.of(
          "RO08",
          "com.sun.net.httpserver answers OPTIONS * itself",
          "IN16",
          "com.sun.net.httpserver speaks no HTTP/2",
          "GU08",
          "com.sun.net.httpserver speaks no HTTP/2",
          "IN17",
          WITHOUT_WEBSOCKETS,
          "IN22",
          WITHOUT_WEBSOCKETS,
          "GU37",
          WITHOUT_WEBSOCKETS);

  // The policy warns of a second layer for each policy of each mutant. Held, or it is collected.
  private static final Logger LOGGER = Logger.getLogger("dev.crosswalk.cors");

  private final Map<Mutant, Map<String, Result>> matrix = new EnumMap<>(Mutant.class);
  private Map<String, Result> reference = Map.of();

  /** All rules, without JUnit, against one server. */
  private static final class Run extends CorsTck {
    private final Mutant mutant;

    Run(Mutant mutant) {
      super(true);
      this.mutant = mutant;
    }

    @Override
    protected ServerUnderTest start(Cors cors, TestApplication application) throws Exception {
      return mutant == null
          ? new JdkServer(cors, application).underTest()
          : new MutantServer(cors, application, mutant.step()).underTest();
    }

    Map<String, Result> results() throws Exception {
      Map<String, Result> results = new LinkedHashMap<>();
      for (Entry rule : Catalogue.rules()) {
        results.put(rule.id(), rule.run(this));
        servers().endOfRule();
      }
      servers().stop();
      return results;
    }
  }

  @BeforeAll
  void runEveryRuleAgainstEveryMutant() throws Exception {
    LOGGER.setLevel(Level.OFF);
    reference = new Run(null).results();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      Map<Mutant, Future<Map<String, Result>>> running = new EnumMap<>(Mutant.class);
      for (Mutant mutant : Mutant.values()) {
        running.put(mutant, threads.submit(() -> new Run(mutant).results()));
      }
      for (Mutant mutant : Mutant.values()) {
        matrix.put(mutant, running.get(mutant).get());
      }
    } finally {
      threads.shutdownNow();
    }
    write();
  }

  private List<String> broken(Mutant mutant) {
    return matrix.get(mutant).values().stream()
        .filter(result -> result.status() == Status.BROKEN)
        .map(result -> result.rule().id())
        .filter(id -> reference.get(id).status() == Status.HOLDS)
        .toList();
  }

  @Test
  void there_are_at_least_two_hundred_rules_and_sixty_mutants() {
    assertTrue(Catalogue.rules().size() >= 200, "rules: " + Catalogue.rules().size());
    assertTrue(Mutant.values().length >= 60, "mutants: " + Mutant.values().length);
    assertEquals(Mutant.values().length, matrix.size());
  }

  @Test
  void every_rule_holds_for_the_reference_adapter_but_those_it_cannot_keep() {
    Map<String, String> broken = new TreeMap<>();
    reference.forEach(
        (id, result) -> {
          if (result.status() != Status.HOLDS && !CATCH_NOTHING.containsKey(id)) {
            broken.put(id, result.message());
          }
        });
    assertEquals(Map.of(), broken);
  }

  @Test
  void every_mutant_is_caught_by_the_rules_that_name_its_defect() {
    Map<String, String> survivors = new TreeMap<>();
    for (Mutant mutant : Mutant.values()) {
      List<String> missing = new ArrayList<>(mutant.killers());
      missing.removeAll(broken(mutant));
      if (!missing.isEmpty()) {
        survivors.put(mutant.name(), "not caught by " + missing + " but by " + broken(mutant));
      }
    }
    assertEquals("", lines(survivors));
  }

  @Test
  void every_rule_catches_a_mutant() {
    TreeSet<String> idle = new TreeSet<>(reference.keySet());
    for (Mutant mutant : Mutant.values()) {
      idle.removeAll(broken(mutant));
    }
    assertEquals(new TreeSet<>(CATCH_NOTHING.keySet()), idle);
  }

  @Test
  void no_rule_breaks_by_anything_but_an_assertion_with_a_sentence() {
    Map<String, String> faulty = new TreeMap<>();
    matrix.forEach(
        (mutant, results) ->
            results.forEach(
                (id, result) -> {
                  boolean silent =
                      result.status() == Status.BROKEN && result.message().length() < 20;
                  if (result.status() == Status.FAULTY || silent) {
                    faulty.put(id + " " + mutant, result.message());
                  }
                }));
    assertEquals("", lines(faulty));
  }

  private static String lines(Map<String, String> map) {
    StringBuilder text = new StringBuilder();
    map.forEach((key, value) -> text.append(key).append(": ").append(value).append('\n'));
    return text.toString();
  }

  /** The matrix, as a table that one can read: a line for each mutant. */
  private void write() throws IOException {
    StringBuilder table = new StringBuilder();
    int caught = 0;
    TreeSet<String> catching = new TreeSet<>();
    for (Mutant mutant : Mutant.values()) {
      List<String> broken = broken(mutant);
      caught += broken.isEmpty() ? 0 : 1;
      catching.addAll(broken);
      table
          .append("| ")
          .append(mutant.defect())
          .append(" | ")
          .append(mutant.seenIn())
          .append(" | ")
          .append(broken.size())
          .append(" | ")
          .append(String.join(" ", broken.subList(0, Math.min(12, broken.size()))))
          .append(broken.size() > 12 ? " …" : "")
          .append(" |\n");
    }
    String summary =
        caught
            + " of "
            + Mutant.values().length
            + " wrong implementations are caught; "
            + catching.size()
            + " of "
            + Catalogue.rules().size()
            + " rules catch one.\n";
    String page =
        "# Wrong implementations, and the rules that catch them\n\n"
            + summary
            + "\n| an implementation that … | seen in | caught by | rules |\n"
            + "| --- | --- | --- | --- |\n"
            + table;
    Files.writeString(Path.of("target", "kill-matrix.md"), page);
    System.out.print(table + summary);
  }
}
