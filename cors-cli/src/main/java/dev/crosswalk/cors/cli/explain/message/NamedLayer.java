package dev.crosswalk.cors.cli.explain.message;

import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.explain.sign.LayerWords;
import dev.crosswalk.cors.cli.explain.sign.LayerWords.Lack;
import dev.crosswalk.cors.cli.explain.sign.Signs;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.remedy.Trait;
import dev.crosswalk.cors.cli.remedy.refusal.PreflightRemedy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a software has its CORS layer, for a paste that names it and shows no layer. It is told
 * where nothing but general advice is known: whatever the paste shows for certain tells more.
 */
final class NamedLayer {

  private static final int MAX_ADVICE = 3;

  /** A layer has to be there, and answer. */
  private static final List<String> ABSENT =
      List.of(
          "ACAO_MISSING",
          "PREFLIGHT_STATUS",
          "REASON_MISSING",
          "REASON_NOT_SAID",
          "UNCLEAR",
          "HEADERS_NONE",
          "HEADERS_NONE_FOR_ORIGIN");

  /**
   * Of an answer that came: what else fails may have another cause than a layer that is not there.
   */
  private static final List<String> NOT_IN_CODE = List.of("ACAO_MISSING", "REASON_MISSING");

  /** Signs of a layer that has no words of its own, and of headers that are set by hand. */
  private static final List<String> OTHER_LAYER =
      List.of("server.cors", "server.by-layer", "server.by-hand", "server.adds-headers");

  /** Who is not let in, and what fails in the program itself, comes before its CORS layer. */
  private static final List<Integer> OTHER_STATUS = List.of(401, 403);

  private static final int BAD_REQUEST = 400;

  private static final int SERVER_ERROR = 500;

  private NamedLayer() {}

  /**
   * The advice with that.
   *
   * @param advice what is shown
   * @param general the remedy of the cause before anything was known of the text
   */
  static List<Advice> told(List<Advice> advice, Remedy general, Details details, Signs beside) {
    boolean absent = ABSENT.contains(general.code());
    Optional<LayerWords> layer = layer(absent, details, beside);
    if (layer.isEmpty()) {
      return advice;
    }
    boolean known = !advice.isEmpty() && !isGeneral(advice.get(0), general);
    if (!absent) {
      return known || advice.isEmpty()
          ? advice
          : withWords(advice, words(layer.get(), general.code(), details));
    }
    return known && (layer.get().isFront() || !advice.get(0).has(Trait.PERHAPS))
        ? advice
        : withPlace(advice, layer.get(), general, details);
  }

  private static boolean isGeneral(Advice advice, Remedy general) {
    return general.advice().contains(advice)
        || advice.isAbout(Topic.ADD_ORIGIN, Topic.WHOSE_SERVER)
        || advice.equals(PreflightRemedy.SEE_OPTIONS);
  }

  /** A layer that the paste shows is there, and may still lack something. */
  private static Optional<LayerWords> layer(boolean absent, Details details, Signs beside) {
    Optional<LayerWords> shown = LayerWords.shown(details.paste());
    if (shown.isPresent()) {
      return absent ? Optional.empty() : shown;
    }
    return OTHER_LAYER.stream().anyMatch(beside::has)
        ? Optional.empty()
        : LayerWords.named(details.paste());
  }

  /**
   * What is told of code in which nothing is a CORS layer.
   *
   * @param general the remedy of the cause before anything was known of the text
   */
  static Optional<Advice> ofCode(Remedy general, Details details, Signs beside) {
    boolean absent =
        NOT_IN_CODE.contains(general.code())
            && LayerWords.shown(details.paste()).isEmpty()
            && OTHER_LAYER.stream().noneMatch(beside::has);
    return absent
        ? LayerWords.ofCode(details.paste())
            .flatMap(layer -> layer.place(origin(details)))
            .map(place -> "Nothing in the code is a CORS layer. " + place)
            .map(Topic.NO_LAYER_IN_CODE::advice)
        : Optional.empty();
  }

  /** The page's, or an example of one. */
  private static String origin(Details details) {
    return details.origin().startsWith("http") ? details.origin() : RequiredGrant.SOME_ORIGIN;
  }

  private static List<Advice> withPlace(
      List<Advice> advice, LayerWords layer, Remedy general, Details details) {
    Advice place = Advice.of(layer.place(origin(details)).orElseThrow()).with(Trait.PERHAPS);
    boolean answered = !details.isOfPreflight() && !general.code().equals("PREFLIGHT_STATUS");
    int status = details.status();
    boolean behind =
        OTHER_STATUS.contains(status)
            || status >= SERVER_ERROR
            || status >= BAD_REQUEST && answered;
    List<Advice> told = new ArrayList<>(advice);
    told.removeIf(each -> each.isAbout(Topic.ADD_ORIGIN));
    // What the paste shows more exactly stays in front.
    int exact = 0;
    while (exact < advice.size() && !isGeneral(advice.get(exact), general)) {
      exact++;
    }
    if (exact > 0 && exact == advice.size()) {
      return advice;
    }
    told.add(Math.min(told.size(), Math.max(exact, behind ? 1 : 0)), place);
    return told.subList(0, Math.min(MAX_ADVICE, told.size()));
  }

  /** What the layer lacks, behind the first advice that has the server change something. */
  private static List<Advice> withWords(List<Advice> advice, String words) {
    int at = advice.size() > 1 && advice.get(0).isAbout(Topic.NO_COOKIES) ? 1 : 0;
    List<Advice> told = new ArrayList<>(advice);
    if (!words.isEmpty() && advice.stream().noneMatch(each -> each.shows(words))) {
      told.set(at, told.get(at).worded(each -> each + words));
    }
    return told;
  }

  private static String words(LayerWords layer, String code, Details details) {
    return switch (code) {
      case "HEADER_NOT_ALLOWED" -> sentence(layer, Lack.HEADER, details.subject());
      case "METHOD_NOT_ALLOWED" -> sentence(layer, Lack.METHOD, details.subject());
      case "ACAO_MISMATCH" -> sentence(layer, Lack.ORIGIN, details.origin());
      case "ACAC_NOT_TRUE" -> sentence(layer, Lack.CREDENTIALS, details.origin());
      case "ACAO_WILDCARD_CREDENTIALS" ->
          both(
              sentence(layer, Lack.ORIGIN, details.origin()),
              layer.written(Lack.CREDENTIALS, details.origin()));
      default -> "";
    };
  }

  private static String both(String origin, Optional<String> credentials) {
    return origin.isEmpty() || credentials.isEmpty()
        ? origin
        : origin.substring(0, origin.length() - 1) + ", and " + credentials.get() + '.';
  }

  private static String sentence(LayerWords layer, Lack lack, String value) {
    return value.isEmpty()
        ? ""
        : layer
            .written(lack, value)
            .map(words -> " In " + layer.name() + ": " + words + '.')
            .orElse("");
  }
}
