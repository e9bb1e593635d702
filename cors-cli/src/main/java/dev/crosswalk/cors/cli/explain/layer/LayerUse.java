package dev.crosswalk.cors.cli.explain.layer;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.explain.layer.Fault.What;
import dev.crosswalk.cors.cli.explain.paste.BoundedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What makes a CORS layer and what puts it to use, in the code or the configuration of one
 * software: the file {@code uses.txt}, which describes its format. A layer that nothing uses, or
 * that is used at a place where it does not count, sends nothing.
 *
 * @param of patterns that the text has to have
 * @param unless patterns that it must not have
 * @param made where the layer is made; empty if that alone is no sign
 * @param layer where it is put to use; empty if it counts wherever that is
 * @param block with the rest
 */
record LayerUse(
    List<Pattern> of,
    List<Pattern> unless,
    Optional<Pattern> made,
    Optional<Pattern> layer,
    Facts.Block block) {

  private static final class Holder {
    private static final List<LayerUse> ALL =
        Facts.blocks(LayerUse.class, "uses.txt").stream().map(LayerUse::read).toList();
  }

  private static final String NAME = "{name}";

  private static final int MAX_FOUND = 20;

  /** Code of a name, in front of it: it is handed to something. */
  private static final String HANDED =
      "(?:[(\\[{,=&]|\\.{3}|\\breturn\\b|\\bdefault\\b)\\s{0,40}(?:await\\s|new\\s|move\\s)?";

  private static final String NO_WORD = "(?![\\w$'\"-])";

  /** Or behind it: it is called, or asked for what it has. */
  private static final String CALLED = "(?:\\(|\\.[a-z]\\w{0,30}\\(|<)";

  private static LayerUse read(Facts.Block block) {
    List<Pattern> made = patterns(block, "made");
    List<Pattern> layer = patterns(block, "layer");
    boolean place = block.value("above").isPresent() || block.value("below").isPresent();
    if (made.size() > 1
        || layer.size() > 1
        || made.isEmpty() && layer.isEmpty()
        || made.isEmpty() == block.value("part").isPresent()
        || made.isEmpty() == block.value("write").isPresent()
        || layer.isEmpty() == place
        || layer.isEmpty() == block.value("order").isPresent()) {
      throw new IllegalStateException("uses.txt: not the use of a layer: " + block);
    }
    return new LayerUse(
        patterns(block, "of"),
        patterns(block, "unless"),
        made.stream().findFirst(),
        layer.stream().findFirst(),
        block);
  }

  private static List<Pattern> patterns(Facts.Block block, String key) {
    return block.values(key).stream().map(Pattern::compile).toList();
  }

  private static final int MAX_DENIAL = 40;

  private static final Pattern DENIED =
      Pattern.compile("\\b(?:no|not|without|missing|never|n['’]t)\\b[^.;\\n]{0,30}$");

  static List<LayerUse> all() {
    return Holder.ALL;
  }

  static List<Fault> faults(String text, AskedRequest asked) {
    String slashes = Code.withSlashes(text).text();
    String hash = Code.withHash(text).text();
    return Holder.ALL.stream()
        .flatMap(
            use -> use.fault(use.block.value("hash").isPresent() ? hash : slashes, asked).stream())
        .toList();
  }

  private Optional<Fault> fault(String text, AskedRequest asked) {
    boolean here =
        of.stream().allMatch(each -> BoundedText.find(each, text))
            && unless.stream().noneMatch(each -> BoundedText.find(each, text));
    return here
        ? made.flatMap(each -> unused(each, text))
            .or(() -> layer.flatMap(each -> misplaced(each, text, asked)))
        : Optional.empty();
  }

  private Optional<Fault> unused(Pattern pattern, String text) {
    What fault = block.value("fault").map(What::valueOf).orElse(What.UNUSED);
    return found(pattern, text).stream()
        .filter(each -> !isUsed(each, text))
        .findFirst()
        .map(each -> Fault.of(fault, "part", value("part"), "write", value("write")));
  }

  private boolean isUsed(MatchResult made, String text) {
    String name = name(made);
    return pattern("used", name)
        .map(used -> found(used, text).stream())
        .orElseGet(
            () ->
                found(inCode(name), text).stream()
                    .filter(each -> each.end() <= made.start() || each.start() >= made.end()))
        .anyMatch(each -> !isDenied(each, text));
  }

  /** Somebody tells that it is not used. */
  private static boolean isDenied(MatchResult use, String text) {
    return DENIED
        .matcher(text.substring(Math.max(0, use.start() - MAX_DENIAL), use.start()))
        .find();
  }

  /** A name as code has it, and no sentence: the word cors is in many of these. */
  private static Pattern inCode(String name) {
    String word = Pattern.quote(name);
    return Pattern.compile(
        HANDED
            + word
            + NO_WORD
            + "|:\\s{0,4}"
            + word
            + "\\s{0,40}[,})\\]]|(?<![\\w$'\"@/-])"
            + word
            + CALLED);
  }

  private Optional<Fault> misplaced(Pattern pattern, String text, AskedRequest asked) {
    return found(pattern, text).stream().findFirst().flatMap(each -> misplaced(each, text, asked));
  }

  private Optional<Fault> misplaced(MatchResult found, String text, AskedRequest asked) {
    Optional<Pattern> above = pattern("above", name(found));
    Pattern route = above.or(() -> pattern("below", name(found))).orElseThrow();
    List<MatchResult> before = found(route, text.substring(0, found.start()));
    List<MatchResult> behind = found(route, text.substring(found.end()));
    List<MatchResult> missed = above.isPresent() ? before : behind;
    boolean others = !(above.isPresent() ? behind : before).isEmpty();
    return missed.stream().anyMatch(each -> isAsked(name(each), asked, others))
        ? Optional.of(
            Fault.of(
                What.MISPLACED,
                "side",
                above.isPresent() ? "below" : "above",
                "order",
                value("order")))
        : Optional.empty();
  }

  /** Where the request may be for another route, that one may have the layer. */
  private static boolean isAsked(String path, AskedRequest asked, boolean others) {
    return !path.startsWith("/")
        || !others
        || asked.isPathKnown() && (asked.isAt(path) || asked.isBelow(path));
  }

  private static List<MatchResult> found(Pattern pattern, String text) {
    List<MatchResult> found = new ArrayList<>();
    if (BoundedText.hasWordsOf(pattern, text)) {
      Matcher matcher = BoundedText.matcher(pattern, text);
      while (found.size() < MAX_FOUND && BoundedText.next(matcher)) {
        found.add(matcher.toMatchResult());
      }
    }
    return found;
  }

  /** The first group that is found; empty if there is none. */
  private static String name(MatchResult found) {
    return IntStream.rangeClosed(1, found.groupCount())
        .mapToObj(found::group)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }

  private Optional<Pattern> pattern(String key, String name) {
    return block.value(key).map(each -> Pattern.compile(each.replace(NAME, Pattern.quote(name))));
  }

  private String value(String key) {
    return block.value(key).orElseThrow();
  }
}
