package dev.crosswalk.cors.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What CONTRIBUTING names is there, or the first step of a contributor fails. */
class ContributingTest {

  private static final Path ROOT = Repository.ROOT;

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

  private static Set<String> names() throws IOException {
    return Repository.files().stream()
        .map(file -> file.getFileName().toString())
        .collect(Collectors.toSet());
  }
}
