package dev.crosswalk.cors.internal.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.crosswalk.cors.internal.origin.NearMiss.Difference;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The nearest origin to one that is refused")
class NearMissTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "https://app.example.com, http://app.example.com, SCHEME",
    "https://app.example.com:8443, https://app.example.com, PORT",
    "https://app.example.com:8443, http://app.example.com, SCHEME_AND_PORT",
    "https://app.example.com:*, http://app.example.com:1, SCHEME",
    "https://*.example.com, https://a.b.example.com:1, PORT",
    "https://*.example.com, http://a.example.com, SCHEME",
    "https://*.example.com, https://example.com, APEX",
    "https://*.example.com, https://example.com:1,",
    "https://*.example.com, https://xexample.com, LOOK_ALIKE_CHARACTER",
    "https://*.example.com, https://evilexample.com, LOOK_ALIKE_SUFFIX",
    "https://*.example.com, https://x.example.com.evil.net,",
    "https://*.example.com, https://example.com.evil.net, LOOK_ALIKE_PREFIX",
    "https://app-*-x.example.com, https://app-1-x.example.com:1, PORT",
    "https://app-*-x.example.com, http://app-1-2-x.example.com, SCHEME",
    "https://app-*-x.example.com, http://app--x.example.com,",
    "https://app-*-x.example.com, http://app-x.example.com,",
    "https://app-*-x.example.com, http://app-1.a-x.example.com,",
    "https://app-*.example.com, http://app-1.example.com, SCHEME",
    "https://*-x.example.com, http://1-x.example.com, SCHEME",
    "https://*-x.example.com, http://a.1-x.example.com,",
    "http://localhost:3000, http://127.0.0.1:3000, LOOPBACK",
    "http://localhost:*, http://[::1]:3000, LOOPBACK",
    "http://[::1]:3000, http://[::1]:3001, PORT",
    "https://www.example.com, https://example.com, WWW",
    "https://example.com, https://www.example.com, WWW",
    "https://example.com, https://a.example.com, SUBDOMAIN",
    "https://a.example.com, https://example.com, PARENT",
    "https://a.com, https://com,",
    "https://app.example.com, https://app.examp1e.com, LOOK_ALIKE_CHARACTER",
    "https://app.example.com, https://app.example.com.evil.net, LOOK_ALIKE_PREFIX",
    "https://app.example.com, https://evilapp.example.com, LOOK_ALIKE_SUFFIX",
    "https://app.example.com, https://other.test,",
    "https://app.example.com, http://x.app.example.com,",
    "https://a.eu, https://evila.eu, LOOK_ALIKE_SUFFIX",
    "https://a.b, https://evila.b,",
    "null, https://a.example,",
    "capacitor://localhost, ionic://localhost, SCHEME",
    "moz-extension://*, chrome-extension://abc, SCHEME",
  })
  void differs_in_one_thing(String allowed, String origin, @Nullable Difference difference) {
    NearMiss near = NearMiss.of(origin, List.of(allowed));
    if (difference == null) {
      assertNull(near);
    } else {
      assertEquals(new NearMiss(allowed, difference), near);
    }
  }

  @Test
  void is_the_one_that_differs_least_of_several() {
    List<String> allowed =
        new ArrayList<>(
            List.of(
                "https://app.examp1e.com",
                "https://app.example.com:8443",
                "https://example.com",
                "http://app.example.com"));
    for (int i = 0; i < allowed.size(); i++) {
      Collections.rotate(allowed, 1);
      assertEquals(
          new NearMiss("http://app.example.com", Difference.SCHEME),
          NearMiss.of("https://app.example.com", allowed));
    }
  }

  @Test
  void is_the_first_of_several_that_differ_in_the_same_thing() {
    List<String> allowed = List.of("https://a.example:1", "https://a.example:2");
    assertEquals(
        new NearMiss("https://a.example:1", Difference.PORT),
        NearMiss.of("https://a.example", allowed));
  }

  /**
   * Anybody can ask for an explanation, in the thread of a request. It takes less than 1 ms where
   * the code is compiled well; tests do not wait for that.
   */
  @ParameterizedTest
  @Tag("slow")
  @ValueSource(
      strings = {
        "https://tenant-%.example.com",
        "https://*.tenant-%.example.com",
        "https://app-*-tenant%.example.com",
        "https://tenant%-*.example.com:*",
      })
  void is_found_among_10_000_in_a_few_milliseconds(String form) {
    List<String> allowed =
        IntStream.range(0, NearMiss.MAX_COMPARED).mapToObj(i -> form.replace("%", "" + i)).toList();
    String origin = "http://" + "a-".repeat(20) + "tenant77.example.com";
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 30; i++) {
      long before = THREADS.getCurrentThreadCpuTime();
      NearMiss.of(origin, allowed);
      least = Math.min(least, THREADS.getCurrentThreadCpuTime() - before);
    }
    // It took 25 ms when it tried each hyphen of the origin with each pattern.
    assertTrue(least < 20_000_000, least / 1_000 + " µs");
  }
}
