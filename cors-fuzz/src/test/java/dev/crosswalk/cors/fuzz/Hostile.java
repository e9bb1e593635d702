package dev.crosswalk.cors.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** What holds for every reader, and how a target takes its input apart. */
public final class Hostile {

  /**
   * Of the processor, for one input of a few thousand characters. It takes milliseconds; this much
   * is for the first one, for a machine that does much else, and for instrumented code.
   */
  private static final Duration ENOUGH = Duration.ofSeconds(3);

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private Hostile() {}

  /** Returns what is given to a reader of characters. */
  public static String text(byte[] data) {
    return new String(data, StandardCharsets.UTF_8);
  }

  /**
   * Returns the lines of an input: the files of the corpus can be read, and written by hand. A
   * vertical tab stands for a line break inside of a line.
   *
   * @param atLeast how many there are at least: those that are missing are empty
   */
  public static List<String> lines(byte[] data, int atLeast) {
    String text = text(data) + "\n".repeat(atLeast);
    return List.of(text.replace("\r\n", "\n").split("\n", -1)).stream()
        .map(line -> line.replace('\u000B', '\n'))
        .toList();
  }

  /** Does something, which must end in time. */
  public static <T> T inTime(Callable<T> work) throws Exception {
    long before = THREADS.getCurrentThreadCpuTime();
    T result = work.call();
    Duration taken = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - before);
    assertTrue(taken.compareTo(ENOUGH) < 0, () -> "took " + taken);
    return result;
  }

  /** Asserts that a text is one line that no terminal takes for a command, and not too long. */
  public static void assertOneLine(String text, int maxLength) {
    assertTrue(text.length() <= maxLength, () -> text.length() + " characters: " + text);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean breaks = Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
      assertTrue(!breaks, () -> String.format("has \\u%04x: %s", (int) c, text));
    }
  }

  /** Asserts that each line of a text is one. */
  public static void assertLines(String text, int maxLength) {
    assertTrue(text.length() <= maxLength, () -> text.length() + " characters: " + text);
    for (String line : text.split("\n", -1)) {
      assertOneLine(line, maxLength);
    }
  }

  /** Asserts that a text may be the value of a header: printable ASCII, and not empty. */
  public static void assertFieldValue(String value) {
    assertTrue(!value.isEmpty(), "empty");
    assertEquals(-1, indexOfUnprintable(value), () -> "not printable: " + value);
  }

  private static int indexOfUnprintable(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < 0x20 || value.charAt(i) > 0x7E) {
        return i;
      }
    }
    return -1;
  }
}
