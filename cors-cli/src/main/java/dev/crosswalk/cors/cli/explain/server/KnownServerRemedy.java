package dev.crosswalk.cors.cli.explain.server;

import dev.crosswalk.cors.cli.explain.address.Destination;
import dev.crosswalk.cors.cli.explain.paste.PastedText;
import dev.crosswalk.cors.cli.explain.words.WordSigns;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.remedy.Trait;
import dev.crosswalk.cors.cli.remedy.layer.LayerList;
import dev.crosswalk.cors.tck.url.Host;
import dev.crosswalk.cors.tck.url.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A remedy with what is known of the server, and of the page that asks it, in front. */
public final class KnownServerRemedy {

  private static final Advice OF_VS_CODE =
      Advice.of(
          "The page is a webview of VS Code, whose origin differs on each machine, so no server"
              + " can list it. Let the extension's own code send the request (Node.js, where there"
              + " is no CORS), and pass the result on by postMessage. The extension's own files"
              + " get their URL by webview.asWebviewUri, and their folder has to be in"
              + " localResourceRoots.");

  private static final Advice OF_DEVELOPMENT =
      Advice.of(
          "That page is not yours, so an extension, a user script or an app puts a script of a"
              + " development server into it. Build it, and load the built file: an extension has"
              + " it in its own folder, and then no server has to allow anything. To load it from"
              + " the development server, that has to allow the page. Vite answers only pages of"
              + " localhost since versions 6.0.9, 5.4.12 and 4.5.6: while you develop, server: {"
              + " cors: { origin: \"%s\" } }, and not true, which lets any site read your source."
              + " A plugin for such scripts (CRXJS, WXT, vite-plugin-monkey) may do that"
              + " automatically: update it.");

  private static final Advice BY_EXTENSION =
      Advice.of(
          "The page is one of a browser extension. Name the server in host_permissions of its"
              + " manifest.json (permissions in version 2), and reload the extension: its own"
              + " pages and its background may then send requests without CORS.");

  private static final List<String> REDIRECTED = List.of("PREFLIGHT_REDIRECT", "REDIRECT_BLOCKED");

  private static final String TWICE = "ACAO_MULTIPLE";

  /** Where something is there twice, or has a wrong value, the message itself tells the cause. */
  private static final List<String> OF_ITSELF =
      List.of(
          TWICE,
          "ACAO_MISMATCH",
          "ACAO_INVALID",
          "HEADER_TYPO",
          "FILE",
          "HEADERS_NONE_FOR_ORIGIN",
          "LOGIN_PAGE",
          "LOGIN_START",
          "LOGIN_REDIRECT");

  /** As Chrome says of the answer to a preflight. */
  private static final String OF_PREFLIGHT = "response to preflight";

  /** An answer of a server that somebody else may own. */
  private static final List<String> OF_ORIGIN =
      List.of("ACAO_MISSING", "ACAO_MISMATCH", "ACAO_INVALID", "ACAO_MULTIPLE");

  private static final String REFUSED = "SERVER_REFUSES";

  private static final Advice FILE_IN_FRONT =
      Advice.of(
              "This is a file, and files are often answered in front of the application's CORS layer: by the"
                  + " web server, a folder of static files, a CDN, or php artisan serve. Let that send the header,"
                  + " too (add_header in nginx, cors() in front of express.static). python3 -m http.server sends"
                  + " none; npx http-server --cors does.")
          .with(Trait.PERHAPS);

  /** Who gives out tokens; and where it has a host of its own, its path shows that. */
  private static final Pattern LOGIN =
      Pattern.compile(
          "(?i).*(?:oauth|authoriz|/token|userinfo|openid|log-?in|sign-?in|/sso|/auth|/realms/|/connect/|\\.well-known).*");

  /** In a path behind such a word is the program whose accounts another one takes. */
  private static final Pattern AS_LOGIN =
      Pattern.compile(
          "(?<=/(?:auth|login|sign-?in|sso|oauth2?|connect|provider)s?/)[a-z0-9_-]{3,30}(?![a-z0-9_/-])");

