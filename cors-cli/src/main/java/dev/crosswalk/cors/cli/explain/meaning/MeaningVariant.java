package dev.crosswalk.cors.cli.explain.meaning;

import dev.crosswalk.cors.cli.explain.address.Destination;
import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.explain.paste.PastedText;
import dev.crosswalk.cors.cli.explain.words.WordSigns;
import dev.crosswalk.cors.tck.browser.Methods;
import dev.crosswalk.cors.tck.url.Host;
import dev.crosswalk.cors.tck.url.Url;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One sentence of a browser means several things, by the URL, the page, or a value in it. The file
 * {@code console.txt} has a meaning for each, such as {@code MIME/json} beside {@code MIME}: what
 * is behind the slash chooses the words, and is not told.
 */
final class MeaningVariant {

  /** To a page that is a file, each file is of another origin. */
  private static final Map<String, String> OF_FILES =
      Map.of(
          "CANVAS",
          "CANVAS_FILE",
          "FRAME_ACCESS",
          "FRAME_FILE",
          "STYLESHEET",
          "FRAME_FILE",
          "ISOLATION",
          "ISOLATION_FILE",
          "FONT",
          "FILE",
          "TEXT_TRACK",
          "FILE",
          "SAME_ORIGIN_ONLY",
          "FILE");

  /** What a bundler or a compiler has to turn into JavaScript or CSS. */
  private static final Pattern SOURCE =
      Pattern.compile(
          "[^?#]{0,2000}\\.(?:[cm]?tsx?|jsx|vue|svelte|s[ac]ss|less|coffee)(?:[?#].*)?");

  private static final Pattern SUBTITLES =
      Pattern.compile("[^?#]{0,2000}\\.(?:vtt|srt)(?:[?#].*)?");

  /** Where copies of libraries are, for everybody. */
  private static final Pattern PUBLIC_CDN =
      Pattern.compile(
          "https?://(?:[a-z0-9-]{1,40}\\.)?(?:jsdelivr\\.net|unpkg\\.com|cdnjs\\.cloudflare\\.com|esm\\.sh"
              + "|bootstrapcdn\\.com|code\\.jquery\\.com|ajax\\.googleapis\\.com|fontawesome\\.com"
              + "|aspnetcdn\\.com|maxcdn\\.com)/.*");

  /** Scripts that their providers change without another URL. */
  private static final Pattern CHANGING =
      Pattern.compile(
          "https?://(?:www\\.googletagmanager\\.com|www\\.google-analytics\\.com|maps\\.googleapis\\.com"
              + "|pagead2\\.googlesyndication\\.com|fonts\\.googleapis\\.com|js\\.stripe\\.com"
              + "|www\\.google\\.com/recaptcha|accounts\\.google\\.com/gsi|www\\.youtube\\.com/iframe_api"
              + "|www\\.paypal\\.com/sdk|connect\\.facebook\\.net|platform\\.twitter\\.com|js\\.hcaptcha\\.com"
              + "|challenges\\.cloudflare\\.com|static\\.cloudflareinsights\\.com|static\\.hotjar\\.com)(?=[/?])");

  /**
   * Programs that pages of others ask listen at ports that no developer chooses; Supabase has some
   * of those, too.
   */
  private static final Pattern OF_PROGRAM =
      Pattern.compile("^[a-z]{2,5}://[^/]{1,60}:(?!5432)[1-6][0-9]{4}(?![0-9])");

  private static final Pattern PUBLIC_NAME =
      Pattern.compile(
          "(?:[a-z0-9-]{1,63}\\.){1,8}(?!local$|lan$|home$|internal$|intranet$|corp$|test$|localhost$)"
              + "[a-z][a-z0-9-]{1,62}");

  /** A policy that every page of the web may frame, and that has refused one. */
  private static final Pattern ANY_PAGE =
      Pattern.compile("frame-ancestors (?:[^;'\"”]{0,200} )?\\*(?=[ ;'\"”.]|$)");

  /** The answer that asks for credentials is one to OPTIONS. */
  private static final Pattern OF_PREFLIGHT =
      Pattern.compile("\\brequest method: ?options\\b|\\bpreflight\\b[^.]{0,60}\\b401\\b");

