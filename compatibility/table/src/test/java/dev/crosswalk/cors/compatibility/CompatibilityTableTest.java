package dev.crosswalk.cors.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The page of compatibility says what the other modules' tests have found. Run the whole build with
 * {@code -Pcompatibility -Dcompatibility.write=true} to write it again: on each JDK, because each
 * adds itself to the rows that it agrees with.
 */
class CompatibilityTableTest {

  private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
  private static final Path PAGE = ROOT.resolve("docs/compatibility.md");
  private static final String BEGIN = "<!-- begin of the table, which is written by a test -->\n";
  private static final String END = "<!-- end of the table -->\n";
  private static final String AGAIN =
      "; if it has to be so, run the whole build with -Pcompatibility -Dcompatibility.write=true";

  /** The module that has exported policies, and no adapter. */
  private static final String POLICIES = "spring-cloud-gateway";

  private static final int JDK = Runtime.version().feature();

  /** Whether the build has the profile of this name. */
  private static final boolean ALL = Boolean.getBoolean("compatibility.all");

  @Test
  void the_table_and_the_reasons_are_what_the_tests_found() throws Exception {
    Map<String, Cell> found = found();
    if (Boolean.getBoolean("compatibility.write")) {
      Collection<Cell> cells = merged(found, written(), true);
      Files.writeString(
          PAGE,
          Files.readString(PAGE).replace(BEGIN + part(), BEGIN + table(cells) + reasons(cells)));
      return;
    }
    Map<String, Cell> written = written();
    for (Cell cell : written.values()) {
      boolean needed = runsHere(cell);
      assertTrue(!needed || found.containsKey(cell.test()), cell.test() + " did not run" + AGAIN);
      if (!needed) {
        System.out.println(cell.test() + " is not part of this build: not run");
      }
    }
    Collection<Cell> cells = merged(found, written, false);
    assertEquals(
        table(cells) + reasons(cells), part(), PAGE + " is not what the tests found" + AGAIN);
  }

  @Test
  void only_modules_of_the_profile_are_left_out() throws IOException {
    List<String> left = modulesOfProfile();
    assertTrue(left.size() > 5, left::toString);
    for (String module : left) {
      assertTrue(
          module.equals(POLICIES)
              || written().keySet().stream().anyMatch(test -> test.startsWith(module + " ")),
          module);
    }
    assertTrue(written().size() - left.size() > 15, left::toString);
  }

  /** Whether a cell needs no newer JDK and no module that only the profile has. */
  private static boolean runsHere(Cell cell) throws IOException {
    String module = cell.test().substring(0, cell.test().indexOf(' '));
    return cell.jdks().first() <= JDK && (ALL || !modulesOfProfile().contains(module));
  }

  private static List<String> modulesOfProfile() throws IOException {
    String pom = Files.readString(ROOT.resolve("compatibility/pom.xml"));
    String profile = pom.replaceFirst("(?s).*<id>compatibility</id>(.*?)</profile>.*", "$1");
    return Pattern.compile("<module>(.*?)</module>")
        .matcher(profile)
        .results()
        .map(module -> module.group(1))
        .toList();
  }

  /** Or a build with several threads comes here before it has run their tests. */
  @Test
  void every_module_is_built_before_this_one() throws IOException {
    String pom = Files.readString(ROOT.resolve("compatibility/table/pom.xml"));
    List<Path> modules = modules();
    assertTrue(modules.size() > 20, modules::toString);
    for (Path module : modules) {
      String name = module.getFileName().toString();
      String artifact = name.startsWith("cors-") ? name : "cors-compatibility-" + name;
      assertTrue(pom.contains("<artifactId>" + artifact + "</artifactId>"), artifact);
    }
  }

  @Test
  void a_line_of_the_table_says_the_same_once_it_has_been_read() throws IOException {
    Collection<Cell> written = written().values();
    List<Cell> sorted = written.stream().sorted(Cell.ORDER).toList();
    assertEquals(table(sorted) + reasons(sorted), part());
    assertTrue(written.stream().anyMatch(Cell::isRefused));
    assertTrue(written.stream().anyMatch(cell -> cell.limitations().size() > 1));
  }

