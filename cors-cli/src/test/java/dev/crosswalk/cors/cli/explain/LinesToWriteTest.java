package dev.crosswalk.cors.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * The lines that people copy, for what they have pasted. In {@code lines-to-write.txt} a line
 * {@code === name} comes before each text, and {@code --- written} before the lines for it, all of
 * them; there are none where the answer has no lines.
 */
class LinesToWriteTest {

  private record Pasted(String name, String text, List<String> lines) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Pasted> pasted() throws IOException {
    try (InputStream in = LinesToWriteTest.class.getResourceAsStream("lines-to-write.txt")) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(all.split("(?m)^=== ", -1)).skip(1).map(LinesToWriteTest::read);
    }
  }

  private static Pasted read(String block) {
    int text = block.indexOf('\n') + 1;
    String[] parts = block.substring(text).split("(?m)^--- written\\n", -1);
    return new Pasted(block.substring(0, text - 1), parts[0], parts[1].lines().toList());
  }

  @Test
  void there_are_texts() throws IOException {
    assertTrue(pasted().count() > 4);
  }

  @ParameterizedTest
  @MethodSource("pasted")
  void the_lines_are_what_that_text_lacks_and_no_more(Pasted pasted) {
    Result result = Result.crosswalk("explain", "--json", pasted.text());
    JsonNode lines = result.json().path("messages").path(0).path("server").path("configuration");
    assertEquals(
        String.join("\n", pasted.lines()),
        String.join("\n", lines.valueStream().map(JsonNode::asString).toList()));
  }
}
