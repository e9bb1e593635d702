package dev.crosswalk.cors.cli.document;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the format of {@link java.util.Properties} line by line, because the JDK forgets lines. */
public final class Properties {

  private Properties() {}

  /** Returns members by their whole keys, dots and all. */
  public static Node read(String file, String text) {
    Map<String, Node> members = new LinkedHashMap<>();
    List<String> lines = text.lines().toList();
    StringBuilder logical = new StringBuilder();
    int first = 0;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (logical.isEmpty()) {
        first = i + 1;
        if (line.isBlank() || "#!".indexOf(line.strip().charAt(0)) >= 0) {
          continue;
        }
      }
      logical.append(line).append('\n');
      int end = line.length();
      while (end > 0 && line.charAt(end - 1) == '\\') {
        end--;
      }
      boolean goesOn = (line.length() - end) % 2 == 1;
      if (!goesOn || i == lines.size() - 1) {
        read(file, first, logical.toString(), members);
        logical.setLength(0);
      }
    }
    return Node.members(members, 1);
  }

  private static void read(String file, int line, String logical, Map<String, Node> members) {
    java.util.Properties one = new java.util.Properties();
    try {
      one.load(new StringReader(logical));
    } catch (IllegalArgumentException e) {
      throw new BrokenDocumentException(
          file, line, "four hexadecimal digits must follow \\u; write the character itself");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (String key : one.stringPropertyNames()) {
      Node earlier = members.put(key, Node.scalar(one.getProperty(key), line));
      if (earlier != null) {
        throw new BrokenDocumentException(
            file, line, key + " is already set in line " + earlier.line() + "; remove one");
      }
    }
  }
}
