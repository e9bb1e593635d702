package dev.crosswalk.cors.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The proxy of the environment is not used, and that is said where it would be. */
class IgnoredProxyTest {

  private static final Map<String, String> SECURE =
      Map.of("https_proxy", "http://proxy.example:8080");

  @ParameterizedTest
  @ValueSource(strings = {"https://api.example.com/", "wss://api.example.com/", ""})
  void it_is_said_that_a_proxy_is_not_used(String url) {
    assertEquals(
        Optional.of(
            "https_proxy is set, and check does not use it: it connects to the server itself. A"
                + " browser may go through the proxy."),
        IgnoredProxy.of(SECURE, "check", url));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://api.example.com/", "https://localhost:8443/"})
  void nothing_is_said_where_it_would_not_be_used(String url) {
    assertEquals(Optional.empty(), IgnoredProxy.of(SECURE, "check", url));
  }

  @Test
  void an_empty_one_is_none() {
    assertEquals(
        Optional.empty(),
        IgnoredProxy.of(Map.of("HTTP_PROXY", " "), "diagnose", "http://api.example/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "example.com",
        "other.example, .example.com",
        "*.example.com",
        "api.example.com:443"
      })
  void a_host_that_the_environment_leaves_out_is_asked_without_one(String leftOut) {
    Map<String, String> environment = Map.of("ALL_PROXY", "http://proxy:1", "NO_PROXY", leftOut);
    assertEquals(
        Optional.empty(), IgnoredProxy.of(environment, "check", "https://api.example.com/"));
  }
}
