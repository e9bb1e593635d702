package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.cli.terminal.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** A file of URLs, one in a line; empty lines and those that begin with # are left out. */
final class UrlsFile {

  private static final int MAX_URLS = 1_000;

  /** With comments, and lines that separate. */
  private static final int MAX_LINES = 10 * MAX_URLS;

  private UrlsFile() {}

  /** Reads a file. What is wrong with a line is told before the first request. */
  static List<String> read(Path file, CommandLine command) {
    String given = "--urls " + RequestArguments.printable(file.toString());
    Usage.requireFile(command, given, file);
    List<String> lines;
    try (Stream<String> all = Files.lines(file)) {
      lines = all.limit(MAX_LINES + 1L).map(String::strip).toList();
    } catch (IOException | UncheckedIOException e) {
      throw Usage.unreadable(command, given, e);
    }
    List<String> urls = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      try {
        urls.add(RequestArguments.url(line));
      } catch (IllegalArgumentException e) {
        throw Usage.mistake(command, given + ", line " + (i + 1) + ": " + e.getMessage());
      }
    }
    if (urls.isEmpty()) {
      throw Usage.mistake(command, given + " has no URL. Write one in each line.");
    }
    if (urls.size() > MAX_URLS || lines.size() > MAX_LINES) {
      throw Usage.mistake(command, given + " has more than " + MAX_URLS + " URLs.");
    }
    return urls;
  }
}
