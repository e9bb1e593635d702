package dev.crosswalk.cors.cli.explain.clue;

import dev.crosswalk.cors.cli.explain.layer.AskedRequest;
import dev.crosswalk.cors.cli.explain.layer.CorsLayers;
import dev.crosswalk.cors.cli.explain.meaning.CorsCause;
import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.explain.paste.PastedText;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.remedy.Trait;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the faults of the CORS layers in a paste mean for a message. */
public final class LayerFaults {

  private LayerFaults() {}

  /**
   * A remedy with the faults that explain it in front. What may be a fault comes behind what is
   * certain of this text. Only that nothing uses a layer comes first, as nothing else of it counts
   * then.
   *
   * @param general the advice that there was before anything was read in the text
   */
  public static Remedy told(Remedy remedy, List<Advice> general, Details details) {
    List<Advice> faults = advice(remedy, details);
    if (faults.isEmpty()) {
      return remedy;
    }
    Set<Advice> advice = new LinkedHashSet<>();
    faults.stream()
        .filter(each -> isCertain(each) || each.isAbout(Topic.NO_LAYER))
        .forEach(advice::add);
    remedy.advice().stream()
        .takeWhile(each -> !general.contains(each) && isCertain(each))
        .forEach(advice::add);
    advice.addAll(faults);
    advice.addAll(remedy.advice());
    return remedy.withOnlyAdvice(List.copyOf(advice));
  }

  private static boolean isCertain(Advice advice) {
    return !advice.has(Trait.PERHAPS) && !advice.has(Trait.AS_IT_IS);
  }

  /** Whether something is certain to be wrong for the request of a message. */
  public static boolean isFault(Remedy remedy, Details details) {
    return !advice(remedy, details).isEmpty();
  }

  /** Whether a text without a message has something in it that is wrong for any request. */
  static boolean isMistake(PastedText text) {
    return !advice(Clue.MISTAKE, text, AskedRequest.UNKNOWN).isEmpty();
  }

  private static List<Advice> advice(Remedy remedy, Details details) {
    return advice(remedy.code(), details.paste(), CorsCause.request(remedy.code(), details));
  }

  private static List<Advice> advice(String code, PastedText paste, AskedRequest request) {
    CorsLayers layers = paste.read(CorsLayers.class, () -> new CorsLayers(paste.pasted()));
    return FaultWords.told(layers.faults(request), code, request.status(), paste);
  }
}
