package dev.crosswalk.cors.cli.check;

import dev.crosswalk.cors.cli.terminal.Secrets;
import dev.crosswalk.cors.tck.rules.Observation;
import dev.crosswalk.cors.tck.wire.Headers;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What was asked and answered, as reports show it: people attach them to tickets. */
final class Transcript {

  /** As {@link Observation} writes it. */
  private static final Pattern FIELD = Pattern.compile("(?m)^([<>] )([^:\\s]++): (.*)$");

  private Transcript() {}

  static String of(Observation seen) {
    return hidden(seen.toString());
  }

  /** A text with exchanges in it, without the values of headers that carry a secret. */
  static String hidden(String text) {
    return FIELD
        .matcher(text)
        .replaceAll(
            line ->
                Matcher.quoteReplacement(
                    line.group(1)
                        + line.group(2)
                        + ": "
                        + Secrets.hiddenValue(line.group(2), line.group(3))));
  }

  /** What a rule says, which quotes values of these answers. */
  static String message(String text, List<Observation> observations) {
    String message = text;
    for (Observation seen : observations) {
      for (Headers.Field field : seen.response().headers()) {
        String value = Secrets.hiddenValue(field.name(), field.value());
        message = message.replace('"' + field.value() + '"', '"' + value + '"');
      }
    }
    return message;
  }
}
