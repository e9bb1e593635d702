package dev.crosswalk.cors.cli.explain.sign;

import dev.crosswalk.cors.cli.explain.words.WordSigns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stands beside a message: what the page's code does, what the server's code and configuration
 * say, and what a person remarks. Each of these is a sign. It is looked for when a {@linkplain
 * SignRules rule} asks for it, and once for each message. What a sign has found fills the holes in
 * the advice, so that both stand in one place: by what they are about, in {@link MessageSigns},
 * {@link PlaceSigns}, {@link OriginSigns}, {@link NameSigns}, {@link RemarkSigns} and {@link
 * PolicySigns}.
 */
public final class Signs {

  private static final Map<String, Predicate<MessageContext>> COMPUTED =
      all(
          List.of(
              MessageSigns.SIGNS,
              PlaceSigns.SIGNS,
              OriginSigns.SIGNS,
              NameSigns.SIGNS,
              RemarkSigns.SIGNS,
              PolicySigns.SIGNS));

  private static final Map<String, Function<MessageContext, String>> WORDS =
      all(
          List.of(
              MessageSigns.WORDS,
              PlaceSigns.WORDS,
              OriginSigns.WORDS,
              NameSigns.WORDS,
              RemarkSigns.WORDS,
              PolicySigns.WORDS));

  private static final Pattern HOLE = Pattern.compile("\\{([a-z]+)}");

  private final MessageContext surroundings;
  private final Map<String, Boolean> found = new HashMap<>();

  public Signs(MessageContext surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * What several groups have, by name.
   *
   * @throws IllegalStateException if two have the same name
   */
  private static <T> Map<String, T> all(List<Map<String, T>> groups) {
    return groups.stream()
        .flatMap(group -> group.entrySet().stream())
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Whether there is a sign of that name that is not one of words. */
  static boolean isComputed(String name) {
    return COMPUTED.containsKey(name);
  }

  /** The names of those that are not words. */
  static Stream<String> computed() {
    return COMPUTED.keySet().stream();
  }

  static boolean isWord(String hole) {
    return WORDS.containsKey(hole);
  }

  /** Whether there is no text in which to look for any. */
  boolean isNothing() {
    return surroundings.paste().isEmpty();
  }

  /** Whether a sign is there. */
  public boolean has(String name) {
    Boolean known = found.get(name);
    if (known == null) {
      Predicate<MessageContext> computed = COMPUTED.get(name);
      known =
          computed == null
              ? WordSigns.has(name, surroundings.paste())
              : computed.test(surroundings);
      found.put(name, known);
    }
    return known;
  }

  /** A piece of advice with its holes filled. */
  String filled(String advice) {
    return HOLE.matcher(advice).replaceAll(hole -> Matcher.quoteReplacement(word(hole.group(1))));
  }

  private String word(String hole) {
    return Objects.requireNonNull(WORDS.get(hole), hole).apply(surroundings);
  }
}
