package dev.crosswalk.cors.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.crosswalk.cors.tck.url.Url;
import java.util.List;
import java.util.Optional;

/** The kit's parser of URLs: a URL, and a reference that is resolved against it. */
class UrlFuzzTest {

  @FuzzTest
  void url(byte[] data) throws Exception {
    List<String> lines = Hostile.lines(data, 2);
    Optional<Url> url = Hostile.inTime(() -> Url.parse(lines.get(0)));
    if (url.isPresent()) {
      assertParsesBack(lines.get(0), url.get());
      Optional<Url> resolved = Hostile.inTime(() -> url.get().resolve(lines.get(1)));
      resolved.ifPresent(other -> assertParsesBack(lines.get(0) + lines.get(1), other));
    }
  }

  private static void assertParsesBack(String input, Url url) {
    String text = url.toString();
    assertEquals(Optional.of(url), Url.parse(text), () -> "parsed, printed and parsed: " + text);
    // A character becomes at most four bytes, and each of those three characters; a host, punycode.
    Hostile.assertOneLine(text, 12 * input.length() + 100);
    assertTrue(text.chars().allMatch(c -> c < 0x7F), () -> "not ASCII: " + text);
    if (url.isHttp()) {
      String origin = url.origin().serialize();
      assertEquals(
          Optional.of(origin),
          Url.parse(origin).map(parsed -> parsed.origin().serialize()),
          "an origin is the origin of itself");
    }
  }
}
