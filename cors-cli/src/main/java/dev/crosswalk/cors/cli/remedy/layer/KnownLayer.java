package dev.crosswalk.cors.cli.remedy.layer;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.remedy.answer.BodyText;
import dev.crosswalk.cors.cli.remedy.answer.Server;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.List;
import java.util.Optional;

/**
 * Where the CORS layer of some software keeps its list, and what decides for which paths it is
 * there: the file {@code layers.txt}.
 *
 * @param name as people write it after {@code --for}, in capitals, or another one
 * @param signs of which a response has any; empty if the name tells
 * @param origins what its list of origins is called
 * @param methods what its list of methods is called; empty if it has none
 * @param headers what its list of request headers is called
 * @param paths a sentence
 * @param proxy what the list is called where this is a proxy in front of an application; empty if
 *     it is none
 * @param own whether whatever has a sign has this layer, and no other
 */
public record KnownLayer(
    String name,
    List<String> signs,
    String origins,
    Optional<String> methods,
    Optional<String> headers,
    String paths,
    Optional<String> proxy,
    boolean own) {

  private static final class Holder {
    private static final List<KnownLayer> ALL =
        Facts.blocks(KnownLayer.class, "layers.txt").stream().map(KnownLayer::read).toList();
  }

  /** What the list is called where nothing shows the software. */
  public static final String SOME_LIST = "its list of origins";

  public KnownLayer {
    signs = List.copyOf(signs);
  }

  private static KnownLayer read(Facts.Block block) {
    return new KnownLayer(
        block.code(),
        block.values("sign"),
        block.value("origins").orElseThrow(),
        block.value("methods"),
        block.value("headers"),
        block.value("paths").orElseThrow(),
        block.value("proxy"),
        block.value("own").isPresent());
  }

  static List<KnownLayer> all() {
    return Holder.ALL;
  }

  /**
   * Whose layer it is, by the first of several answers of one server that tells.
   *
   * @param answers to other requests than preflights
   */
  public static Optional<KnownLayer> of(List<WireResponse> answers) {
    return answers.stream().flatMap(answer -> of(answer).stream()).findFirst();
  }

  /** Whose layer it is; empty if the answer, which is not to a preflight, does not tell. */
  public static Optional<KnownLayer> of(WireResponse answer) {
    String text = new BodyText(answer).plain();
    return all().stream()
        .filter(layer -> layer.signs.stream().anyMatch(sign -> isIn(answer, text, sign)))
        .findFirst()
        .map(layer -> byServer(answer).map(layer::behind).orElse(layer))
        .or(() -> byServer(answer));
  }

  /** The same, where a proxy in front may be what adds the headers. */
  private KnownLayer behind(KnownLayer front) {
    return front.proxy.isEmpty()
        ? this
        : new KnownLayer(
            name,
            signs,
            origins + " (or to " + front.proxy.get() + ", if that one adds the header)",
            methods,
            headers,
            paths + " " + front.paths,
            Optional.empty(),
            own);
  }

  /**
   * Whose layer it is, by its answer to a preflight. There the lines of Vary that Spring writes are
   * those of rs/cors, too, which does not refuse by an error as Spring does.
   */
  public static Optional<KnownLayer> ofPreflight(WireResponse answer) {
    return of(answer).filter(layer -> !answer.hasOkStatus() || !layer.name.equals("SPRING"));
  }

  /** Whose layer it is, if it says so in its own words, or if the answer shows the server. */
  public static Optional<KnownLayer> byWords(WireResponse answer) {
    String text = new BodyText(answer).plain();
    return all().stream()
        .filter(
            layer ->
                layer.signs.stream()
                    .anyMatch(
                        sign -> (layer.own || sign.startsWith("\"")) && isIn(answer, text, sign)))
        .findFirst()
        .or(() -> byServer(answer));
  }

  /** Whose layer it is, if the answer shows a program that has a layer of its own. */
  public static Optional<KnownLayer> ofProgram(WireResponse answer) {
    return of(answer).filter(KnownLayer::own);
  }

  /** Whose layer it is, if the answer shows the server. */
  public static Optional<KnownLayer> byServer(WireResponse answer) {
    Optional<Server> server = Server.seen(answer);
    String seen = server.map(Server::toString).orElse("");
    // Werkzeug's own server is seldom another's than Flask's.
    boolean guess =
        server.filter(found -> found != Server.FLASK && found.isGuessedFrom(answer)).isPresent();
    return all().stream()
        .filter(layer -> layer.name.equalsIgnoreCase(seen))
        .findFirst()
        .map(layer -> guess ? layer.guessed(server.orElseThrow().title()) : layer);
  }

  /** The same, where other software answers alike. */
  private KnownLayer guessed(String title) {
    String prefix = " (if it is " + title + ", ";
    return new KnownLayer(
        name,
        signs,
        SOME_LIST + prefix + origins + ")",
        methods.map(list -> "its list of methods" + prefix + list + ")"),
        headers.map(list -> "its list of request headers" + prefix + list + ")"),
        paths,
        proxy,
        own);
  }

  /** The one of a name in the file. */
  public static Optional<KnownLayer> named(String name) {
    return all().stream().filter(layer -> layer.name.equals(name)).findFirst();
  }

  private static boolean isIn(WireResponse answer, String text, String sign) {
    if (sign.startsWith("\"")) {
      String words = sign.substring(1);
      return !answer.hasOkStatus() && (text.contains(words) || answer.reason().startsWith(words));
    }
    int colon = sign.indexOf(": ");
    String value = Bytes.lowerCase(sign.substring(colon + 2));
    return answer.headers().lines(sign.substring(0, colon)).stream()
        .anyMatch(line -> Bytes.lowerCase(line).startsWith(value));
  }
}
