package dev.crosswalk.cors.cli.diagnose;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A server as somebody has it, a request of a page to it, and the right answer. The files in {@code
 * servers/} hold them, one file for each software. The answers are written by hand, from what the
 * configuration does, and Chromium has the last word on the verdict.
 *
 * @param software whose configuration it is: the file's name
 * @param name what somebody did there
 * @param kind of mistake, for the table
 * @param ask the options of {@code diagnose}, the path first
 * @param allowed whether Chromium lets the page read the response
 * @param code of the cause; empty if it is allowed
 * @param says what the answer has to say besides
 * @param start the command that starts it, with {@code {port}}, {@code {dir}} and {@code
 *     {upstream}}
 * @param files that it needs, by their names
 * @param upstream what the application behind it answers; the status and field lines
 * @param before a field line of each request that somebody sent before, as a cache remembers
 * @param options of the case: {@code unrecorded}, {@code https}
 */
public record ServerCase(
    String software,
    String name,
    String kind,
    List<String> ask,
    boolean allowed,
    String code,
    List<String> says,
    String start,
    Map<String, String> files,
    List<String> upstream,
    List<String> before,
    List<String> options) {

  static final List<String> SOFTWARE =
      List.of(
          "nginx",
          "apache",
          "haproxy",
          "caddy",
          "lighttpd",
          "varnish",
          "h2o",
          "squid",
          "node",
          "python",
          "php",
          "ruby",
          "go",
          "programs",
          "tls");

  static List<ServerCase> all() {
    return SOFTWARE.stream().flatMap(software -> of(software).stream()).toList();
  }

  /** Whether the build has what it answered, word for word. */
  boolean isRecorded() {
    return !options.contains("unrecorded");
  }

  @Override
  public String toString() {
    return software + ": " + name;
  }

  static String resource(String file) {
    try (InputStream in = ServerCase.class.getResourceAsStream("servers/" + file)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static List<ServerCase> of(String software) {
    List<ServerCase> cases = new ArrayList<>();
    String[] parts = resource(software + ".txt").split("(?m)^=== ");
    Map<String, String> common = new LinkedHashMap<>();
    String start = "";
    for (int i = 0; i < parts.length; i++) {
      Map<String, List<String>> fields = new LinkedHashMap<>();
      Map<String, String> files = new LinkedHashMap<>(common);
      String[] blocks = parts[i].split("(?m)^--- ");
      List<String> lines = blocks[0].lines().toList();
      for (String line : lines.subList(i == 0 ? 0 : 1, lines.size())) {
        if (!line.isBlank() && !line.startsWith("#")) {
          int colon = line.indexOf(": ");
          fields
              .computeIfAbsent(line.substring(0, colon), key -> new ArrayList<>())
              .add(line.substring(colon + 2));
        }
      }
      for (int block = 1; block < blocks.length; block++) {
        int end = blocks[block].indexOf('\n');
        files.put(blocks[block].substring(0, end).strip(), blocks[block].substring(end + 1));
      }
      if (i == 0) {
        common.putAll(files);
        start = one(fields, "start", "");
        continue;
      }
      String right = one(fields, "right", "");
      cases.add(
          new ServerCase(
              software,
              lines.get(0).strip(),
              one(fields, "kind", "other"),
              words(one(fields, "ask", "/")),
              right.startsWith("ALLOWED"),
              right.startsWith("BLOCKED ") ? right.substring("BLOCKED ".length()) : "",
              fields.getOrDefault("says", List.of()),
              one(fields, "start", start),
              files,
              fields.getOrDefault("upstream", List.of()),
              fields.getOrDefault("before", List.of()),
              words(one(fields, "options", ""))));
    }
    return cases;
  }

  private static String one(Map<String, List<String>> fields, String key, String otherwise) {
    return fields.getOrDefault(key, List.of(otherwise)).get(0);
  }

  /** Words between spaces; one in apostrophes may have some. */
  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (char c : (line + " ").toCharArray()) {
      if (c == '\'') {
        quoted = !quoted;
      } else if (c == ' ' && !quoted) {
        if (!word.isEmpty()) {
          words.add(word.toString());
        }
        word.setLength(0);
      } else {
        word.append(c);
      }
    }
    return words;
  }
}