  private final Remedy remedy;
  private final String header;
  private final String asked;
  private final String origin;
  private final PastedText paste;
  private final int status;
  private final Optional<Destination> place;
  private final Optional<Destination> page;
  private final Optional<Url> url;

  private KnownServerRemedy(
      Remedy remedy, String header, String asked, String origin, PastedText paste, int status) {
    this.remedy = remedy;
    this.header = header;
    this.asked = asked;
    this.origin = origin;
    this.paste = paste;
    this.status = status;
    // Someone who shows their own program knows what listens on its port.
    boolean own = WordSigns.has("server.app", paste) || WordSigns.has("server.by-layer", paste);
    this.place = Destination.at(asked).map(at -> own ? at.withoutPort() : at);
    this.page = Destination.at(origin);
    this.url = Url.parse(asked).filter(parsed -> parsed.host() != null);
  }

  /**
   * A remedy with what is known of the server in front.
   *
   * @param remedy that a CORS header is part of, or else nothing is added
   * @param header name of a request header that is not allowed; empty if that is not the cause
   * @param asked its URL, in which names may be hidden; empty if it is not known
   * @param origin of the page; empty if it is not known
   * @param paste in which a program may be named; empty if there is none
   * @param status of the answer; 0 if it is not known
   */
  public static Remedy told(
      Remedy remedy, String header, String asked, String origin, PastedText paste, int status) {
    if (origin.startsWith("vscode-webview:") && remedy.grant().isPresent()) {
      return alone(remedy, List.of(OF_VS_CODE));
    }
    if (!asked.isEmpty() && !asked.startsWith("http")) {
      return remedy;
    }
    return new KnownServerRemedy(remedy, header, asked, origin, paste, status).told();
  }

  private Advice ofDevelopment() {
    return OF_DEVELOPMENT.worded(words -> words.replace("%s", origin));
  }

  private Remedy told() {
    Optional<KnownServer> stranger = KnownServer.stranger(remedy, page, place);
    if (stranger.isPresent()) {
      boolean development = WordSigns.has("dev.asked", paste);
      return alone(remedy, List.of(development ? ofDevelopment() : stranger.get().note()));
    }
    List<KnownServer> rows = KnownServer.about(remedy, page);
    String plain = withoutPage();
    Optional<KnownServer> placed = placed(rows, plain);
    Optional<KnownServer> named =
        placed.filter(each -> !each.guess()).isPresent()
            ? Optional.empty()
            : KnownServer.namedIn(place.map(Destination::host).orElse(""), rows)
                .or(() -> KnownServer.namedIn(plain, rows.stream().filter(this::isAsked).toList()))
                .filter(
                    each ->
                        !each.isHosted()
                            || place.filter(at -> Host.isLoopback(at.host())).isEmpty())
                .filter(
                    each ->
                        each.isYours()
                            || each.hasAddress()
                            || !WordSigns.has("asks.outside", paste));
    Optional<KnownServer> known = named.or(() -> placed);
    Optional<Remedy> relayed = relay(known).flatMap(each -> each.told(remedy));
    if (relayed.isPresent()) {
      return relayed.get();
    }
    if (known.isPresent() && !known.get().isYours()) {
      // The page never meant to ask the login to which its own server has sent it.
      return remedy.code().equals("LOGIN_REDIRECT") ? remedy : ofOthers(known.get());
    }
    Optional<Advice> published =
        known.isPresent() ? Optional.empty() : PublishedPackage.told(remedy, asked, origin, status);
    if (published.isPresent() && !WordSigns.has("remark.mine", paste)) {
      return alone(remedy, List.of(published.get()));
    }
    if (known.isEmpty() && isNamedOwner()) {
      return alone(remedy, ServerOwner.ofNamed(remedy, header, OF_ORIGIN.contains(remedy.code())));
    }
    if (remedy.grant().isEmpty()) {
      List<Advice> advice = new ArrayList<>();
      known.map(each -> named(each, each.note())).ifPresent(advice::add);
      advice.addAll(remedy.advice());
      return alone(remedy, advice, remedy.write());
    }
    return ofYours(known, named);
  }

