package dev.crosswalk.cors.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.tck.rules.Catalogue;
import dev.crosswalk.cors.tck.rules.Catalogue.Entry;
import dev.crosswalk.cors.tck.rules.Catalogue.Result;
import dev.crosswalk.cors.tck.rules.Catalogue.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

  /** Whether every rule meets every mutant, or only those that have to catch it. */
  private static final boolean FULL = Boolean.getBoolean("matrix.full");

  private final Map<Mutant, Map<String, Result>> matrix = new LinkedHashMap<>();
  private Map<String, Result> reference = Map.of();

  /** All rules, without JUnit, against one server. */
  static final class Run extends CorsTck {
    private final Mutant mutant;

    Run(Mutant mutant) {
      super(true);
      this.mutant = mutant;
    }

    @Override
    protected ServerUnderTest start(Cors cors, TestApplication application) throws Exception {
      if (mutant == null) {
        return new JdkServer(cors, application).underTest();
      }
      Cors taken = cors == null && mutant.step().acceptsNull() ? CorsPolicy.none() : cors;
      return new MutantServer(taken, application, mutant.step()).underTest();
    }

    Map<String, Result> results() throws Exception {
      Map<String, Result> results = new LinkedHashMap<>();
      for (Entry rule : Catalogue.rules()) {
        if (FULL || mutant == null || mutant.killers().contains(rule.id())) {
          results.put(rule.id(), rule.run(this));
          servers().endOfRule();
        }
      }
      servers().stop();
      return results;
    }
  }

  @BeforeAll
  void runRulesAgainstEveryMutant() throws Exception {
    LOGGER.setUseParentHandlers(false);
    reference = new Run(null).results();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Map<Mutant, Future<Map<String, Result>>> running = new LinkedHashMap<>();
      for (Mutant mutant : Mutant.all()) {
        running.put(mutant, threads.submit(() -> new Run(mutant).results()));
      }
      for (Mutant mutant : Mutant.all()) {
        matrix.put(mutant, running.get(mutant).get());
      }
    } finally {
      threads.shutdownNow();
      LOGGER.setUseParentHandlers(true);
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
    assertTrue(Mutant.all().size() >= 60, "mutants: " + Mutant.all().size());
    assertEquals(Mutant.all().size(), matrix.size());
    assertEquals(Mutant.all().size(), Mutant.all().stream().map(Mutant::name).distinct().count());
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
    for (Mutant mutant : Mutant.all()) {
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
    for (Mutant mutant : Mutant.all()) {
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

  /** The matrix, as a table that one can read: a line for each mutant, family by family. */
  private void write() throws IOException {
    StringBuilder table = new StringBuilder();
    TreeMap<String, TreeSet<String>> mutants = new TreeMap<>();
    TreeSet<String> catching = new TreeSet<>();
    int caught = 0;
    for (Mutant mutant : Mutant.all()) {
      List<String> broken = broken(mutant);
      caught += broken.isEmpty() ? 0 : 1;
      catching.addAll(broken);
      for (String id : broken) {
        mutants.computeIfAbsent(family(id), f -> new TreeSet<>()).add(mutant.name());
      }
      String shown = String.join(" ", broken.subList(0, Math.min(12, broken.size())));
      table.append(
          "| %s | %s | %d | %s%s |\n"
              .formatted(
                  mutant.defect(),
                  mutant.seenIn(),
                  broken.size(),
                  shown,
                  broken.size() > 12 ? " …" : ""));
    }
    StringBuilder families = new StringBuilder();
    mutants.forEach(
        (family, names) ->
            families.append(
                "| %s | %d | %d |\n"
                    .formatted(
                        family,
                        names.size(),
                        catching.stream().filter(id -> family(id).equals(family)).count())));
    String summary =
        "%d of %d wrong implementations are caught; %d of %d rules catch one.\n"
            .formatted(caught, Mutant.all().size(), catching.size(), Catalogue.rules().size());
    String page =
        "# Wrong implementations, and the rules that catch them\n\n"
            + summary
            + (FULL
                ? ""
                : "Each met the rules that have to catch it; -Dmatrix.full=true asks all.\n")
            + "\n| family | wrong implementations that it catches | rules that catch one |\n"
            + "| --- | --- | --- |\n"
            + families
            + "\n| an implementation that … | seen in | caught by | rules |\n"
            + "| --- | --- | --- | --- |\n"
            + table;
    Files.writeString(Path.of("target", "kill-matrix.md"), page);
    System.out.print(summary);
  }

  private static String family(String id) {
    return reference(id).family();
  }

  private static Entry reference(String id) {
    return Catalogue.rules().stream()
        .filter(rule -> rule.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
