package dev.crosswalk.cors.cli.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Crosswalk;
import dev.crosswalk.cors.tck.JdkServer;
import dev.crosswalk.cors.tck.Mutant;
import dev.crosswalk.cors.tck.MutantServer;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.TestApplication;
import dev.crosswalk.cors.tck.rules.Permissions;
import dev.crosswalk.cors.tck.rules.TestPolicy;
import dev.crosswalk.cors.tck.url.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import picocli.CommandLine.Help.Ansi;

/**
 * The kit's wrong servers, seen from outside: {@code check} names what is wrong with each, or a
 * list says why it cannot. A build tries a few of them; {@code -Dmutants=all} tries all, holds the
 * list to be true, and writes the page with {@code -Dsensitivity.write=true}.
 */
class SensitivityTest {

  static final List<TestPolicy> POLICIES =
      List.of(
          TestPolicy.CREDENTIALS,
          TestPolicy.PATTERNS,
          TestPolicy.ANY_ORIGIN,
          TestPolicy.SINGLE,
          TestPolicy.NULL_ORIGIN,
          TestPolicy.LIST,
          TestPolicy.CREDENTIALS_ANY,
          TestPolicy.ANYTHING,
          TestPolicy.NONE);

  private static final String GUARD =
      "It is about a guard against writes, of which a profile says nothing";

  private static final boolean ALL = "all".equals(System.getProperty("mutants"));

  /** In a build one of so many is tried, and the right server under the first few policies. */
  private static final int SAMPLE = 32;

  static final List<TestPolicy> TRIED = ALL ? POLICIES : POLICIES.subList(0, 3);

  // The mutants log what they do wrong. Held, or it is collected.
  private static final Logger LOGGER = Logger.getLogger("dev.crosswalk.cors");

  @BeforeAll
  static void keepQuiet() {
    LOGGER.setLevel(Level.OFF);
  }

  @AfterAll
  static void speakAgain() {
    LOGGER.setLevel(null);
  }

  @ParameterizedTest
  @FieldSource("TRIED")
  void nothing_is_found_on_the_server_that_is_right(TestPolicy policy) throws Exception {
    assertEquals(List.of(), found(policy, new MutantServer.Step()));
  }

  @Test
  void a_mistake_is_named_or_listed_with_the_reason() throws Exception {
    Map<String, String> reasons = reasons();
    List<Mutant> mutants = new ArrayList<>();
    for (Mutant mutant : Mutant.all()) {
      if (ALL || !reasons.containsKey(mutant.name())) {
        mutants.add(mutant);
      }
    }
    if (!ALL) {
      mutants =
          IntStream.range(0, mutants.size())
              .filter(i -> i % SAMPLE == 0)
              .mapToObj(mutants::get)
              .toList();
    }
    assertTrue(mutants.size() >= 3, "mutants: " + mutants.size());
    Map<String, List<String>> seen = seen(mutants);
    List<String> wrong = new ArrayList<>();
    seen.forEach(
        (mutant, names) -> {
          if (names.isEmpty() != reasons.containsKey(mutant)) {
            wrong.add(
                mutant
                    + (names.isEmpty()
                        ? " is not seen; find it, or say in not-seen.txt why not"
                        : " is seen, and is listed in not-seen.txt: " + names));
          }
        });
    assertEquals(List.of(), wrong);
    if (ALL && Boolean.getBoolean("sensitivity.write")) {
      write(seen, reasons);
    }
  }

  @Test
  void the_pages_say_how_many_mistakes_there_are_and_how_many_are_seen() throws IOException {
    int all = Mutant.all().size();
    int seen = all - reasons().size();
    assertSays("what-check-sees.md", "Of " + all + " mistakes " + seen + " are seen and named.");
    assertSays("checking.md", "lists " + all + " servers with one mistake each.");
    assertSays("checking.md", "From outside, `check` sees " + seen + " of these mistakes.");
  }

  private static void assertSays(String page, String sentence) throws IOException {
    String text = Files.readString(Path.of("../docs").resolve(page)).replace('\n', ' ');
    assertTrue(text.contains(sentence), page + ": " + sentence);
  }

