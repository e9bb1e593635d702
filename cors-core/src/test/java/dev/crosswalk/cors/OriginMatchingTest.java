package dev.crosswalk.cors;

import static dev.crosswalk.cors.Message.READER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.internal.syntax.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which origins a policy's patterns denote. */
@DisplayName("An origin pattern")
class OriginMatchingTest {

  private static boolean allows(CorsPolicy policy, String origin) {
    return !policy.decide(Message.actual(origin), READER).outcome().isRefusal();
  }

  private static boolean allows(String pattern, String origin) {
    return allows(CorsPolicy.builder().allowOrigins(pattern).build(), origin);
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "https://*.example.com, allows, https://x.example.com",
    "https://*.example.com, allows, https://y.x.example.com",
    "https://*.example.com, allows, https://x_y.example.com",
    "https://*.example.com, allows, https://1.example.com",
    "https://*.example.com, allows, https://xn--bcher-kva.example.com",
    "https://*.example.com, refuses, https://example.com",
    "https://*.example.com, refuses, https://.example.com",
    "https://*.example.com, refuses, https://x..example.com",
    "https://*.example.com, refuses, https://.x.example.com",
    "https://*.example.com, refuses, https://xexample.com",
    "https://*.example.com, refuses, https://x.example.com.evil.net",
    "https://*.example.com, refuses, http://x.example.com",
    "https://*.example.com, refuses, https://x.example.com:8443",
    "https://*.example.com, refuses, https://x.example.com.",
    "https://*.example.com, refuses, https://evil.net?.example.com",
    "https://*.example.com, refuses, https://evil.net#.example.com",
    "https://*.example.com, refuses, https://evil.net/.example.com",
    "https://*.example.com, refuses, 'https://u@evil.net\\\\.example.com'",
    "https://*.example.com, refuses, https://u:p@x.example.com",
    "https://*.example.com, refuses, https://%00.example.com",
    "https://*.example.com, refuses, https://-x.example.com",
    "https://*.example.com, refuses, https://*.example.com",
    "https://*.example.com, refuses, https://[::1].example.com",
    "https://*.example.com, refuses, https://X.example.com",
    "https://example.com:*, allows, https://example.com",
    "https://example.com:*, allows, https://example.com:1",
    "https://example.com:*, allows, https://example.com:80",
    "https://example.com:*, allows, https://example.com:8443",
    "https://example.com:*, allows, https://example.com:65535",
    "https://example.com:*, refuses, https://example.com:443",
    "https://example.com:*, refuses, https://example.com:0",
    "https://example.com:*, refuses, https://example.com:65536",
    "https://example.com:*, refuses, https://example.com:08443",
    "https://example.com:*, refuses, https://example.com:",
    "https://example.com:*, refuses, https://example.com:abc",
    "https://example.com:*, refuses, https://example.com:443443",
    "https://example.com:*, refuses, https://example.com:1:1",
    "https://example.com:*, refuses, https://example.com:4294967297",
    "https://example.com:*, refuses, https://example.com:*",
    "https://example.com:*, refuses, https://x.example.com",
    "https://*.example.com:*, allows, https://a.b.example.com:9999",
    "https://*.example.com:*, refuses, https://example.com:9999",
    "http://[::1]:3000, allows, http://[::1]:3000",
    "http://[::1]:3000, refuses, http://[0:0:0:0:0:0:0:1]:3000",
    "http://[::1]:3000, refuses, http://[::0001]:3000",
    "http://[::1]:3000, refuses, http://[::1]",
    "http://[::1]:*, allows, http://[::1]:9",
    "http://[::1]:*, refuses, http://[::1]:80",
    "http://[::1]:*, refuses, http://[::1:9",
    "http://[::1]:*, refuses, http://[::1]x:9",
    "http://localhost:3000, refuses, http://localhost",
    "http://localhost:3000, refuses, http://localhost.:3000",
    "http://localhost:*, allows, http://localhost:5173",
    "http://localhost:*, refuses, http://x.localhost:5173",
    "http://127.0.0.1, allows, http://127.0.0.1",
    "http://127.0.0.1, refuses, http://[127.0.0.1]",
    "http://127.0.0.1, refuses, http://127.1",
    "http://127.0.0.1, refuses, http://2130706433",
    "http://127.0.0.1:*, refuses, http://1.127.0.0.1:1",
    "https://xn--bcher-kva.example, allows, https://xn--bcher-kva.example",
    "https://192.0.2.1, allows, https://192.0.2.1",
    "capacitor://localhost, allows, capacitor://localhost",
    "capacitor://localhost, refuses, ionic://localhost",
    "app://., allows, app://.",
    "app://., refuses, app://-",
    "app://-, allows, app://-",
    "chrome-extension://abcdefghijklmnop, allows, chrome-extension://abcdefghijklmnop",
    "https://app-*-team.example.app, allows, https://app-x-team.example.app",
    "https://app-*-team.example.app, allows, https://app-x-y-team.example.app",
    "https://app-*-team.example.app, refuses, https://app--team.example.app",
    "https://app-*-team.example.app, refuses, https://app-team.example.app",
    "https://app-*-team.example.app, refuses, https://app-x.evil-team.example.app",
    "https://app-*-team.example.app, refuses, https://app-x-team.evil.app",
    "https://app-*-team.example.app, refuses, https://y.app-x-team.example.app",
    "https://app-*.example.app, allows, https://app-x.example.app",
    "https://app-*.example.app, refuses, https://app-.example.app",
    "https://*-team.example.app, allows, https://x-team.example.app",
    "https://*-team.example.app, refuses, https://-team.example.app"
  })
  void denotes_origins(String pattern, String verb, String origin) {
    assertEquals(verb.equals("allows"), allows(pattern, origin));
  }

  @Test
  void denotes_no_host_that_DNS_cannot_name() {
    String rest = ".example.com";
    String label = "a".repeat(63) + ".";
    assertTrue(allows("https://*.example.com", "https://" + "a".repeat(63) + rest));
    assertEquals(false, allows("https://*.example.com", "https://" + "a".repeat(64) + rest));
    String longest = label.repeat(3) + "a".repeat(253 - 3 * 64 - rest.length()) + rest;
    assertEquals(253, longest.length());
    assertTrue(allows("https://*.example.com", "https://" + longest));
    assertEquals(false, allows("https://*.example.com", "https://a" + longest));
  }

  // What follows tells the same a second time, naively, and compares.

  private static final Pattern SERIALIZED =
      Pattern.compile(
          "([a-z][a-z0-9+.-]{0,63})://(\\[[0-9a-f:]+]|[a-z0-9_.-]{1,253})(?::([0-9]+))?");

  private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");

  /** A serialized origin in its three parts; the port is empty if there is none. */
  private record Parts(String text, String scheme, String host, String port) {

    static @Nullable Parts of(String origin) {
      Matcher matcher = SERIALIZED.matcher(origin);
      if (!matcher.matches()) {
        return null;
      }
      String scheme = matcher.group(1);
      String host = matcher.group(2);
      String port = matcher.group(3);
      if (port != null) {
        if (port.startsWith("0")
            || port.length() > 5
            || Integer.parseInt(port) > 65535
            || scheme.equals("http") && port.equals("80")
            || scheme.equals("https") && port.equals("443")) {
          return null;
        }
      }
      if (!host.startsWith("[")) {
        for (String label : host.split("\\.", -1)) {
          if (!LABEL.matcher(label).matches()) {
            return null;
          }
        }
      }
      return new Parts(origin, scheme, host, port == null ? "" : port);
    }

    /** The sentences about patterns, one by one. */
    boolean isDenotedBy(String pattern) {
      if (!pattern.contains("*")) {
        return pattern.equals(text);
      }
      int schemeEnd = pattern.indexOf("://");
      if (!scheme.equals(pattern.substring(0, schemeEnd))) {
        return false;
      }
      String rest = pattern.substring(schemeEnd + 3);
      int colon = rest.indexOf(':', rest.indexOf(']') + 1);
      String patternHost = colon < 0 ? rest : rest.substring(0, colon);
      String patternPort = colon < 0 ? "" : rest.substring(colon + 1);
      if (!patternPort.equals("*") && !patternPort.equals(port)) {
        return false;
      }
      int star = patternHost.indexOf('*');
      if (star < 0) {
        return host.equals(patternHost);
      }
      String before = patternHost.substring(0, star);
      String after = patternHost.substring(star + 1);
      if (host.length() <= before.length() + after.length()
          || !host.startsWith(before)
          || !host.endsWith(after)) {
        return false;
      }
      String covered = host.substring(before.length(), host.length() - after.length());
      return patternHost.startsWith("*.") || !covered.contains(".");
    }
  }

  private static final String[] SCHEMES = {"https", "https", "http", "capacitor", "x+y.z-1"};
  private static final String[] LABELS = {
    "a",
    "b",
    "c",
    "ab",
    "a-b",
    "app",
    "app-x-team",
    "app-a",
    "b-team",
    "x_y",
    "xn--bcher-kva",
    "com",
    "1"
  };
  private static final String[] PREFIXES = {"", "", "a-", "app-"};
  private static final String[] SUFFIXES = {"", "-b", "-team"};
  private static final String[] PORTS = {"", "", "", ":1", ":80", ":443", ":8080", ":65535"};
  private static final String[] BAD_PORTS = {
    ":", ":0", ":08", ":65536", ":99999999999", ":a", ":*"
  };
  private static final String INSERTED = "ab.-_:/*[]@ ,A%\u0000\u212a\ud800019";

  private static String any(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static String host(Random random) {
    StringBuilder host = new StringBuilder();
    for (int labels = random.nextInt(3); labels > 0; labels--) {
      host.append(any(random, LABELS)).append('.');
    }
    return host.append(any(random, "a", "b", "com", "app", "a-b")).toString();
  }

  private static String portFor(Random random, String scheme) {
    String port = any(random, PORTS);
    boolean isDefault =
        scheme.equals("https") && port.equals(":443")
            || scheme.equals("http") && port.equals(":80");
    return isDefault ? "" : port;
  }

  private static String pattern(Random random) {
    String scheme = any(random, SCHEMES);
    String port = random.nextInt(4) == 0 ? ":*" : portFor(random, scheme);
    return switch (random.nextInt(6)) {
      case 0 -> scheme + "://" + host(random) + port;
      case 1 -> scheme + "://" + any(random, "[::1]", "[2001:db8::a]", "127.0.0.1") + port;
      case 2, 3 -> scheme + "://*." + host(random) + port;
      default ->
          scheme
              + "://"
              + any(random, PREFIXES)
              + "*"
              + any(random, SUFFIXES)
              + "."
              + host(random)
              + port;
    };
  }

  private static String origin(Random random, List<String> patterns) {
    String origin = any(random, patterns.toArray(new String[0]));
    if (random.nextInt(5) == 0) {
      origin = any(random, SCHEMES) + "://" + host(random) + any(random, PORTS);
    }
    if (origin.endsWith(":*")) {
      origin = origin.substring(0, origin.length() - 2) + any(random, PORTS);
    }
    String covered =
        random.nextInt(3) > 0
            ? any(random, LABELS)
            : any(random, LABELS) + "." + any(random, LABELS);
    origin = origin.replace("*", covered);
    for (int edits = random.nextInt(5) - 2; edits > 0; edits--) {
      int at = random.nextInt(origin.length() + 1);
      origin =
          switch (random.nextInt(4)) {
            case 0 ->
                origin.substring(0, at)
                    + INSERTED.charAt(random.nextInt(INSERTED.length()))
                    + origin.substring(at);
            case 1 -> origin.substring(0, at) + origin.substring(Math.min(at + 1, origin.length()));
            case 2 -> origin.substring(0, at) + any(random, LABELS) + origin.substring(at);
            default -> origin + any(random, BAD_PORTS);
          };
    }
    return origin;
  }

  @Test
  void means_in_a_policy_of_many_what_it_means_read_aloud_for_random_pairs() {
    long seed = Long.getLong("seed", 1);
    Random random = new Random(seed);
    int rounds = Rounds.of(200_000);
    int pairs = 0;
    int allowed = 0;
    int byPattern = 0;
    int malformed = 0;
    while (pairs < rounds) {
      List<String> patterns = new ArrayList<>();
      for (int i = random.nextInt(6); i >= 0; i--) {
        patterns.add(pattern(random));
      }
      CorsPolicy policy = CorsPolicy.builder().allowOrigins(patterns).build();
      for (int i = 0; i < 500; i++) {
        String origin = origin(random, patterns);
        Parts parts = Parts.of(origin);
        boolean expected = false;
        for (int j = 0; parts != null && !expected && j < patterns.size(); j++) {
          expected = parts.isDenotedBy(patterns.get(j));
        }
        if (expected != allows(policy, origin)) {
          assertEquals(
              expected,
              allows(policy, origin),
              "seed " + seed + ": " + Text.quote(origin) + " under " + patterns);
        }
        pairs++;
        allowed += expected ? 1 : 0;
        byPattern += expected && !patterns.contains(origin) ? 1 : 0;
        malformed += parts == null ? 1 : 0;
      }
    }
    String counts = allowed + " allowed, " + byPattern + " by pattern, " + malformed + " malformed";
    assertTrue(allowed > pairs / 10 && allowed < pairs * 9 / 10, counts);
    assertTrue(byPattern > pairs / 10, counts);
    assertTrue(malformed > pairs / 20, counts);
  }
}
