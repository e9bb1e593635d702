package dev.crosswalk.cors.cli.explain.clue;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.layer.AskedRequest;
import dev.crosswalk.cors.cli.explain.meaning.CorsCause;
import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.explain.paste.PastedText;
import dev.crosswalk.cors.cli.explain.spring.SpringFaults;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.Topic;
import java.util.ArrayList;
import java.util.List;

/** What the faults of the Spring application in a paste mean for a message. */
public final class SpringAdvice {

  private SpringAdvice() {}

  /**
   * Whether code without a message has something in it that is wrong for any request.
   *
   * @param text the whole of it
   * @param code the same as it was pasted
   */
  static boolean isMistake(PastedText text, String code) {
    return !told(Clue.MISTAKE, text, code, AskedRequest.UNKNOWN).isEmpty();
  }

  /**
   * A remedy with what is wrong in front, and without what is told in general of the same things.
   *
   * @param details of a message; {@code code} is the text as it was pasted
   * @param general what is told without anything that is known
   */
  public static Remedy told(Remedy remedy, Details details, Remedy general) {
    List<Advice> told = told(remedy, details);
    if (told.isEmpty() || isOfPage(details)) {
      return remedy;
    }
    List<Advice> advice = new ArrayList<>(remedy.advice());
    boolean grants = told.get(0).isAbout(Topic.SPRING_GRANTS);
    // That nothing is wrong is no news where something is known.
    if (grants && isKnown(advice, general)) {
      return remedy;
    }
    advice.addAll(0, told);
    return remedy.withOnlyAdvice(advice);
  }

  /** A redirect has led to the page itself, which no layer of the server allows. */
  private static boolean isOfPage(Details details) {
    String origin = details.origin();
    return !origin.isEmpty() && AskedUrl.origin(details.url()).equals(origin);
  }

  /** Whether something is certain to be wrong for the request of a message. */
  public static boolean isFault(Remedy remedy, Details details) {
    return told(remedy, details).stream().anyMatch(each -> each.isAbout(Topic.SPRING));
  }

  /** Whether the first piece of advice is about this very request. */
  private static boolean isKnown(List<Advice> advice, Remedy general) {
    return !advice.isEmpty()
        && !general.advice().contains(advice.get(0))
        && !advice
            .get(0)
            .isAbout(
                Topic.LISTS_PAGE,
                Topic.LISTS_ORIGINS,
                Topic.SETTING_NOT_READ,
                Topic.WHOSE_SERVER,
                Topic.DONE);
  }

  private static List<Advice> told(Remedy remedy, Details details) {
    return told(
        remedy.code(),
        details.paste(),
        details.get("code"),
        CorsCause.request(remedy.code(), details));
  }

  private static List<Advice> told(
      String code, PastedText paste, String pasted, AskedRequest request) {
    return FaultWords.told(SpringFaults.in(paste, pasted, request), code, request.status(), paste);
  }
}
