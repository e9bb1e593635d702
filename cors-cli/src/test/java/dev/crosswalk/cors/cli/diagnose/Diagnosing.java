package dev.crosswalk.cors.cli.diagnose;

import static dev.crosswalk.cors.cli.Result.crosswalk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Result;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The command, as at a console, and what tests ask of its answer. */
public final class Diagnosing {

  static final String APP = "https://app.example.com";
  static final String ALLOW = "Access-Control-Allow-Origin: " + APP;
  static final String TRUE = "Access-Control-Allow-Credentials: true";
  static final String VARY = "Vary: Origin";

  private Diagnosing() {}

  static String response(String status, String... fields) {
    return body(status, "", fields);
  }

  static String body(String status, String body, String... fields) {
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append("\r\n");
    for (String field : fields) {
      head.append(field).append("\r\n");
    }
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return head.append("Content-Length: " + length + "\r\nConnection: close\r\n\r\n" + body)
        .toString();
  }

  static boolean asks(String head) {
    return head.startsWith("OPTIONS ");
  }

  public static Result visit(String url, String... more) {
    List<String> arguments = new ArrayList<>(List.of("diagnose", url));
    if (!List.of(more).contains("--origin")) {
      arguments.addAll(List.of("--origin", APP));
    }
    arguments.addAll(List.of(more));
    Result result = crosswalk(arguments.toArray(new String[0]));
    if (!arguments.contains("--json")) {
      // What is to be pasted into a file is not wrapped, and is indented further.
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

  /** Of a server that sends no response, which has nothing to do with a browser. */
  static void unanswered(Result result, String... sentences) {
    assertEquals(1, result.exit(), () -> result.out() + result.err());
    assertTrue(result.out().contains("NO RESPONSE: no browser gets one."), result.out());
    assertFalse(result.out().contains("BLOCKED"), result.out());
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
