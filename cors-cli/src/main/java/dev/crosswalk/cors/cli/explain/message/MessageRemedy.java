package dev.crosswalk.cors.cli.explain.message;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.address.Destination;
import dev.crosswalk.cors.cli.explain.address.OriginComparison;
import dev.crosswalk.cors.cli.explain.address.SentOrigin;
import dev.crosswalk.cors.cli.explain.clue.Clue;
import dev.crosswalk.cors.cli.explain.clue.LayerFaults;
import dev.crosswalk.cors.cli.explain.clue.SpringAdvice;
import dev.crosswalk.cors.cli.explain.meaning.GeneralRemedy;
import dev.crosswalk.cors.cli.explain.meaning.InternalHost;
import dev.crosswalk.cors.cli.explain.meaning.NoMessage;
import dev.crosswalk.cors.cli.explain.meaning.OriginCheck;
import dev.crosswalk.cors.cli.explain.meaning.Speaker;
import dev.crosswalk.cors.cli.explain.page.ExtensionManifest;
import dev.crosswalk.cors.cli.explain.page.PageHeaders;
import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.explain.server.AskedServer;
import dev.crosswalk.cors.cli.explain.server.KnownServer;
import dev.crosswalk.cors.cli.explain.server.KnownServerRemedy;
import dev.crosswalk.cors.cli.explain.server.OriginPair;
import dev.crosswalk.cors.cli.explain.server.ServerOwner;
import dev.crosswalk.cors.cli.explain.settings.OtherSetting;
import dev.crosswalk.cors.cli.explain.sign.ClaimedListing;
import dev.crosswalk.cors.cli.explain.sign.LayerWords;
import dev.crosswalk.cors.cli.explain.sign.MessageContext;
import dev.crosswalk.cors.cli.explain.sign.PastedPolicy;
import dev.crosswalk.cors.cli.explain.sign.SignRules;
import dev.crosswalk.cors.cli.explain.sign.Signs;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.remedy.Trait;
import dev.crosswalk.cors.cli.remedy.layer.LayerList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The remedy of a message: what its meaning tells in general, what is known of the server, what
 * signs, clues and readers of the paste find, and of all that the first few.
 */
final class MessageRemedy {

  /** The right remedy and two more: a longer list is not read. */
  private static final int MAX_ADVICE = 3;

  /** What the answer begins with where no header of a server is to be changed. */
  private static final Topic[] WITHOUT_HEADERS = {
    Topic.OTHER_FAULT, Topic.ROUTES_WITH_SLASH, Topic.PATH_SLASH, Topic.SENT_ORIGIN
  };

  /** Without a URL and a page, a policy does not help. */
  private static final List<String> HIDDEN = List.of("HIDDEN", "SERVICE_WORKER");

  /** A browser has written it, and no person has. */
  private static final Pattern OF_BROWSER =
      Pattern.compile(
          "\\bblocked by cors policy\\b|\\bcross-origin request blocked\\b|\\brequested resource\\b|\\bis therefore not allowed\\b|\\baccess control checks\\b");

  private final String whose;
  private final String code;
  private final Details details;
  private final Remedy general;
  private final PastedPolicy policy;
  private final Remedy ofServer;
  private final Signs beside;
  private final ListedPage listed;

  private MessageRemedy(String whose, String code, Details details) {
    this.whose = whose;
    this.code = code;
    this.details = details;
    general = GeneralRemedy.of(whose, code, details);
    policy = PastedPolicy.of(details.paste(), details.sendsCredentials());
    ofServer = ofServer();
    beside = new Signs(new MessageContext(ofServer, policy, details));
    listed = new ListedPage(policy, beside, details);
  }

  /**
   * What a message means.
   *
   * @param whose it is
   * @param code of its meaning
   * @param details of it and of what surrounds it
   */
  static Remedy of(String whose, String code, Details details) {
    MessageRemedy message = new MessageRemedy(whose, code, details);
    return message.alone().orElseGet(() -> message.shown(message.found()));
  }

