package dev.crosswalk.cors.cli.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What this program knows and does not compute: text files beside the classes that use them. */
public final class Facts {

  private static final Pattern NAMED = Pattern.compile("<<([a-z.-]+)>>");

  private Facts() {}

  /**
   * The text of a file.
   *
   * @param owner the class that the file is beside
   * @throws IllegalStateException if it is not there
   */
  public static String text(Class<?> owner, String file) {
    try (InputStream in = owner.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("not in this program: " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of a file that say something: not the empty ones, not those that begin with #. */
  public static List<String> lines(Class<?> owner, String file) {
    return text(owner, file)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  /**
   * A pattern with what it names in it: {@code <<NAME>>} is any of the patterns of that name.
   *
   * @param named throws what tells that there are none of it
   */
  public static String withNamed(String pattern, Function<String, List<Pattern>> named) {
    return NAMED
        .matcher(pattern)
        .replaceAll(
            name ->
                Matcher.quoteReplacement(
                    named.apply(name.group(1)).stream()
                        .map(Pattern::pattern)
                        .collect(Collectors.joining("|", "(?:", ")"))));
  }

  /** The blocks of a file. The first line that says something is the first block's head. */
  public static List<Block> blocks(Class<?> owner, String file) {
    List<Block> blocks = new ArrayList<>();
    List<String> lines = lines(owner, file);
    int start = 0;
    for (int i = 1; i <= lines.size(); i++) {
      if (i == lines.size() || lines.get(i).startsWith("[")) {
        String head = lines.get(start);
        blocks.add(
            new Block(
                List.of(head.substring(1, head.indexOf(']')).split(" ")),
                lines.subList(start + 1, i)));
        start = i;
      }
    }
    return blocks;
  }

  /**
   * Lines below a head such as {@code [CODE word]}.
   *
   * @param head the words in the brackets, at least one
   * @param lines most of them {@code key: value}
   */
  public record Block(List<String> head, List<String> lines) {

    public Block {
      head = List.copyOf(head);
      lines = List.copyOf(lines);
    }

    public String code() {
      return head.get(0);
    }

    /** The values of a key, in their order. */
    public List<String> values(String key) {
      return all(key).toList();
    }

    /** The first value of a key. */
    public Optional<String> value(String key) {
      return all(key).findFirst();
    }

    private Stream<String> all(String key) {
      return lines.stream()
          .filter(line -> line.startsWith(key + ": "))
          .map(line -> line.substring(key.length() + 2));
    }
  }
}
