package dev.crosswalk.cors.cli.explain.message;

import dev.crosswalk.cors.cli.explain.address.Destination;
import dev.crosswalk.cors.cli.explain.lines.HeaderLines;
import dev.crosswalk.cors.cli.explain.lines.ShownLayer;
import dev.crosswalk.cors.cli.explain.meaning.CorsCause;
import dev.crosswalk.cors.cli.explain.meaning.Meaning;
import dev.crosswalk.cors.cli.explain.meaning.NoMessage;
import dev.crosswalk.cors.cli.explain.meaning.OriginCheck;
import dev.crosswalk.cors.cli.explain.meaning.Speaker;
import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.explain.paste.Paste;
import dev.crosswalk.cors.cli.explain.paste.PastedText;
import dev.crosswalk.cors.cli.explain.server.KnownServer;
import dev.crosswalk.cors.cli.explain.server.KnownServerRemedy;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.ServerRemedy;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.remedy.answer.Server;
import dev.crosswalk.cors.tck.rules.Permissions;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Origin;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A message that somebody has copied from a console, and what it means.
 *
 * @param whose browser's or program's it is
 * @param url that was asked for; empty if the message does not tell
 * @param otherUrls how many others have the same trouble
 * @param origin of the page; empty if the message does not tell
 * @param method of the request, as it was sent; {@code GET} if the message does not tell
 * @param remedy of what it complains of
 * @param configuration the remedy in the words of the server; empty if nothing tells which it is
 */