  private boolean isNamedOwner() {
    return remedy.grant().isPresent()
        && url.filter(at -> OriginPair.isElsewhere(at, origin)).isPresent()
        && place.filter(at -> ServerOwner.isNamed(at.host(), paste)).isPresent()
        && !KnownServer.isDeployment(place)
        && !WordSigns.has("remark.mine", paste)
        && !WordSigns.has("server", paste);
  }

  /** A public one has its row, and the form of the URL tells each other one. */
  private Optional<Relay> relay(Optional<KnownServer> known) {
    return known.filter(KnownServer::isRelay).isPresent()
        ? place.map(at -> new Relay(at.host(), true))
        : known.isPresent() && !known.get().isYours() ? Optional.empty() : Relay.at(asked);
  }

  private Optional<KnownServer> placed(List<KnownServer> rows, String plain) {
    List<KnownServer> there =
        rows.stream()
            .filter(each -> place.filter(each::isAt).isPresent())
            .filter(
                each ->
                    place.filter(each::isGuessedByPort).isEmpty()
                        || !WordSigns.has("server.framework", paste))
            .filter(each -> place.filter(each::isOtherAt).isEmpty())
            .toList();
    // A path that is certain tells more than a port.
    Optional<KnownServer> nearest =
        there.stream()
            .filter(each -> !each.guess() && place.filter(each::isByPort).isEmpty())
            .filter(any -> there.get(0).isByPort(place.orElseThrow()))
            .findFirst()
            .or(() -> there.stream().findFirst());
    return nearest
        .filter(KnownServer::isYours)
        .flatMap(
            any ->
                there.stream().filter(each -> each.isYours() && each.isNamedIn(plain)).findFirst())
        .or(() -> nearest);
  }

  /** A program that the page's host is called after is the one that asks, and not the server. */
  private String withoutPage() {
    return AS_LOGIN.matcher(besidePage()).replaceAll("");
  }

  private String besidePage() {
    return page.filter(from -> place.filter(at -> !at.host().equals(from.host())).isPresent())
        .map(from -> paste.both().replace(from.host(), ""))
        .orElse(paste.both());
  }

  private Remedy ofOthers(KnownServer known) {
    List<Advice> advice = new ArrayList<>(List.of(known.note()));
    Optional<AppPage> app = AppPage.of(origin, "");
    if (app.isPresent()) {
      advice.add(0, app.get().toAskOutside(origin));
    } else if (origin.contains("-extension://")) {
      advice.add(0, BY_EXTENSION);
    } else if (known.whose().equals("others")) {
      if (ServerOwner.isLogin(remedy, header) && !known.note().has(Trait.WANTS_LOGIN)) {
        advice.add(0, ServerOwner.OWN_LOGIN);
      }
      if (remedy.code().equals("ACAO_WILDCARD_CREDENTIALS")) {
        advice.add(0, ServerOwner.NO_COOKIES);
      }
      boolean file =
          known.isRelay()
              && (AskedFile.isPartOfPage(asked) || AskedFile.isNamedAsPart(asked, paste));
      advice.add(file ? ServerOwner.COPY_OF_FILE : ServerOwner.ASK_BY_SERVER);
    }
    return alone(remedy, advice);
  }

  /**
   * Whether a program may be the one that is asked. With a host or a path of its own it is not,
   * where the URL has neither: then the text names what stands beside that server, such as its
   * login.
   */
  private boolean isAsked(KnownServer row) {
    return url.isEmpty()
        || !row.hasAddress()
        || place.filter(row::isAt).isPresent()
        || place.filter(at -> LOGIN.matcher(at.path()).matches()).isPresent();
  }

