package dev.crosswalk.cors.internal.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A set of header names")
class HeaderNamesTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 8, 9, 1_000})
  void has_each_of_its_names_in_any_case_and_as_a_part_of_a_list_and_no_other(int size) {
    // Aa and BB have the same hash, so that names collide.
    List<String> names =
        IntStream.range(0, size).mapToObj(i -> "X-" + (i % 2 == 0 ? "Aa" : "BB") + i / 2).toList();
    HeaderNames set = new HeaderNames(names);
    for (String name : names) {
      for (String spelling : List.of(name, name.toLowerCase(Locale.ROOT))) {
        assertTrue(set.contains("a, " + spelling + ",b", 3, 3 + spelling.length()), spelling);
        assertFalse(set.contains(spelling + "0-", 0, spelling.length() + 2), spelling);
        assertFalse(set.contains(spelling, 1, spelling.length()), spelling);
      }
    }
    assertFalse(set.contains("", 0, 0));
    assertFalse(set.contains("X-Cc0", 0, 5));
  }

  @ParameterizedTest(name = "{0} is forbidden: {1}")
  @CsvSource({
    "Proxy-, true",
    "proxy-a, true",
    "PROXY-Authorization, true",
    "proxy, false",
    "proxya, false",
    "Sec-, true",
    "sec-a, true",
    "sec, false",
    "secret, false",
    "x-sec-a, false",
    "Cookie, true",
    "cookies, false",
  })
  void has_prefixes_that_no_script_sends(String name, boolean expected) {
    assertEquals(expected, HeaderNames.isForbiddenInRequests(name));
    String list = "a," + name;
    assertEquals(expected, HeaderNames.isForbiddenInRequests(list, 2, list.length()), list);
    list = name + ",-a";
    assertEquals(expected, HeaderNames.isForbiddenInRequests(list, 0, name.length()), list);
  }
}
