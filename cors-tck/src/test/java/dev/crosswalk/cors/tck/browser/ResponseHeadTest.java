package dev.crosswalk.cors.tck.browser;

import static dev.crosswalk.cors.tck.browser.Replies.response;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
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

  @Test
  void a_list_of_lengths_is_several() {
    var list = response(200, "Content-Length", "2, 3");
    assertEquals(Optional.of("Content-Length"), ResponseHead.defect(list, Engine.FIREFOX));
    var equal = response(200, "Content-Length", "2, 2");
    assertEquals(Optional.empty(), ResponseHead.defect(equal, Engine.CHROMIUM));
  }

  @Test
  void a_comma_in_the_name_of_a_file_is_for_chromium_alone() {
    var bare = response(200, "Content-Disposition", "attachment; filename=a,b.csv");
    assertEquals(Optional.of("Content-Disposition"), ResponseHead.defect(bare, Engine.CHROMIUM));
    assertEquals(Optional.empty(), ResponseHead.defect(bare, Engine.FIREFOX));
    var quoted = response(200, "Content-Disposition", "attachment; filename=\"a,b.csv\"");
    assertEquals(Optional.empty(), ResponseHead.defect(quoted, Engine.CHROMIUM));
  }

  @ParameterizedTest
  @EnumSource(names = {"CHROMIUM", "FIREFOX", "WEBKIT"})
  void a_byte_0_is_in_no_field(Engine engine) {
    assertEquals(Optional.of("X-A"), ResponseHead.defect(response(200, "X-A", "a\0b"), engine));
    assertEquals("ERR_INVALID_HTTP_RESPONSE", ResponseHead.netError("X-A", List.of("a\0b")));
  }

  @Test
  void a_carriage_return_ends_a_line_in_chromium_and_the_response_in_firefox() {
    var crlf = response(200, "Access-Control-Allow-Origin", "*\rX-B: 1");
    var read = ResponseHead.read(crlf, Engine.CHROMIUM).headers();
    assertEquals(Optional.of("*"), read.get("Access-Control-Allow-Origin"));
    assertEquals(Optional.of("1"), read.get("X-B"));
    assertEquals(
        Optional.of("Access-Control-Allow-Origin"), ResponseHead.defect(crlf, Engine.FIREFOX));
  }

  @Test
  void an_empty_location_is_none_in_chromium_alone() {
    var empty = response(302, "location", "");
    assertEquals(false, ResponseHead.read(empty, Engine.CHROMIUM).headers().has("Location"));
    assertEquals(empty, ResponseHead.read(empty, Engine.FIREFOX));
  }

  @Test
  void an_upgrade_that_nobody_asked_for_is_dropped_by_chromium_alone() {
    assertEquals(Optional.of("101"), ResponseHead.defect(response(101), Engine.CHROMIUM));
    assertEquals(Optional.empty(), ResponseHead.defect(response(101), Engine.FIREFOX));
    assertEquals("ERR_EMPTY_RESPONSE", ResponseHead.netError("101"));
  }
}
