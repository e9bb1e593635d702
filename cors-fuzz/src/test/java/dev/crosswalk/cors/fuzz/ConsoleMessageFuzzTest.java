package dev.crosswalk.cors.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.crosswalk.cors.cli.explain.Explain;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** What somebody has pasted of a browser's console, as it is. */
class ConsoleMessageFuzzTest {

  /** Six messages are explained, each on a screen or two. */
  private static final int MAX_OUTPUT = 100_000;

  @FuzzTest
  void consoleMessage(byte[] data) throws Exception {
    String paste = Hostile.text(data);
    String said = said(paste, false);
    Hostile.assertLines(said, MAX_OUTPUT);
    assertEquals(said, said(paste, false), "asked twice");
    String json = said(paste, true);
    assertEquals(said.isEmpty(), json.isEmpty());
    if (!json.isEmpty()) {
      assertTrue(new JsonMapper().readTree(json).path("messages").isArray());
    }
  }

  private static String said(String paste, boolean json) throws Exception {
    StringWriter out = new StringWriter();
    Optional<String> complaint =
        Hostile.inTime(
            () ->
                Explain.explain(
                    List.of(paste), Optional.empty(), json, false, new PrintWriter(out, true)));
    complaint.ifPresent(sentence -> Hostile.assertOneLine(sentence, 300));
    assertEquals(complaint.isPresent(), out.toString().isEmpty());
    return out.toString();
  }
}