  /**
   * Cells that ran, and those that this JDK cannot run as they are written. Which JDKs a cell has
   * run on before is taken from what is written, as far as it is the same cell still.
   */
  private static Collection<Cell> merged(
      Map<String, Cell> found, Map<String, Cell> written, boolean adds) throws IOException {
    Map<String, Cell> merged = new TreeMap<>(found);
    for (Cell old : written.values()) {
      Cell now = found.get(old.test());
      if (now != null && now.on(old.jdks()).equals(old)) {
        SortedSet<Integer> jdks = new TreeSet<>(old.jdks());
        if (adds) {
          jdks.addAll(now.jdks());
        }
        merged.put(now.test(), now.on(jdks));
      } else if (now == null && !runsHere(old)) {
        merged.put(old.test(), old);
      }
    }
    return merged.values().stream().sorted(Cell.ORDER).toList();
  }

  /** What the modules have left of this build, by the tests. */
  private static Map<String, Cell> found() throws Exception {
    Map<String, Cell> cells = new TreeMap<>();
    int rules = rules();
    for (Path module : modules()) {
      List<Path> runs = files(module.resolve("target/compatibility"), "[^$]*\\.properties");
      for (Path run : runs) {
        Cell cell = Cell.ofRun(run, rules);
        cells.put(cell.test(), cell);
      }
      // A module of compatibility/ where the kit did not run has the tests that it cannot.
      if (runs.isEmpty() && module.getParent().endsWith("compatibility")) {
        for (Path report : files(module.resolve("target/surefire-reports"), "TEST-.*\\.xml")) {
          Cell cell = Cell.ofRefusal(report);
          cells.put(cell.test(), cell);
        }
      }
    }
    assertFalse(cells.isEmpty(), "no test has left anything: run the whole build");
    assertTrue(cells.values().stream().anyMatch(cell -> !cell.isRefused()), cells::toString);
    return cells;
  }

  private static List<Path> modules() throws IOException {
    List<Path> modules = new ArrayList<>();
    for (String adapter :
        List.of(
            "cors-jaxrs",
            "cors-servlet",
            "cors-javalin",
            "cors-micronaut",
            "cors-spring",
            "cors-vertx")) {
      modules.add(ROOT.resolve(adapter));
    }
    try (Stream<Path> cells = Files.list(ROOT.resolve("compatibility"))) {
      cells
          .filter(module -> Files.exists(module.resolve("pom.xml")))
          .filter(module -> !module.endsWith("table") && !module.endsWith(POLICIES))
          .forEach(modules::add);
    }
    return modules;
  }

  private static List<Path> files(Path directory, String name) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().matches(name)).sorted().toList();
    }
  }

  /** How many rules there are, says the page that the kit's own tests keep true. */
  private static int rules() throws IOException {
    Matcher rules =
        Pattern.compile("^(\\d+) rules\\.$", Pattern.MULTILINE)
            .matcher(Files.readString(ROOT.resolve("docs/rules.md")));
    assertTrue(rules.find(), "docs/rules.md does not say how many rules there are");
    return Integer.parseInt(rules.group(1));
  }

  /** What is written now, by the tests. */
  private static Map<String, Cell> written() throws IOException {
    Map<String, List<String>> reasons = new TreeMap<>();
    List<String> section = new ArrayList<>();
    for (String line : part().split("\n")) {
      if (line.startsWith("### ")) {
        section = new ArrayList<>();
        reasons.put(line.substring("### ".length()), section);
      } else if (line.startsWith("- ")) {
        section.add(line);
      }
    }
    Map<String, Cell> cells = new TreeMap<>();
    List<String> lines = part().lines().filter(line -> line.startsWith("| ")).toList();
    for (String line : lines.subList(Math.min(2, lines.size()), lines.size())) {
      String test = line.replaceFirst(".*\\| (.*) \\|$", "$1");
      cells.put(test, Cell.ofLine(line, reasons.getOrDefault(test, List.of())));
    }
    return cells;
  }

  private static String table(Collection<Cell> cells) {
    StringBuilder text = new StringBuilder();
    text.append("| framework | server | protocol | JDK | rules | test |\n");
    text.append("| --- | --- | --- | --- | --- | --- |\n");
    cells.forEach(cell -> text.append(cell.line()).append('\n'));
    return text.toString();
  }

  private static String reasons(Collection<Cell> cells) {
    StringBuilder text = new StringBuilder();
    for (Cell cell : cells) {
      if (!cell.limitations().isEmpty()) {
        text.append("\n### ").append(cell.test()).append("\n\n");
        text.append(cell.framework()).append(" on ").append(cell.server()).append(":\n\n");
        cell.reasons().forEach(reason -> text.append(reason).append('\n'));
      }
    }
    return text.append('\n').toString();
  }

  private static String part() throws IOException {
    String text = Files.readString(PAGE);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    assertTrue(begin >= BEGIN.length() && end >= begin, PAGE + " has lost its marks");
    return text.substring(begin, end);
  }
}
