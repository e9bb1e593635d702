package dev.crosswalk.cors.cli.explain.meaning;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.address.Destination;
import dev.crosswalk.cors.cli.explain.address.OriginComparison;
import dev.crosswalk.cors.cli.explain.address.SentOrigin;
import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.explain.settings.ExtensionManifest;
import dev.crosswalk.cors.cli.explain.settings.OtherSetting;
import dev.crosswalk.cors.cli.explain.settings.PageHeaders;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.remedy.Trait;
import dev.crosswalk.cors.cli.remedy.layer.LayerList;
import dev.crosswalk.cors.cli.remedy.request.SchemeRemedy;
import dev.crosswalk.cors.tck.browser.Cause;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

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

  /** A browser has blocked something, for whatever reason. */
  private static final List<String> BLOCKED =
      List.of("ACAO_MISSING", "REASON_MISSING", "SCHEME", "NETWORK", "HIDDEN", "PREFLIGHT_STATUS");

  /** A browser has written it, and no person has. */
  private static final Pattern OF_BROWSER =
      Pattern.compile(
          "\\bblocked by cors policy\\b|\\bcross-origin request blocked\\b|\\brequested resource\\b|\\bis therefore not allowed\\b|\\baccess control checks\\b");

  /** These are not only about CORS, or are also said of requests to the page's own origin. */
  private static final List<String> ANY_REFUSAL = List.of("HIDDEN", "SERVER_REFUSES");

  private MessageRemedy() {}

  /**
   * What a message means.
   *
   * @param whose it is
   * @param code of its meaning
   * @param details of it and of what surrounds it
   */
  static Remedy of(String whose, String code, Details details) {
    Remedy remedy = remedy(whose, code, details);
    String url = details.url();
    if (code.equals("ACAO_MISMATCH")) {
      Optional<Advice> cached =
          ServerOwner.ofCachedFile(url, details.origin(), details.value().strip());
      if (cached.isPresent()) {
        return new Remedy(
            remedy.code(), remedy.cause(), List.of(cached.get()), Optional.empty(), List.of());
      }
    }
    PastedPolicy policy = PastedPolicy.of(details.paste(), details.sendsCredentials());
    Remedy server = ofServer(whose, remedy, details);
    Signs beside = new Signs(new MessageContext(server, policy, details));
    ListedPage listed = new ListedPage(policy, beside, details);
    Remedy asked =
        withAdvice(
            withAdvice(
                listed.withNames(known(server, remedy, beside, details), remedy),
                ofManifest(remedy, details)),
            AskedServer.told(remedy.code(), details));
    Remedy named =
        remedy.code().equals("SERVER_ORIGIN_SYNTAX")
            ? withAdvice(
                asked,
                OtherSetting.told(details.get("setting"), details.paste().pasted())
                    .map(Topic.SETTING::advice))
            : asked;
    Optional<Advice> opened = OriginPair.ofListening(url, details.origin());
    if (opened.isPresent() && code.startsWith("LNA")) {
      return remedy.withOnlyAdvice(List.of(opened.get()));
    }
    Remedy formed =
        ofSentOrigin(
            whose,
            withAdvice(
                withPageHeaders(named, remedy, details),
                opened.filter(each -> remedy.grant().isPresent())),
            details);
    Remedy placed = listed.withQuestion(listed.withClaimed(formed));
    Remedy all = RefusalReason.told(InternalHost.told(placed, details), details);
    Remedy told =
        policy.keepingExisting(
            ClaimedListing.without(SignRules.all().withoutUseless(all, beside), beside),
            url,
            details.value());
    int most = Math.max(MAX_ADVICE, remedy.advice().size());
    boolean granted = told.grant().isPresent();
    String origin = details.origin();
    if (granted && OriginComparison.isForeign(origin)) {
      return toForeign(told, origin);
    }
    String asking = origin.isEmpty() && !granted ? policy.onlyOrigin(url) : origin;
    // Where the text has that origin itself, it is not one that the reader replaces.
    boolean example =
        origin.equals(RequiredGrant.SOME_ORIGIN)
            || !details.paste().both().contains(RequiredGrant.SOME_ORIGIN);
    String page = Destination.at(origin).map(Destination::host).orElse("");
    List<Advice> advice =
        SignRules.all().once(told.advice()).stream()
            .map(each -> example ? named(each, asking, granted) : each)
            .map(each -> NamedProgram.told(each, details.paste(), page))
            .map(each -> isToAdd(each, beside) ? inOwnWords(each, origin, details) : each)
            .toList();
    boolean nobody = HIDDEN.contains(remedy.code()) && url.isEmpty() && origin.isEmpty();
    boolean otherwise = advice.stream().limit(1).anyMatch(MessageRemedy::isWithoutHeaders);
    Remedy whole =
        new Remedy(
            told.code(),
            told.cause(),
            NamedLayer.told(
                GeneralAdvice.behindStatus(
                    GeneralAdvice.without(
                        GeneralAdvice.behind(advice, remedy)
                            .subList(0, Math.min(most, advice.size())),
                        remedy,
                        details),
                    remedy,
                    details),
                remedy,
                details,
                beside),
            told.grant().filter(grant -> !nobody && !otherwise),
            told.write());
    List<Advice> general =
        remedy.advice().stream()
            .map(each -> example ? named(each, asking, granted) : each)
            .toList();
    return NoMessage.told(whole, general);
  }

  /** The text shows the layer, and neither that it has the origin nor that it allows each one. */
  private static boolean isToAdd(Advice advice, Signs beside) {
    return (advice.equals(LayerList.ADD_ORIGIN) || advice.equals(ServerOwner.YOURS_OR_NOT))
        && !beside.has("server.any")
        && !beside.has("lists.page")
        && !beside.has("remark.allows-all");
  }

  private static Advice inOwnWords(Advice advice, String origin, Details details) {
    String words =
        LayerWords.shown(details.paste()).isEmpty()
            ? ""
            : LayerWords.sentence(LayerWords.Lack.ORIGIN, origin, details.paste());
    return words.isEmpty()
        ? advice
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
  private static Remedy ofSentOrigin(String whose, Remedy remedy, Details details) {
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
  private static Remedy withPageHeaders(Remedy told, Remedy remedy, Details details) {
    String subject = details.subject();
    String lack =
        switch (remedy.code()) {
          case "HEADER_NOT_ALLOWED" -> subject + " in Access-Control-Allow-Headers";
          case "METHOD_NOT_ALLOWED" -> subject + " in Access-Control-Allow-Methods";
          case "ACAC_NOT_TRUE" -> "credentials";
          default -> details.origin().isEmpty() ? "the page's origin" : details.origin();
        };
    return Optional.of(details.get("pageHeaders"))
        .filter(name -> !name.isEmpty() && remedy.grant().isPresent())
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
  private static Optional<Advice> ofManifest(Remedy remedy, Details details) {
    boolean blocked = remedy.grant().isPresent() || BLOCKED.contains(remedy.code());
    return blocked
        ? ExtensionManifest.told(details.url(), details.origin(), details.paste().pasted())
            .map(Topic.MANIFEST::advice)
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
  private static Remedy ofServer(String whose, Remedy remedy, Details details) {
    return OriginCheck.isKnown(whose, remedy.code(), details) || remedy.code().startsWith("SRI")
        ? remedy
        : KnownServerRemedy.told(
            remedy,
            header(remedy, details),
            details.url(),
            details.origin(),
            details.paste(),
            details.status());
  }

  /**
   * A remedy with what is known besides.
   *
   * @param told the same remedy with what is known of the server
   */
  private static Remedy known(Remedy told, Remedy remedy, Signs beside, Details details) {
    // A server has to have answered before the form of its path counts, and a wrong header counts
    // whatever the path is.
    Optional<Advice> oddity =
        AskedUrl.oddity(details.url(), details.get("base"))
            .map(Advice::of)
            .filter(each -> told.grant().isPresent() && !remedy.code().equals("ACAO_INVALID"))
            // The server has made the URL of that page, and not the script.
            .filter(each -> !remedy.code().startsWith("LOGIN_"));
    int ofServer =
        remedy.advice().isEmpty()
            ? told.advice().size()
            : Math.max(0, told.advice().indexOf(remedy.advice().get(0)));
    Remedy signed = SignRules.all().told(told, ofServer, beside);
    if (SignRules.all().isAlone(remedy, beside)) {
      return signed;
    }
    int known = Math.max(0, signed.advice().size() - remedy.advice().size());
    boolean configured = signed.grant().isPresent() || remedy.grant().isEmpty();
    Remedy clued =
        Clue.told(
            withAdvice(signed, oddity),
            details.paste(),
            details.url(),
            details.status(),
            header(remedy, details),
            known,
            configured);
    Remedy layered = configured ? LayerFaults.told(clued, details) : clued;
    return SpringAdvice.told(new SettingsAdvice(details).with(layered, remedy), details, remedy);
  }

  /** The request header that is not allowed; empty if that is not the cause. */
  private static String header(Remedy remedy, Details details) {
    return remedy.code().equals("HEADER_NOT_ALLOWED") ? details.subject() : "";
  }

  private static Remedy withAdvice(Remedy remedy, Optional<Advice> first) {
    return first.map(more -> remedy.withAdvice(0, more)).orElse(remedy);
  }

  private static Remedy remedy(String whose, String code, Details details) {
    String url = details.url();
    String origin = details.origin();
    if (code.equals("SCHEME")
        && url.isEmpty()
        && origin.equals("null")
        && details.subject().isEmpty()) {
      return Meaning.of("FILE", details);
    }
    if (code.equals("FILE") && SchemeRemedy.isOfApp(url)) {
      return SchemeRemedy.fileOfApp();
    }
    if (code.equals("WORKER") && (url.startsWith("file:") || origin.equals("null"))) {
      return SchemeRemedy.isOfApp(url) ? SchemeRemedy.fileOfApp() : Meaning.of("FILE", details);
    }
    if (ANY_REFUSAL.contains(code)
        && !url.isEmpty()
        && AskedUrl.origin(url).equalsIgnoreCase(origin)) {
      // Spring answers 403 with these words, also to a page of its own.
      boolean answered = whose.equals("Spring") || details.get("status").equals("403");
      return Meaning.of(
          code.equals("HIDDEN")
              ? "SAME_ORIGIN"
              : answered ? "OWN_ORIGIN_REFUSED" : "SAME_ORIGIN_REFUSED",
          details);
    }
    Optional<Remedy> check = OriginCheck.told(whose, code, details);
    if (check.isPresent()) {
      return check.get();
    }
    Optional<String> variant = MeaningVariant.of(whose, code, details);
    if (variant.isPresent()) {
      return Meaning.of(variant.get(), details);
    }
    if (BLOCKED.contains(code)) {
      if (url.startsWith("data:") || url.startsWith("about:")) {
        return SchemeRemedy.replaced("a " + url.substring(0, url.indexOf(':') + 1) + " URL");
      }
      if (SchemeRemedy.isSchemeOfApp(url)) {
        return CorsCause.remedy(whose, Cause.SCHEME, details);
      }
      if (url.startsWith("file:") && !code.equals("SCHEME")) {
        return SchemeRemedy.isOfApp(url) ? SchemeRemedy.fileOfApp() : Meaning.of("FILE", details);
      }
    }
    // No server should name a file as an origin.
    if (origin.startsWith("file:")
        && (BLOCKED.contains(code) || code.startsWith("ACAO_"))
        && !code.equals("SCHEME")) {
      return Meaning.of(url.startsWith("http") ? "FILE/asking" : "FILE", details);
    }
    if (whose.equals(Speaker.LOG) && details.status() / 100 == 2) {
      return Meaning.of("PREFLIGHT_ANSWERED", details);
    }
    return CorsCause.told(whose, code, details).orElseGet(() -> Meaning.of(code, details));
  }
}
