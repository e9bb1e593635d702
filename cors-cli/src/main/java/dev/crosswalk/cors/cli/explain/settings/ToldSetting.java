package dev.crosswalk.cors.cli.explain.settings;

import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Topic;
import java.util.Map;
import java.util.Optional;

/**
 * What the settings tell.
 *
 * @param name of the setting; empty if that is not what is told of
 * @param entry the value that is nearly what was sent; empty if that is not what is told
 * @param there whether what was sent is among the values
 */
public record ToldSetting(Advice advice, String name, String entry, boolean there) {

  private static final String WORDS = "configured";
  private static final String TOPIC = "configuredTopic";
  private static final String NAME = "configuredName";
  private static final String ENTRY = "configuredEntry";
  private static final String THERE = "listed";

  /** Of a setting, with whose name the words begin. */
  ToldSetting(PastedSetting setting, Topic topic, String words) {
    this(topic.advice(words), setting.name(), "", false);
  }

  /** Among the values of a message, by the names of its holes. */
  public static Optional<ToldSetting> in(Map<String, String> values) {
    return Optional.ofNullable(values.get(WORDS))
        .map(
            words ->
                new ToldSetting(
                    Topic.valueOf(values.getOrDefault(TOPIC, Topic.SETTING.name())).advice(words),
                    values.getOrDefault(NAME, ""),
                    values.getOrDefault(ENTRY, ""),
                    values.containsKey(THERE)));
  }

  /** Whether it has nearly what was sent. */
  public boolean isNear() {
    return !entry.isEmpty();
  }

  /** The same as values of a message; an empty one is none. */
  public Map<String, String> holes() {
    return Map.of(
        WORDS,
        advice.words(),
        TOPIC,
        advice.topic().name(),
        NAME,
        name,
        ENTRY,
        entry,
        THERE,
        there ? "true" : "");
  }
}
