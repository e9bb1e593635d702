package dev.crosswalk.cors.internal.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.internal.origin.OriginPatternParser.Parsed;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A name below which anybody can get one")
class SharedHostsTest {

  private static @Nullable String shared(String pattern) {
    return ((Parsed) OriginPatternParser.parse(pattern)).pattern().publicSuffix();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app.github.dev",
        "gitpod.io",
        "devtunnels.ms",
        "loca.lt",
        "lhr.life",
        "nip.io",
        "sslip.io",
        "googleusercontent.com",
        "wordpress.com",
        "substack.com",
        "tumblr.com"
      })
  void is_known_though_the_public_suffixes_lack_it(String host) {
    assertFalse(PublicSuffixes.isSuffix(host));
    assertEquals(host, shared("https://*." + host));
    assertEquals(host, shared("https://app-*." + host));
    assertEquals(host, shared("http://*." + host + ":*"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://*.euw.devtunnels.ms, euw.devtunnels.ms",
    "https://*.ws-eu114.gitpod.io, ws-eu114.gitpod.io",
    "https://*.10.0.0.1.nip.io, 10.0.0.1.nip.io",
    "https://*.bc.googleusercontent.com, bc.googleusercontent.com",
    "https://*.us.auth0.com, us.auth0.com",
    "https://*.zrok.io, share.zrok.io",
    "https://*.azure.com, cloudapp.azure.com",
    "https://*.pit-1.try.coder.app, pit-1.try.coder.app",
    "https://*.free.beeceptor.com, free.beeceptor.com",
  })
  void is_known_by_its_region_its_account_and_the_name_above_it(String pattern, String name) {
    assertEquals(name, shared(pattern));
  }

  @ParameterizedTest
  @CsvSource({
    "corp, '\"corp\" (if it is a top-level domain)'",
    "com, '\"com\"'",
    "loca.lt, '\"loca.lt\" (a tunnel to anyone''s machine)'",
    "app.github.dev, '\"app.github.dev\" (anyone''s workspace)'",
    "tumblr.com, '\"tumblr.com\" (anyone''s site)'",
    "us.auth0.com, '\"us.auth0.com\" (anyone''s account)'",
    "10.0.0.1.nip.io, '\"10.0.0.1.nip.io\" (any IP address)'",
    "github.io, '\"github.io\"'",
    "*.loca.lt, '\"*.loca.lt\" (a tunnel to anyone''s machine)'",
  })
  void has_a_reason_that_a_person_understands(String name, String words) {
    assertEquals(words, SharedHosts.inWords(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://*.shop.wordpress.com",
        "https://*.example.com",
        "https://*.mynip.io",
        "https://app-*.azure.com",
        "https://me.wordpress.com",
        "https://me.wordpress.com:*",
        "capacitor://*.wordpress.com",
      })
  void is_not_ones_own_name_a_similar_one_or_a_single_host(String pattern) {
    assertNull(shared(pattern));
  }

  /** Entries of ours that the list has got meanwhile can be deleted here. */
  @Test
  void is_listed_once_in_ASCII_with_a_reason_and_only_if_the_public_suffixes_lack_it()
      throws Exception {
    List<String> lines;
    try (InputStream list = SharedHosts.class.getResourceAsStream("shared-hosts.txt")) {
      lines = new String(list.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    assertTrue(lines.get(0).matches("#.* as of 20[0-9]{2}-[0-9]{2}-[0-9]{2}\\."), lines.get(0));
    List<String> names =
        lines.stream()
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .map(line -> line.split("\\s+")[1])
            .toList();
    assertEquals(names.size(), new HashSet<>(names).size(), "each name once");
    assertTrue(names.size() > 70, "only " + names.size());
    for (String name : names) {
      String host = name.startsWith("*.") ? name.substring(2) : name;
      assertTrue(Origin.isDomain(host, 0, host.length()), name);
      assertTrue(host.indexOf('.') > 0, name);
      assertFalse(PublicSuffixes.isSuffix(host), name);
      assertNotNull(SharedHosts.reason(host), name);
      assertFalse(name.equals(host) && names.contains("*." + name), name);
    }
  }
}
