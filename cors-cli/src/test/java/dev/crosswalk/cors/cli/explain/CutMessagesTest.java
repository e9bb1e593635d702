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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What is left of a browser's message where a window, a log or a person has cut it: its end, its
 * beginning, or both. It may be a part of another message, and then no cause is told.
 */
class CutMessagesTest {

  private static final String URL = "https://api.example/x";

  /** What is told where too little is left. */
  private static final Set<String> ASKED =
      Set.of("REASON_MISSING", "UNCLEAR", "HIDDEN", "(not known)");

  /** What is as right of a part of a message as the cause of the whole. */
  private static final Map<String, Set<String>> AS_RIGHT =
      Map.of(
          // Safari tells a redirect by the status at the end.
          "PREFLIGHT_REDIRECT", Set.of("PREFLIGHT_STATUS"),
          // A server's own words are what is left.
          "METHOD_NOT_ALLOWED", Set.of("REQUEST_REFUSED"),
          "ACAO_MISSING", Set.of("SERVER_REFUSES"),
          // Firefox has one sentence for the three, and its value is cut.
          "ACAO_INVALID", Set.of("ACAO_MISMATCH"),
          "ACAO_MULTIPLE", Set.of("ACAO_MISMATCH", "ACAO_INVALID"),
          // The URL tells that it is a file.
          "SCHEME", Set.of("FILE"));

  private record Part(String expected, String text) {
    /** Whether what is told of it is not what is told of the message. */
    boolean isWrong(String told) {
      return !told.equals(expected)
          && !ASKED.contains(told)
          && !AS_RIGHT.getOrDefault(expected, Set.of()).contains(told);
    }
  }

  /** Behind each word, and in its middle. */
  private static List<Integer> cuts(String message, int from) {
    List<Integer> cuts = new ArrayList<>();
    int start = from;
    for (int end = from; end < message.length(); end++) {
      if (message.charAt(end) == ' ') {
        cuts.add((start + end) / 2);
        cuts.add(end);
        start = end + 1;
      }
    }
    return cuts;
  }

  private static List<Part> beginnings(String expected, String message, int from) {
    return cuts(message, from).stream()
        .map(end -> new Part(expected, message.substring(0, end)))
        .toList();
  }

  private static List<Part> ends(String expected, String message) {
    return cuts(message, 0).stream()
        .map(start -> new Part(expected, message.substring(start).strip()))
        .toList();
  }

  private static void are_not_taken_for_others(List<Part> parts, double atLeast) {
    Map<String, String> wrong = new TreeMap<>();
    int told = 0;
    for (Part part : parts) {
      String code = part.text().isBlank() ? "(not known)" : ConsoleMessagesTest.code(part.text());
      told += code.equals(part.expected()) ? 1 : 0;
      if (part.isWrong(code)) {
        wrong.put(part.text(), part.expected() + ", not " + code);
      }
    }
    assertEquals(Map.of(), wrong);
    assertTrue(told >= atLeast * parts.size(), told + " of " + parts.size());
  }

  private static Stream<List<String>> messages() {
    return Stream.of(
            ConsoleMessagesTest.chromium(),
            ConsoleMessagesTest.firefox(),
            ConsoleMessagesTest.webkit())
        .flatMap(each -> each)
        // Its beginning is that of the most frequent message.
        .filter(each -> !each.get(0).equals("PNA"));
  }

  @Test
  void no_beginning_of_a_message_is_taken_for_another() {
    are_not_taken_for_others(
        Cases.each(
            79,
            messages().flatMap(each -> beginnings(each.get(0), each.get(1), 0).stream()).toList()),
        0.2);
  }

  @Test
  void no_end_of_a_message_is_taken_for_another() {
    are_not_taken_for_others(
        Cases.each(
            79, messages().flatMap(each -> ends(each.get(0), each.get(1)).stream()).toList()),
        0.4);
  }

  @Test
  void no_middle_of_a_message_is_taken_for_another() {
    List<Part> some = new ArrayList<>();
    for (List<String> message : messages().toList()) {
      List<Integer> cuts = cuts(message.get(1), 0);
      for (int start = 0; start < cuts.size(); start += 5) {
        for (int end = start + 7; end < cuts.size(); end += 6) {
          String left = message.get(1).substring(cuts.get(start), cuts.get(end));
          some.add(new Part(message.get(0), left.strip()));
        }
      }
    }
    are_not_taken_for_others(Cases.each(61, some), 0.2);
  }

  // -------------------------------------------------------------------- Firefox in any language

  private static Stream<List<String>> translations() {
    Map<String, String> begins = new HashMap<>();
    List<List<String>> messages = new ArrayList<>();
    for (String line : Facts.lines(Console.class, "firefox.txt")) {
      String[] parts = line.split(" \\| ");
      if (parts[1].equals("begins")) {
        begins.putIfAbsent(parts[0], parts[2]);
      } else if (SentencesTest.REASONS.contains(parts[1])) {
        String start = begins.getOrDefault(parts[0], "Cross-Origin Request Blocked");
        for (String words : List.of(parts).subList(2, parts.length)) {
          String said = words.replace("{value}", "https://other.example");
          messages.add(
              List.of(parts[1], start + ": Xxxx " + URL + ". (Xxx: " + said + "). Xxx: 404."));
        }
      }
    }
    assertTrue(messages.size() > 1_000, "messages: " + messages.size());
    return messages.stream();
  }

  @Test
  void no_beginning_of_a_message_of_firefox_is_taken_for_another_in_any_language() {
    List<Part> parts =
        translations()
            .flatMap(
                each ->
                    beginnings(each.get(0), each.get(1), each.get(1).indexOf(URL) + URL.length())
                        .stream())
            .toList();
    are_not_taken_for_others(Cases.each(331, parts), 0.3);
  }

  /** Where what is left at the end is all of another reason. */
  private static final Set<String> ENDS_AS_ANOTHER =
      Set.of("CORS में विधि नहीं मिली", "запыт CORS безпаспяховы");

  @Test
  void no_end_of_a_message_of_firefox_is_taken_for_another_in_any_language() {
    List<Part> parts =
        translations()
            .filter(each -> ENDS_AS_ANOTHER.stream().noneMatch(each.get(1)::contains))
            .flatMap(each -> ends(each.get(0), each.get(1)).stream())
            .toList();
    are_not_taken_for_others(Cases.each(331, parts), 0.3);
  }
}