  /** What makes all other advice needless. */
  private Optional<Remedy> alone() {
    if (code.startsWith("LNA")) {
      return listening().map(advice -> general.withOnlyAdvice(List.of(advice)));
    }
    return code.equals("ACAO_MISMATCH")
        ? ServerOwner.ofCachedFile(details.url(), details.origin(), details.value().strip())
            .map(
                advice ->
                    new Remedy(
                        general.code(),
                        general.cause(),
                        List.of(advice),
                        Optional.empty(),
                        List.of()))
        : Optional.empty();
  }

  /** Where a server of this machine listens, and the page asks it by another name. */
  private Optional<Advice> listening() {
    return OriginPair.ofListening(details.url(), details.origin());
  }

  /** What the readers of the paste find. Each puts its advice in front of what is there. */
  private Remedy found() {
    List<UnaryOperator<Remedy>> readers =
        List.of(
            this::withSignsAndClues,
            told -> listed.withNames(told, general),
            told -> withAdvice(told, ofManifest()),
            told -> withAdvice(told, AskedServer.told(general.code(), details)),
            told -> withAdvice(told, ofOtherSetting()),
            this::withPageHeaders,
            told -> withAdvice(told, listening().filter(each -> general.grant().isPresent())),
            this::withSentOrigin,
            listed::withClaimed,
            listed::withQuestion,
            told -> InternalHost.told(told, details),
            told -> RefusalReason.told(told, details),
            told -> SignRules.all().withoutUseless(told, beside),
            told -> ClaimedListing.without(told, beside),
            told -> policy.keepingExisting(told, details.url(), details.value()));
    Remedy found = ofServer;
    for (UnaryOperator<Remedy> reader : readers) {
      found = reader.apply(found);
    }
    return found;
  }

  /** The first few of what is found, in the words of this paste. */
  private Remedy shown(Remedy found) {
    String origin = details.origin();
    boolean granted = found.grant().isPresent();
    if (granted && OriginComparison.isForeign(origin)) {
      return toForeign(found, origin);
    }
    List<Advice> worded =
        named(SignRules.all().once(found.advice()), granted).stream()
            .map(this::inOwnWords)
            .toList();
    int most = Math.min(Math.max(MAX_ADVICE, general.advice().size()), worded.size());
    List<UnaryOperator<List<Advice>>> orders =
        List.of(
            told -> GeneralAdvice.behind(told, general).subList(0, most),
            told -> GeneralAdvice.without(told, general, details),
            told -> GeneralAdvice.behindStatus(told, general, details),
            told -> NamedLayer.told(told, general, details, beside));
    List<Advice> advice = worded;
    for (UnaryOperator<List<Advice>> order : orders) {
      advice = order.apply(advice);
    }
    if (advice.stream().noneMatch(each -> each.isAbout(Topic.PAGE_SECRET))) {
      advice = withSecret(advice);
    }
    boolean nobody = HIDDEN.contains(general.code()) && details.url().isEmpty() && origin.isEmpty();
    boolean otherwise = worded.stream().limit(1).anyMatch(MessageRemedy::isWithoutHeaders);
    Remedy whole =
        new Remedy(
            found.code(),
            found.cause(),
            advice,
            found.grant().filter(grant -> !nobody && !otherwise).map(this::withPassHeader),
            found.write());
    return NoMessage.told(whole, named(general.advice(), granted));
  }

  /** What people paste with a URL is of everybody from then on. */
  private List<Advice> withSecret(List<Advice> advice) {
    return AskedUrl.secret(details.url())
        .map(
            name ->
                Advice.of(
                    "Beside this: the URL in your paste has "
                        + name
                        + ". If that is a secret, and its value a real one, change it: everybody who"
                        + " reads your paste can use it. What is secret belongs on your own server, as a"
                        + " page shows it to every visitor."))
        .map(last -> Stream.concat(advice.stream(), Stream.of(last)).toList())
        .orElse(advice);
  }

  /** A header that the page is told to send has to be allowed as well. */
  private RequiredGrant withPassHeader(RequiredGrant grant) {
    String header =
        general.code().equals("ACAO_MISSING") ? KnownServer.passHeader(details.url()) : "";
    return header.isEmpty() ? grant : grant.withRequestHeader(header);
  }

