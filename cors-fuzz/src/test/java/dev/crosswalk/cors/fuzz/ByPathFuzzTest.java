package dev.crosswalk.cors.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The path of a request, as it is, and policies by path. */
class ByPathFuzzTest {

  private static final List<String> PATHS =
      List.of("/api", "/api/admin", "/api/admin/users", "/files", "/public/a-b.c");

  /** Each path's policy shares with one origin, which is the number of the path. */
  private static final Cors BY_PATH = byPath(PATHS);

  private static final Cors WITH_ROOT = byPath(List.of("/", "/api", "/api/admin", "/files"));

  private static Cors byPath(List<String> paths) {
    Map<String, Cors> policies = new TreeMap<>();
    paths.forEach(path -> policies.put(path, CorsPolicy.builder().allowOrigins(of(path)).build()));
    return Cors.byPath(policies);
  }

  private static String of(String path) {
    return "https://p" + path.replaceAll("[^a-z]", "-") + "x.example";
  }

  @FuzzTest
  void byPath(byte[] data) throws Exception {
    String path = Hostile.text(data);
    assertAllReadingsAgree(BY_PATH, PATHS, path);
    assertAllReadingsAgree(WITH_ROOT, List.of("/", "/api", "/api/admin", "/files"), path);
  }

  private static void assertAllReadingsAgree(Cors cors, List<String> paths, String path)
      throws Exception {
    Cors.Request request = Cors.Request.of("GET", path);
    String shared =
        Hostile.inTime(() -> DecideFuzzTest.headers(cors.decide(request)))
            .get("Access-Control-Allow-Origin");
    if (isPlain(path)) {
      String longest = longest(paths, path);
      assertEquals(longest == null ? null : of(longest), shared, "a path with one reading");
    }
    if (shared != null) {
      for (String reading : readings(path)) {
        String longest = longest(paths, reading);
        assertTrue(
            longest != null && of(longest).equals(shared),
            () -> shared + " although it can be read as " + reading);
      }
    }
  }

  /** Whether nobody reads it otherwise: whole segments of letters, digits and hyphens. */
  private static boolean isPlain(String path) {
    return path.matches("(/[a-z0-9_-]+)+");
  }

  private static @Nullable String longest(List<String> paths, String path) {
    String longest = null;
    for (String candidate : paths) {
      boolean covers =
          candidate.equals("/") ? path.startsWith("/") : (path + "/").startsWith(candidate + "/");
      if (covers && (longest == null || candidate.length() > longest.length())) {
        longest = candidate;
      }
    }
    return longest;
  }

  /** A few of the ways in which routers and file servers read a path. */
  private static Set<String> readings(String path) {
    Set<String> readings = new LinkedHashSet<>();
    String sent = path;
    for (int i = 0; i < 3; i++) {
      for (String cut : List.of(sent, sent.replaceAll(";[^/]*", ""))) {
        for (String slashed : List.of(cut, cut.replace('\\', '/'))) {
          for (String cased : List.of(slashed, slashed.toLowerCase(Locale.ROOT))) {
            readings.add(withoutDots(cased));
            readings.add(withoutDots(cased.replaceAll("/+", "/")));
            readings.add(withoutDots(cased.replaceAll("[. ]+(?=/|$)", "")));
          }
        }
      }
      sent = decoded(sent);
    }
    return readings;
  }

  private static String withoutDots(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/", -1)) {
      if (segment.equals("..")) {
        if (segments.size() > 1) {
          segments.remove(segments.size() - 1);
        }
      } else if (!segment.equals(".")) {
        segments.add(segment);
      }
    }
    return segments.size() == 1 && segments.get(0).isEmpty() ? "/" : String.join("/", segments);
  }

  private static String decoded(String path) {
    StringBuilder bytes = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      bytes.append((char) (b & 0xFF));
    }
    for (int i = bytes.indexOf("%"); i >= 0; i = bytes.indexOf("%", i + 1)) {
      if (i + 2 < bytes.length()) {
        int high = Character.digit(bytes.charAt(i + 1), 16);
        int low = Character.digit(bytes.charAt(i + 2), 16);
        if (high >= 0 && low >= 0) {
          bytes.replace(i, i + 3, String.valueOf((char) (high * 16 + low)));
        }
      }
    }
    return new String(
        bytes.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }
}
