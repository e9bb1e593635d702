package dev.crosswalk.cors.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command, as at a console, and what tests ask of its answer. */
final class Diagnosing {

  static final String APP = "https://app.example.com";
  static final String ALLOW = "Access-Control-Allow-Origin: " + APP;
  static final String TRUE = "Access-Control-Allow-Credentials: true";
  static final String VARY = "Vary: Origin";

  private Diagnosing() {}

  record Result(int exit, String out, String err) {
    /** Without line breaks, which depend on the port's length. */
    String text() {
      return out.replaceAll("\\s+", " ");
    }

    JsonNode json() {
      return JsonMapper.builder().build().readTree(out);
    }
  }

  static Result crosswalk(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        Crosswalk.run(new PrintWriter(out, true), new PrintWriter(err, true), Ansi.OFF, arguments);
    return new Result(exit, out.toString(), err.toString());
  }

  static String response(String status, String... fields) {
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append("\r\n");
    for (String field : fields) {
      head.append(field).append("\r\n");
    }
    return head.append("Content-Length: 0\r\nConnection: close\r\n\r\n").toString();
  }

  static Result visit(String url, String... more) {
    List<String> arguments = new ArrayList<>(List.of("diagnose", url));
    if (!List.of(more).contains("--origin")) {
      arguments.addAll(List.of("--origin", APP));
    }
    arguments.addAll(List.of(more));
    Result result = crosswalk(arguments.toArray(new String[0]));
    if (!arguments.contains("--json")) {
      // What is to be pasted into a file is not wrapped, and stands further in.
      result
          .out()
          .lines()
          .filter(line -> !line.startsWith(" ".repeat(6)))
          .forEach(line -> assertTrue(line.length() <= 100, line));
    }
    assertFalse(result.err().contains("\tat "), result.err());
    return result;
  }

  static void blocked(Result result, String... sentences) {
    assertEquals(1, result.exit(), () -> result.out() + result.err());
    assertTrue(result.out().contains("BLOCKED"), result.out());
    says(result, sentences);
  }

  static void allowed(Result result, String... sentences) {
    assertEquals(0, result.exit(), () -> result.out() + result.err());
    assertTrue(result.out().contains("ALLOWED"), result.out());
    says(result, sentences);
  }

  static void says(Result result, String... sentences) {
    for (String sentence : sentences) {
      assertTrue(result.text().contains(sentence), () -> sentence + "\nis not in\n" + result.out());
    }
  }
}
