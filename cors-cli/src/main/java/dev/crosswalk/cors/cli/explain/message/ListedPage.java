package dev.crosswalk.cors.cli.explain.message;

import dev.crosswalk.cors.cli.explain.address.OriginComparison;
import dev.crosswalk.cors.cli.explain.address.SentOrigin;
import dev.crosswalk.cors.cli.explain.meaning.NoMessage;
import dev.crosswalk.cors.cli.explain.page.DevelopmentPort;
import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.explain.server.OriginPair;
import dev.crosswalk.cors.cli.explain.settings.SettingFinding;
import dev.crosswalk.cors.cli.explain.sign.ClaimedListing;
import dev.crosswalk.cors.cli.explain.sign.PastedPolicy;
import dev.crosswalk.cors.cli.explain.sign.Signs;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.remedy.Trait;
import java.util.List;
import java.util.Optional;

/**
 * Whether the page is where a list has it: what a person says to have listed, the other names of
 * the page, and the port that its development server takes are compared with the page's origin.
 *
 * @param policy of the text
 */
record ListedPage(PastedPolicy policy, Signs beside, Details details) {

  /** The server's list has not the page's origin. */
  private static final List<String> LISTED =
      List.of("ACAO_MISSING", "REASON_MISSING", "REASON_NOT_SAID", "HIDDEN", "UNCLEAR");

  /** The same, as the message tells. */
  private static final List<String> OF_LIST = List.of("ACAO_MISSING", "ACAO_MISMATCH");

  /** With what a person says to have listed, where the page's origin is nearly the same. */
  Remedy withClaimed(Remedy told) {
    String origin = details.origin();
    boolean comparable =
        LISTED.contains(told.code()) && !beside.has("lists.origins") && details.status() < 400;
    return (comparable ? ClaimedListing.claimed(origin, details.paste()) : Optional.<String>empty())
        .map(
            each ->
                told.withAdvice(
                    0,
                    Topic.LISTS_OTHERS.advice(
                        "As your paste says, "
                            + each
                            + " is allowed, and the page's origin is "
                            + origin
                            + ": "
                            + new OriginComparison(origin, each).words()
                            + ". Allow "
                            + origin
                            + " as well, exactly so; or open the page at "
                            + each
                            + ".")))
        .orElse(told);
  }

  /**
   * With the question whether the page is where the list has it: no message names it, or nothing
   * does.
   */
  Remedy withQuestion(Remedy remedy) {
    String origin = details.origin();
    boolean unsaid =
        NoMessage.isOf(remedy) || remedy.code().equals("REASON_MISSING") && details.url().isEmpty();
    if (unsaid && origin.isEmpty() && !policy.origins().open()) {
      return withAdvice(
          remedy,
          DevelopmentPort.question(policy.origins().values(), details.paste().pasted())
              .map(words -> Advice.of(words).with(Trait.PERHAPS)));
    }
    boolean listed =
        remedy.advice().stream()
            .limit(1)
            .anyMatch(
                each ->
                    each.isAbout(Topic.LISTS_PAGE, Topic.SETTING_NOT_READ, Topic.SPRING_GRANTS));
    boolean named = details.paste().plain().contains("origin " + origin);
    if (!listed) {
      return remedy;
    }
    Optional<String> other =
        details.has("toldPage") && !named
            ? OriginPair.otherName(origin, details.paste().pasted())
            : Optional.empty();
    return withAdvice(
        remedy,
        other
            .filter(each -> !policy.origins().has(each))
            .map(
                each ->
                    Advice.of(
                            "The message does not name the page. See the header Origin of that request in the"
                                + " network panel (F12): the list has "
                                + origin
                                + ", and a page that is opened at "
                                + each
                                + " is another origin. Then open it at the first, or list both.")
                        .with(Trait.PERHAPS)));
  }

  private static Remedy withAdvice(Remedy remedy, Optional<Advice> first) {
    return first.map(more -> remedy.withAdvice(0, more)).orElse(remedy);
  }

  /**
   * With the question whether the server's list has the other name of this machine: in front of
   * what is told in general, and behind what is known.
   */
  Remedy withNames(Remedy told, Remedy general) {
    boolean untold =
        OF_LIST.contains(general.code())
            && details.status() < 400
            && SettingFinding.in(details).isEmpty()
            && !beside.has("lists.origins")
            && !beside.has("server.any")
            && !beside.has("redirected");
    Optional<Advice> names =
        untold
            ? OriginPair.ofNames(details.url(), false, details.origin())
                .or(
                    () ->
                        SentOrigin.ofCommand(details.get("code"))
                            .filter(each -> details.has("toldPage"))
                            .flatMap(each -> OriginPair.ofNames(each, true, details.origin())))
            : Optional.empty();
    boolean sameServer =
        told.advice().stream().anyMatch(each -> each.shows("most likely one server"));
    boolean known = !told.advice().isEmpty() && !general.advice().contains(told.advice().get(0));
    return names
        .filter(each -> !sameServer)
        .map(each -> told.withAdvice(known ? 1 : 0, each))
        .orElse(told);
  }
}
