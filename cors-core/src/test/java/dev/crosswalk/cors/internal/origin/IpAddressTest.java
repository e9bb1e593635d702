package dev.crosswalk.cors.internal.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers make of each is written out. */
@DisplayName("An IP address")
class IpAddressTest {

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "127.0.0.1, 127.0.0.1",
    "255.254.253.252, 255.254.253.252",
    "127.0.1, 127.0.0.1",
    "127.1, 127.0.0.1",
    "2130706433, 127.0.0.1",
    "0x7f000001, 127.0.0.1",
    "0x7f.0x0.0x0.0x1, 127.0.0.1",
    "0177.0.0.1, 127.0.0.1",
    "017700000001, 127.0.0.1",
    "0x7f.0.01, 127.0.0.1",
    "0, 0.0.0.0",
    "0x, 0.0.0.0",
    "1.0x, 1.0.0.0",
    "256, 0.0.1.0",
    "1.2.3.255, 1.2.3.255",
    "1.2.65535, 1.2.255.255",
    "1.16777215, 1.255.255.255",
    "4294967295, 255.255.255.255",
    "000000000001, 0.0.0.1",
  })
  void of_version_4_may_have_fewer_parts_be_octal_or_hexadecimal_and_is_written_in_one_way(
      String written, String canonical) {
    assertEquals(canonical, IpAddress.canonicalV4(written));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.2.3.4.5",
        "1.2.3.4.0",
        "127.0.0.0.1",
        "1.2.3.256",
        "1.2.65536",
        "1.16777216",
        "4294967296",
        "256.1",
        "1.256.1.1",
        "08",
        "1.2.3.09",
        "0x7g",
        "0xx1",
        "0x+1",
        "1.+2",
        "1.-2",
        "-1",
        "1..2",
        "1.",
        ".1",
        "",
        "a",
        "1.2.3.a",
        "0000000000001",
      })
  void of_version_4_is_nothing_else(String text) {
    assertNull(IpAddress.canonicalV4(text));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "127.0.0.1, true",
    "1.2.3.4.5, true",
    "1, true",
    "example.1, true",
    "example.09, true",
    "example.0x, true",
    "example.0x1f, true",
    "0xffffffffffff, true",
    "example.0xg, false",
    "example.0x+1, false",
    "example.1a, false",
    "example.a1, false",
    "1.example, false",
    "example., false",
    "'', false",
  })
  void is_what_a_host_that_ends_in_a_number_has_to_be(String host, boolean expected) {
    assertEquals(expected, IpAddress.endsInNumber(host));
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "[::], [::]",
    "[0:0:0:0:0:0:0:0], [::]",
    "[::1], [::1]",
    "[0:0:0:0:0:0:0:1], [::1]",
    "[1::], [1::]",
    "[1:0:0:0:0:0:0:0], [1::]",
    "[FE80::00AB], [fe80::ab]",
    "[1:2:3:4:5:6:7:8], [1:2:3:4:5:6:7:8]",
    "[1:2:3:4:5:6:7::], [1:2:3:4:5:6:7:0]",
    "[1:0:3:4:5:6:7:8], [1:0:3:4:5:6:7:8]",
    "[1:0:0:4:5:6:7:8], [1::4:5:6:7:8]",
    "[1:0:0:4:0:0:7:8], [1::4:0:0:7:8]",
    "[1:0:0:4:0:0:0:8], [1:0:0:4::8]",
    "[0:0:3:4:0:0:0:0], [0:0:3:4::]",
    "[::ffff:127.0.0.1], [::ffff:7f00:1]",
    "[::127.0.0.1], [::7f00:1]",
    "[::ffff:0:0], [::ffff:0:0]",
    "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff], [ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff]",
    "[8000:80:8080:ff:f00f:f:f0:ff00], [8000:80:8080:ff:f00f:f:f0:ff00]",
  })
  void of_version_6_is_written_in_one_way(String written, String canonical) {
    assertEquals(canonical, IpAddress.canonicalV6(written));
    String origin = "x" + canonical + ":1";
    assertTrue(IpAddress.isCanonicalV6(origin, 1, origin.length() - 2));
    String other = "x" + written + ":1";
    assertEquals(
        written.equals(canonical), IpAddress.isCanonicalV6(other, 1, other.length() - 2), other);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[",
        "[]",
        "[:]",
        "[1]",
        "[::",
        "::1",
        "[::1",
        "[::1]x",
        "[127.0.0.1]",
        "[1:2:3]",
        "[1:2:3:4:5:6:7:8:9]",
        "[::g]",
        "[:::]",
        "[12345::]",
        "[fe80::1%1]",
        "[fe80::1%eth0]",
        "[\uff11::]",
        "[localhost]",
      })
  void of_version_6_is_nothing_else_and_no_name_is_looked_up(String text) {
    assertNull(IpAddress.canonicalV6(text));
    assertFalse(IpAddress.isCanonicalV6(text, 0, text.length()));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "localhost, true",
    "app.localhost, true",
    "[::1], true",
    "127.0.0.1, true",
    "127.255.0.9, true",
    "localhost.example, false",
    "notlocalhost, false",
    "[::2], false",
    "127.example, false",
    "128.0.0.1, false",
    "1.127.0.0.1, false",
    "127, false",
  })
  void may_be_ones_own_machine(String host, boolean expected) {
    assertEquals(expected, IpAddress.isLoopback(host));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "10.0.0.0/8, a private network",
    "http://10.1.2.3, a private network",
    "192.168.1.*, a private network",
    "192.169.1.*, a network",
    "192, a network",
    "172.15.0.1, a network",
    "172.16.0.1, a private network",
    "172.31.0.1, a private network",
    "172.32.0.1, a network",
    "172.2.0.1, a network",
    "172.200.0.1, a network",
    "127.0.0.1, the user's own machine",
    "http://127.0.0.*, the user's own machine",
    "8.8.8.8, a network",
    "fc00::/7, a private network",
    "http://[fd12::1], a private network",
    "[fe80::1], a network",
    "fd1::, a network",
    "fd123.example, a network",
  })
  void is_of_a_network_that_people_have_a_name_for(String network, String kind) {
    assertEquals(kind, IpAddress.kindOfNetwork(network));
  }
}
