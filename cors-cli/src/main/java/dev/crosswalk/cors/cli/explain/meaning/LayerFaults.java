package dev.crosswalk.cors.cli.explain.meaning;

import dev.crosswalk.cors.cli.explain.layer.AskedRequest;
import dev.crosswalk.cors.cli.explain.layer.CorsLayers;
import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.explain.paste.PastedText;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the faults of the CORS layers in a paste mean for a message. */
final class LayerFaults {

  private LayerFaults() {}

  /** A remedy with the faults that explain it in front. */
  static Remedy told(Remedy remedy, Details details) {
    Set<Advice> advice = new LinkedHashSet<>(advice(remedy, details));
    if (advice.isEmpty()) {
      return remedy;
    }
    advice.addAll(remedy.advice());
    return remedy.withOnlyAdvice(List.copyOf(advice));
  }

  /** Whether something is certain to be wrong for the request of a message. */
  static boolean isFault(Remedy remedy, Details details) {
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
