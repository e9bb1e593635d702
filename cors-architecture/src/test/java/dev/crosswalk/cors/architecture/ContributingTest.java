package dev.crosswalk.cors.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What CONTRIBUTING names is there, or the first step of a contributor fails. */
class ContributingTest {

  private static final Path ROOT = Repository.ROOT;

  private static final String COMMAND_LINE = "dev.crosswalk.cors.cli";

  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`|(?s)```.*?```");

  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)(?:#[^)]*)?\\)");

  /** A path, or the name of a file; {@code .ci/run} as well. */
  private static final Pattern PATH =
      Pattern.compile("\\.?[\\w-][\\w.-]*(?:/[\\w.-]+)+|[\\w-]+\\.(?:txt|md|xml|properties)");

  /** Where the page says that such a path begins. */
  private static final List<Path> STARTS =
      List.of(
          ROOT,
          ROOT.resolve("cors-cli/src/main/resources/dev/crosswalk/cors/cli"),
          ROOT.resolve("cors-cli/src/main/java/dev/crosswalk/cors/cli"));

  @Test
  void every_path_that_it_names_exists() throws IOException {
    String page = Files.readString(ROOT.resolve("CONTRIBUTING.md"));
    List<String> paths =
        Stream.concat(
                LINK.matcher(page).results().map(link -> link.group(1)),
                CODE.matcher(page)
                    .results()
                    .map(code -> code.group(1) == null ? "" : code.group(1))
                    .flatMap(code -> Stream.of(code.split("[\\s,]+")))
                    .filter(word -> PATH.matcher(word).matches()))
            .filter(path -> !List.of(path.split("/")).contains("target"))
            .distinct()
            .toList();
    Set<String> names = names();
    List<String> missing = new ArrayList<>();
    for (String path : paths) {
      boolean there =
          path.contains("/")
              ? STARTS.stream().anyMatch(start -> Files.exists(start.resolve(path)))
              : names.contains(path);
      if (!there) {
        missing.add(path);
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(paths.size() > 40, "only " + paths);
  }

  @Test
  void each_package_of_the_command_line_is_listed_above_those_that_it_knows() throws IOException {
    String page = Files.readString(ROOT.resolve("CONTRIBUTING.md"));
    List<String> listed = listedPackages(page.substring(page.indexOf("Inside `cors-cli`")));
    Map<String, Set<String>> known = new TreeMap<>();
    for (JavaClass type : ArchitectureTest.CLASSES) {
      if (type.getPackageName().startsWith(COMMAND_LINE + ".")) {
        type.getDirectDependenciesFromSelf().stream()
            .map(use -> use.getTargetClass().getPackageName())
            .filter(name -> name.startsWith(COMMAND_LINE + "."))
            .filter(name -> !name.equals(type.getPackageName()))
            .forEach(
                name -> known.computeIfAbsent(shown(type), t -> new TreeSet<>()).add(shown(name)));
      }
    }
    List<String> wrong = new ArrayList<>();
    known.forEach(
        (user, used) ->
            used.stream()
                .filter(name -> listed.indexOf(name) <= listed.indexOf(user))
                .forEach(name -> wrong.add(user + " knows " + name)));
    assertEquals(List.of(), wrong);
    assertTrue(known.size() > 20, "only " + known.keySet());
    assertEquals(new TreeSet<>(listed).size(), listed.size(), listed::toString);
  }

  /** The first words of each line of the first block, without what they mean. */
  private static List<String> listedPackages(String text) {
    String block = text.split("```")[1];
    return block
        .strip()
        .lines()
        .flatMap(line -> Stream.of(line.split(" {2,}")[0].split(", ")))
        .toList();
  }

  private static String shown(JavaClass type) {
    return shown(type.getPackageName());
  }

  private static String shown(String name) {
    return name.substring(COMMAND_LINE.length() + 1);
  }

  private static Set<String> names() throws IOException {
    return Repository.files().stream()
        .map(file -> file.getFileName().toString())
        .collect(Collectors.toSet());
  }
}
