package dev.crosswalk.cors.cli.remedy.request;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which hosts nobody outside of a network can use. */
class PrivateHostTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.5",
        "172.16.0.1",
        "172.31.255.254",
        "192.168.1.4",
        "169.254.169.254",
        "[fd12:3456::1]",
        "[fe80::1]",
        "127.0.0.1",
        "[::1]",
        "0.0.0.0",
        "localhost",
        "backend",
        "api.default.svc.cluster.local",
        "app.flycast",
        "printer.local",
        "nas.home.arpa"
      })
  void is_inner(String host) {
    assertTrue(PrivateHost.isInner(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.example.com",
        "192.168.example.com",
        "172.32.0.1",
        "11.0.0.5",
        "[2001:db8::1]",
        "[ff02::1]",
        "fd12.example.com",
        "localhost.example.com",
        "local.example.com",
        "example.internal.com"
      })
  void is_for_everybody(String host) {
    assertFalse(PrivateHost.isInner(host));
  }
}
