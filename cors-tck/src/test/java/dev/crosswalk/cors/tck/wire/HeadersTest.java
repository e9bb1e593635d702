package dev.crosswalk.cors.tck.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeadersTest {

  private final Headers headers = Headers.of("Vary", "a", "X", "1", "vary", " b\t");

  @Test
  void lines_keep_their_order_and_names_their_case() {
    assertEquals(List.of("Vary: a", "X: 1", "vary: b"), texts(headers));
  }

  private static List<String> texts(Headers headers) {
    return headers.fields().stream().map(Headers.Field::toString).toList();
  }

  @Test
  void a_name_is_compared_whatever_its_case() {
    assertEquals(List.of("a", "b"), headers.lines("VARY"));
    assertEquals(Optional.of("a, b"), headers.get("vArY"));
    assertTrue(headers.has("x"));
    // The Kelvin sign is not a K: only ASCII letters have a case here.
    assertFalse(Headers.of("K", "1").has("\u212A"));
  }

  @Test
  void what_is_absent_differs_from_what_is_empty() {
    assertEquals(Optional.empty(), headers.get("Origin"));
    assertEquals(Optional.of(""), headers.with("Origin", "  ").get("Origin"));
    assertEquals(Optional.empty(), headers.split("Origin"));
    assertEquals(Optional.of(List.of("")), headers.with("Origin", "").split("Origin"));
  }

  @Test
  void a_quoted_string_may_be_left_open() {
    assertEquals(List.of("a", "\"b, c"), Headers.splitValue("a, \"b, c"));
    assertEquals(List.of("\"\\\", a\"", "b"), Headers.splitValue("\"\\\", a\", b"));
    assertEquals(List.of("\"\\"), Headers.splitValue("\"\\"));
  }

  @Test
  void a_header_list_does_not_change() {
    headers.with("Y", "2");
    headers.without("X");
    assertEquals(3, headers.fields().size());
    assertThrows(UnsupportedOperationException.class, () -> headers.fields().clear());
  }

  @Test
  void all_lines_of_a_name_go_together() {
    assertEquals(List.of("X: 1"), texts(headers.without("VARY")));
  }

  @Test
  void a_name_without_a_value_is_refused() {
    assertThrows(IllegalArgumentException.class, () -> Headers.of("Vary"));
  }

  @Test
  void one_malformed_element_spoils_all_lines() {
    Headers methods =
        Headers.of(
            "Access-Control-Allow-Methods", "GET",
            "Access-Control-Allow-Methods", "PUT, DEL ETE");
    assertEquals(
        new ListValues.Malformed("DEL ETE"),
        methods.extractListValues("access-control-allow-methods"));
  }

  @Test
  void a_list_may_have_empty_elements_and_be_empty() {
    assertEquals(new ListValues.Values(List.of("a", "b")), allowHeaders(",a ,\t, b,"));
    assertEquals(new ListValues.Values(List.of()), allowHeaders(""));
  }

  private static ListValues allowHeaders(String value) {
    return Headers.of("Access-Control-Allow-Headers", value)
        .extractListValues("Access-Control-Allow-Headers");
  }

  @Test
  void a_header_without_a_known_grammar_cannot_be_extracted() {
    assertThrows(IllegalArgumentException.class, () -> headers.extractListValues("Vary"));
  }
}
