package dev.crosswalk.cors.cli.explain.sign;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.explain.paste.PastedText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a CORS layer is told what it lacks, in its own words: the file {@code layer-words.txt}, which
 * describes its format.
 *
 * @param name as it is shown
 * @param sign of the plain text that has this layer; empty if only the software has a name
 * @param named what people call the software that has it; empty if that is not told by its name
 * @param code of that software, whether it has the layer or not; empty if that is not told by it
 * @param block what to write, by what is lacking
 */
public record LayerWords(
    String name,
    Optional<Pattern> sign,
    Optional<Pattern> named,
    Optional<Pattern> code,
    Facts.Block block) {

  /** What a layer may lack. */
  public enum Lack {
    ORIGIN,
    METHOD,
    HEADER,
    EXPOSED,
    CREDENTIALS
  }

  /** A platform of applications that is not the JVM. */
  private static final String OTHER = "other";

  /** What stands in front of an application, or what it is put on. */
  private static final String FRONT = "front";

  private static final class Holder {
    private static final List<LayerWords> ALL =
        Facts.blocks(LayerWords.class, "layer-words.txt").stream().map(LayerWords::read).toList();
  }

  private static LayerWords read(Facts.Block block) {
    Optional<Pattern> sign = pattern(block, "sign");
    Optional<Pattern> named = pattern(block, "named");
    Optional<Pattern> code = pattern(block, "code");
    boolean place = block.value("place").isPresent();
    boolean told = place || block.value("trap").isPresent();
    if (sign.isEmpty() && named.isEmpty()
        || named.isPresent() != told
        || code.isPresent() && !place) {
      throw new IllegalStateException("layer-words.txt: not a layer: " + block);
    }
    return new LayerWords(String.join(" ", block.head()), sign, named, code, block);
  }

  private static Optional<Pattern> pattern(Facts.Block block, String key) {
    return block.value(key).map(pattern -> Pattern.compile(pattern, Pattern.DOTALL));
  }

  /** The layer in a paste that is made plain, or else the one of a software that it names. */
  static Optional<LayerWords> in(PastedText paste) {
    return shown(paste).or(() -> named(paste));
  }

  /** The layer in a paste that is made plain; empty if it has none of these. */
  public static Optional<LayerWords> shown(PastedText paste) {
    return Holder.ALL.stream()
        .filter(layer -> layer.sign.filter(paste::has).isPresent())
        .findFirst();
  }

  /**
   * The layer of the software that a paste names, whether it shows that layer or not: of the
   * application, or else of what stands in front of it. Of two applications that are none of the
   * JVM none is told, as nobody knows which of them answers.
   */
  public static Optional<LayerWords> named(PastedText paste) {
    List<LayerWords> named = named(paste, "place").toList();
    List<LayerWords> other = on(OTHER, named);
    List<LayerWords> application = other.isEmpty() ? on("", named) : other;
    return application.isEmpty()
        ? on(FRONT, named).stream().findFirst()
        : application.stream().findFirst().filter(first -> other.size() < 2);
  }

  private static List<LayerWords> on(String platform, List<LayerWords> named) {
    return named.stream().filter(layer -> layer.isOn(platform)).toList();
  }

  private boolean isOn(String platform) {
    return block.value("platform").orElse("").equals(platform);
  }

  /** Whether it stands in front of an application, which may have a layer of its own. */
  public boolean isFront() {
    return isOn(FRONT);
  }

  /** The software whose code a paste has; empty if it is none of these. */
  public static Optional<LayerWords> ofCode(PastedText paste) {
    return Holder.ALL.stream()
        .filter(layer -> layer.code.filter(paste::has).isPresent())
        .findFirst();
  }

  /**
   * Why the layer that is there most often does not act, behind a space; empty if the paste names
   * no software of which that is known.
   */
  static String trap(PastedText paste) {
    return named(paste, "trap")
        .findFirst()
        .flatMap(layer -> layer.block.value("trap"))
        .map(trap -> " " + trap)
        .orElse("");
  }

  private static Stream<LayerWords> named(PastedText paste, String key) {
    return Holder.ALL.stream()
        .filter(layer -> layer.block.value(key).isPresent())
        .filter(layer -> layer.named.filter(paste::has).isPresent());
  }

  /** Where that software has its CORS layer, or how it gets one. */
  public Optional<String> place(String origin) {
    return written("place", origin).map(words -> "In " + name + ": " + words);
  }

  /**
   * What to write there.
   *
   * @param value of what it lacks: an origin, a method or the name of a header
   * @return empty if it has no setting for that, as a layer that allows each of them
   */
  public Optional<String> written(Lack lack, String value) {
    return written(lack.name().toLowerCase(Locale.ROOT), value);
  }

  private Optional<String> written(String key, String value) {
    int host = value.indexOf("://");
    return block
        .value(key)
        .map(
            words ->
                words
                    .replace("{origin}", value)
                    .replace("{scheme}", value.substring(0, Math.max(0, host)))
                    .replace("{host}", value.substring(host < 0 ? 0 : host + 3))
                    .replace("{METHOD}", value.toUpperCase(Locale.ROOT))
                    .replace("{Method}", capitalized(value))
                    .replace("{header}", value));
  }

  /**
   * The same as a sentence about the layer in a paste.
   *
   * @return empty if it is not known, or if there is no value
   */
  public static String sentence(Lack lack, String value, PastedText paste) {
    Optional<LayerWords> layer = value.isEmpty() ? Optional.empty() : in(paste);
    return layer
        .flatMap(
            each -> each.written(lack, value).map(words -> " In " + each.name + ": " + words + '.'))
        .orElse("");
  }

  private static String capitalized(String method) {
    return method.isEmpty()
        ? ""
        : method.substring(0, 1).toUpperCase(Locale.ROOT)
            + method.substring(1).toLowerCase(Locale.ROOT);
  }
}