  /** What is found of each under the first policy that shows something. */
  private static Map<String, List<String>> seen(List<Mutant> mutants) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Map<String, Future<List<String>>> running = new LinkedHashMap<>();
      for (Mutant mutant : mutants) {
        running.put(mutant.name(), threads.submit(() -> found(mutant)));
      }
      Map<String, List<String>> seen = new LinkedHashMap<>();
      for (Map.Entry<String, Future<List<String>>> next : running.entrySet()) {
        seen.put(next.getKey(), next.getValue().get());
      }
      return seen;
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<String> found(Mutant mutant) throws Exception {
    for (TestPolicy policy : POLICIES) {
      List<String> found = found(policy, mutant.step());
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  private static List<String> found(TestPolicy policy, MutantServer.Step step) throws Exception {
    JdkServer http = new MutantServer(policy.cors(), new TestApplication(), step);
    ServerUnderTest server = http.underTest();
    try (AutoCloseable running = server.stop()) {
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      List<String> words = new ArrayList<>(List.of("check"));
      words.add(server.base().resolve("/resource").toString());
      words.addAll(options(policy.permissions()));
      Crosswalk.run(
          new PrintWriter(out), new PrintWriter(err), Ansi.OFF, words.toArray(new String[0]));
      assertEquals("", err.toString(), policy + " " + running);
      return out.toString()
          .lines()
          .filter(line -> line.startsWith("  CAUSE  ") || line.startsWith("  BROKEN "))
          .map(line -> line.substring("  BROKEN  ".length()).strip())
          .toList();
    }
  }

  /** What the policy allows, as one says it on the command line. */
  private static List<String> options(Permissions policy) {
    Map<String, List<String>> options = new LinkedHashMap<>();
    boolean everybody = policy.origins().contains("*");
    options.put("--allowed-origin", policy.origins());
    options.put("--refused-origin", everybody ? List.of() : List.of(TestPolicy.EVIL));
    boolean anyMethod = policy.methods().contains("*");
    options.put("--method", anyMethod ? List.of("PUT", "PATCH") : policy.methods());
    options.put("--refused-method", anyMethod ? List.of() : List.of("PURGE"));
    boolean anyHeader = policy.requestHeaders().contains("*");
    options.put("--header", anyHeader ? List.of("X-Tck", "X-Other") : policy.requestHeaders());
    options.put("--refused-header", anyHeader ? List.of() : List.of("X-Secret"));
    boolean anyExposed = policy.exposed().contains("*");
    options.put("--exposed-header", anyExposed ? List.of("X-Tck-Exposed") : policy.exposed());
    List<String> words = new ArrayList<>();
    options.forEach(
        (name, values) -> {
          if (!values.isEmpty()) {
            words.addAll(List.of(name, String.join(",", values)));
          }
        });
    words.add(policy.credentials() ? "--credentials" : "--no-credentials");
    if (policy.maxAge() != null) {
      words.addAll(List.of("--max-age", Long.toString(policy.maxAge().toSeconds())));
    }
    words.add("--allow-post");
    return words;
  }

  /** For each mutant that cannot be seen, why. */
  private static Map<String, String> reasons() throws IOException {
    Map<String, String> reasons = new TreeMap<>();
    for (Mutant mutant : Mutant.all()) {
      if (mutant.name().startsWith("GUARD")) {
        reasons.put(mutant.name(), GUARD);
      }
    }
    String reason = "";
    for (String line : list().lines().toList()) {
      if (line.endsWith(":")) {
        reason = line.substring(0, line.length() - 1);
      } else if (!line.startsWith("#") && !line.isBlank()) {
        for (String name : line.split(" ")) {
          reasons.put(name, reason);
        }
      }
    }
    return reasons;
  }

  private static String list() throws IOException {
    try (InputStream in = SensitivityTest.class.getResourceAsStream("not-seen.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  // The page.

  private static void write(Map<String, List<String>> seen, Map<String, String> reasons)
      throws IOException {
    StringBuilder page = new StringBuilder();
    page.append("# What check sees\n\n");
    page.append("The kit's wrong servers, each with one mistake, as `crosswalk check` sees them ");
    page.append("from outside, at one URL.\nA test writes this page. ");
    long named = seen.values().stream().filter(names -> !names.isEmpty()).count();
    page.append("Of ").append(seen.size()).append(" mistakes ").append(named);
    page.append(" are seen and named.\nNothing is found on the server that is right, under ");
    page.append(POLICIES.size()).append(" policies.\n\n## Seen\n\n");
    page.append("| mistake | what check says first |\n| --- | --- |\n");
    seen.forEach(
        (mutant, names) -> {
          if (!names.isEmpty()) {
            page.append("| ").append(words(mutant)).append(" | ");
            page.append(names.get(0).replaceAll("  +", " ")).append(" |\n");
          }
        });
    page.append("\n## Not seen\n");
    reasons.values().stream()
        .distinct()
        .sorted()
        .forEach(
            reason -> {
              page.append("\n").append(reason).append(":\n");
              page.append(
                  Mutant.all().stream()
                      .map(Mutant::name)
                      .filter(mutant -> reason.equals(reasons.get(mutant)))
                      .map(SensitivityTest::words)
                      .collect(Collectors.joining("; ", "", ".\n")));
            });
    Files.writeString(Path.of("../docs/what-check-sees.md"), page);
  }

  private static String words(String name) {
    return Bytes.lowerCase(name).replace('_', ' ');
  }
}
