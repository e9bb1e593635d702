package dev.crosswalk.cors.internal.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The host of a request")
class RequestHostTest {

  @ParameterizedTest
  @CsvSource({
    "a.example, a.example, ''",
    "a.example., a.example, ''",
    "a.example:8, a.example, :8",
    "a.example.:65535, a.example, :65535",
    "[::], [::], ''",
    "[::]:8080, [::], :8080",
  })
  void is_a_name_without_the_last_dot_and_a_port(String text, String name, String port) {
    RequestHost host = RequestHost.of(text);
    assertNotNull(host);
    assertEquals(name, host.name());
    assertEquals(port, host.port());
  }

  @ParameterizedTest
  @ValueSource(strings = {":", "a:", "a:x", "a:655350", "a:8:8"})
  void has_digits_behind_a_colon(String text) {
    assertNull(RequestHost.of(text));
  }

  @Test
  void is_read_up_to_the_longest_host_with_a_dot_and_a_port() {
    String longest = "a".repeat(253) + ".:65535";
    assertNotNull(RequestHost.of(longest));
    assertNull(RequestHost.of("a" + longest));
  }

  @Test
  void is_suggested_on_the_same_port_if_it_is_one_that_browsers_send() {
    assertEquals(List.of("a.example"), RequestHost.suggestions("a.example/"));
    assertEquals(List.of("a.example:8080"), RequestHost.suggestions("a.example:8080/x"));
    assertEquals(List.of("a.example"), RequestHost.suggestions("https://a.example"));
    assertEquals(List.of("a.example:8080"), RequestHost.suggestions("HTTP://A.example:8080/x"));
    assertEquals(List.of(), RequestHost.suggestions("https://a.example:443"));
    assertEquals(List.of(), RequestHost.suggestions("https://*.a.example"));
    assertEquals(List.of(), RequestHost.suggestions("https://"));
    assertEquals(List.of(), RequestHost.suggestions("a.example:80"));
    assertEquals(List.of(), RequestHost.suggestions("a.example:08080"));
    assertEquals(List.of(), RequestHost.suggestions("a.example"));
    assertEquals(List.of(), RequestHost.suggestions("a:b:c"));
  }

  @ParameterizedTest
  @CsvSource({
    "a.example, true",
    "A.EXAMPLE, true",
    "a.example:8080, true",
    "[::1], true",
    "a.example:80, false",
    "*.a.example, false",
    "a.example/, false",
    "'', false",
  })
  void is_sent_as_an_origin_has_it_in_any_case(String text, boolean isSent) {
    assertEquals(isSent, RequestHost.isSent(text));
  }

  @ParameterizedTest
  @CsvSource({
    "a.example:80, true",
    "a.example:443, true",
    "a.example.:443, true",
    "A.example:80, true",
    "a.example, false",
    "a.example:8080, false",
    "a.example:x, false",
    "*.example:80, false",
    "*.example:443, false",
    "*.example:8080, false",
    ":80, false",
  })
  void has_a_default_port_if_browsers_leave_it_out_of_a_host_that_they_send(
      String text, boolean hasOne) {
    assertEquals(hasOne, RequestHost.hasDefaultPort(text));
  }
}