  /** With the page's own origin in place of an example. */
  private List<Advice> named(List<Advice> advice, boolean granted) {
    String origin = details.origin();
    // Where the text has that origin itself, it is not one that the reader replaces.
    boolean example =
        origin.equals(RequiredGrant.SOME_ORIGIN)
            || !details.paste().both().contains(RequiredGrant.SOME_ORIGIN);
    if (!example) {
      return advice;
    }
    String asking = origin.isEmpty() && !granted ? policy.onlyOrigin(details.url()) : origin;
    return advice.stream().map(each -> named(each, asking, granted)).toList();
  }

  /** The text shows the layer, and neither that it has the origin nor that it allows each one. */
  private boolean isToAdd(Advice advice) {
    return (advice.equals(LayerList.ADD_ORIGIN) || advice.equals(ServerOwner.YOURS_OR_NOT))
        && !beside.has("server.any")
        && !beside.has("lists.page")
        && !beside.has("remark.allows-all");
  }

  /** With the names that the paste has for a program, and for a list of origins. */
  private Advice inOwnWords(Advice advice) {
    String page = Destination.at(details.origin()).map(Destination::host).orElse("");
    Advice told = NamedProgram.told(advice, details.paste(), page);
    String words =
        !isToAdd(told) || LayerWords.shown(details.paste()).isEmpty()
            ? ""
            : LayerWords.sentence(LayerWords.Lack.ORIGIN, details.origin(), details.paste());
    return words.isEmpty()
        ? told
        : Topic.ADD_ORIGIN.advice(
            "Add the origin to the list of the CORS layer in your paste, and check that it covers"
                + " this path, errors and preflights."
                + words);
  }

  private static boolean isWithoutHeaders(Advice first) {
    return first.isAbout(WITHOUT_HEADERS)
        || first.isAbout(Topic.ANSWERED_BY) && first.has(Trait.NOT_CORS);
  }

  /**
   * Where somebody has written the request's Origin by hand, its form counts before the server's
   * list. A browser that complains has sent its own.
   */
  private Remedy withSentOrigin(Remedy remedy) {
    // What somebody says is missing is in a browser's words as well.
    boolean ofBrowser =
        Speaker.isBrowser(whose)
            && (OF_BROWSER.matcher(details.paste().plain()).find()
                || !details.origin().isEmpty() && !details.has("toldPage"));
    Optional<SentOrigin> sent = ofBrowser ? Optional.empty() : SentOrigin.in(details.get("code"));
    if (sent.isEmpty()) {
      return remedy;
    }
    // Who writes a mere name may mean a site that has to be refused.
    boolean first =
        !sent.get().isBare() || details.paste().pasted().contains("//" + sent.get().written());
    boolean told = remedy.advice().stream().anyMatch(each -> each.isAbout(Topic.SENT_ORIGIN));
    if (told && !first) {
      return remedy;
    }
    // The slash is that of the request, unless a list has one as well.
    boolean listed = !PastedPolicy.of(details.paste(), false).origins().broken("").isEmpty();
    List<Advice> rest =
        remedy.advice().stream()
            .filter(each -> !each.isAbout(Topic.SENT_ORIGIN))
            .filter(each -> listed || !each.isAbout(Topic.SLASH))
            .toList();
    return remedy
        .withOnlyAdvice(rest)
        .withAdvice(
            first ? 0 : Math.min(1, rest.size()), Topic.SENT_ORIGIN.advice(sent.get().words()));
  }

  /** What the page's own host sends does not count for the answer of another server. */
  private Remedy withPageHeaders(Remedy told) {
    String subject = details.subject();
    String lack =
        switch (general.code()) {
          case "HEADER_NOT_ALLOWED" -> subject + " in Access-Control-Allow-Headers";
          case "METHOD_NOT_ALLOWED" -> subject + " in Access-Control-Allow-Methods";
          case "ACAC_NOT_TRUE" -> "credentials";
          default -> details.origin().isEmpty() ? "the page's origin" : details.origin();
        };
    return Optional.of(details.get("pageHeaders"))
        .filter(name -> !name.isEmpty() && general.grant().isPresent())
        .map(PageHeaders::valueOf)
        .map(own -> Topic.PAGE_HEADERS.advice(own.words(AskedUrl.origin(details.url()), lack)))
        // An error is to be solved first.
        .map(
            each ->
                told.withAdvice(
                    details.status() < 400 ? 0 : Math.min(1, told.advice().size()), each))
        .orElse(told);
  }