  /** An app of React Native, and no line of a browser. */
  private static final Pattern OF_PHONE =
      Pattern.compile(
          "^(?!.*(?:react[- ]native[- ]web|expo[- ]web|on (?:the )?web\\b|blocked|failed to fetch|cross[- ]origin"
              + "|localhost:(?:19006|8081)/?(?![0-9a-z/])|net::err|networkerror|flutter|dart:|"
              + "dioe(?:rror|xception)|xmlhttprequest onerror|ionic|capacitor|cordova))"
              + ".*\\b(?:react[- ]?native(?:js)?|expo go|expo|android emulator|rn 0\\.[0-9]{2}|ios simulator)\\b");

  /** A person, or an app's log, says so of an app that is made with Flutter. */
  private static final Pattern OF_FLUTTER_APP =
      Pattern.compile(
          "^(?!.*(?:xmlhttprequest|flutter[- ]web|\\bchrome\\b|\\bblocked\\b|browser_client|failed to fetch|localhost:[0-9]{5}/#))"
              + "(?=.*\\b(?:flutter|dio(?:error|exception)?)\\b)"
              + ".*\\b(?:android|ios|emulator|simulator|apk|socketexception|os error|errno)\\b");

  /** What routes answer that get OPTIONS. */
  private static final List<String> UNROUTED =
      List.of("OPTIONS_NOT_ROUTED", "PREFLIGHT_STATUS", "NO_ROUTE", "ERROR_PAGE");

  /** The answers of a test are made up, so that no server can send a header with them. */
  private static final Pattern MOCKED =
      Pattern.compile(
          "\\bnock\\b|\\bmsw\\b|@mswjs/|\\bfetch-?mock\\b|\\baxios-mock-adapter\\b|\\bmock service worker\\b|\\bmiragejs\\b");

  private static final Pattern SWAGGER =
      Pattern.compile("^(?!.*(?:\\bblocked\\b|cross[- ]origin)).*\\bswagger\\b");

  /** What Node.js prints of a request, and no browser; jsdom does CORS as a browser does. */
  private static final Pattern OF_NODE =
      Pattern.compile(
          "^(?!.*(?:jsdom|blocked|\\bjest\\b|net::err|react[- ]native|webpack-internal))"
              + ".*(?:xmlhttprequest \\{ ?(?:onloadstart|_events|_anonymous)|\\b_anonymous: ?undefined"
              + "|\\bnode:internal/process/task_queues|\\bat clientrequest\\.<anonymous>)");

  /** Servers take .ts for a film. */
  private static final List<String> SOURCES =
      List.of("video/mp2t", "video/vnd.dlna.mpeg-tts", "text/jsx", "text/x-typescript");

  private static final List<String> HTML = List.of("text/html", "application/xhtml+xml");

  private static final List<String> JSON = List.of("application/json", "text/json");

  private static final List<String> XML = List.of("application/xml", "text/xml");

  /**
   * An address without its scheme, in a page that is a file: the host stands where a folder would.
   */
  private static final Pattern WITHOUT_SCHEME =
      Pattern.compile(
          "file://(?!wsl\\.)(?:[a-z0-9-]{1,63}\\.){1,6}[a-z]{2,24}(?::[0-9]{2,5})?/[^?#]{0,2000}.*");

  private static final List<String> OF_FILE =
      List.of("SCHEME", "FILE", "ACAO_MISSING", "REASON_MISSING", "HIDDEN", "NETWORK");

  /** Internet Explorer before version 10, in a person's words. */
  private static final Pattern OLD_IE =
      Pattern.compile(
          "\\b(?:ie|internet explorer|explorer) ?(?:8|9)\\b|\\bxdomainrequest\\b|\\bmsie [89]\\.");

  /** Where people run an app that is no page. */
  private static final Pattern ON_PHONE =
      Pattern.compile(
          "^(?!.*(?:\\b(?:chrome|firefox|safari|browser|webview|ionic|capacitor|cordova|expo web)\\b|blocked))"
              + ".*\\b(?:android|ios|emulator|simulator|iphone|(?:real|physical) device)\\b");

  /** The head of an answer, beside a command that got none. */
  private static final Pattern ANSWERED =
      Pattern.compile("(?m)^[< \\t]{0,4}http/[0-9.]{1,3} [1-5][0-9]{2}\\b");

  /** What a program answers that does not see a WebSocket's handshake. */
  private static final int HANDSHAKE_REFUSED = 400;

  private static final int REDIRECT = 3;
  private static final int FAILURE = 5;

  private MeaningVariant() {}

