package dev.crosswalk.cors.cli.explain.lines;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.remedy.answer.Server;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How one CORS layer writes its settings: a block of {@code layer-keys.txt}.
 *
 * @param block as the file says it
 * @param regions what is in front of its settings; none if they are anywhere
 * @param bare its calls without settings
 */
record LayerKeys(Facts.Block block, List<Pattern> regions, List<Pattern> bare) {

  private static final String FILE = "layer-keys.txt";

  /** What parts a setting from the next. */
  enum Next {
    COMMA,
    SPACE,
    LINE,
    CALL
  }

  private static final class Holder {
    private static final List<LayerKeys> ALL =
        Facts.blocks(LayerKeys.class, FILE).stream()
            .map(block -> new LayerKeys(block, patterns(block, "region"), patterns(block, "bare")))
            .toList();
  }

  private static List<Pattern> patterns(Facts.Block block, String key) {
    return block.values(key).stream().map(Pattern::compile).toList();
  }

  /** The layers of a server, then those of which a text alone tells. */
  static List<LayerKeys> of(Optional<Server> server) {
    return Stream.concat(server.map(Server::toString).stream(), Stream.of("-"))
        .flatMap(name -> Holder.ALL.stream().filter(each -> each.block.head().contains(name)))
        .toList();
  }

  /** The names of a setting; empty if the layer has none of that kind. */
  List<String> names(String setting) {
    return block.value(setting).stream().flatMap(row -> Stream.of(row.split("\\|"))).toList();
  }

  /** Quoted values as a list of that setting. */
  String list(String setting, String quoted) {
    return block
        .value("list-" + setting)
        .or(() -> block.value("list"))
        .orElseThrow()
        .replace("%s", quoted);
  }

  WrittenSetting.Form form(String setting) {
    return isSpaced(setting)
        ? WrittenSetting.Form.SPACED
        : has("plain", setting) ? WrittenSetting.Form.PLAIN : WrittenSetting.Form.USUAL;
  }

  /** Whether its values follow a space, up to the end of the line. */
  boolean isSpaced(String setting) {
    return has("spaced", setting);
  }

  /** Whether they are of preflights alone, so that other answers have their headers elsewhere. */
  boolean isOfPreflights() {
    return has("preflights", "yes");
  }

  /** Whether a setting that the text lacks needs more than its line. */
  boolean isWhole() {
    return has("whole", "yes");
  }

  /** What comes into a call without settings. */
  String filled(List<String> settings) {
    return block.value("fill").orElseThrow().replace("%s", String.join(", ", settings));
  }

  /** A setting in such a call. */
  String set(String setting, String value) {
    String name = names(setting).get(0);
    return name + (block.value("fill").orElseThrow().contains("{") ? ": " : "=") + value;
  }

  String yes() {
    return block.value("true").filter(value -> !value.equals("-")).orElse("");
  }

  Next next() {
    return Next.valueOf(block.value("next").orElseThrow().toUpperCase(Locale.ROOT));
  }

  /** Whether a text of that setting has several values, with commas. */
  boolean isJoined(String setting) {
    return has("joined", setting);
  }

  boolean isOne(String setting) {
    return has("one", setting);
  }

  /** Whether the layer needs each value in that list, also what browsers need no permission for. */
  boolean needsEvery(String setting) {
    return has("every", setting);
  }

  /** Whether a star inside of an origin stands for any part of it. */
  boolean isWild() {
    return has("wild", "origins");
  }

  /** Whether each value has a call of its own. */
  boolean isEach() {
    return has("each", "yes");
  }

  /** Whether the layer's star allows nothing where there are credentials. */
  boolean isStarLiteral() {
    return has("star", "literal");
  }

  /** Whether a value is allowed where the setting is not written. */
  boolean allowsUntold(String setting, String value) {
    return Stream.concat(
            untold(setting).stream(),
            block.value("always-" + setting).stream().flatMap(row -> Stream.of(row.split(" "))))
        .anyMatch(each -> each.equals("*") || each.equalsIgnoreCase(value));
  }

  /** What is allowed where the setting is not written, and only there. */
  List<String> untold(String setting) {
    return block.value("untold-" + setting).stream()
        .flatMap(row -> Stream.of(row.split(" ")))
        .toList();
  }

  /** Whether the layer sends the page's origin in place of a star, also with credentials. */
  boolean isStarEchoed() {
    return has("star", "echoed");
  }

  private boolean has(String key, String value) {
    return block.value(key).filter(row -> List.of(row.split(" ")).contains(value)).isPresent();
  }
}
