package dev.crosswalk.cors.cli.explain.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.crosswalk.cors.cli.document.Facts;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Code and configuration of CORS layers, and what is wrong with each. A line {@code === faults |
 * path | preflight} comes before it; {@code right} has none.
 */
class CorsLayersTest {

  private record Written(String faults, AskedRequest asked, String text) {
    @Override
    public String toString() {
      return faults + ": " + text.lines().findFirst().orElse("");
    }
  }

  static Stream<Written> written() {
    return Arrays.stream(Facts.text(CorsLayersTest.class, "layers.txt").split("(?m)^=== ", -1))
        .filter(block -> !block.isBlank() && !block.startsWith("#"))
        .map(CorsLayersTest::read);
  }

  private static Written read(String block) {
    int end = block.indexOf('\n');
    List<String> head = List.of(block.substring(0, end).split(" \\| ", -1));
    return new Written(
        head.get(0),
        new AskedRequest(
            "",
            "",
            head.size() > 1 ? head.get(1) : "",
            value(head, "method "),
            value(head, "header ").isEmpty() ? List.of() : List.of(value(head, "header ")),
            false,
            head.contains("preflight"),
            0,
            ""),
        block.substring(end + 1).toLowerCase(Locale.ROOT));
  }

  private static String value(List<String> head, String key) {
    return head.stream()
        .filter(each -> each.startsWith(key))
        .map(each -> each.substring(key.length()))
        .findFirst()
        .orElse("");
  }

  @ParameterizedTest
  @MethodSource("written")
  void what_is_wrong_with_a_layer_is_found_and_nothing_else(Written written) {
    String found =
        new CorsLayers(written.text())
            .faults(written.asked()).stream()
                .map(
                    fault -> (fault.what() + " " + fault.words().getOrDefault("place", "")).strip())
                .collect(Collectors.joining(", "));
    assertEquals(written.faults(), found.isEmpty() ? "right" : found);
  }

  private static final Set<Fault.What> OF_SPRING =
      EnumSet.range(Fault.What.ANY_WITH_CREDENTIALS_ANNOTATED, Fault.What.GRANTED_WITHOUT_SECURITY);

  @Test
  void every_fault_is_shown_by_an_example_but_those_of_Spring() {
    Set<Fault.What> shown =
        written()
            .flatMap(each -> new CorsLayers(each.text()).faults(each.asked()).stream())
            .map(Fault::what)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Fault.What.class)));
    assertEquals(EnumSet.complementOf(EnumSet.copyOf(OF_SPRING)), shown);
  }
}