  /**
   * Which variant of a meaning is meant.
   *
   * @param details of the sentence, and of what surrounds it
   * @return empty if it is the meaning itself
   */
  static Optional<String> of(String whose, String code, Details details) {
    String url = details.url().toLowerCase(Locale.ROOT);
    boolean file =
        url.startsWith("file:")
            || details.get("page").startsWith("file:")
            || code.equals("CANVAS")
                && url.isEmpty()
                && !details.origin().startsWith("http")
                && WordSigns.has("page.on-disk", details.paste());
    if (file && OF_FILES.containsKey(code)) {
      return Optional.ofNullable(OF_FILES.get(code));
    }
    if (WITHOUT_SCHEME.matcher(url).matches()) {
      if (OF_FILE.contains(code)) {
        return Optional.of("FILE/relative");
      }
      if (code.equals("CSP")) {
        return Optional.of("FILE/policy");
      }
    }
    String paste = details.paste().both();
    if (code.equals("FILE")
        && url.startsWith("http")
        && paste.contains("not load or link to file")) {
      return Optional.of("FILE/linked");
    }
    // The words of the page that it shows where no page comes.
    if (code.equals("WEBSOCKET") && whose.startsWith("Firefox") && !url.startsWith("ws")) {
      return Optional.of(url.startsWith("http") ? "WEBSOCKET/stream" : "CONNECTION_REFUSED");
    }
    if (isOfApp(whose, code, paste)) {
      return Optional.of("NATIVE");
    }
    if (code.equals("HIDDEN") && SWAGGER.matcher(paste).find()) {
      return Optional.of("HIDDEN/swagger");
    }
    if (code.equals("HIDDEN") && OF_NODE.matcher(paste).find()) {
      return Optional.of("NODE_FETCH/xhr");
    }
    if (UNROUTED.contains(code) && isWithoutOrigin(whose, details.paste())) {
      return Optional.of("NO_ORIGIN_SENT");
    }
    String variant =
        switch (code) {
          case "MIME" -> ofType(details.get("type", "?").toLowerCase(Locale.ROOT), url);
          case "SAME_ORIGIN_ONLY" -> SUBTITLES.matcher(url).matches() ? "subtitles" : "";
          case "SRI" ->
              PUBLIC_CDN.matcher(url).matches()
                  ? "cdn"
                  : CHANGING.matcher(url).lookingAt() ? "changing" : "";
          case "LNA_DENIED" ->
              isPublicName(url)
                  ? "name"
                  : Destination.isLoopback(url)
                      ? (OF_PROGRAM.matcher(url).find() ? "program" : "own")
                      : "";
          case "AUTHENTICATION" -> OF_PREFLIGHT.matcher(paste).find() ? "preflight" : "";
          case "LNA_INSECURE" ->
              Destination.isLoopback(url) || details.get("space").contains("loopback") ? "own" : "";
          case "CSP_INLINE" -> ofCode(details.get("policy").toLowerCase(Locale.ROOT));
          case "FRAME" -> ANY_PAGE.matcher(details.get("rule")).find() ? "any" : "";
          case "WEBSOCKET" -> ofHandshake(details.status());
          case "FRAME_ACCESS" -> details.origin().equals("null") ? "null" : "";
          case "MIXED_CONTENT" ->
              paste.contains("should also be served over https")
                      && !paste.contains("has been blocked")
                  ? "warning"
                  : "";
          case "MIXED_UPGRADED" -> paste.contains("upgrading insecure request") ? "policy" : "";
          case "REASON_MISSING" ->
              whose.equals(Speaker.PERSON) ? "told" : whose.startsWith("Edge and") ? "ie" : "";
          case "HEADERS_NONE" -> whose.equals(Speaker.PERSON) ? "told" : "";
          case "HEADERS_FINE" -> details.value().startsWith("any page") ? "any" : "";
          case "COOKIE" ->
              whose.equals("Firefox") && paste.contains("have a proper samesite") ? "warning" : "";
          case "IE_ACCESS" -> OLD_IE.matcher(paste).find() ? "old" : "";
          case "POST_MESSAGE" -> isOneHost(details) ? "host" : "";
          case "JSDOM", "HAPPY_DOM" -> MOCKED.matcher(paste).find() ? "mocked" : "";
          case "CONNECTION_REFUSED", "NO_SUCH_HOST", "TIME_OUT" ->
              Speaker.isProgram(whose) ? "program" : "";
          case "TLS" -> whose.equals("Android") || whose.equals("iOS") ? "app" : "";
          case "PREFLIGHT_ALONE" -> Methods.isSafelisted(details.method()) ? "" : "method";
          case "UNCLEAR" -> isOfAnswer(details.paste()) ? "settings" : "";
          case "CLOSED" -> whose.equals("curl") && ANSWERED.matcher(paste).find() ? "some" : "";
          case "STORAGE" -> whose.equals("jsdom") ? "test" : "";
          case "HIDDEN" ->
              paste.contains("restricted uri") || paste.contains("method xmlhttprequest.open")
                  ? "restricted"
                  : whose.contains("Safari") && url.contains(":") && !file ? "safari" : "";
          default -> "";
        };
    return variant.isEmpty() ? Optional.empty() : Optional.of(code + "/" + variant);
  }

