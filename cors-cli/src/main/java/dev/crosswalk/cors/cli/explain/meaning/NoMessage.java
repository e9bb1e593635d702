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
public final class NoMessage {

  private static final String CODE = "UNCLEAR";

  private static final String TOLD = "UNCLEAR/told";

  private static final String SETTINGS = "UNCLEAR/settings";

  private NoMessage() {}

  public static boolean isOf(Remedy remedy) {
    return remedy.code().equals(CODE);
  }

  /** Whether a remedy tells something of such a text that is not told of each. */
  public static boolean isTold(Remedy remedy) {
    return remedy.code().equals(CODE) && remedy.cause().equals(cause());
  }

  private static String cause() {
    return Meaning.of(TOLD, Details.NONE).cause();
  }

  /**
   * The same with what comes first as the cause, and of what is told of each such text only what
   * asks for more.
   *
   * @param general what is told of each
   */
  public static Remedy told(Remedy remedy, List<Advice> general) {
    if (!remedy.code().equals(CODE)
        || remedy.advice().isEmpty()
        || general.contains(remedy.advice().get(0))) {
      return remedy;
    }
    Stream<Advice> exact = remedy.advice().stream().filter(each -> !general.contains(each));
    return new Remedy(
        remedy.code(),
        cause(),
        Stream.concat(exact, general.stream().limit(1)).toList(),
        remedy.grant(),
        remedy.write());
  }

  /** What a text asks that has set already what is known of its program. */
  public static List<Advice> ofSet(Details details) {
    return Meaning.of(SETTINGS, details).advice().subList(0, 2);
  }
}
