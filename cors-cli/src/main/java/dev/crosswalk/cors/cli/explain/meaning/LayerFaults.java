package dev.crosswalk.cors.cli.explain.meaning;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.explain.layer.Asked;
import dev.crosswalk.cors.cli.explain.layer.CorsLayers;
import dev.crosswalk.cors.cli.explain.layer.Fault;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What the faults of the CORS layers in a paste mean for a message: the file {@code
 * layer-faults.txt}, which says of its form.
 */
final class LayerFaults {

  private static final String FILE = "layer-faults.txt";

  /**
   * What is told of a fault.
   *
   * @param codes of the causes that it explains
   */
  record Told(List<String> codes, Advice advice) {}

  private static final class Holder {
    private static final Map<Fault.What, Told> ALL = new EnumMap<>(Fault.What.class);

    static {
      for (Facts.Block block : Facts.blocks(LayerFaults.class, FILE)) {
        List<String> head = block.head();
        ALL.put(
            Fault.What.valueOf(head.get(0)),
            new Told(
                head.subList(1, head.size()), Advice.read(String.join(" ", block.lines()), FILE)));
      }
    }
  }

  private LayerFaults() {}

  static Map<Fault.What, Told> all() {
    return Holder.ALL;
  }

  /** A remedy with the faults that explain it in front, in the order in which they bite. */
  static Remedy told(Remedy remedy, String paste, Asked asked) {
    Set<Advice> advice = new LinkedHashSet<>(advice(remedy.code(), paste, asked));
    if (advice.isEmpty()) {
      return remedy;
    }
    advice.addAll(remedy.advice());
    return remedy.withOnlyAdvice(List.copyOf(advice));
  }

  /** Whether a paste has a fault that explains this. */
  static boolean isIn(String code, String paste, Asked asked) {
    return !advice(code, paste, asked).isEmpty();
  }

  private static List<Advice> advice(String code, String paste, Asked asked) {
    String text = paste.substring(paste.indexOf('\n') + 1);
    return CorsLayers.faults(text, asked).stream()
        .filter(fault -> told(fault).codes().contains(code))
        .map(fault -> told(fault).advice().worded(words -> words.replace("{place}", fault.place())))
        .toList();
  }

  private static Told told(Fault fault) {
    return Objects.requireNonNull(all().get(fault.what()), fault.what().name());
  }
}
