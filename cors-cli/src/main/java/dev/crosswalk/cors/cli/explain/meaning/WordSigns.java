package dev.crosswalk.cors.cli.explain.meaning;

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

/** Signs that are words of a paste: the blocks {@code [sign NAME]} of {@code signs.txt}. */
public final class WordSigns {

  /** What stands in the head of such a block. */
  static final String HEAD = "sign";

  private static final class Holder {
    private static final WordSigns ALL = read(Facts.blocks(WordSigns.class, SignRules.FILE));
  }

  /** Behind the name of what a person says, and may deny. */
  private static final String SAID = "said";

  private final Map<String, List<Pattern>> patterns = new HashMap<>();
  private final Set<String> said = new HashSet<>();

  private WordSigns() {}

  static WordSigns all() {
    return Holder.ALL;
  }

  /**
   * Reads blocks.
   *
   * @throws IllegalStateException if a pattern names a sign that does not stand above
   */
  static WordSigns read(List<Facts.Block> blocks) {
    WordSigns signs = new WordSigns();
    blocks.stream().filter(block -> block.code().equals(HEAD)).forEach(signs::add);
    return signs;
  }

  private void add(Facts.Block block) {
    if (block.head().contains(SAID)) {
      said.add(block.head().get(1));
    }
    patterns.put(
        block.head().get(1),
        block.lines().stream()
            .map(line -> Facts.withNamed(line, this::above))
            .map(line -> Pattern.compile(line, Pattern.DOTALL))
            .toList());
  }

  private List<Pattern> above(String name) {
    return Optional.ofNullable(patterns.get(name))
        .orElseThrow(
            () -> new IllegalStateException(SignRules.FILE + ": no sign of words " + name));
  }

  boolean isKnown(String name) {
    return patterns.containsKey(name);
  }

  /** Whether one of them is in a paste. */
  public static boolean has(String name, PastedText paste) {
    boolean deniable = all().said.contains(name);
    return Objects.requireNonNull(all().patterns.get(name), name).stream()
        .anyMatch(each -> paste.has(each) && (!deniable || Denial.isSaid(each, paste.plain())));
  }
}
