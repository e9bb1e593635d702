package dev.crosswalk.cors.cli.explain.message;

import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.remedy.Trait;
import dev.crosswalk.cors.tck.url.Printable;
import java.util.ArrayList;
import java.util.List;

/** Why a server refuses a request, where the text has the body of its answer. */
final class RefusalReason {

  /** These are about an answer that a server gave, and not about headers that a layer sent. */
  private static final List<String> OF_ERRORS =
      List.of("ACAO_MISSING", "HTTP_STATUS", "ERROR_PAGE");

  private static final int ERROR = 400;

  /** What these ask in general is who refuses, and why. */
  private static final List<Integer> WHO_REFUSES = List.of(401, 403);

  private static final String UNREADABLE =
      " The page cannot read that itself, as the error has no headers of CORS: put the CORS layer in"
          + " front of what answers errors.";

  private static final int MAX_WORDS = 160;

  private RefusalReason() {}

  /** A remedy with those words in front, and without what tells to look for them. */
  static Remedy told(Remedy remedy, Details details) {
    String said = details.get("said");
    if (said.isEmpty()
        || details.isOfPreflight()
        || details.status() < ERROR
        || !OF_ERRORS.contains(remedy.code())) {
      return remedy;
    }
    List<Advice> advice = new ArrayList<>(remedy.advice());
    advice.removeIf(
        each ->
            each.has(Trait.READS_BODY) && !each.isAbout(Topic.ANSWERED_BY)
                || each.isAbout(Topic.REFUSED) && WHO_REFUSES.contains(details.status()));
    // The script cannot read why before the fault in the code is gone.
    boolean hidden = !advice.isEmpty() && advice.get(0).isAbout(Topic.LAYER);
    advice.add(
        hidden ? 1 : 0,
        Topic.SAID_WHY.advice(
            "The answer itself says why: \""
                + Printable.cut(said, MAX_WORDS)
                + (hidden ? "\"." : "\". Solve that first.")
                + (advice.isEmpty() && remedy.grant().isPresent() ? UNREADABLE : "")));
    return remedy.withOnlyAdvice(advice);
  }
}
