package dev.crosswalk.cors.cli.explain.meaning;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.explain.paste.PastedText;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Why a CORS layer that is there does not act most often: the file {@code layer-traps.txt}, which
 * describes its format.
 *
 * @param named a pattern of the plain text in which people name that software, or show it
 * @param trap a sentence
 */
record LayerTrap(Pattern named, String trap) {

  private static final class Holder {
    private static final List<LayerTrap> ALL =
        Facts.blocks(LayerTrap.class, "layer-traps.txt").stream().map(LayerTrap::read).toList();
  }

  private static LayerTrap read(Facts.Block block) {
    return new LayerTrap(
        Pattern.compile(block.value("named").orElseThrow(), Pattern.DOTALL),
        block.value("trap").orElseThrow());
  }

  /** What it is in the software of a paste, behind a space; empty if none of these is in it. */
  static String sentence(PastedText paste) {
    return Holder.ALL.stream()
        .filter(each -> paste.has(each.named))
        .findFirst()
        .map(each -> " " + each.trap)
        .orElse("");
  }
}
