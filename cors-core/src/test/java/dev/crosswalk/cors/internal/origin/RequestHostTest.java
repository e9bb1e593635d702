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
  @DisplayName("is a name, without the last dot, and a port")
  void parts(String text, String name, String port) {
    RequestHost host = RequestHost.of(text);
    assertNotNull(host);
    assertEquals(name, host.name());
    assertEquals(port, host.port());
  }

  @ParameterizedTest
  @ValueSource(strings = {":", "a:", "a:x", "a:655350", "a:8:8"})
  @DisplayName("has digits behind a colon")
  void wrongPorts(String text) {
    assertNull(RequestHost.of(text));
  }

  @Test
  @DisplayName("is read up to the longest host with a dot and a port")
  void longest() {
    String longest = "a".repeat(253) + ".:65535";
    assertNotNull(RequestHost.of(longest));
    assertNull(RequestHost.of("a" + longest));
  }

  @Test
  @DisplayName("is suggested on the same port, if it is one that browsers send")
  void suggestions() {
    assertEquals(List.of("a.example"), RequestHost.suggestions("a.example/"));
    assertEquals(List.of("a.example:8080"), RequestHost.suggestions("a.example:8080/x"));
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
  @DisplayName("is sent as an origin has it, in any case")
  void sent(String text, boolean isSent) {
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
  @DisplayName("has a default port if browsers leave it out of a host that they send")
  void defaultPort(String text, boolean hasOne) {
    assertEquals(hasOne, RequestHost.hasDefaultPort(text));
  }
}
