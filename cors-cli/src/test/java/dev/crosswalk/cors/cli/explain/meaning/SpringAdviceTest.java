package dev.crosswalk.cors.cli.explain.meaning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.remedy.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SpringAdviceTest {

  private static final Path READER =
      Path.of("src", "main", "java", "dev", "crosswalk", "cors", "cli", "explain", "spring");

  private static final Pattern NAME =
      Pattern.compile("\"([A-Z]{2,}(?:_[A-Z]+)+|MISNAMED|GRANTED)\"");

  @Test
  void every_fault_has_words_and_all_words_are_those_of_a_fault() throws IOException {
    Set<String> found = new TreeSet<>();
    for (String file :
        List.of(
            "SpringFaults.java",
            "UnusedConfigurers.java",
            "ChainFaults.java",
            "GrantFaults.java")) {
      NAME.matcher(Files.readString(READER.resolve(file)))
          .results()
          .forEach(name -> found.add(name.group(1)));
    }
    Set<String> told =
        SpringAdvice.all().stream()
            .map(SpringAdvice::fault)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(told, found);
  }

  @Test
  void what_is_right_comes_after_all_that_may_be_wrong() {
    Stream<SpringAdvice> behind =
        SpringAdvice.all().stream().dropWhile(each -> each.advice().isAbout(Topic.SPRING));
    assertTrue(behind.allMatch(each -> each.advice().isAbout(Topic.SPRING_GRANTS)));
  }
}
