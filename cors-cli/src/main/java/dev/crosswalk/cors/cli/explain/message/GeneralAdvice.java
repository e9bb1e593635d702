package dev.crosswalk.cors.cli.explain.message;

import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.remedy.Trait;
import dev.crosswalk.cors.cli.remedy.refusal.PreflightRemedy;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is told of a cause whatever the text has. Behind a fault that the text shows for certain it
 * only says the same in other words, or sends somewhere else.
 */
final class GeneralAdvice {

  /** The causes of which the general advice is a search for what is wrong. */
  private static final List<String> SEARCHED =
      List.of(
          "ACAO_MISSING",
          "ACAO_MULTIPLE",
          "PREFLIGHT_STATUS",
          "PREFLIGHT_REDIRECT",
          "REDIRECT_AFTER_PREFLIGHT");

  private static final Topic[] OF_ANY = {
    Topic.ADD_ORIGIN, Topic.WHOSE_SERVER, Topic.NO_SIGN_OF_LAYER, Topic.NO_LAYER_IN_CODE
  };

  private static final int BAD_REQUEST = 400;

  private GeneralAdvice() {}

  /**
   * The advice without what is general, if it begins with a fault that is certain.
   *
   * @param advice what is shown
   * @param general the remedy of the cause before anything was known of the text
   * @param details of the message: an error of the request itself comes before CORS, and stays
   */
  static List<Advice> without(List<Advice> advice, Remedy general, Details details) {
    boolean error = details.status() >= BAD_REQUEST && !details.isOfPreflight();
    if (advice.isEmpty()
        || !SEARCHED.contains(general.code())
        || general.code().equals("ACAO_MISSING") && error
        || advice.get(0).isAbout(Topic.ADD_ORIGIN, Topic.WHOSE_SERVER)
        || general.advice().contains(advice.get(0))
        || isGeneral(advice.get(0), general)
        || advice.get(0).has(Trait.PERHAPS)) {
      return advice;
    }
    return advice.stream().filter(each -> !isGeneral(each, general)).toList();
  }

  /** The advice with what a preflight's status would tell, where nothing else is known of it. */
  static List<Advice> behindStatus(List<Advice> advice, Remedy general, Details details) {
    boolean isUnknown =
        general.code().equals("ACAO_MISSING")
            && details.isOfPreflight()
            && details.status() == 0
            && !advice.isEmpty()
            && advice.get(0).isAbout(Topic.ADD_ORIGIN, Topic.WHOSE_SERVER);
    return isUnknown
        ? Stream.concat(Stream.of(PreflightRemedy.SEE_OPTIONS), advice.stream()).distinct().toList()
        : advice;
  }

  /** The advice with what is known of a platform behind a fault of the program that runs there. */
  static List<Advice> behind(List<Advice> advice, Remedy general) {
    if (advice.isEmpty() || !advice.get(0).isAbout(Topic.GATE)) {
      return advice;
    }
    return advice.stream()
        .skip(1)
        .filter(each -> !isGeneral(each, general) && !general.advice().contains(each))
        .filter(each -> !each.isAbout(Topic.SOCKET_IO))
        .filter(each -> !each.has(Trait.PERHAPS))
        .findFirst()
        .map(first -> Stream.concat(Stream.of(first), advice.stream()).distinct().toList())
        .orElse(advice);
  }

  /** What names a URL of the text is not. */
  private static boolean isGeneral(Advice advice, Remedy general) {
    return advice.isAbout(OF_ANY) || !advice.shows("://") && general.advice().contains(advice);
  }
}
