package dev.crosswalk.cors.internal.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Rounds;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A table of paths")
class PathTableTest {

  private static final Map<String, String> BELOW =
      Map.of("/", "root", "/files/public", "public", "/files/private", "private");

  private static final PathTable<String> TABLE = new PathTable<>(Map.of(), BELOW);

  /** What made {@code StaticHandler} of Vert.x and static resources of Micronaut read another. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/files/public/%252e%252e/private/a.txt",
        "/files/public/.%252e/private/a.txt",
        "/files/%2570rivate/a.txt",
        "/files/public/..%20/private/a.txt",
        "/files/public/%20../private/a.txt",
        "/files/private%20/a.txt",
        "/files/public/../private/a.txt",
        "/files/public/%2e%2e/private/a.txt",
        "/files/public/..;/private/a.txt",
        "/files/public/..%3bx/private/a.txt",
        "/files/public%2F..%2Fprivate/a.txt",
        "/files/public/..%5Cprivate/a.txt",
        "/files/public/..\\private/a.txt",
        "/files/public/..%E3%80%80/private/a.txt",
        "/files/public/..+/private/a.txt",
        "/files/public/.. /private/a.txt",
        "/files//private/a.txt",
        "/files/./private/a.txt",
        "/files/private./a.txt",
        "/files/.private/a.txt",
        "/files/private;x=y/a.txt",
        "/files/Private/a.txt",
        "/files/pr%C4%B1vate/a.txt",
        "/files%2Fprivate/a.txt",
        "/files/private%3Fx/a.txt",
        "/files/private%23/a.txt",
        "/files/public/x/%2e%2e/%252e%252e/private/a.txt",
        "/files/public/%25252525252e%25252525252e/private/a.txt",
      })
  void where_two_readings_disagree_there_is_nothing(String path) {
    assertNull(TABLE.get(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/files/public/a%2Fb",
        "/files/public/%41",
        "/files/public/%7Euser",
        "/files/public/a;a=b",
        "/files/public//b",
        "/files/public/",
        "/files/public//",
        "/files/public/.",
        "/files/public/a/../b",
        "/files/public/a%20b",
        "/files/public/a+b",
        "/files/public/c++",
        "/files/public/caf%C3%A9",
        "/files/public/caf%E9",
        "/files/public/100%25",
        "/files/public/what%3F",
        "/files/public/%23anchor",
        "/files/public/https%3A%2F%2Fexample.com%2Fa%3Fb%3Dc",
        "/files/public/.well-known",
        "/files/public/...",
        "/files/public/a.b.",
        "/files/public/PRIVATE",
        "/files/public/private",
        "/files/public/a\\b",
        "/files/public/;jsessionid=A/b",
        "/files/public/!$&'()*,=:@-._~",
      })
  void where_all_readings_agree_that_is_it(String path) {
    assertEquals("public", TABLE.get(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "files/public",
        "http://api.example/files/public",
        "/files/public/%",
        "/files/public/%2",
        "/files/public/%zz",
        "/files/public/%u002e",
        "/files/public/%\uff12f",
        "/files/public/a b",
        "/files/public/a\tb",
        "/files/public/\u00e9",
        "/files/public/a?b",
        "/files/public/a#b",
        "/files/public/%00",
        "/files/public/%0a",
        "/files/public/%7F",
        "/files/public/\u007f",
        "/files/public/%2500",
        "/files/public/%c0%ae",
        "/files/public/%c1%bf",
        "/files/public/%f5",
        "/files/public/%f8",
        "/files/public/%ff",
        "/files/public/%25ff",
      })
  void what_nobody_knows_how_to_read_finds_nothing(String path) {
    assertNull(TABLE.get(path));
  }

  @Test
  void a_path_that_is_too_long_finds_nothing() {
    String longest = "/files/public/" + "a".repeat(RequestPath.MAX_LENGTH - 14);
    assertEquals("public", TABLE.get(longest));
    assertNull(TABLE.get(longest + "a"));
    String decoded = "/files/public/" + "%41".repeat((RequestPath.MAX_LENGTH - 14) / 3);
    assertEquals("public", TABLE.get(decoded));
    assertNull(TABLE.get(decoded + "%41"));
  }

  /** What is below an unknown segment is not below the known one. */
  @Test
  void a_segment_that_is_known_elsewhere_is_unknown_here() {
    assertEquals("root", TABLE.get("/files/x/%7Euser/private/a.txt"));
    assertNull(TABLE.get("/files/x/%7Euser/%2e%2e/%2e%2e/private/a.txt"));
  }

  /** Some separate segments at an encoded slash, some do not: {@code a%2Fa} may be one or two. */
  @Test
  void readings_at_more_places_than_are_followed_find_nothing() {
    PathTable<String> table =
        new PathTable<>(Map.of(), Map.of("/", "same", "/a".repeat(20), "same"));
    assertEquals("same", table.get("/a" + "%2Fa".repeat(14)));
    assertNull(table.get("/a" + "%2Fa".repeat(15)));
  }

