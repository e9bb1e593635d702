package dev.crosswalk.cors.cli.explain.words;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.explain.paste.PastedText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Signs that are words of a paste: the file {@code words.txt}, which describes its format. */
public final class WordSigns {

  private static final String FILE = "words.txt";

  private static final class Holder {
    private static final WordSigns ALL = read(Facts.blocks(WordSigns.class, FILE));
  }

  /** Behind the name of what a person says, and may deny. */
  private static final String SAID = "said";

  private final Map<String, List<Pattern>> patterns = new HashMap<>();
  private final Set<String> said = new HashSet<>();

  private WordSigns() {}

  /** All of them. */
  public static WordSigns all() {
    return Holder.ALL;
  }

  /**
   * Reads blocks.
   *
   * @throws IllegalStateException if a pattern names a sign that does not stand above
   */
  public static WordSigns read(List<Facts.Block> blocks) {
    WordSigns signs = new WordSigns();
    blocks.forEach(signs::add);
    return signs;
  }

  private void add(Facts.Block block) {
    if (block.head().contains(SAID)) {
      said.add(block.code());
    }
    patterns.put(
        block.code(),
        block.lines().stream()
            .map(line -> Facts.withNamed(line, this::above))
            .map(line -> Pattern.compile(line, Pattern.DOTALL))
            .toList());
  }

  private List<Pattern> above(String name) {
    return Optional.ofNullable(patterns.get(name))
        .orElseThrow(() -> new IllegalStateException(FILE + ": no sign of words " + name));
  }

  /** Whether there is a sign of that name. */
  public boolean isKnown(String name) {
    return patterns.containsKey(name);
  }

  /** Whether one of them is in a paste. */
  public static boolean has(String name, PastedText paste) {
    boolean deniable = all().said.contains(name);
    return Objects.requireNonNull(all().patterns.get(name), name).stream()
        .anyMatch(each -> paste.has(each) && (!deniable || Denial.isSaid(each, paste.plain())));
  }
}
