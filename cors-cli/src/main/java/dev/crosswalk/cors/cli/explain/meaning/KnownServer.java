package dev.crosswalk.cors.cli.explain.meaning;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.explain.address.Destination;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.OriginRemedy;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.tck.url.Host;
import dev.crosswalk.cors.tck.url.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is known of a server by its URL: the file {@code known.txt}, which says of its form; and
 * what the URL and the page's origin tell together.
 *
 * @param whose {@code others}, {@code fixed}, {@code yours}, {@code widget} or {@code page}
 * @param codes of the meanings to which it belongs; empty: all that a server can allow
 * @param places hosts, beginnings of paths, ports, and names of programs
 * @param guess whether others have such a path or port as well
 * @param note what is known
 */
record KnownServer(
    String whose, List<String> codes, List<String> places, boolean guess, Advice note) {

  private static final Advice ASK_BY_SERVER =
      Topic.ASK_BY_SERVER.advice(
          "You cannot change its headers. Let a server of your own ask it, which keeps the key as well,"
              + " and let the page ask that server: a function, or a route of your backend.");

  private static final Advice NOT_YOURS =
      Topic.WHOSE_SERVER.advice(
          "If that server is not yours, you cannot change its headers: look in its documentation for a"
              + " way for web pages, or ask it from a server of your own.");

  private static final Advice YOURS_OR_NOT =
      Topic.WHOSE_SERVER.advice(
          "Is that server yours? If it has a CORS layer, add the origin to its list, and check that it"
              + " covers this path, errors and preflights; if it has none, add one. If it is not yours, you"
              + " cannot change its headers: look in its documentation for a way for web pages, or ask it"
              + " from a server of your own.");

  private static final Advice FILE_YOURS_OR_NOT =
      Topic.WHOSE_SERVER.advice(
          "Is that server yours? Then let it send the header with files (fonts, scripts, pictures), too. If"
              + " it is not yours, you cannot change its headers: put a copy of the file beside your page, or"
              + " take it from a CDN that allows every page.");

  private static final Advice TWICE_NOT_YOURS =
      Advice.of(
          "If that server is not yours, as with a public CDN, only its operator can remove one of the two: take"
              + " the file from another CDN, or put a copy of it beside your page.");

  private static final String NATIVE =
      " If the server is not yours, ask it outside of the WebView, where there is no CORS: CapacitorHttp,"
          + " cordova-plugin-advanced-http, @tauri-apps/plugin-http, or the main process of Electron.";

  private static final String MAYBE_OF_APP =
      "If the page is inside an app: %s, without a port, is the origin of a WebView (Capacitor or Cordova on"
          + " Android), the same on each user's device. Allow exactly that.";

  private static final Advice OF_VS_CODE =
      Advice.of(
          "The page is a webview of VS Code, whose origin differs on each machine, so no server can list it."
              + " Let the extension's own code ask (Node.js, where there is no CORS), and pass the result on"
              + " by postMessage. The extension's own files get their URL by webview.asWebviewUri, and their"
              + " folder has to be in localResourceRoots.");

  private static final Advice NO_PREFLIGHT =
      Advice.of(
          "If that server is not yours, send what needs no preflight: GET or POST without headers of your own"
              + " (Authorization, X-Requested-With, Content-Type: application/json), which a default of the"
              + " HTTP library may add ($.ajaxSetup, axios.defaults). Or ask it from a server of your own.");

  private static final Advice REMOVE_HEADER =
      Topic.REMOVE_HEADER.advice(
          "If that server is not yours, you cannot change its list: remove the header from this request.");

  private static final Advice OWN_LOGIN =
      Advice.of(
          "Do not send authorization there: a default of the HTTP library adds it to each request"
              + " (axios.defaults, an interceptor), and the token in it is for your own server.");

  private static final Advice REMOVE_LOGIN =
      Topic.REMOVE_LOGIN.advice(
          "If that server is not yours, as with a public API, do not send authorization there: a"
              + " default of the HTTP library adds it to each request (axios.defaults, an interceptor), and"
              + " the token in it is for your own server. No setting of your own server changes that answer.");

  /** Of what is there twice, or has a wrong value, the message itself tells the cause. */
  private static final List<String> OF_ITSELF =
      List.of(
          "ACAO_MULTIPLE",
          "ACAO_MISMATCH",
          "ACAO_INVALID",
          "HEADER_TYPO",
          "FILE",
          "HEADERS_NONE_FOR_ORIGIN",
          "LOGIN_PAGE",
          "LOGIN_START",
          "LOGIN_REDIRECT");

  /** What is known is of a gate that answers instead of the application. */
  private static final String GATE = "gate";

  /** A program that people run on their own machine, also for pages of others. */
  private static final String DESKTOP = "desktop";

  /** Others have such a path or port as well, so that the note begins with an if. */
  private static final String GUESS = "guess";

  /** Few others listen at that port, so that the note says who may listen there. */
  private static final String PORT = "port";

  /** Code of somebody's own in the paste tells better who listens there. */
  private boolean isGuessedByPort() {
    return note.isAbout(Topic.GUESS) && places.stream().anyMatch(each -> each.startsWith(":"));
  }

  /** The browser had the application's own headers when it complained of these. */
  private static final List<String> OF_APPLICATION =
      List.of(
          "HEADER_NOT_ALLOWED",
          "METHOD_NOT_ALLOWED",
          "ACAO_WILDCARD_CREDENTIALS",
          "ACAC_NOT_TRUE",
          "ACAO_MULTIPLE");

  /** An answer of a server that somebody else may own. */
  private static final List<String> OF_ORIGIN =
      List.of("ACAO_MISSING", "ACAO_MISMATCH", "ACAO_INVALID", "ACAO_MULTIPLE");

  private static final String REFUSED = "SERVER_REFUSES";

  /** A part of a page, of which anybody can have a copy. */
  private static final Pattern PART_OF_PAGE =
      Pattern.compile(
          "(?i)[^?#]+\\.(?:woff2?|ttf|otf|eot|css|m?js|map|svg|png|jpe?g|webp|gif|ico|wasm)(?:[?#].*)?");

  /** A page for people, and not an API: the start page of a site whose name begins with www. */
  private static final Pattern PAGE = Pattern.compile("(?i)https?://www\\.[^/?#]+/?");

  /** The origin of a page inside of an app: the same on the device of each user. */
  private static final Pattern OF_APP =
      Pattern.compile(
          "(?:capacitor|ionic|app|tauri|wails)://.*|https?://(?:ionic\\.local|tauri\\.localhost)");

  private static final Advice BY_EXTENSION =
      Advice.of(
          "The page is one of a browser extension. Name the server in host_permissions of its"
              + " manifest.json (permissions in version 2), and reload the extension: its own pages"
              + " and its background may then ask without CORS.");

  private static final Pattern LOCAL_OF_APP = Pattern.compile("https?://localhost");

  private static final Pattern APP =
      Pattern.compile("\\b(?:capacitor|cordova|ionic|phonegap|wkwebview|webview|android|ios)\\b");

  /** What these statuses say comes before what is known of the server. */
  private static final int NOT_FOUND = 404;

  private static final int BAD_REQUEST = 400;

  private static final int SERVER_ERROR = 500;

  private static final class Holder {
    private static final List<KnownServer> ALL =
        Facts.lines(KnownServer.class, "known.txt").stream().map(KnownServer::read).toList();
  }

  private static KnownServer read(String line) {
    String[] cells = line.split(" \\| ", 3);
    List<String> head = List.of(cells[0].split(" "));
    Advice note = Advice.read(cells[2], "known.txt");
    return new KnownServer(
        head.get(0),
        head.stream().skip(1).filter(word -> !word.equals(GUESS) && !word.equals(PORT)).toList(),
        List.of(cells[1].split(" ")),
        head.contains(GUESS),
        head.contains(DESKTOP)
            ? Topic.DESKTOP.advice(note.words())
            : head.contains(GUESS) || head.contains(PORT)
                ? Topic.GUESS.advice(note.words())
                : note);
  }

  static List<KnownServer> all() {
    return Holder.ALL;
  }

  /**
   * A remedy with what is known of the server in front.
   *
   * @param remedy that a CORS header is part of, or else nothing is added
   * @param asked its URL, in which names may be hidden; empty if it is not known
   * @param origin of the page; empty if it is not known
   * @param paste in which a program may be named, made plain; empty if there is none
   * @param status of the answer; 0 if it is not known
   */
  static Remedy told(Remedy remedy, String asked, String origin, String paste, int status) {
    if (origin.startsWith("vscode-webview:") && remedy.grant().isPresent()) {
      return alone(remedy, OF_VS_CODE);
    }
    if (!asked.isEmpty() && !asked.startsWith("http")) {
      return remedy;
    }
    // Someone who shows their own program knows what listens on its port.
    boolean own = Signs.has("server.app", paste) || Signs.has("server.by-layer", paste);
    Optional<Destination> place = Destination.at(asked).map(at -> own ? at.withoutPort() : at);
    Optional<Destination> page = Destination.at(origin);
    Optional<KnownServer> stranger = stranger(remedy, page, place);
    if (stranger.isPresent()) {
      return alone(remedy, stranger.get().note());
    }
    List<KnownServer> rows =
        all().stream()
            .filter(row -> !row.isOfPages() && row.isAbout(remedy) && row.isUsedBy(page))
            .toList();
    String told = withoutPage(paste, page, place);
    List<KnownServer> there =
        rows.stream()
            .filter(each -> place.filter(each::isAt).isPresent())
            .filter(each -> !each.isGuessedByPort() || !Signs.has("server.framework", paste))
            .toList();
    Optional<KnownServer> nearest = there.stream().findFirst();
    Optional<KnownServer> placed =
        nearest
            .filter(KnownServer::isYours)
            .flatMap(
                any ->
                    there.stream()
                        .filter(each -> each.isYours() && each.isNamedIn(told))
                        .findFirst())
            .or(() -> nearest);
    Optional<KnownServer> named =
        placed.filter(each -> !each.guess()).isPresent()
            ? Optional.empty()
            : namedIn(place.map(Destination::host).orElse(""), rows).or(() -> namedIn(told, rows));
    Optional<KnownServer> known = named.or(() -> placed);
    if (known.isPresent() && !known.get().isYours()) {
      List<Advice> advice = new ArrayList<>(List.of(known.get().note()));
      if (OF_APP.matcher(origin).matches()) {
        advice.add(0, Advice.of(ofApp(origin, true, true)));
      } else if (origin.contains("-extension://")) {
        advice.add(0, BY_EXTENSION);
      } else if (known.get().whose().equals("others")) {
        if (isLogin(remedy)) {
          advice.add(0, OWN_LOGIN);
        }
        advice.add(ASK_BY_SERVER);
      }
      return new Remedy(remedy.code(), remedy.cause(), advice, Optional.empty(), List.of());
    }
    List<Advice> advice = new ArrayList<>();
    if (remedy.grant().isEmpty()) {
      named.map(KnownServer::note).ifPresent(advice::add);
      advice.addAll(remedy.advice());
      return new Remedy(remedy.code(), remedy.cause(), advice, Optional.empty(), remedy.write());
    }
    Optional<Url> url = Url.parse(asked).filter(parsed -> parsed.host() != null);
    url.flatMap(parsed -> TwoOrigins.told(parsed, origin)).map(Advice::of).ifPresent(advice::add);
    boolean missing = remedy.code().equals("ACAO_MISSING");
    boolean mentioned =
        named.filter(each -> asked.isEmpty() || !each.note().isAbout(Topic.GUESS)).isPresent()
            && remedy.code().equals("ACAO_WILDCARD_CREDENTIALS");
    boolean certain = named.isPresent() && (!asked.isEmpty() || REFUSED.equals(remedy.code()));
    boolean first =
        (certain || known.filter(KnownServer::guess).isEmpty())
            && !mentioned
            && !OF_ITSELF.contains(remedy.code())
            && !(missing && status >= NOT_FOUND || status == BAD_REQUEST)
            && !(remedy.code().equals("PREFLIGHT_STATUS") && status >= SERVER_ERROR)
            && !origin.equals("null");
    known.filter(each -> first).map(each -> each.noteFor(remedy)).ifPresent(advice::add);
    if (OF_APP.matcher(origin).matches()
        || LOCAL_OF_APP.matcher(origin).matches() && APP.matcher(paste).find()) {
      boolean maybe =
          known.filter(each -> !each.guess()).isEmpty()
              && url.filter(at -> TwoOrigins.isElsewhere(at, origin)).isPresent();
      advice.add(Advice.of(ofApp(origin, maybe, false)));
    } else if (LOCAL_OF_APP.matcher(origin).matches()
        && OF_ORIGIN.contains(remedy.code())
        && place.filter(at -> !Host.isLoopback(at.host())).isPresent()) {
      advice.add(Advice.of(MAYBE_OF_APP.formatted(origin)));
    }
    boolean elsewhere =
        known.isEmpty()
            && OF_ORIGIN.contains(remedy.code())
            && url.filter(parsed -> TwoOrigins.isElsewhere(parsed, origin)).isPresent();
    boolean file =
        elsewhere
            && status < SERVER_ERROR
            && !origin.equals("null")
            && PART_OF_PAGE.matcher(asked).matches();
    boolean site = file || elsewhere && missing && PAGE.matcher(asked).matches();
    if (site) {
      boolean twice = remedy.code().equals("ACAO_MULTIPLE");
      advice.add(twice ? TWICE_NOT_YOURS : file ? FILE_YOURS_OR_NOT : NOT_YOURS);
    }
    boolean ofProgram = known.filter(each -> first && !each.guess()).isPresent();
    remedy.advice().stream()
        .filter(each -> !ofProgram || !each.isAbout(Topic.NO_SIGN_OF_LAYER))
        .forEach(advice::add);
    known
        .filter(each -> !first && !remedy.code().startsWith("LOGIN_"))
        .map(each -> each.noteFor(remedy))
        .ifPresent(advice::add);
    if (elsewhere && !site && !advice.contains(OriginRemedy.ADD_ORIGIN)) {
      advice.add(Math.min(1, advice.size()), NOT_YOURS);
    }
    if (elsewhere && !site) {
      advice.replaceAll(each -> each.equals(OriginRemedy.ADD_ORIGIN) ? YOURS_OR_NOT : each);
    }
    boolean others =
        known.isEmpty() && url.filter(parsed -> TwoOrigins.isElsewhere(parsed, origin)).isPresent();
    if (remedy.code().equals("PREFLIGHT_STATUS") && others) {
      advice.add(NO_PREFLIGHT);
    }
    if (remedy.code().equals("HEADER_NOT_ALLOWED") && others) {
      advice.removeIf(each -> each.isAbout(Topic.MAY_REMOVE_HEADER));
      boolean login = isLogin(remedy);
      advice.add(login ? 0 : 1, login ? REMOVE_LOGIN : REMOVE_HEADER);
    }
    return remedy.withOnlyAdvice(advice);
  }

  private static boolean isLogin(Remedy remedy) {
    return remedy.code().equals("HEADER_NOT_ALLOWED")
        && remedy
            .grant()
            .filter(each -> each.requestHeaders().contains("authorization"))
            .isPresent();
  }

  /** Whether a piece of advice is what is known of a server, and names that setting. */
  static boolean isNoteOf(Advice advice, String setting) {
    return setting.matches("--?.*|.*[._].*|.*[a-z][A-Z].*")
        && advice.words().matches(".*(?<![\\w-])" + Pattern.quote(setting) + "(?![\\w-]).*")
        && all().stream().anyMatch(each -> each.note().equals(advice));
  }

  private static Optional<KnownServer> namedIn(String text, List<KnownServer> rows) {
    return rows.stream().filter(each -> each.isNamedIn(text)).findFirst();
  }

  /** A program that the page's host is called after is the one that asks, and not the server. */
  private static String withoutPage(
      String paste, Optional<Destination> page, Optional<Destination> asked) {
    return page.filter(from -> asked.filter(at -> !at.host().equals(from.host())).isPresent())
        .map(from -> paste.replace(from.host(), ""))
        .orElse(paste);
  }

  /** A page that nobody here has written: its provider's own servers are its own affair. */
  private static Optional<KnownServer> stranger(
      Remedy remedy, Optional<Destination> page, Optional<Destination> asked) {
    boolean own =
        all().stream()
            .filter(row -> row.isOfPages() || row.whose().equals("widget"))
            .anyMatch(row -> asked.filter(row::isAt).isPresent());
    return all().stream()
        .filter(row -> !own && row.isOfPages() && row.isAbout(remedy))
        .filter(row -> page.filter(row::isAt).isPresent())
        .findFirst();
  }

  private static Remedy alone(Remedy remedy, Advice advice) {
    return new Remedy(remedy.code(), remedy.cause(), List.of(advice), Optional.empty(), List.of());
  }

  private boolean isAt(Destination place) {
    return places.stream().anyMatch(place::isAt);
  }

  private boolean isYours() {
    return whose.equals("yours");
  }

  private boolean isOfPages() {
    return whose.equals("page");
  }

  /** The note, with the page's own origin, and with credentials if it sends them. */
  private Advice noteFor(Remedy remedy) {
    RequiredGrant grant = remedy.grant().orElseThrow();
    String option = "origin: \"" + RequiredGrant.SOME_ORIGIN + "\"";
    return grant.origin().equals("null")
        ? note
        : note.worded(
            words ->
                words.replace(
                    option,
                    "origin: \""
                        + grant.origin()
                        + "\""
                        + (grant.credentials() ? ", credentials: true" : "")));
  }

  private static String ofApp(String origin, boolean maybeOfOthers, boolean ofOthers) {
    String app = "The page is inside an app, and " + origin;
    if (origin.startsWith("app://obsidian")) {
      return app
          + " is its origin. A plugin of Obsidian asks by requestUrl() instead of fetch(): that"
          + " has no CORS. Otherwise the server has to allow this origin, and the URL has to be right.";
    }
    if (ofOthers) {
      return app + " is the origin of its WebView." + NATIVE;
    }
    return app
        + " is the origin of its WebView, the same on each user's device: allow exactly that."
        + (origin.startsWith("app:") || origin.contains("tauri") || origin.startsWith("wails:")
            ? ""
            : " Capacitor has capacitor://localhost on iOS, and on Android https://localhost"
                + " (before version 6 http://localhost).")
        + (maybeOfOthers ? NATIVE : "");
  }

  private boolean isAbout(Remedy remedy) {
    if (codes.contains(GATE) && OF_APPLICATION.contains(remedy.code())) {
      return false;
    }
    return codes.isEmpty() || codes.contains(GATE) || codes.contains(DESKTOP)
        ? remedy.grant().isPresent() || remedy.code().equals("UNCLEAR")
        : codes.contains(remedy.code());
  }

  /** What its provider puts into pages of others is asked by a page of its provider. */
  private boolean isUsedBy(Optional<Destination> page) {
    return !whose.equals("widget") || page.filter(this::isAt).isPresent();
  }

  /** Whether somebody names the program, wherever it listens. */
  private boolean isNamedIn(String plain) {
    return places.stream()
        .filter(place -> place.startsWith("~"))
        .map(place -> place.substring(1).replace('+', ' '))
        .anyMatch(
            name ->
                plain.contains(name)
                    && Pattern.compile(
                            "(?<![a-z0-9.])%s(?![a-z0-9])|[{<\\[][a-z0-9_ -]{0,30}%s[a-z0-9_ -]{0,30}[}>\\]]"
                                .replace("%s", Pattern.quote(name)))
                        .matcher(plain)
                        .find());
  }
}
