package dev.crosswalk.cors.tck.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.tck.browser.Vectors.Vector;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Every kind of vector is run, and each vector whole; none is left out. */
class VectorsTest {

  @Test
  void every_kind_of_vector_has_a_test_and_no_vector_is_left_out() {
    Map<String, Integer> tested = tested();
    String file = System.getProperty("vectors");
    if (file == null) {
      Map<String, Integer> present = new TreeMap<>();
      Vectors.Source.ofBrowsers().forEach((kind, vectors) -> present.put(kind, vectors.size()));
      assertEquals(present, tested);
      assertEquals(35, tested.size());
      assertEquals(816, tested.values().stream().mapToInt(Integer::intValue).sum());
      assertEquals(tested.keySet(), Vectors.Source.ours().keySet());
    } else {
      Set<String> kinds = new TreeSet<>(Vectors.Source.file(file).keySet());
      kinds.removeAll(tested.keySet());
      assertEquals(Set.of(), kinds, "kinds without a test");
    }
  }

  private static Map<String, Integer> tested() {
    Map<String, Integer> tested = new TreeMap<>();
    for (Class<?> tests :
        List.of(RequestVectorsTest.class, PreflightVectorsTest.class, ResponseVectorsTest.class)) {
      for (Method method : tests.getDeclaredMethods()) {
        Vectors vectors = method.getAnnotation(Vectors.class);
        if (vectors != null) {
          assertEquals(null, tested.put(vectors.kind(), vectors.count()), vectors.kind());
        }
      }
    }
    return tested;
  }

  /** What runs the vectors is itself wrong in none of the ways that let one pass unread. */
  @Nested
  class A_test_of_vectors {

    @TempDir Path directory;

    @Test
    void passes_where_it_reads_all_of_a_vector() throws Exception {
      TestExecutionResult result = run("greeting", "{'word': 'hello'}", "{'polite': true}");
      assertEquals(Status.SUCCESSFUL, result.getStatus());
    }

    @Test
    void fails_where_a_vector_has_a_field_that_nothing_reads() throws Exception {
      for (String[] vector :
          new String[][] {
            {"{'word': 'hello', 'tone': 'low'}", "{'polite': true}", "input.tone"},
            {"{'word': 'hello'}", "{'polite': true, 'loud': false}", "expected.loud"},
            {"{'word': 'hello', 'to': {'name': 'x', 'age': 7}}", "{'polite': true}", "age"}
          }) {
        String message = message(run("greeting", vector[0], vector[1]));
        assertTrue(message.startsWith("some-id (some source): "), message);
        assertTrue(message.contains(Vectors.NOT_LOOKED_AT), message);
        assertTrue(message.contains("[" + vector[2] + "]"), message);
      }
    }

    @Test
    void does_not_pass_where_a_file_has_no_vector_of_its_kind() throws Exception {
      TestExecutionResult result = run("farewell", "{}", "{}");
      assertEquals(Status.ABORTED, result.getStatus());
      String message = message(result);
      assertTrue(message.endsWith("vectors.json has no vector of the kind greeting"), message);
    }

    @Test
    void fails_where_one_of_our_vectors_is_lost() {
      String message = message(run(LauncherDiscoveryRequestBuilder.request()));
      assertTrue(message.contains("how many vectors of kind greeting"), message);
    }

    private TestExecutionResult run(String kind, String input, String expected) throws IOException {
      Path file = directory.resolve("vectors.json");
      String vector =
          "[{'id': 'some-id', 'source': 'some source', 'kind': '%s', 'input': %s, 'expected': %s}]";
      Files.writeString(file, vector.formatted(kind, input, expected).replace('\'', '"'));
      return run(
          LauncherDiscoveryRequestBuilder.request()
              .configurationParameter("vectors", file.toString()));
    }

    /** The first of the results that is not a success, or the last. */
    private static TestExecutionResult run(LauncherDiscoveryRequestBuilder request) {
      List<TestExecutionResult> results = new ArrayList<>();
      LauncherFactory.create()
          .execute(
              request.selectors(DiscoverySelectors.selectClass(Greetings.class)).build(),
              new TestExecutionListener() {
                @Override
                public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                  results.add(result);
                }
              });
      assertTrue(results.size() >= 3, "the engine, the class, and the test: " + results);
      return results.stream()
          .filter(result -> result.getStatus() != Status.SUCCESSFUL)
          .findFirst()
          .orElse(results.get(0));
    }

    private static String message(TestExecutionResult result) {
      return String.valueOf(result.getThrowable().orElseThrow().getMessage());
    }
  }

  /** Reads a word, whom it is said to, and whether that is polite. */
  static class Greetings {

    @Vectors(kind = "greeting", count = 1)
    void are_polite(Vector vector) {
      vector.object(vector.input("to"), "name");
      assertEquals(vector.isExpected("polite"), vector.text("word").equals("hello"));
    }
  }
}
