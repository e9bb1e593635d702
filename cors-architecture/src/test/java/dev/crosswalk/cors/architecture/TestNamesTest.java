package dev.crosswalk.cors.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The names of tests are read as sentences, so they are written as such, in all modules alike. */
class TestNamesTest {

  private static final Path ROOT = Repository.ROOT;

  /** An annotation, whatever is between, and the method. */
  private static final Pattern TEST =
      Pattern.compile(
          "(?m)^ +@(?:Test|ParameterizedTest|RepeatedTest|TestFactory|TestTemplate)\\b"
              + "(?s:.*?)\\b(?:void|Stream<DynamicTest>) (\\w+)\\(");

  private static final Pattern SENTENCE = Pattern.compile("[a-zA-Z0-9]+(?:_[a-zA-Z0-9]+)*");

  /** A word goes on in lower case; a name such as ASCII or GitHub may be in a sentence. */
  private static final Pattern CAMEL_CASE = Pattern.compile("[a-z]+(?:[A-Z][a-z0-9]*)+");

  @Test
  void are_words_with_underscores_between_them() throws IOException {
    List<String> others = new ArrayList<>();
    int tests = 0;
    for (Path file : Repository.files().stream().filter(TestNamesTest::isTest).toList()) {
      Matcher test = TEST.matcher(Files.readString(file));
      while (test.find()) {
        String name = test.group(1);
        if (!SENTENCE.matcher(name).matches() || CAMEL_CASE.matcher(name).matches()) {
          others.add(file.getFileName() + ": " + name);
        }
        tests++;
      }
    }
    assertEquals(List.of(), others);
    assertTrue(tests > 1_500, "only " + tests + " tests");
  }

  @Test
  void of_core_have_the_display_name_of_their_class_as_a_subject() throws IOException {
    List<String> without = new ArrayList<>();
    int classes = 0;
    try (Stream<Path> tree = Files.walk(ROOT.resolve("cors-core/src/test/java"))) {
      for (Path file : tree.filter(each -> each.toString().endsWith("Test.java")).toList()) {
        classes++;
        if (!Files.readString(file).contains("\n@DisplayName(")) {
          without.add(file.getFileName().toString());
        }
      }
    }
    assertEquals(List.of(), without);
    assertTrue(classes > 50, "only " + classes + " classes");
  }

  /** The kit's tests are its product, so they are among its main sources. */
  private static boolean isTest(Path file) {
    String path = ROOT.relativize(file).toString().replace('\\', '/');
    return (path.contains("src/test/java/") || path.startsWith("cors-tck/src/main/java/"))
        && path.endsWith(".java");
  }
}
