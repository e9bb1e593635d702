package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.cli.terminal.Usage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** A file of URLs, one in a line; empty lines and those that begin with # are left out. */
final class UrlsFile {

  private static final int MAX_URLS = 1_000;

  private UrlsFile() {}

  static List<String> read(Path file, CommandLine command) {
    List<String> lines;
    try (Stream<String> all = Files.lines(file)) {
      lines =
          all.map(String::strip)
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .limit(MAX_URLS + 1L)
              .toList();
    } catch (IOException | UncheckedIOException e) {
      throw Usage.unreadable(command, "--urls " + RequestArguments.printable(file.toString()), e);
    }
    if (lines.isEmpty() || lines.size() > MAX_URLS) {
      throw Usage.mistake(
          command, "--urls takes from 1 to " + MAX_URLS + " URLs, one in each line.");
    }
    return lines;
  }
}
