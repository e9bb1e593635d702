package dev.crosswalk.cors.cli.explain.meaning;

import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import java.util.List;
import java.util.stream.Stream;

/**
 * A text that speaks of CORS, and has no message in it: a question, code, settings or a log. Where
 * it names a program or shows a fault, that is what is told of it.
 */
final class NoMessage {

  private static final String CODE = "UNCLEAR";

  private static final String TOLD = "UNCLEAR/told";

  private NoMessage() {}

  /** Whether something comes first in a remedy that is not told of each such text. */
  static boolean isTold(Remedy remedy, Details details) {
    return remedy.code().equals(CODE)
        && !remedy.advice().isEmpty()
        && !general(details).contains(remedy.advice().get(0));
  }

  /** The same as the cause, and of what is told of each text only what asks for more. */
  static Remedy told(Remedy remedy, Details details) {
    List<Advice> general = general(details);
    Stream<Advice> exact = remedy.advice().stream().filter(each -> !general.contains(each));
    return new Remedy(
        remedy.code(),
        Meaning.of(TOLD, details).cause(),
        Stream.concat(exact, general.stream().limit(1)).toList(),
        remedy.grant(),
        remedy.write());
  }

  private static List<Advice> general(Details details) {
    String code = MeaningVariant.of(Speaker.UNKNOWN, CODE, details).orElse(CODE);
    return Meaning.of(code, details).advice();
  }
}