  private Remedy ofYours(Optional<KnownServer> known, Optional<KnownServer> named) {
    List<Advice> advice = new ArrayList<>();
    url.flatMap(parsed -> OriginPair.told(parsed, origin)).ifPresent(advice::add);
    boolean first = isFirst(known, named);
    known.filter(each -> first).map(this::note).ifPresent(advice::add);
    known.filter(each -> first).flatMap(this::onPlatform).ifPresent(advice::add);
    boolean far =
        url.filter(at -> OriginPair.isElsewhere(at, origin)).isPresent()
            && !WordSigns.has("remark.mine", paste);
    Optional<AppPage> app = AppPage.of(origin, paste.both());
    // What an error says of the server comes before a guess at the page.
    Optional<Advice> perhaps = Optional.empty();
    if (app.isPresent()) {
      boolean others = (far || url.isEmpty()) && known.filter(each -> !each.guess()).isEmpty();
      advice.add(app.get().toAllow(origin, others));
    } else if (AppPage.isPerhaps(origin)
        && OF_ORIGIN.contains(remedy.code())
        && !remedy.code().equals("ACAO_MULTIPLE")
        && place.filter(at -> !Host.isLoopback(at.host())).isPresent()) {
      if (status < 400) {
        advice.add(AppPage.perhaps(origin));
      } else {
        perhaps = Optional.of(AppPage.perhaps(origin));
      }
    }
    boolean ofProgram = known.filter(each -> first && !each.guess()).isPresent();
    boolean ofList = known.filter(this::setsValue).isPresent();
    List<Advice> rest =
        remedy.advice().stream()
            .filter(
                each ->
                    !ofProgram
                        || !each.isAbout(Topic.NO_SIGN_OF_LAYER, Topic.NO_SIGN_OF_KNOWN_LAYER))
            .filter(each -> !ofList || !each.isAbout(Topic.OTHER_STAGE))
            .toList();
    List<Advice> last =
        known.filter(each -> !first && !remedy.code().startsWith("LOGIN_")).stream()
            .map(this::note)
            .toList();
    if (known.isPresent() || !far) {
      advice.addAll(rest);
      if (known.isEmpty() && remedy.code().equals("ACAO_MISSING") && isAnsweredFile()) {
        // What a server that shows itself has to change is told by its own words first.
        advice.add(
            isFirstAbout(Topic.NO_SIGN_OF_KNOWN_LAYER)
                ? advice.size()
                : advice.size() - rest.size(),
            FILE_IN_FRONT);
      }
      advice.addAll(last);
      return remedy.withOnlyAdvice(withGuess(advice, perhaps));
    }
    return remedy.withOnlyAdvice(withGuess(perhapsOfOthers(advice, rest), perhaps));
  }

  private static List<Advice> withGuess(List<Advice> advice, Optional<Advice> guess) {
    guess.ifPresent(each -> advice.add(Math.min(2, advice.size()), each));
    return advice;
  }

  /** What is known of the program that a platform runs, by its path. */
  private Optional<Advice> onPlatform(KnownServer platform) {
    return platform.note().isAbout(Topic.GATE)
        ? KnownServer.about(remedy, page).stream()
            .filter(each -> each.isYours() && !each.guess() && !each.isHosted())
            .filter(each -> place.filter(each::isAt).isPresent())
            .findFirst()
            .map(each -> each.noteFor(remedy))
        : Optional.empty();
  }

  private Advice note(KnownServer known) {
    return named(known, known.noteFor(remedy));
  }

  /** With an if, where only the text names a program that has an address of its own. */
  private Advice named(KnownServer known, Advice note) {
    return asked.isEmpty() && known.hasAddress() ? note.ofUrl() : note;
  }

