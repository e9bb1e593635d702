package dev.crosswalk.cors.cli.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is asked once more takes an end. */
class InTimeTest {

  private static final WireRequest REQUEST =
      new WireRequest("GET", "http://api.example.com/", Headers.none());

  private static InTime within(Duration time) {
    return new InTime(request -> new WireResponse(204, Headers.none()), time, REQUEST.url());
  }

  @Test
  void nothing_is_sent_after_the_time_is_over() throws IOException {
    assertEquals(204, within(Duration.ofHours(1)).send(REQUEST).status());
    assertThrows(IOException.class, () -> within(Duration.ofNanos(-1)).send(REQUEST));
  }
}
