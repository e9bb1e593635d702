package dev.crosswalk.cors.cli.copied;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.crosswalk.cors.fuzz.Hostile;

/** A request as a browser copies it, for curl, for PowerShell or as fetch. */
class CopiedRequestFuzzTest {

  @FuzzTest
  void copied(byte[] data) throws Exception {
    String text = Hostile.text(data);
    CopiedRequest request;
    try {
      request = Hostile.inTime(() -> CopiedRequest.of(text));
    } catch (IllegalArgumentException e) {
      String sentence = String.valueOf(e.getMessage());
      Hostile.assertOneLine(sentence, 300);
      assertTrue(!sentence.endsWith("."), () -> "a sentence without its period: " + sentence);
      return;
    }
    CopiedRequest again = CopiedRequest.of(text);
    assertEquals(request.url(), again.url());
    assertEquals(request.headers(), again.headers());
    int length =
        request.url().length()
            + request.cookie().length()
            + request.data().orElse("").length()
            + String.join("", request.headers()).length();
    // Authorization, in base 64 of UTF-8, and the type of a form.
    assertTrue(length <= 4 * text.length() + 200, "longer than what was pasted");
    request
        .headers()
        .forEach(header -> assertTrue(header.indexOf(':') > 0, () -> "not a header: " + header));
  }
}
