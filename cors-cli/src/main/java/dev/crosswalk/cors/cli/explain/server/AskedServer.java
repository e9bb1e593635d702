package dev.crosswalk.cors.cli.explain.server;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.address.Destination;
import dev.crosswalk.cors.cli.explain.page.DevelopmentProxy;
import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.explain.settings.Listener;
import dev.crosswalk.cors.cli.explain.words.WordSigns;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Topic;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether a page asks another server than it means: a URL that was put together wrongly, another
 * port than the one at which the server listens, or a proxy that the page passes by. It is looked
 * at before any server.
 */
public final class AskedServer {

  /** No answer came. */
  private static final List<String> UNREACHED =
      List.of("CONNECTION_REFUSED", "CLOSED", "TIME_OUT", "TLS_PROTOCOL", "NETWORK", "HIDDEN");

  private static final List<String> ANSWERED =
      List.of(
          "ACAO_MISSING",
          "ACAO_MISMATCH",
          "PREFLIGHT_STATUS",
          "REASON_MISSING",
          "HIDDEN",
          "NETWORK",
          "HTTP_STATUS");

  private static final String OF_EMULATOR = "http://10.0.2.2";

  private static final String NO_EMULATOR =
      "10.0.2.2 is this machine only for an app in Android's emulator. A browser does not know it: for"
          + " the page, or the web build of the app, write http://localhost with the same port.";

  /** A request in the page's code. */
  private static final Pattern PATH_ALONE =
      Pattern.compile(
          "(?i)(?:\\bfetch|\\.(?:get|post|put|patch|delete|ajax))\\(\\s{0,4}(?:url:\\s{0,4})?[\"'`]/(?!/)");

  /** Where development servers of pages listen. */
  private static final Pattern DEVELOPMENT_PORT =
      Pattern.compile("^http://(?:localhost|127\\.0\\.0\\.1):(?:3000|4200|5173|8080|8100|4321)/");

  private static final String BY_PROXY =
      " A path alone calls the server of the page. Or let the development server pass that path"
          + " on, by its proxy (server.proxy in Vite, proxy.conf.json in Angular, proxy in"
          + " package.json of Create React App).";

  /** What a relay adds to the answer of the server that is named in the path. */
  private static final Pattern RELAYED =
      Pattern.compile(
          "(?:^|\\n)[<> \\t]{0,8}x-(?:cors-redirect-[0-9]{1,2}|final-url|request-url): ?\\S|\\bcors-?anywhere\\b");

  private AskedServer() {}

  /**
   * What to do about that.
   *
   * @param code of the meaning
   * @param details of the message
   */
  public static Optional<Advice> told(String code, Details details) {
    String url = details.url();
    String origin = details.origin();
    String text = details.paste().pasted();
    return AskedUrl.defect(url, RELAYED.matcher(text).find())
        .filter(each -> !code.startsWith("CSP"))
        // Where it has answered, that address leads to it.
        .filter(
            each -> details.status() == 0 && !isOfWrongHeader(code) || !AskedUrl.isListening(url))
        .or(
            () ->
                UNREACHED.contains(code) || ofOther(code, details)
                    ? unreached(url, origin, text)
                    : Optional.empty())
        .map(Advice::of)
        .or(
            () ->
                ANSWERED.contains(code)
                        && !WordSigns.has("proxy.unnamed", details.paste())
                        && !isByPage(details)
                    ? byProxy(url, origin, details.status(), text).map(Topic.PROXY_IN_TEXT::advice)
                    : Optional.empty());
  }

  /** A CORS layer has answered there, with a value that does not fit. */
  private static boolean isOfWrongHeader(String code) {
    return code.startsWith("ACA") && !code.equals("ACAO_MISSING");
  }

  /** The page has asked its own server, and a redirect led on. */
  private static boolean isByPage(Details details) {
    return details.has("initialUrl")
        && AskedUrl.origin(details.get("initialUrl")).equals(details.origin());
  }

  /** Another server may be at the port, and not know the path. */
  private static boolean ofOther(String code, Details details) {
    // Where a proxy passes the path on, it is the server behind it that answers.
    boolean direct = code.equals("HTTP_STATUS") && !details.paste().both().contains("proxy");
    return (code.startsWith("ACA") || direct) && details.status() == 404;
  }

  private static Optional<String> unreached(String url, String origin, String text) {
    return url.startsWith(OF_EMULATOR)
        ? Optional.of(NO_EMULATOR)
        : Listener.told(url, origin, text).map(told -> told + byPath(url, text));
  }

  /** A path alone leads to the server from which the page came. */
  private static String byPath(String url, String text) {
    return PATH_ALONE.matcher(text).find() && DEVELOPMENT_PORT.matcher(url).find() ? BY_PROXY : "";
  }

  private static Optional<String> byProxy(String url, String origin, int status, String text) {
    boolean local = Destination.isLoopback(origin);
    return DevelopmentProxy.in(text).stream()
        .flatMap(proxy -> proxy.told(url, origin, status, local, text).stream())
        .findFirst();
  }
}