  private boolean isFirst(Optional<KnownServer> known, Optional<KnownServer> named) {
    boolean missing = remedy.code().equals("ACAO_MISSING");
    boolean mentioned =
        named.filter(each -> asked.isEmpty() || !each.note().isAbout(Topic.GUESS)).isPresent()
            && remedy.code().equals("ACAO_WILDCARD_CREDENTIALS");
    boolean certain = named.isPresent() && (!asked.isEmpty() || REFUSED.equals(remedy.code()));
    // By its path a guess is better than what is said of a server of which nothing is known.
    boolean better =
        !asked.isEmpty()
            && known.filter(each -> place.filter(each::isGuessedByPort).isEmpty()).isPresent()
            && isFirstAbout(Topic.NO_SIGN_OF_LAYER);
    return (certain || better || known.filter(KnownServer::guess).isEmpty())
        && !mentioned
        && (!OF_ITSELF.contains(remedy.code())
            || known.filter(each -> setsValue(each) || isOfTwice(each)).isPresent())
        // What these statuses say comes before what is known of the server.
        && !(missing && status >= 404 || status == 400)
        // Where a redirect is told, nothing else has to be guessed.
        && remedy.advice().stream().noneMatch(each -> each.isAbout(Topic.REDIRECT_TARGET))
        && !(REDIRECTED.contains(remedy.code())
            && known.filter(KnownServer::isGuessOfLists).isPresent())
        && !(remedy.code().equals("PREFLIGHT_STATUS") && status >= 500)
        && !origin.equals("null");
  }

  /** Who else writes the header is known there. */
  private boolean isOfTwice(KnownServer known) {
    return remedy.code().equals(TWICE) && known.codes().contains(TWICE);
  }

  private boolean isFirstAbout(Topic topic) {
    return remedy.advice().stream().findFirst().filter(each -> each.isAbout(topic)).isPresent();
  }

  /**
   * A service that has a list of its own for that value: there is no code in which to correct it.
   */
  private boolean setsValue(KnownServer known) {
    return remedy.code().equals("ACAO_MISMATCH") && known.codes().contains(KnownServer.LISTED);
  }

  /** For a server at another site than the page, about which nothing is known. */
  private List<Advice> perhapsOfOthers(List<Advice> first, List<Advice> rest) {
    List<Advice> advice = new ArrayList<>(first);
    boolean ofOrigin = OF_ORIGIN.contains(remedy.code());
    boolean file =
        ofOrigin
            && status < 500
            && !origin.equals("null")
            && (AskedFile.isPartOfPage(asked) || AskedFile.isNamedAsPart(asked, paste));
    boolean site = file || remedy.code().equals("ACAO_MISSING") && AskedFile.isStartPage(asked);
    // What is not there has no headers.
    boolean refused = site && status >= 400 && status != 403;
    if (site && !refused) {
      advice.add(ServerOwner.ofSite(file, remedy.code()));
    }
    advice.addAll(rest);
    if (refused) {
      advice.add(
          Math.min(advice.size(), first.size() + 1), ServerOwner.ofSite(file, remedy.code()));
    }
    if (ofOrigin && !site) {
      if (!advice.contains(LayerList.ADD_ORIGIN)) {
        advice.add(Math.min(1, advice.size()), ServerOwner.NOT_YOURS);
      }
      advice.replaceAll(
          each -> each.equals(LayerList.ADD_ORIGIN) ? ServerOwner.YOURS_OR_NOT : each);
    }
    if (remedy.code().equals("PREFLIGHT_STATUS")
        || remedy.code().equals("ACAO_MISSING") && paste.both().contains(OF_PREFLIGHT)) {
      advice.add(ServerOwner.NO_PREFLIGHT);
    }
    if (remedy.code().equals("HEADER_NOT_ALLOWED")) {
      advice.removeIf(each -> each.isAbout(Topic.MAY_REMOVE_HEADER));
      boolean login = ServerOwner.isLogin(remedy, header);
      boolean ofOthers = login && !KnownServer.isDeployment(place);
      advice.add(ofOthers ? 0 : 1, login ? ServerOwner.REMOVE_LOGIN : ServerOwner.REMOVE_HEADER);
    }
    return advice;
  }

  private boolean isAnsweredFile() {
    return status < 400
        && !origin.equals("null")
        && !paste.both().contains("(redirected from")
        && AskedFile.isFile(asked);
  }

  private static Remedy alone(Remedy remedy, List<Advice> advice) {
    return alone(remedy, advice, List.of());
  }

  private static Remedy alone(Remedy remedy, List<Advice> advice, List<String> write) {
    return new Remedy(remedy.code(), remedy.cause(), advice, Optional.empty(), write);
  }
}
