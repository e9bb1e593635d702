package dev.crosswalk.cors.tck.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.crosswalk.cors.fuzz.Hostile;
import dev.crosswalk.cors.tck.url.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a server sends on one connection, as it is, to a GET, a HEAD and an OPTIONS in turn. */
class ResponseReaderFuzzTest {

  @FuzzTest
  void responses(byte[] data) throws Exception {
    List<String> whole = Hostile.inTime(() -> read(new ByteArrayInputStream(data), false));
    List<String> dripping = Hostile.inTime(() -> read(new Dripping(data), false));
    // How much of what is not HTTP is there to be shown depends on how it came.
    assertEquals(
        whole.stream().map(ResponseReaderFuzzTest::withoutExcerpt).toList(),
        dripping.stream().map(ResponseReaderFuzzTest::withoutExcerpt).toList(),
        "in one piece or byte by byte");
    Hostile.inTime(() -> read(new ByteArrayInputStream(data), true));
  }

  private static String withoutExcerpt(String told) {
    return told.replaceFirst("the first bytes are .*", "the first bytes are");
  }

  private static List<String> read(InputStream in, boolean excerpt) throws IOException {
    ResponseReader reader = new ResponseReader("http://s.example", in);
    List<String> told = new ArrayList<>();
    for (String method : List.of("GET", "HEAD", "OPTIONS")) {
      reader.expectAnswer();
      try {
        Optional<Runnable> beforeBody = excerpt ? Optional.of(() -> {}) : Optional.empty();
        WireResponse response = reader.read(method, beforeBody);
        told.add(told(response) + " " + reader.isReusable());
      } catch (WireException e) {
        assertNotNull(e.failure());
        Hostile.assertOneLine(String.valueOf(e.getMessage()), 1_000);
        told.add(e.failure() + " " + e.getMessage());
        return told;
      }
    }
    return told;
  }

  private static String told(WireResponse response) {
    assertTrue(response.status() >= 0 && response.status() <= 999);
    assertTrue(response.body().length <= ResponseReader.MAX_BODY_BYTES);
    assertTrue(response.head().length() <= ResponseReader.MAX_HEAD_BYTES + 2);
    response
        .headers()
        .fields()
        .forEach(field -> assertTrue(!field.name().isEmpty() && isBytes(field.value())));
    return response.status()
        + response.reason()
        + response.headers()
        + response.text()
        + response.end();
  }

  private static boolean isBytes(String value) {
    return value.chars().allMatch(c -> c <= 0xFF && c != '\n') && Bytes.lowerCase(value) != null;
  }

  /** Has never more than one byte. */
  private static final class Dripping extends InputStream {

    private final InputStream all;

    Dripping(byte[] data) {
      all = new ByteArrayInputStream(data);
    }

    @Override
    public int read() throws IOException {
      return all.read();
    }

    @Override
    public int read(byte[] some, int from, int length) throws IOException {
      return all.read(some, from, Math.min(length, 1));
    }
  }
}
