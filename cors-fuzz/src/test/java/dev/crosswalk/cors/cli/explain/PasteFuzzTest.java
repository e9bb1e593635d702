package dev.crosswalk.cors.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.crosswalk.cors.cli.explain.console.Console;
import dev.crosswalk.cors.cli.explain.lists.AllowList;
import dev.crosswalk.cors.cli.explain.lists.CoveredPaths;
import dev.crosswalk.cors.cli.explain.message.ConsoleMessage;
import dev.crosswalk.cors.cli.explain.settings.Settings;
import dev.crosswalk.cors.fuzz.Hostile;
import java.util.List;
import java.util.Locale;

/**
 * What somebody has pasted beside a message: prose, code, a configuration, a log. It cannot hide
 * the message, and what is read of it is in it.
 */
class PasteFuzzTest {

  private static final String MESSAGE =
      "Access to fetch at 'https://api.example.com/x' from origin 'https://app.example.com' has been"
          + " blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the"
          + " requested resource.\n";

  @FuzzTest
  void beside(byte[] data) throws Exception {
    String text = Hostile.text(data);
    List<ConsoleMessage> messages = Hostile.inTime(() -> Console.read(MESSAGE + "\n" + text));
    assertFalse(messages.isEmpty(), "the message is not explained");
    assertTrue(messages.size() <= Console.MAX_MESSAGES);
    assertEquals(messages, Console.read(MESSAGE + "\n" + text), "read twice");
    for (String setting : Hostile.inTime(() -> Settings.in(text, text)).names().split(" ")) {
      assertTrue(text.contains(setting), () -> setting + " is not in the text");
    }
    String lower = text.toLowerCase(Locale.ROOT);
    for (AllowList.Kind kind : AllowList.Kind.values()) {
      for (String value : Hostile.inTime(() -> AllowList.of(kind, lower)).values()) {
        assertTrue(lower.contains(value), () -> value + " is not in the text");
      }
    }
    for (String path : Hostile.inTime(() -> CoveredPaths.of(lower)).patterns()) {
      assertTrue(lower.contains(path), () -> path + " is not in the text");
    }
    Hostile.inTime(() -> Console.read(text));
    Hostile.inTime(() -> Software.in(text, messages.get(0)));
  }
}
