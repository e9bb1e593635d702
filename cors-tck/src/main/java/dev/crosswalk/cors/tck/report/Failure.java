package dev.crosswalk.cors.tck.report;

import dev.crosswalk.cors.tck.rules.Catalogue;
import dev.crosswalk.cors.tck.rules.Observation;
import java.util.List;

/** What is reported about a broken rule. */
public final class Failure {

  /** How many exchanges of a broken rule are shown: the last ones, which tell most. */
  private static final int SHOWN_EXCHANGES = 3;

  private Failure() {}

  /** All there is to know about a broken rule. */
  public static String tell(Catalogue.Entry entry, String message, List<Observation> observations) {
    StringBuilder text = new StringBuilder();
    text.append(entry.id()).append(": ").append(entry.sentence()).append("\n");
    text.append(message).append("\n\n");
    text.append("Why:     ").append(entry.why()).append("\n");
    text.append("Source:  ").append(entry.source()).append("\n");
    text.append("Look at: ").append(entry.lookAt()).append("\n");
    int from = Math.max(0, observations.size() - SHOWN_EXCHANGES);
    for (Observation observation : observations.subList(from, observations.size())) {
      text.append("\n").append(observation).append("\n");
    }
    return text.toString();
  }
}
