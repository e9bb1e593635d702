package dev.crosswalk.cors.cli.explain.clue;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.explain.layer.Fault;
import dev.crosswalk.cors.cli.explain.meaning.Meaning;
import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.explain.paste.PastedText;
import dev.crosswalk.cors.cli.explain.words.WordSigns;
import dev.crosswalk.cors.cli.remedy.Advice;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is told of a fault of a CORS layer in a paste: the file {@code layer-faults.txt}, which
 * describes its format.
 *
 * @param fault that it is about
 * @param codes of the causes that it explains
 * @param not the statuses with which it is not the cause
 * @param unless the signs beside it with which it is not the cause
 * @param written the advice with holes, as it stands in the file
 */
public record FaultWords(
    Fault.What fault, List<String> codes, List<String> not, List<String> unless, String written) {

  private static final String FILE = "layer-faults.txt";

  /** What a browser says where Spring's own CORS layer refuses. */
  private static final List<String> REFUSAL =
      List.of(
          "ACAO_MISSING",
          "PREFLIGHT_STATUS",
          "REASON_MISSING",
          "HIDDEN",
          "SERVER_REFUSES",
          "ORIGIN_REFUSED",
          "UNCLEAR");

  /** What it says where something answers in front of that. */
  private static final List<String> LOGIN =
      List.of(
          "ACAO_MISSING",
          "PREFLIGHT_STATUS",
          "PREFLIGHT_REDIRECT",
          "AUTHENTICATION",
          "REASON_MISSING",
          "HIDDEN",
          "UNCLEAR");

  private static final class Holder {
    private static final List<FaultWords> ALL =
        Facts.blocks(FaultWords.class, FILE).stream().map(FaultWords::read).toList();
  }

  private static FaultWords read(Facts.Block block) {
    return new FaultWords(
        Fault.What.valueOf(block.code()),
        block.head().stream().skip(1).flatMap(FaultWords::codes).distinct().toList(),
        words(block, "not"),
        words(block, "unless"),
        block.value("advice").orElseThrow());
  }

  private static List<String> words(Facts.Block block, String key) {
    return block.value(key).map(each -> List.of(each.split(" "))).orElse(List.of());
  }

  private static Stream<String> codes(String written) {
    return switch (written) {
      case "refusal" -> REFUSAL.stream();
      case "login" -> LOGIN.stream();
      default -> Stream.of(written);
    };
  }

  public static List<FaultWords> all() {
    return Holder.ALL;
  }

  /**
   * What is told of those faults that explain a cause, in the order of the file. Of several that
   * are alike, only the first is told.
   *
   * @param code of the cause
   * @param status of the answer; 0 if it is not known
   * @param paste in which they are
   */
  static List<Advice> told(List<Fault> faults, String code, int status, PastedText paste) {
    return all().stream()
        .filter(each -> each.codes.contains(code) && !each.not.contains(String.valueOf(status)))
        .filter(each -> faults.stream().anyMatch(fault -> fault.what() == each.fault))
        .filter(each -> each.unless.stream().noneMatch(sign -> WordSigns.has(sign, paste)))
        .flatMap(
            each ->
                faults.stream()
                    .filter(fault -> fault.what() == each.fault)
                    .limit(1)
                    .map(each::advice))
        .toList();
  }

  /** The advice as it is before the fault fills its holes. */
  public Advice advice() {
    return Advice.read(written, FILE);
  }

  /** What fills a hole may stand for the page's origin as well, and say so. */
  private Advice advice(Fault fault) {
    String filled = written;
    for (Map.Entry<String, String> word : fault.words().entrySet()) {
      filled = filled.replace('{' + word.getKey() + '}', word.getValue());
    }
    return Advice.read(filled, FILE)
        .worded(words -> Meaning.filled(words, new Details(fault.words())));
  }
}
