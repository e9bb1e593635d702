package dev.crosswalk.cors.internal.syntax;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every reading of a path, one by one: whatever comes out of any of the steps that routers, proxies
 * and file servers take, in any order, any number of times. Slow, and shares nothing with {@link
 * RequestPath}.
 */
final class PathReadings {

  /** A path has more readings than this only if it was made for it; such a path is left out. */
  private static final int MOST = 4_000;

  private PathReadings() {}

  /** Returns all readings, the path as sent being one; null if they are too many. */
  static @Nullable Set<String> of(String path, Set<String> segmentsOfTheTable) {
    List<UnaryOperator<String>> steps =
        List.of(
            read -> decoded(read, true),
            read -> decoded(read, false),
            read -> read.replace('\\', '/'),
            PathReadings::withoutDotSegments,
            read -> eachSegment(read, segment -> segment.replaceFirst(";.*", "")),
            read -> read.replaceFirst("[?#].*", ""),
            read -> eachSegment(read, segment -> segment.replaceAll("^ +| +$", "")),
            read ->
                eachSegment(read, segment -> segment.replaceAll("^[ +\u3000]+|[ +\u3000]+$", "")),
            read -> eachSegment(read, segment -> segment.replaceFirst("\\.+$", "")),
            read -> eachSegment(read, segment -> segment.replaceFirst("[. ]+$", "")),
            read ->
                eachSegment(
                    read,
                    segment ->
                        segmentsOfTheTable.contains(segment)
                            ? segment
                            : segment.replaceFirst("^\\.+", "")),
            read -> read.replaceAll("//+", "/"));
    Set<String> readings = new LinkedHashSet<>(List.of(path));
    Deque<String> toRead = new ArrayDeque<>(readings);
    while (!toRead.isEmpty()) {
      String read = toRead.remove();
      for (UnaryOperator<String> step : steps) {
        String next = step.apply(read);
        if (readings.add(next)) {
          toRead.add(next);
        }
      }
      if (readings.size() > MOST) {
        return null;
      }
    }
    return readings;
  }

  /** What a table has for a reading, where its paths are listed one by one. */
  static @Nullable String look(
      String reading, boolean ignoresCase, Map<String, String> here, Map<String, String> below) {
    List<String> requested = segments(reading, ignoresCase);
    for (Map.Entry<String, String> entry : here.entrySet()) {
      if (segments(entry.getKey(), ignoresCase).equals(requested)) {
        return entry.getValue();
      }
    }
    String found = null;
    int longest = -1;
    for (Map.Entry<String, String> entry : below.entrySet()) {
      List<String> path =
          entry.getKey().equals("/") ? List.of() : segments(entry.getKey(), ignoresCase);
      if (path.size() > longest
          && path.size() <= requested.size()
          && requested.subList(0, path.size()).equals(path)) {
        longest = path.size();
        found = entry.getValue();
      }
    }
    return found;
  }

  private static List<String> segments(String path, boolean ignoresCase) {
    String text = ignoresCase ? path.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT) : path;
    return Arrays.asList(text.substring(text.isEmpty() ? 0 : 1).split("/", -1));
  }

  private static String eachSegment(String path, UnaryOperator<String> step) {
    return Arrays.stream(path.split("/", -1)).map(step).collect(Collectors.joining("/"));
  }

  /** RFC 3986 §5.2.4. */
  private static String withoutDotSegments(String path) {
    Deque<String> output = new ArrayDeque<>();
    String[] segments = path.split("/", -1);
    for (int i = 1; i < segments.length; i++) {
      boolean isDots = segments[i].equals(".") || segments[i].equals("..");
      if (segments[i].equals("..")) {
        output.pollLast();
      }
      if (!isDots) {
        output.add(segments[i]);
      } else if (i == segments.length - 1) {
        output.add("");
      }
    }
    return "/" + String.join("/", output);
  }

  private static String decoded(String path, boolean withSeparators) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < path.length(); i++) {
      String octet = i + 2 < path.length() ? path.substring(i + 1, i + 3) : "";
      boolean isSeparator = octet.equalsIgnoreCase("2f") || octet.equalsIgnoreCase("5c");
      if (path.charAt(i) == '%'
          && octet.matches("[0-9A-Fa-f]{2}")
          && (withSeparators || !isSeparator)) {
        bytes.write(Integer.parseInt(octet, 16));
        i += 2;
      } else {
        bytes.writeBytes(path.substring(i, i + 1).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
