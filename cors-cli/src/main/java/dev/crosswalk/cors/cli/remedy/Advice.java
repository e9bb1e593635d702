package dev.crosswalk.cors.cli.remedy;

import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One thing to do.
 *
 * @param topic what it is about
 * @param words a sentence or more
 */
public record Advice(Topic topic, String words) {

  private static final Pattern WITH_TOPIC = Pattern.compile("@([A-Z_]+) (.*)", Pattern.DOTALL);

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
   * @param line words, or {@code @TOPIC words}
   * @param file that has it, for the complaint
   * @throws IllegalStateException if there is no such topic
   */
  public static Advice read(String line, String file) {
    Matcher topic = WITH_TOPIC.matcher(line);
    return topic.matches() ? topic(topic.group(1), line, file).advice(topic.group(2)) : of(line);
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

  /** The same topic in other words. */
  public Advice worded(UnaryOperator<String> change) {
    return new Advice(topic, change.apply(words));
  }
}
