package dev.crosswalk.cors.cli.explain.settings;

import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Topic;
import java.util.Optional;

/**
 * What the settings tell.
 *
 * @param name of the setting; empty if that is not what is told of
 * @param entry the value that is nearly what was sent; empty if that is not what is told
 * @param there whether what was sent is among the values
 */
public record SettingFinding(Advice advice, String name, String entry, boolean there) {

  private static final String WORDS = "configured";
  private static final String TOPIC = "configuredTopic";
  private static final String NAME = "configuredName";
  private static final String ENTRY = "configuredEntry";
  private static final String THERE = "listed";

  /** About a setting, whose name begins the words. */
  SettingFinding(PastedSetting setting, Topic topic, String words) {
    this(topic.advice(words), setting.name(), "", false);
  }

  /** Among the details of a message. */
  public static Optional<SettingFinding> in(Details details) {
    return Optional.of(details.get(WORDS))
        .filter(words -> !words.isEmpty())
        .map(
            words ->
                new SettingFinding(
                    Topic.valueOf(details.get(TOPIC, Topic.SETTING.name())).advice(words),
                    details.get(NAME),
                    details.get(ENTRY),
                    details.has(THERE)));
  }

  /** The details of a message, without it. */
  public static Details without(Details details) {
    return details.without(WORDS).without(THERE);
  }

  /** Whether it has nearly what was sent. */
  public boolean isNear() {
    return !entry.isEmpty();
  }

  /** The same among the details of a message. */
  public Details details() {
    return Details.NONE
        .with(WORDS, advice.words())
        .with(TOPIC, advice.topic().name())
        .with(NAME, name)
        .with(ENTRY, entry)
        .with(THERE, there ? "true" : "");
  }
}
