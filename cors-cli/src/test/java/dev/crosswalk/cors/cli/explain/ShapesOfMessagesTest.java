package dev.crosswalk.cors.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * What consoles, logs, forums, phones and people do to a message on its way into a paste. None of
 * it changes what the message means.
 */
class ShapesOfMessagesTest {

  private static final List<String> MESSAGES =
      List.of(
          ConsoleMessagesTest.BLOCKED
              + "Response to preflight request doesn't pass access control check: No"
              + " 'Access-Control-Allow-Origin' header is present on the requested resource.",
          ConsoleMessagesTest.BLOCKED
              + "Request header field x-a is not allowed by Access-Control-Allow-Headers in"
              + " preflight response.",
          "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote"
              + " resource at https://api.example/x. (Reason: expected ‘true’ in CORS header"
              + " ‘Access-Control-Allow-Credentials’).",
          "Preflight response is not successful. Status code: 301",
          "Refused to connect to 'https://api.example/x' because it violates the following Content"
              + " Security Policy directive: \"connect-src 'self'\".");

  private static final Map<String, UnaryOperator<String>> SHAPES = new LinkedHashMap<>();

  static {
    SHAPES.put("without its full stop", m -> m.replaceFirst("\\.$", ""));
    SHAPES.put("in lower case", m -> m.toLowerCase(Locale.ROOT));
    SHAPES.put("curly", m -> m.replace('\'', '’').replace('"', '”'));
    SHAPES.put("doubled", m -> m.replace("'", "''"));
    SHAPES.put("without quotation marks", m -> m.replaceAll("['\"‘’]", ""));
    SHAPES.put("HTML", m -> "<p>" + m.replace("'", "&#39;").replace("\"", "&quot;") + "</p>");
    SHAPES.put("quoted", m -> wrapped("> ", m, "\n> "));
    SHAPES.put("bold", m -> "**" + m + "**");
    SHAPES.put("italics", m -> "_" + m + "_");
    SHAPES.put("names in bold", m -> m.replaceAll("Access-[A-Za-z-]+", "**$0**"));
    SHAPES.put("Markdown's backslashes", m -> m.replace("-", "\\-").replace("_", "\\_"));
    SHAPES.put("a link", m -> m.replaceAll("https://api.example/x", "[$0]($0)"));
    SHAPES.put("behind a file", m -> "app.js:12 " + m);
    SHAPES.put("before a file", m -> m + " (index):1");
    SHAPES.put("over a stack", m -> m + "\n(anonymous) @ main.js:12");
    SHAPES.put("behind a count", m -> "2" + m);
    SHAPES.put("a log", m -> "[2024-05-01T10:00:00.123Z] ERROR " + m);
    SHAPES.put("a WebView's", m -> "I/chromium: [INFO:CONSOLE(1)] \"" + m + "\", source: x (1)");
    SHAPES.put("Android's", m -> wrapped("I/flutter ( 12): ", m, "\nI/flutter ( 12): "));
    SHAPES.put(
        "JSON", m -> "{\"error\":\"" + m.replace("\"", "\\\"").replace("'", "\\u0027") + "\"}");
    SHAPES.put("in colors", m -> "\u001b[31m" + m + "\u001b[39m");
    SHAPES.put("in lost colors", m -> "[31m" + m + "[39m");
    SHAPES.put("in a URL", m -> "?q=" + m.replace("'", "%27").replace(" ", "%20"));
    SHAPES.put("broken", m -> wrapped("", m, "\n"));
    SHAPES.put("indented", m -> wrapped("  ", m, "\n    "));
    SHAPES.put("broken anywhere", m -> m.replaceAll("(.{60})(?=.)", "$1\n"));
    SHAPES.put("spaces that do not break", m -> m.replace(' ', '\u00A0'));
    SHAPES.put("invisible spaces", m -> m.replace("-", "-\u200B"));
    SHAPES.put("hyphens of a document", m -> m.replace('-', '\u2011'));
    SHAPES.put("dashes", m -> m.replace('-', '–'));
    SHAPES.put("ligatures", m -> m.replace("fi", "ﬁ").replace("fl", "ﬂ"));
    SHAPES.put("without hyphens", m -> m.replace("ss-Control-Allow-", "ss Control Allow "));
    SHAPES.put("a phone's hyphens", m -> m.replace("ss-Control-Allow-", "ss - Control - Allow - "));
    SHAPES.put("underscores", m -> m.replace("ss-Control-Allow-", "ss_Control_Allow_"));
    SHAPES.put("a hidden URL", m -> m.replace("https://api.example/x", "[URL]"));
    SHAPES.put("a broken link", m -> m.replace("https://api", "https ://api"));
    SHAPES.put("twice, without a break", m -> m + m);
    SHAPES.put("in a sentence", m -> "Hello, since today I see this: " + m + " Who can help?");
  }

  private static String wrapped(String before, String message, String between) {
    return before + message.replaceAll("(.{30,50}) ", "$1" + between);
  }

  @Test
  void what_happens_to_a_message_on_its_way_changes_nothing() {
    Map<String, String> wrong = new TreeMap<>();
    for (String message : MESSAGES) {
      String expected = ConsoleMessagesTest.code(message);
      SHAPES.forEach(
          (name, shape) -> {
            String code = ConsoleMessagesTest.code(shape.apply(message));
            if (!code.equals(expected)) {
              wrong.put(name + ": " + shape.apply(message), expected + ", not " + code);
            }
          });
    }
    assertEquals(Map.of(), wrong);
    assertTrue(SHAPES.size() * MESSAGES.size() > 150);
  }

  /** Half of a message may be that of another cause; then no cause is told. */
  @Test
  void a_message_that_is_cut_is_never_taken_for_another() {
    List<String> known = List.of("REASON_MISSING", "UNCLEAR", "(not known)");
    Map<String, String> wrong = new TreeMap<>();
    List<String> cuts = new ArrayList<>();
    for (String message : MESSAGES.subList(0, 3)) {
      String expected = ConsoleMessagesTest.code(message);
      for (int end = message.length() - 1; end > message.length() / 2; end -= 7) {
        String cut = message.substring(0, end);
        cuts.add(cut);
        String code = ConsoleMessagesTest.code(cut);
        if (!code.equals(expected) && !known.contains(code)) {
          wrong.put(cut, expected + ", not " + code);
        }
      }
    }
    assertEquals(Map.of(), wrong);
    assertTrue(cuts.size() > 30);
  }
}