  /** Whether one request would tell: the text has settings for CORS, or an answer lacks headers. */
  private static boolean isOfAnswer(PastedText paste) {
    return WordSigns.has("server.cors-used", paste) || WordSigns.has("remark.no-headers", paste);
  }

  /** Whether the request in a text is one by hand, which has no Origin and so is no preflight. */
  private static boolean isWithoutOrigin(String whose, PastedText paste) {
    return !Speaker.isBrowser(whose)
        && WordSigns.has("request.options-by-hand", paste)
        && !WordSigns.has("request.origin", paste);
  }

  /** What a person calls CORS there, and no browser does. */
  private static boolean isOfApp(String whose, String code, String paste) {
    boolean told =
        code.equals("REASON_MISSING")
            && (whose.equals(Speaker.PERSON) || paste.contains("cors error"));
    // In an app that runs natively, Flutter has no XMLHttpRequest.
    if (whose.equals("Flutter") && paste.contains("xmlhttprequest")) {
      return false;
    }
    boolean phone = whose.equals("React Native") && ON_PHONE.matcher(paste).find();
    return (code.equals("HIDDEN") || told) && OF_PHONE.matcher(paste).find()
        || code.equals("HIDDEN") && phone
        || code.equals("HIDDEN") && OF_FLUTTER_APP.matcher(paste).find();
  }

  /**
   * Whether two origins differ by www. or by the scheme alone, as a redirect leads to the other.
   */
  private static boolean isOneHost(Details details) {
    String target = details.get("target").replaceFirst("/$", "");
    String origin = details.origin();
    return !target.equals(origin) && !origin.isEmpty() && bare(target).equals(bare(origin));
  }

  private static String bare(String origin) {
    return origin.replaceFirst("^https?://(?:www\\.)?", "");
  }

  /** What Firefox says, in a line of its own or behind "Source:". */
  private static final Pattern AT_EVAL =
      Pattern.compile(
          "\\bresource at eval\\b|\\bcall to (?:eval|function|settimeout|setinterval)\\(\\)");

  private static String ofCode(String text) {
    boolean evaluated =
        text.contains("evaluate a string")
            || text.contains("evaluating a string")
            || text.contains("javascript eval")
            || AT_EVAL.matcher(text).find()
            || text.contains("unsafe-eval nor")
            || text.contains("unsafe-eval does not");
    return evaluated
        ? "eval"
        : text.contains("event handler (") || text.contains("inline event handler")
            ? "handler"
            : "";
  }

  private static String ofHandshake(int status) {
    return switch (status / 100) {
      case REDIRECT -> "redirected";
      case FAILURE -> status >= 502 ? "failed" : "";
      default -> status == HANDSHAKE_REFUSED ? "upgrade" : "";
    };
  }

  /** The code without the variant. */
  static String whole(String code) {
    return code.replaceFirst("/.*", "");
  }

  private static String ofType(String type, String url) {
    if (SOURCE.matcher(url).matches() || SOURCES.contains(type)) {
      return "source";
    }
    if (HTML.contains(type)) {
      boolean page = Url.parse(url).filter(parsed -> parsed.path().endsWith("/")).isPresent();
      return PUBLIC_CDN.matcher(url).matches() ? "cdn" : page ? "page" : "html";
    }
    if (JSON.contains(type)) {
      return "json";
    }
    if (XML.contains(type)) {
      return "xml";
    }
    return type.equals("?") ? "" : type.equals("text/css") ? "style" : "type";
  }

  /** Whether a host has a name that is in the public DNS. */
  private static boolean isPublicName(String url) {
    return Destination.at(url)
        .filter(
            place -> !Host.isLoopback(place.host()) && PUBLIC_NAME.matcher(place.host()).matches())
        .isPresent();
  }
}
