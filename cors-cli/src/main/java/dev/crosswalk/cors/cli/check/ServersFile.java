package dev.crosswalk.cors.cli.check;

import dev.crosswalk.cors.cli.terminal.Mistake;
import dev.crosswalk.cors.cli.terminal.Usage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;

/**
 * Servers, and what each is meant to allow: properties whose keys begin with the server's name.
 *
 * <pre>
 * credentials = true
 * orders.url = https://orders.example.com/items
 * orders.allowed-origin = https://app.example.com
 * </pre>
 *
 * <p>A key without a server's name holds for every server that does not say otherwise.
 */
final class ServersFile {

  private static final String URL = "url";
  private static final String NAME = "name";
  private static final String SOFTWARE = "software";

  private ServersFile() {}

  /**
   * One server of the file.
   *
   * @param name for people
   * @param software what it is, as the file says; empty if it does not
   * @param expected what it is meant to allow
   */
  record Entry(String name, String url, String software, ExpectedProfile expected) {}

  /**
   * Reads a file, in the order of its servers.
   *
   * @throws CommandLine.ParameterException if it cannot be read, or says what it cannot say
   */
  static List<Entry> read(Path file, CommandLine command) {
    Map<String, String> shared = new LinkedHashMap<>();
    Map<String, Map<String, String>> servers = new LinkedHashMap<>();
    Set<String> known = known();
    lines(file, command)
        .forEach(
            (key, value) -> {
              int dot = key.indexOf('.');
              String setting = key.substring(dot + 1);
              if (!known.contains(setting) || (dot < 0 && setting.equals(URL))) {
                throw Usage.mistake(
                    command,
                    file
                        + " has the key \""
                        + key
                        + "\". Write the server's name, a dot and one of "
                        + String.join(", ", known)
                        + ", as orders.url.");
              }
              (dot < 0
                      ? shared
                      : servers.computeIfAbsent(
                          key.substring(0, dot), unused -> new LinkedHashMap<>()))
                  .put(setting, value.strip());
            });
    if (servers.isEmpty()) {
      throw Usage.mistake(
          command,
          file + " has no server. Write a line such as orders.url = https://api.example.com.");
    }
    List<Entry> entries = new ArrayList<>();
    servers.forEach((name, own) -> entries.add(entry(file, command, name, shared, own)));
    return entries;
  }

  private static Set<String> known() {
    Set<String> known = new TreeSet<>(ExpectedProfile.keys());
    known.addAll(List.of(URL, NAME, SOFTWARE));
    return known;
  }

  private static Entry entry(
      Path file,
      CommandLine command,
      String name,
      Map<String, String> shared,
      Map<String, String> own) {
    Map<String, String> all = new LinkedHashMap<>(shared);
    all.putAll(own);
    String url = all.remove(URL);
    if (url == null) {
      throw Usage.mistake(command, file + " has no line " + name + ".url.");
    }
    String title = all.getOrDefault(NAME, name);
    String software = all.getOrDefault(SOFTWARE, "");
    all.remove(NAME);
    all.remove(SOFTWARE);
    ExpectedProfile expected = new ExpectedProfile();
    List<String> words = new ArrayList<>();
    all.forEach(
        (key, value) -> {
          // An empty line takes a shared one back.
          if (!value.isEmpty()) {
            words.add("--" + key + "=" + value);
          }
        });
    try {
      new CommandLine(expected).parseArgs(words.toArray(new String[0]));
    } catch (CommandLine.ParameterException e) {
      throw Usage.mistake(command, file + ", " + name + ": " + Mistake.sentence(e));
    }
    return new Entry(title, url, software, expected);
  }

  /** The lines of a file of properties, in their order, which {@link Properties} forgets. */
  private static Map<String, String> lines(Path file, CommandLine command) {
    Usage.requireFile(command, "--servers " + file, file);
    Map<String, String> lines = new LinkedHashMap<>();
    Properties properties =
        new Properties() {
          private static final long serialVersionUID = 1L;

          @Override
          public synchronized Object put(Object key, Object value) {
            if (lines.put((String) key, (String) value) != null) {
              throw Usage.mistake(command, file + " has the key \"" + key + "\" twice.");
            }
            return value;
          }
        };
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw Usage.unreadable(command, "--servers " + file, e);
    }
    return lines;
  }
}
