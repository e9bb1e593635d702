package dev.crosswalk.cors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.PolicyProblem.Severity;
import dev.crosswalk.cors.internal.config.PropertyFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tries every example of {@code docs/problems.md}: what is in its left column must print what is in
 * its right one, word for word.
 *
 * <p>With {@code -Dproblems.write=true} the right column is written anew instead. Read every line
 * of the difference before it is committed: this is what users read.
 */
@DisplayName("The table of problems")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyProblemTest {

  static final Path TABLE = Path.of("..", "docs", "problems.md");

  /** One row of the table: a code, what was written line by line, and what is printed. */
  record Row(ProblemCode code, List<String> written, List<String> printed) {

    @Override
    public String toString() {
      return code + " by " + String.join(", ", written);
    }
  }

  private static final CorsPolicy POLICY =
      CorsPolicy.builder().allowOrigins("https://*.example.com").build();

  /** What cannot be said in a file. */
  private static final Map<String, Supplier<Cors>> IN_JAVA =
      Map.ofEntries(
          Map.entry(
              "CorsPolicy.builder().allowOrigins((String) null).build()",
              () -> CorsPolicy.builder().allowOrigins((String) null).build()),
          Map.entry(
              "CorsPolicy.builder().allowOrigins(\"https://${APP_HOST}\").build()",
              () -> CorsPolicy.builder().allowOrigins("https://${APP_HOST}").build()),
          Map.entry(
              "CorsPolicy.builder().allowAnyOrigin().maxAge(null).build()",
              () -> CorsPolicy.builder().allowAnyOrigin().maxAge(null).build()),
          Map.entry(
              "CrossOriginGuard.around(policy).trustOrigins(\"null\").build()",
              () -> CrossOriginGuard.around(POLICY).trustOrigins("null").build()),
          Map.entry(
              "CrossOriginGuard.around(policy).trustOrigins(\"https://*.example.com\").build()",
              () -> CrossOriginGuard.around(POLICY).trustOrigins("https://*.example.com").build()),
          Map.entry(
              "Cors.byPath(Collections.singletonMap(\"/\", null))",
              () -> Cors.byPath(Collections.singletonMap("/", null))),
          Map.entry(
              "cors.reload(Cors.byPath(Map.of(\"/\", cors)))",
              () -> {
                ReloadableCors cors = new ReloadableCors(POLICY);
                cors.reload(Cors.byPath(Map.of("/", cors)));
                return cors;
              }),
          Map.entry("Cors.byPath(Map.of())", () -> Cors.byPath(Map.of())),
          Map.entry("Cors.byHost(Map.of())", () -> Cors.byHost(Map.of())),
          Map.entry(
              "Cors.byHost(Map.of(\"https://a.example\", policy))",
              () -> Cors.byHost(Map.of("https://a.example", POLICY))),
          Map.entry(
              "Cors.byHost(Map.of(\"b\u00fccher.example\", policy))",
              () -> Cors.byHost(Map.of("b\u00fccher.example", POLICY))),
          Map.entry(
              "Cors.byHost(Map.of(\"*.example.com\", policy))",
              () -> Cors.byHost(Map.of("*.example.com", POLICY))),
          Map.entry(
              "Cors.byHost(Map.of(\"a.example:443\", policy))",
              () -> Cors.byHost(Map.of("a.example:443", POLICY))),
          Map.entry(
              "Cors.byHost(a.example and A.example)",
              () -> Cors.byHost(new TreeMap<>(Map.of("a.example", POLICY, "A.example", POLICY)))),
          Map.entry(
              "Cors.choosing(facts -> policy, \"Origin\")",
              () -> Cors.choosing(facts -> POLICY, "Origin")),
          Map.entry(
              "Cors.choosing(facts -> policy, \"Host\")",
              () -> Cors.choosing(facts -> POLICY, "Host")),
          Map.entry(
              "CorsConfiguration.load(Path.of(\"absent.properties\"))",
              () -> CorsConfiguration.load(Path.of("absent.properties"))),
          Map.entry(
              "CorsConfiguration.load()",
              () ->
                  load(
                      PropertyFile.unreadable(
                          "cors.properties",
                          PropertyFile.Fault.SEVERAL,
                          "file:/app/classes/cors.properties and"
                              + " jar:file:/app/lib.jar!/cors.properties"))),
          Map.entry(
              "CorsConfiguration.load(Path.of(\"secret.properties\"))",
              () ->
                  load(
                      PropertyFile.unreadable(
                          "secret.properties",
                          PropertyFile.Fault.UNREADABLE,
                          new AccessDeniedException("secret.properties").toString()))),
          Map.entry(
              "CorsConfiguration.load(Path.of(\"long.properties\"))",
              () ->
                  load(PropertyFile.read("long.properties", new byte[PropertyFile.MAX_BYTES + 1]))),
          Map.entry(
              "CorsConfiguration.load(Path.of(\"latin-1.properties\"))",
              () -> load(PropertyFile.read("latin-1.properties", new byte[] {(byte) 0xE4}))));

  private static Cors load(PropertyFile file) {
    return CorsConfiguration.load(
        file.name(),
        file.name(),
        name -> name.equals(file.name()) ? file : null,
        Map.of(),
        Map.of());
  }

  private List<Row> rows;

  @BeforeAll
  void readTheTable() throws IOException {
    rows = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(TABLE)) {
      Row row = line.startsWith("| `") ? row(line) : null;
      if (row != null && Boolean.getBoolean("problems.write")) {
        row = new Row(row.code(), row.written(), print(row.written()));
      }
      if (row != null) {
        rows.add(row);
      }
      lines.add(row == null ? line : line(row));
    }
    if (Boolean.getBoolean("problems.write")) {
      Files.write(TABLE, lines);
    }
  }

  static Row row(String line) {
    String[] cells = line.split(" \\| ", -1);
    assertEquals(3, cells.length, line);
    ProblemCode code =
        ProblemCode.valueOf(cells[0].substring("| `".length()).replace("`", "").strip());
    return new Row(code, spans(cells[1]), spans(cells[2].replaceFirst("\\|$", "")));
  }

  private static List<String> spans(String cell) {
    List<String> spans = new ArrayList<>();
    for (String span : cell.strip().split("<br>")) {
      if (!span.isBlank()) {
        spans.add(span.substring(1, span.length() - 1).replace("\\|", "|"));
      }
    }
    return spans;
  }

  private static String line(Row row) {
    return "| `" + row.code() + "` | " + cell(row.written()) + " | " + cell(row.printed()) + " |";
  }

  private static String cell(List<String> spans) {
    return "`" + String.join("`<br>`", spans).replace("|", "\\|") + "`";
  }

  static List<PolicyProblem> problems(List<String> written) {
    Supplier<Cors> inJava = IN_JAVA.get(written.get(0));
    Supplier<Cors> attempt = inJava != null ? inJava : () -> load(written);
    try {
      return attempt.get().warnings();
    } catch (InvalidCorsPolicyException e) {
      return e.problems();
    }
  }

  /** Lines that begin with CORS_ are environment variables, the others are the file's. */
  static Cors load(List<String> written) {
    Map<String, String> environment = new HashMap<>();
    List<String> file = new ArrayList<>();
    for (String line : written) {
      if (line.startsWith("CORS_")) {
        environment.put(line.split("=", 2)[0], line.split("=", 2)[1]);
      } else {
        file.add(line);
      }
    }
    byte[] bytes = String.join("\n", file).getBytes(StandardCharsets.UTF_8);
    return CorsConfiguration.load(
        "cors.properties",
        "cors.properties on the class path",
        name -> name.equals("cors.properties") ? PropertyFile.read(name, bytes) : null,
        environment,
        Map.of());
  }

  private static List<String> print(List<String> written) {
    return problems(written).stream().map(PolicyProblem::toString).toList();
  }

  List<Row> rows() {
    return rows;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void says_what_is_printed(Row row) {
    List<PolicyProblem> problems = problems(row.written());
    assertEquals(row.printed(), problems.stream().map(PolicyProblem::toString).toList());
    assertTrue(problems.stream().anyMatch(p -> p.code() == row.code()), problems::toString);
    for (PolicyProblem problem : problems) {
      assertEquals(problem.code().severity(), problem.severity());
      assertFalse(problem.reason().isBlank() || problem.reason().endsWith("."), problem::reason);
      assertFalse(problem.remedy().isBlank() || problem.remedy().endsWith("."), problem::remedy);
    }
  }

  @Test
  void has_a_row_for_every_code_in_their_order() {
    Set<ProblemCode> without = EnumSet.allOf(ProblemCode.class);
    List<ProblemCode> order = new ArrayList<>();
    for (Row row : rows) {
      if (without.remove(row.code())) {
        order.add(row.code());
      }
    }
    assertEquals(Set.of(), without);
    // First the errors, then the warnings.
    List<ProblemCode> expected = new ArrayList<>(List.of(ProblemCode.values()));
    expected.sort(Comparator.comparing(ProblemCode::severity));
    assertEquals(expected, order);
    assertTrue(order.size() > 45, "only " + order.size());
  }

  @Test
  void says_every_sentence_in_two_clauses() throws IOException {
    Properties sentences = new Properties();
    try (InputStream file = ProblemCode.class.getResourceAsStream("problems.properties")) {
      sentences.load(new InputStreamReader(file, StandardCharsets.UTF_8));
    }
    Set<String> codes = new HashSet<>();
    for (ProblemCode code : ProblemCode.values()) {
      codes.add(code.name());
    }
    assertEquals(codes, sentences.stringPropertyNames());
    sentences.forEach(
        (code, sentence) ->
            assertTrue(sentence.toString().matches("[^;]+; [^;]+[^.;]"), code::toString));
  }

  @Test
  void says_which_are_warnings() throws IOException {
    String table = Files.readString(TABLE);
    for (Row row : rows) {
      boolean inWarnings = table.indexOf("| `" + row.code() + "`") > table.indexOf("## Warnings");
      assertEquals(row.code().severity() == Severity.WARNING, inWarnings, row::toString);
    }
  }

  /** A heading has an anchor, to which a reader can link. */
  @Test
  void each_family_of_codes_has_one_heading() throws IOException {
    Map<String, Set<String>> headings = new TreeMap<>();
    String heading = "";
    for (String line : Files.readAllLines(TABLE)) {
      if (line.startsWith("#")) {
        heading = line;
      } else if (line.startsWith("| `")) {
        ProblemCode code = row(line).code();
        String family = code.name().split("_")[0] + " " + code.severity();
        headings.computeIfAbsent(family, unseen -> new HashSet<>()).add(heading);
      }
    }
    headings.forEach(
        (family, of) -> {
          assertEquals(1, of.size(), () -> family + ": " + of);
          assertTrue(of.stream().allMatch(each -> each.startsWith("### ")), family);
        });
  }
}