  @Test
  void readings_that_differ_by_case_may_agree() {
    PathTable<String> table =
        new PathTable<>(Map.of(), Map.of("/", "root", "/api", "same", "/api/v1", "same"));
    assertEquals("same", table.get("/api/V1"));
    assertNull(table.get("/API"));
    assertEquals("root", table.get("//"));
  }

  @Test
  void entries_that_are_equal_are_the_same() {
    PathTable<String> table =
        new PathTable<>(Map.of(), Map.of("/", new String("one"), "/a", new String("one")));
    assertEquals("one", table.get("/a/../b"));
  }

  @Test
  void an_entry_for_exactly_one_path_is_not_for_what_is_below() {
    PathTable<String> table = new PathTable<>(Map.of("/hook", "hook"), Map.of("/hooks", "hooks"));
    assertEquals("hook", table.get("/hook"));
    assertEquals("hooks", table.get("/hooks"));
    assertEquals("hooks", table.get("/hooks/a"));
    for (String path :
        List.of(
            "/hook/",
            "/hook/a",
            "/Hook",
            "/hook.",
            "/hook;a",
            "/ho%6Fk",
            "/hook%20",
            "/hook/%2e",
            "/hook/.",
            "/hooks/%252e%252e/x",
            "/hooks/..",
            "/")) {
      assertNull(table.get(path), path);
    }
    assertEquals("hook", table.ofAllReadings("/hook"));
    PathTable<String> both = new PathTable<>(Map.of("/hook", "hook"), Map.of("/", "root"));
    assertEquals("root", both.get("/hook/x/y"));
    assertNull(both.get("/hook/%3Fx/y"));
    assertNull(both.get("/hook/%23x/y"));
    PathTable<String> root = new PathTable<>(Map.of("/", "root"), Map.of());
    assertEquals("root", root.get("/"));
    assertNull(root.get("//"));
    assertNull(root.get("/a"));
  }

  /** A table's path may begin with a dot, and then nobody who drops it is heard. */
  @Test
  void a_segment_of_the_table_may_begin_with_a_dot() {
    PathTable<String> table =
        new PathTable<>(Map.of(), Map.of("/", "root", "/.well-known", "known", "/x", "x"));
    assertEquals("known", table.get("/.well-known/a"));
    assertEquals("root", table.get("/well-known"));
    assertEquals("root", table.get("/+well-known"));
    assertNull(table.get("/.x"));
  }

  private static final List<String> PIECES =
      List.of(
          "/",
          "/",
          "/",
          "/",
          "/",
          "a",
          "b",
          "c",
          "A",
          "ab",
          ".",
          "..",
          "...",
          "%2e",
          "%2E%2e",
          "%252e",
          "%2F",
          "%2f",
          "%252F",
          "\\",
          "%5C",
          "%255c",
          ";",
          ";x",
          "%3B",
          "%253b",
          "%20",
          "+",
          "%E3%80%80",
          "%61",
          "%2561",
          "%25",
          "%3F",
          "%23",
          ".a",
          "b.",
          "~",
          "%7E",
          "!",
          "%C3%A9");

  private static final List<String> PATHS =
      List.of("/", "/a", "/b", "/a/b", "/a/b/c", "/ab", "/c/a", "/.a", "/a/a/a", "/c");

  /**
   * Against all readings, one by one. The other way round the table may know of more readings than
   * there are, because it follows each segment for itself; how often, is bounded.
   */
  @Test
  void nothing_is_found_that_a_reading_does_not_find() {
    Random random = new Random(Long.getLong("seed", 20_261_126));
    int paths = Rounds.of(5_000);
    int found = 0;
    int disagreeing = 0;
    int overcautious = 0;
    for (int i = 0; i < paths; i++) {
      Map<String, String> here = entries(random, random.nextInt(8) == 0 ? 2 : 0);
      Map<String, String> below = entries(random, 1 + random.nextInt(4));
      PathTable<String> table = new PathTable<>(here, below);
      StringBuilder path = new StringBuilder("/");
      for (int pieces = random.nextInt(9); pieces >= 0; pieces--) {
        path.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      String sent = path.toString();
      Set<String> segments = new HashSet<>();
      below.keySet().forEach(prefix -> segments.addAll(List.of(prefix.split("/"))));
      here.keySet().forEach(prefix -> segments.addAll(List.of(prefix.split("/"))));
      Set<String> readings = PathReadings.of(sent, segments);
      if (readings == null) {
        continue;
      }
      Set<@Nullable String> expected = new HashSet<>();
      for (String reading : readings) {
        expected.add(PathReadings.look(reading, false, here, below));
        expected.add(PathReadings.look(reading, true, here, below));
      }
      String actual = table.get(sent);
      String which = sent + " in " + below + " and exactly " + here + " reads " + readings;
      assertEquals(table.ofAllReadings(sent), actual, which);
      if (actual != null) {
        assertEquals(Set.of(actual), expected, which);
        found++;
      } else if (expected.size() > 1) {
        disagreeing++;
      } else if (!expected.contains(null)) {
        overcautious++;
      }
    }
    assertTrue(found > paths / 10, "found " + found);
    assertTrue(disagreeing > paths / 20, "disagreeing " + disagreeing);
    assertTrue(overcautious < paths / 200, "overcautious " + overcautious);
  }

  private static Map<String, String> entries(Random random, int size) {
    Map<String, String> entries = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      String path = PATHS.get(random.nextInt(PATHS.size()));
      entries.put(path, random.nextInt(3) == 0 ? "shared" : path);
    }
    return entries;
  }

