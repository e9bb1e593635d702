package dev.crosswalk.cors.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.explain.console.Console;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What is left of a browser's message where a window, a log or a person has cut its end off. It may
 * be how another message begins, and then no cause is told.
 */
class CutMessagesTest {

  private static final String URL = "https://api.example/x";

  /** The whole message and, for each cut that is told something else, that. */
  private static Map<String, String> wrong(String message, int from, Set<String> cut) {
    String expected = ConsoleMessagesTest.code(message);
    Map<String, String> wrong = new TreeMap<>();
    for (int end : ends(message, from)) {
      String left = message.substring(0, end);
      String code = ConsoleMessagesTest.code(left);
      if (!code.equals(expected) && !cut.contains(code)) {
        wrong.put(left, expected + ", not " + code);
      }
    }
    return wrong;
  }

  /** Behind each word, and in its middle. */
  private static List<Integer> ends(String message, int from) {
    List<Integer> ends = new ArrayList<>();
    int start = from;
    for (int end = from; end < message.length(); end++) {
      if (message.charAt(end) == ' ') {
        ends.add((start + end) / 2);
        ends.add(end);
        start = end + 1;
      }
    }
    return ends;
  }

  @Test
  void no_cut_message_of_firefox_is_taken_for_another_in_any_language() {
    Map<String, String> begins = new HashMap<>();
    Map<String, String> wrong = new TreeMap<>();
    List<String> messages = new ArrayList<>();
    for (String line : Facts.lines(Console.class, "firefox.txt")) {
      String[] parts = line.split(" \\| ");
      if (parts[1].equals("begins")) {
        begins.putIfAbsent(parts[0], parts[2]);
      } else if (SentencesTest.REASONS.contains(parts[1])) {
        String start = begins.getOrDefault(parts[0], "Cross-Origin Request Blocked");
        for (String words : List.of(parts).subList(2, parts.length)) {
          String said = words.replace("{value}", "https://other.example");
          messages.add(start + ": Xxxx " + URL + ". (Xxx: " + said + "). Xxx: 404.");
        }
      }
    }
    for (String message : Cases.each(29, messages)) {
      int from = message.indexOf(URL) + URL.length();
      wrong.putAll(wrong(message, from, Set.of("REASON_MISSING")));
    }
    assertEquals(Map.of(), wrong);
    assertTrue(messages.size() > 1_000, "messages: " + messages.size());
  }
}
