package dev.crosswalk.cors.cli.remedy;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One thing to do.
 *
 * @param topic what it is about
 * @param traits what else the program has to know of it
 * @param words a sentence or more
 */
public record Advice(Topic topic, Set<Trait> traits, String words) {

  /** Behind an example, in data files. */
  private static final String HOLE = "{yours}";

  /** What fills it, as long as the page's origin is not known. */
  private static final String YOURS = ", with your page's";

  private static final Pattern NAMED = Pattern.compile("@([A-Z_]+) (.*)", Pattern.DOTALL);

  public Advice {
    traits = Set.copyOf(traits);
  }

  /** A piece of advice without a topic. */
  public static Advice of(String words) {
    return Topic.NONE.advice(words);
  }

  /** Several without a topic, in their order. */
  public static List<Advice> all(Collection<String> words) {
    return words.stream().map(Advice::of).toList();
  }

  /**
   * Reads a line.
   *
   * @param line words, or {@code @TOPIC words}, with a {@code @TRAIT} or more in front of the
   *     words; {@code {yours}} behind an example means that it stands for the page's origin
   * @param file that has it, for the complaint
   * @throws IllegalStateException if there is no such topic or trait, if one comes twice or a topic
   *     behind another name, or if the words say of an example what only the hole may say
   */
  public static Advice read(String line, String file) {
    Topic topic = Topic.NONE;
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    String words = line;
    for (Matcher named = NAMED.matcher(words); named.matches(); named = NAMED.matcher(words)) {
      String name = named.group(1);
      Optional<Trait> trait = trait(name);
      if (trait.isEmpty() && words.equals(line)) {
        topic = topic(name, line, file);
      } else if (trait.isEmpty() || !traits.add(trait.get())) {
        throw new IllegalStateException(file + ": " + name + " cannot stand there in: " + line);
      }
      words = named.group(2);
    }
    boolean example = words.contains(RequiredGrant.SOME_ORIGIN);
    boolean yours = words.contains(HOLE);
    if (traits.contains(Trait.NAMES_PAGE)
        || yours && !example
        || example && words.contains(YOURS)) {
      throw new IllegalStateException(
          file + ": " + HOLE + " goes with " + RequiredGrant.SOME_ORIGIN + " in: " + line);
    }
    Advice advice = new Advice(topic, traits, words.replace(HOLE, YOURS));
    return yours ? advice.with(Trait.NAMES_PAGE) : advice;
  }

  private static Optional<Trait> trait(String name) {
    return Stream.of(Trait.values()).filter(trait -> trait.name().equals(name)).findFirst();
  }

  /**
   * The topic of a name.
   *
   * @param line that has it, in this file
   * @throws IllegalStateException if there is no such topic
   */
  public static Topic topic(String name, String line, String file) {
    return Stream.of(Topic.values())
        .filter(topic -> topic.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(file + ": no topic " + name + " in: " + line));
  }

  /** Whether it is about one of these. */
  public boolean isAbout(Topic... topics) {
    return List.of(topics).contains(topic);
  }

  public boolean has(Trait trait) {
    return traits.contains(trait);
  }

  /** The same in other words. */
  public Advice worded(UnaryOperator<String> change) {
    return new Advice(topic, traits, change.apply(words));
  }

  /** The same with the page's own origin, in place of an example and of words about that. */
  public Advice ofPage(String origin) {
    return worded(
        each ->
            each.replace(YOURS + " origin", "")
                .replace(YOURS, "")
                .replace(RequiredGrant.SOME_ORIGIN, origin));
  }

  /** The same words about another topic. */
  public Advice about(Topic other) {
    return new Advice(other, traits, words);
  }

  /** The same, of which the program has to know that. */
  public Advice with(Trait trait) {
    Set<Trait> all = EnumSet.of(trait);
    all.addAll(traits);
    return new Advice(topic, all, words);
  }
}