  @Test
  @Tag("slow")
  void a_hundred_thousand_paths_are_looked_up_by_segments() {
    Map<String, String> below = new HashMap<>();
    for (int i = 0; i < 100_000; i++) {
      below.put("/tenants/" + i + "/api", "tenant " + i);
    }
    PathTable<String> table = new PathTable<>(Map.of(), below);
    assertEquals("tenant 99999", table.get("/tenants/99999/api/users"));
    assertNull(table.get("/tenants/100000/api/users"));
    assertNull(table.get("/tenants/7/../8/api"));
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          // A quarter of a minute if it compared one path after another.
          for (int i = 0; i < 25_000; i++) {
            table.get("/tenants/99999/api/users");
          }
        });
  }

  @Test
  @Tag("slow")
  void the_time_is_linear_in_the_length_of_the_path() {
    for (String piece :
        List.of("/..", "%2F..", "/%20..", "a%2F", "/%3F", "%25", "/a;b", "/a/b/c")) {
      String path = "/a" + piece.repeat((RequestPath.MAX_LENGTH - 2) / piece.length());
      Map<String, String> below = new HashMap<>();
      PATHS.forEach(prefix -> below.put(prefix, prefix));
      PathTable<String> table = new PathTable<>(Map.of(), below);
      Assertions.assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () -> {
            for (int i = 0; i < 200; i++) { // Two milliseconds each, on a slow machine.
              table.get(path);
            }
          },
          piece);
    }
  }

  /** RFC 3986 §2.3, written out. */
  private static final String UNRESERVED =
      "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  @Test
  void these_characters_mean_themselves_in_a_table_and_in_a_path() {
    for (char c = 0; c < 0x200; c++) {
      String path = "/a" + c + "b";
      String which = "a, the character " + (int) c + ", b";
      boolean isUnreserved = UNRESERVED.indexOf(c) >= 0;
      assertEquals(isUnreserved || c == '/', RequestPath.isPrefix(path), which);
      boolean isPlain = isUnreserved || "/!$&'()*+,=:@".indexOf(c) >= 0;
      assertEquals(isPlain, RequestPath.isPlain(path), which);
    }
    String longest = "/" + "a".repeat(RequestPath.MAX_LENGTH - 1);
    assertTrue(RequestPath.isPrefix(longest));
    assertFalse(RequestPath.isPrefix(longest + "a"));
    assertTrue(RequestPath.isPlain(longest));
    assertFalse(RequestPath.isPlain(longest + "a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/a/", "/a/b/", "/a.b", "/a/b.c/d"})
  void a_path_that_everybody_reads_alike_is_plain(String path) {
    assertTrue(RequestPath.isPlain(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "*", "//", "//a", "/a//", "/.", "/..", "/a.", "/a/.b", "/.b/a", "/a/b+"})
  void a_path_that_somebody_trims_or_joins_is_not_plain(String path) {
    assertFalse(RequestPath.isPlain(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/a", "/a/b", "/.well-known", "/a-b_c~d.e"})
  void a_path_of_unreserved_characters_can_be_in_a_table(String path) {
    assertTrue(RequestPath.isPrefix(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "a", "//", "/a/", "/a//b", "/.", "/..", "/a/./b", "/a.", "/..a", "/a/..b", "/a%20",
        "/a;b", "/\u00e9"
      })
  void no_other_path_can(String path) {
    assertFalse(RequestPath.isPrefix(path));
  }

  @Test
  void a_beginning_in_another_case_is_found() {
    Map<String, String> spellings = new HashMap<>();
    assertNull(RequestPath.inAnotherCase("/api/users", spellings));
    assertNull(RequestPath.inAnotherCase("/api/users", spellings));
    assertNull(RequestPath.inAnotherCase("/api", spellings));
    assertNull(RequestPath.inAnotherCase("/", spellings));
    assertEquals("/api/users", RequestPath.inAnotherCase("/api/Users/x", spellings));
    assertEquals("/api", RequestPath.inAnotherCase("/API", spellings));
  }
}