public record ConsoleMessage(
    String whose,
    String url,
    int otherUrls,
    String origin,
    String method,
    Remedy remedy,
    Optional<ServerRemedy> configuration) {

  /** Of any server. */
  public ConsoleMessage(
      String whose, String url, int otherUrls, String origin, String method, Remedy remedy) {
    this(whose, url, otherUrls, origin, method, remedy, Optional.empty());
  }

  /** The same, with the configuration or the code of that server, if headers alone help. */
  public ConsoleMessage writtenFor(Server server) {
    Optional<ServerRemedy> written =
        remedy
            .byHeaders()
            .flatMap(
                grant ->
                    ServerRemedy.of(
                        server,
                        grant.kept().requestHeaders().isEmpty()
                            ? ServerRemedy.withUsual(server, asked(grant, server))
                            : asked(grant, server),
                        grant.kept()));
    return new ConsoleMessage(whose, url, otherUrls, origin, method, remedy, written);
  }

  private static Permissions asked(RequiredGrant grant, Server server) {
    return isUntold(grant, server) ? grant.permissions() : grant.withPreflight().permissions();
  }

  /**
   * The same, with only the lines that change where the text shows the server's CORS layer, and
   * without any where nothing has to change there.
   *
   * @param text as it was pasted
   */
  public ConsoleMessage writtenFor(Server server, String text) {
    // With several values, both layers may be complete, and the server's own one is the better.
    boolean removed = isOneLayerRemoved() && !remedy.code().equals("ACAO_MULTIPLE");
    boolean shown = removed || ShownLayer.of(Optional.of(server), text).isPresent();
    ConsoleMessage changed = changedFor(Optional.of(server), text);
    return shown || changed.configuration.isPresent()
        ? changed
        : writtenFor(server).forVersion(text);
  }

  /** The lines as the version of the server takes them that the text names. */
  private ConsoleMessage forVersion(String text) {
    boolean old = OLD_NGINX.matcher(text).find();
    return new ConsoleMessage(
        whose,
        url,
        otherUrls,
        origin,
        method,
        remedy,
        configuration.map(each -> old ? each.withoutWord("always") : each));
  }

  /** Before 1.7.5, nginx stops at a line with always. */
  private static final Pattern OLD_NGINX =
      Pattern.compile("(?i)\\bnginx[/ ]v?(?:0\\.[0-9]|1\\.[0-6]\\.|1\\.7\\.[0-4](?![0-9]))");

  /**
   * The same, and without any where the text does not show what has to change.
   *
   * @param server that the text shows; empty if nothing but its lines tells
   */
  public ConsoleMessage changedFor(Optional<Server> server, String text) {
    RequiredGrant grant = remedy.byHeaders().orElseThrow();
    Optional<ShownLayer> layer = ShownLayer.of(server, text);
    List<String> changed =
        isOneLayerRemoved()
            ? layer.map(each -> each.changed(grant, remedy.code())).orElse(List.of())
            : changed(layer, grant, text);
    Optional<ServerRemedy> known =
        layer.flatMap(each -> server).flatMap(each -> writtenFor(each).configuration);
    Optional<ServerRemedy> written =
        changed.isEmpty() || grant.policy().isEmpty()
            ? Optional.empty()
            : Optional.of(
                known
                    .map(each -> each.changing(changed))
                    .orElseGet(() -> ServerRemedy.changing(server, changed)));
    return new ConsoleMessage(whose, url, otherUrls, origin, method, remedy, written);
  }

  private List<String> changed(Optional<ShownLayer> layer, RequiredGrant grant, String text) {
    return layer
        .map(each -> each.changed(grant, remedy.code()))
        .map(lines -> lines.isEmpty() ? HeaderLines.changedList(text, grant, remedy.code()) : lines)
        .orElseGet(() -> HeaderLines.changed(text, grant, remedy.code()));
  }

  /** Whether the lines that set a header by hand are to go, so that none of them is shown. */
  private boolean isOneLayerRemoved() {
    return remedy.advice().stream()
        .limit(1)
        .anyMatch(first -> first.isAbout(Topic.TWO_LAYERS_IN_TEXT));
  }

  /** Whether the headers of the request are not known, and no list of them is needed. */
  private static boolean isUntold(RequiredGrant grant, Server server) {
    return grant.kept().requestHeaders().isEmpty() && ServerRemedy.allowsUntold(server);
  }

  /** The same with another remedy. */
  public ConsoleMessage with(Remedy other) {
    return new ConsoleMessage(whose, url, otherUrls, origin, method, other, configuration);
  }

  /** The host that was asked; empty if the message does not tell. */
  public String host() {
    return Destination.at(url).map(Destination::host).orElse("");
  }

  /** What it is a message of; of a HAR file, which request it is. */
  public String title() {
    return Speaker.title(whose);
  }

  /** Whether it is a message that somebody's program prints, or a question that is known. */
  public boolean isKnown() {
    return !whose.equals(Speaker.UNKNOWN);
  }

  /** Apps have origins that no website can have, such as app://. in Electron. */
  private static final Pattern OF_APP =
      Pattern.compile("(?!https?:|wss?:|file:|data:)[a-z][a-z0-9+.-]{1,40}://[!-~]{0,200}");

  /** An origin of which somebody has hidden a part of the name. */
  private static final Pattern HIDDEN_NAME =
      Pattern.compile("https?://[a-zA-Z0-9.-]{0,60}[*]{2,60}[a-zA-Z0-9.*-]{0,60}(?::[0-9]{1,5})?");

  /**
   * What a sentence means.
   *
   * @param code of its meaning
   * @param pasted of the sentence and of what surrounds it
   */
  public static ConsoleMessage of(String whose, String code, Details given, int otherUrls) {
    Details pasted = lacksName(code, given.subject()) ? given.with("subject", "") : given;
    String url = url(pasted.url());
    Details details =
        pasted
            .with("origin", origin(pasted.get("origin", pasted.get("seen"))))
            .with("url", url)
            .with(Meaning.PROGRAM, whose);
    if (pasted.origin().equals("undefined") || HIDDEN_NAME.matcher(pasted.origin()).matches()) {
      details = details.with("seen", pasted.origin());
    }
    if (code.equals("SCHEME") && url.isEmpty() && pasted.subject().isEmpty()) {
      String asked = pasted.url();
      details =
          details.with(
              "subject", asked.contains(":") ? asked.substring(0, asked.indexOf(':')) : "");
    }
    details = OriginCheck.read(whose, code, details);
    boolean method = code.equals("METHOD_NOT_ALLOWED") && Bytes.isToken(pasted.subject());
    Remedy remedy = MessageRemedy.of(whose, code, details);
    return new ConsoleMessage(
        NoMessage.isTold(remedy) ? Speaker.PERSON : OriginCheck.called(whose, code, details),
        url,
        Math.max(0, otherUrls),
        details.origin(),
        method ? pasted.subject() : details.method(),
        remedy);
  }

  /** Whether a name was cut out of a sentence, or a placeholder stands there. */
  private static boolean lacksName(String code, String subject) {
    boolean header = code.equals("HEADER_NOT_ALLOWED");
    return (header || code.equals("METHOD_NOT_ALLOWED"))
        && (!Bytes.isToken(subject) || header && subject.equals("field") || subject.equals("..."));
  }

  /**
   * A remedy, and what is known of that server by its URL.
   *
   * @param header name of a request header that is not allowed; empty if that is not the cause
   */
  public static Remedy ofKnownServer(
      Remedy remedy, String header, String url, String origin, int status) {
    return KnownServerRemedy.told(remedy, header, url, origin, PastedText.NONE, status);
  }

  /** Whether a URL is that of a service of others, or of a store, which is no page itself. */
  public static boolean isOfService(String url) {
    return Destination.at(url)
        .filter(
            at ->
                KnownServer.all().stream()
                    .filter(
                        row ->
                            row.whose().equals("others")
                                || row.note().isAbout(Topic.BUCKET, Topic.GOOGLE_BUCKET))
                    .anyMatch(row -> row.places().stream().anyMatch(at::isAt)))
        .isPresent();
  }

  /** People write the origin as they write a URL, and leave a mark beside it. */
  public static String origin(String pasted) {
    if (pasted.startsWith("file:")) {
      // Electron has such origins with a name.
      return pasted.matches("file://[a-z][a-z0-9-]{1,60}") ? pasted : "file://";
    }
    String marked =
        pasted
            .replaceFirst("^[<(\\[]+", "")
            .replaceFirst("['\"’]+/*$", "")
            .replaceFirst("[\\\\%|*~_]+$", "");
    if (OF_APP.matcher(marked).matches() && marked.matches(".*://[.]?")) {
      return marked;
    }
    String plain = Paste.withoutPunctuation(marked).replaceFirst("/+$", "");
    // Browsers never write one in upper case. People do when they hide a name.
    String origin = plain.startsWith("http") ? Bytes.lowerCase(plain) : plain;
    return Origin.isOriginOrNull(origin) || OF_APP.matcher(origin).matches() ? origin : "";
  }

  /** It starts where white space does, so that many spaces are read once. */
  private static final Pattern WRAPPED = Pattern.compile("(?<!\\s)[^\\S\\r\\n]*+[\\r\\n]\\s*+");

  /** Firefox writes the page and the line right behind the URL of a font. */
  private static final String LINE_OF_FONT =
      "(?<=\\.(?:woff2|woff|ttf|otf|eot))[a-zA-Z0-9._-]{1,100}(?::[0-9]{1,6}){2}$";

  /** Without the line breaks of a narrow window, and without what a forum puts around it. */
  private static String url(String pasted) {
    String url =
        WRAPPED
            .matcher(pasted)
            .replaceAll("")
            .replaceFirst("^[<(\\[]", "")
            .replaceFirst(LINE_OF_FONT, "");
    return url.contains("://")
        ? withHost(Paste.withoutPunctuation(url))
        : CorsCause.NO_SERVER.matcher(url).find() ? url.replaceFirst("['\")\\].,;]+$", "") : "";
  }

  /** People who hide a URL often leave its scheme: {@code http://......}. */
  private static String withHost(String url) {
    return url.endsWith("://") ? "" : url;
  }

  /** A page with TLS asks for a URL without it. */
  public static Remedy mixedContent(String url) {
    return Meaning.of("MIXED_CONTENT", Details.NONE.with("url", url));
  }
}
