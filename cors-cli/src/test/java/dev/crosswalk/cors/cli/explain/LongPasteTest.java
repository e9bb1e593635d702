package dev.crosswalk.cors.cli.explain;

import static dev.crosswalk.cors.cli.ProcessorTime.assertAtMost;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.explain.console.Console;
import dev.crosswalk.cors.cli.explain.paste.Paste;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The longest paste is answered in time and with a usual stack, however it is written. */
class LongPasteTest {

  private static final String MESSAGE =
      "Access to fetch at 'https://api.example.com/x' from origin 'https://app.example.com' has been"
          + " blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the"
          + " requested resource.\n";

  /** Letters that show what grows faster than a text, and quicker than the longest one does. */
  private static final int ENOUGH_TO_SEE = Paste.MAX_LENGTH / 8;

  /** What is before a part that repeats, the part, and what is behind. */
  static Stream<Arguments> parts() {
    String blocked =
        "' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present";
    return Stream.of(
        Arguments.of(MESSAGE, "//", ""),
        Arguments.of("not", " a", ""),
        Arguments.of("cors error", "\n", "x"),
        Arguments.of("", "no-", ""),
        Arguments.of(
            "Access to fetch at 'https://a.example/",
            " ",
            "b' from origin 'https://b.example" + blocked),
        Arguments.of(
            "Access to fetch at 'https://a.example/' from origin 'https://b.example",
            "'",
            "x" + blocked),
        Arguments.of(MESSAGE, "‘no longer ", ""));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void one_part_again_and_again(String before, String part, String behind) {
    String text = before + part.repeat(ENOUGH_TO_SEE / part.length()) + behind;
    assertAtMost(Duration.ofSeconds(5), () -> explain(text, new StringWriter()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[[", "](", "<a ", "&", "\\u00", "origin ", "http://", "[x](http://a "})
  void one_mark_again_and_again(String unit) {
    String text = unit.repeat(ENOUGH_TO_SEE / unit.length());
    assertAtMost(Duration.ofSeconds(5), () -> Console.read(text));
  }

  @Test
  void patterns_of_origins_that_take_long_to_compare() {
    StringBuilder text = new StringBuilder(MESSAGE);
    for (int i = 0; text.length() < Paste.MAX_LENGTH - 60; i++) {
      text.append("origin: [/[a-z:/.]*[a-z:/.]*[a-z:/.]*!").append(i).append("/],\n");
    }
    assertAtMost(Duration.ofSeconds(10), () -> Console.read(text.toString()));
  }

  /** The longest one takes as many seconds as all others together, and no build asks it. */
  @ParameterizedTest
  @MethodSource("lengths")
  void real_messages_in_any_order(int length) throws IOException {
    List<String> pasted = pasted();
    Random random = new Random(7);
    StringBuilder mixed = new StringBuilder();
    String next = "";
    while (mixed.length() + next.length() <= length) {
      mixed.append(next);
      next = pasted.get(random.nextInt(pasted.size()));
    }
    StringWriter out = new StringWriter();
    // It takes seconds; this much is for a machine that does much else, and compiles little.
    assertAtMost(Duration.ofSeconds(40), () -> explain(mixed.toString(), out));
    String said = out.toString();
    Matcher first = Pattern.compile("\\(1 of ([0-9]+)\\)").matcher(said);
    assertTrue(first.find(), said);
    int told = Integer.parseInt(first.group(1));
    assertTrue(told > 10 && told <= 20, "messages: " + told);
    assertEquals(told == 20, said.contains("These are the first 20 messages."));
  }

  static List<Integer> lengths() {
    return Cases.each(2, List.of(Paste.MAX_LENGTH / 4, Paste.MAX_LENGTH));
  }

  private static List<String> pasted() throws IOException {
    try (InputStream in = LongPasteTest.class.getResourceAsStream("pasted.txt")) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      List<String> texts = Arrays.asList(all.split("(?m)^=== .*\n"));
      return texts.subList(1, texts.size());
    }
  }

  private static void explain(String text, StringWriter out) {
    Explain.explain(List.of(text), Optional.empty(), false, false, new PrintWriter(out));
  }
}
