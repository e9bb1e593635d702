package dev.crosswalk.cors.tck.browser;

import static dev.crosswalk.cors.tck.browser.Replies.response;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** As Chromium 156 was seen to do, and as Gecko's source says. */
class ResponseHeadTest {

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length", "Content-Disposition", "Location"})
  void two_values_that_differ(String name) {
    for (Engine engine : new Engine[] {Engine.CHROMIUM, Engine.FIREFOX, Engine.WEBKIT}) {
      assertEquals(
          Optional.of(name), ResponseHead.defect(response(200, name, "1", name, "2"), engine));
    }
    assertEquals(
        Optional.empty(),
        ResponseHead.defect(response(200, name, "1", name, "2"), Engine.STANDARD));
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void two_equal_values_are_one(Engine engine) {
    assertEquals(
        Optional.empty(),
        ResponseHead.defect(response(200, "Content-Length", "1", "content-length", "1"), engine));
  }

  @Test
  void a_length_that_chunks_replace_counts_for_nothing() {
    assertEquals(
        Optional.empty(),
        ResponseHead.defect(
            response(
                200, "Content-Length", "1", "Content-Length", "2", "Transfer-Encoding", "chunked"),
            Engine.CHROMIUM));
  }

  @Test
  void a_status_for_proxies_is_dropped_by_chromium_alone() {
    assertEquals(Optional.of("407"), ResponseHead.defect(response(407), Engine.CHROMIUM));
    assertEquals(Optional.empty(), ResponseHead.defect(response(407), Engine.FIREFOX));
    assertEquals("ERR_UNEXPECTED_PROXY_AUTH", ResponseHead.netError("407"));
    assertEquals(
        "ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_LENGTH", ResponseHead.netError("Content-Length"));
  }

  @Test
  void white_space_in_front_of_a_colon_is_cut_by_chromium_alone() {
    var spaced = response(200, "Access-Control-Allow-Origin ", "*");
    assertEquals(
        Optional.of("*"),
        ResponseHead.read(spaced, Engine.CHROMIUM).headers().get("Access-Control-Allow-Origin"));
    assertEquals(spaced, ResponseHead.read(spaced, Engine.FIREFOX));
  }
}
