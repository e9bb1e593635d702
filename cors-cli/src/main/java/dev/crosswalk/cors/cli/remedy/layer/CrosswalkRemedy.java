package dev.crosswalk.cors.cli.remedy.layer;

import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What to change where this library answers: its policy, and no header. */
public final class CrosswalkRemedy {

  private static final String SEEN =
      "no other layer that is known here answers one with 403, no content, and one line Vary: Origin,"
          + " Access-Control-Request-Method, Access-Control-Request-Headers.";

  /** In what the answer to a preflight and the log tell, nothing is left to guess. */
  private static final Advice LOG =
      Topic.POLICY_OF_CROSSWALK.advice(
          "Its log says why: write cors.log-refusals=explained in the configuration, or give the"
              + " adapter Cors.observed(policy, CorsObserver.explainRefusals()). The lines begin with"
              + " CORS: and name what in the policy is similar.");

  private CrosswalkRemedy() {}

  /** Where its policy and its log are, for what is told of the layer of any software. */
  public static KnownLayer layer() {
    return KnownLayer.named("CROSSWALK").orElseThrow();
  }

  /**
   * For an origin that the policy does not allow.
   *
   * @param where of the refused answer
   * @param named what the refused answer sends as the origin that may read; empty if nothing
   * @param guarded whether the request itself is refused as well
   */
  public static Remedy originRefused(
      Where where, Optional<String> named, boolean guarded, RequiredGrant grant) {
    List<Advice> advice = new ArrayList<>();
    advice.add(LayerList.toAdd(grant.origin(), layer().origins(), ""));
    if (guarded) {
      advice.add(
          Advice.of(
              "If a CrossOriginGuard is around the policy, it refuses the request itself ("
                  + where.status()
                  + "): let it trust the origin, too, by trustOrigins (in configuration,"
                  + " cors.guard.trusted-origins)."));
    }
    advice.add(LOG);
    advice.add(
        Advice.of(
            "If the policy has the origin, another one answers here: of this path, host or profile, or"
                + " the one from before a change, if the server has not been started again."));
    return Remedy.granting(
        where.preflight() ? "ORIGIN_REFUSED" : "ORIGIN_NOT_LISTED",
        "Crosswalk answers here, and its policy does not allow this origin. "
            + (where.preflight()
                ? "The answer to the preflight shows it: "
                : "So the response ("
                    + where.status()
                    + ") "
                    + named
                        .map(only -> "names only " + only + " in Access-Control-Allow-Origin")
                        .orElse("has no Access-Control-Allow-Origin for it")
                    + ". A preflight shows it: ")
            + SEEN,
        advice,
        grant);
  }

  /**
   * For what the policy does not allow to an origin that it does.
   *
   * @param told of the same refusal by any server
   */
  public static Remedy inPolicy(NotShared refusal, Remedy told) {
    Cause cause = refusal.cause();
    if (cause == Cause.ACAC_NOT_TRUE) {
      return with(
          told,
          Topic.NO_COOKIES,
          Topic.POLICY_OF_CROSSWALK.advice(
              "If it needs cookies, write allowCredentials() in the CorsPolicy (in configuration,"
                  + " cors.allow-credentials=true): Crosswalk answers here."));
    }
    Optional<String> list =
        cause == Cause.METHOD_NOT_ALLOWED ? layer().methods() : layer().headers();
    return with(
        told,
        Topic.MAY_REMOVE_HEADER,
        Topic.POLICY_OF_CROSSWALK.advice(
            "Crosswalk answers here. Add " + refusal.subject() + " to " + list.orElseThrow() + "."),
        LOG);
  }

  /** The same, and of what is told only what is about one topic. */
  private static Remedy with(Remedy told, Topic kept, Advice... own) {
    Stream<Advice> others = told.advice().stream().filter(each -> each.isAbout(kept));
    return told.withOnlyAdvice(
        kept == Topic.NO_COOKIES
            ? Stream.concat(others, Stream.of(own)).toList()
            : Stream.of(Stream.of(own[0]), others, Stream.of(own).skip(1))
                .flatMap(each -> each)
                .toList());
  }
}