  /** What the manifest of a browser extension in the text says of this request. */
  private Optional<Advice> ofManifest() {
    boolean blocked = general.grant().isPresent() || GeneralRemedy.BLOCKED.contains(general.code());
    return blocked
        ? ExtensionManifest.told(details.url(), details.origin(), details.paste().pasted())
            .map(Topic.MANIFEST::advice)
        : Optional.empty();
  }

  /** The setting that an error names, where another one is shown. */
  private Optional<Advice> ofOtherSetting() {
    return general.code().equals("SERVER_ORIGIN_SYNTAX")
        ? OtherSetting.told(details.get("setting"), details.paste().pasted())
            .map(Topic.SETTING::advice)
        : Optional.empty();
  }

  /** What is told of an origin that must not get in, by its name: nothing that lets it in. */
  private static Remedy toForeign(Remedy remedy, String origin) {
    return new Remedy(
        remedy.code(),
        remedy.cause(),
        List.of(
            Advice.of(
                "By its name, "
                    + origin
                    + " is an origin that has to be refused. Then the browser does what it should, and nothing has"
                    + " to change for that page."),
            Advice.of(
                "If its pages are yours, and should read that answer: add it to the server's list of origins, exactly"
                    + " as the browser writes it.")),
        Optional.empty(),
        List.of());
  }

  /** A piece of advice with the page's own origin, where it leaves that to the reader. */
  private static Advice named(Advice advice, String origin, boolean granted) {
    boolean left = advice.showsExample() && (granted || advice.has(Trait.NAMES_PAGE));
    return left && origin.startsWith("http") ? advice.ofPage(origin) : advice;
  }

  /**
   * What is known of the server, and of who asks it, is looked at first; but not where its own
   * message has told which program it is.
   */
  private Remedy ofServer() {
    return OriginCheck.isKnown(whose, general.code(), details) || general.code().startsWith("SRI")
        ? general
        : KnownServerRemedy.told(
            general, header(), details.url(), details.origin(), details.paste(), details.status());
  }

  /** Signs, clues, and the readers of CORS layers and of settings. */
  private Remedy withSignsAndClues(Remedy told) {
    // A server has to have answered before the form of its path counts, and a wrong header counts
    // whatever the path is.
    Optional<Advice> oddity =
        AskedUrl.oddity(details.url(), details.get("base"))
            .map(Advice::of)
            .filter(each -> told.grant().isPresent() && !general.code().equals("ACAO_INVALID"))
            // The server has made the URL of that page, and not the script.
            .filter(each -> !general.code().startsWith("LOGIN_"));
    int ofServer =
        general.advice().isEmpty()
            ? told.advice().size()
            : Math.max(0, told.advice().indexOf(general.advice().get(0)));
    Remedy signed = SignRules.all().told(told, ofServer, beside);
    if (SignRules.all().isAlone(general, beside)) {
      return signed;
    }
    int known = Math.max(0, signed.advice().size() - general.advice().size());
    boolean configured = signed.grant().isPresent() || general.grant().isEmpty();
    Remedy odd = withAdvice(signed, oddity);
    Remedy byClues =
        Clue.told(
            odd, details.paste(), details.url(), details.status(), header(), known, configured);
    Remedy clued = withCode(byClues, byClues.advice().size() - odd.advice().size());
    Remedy layered = configured ? LayerFaults.told(clued, told.advice(), details) : clued;
    return SpringAdvice.told(new SettingsAdvice(details).with(layered, general), details, general);
  }

  /** What code without a CORS layer lacks is behind what is known more exactly. */
  private Remedy withCode(Remedy told, int exact) {
    return NamedLayer.ofCode(general, details, beside)
        .map(advice -> told.withAdvice(Math.max(0, exact), advice))
        .orElse(told);
  }

  /** The request header that is not allowed; empty if that is not the cause. */
  private String header() {
    return general.code().equals("HEADER_NOT_ALLOWED") ? details.subject() : "";
  }

  private static Remedy withAdvice(Remedy remedy, Optional<Advice> first) {
    return first.map(more -> remedy.withAdvice(0, more)).orElse(remedy);
  }
}
