package dev.crosswalk.cors.cli.explain.meaning;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.address.Destination;
import dev.crosswalk.cors.cli.explain.address.OriginComparison;
import dev.crosswalk.cors.cli.explain.address.OtherAddress;
import dev.crosswalk.cors.cli.explain.paste.BoundedText;
import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.explain.paste.GoodAnswers;
import dev.crosswalk.cors.cli.explain.paste.PastedText;
import dev.crosswalk.cors.cli.explain.settings.AllowList;
import dev.crosswalk.cors.cli.explain.settings.CoveredPaths;
import dev.crosswalk.cors.cli.explain.settings.DevelopmentProxy;
import dev.crosswalk.cors.cli.explain.settings.Listener;
import dev.crosswalk.cors.cli.explain.settings.MisspelledHeader;
import dev.crosswalk.cors.cli.explain.settings.PassedPath;
import dev.crosswalk.cors.cli.explain.settings.PastedPatterns;
import dev.crosswalk.cors.cli.explain.settings.Routes;
import dev.crosswalk.cors.cli.explain.settings.ToldSetting;
import dev.crosswalk.cors.cli.explain.settings.TwoLists;
import dev.crosswalk.cors.cli.remedy.MistypedOrigin;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.tck.browser.Methods;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Url;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What stands beside a message: what the page's code does, what the server's code and configuration
 * say, and what a person remarks. Each of these is a sign. It is looked for when a {@linkplain
 * SignRules rule} asks for it, and once for each message.
 */
public final class Signs {

  private static final String METHOD = "METHOD_NOT_ALLOWED";

  /** With these a CORS layer refuses a preflight itself. */
  private static final List<String> REFUSALS = List.of("400", "403");

  private static final Pattern HOLE = Pattern.compile("\\{([a-z]+)}");

  private static final Map<String, Predicate<Signs>> OF_MESSAGE =
      Map.ofEntries(
          Map.entry("preflight", Signs::isOfPreflight),
          Map.entry("redirected", Signs::isRedirected),
          Map.entry("error", Signs::isError),
          Map.entry("error.else", each -> each.isError() && !REFUSALS.contains(each.status)),
          Map.entry("no.subject", each -> each.subject.isEmpty()),
          Map.entry("subject.type", each -> each.value("subject").equalsIgnoreCase("content-type")),
          Map.entry(
              "subject.authorization",
              each -> each.value("subject").equalsIgnoreCase("authorization")),
          Map.entry("subject.listed", Signs::saysListed),
          Map.entry("asks.method", Signs::asksMethod),
          Map.entry("asks.first", Signs::asksFirst),
          Map.entry("asks.response-headers", each -> each.details.has("sendsResponseHeaders")),
          Map.entry(
              "subject.response-header",
              each -> Bytes.lowerCase(each.value("subject")).startsWith("access-control-")),
          Map.entry("asks.type", each -> !each.value("sendsTypeWithoutBody").isEmpty()),
          Map.entry("asks.type-alone", each -> each.value("sendsTypeWithoutBody").equals("alone")),
          Map.entry("commented", each -> each.details.has("commented")),
          Map.entry("status.401", each -> each.status.equals("401")),
          Map.entry("status.404", each -> each.status.equals("404")),
          Map.entry("proxy.commented", each -> each.details.has("proxyCommented")),
          Map.entry("settings.told", each -> ToldSetting.in(each.details).isPresent()),
          Map.entry("granted", each -> each.remedy.grant().isPresent()),
          Map.entry("mistake", Signs::isMistake));

  private static final Map<String, Predicate<Signs>> OF_PLACES =
      Map.ofEntries(
          Map.entry("local.page", each -> Destination.isLoopback(each.origin)),
          Map.entry("local.server", each -> Destination.isLoopback(each.url)),
          Map.entry("http.url", each -> each.url.startsWith("http")),
          Map.entry("http.server", each -> each.url.matches("http://[^/:]+[.][a-z]{2,}(?:/.*)?")),
          Map.entry("no.page", each -> each.origin.isEmpty()),
          Map.entry("null.page", each -> each.origin.equals("null")),
          Map.entry("no.port", Signs::hasNoPort),
          Map.entry("elsewhere", Signs::isElsewhere),
          Map.entry("no.url", each -> each.url.isEmpty()),
          Map.entry(
              "page.away", each -> !each.origin.isEmpty() && !Destination.isLoopback(each.origin)),
          Map.entry("page.near", each -> Destination.isOfNetwork(each.origin)),
          Map.entry("page.private", each -> Destination.isPrivate(each.origin)),
          Map.entry("file.of-site", each -> KnownServerRemedy.isFileOfSite(each.url)),
          Map.entry("page.elsewhere-works", each -> each.hasWord("works")),
          Map.entry("page.tunnel", each -> Destination.isTunnel(each.origin)),
          Map.entry("by.firefox", each -> each.value(Meaning.PROGRAM).contains("Firefox")),
          Map.entry("by.flutter", each -> each.value(Meaning.PROGRAM).equals("Flutter")),
          Map.entry("by.ie", each -> each.value(Meaning.PROGRAM).startsWith("Edge and")),
          Map.entry("by.safari", each -> each.value(Meaning.PROGRAM).contains("Safari")),
          Map.entry(
              "listener.of-page", each -> Listener.isOfPage(each.url, each.origin, each.text)),
          Map.entry("proxy.elsewhere", each -> DevelopmentProxy.isElsewhere(each.url, each.text)),
          Map.entry("path.passed", each -> each.isOutside() && each.hasWord("passed")),
          Map.entry("path.outside", each -> each.isOutside() && !each.hasWord("passed")),
          Map.entry("path.slash", each -> each.hasWord("route")));

  private static final Map<String, Predicate<Signs>> OF_ORIGINS =
      Map.ofEntries(
          Map.entry(
              "server.choice", each -> !each.policy.settled() && each.hasWords("server.choice")),
          Map.entry("lists.origins", each -> !each.policy.origins().values().isEmpty()),
          Map.entry("lists.page", Signs::listsPage),
          Map.entry("says.listed", each -> Done.isSaidListed(each.origin, each.text)),
          Map.entry("lists.others", Signs::listsOthers),
          Map.entry("lists.server", Signs::listsServer),
          Map.entry("lists.patterns", Signs::listsPatterns),
          Map.entry("lists.bare", each -> each.hasWord("bare") && !each.listsPage()),
          Map.entry("lists.sent", each -> each.policy.origins().has(each.word("sent"))),
          Map.entry("lists.apart", each -> each.hasWord("apart")),
          Map.entry("lists.several", each -> each.policy.origins().values().size() > 1),
          Map.entry("sent.by-header", Signs::isSentByHeader),
          Map.entry("sent.without-port", Signs::isSentWithoutPort),
          Map.entry("lists.slash", each -> each.word("broken").equals(each.word("whole") + "/")),
          Map.entry(
              "lists.broken-server",
              each ->
                  each.hasWord("broken") && each.word("whole").equals(AskedUrl.origin(each.url))),
          Map.entry("lists.broken", each -> each.hasWord("broken")));

  private static final Map<String, Predicate<Signs>> OF_METHODS_AND_HEADERS =
      Map.ofEntries(
          Map.entry("method.case", Signs::isMethodOfOtherCase),
          Map.entry("lists.method", each -> each.isListed(each.policy.methods(), each.subject)),
          Map.entry("lists.methods", each -> each.policy.methods().whole()),
          Map.entry("lists.less", Signs::listsLess),
          Map.entry("lists.header", each -> each.isListed(each.policy.headers(), each.subject)),
          Map.entry("lists.headers", each -> each.policy.headers().whole()),
          Map.entry("answer.page", Signs::answersPage),
          Map.entry("answer.good", Signs::isGoodShown),
          Map.entry("answer.any", each -> each.value("value").strip().equals("*")),
          Map.entry("lists.told", each -> !each.value("value").isEmpty()),
          Map.entry("policy.misspelled", each -> each.hasWord("nearsource")),
          Map.entry("policy.listed", Signs::isInOtherPolicy),
          Map.entry("url.corrected", each -> each.hasWord("corrected")),
          Map.entry("lists.received", each -> each.hasWord("received")),
          Map.entry("header.misspelled", each -> each.hasWord("misspelled")),
          Map.entry("lists.typo", each -> each.hasWord("typo")),
          Map.entry("lists.exposed", each -> each.hasWord("exposed")),
          Map.entry("own.origin", each -> each.hasWord("ownorigin")),
          Map.entry("own.header", each -> each.hasWord("ownheader")),
          Map.entry("own.exposed", each -> each.hasWord("ownexposed")),
          Map.entry("own.credentials", each -> each.hasWord("owncredentials")),
          Map.entry(
              "exposes.subject", each -> each.policy.exposed().has(Bytes.lowerCase(each.subject))),
          Map.entry(
              "asks.unlisted", each -> each.policy.headers().whole() && each.hasWord("unlisted")));

  private static final List<Map<String, Predicate<Signs>>> COMPUTED =
      List.of(OF_MESSAGE, OF_PLACES, OF_ORIGINS, OF_METHODS_AND_HEADERS);

  /** What fills the holes of a piece of advice. */
  private static final Map<String, Function<Signs, String>> WORDS =
      Map.ofEntries(
          Map.entry("origin", each -> each.origin.isEmpty() ? "the page's origin" : each.origin),
          Map.entry("subject", each -> each.subject),
          Map.entry("method", each -> each.method),
          Map.entry("methods", each -> each.policy.shownMethods()),
          Map.entry("headers", each -> each.policy.shownHeaders()),
          Map.entry(
              "received",
              each ->
                  TwoLists.received(each.subject, each.text)
                      .map(list -> each.value("value").isBlank() ? list : each.value("value"))
                      .orElse("")),
          Map.entry(
              "misspelled", each -> each.misspelled().map(MisspelledHeader::written).orElse("")),
          Map.entry("nearsource", Signs::nearSource),
          Map.entry("wholesource", Signs::wholeSource),
          Map.entry("asked", each -> each.url),
          Map.entry("corrected", Signs::corrected),
          Map.entry("spelled", each -> each.misspelled().map(MisspelledHeader::meant).orElse("")),
          Map.entry("typo", each -> each.typo().getKey()),
          Map.entry("meant", each -> each.typo().getValue()),
          Map.entry("exposed", Signs::exposed),
          Map.entry("unlisted", Signs::unlisted),
          Map.entry("listed", each -> each.policy.origins().nearest(each.origin)),
          Map.entry(
              "works",
              each ->
                  OtherAddress.thatWorks(each.origin, AskedUrl.origin(each.url), each.text)
                      .orElse("")),
          Map.entry("sent", each -> Bytes.lowerCase(each.value("value"))),
          Map.entry("apart", each -> AllowList.apart(each.origin, each.text).orElse("")),
          Map.entry("passed", each -> PassedPath.of(each.url, each.text).orElse("")),
          Map.entry("differs", Signs::differs),
          Map.entry("bare", each -> AllowList.withoutScheme(each.origin, each.text).orElse("")),
          Map.entry("broken", each -> each.policy.origins().broken(each.origin)),
          Map.entry("whole", each -> AskedUrl.origin(each.word("broken"))),
          Map.entry("pattern", each -> PastedPatterns.without(each.origin, each.text).orElse("")),
          Map.entry("covered", each -> each.covered().toString()),
          Map.entry("place", each -> each.covered().place()),
          Map.entry("route", each -> Routes.nearly(each.url, each.text)),
          Map.entry("ownorigin", each -> each.inOwnWords(LayerWords.Lack.ORIGIN, each.page())),
          Map.entry("ownmethod", each -> each.inOwnWords(LayerWords.Lack.METHOD, each.subject())),
          Map.entry("ownheader", each -> each.inOwnWords(LayerWords.Lack.HEADER, each.lacking())),
          Map.entry("ownexposed", each -> each.inOwnWords(LayerWords.Lack.EXPOSED, each.subject)),
          Map.entry(
              "owncredentials", each -> each.inOwnWords(LayerWords.Lack.CREDENTIALS, each.page())),
          Map.entry(
              "named",
              each ->
                  LayerWords.in(each.paste)
                      .flatMap(layer -> layer.written(LayerWords.Lack.ORIGIN, each.page()))
                      .orElse("origin: \"" + each.page() + '"')),
          Map.entry("server", each -> AskedUrl.origin(each.url)));

  private final Remedy remedy;
  private final PastedPolicy policy;
  private final Details details;
  private final PastedText paste;

  /** As it was pasted, in lower case. */
  private final String text;

  private final String origin;
  private final String url;
  private final String status;
  private final String method;

  /** What the message is about. Firefox does not name the method. */
  private final String subject;

  private @Nullable CoveredPaths covered;
  private final Map<String, Boolean> found = new HashMap<>();
  private final Map<String, String> words = new HashMap<>();

  /**
   * Beside a message.
   *
   * @param remedy of the message, as far as it is known without them
   * @param policy what the server's code allows
   * @param details of the message, and the paste
   */
  Signs(Remedy remedy, PastedPolicy policy, Details details) {
    this.remedy = remedy;
    this.policy = policy;
    this.details = details;
    this.paste = details.paste();
    this.text = paste.pasted();
    this.origin = value("origin");
    this.url = value("url");
    this.status = value("status");
    this.method = value("method");
    this.subject =
        details.get("subject", remedy.code().equals(METHOD) && asksMethod() ? method : "");
  }

  /** Whether a sign of words is in a paste. */
  public static boolean has(String sign, PastedText paste) {
    return Objects.requireNonNull(SignRules.all().words().get(sign), sign).stream()
        .anyMatch(paste::has);
  }

  /** Whether there is a sign of that name that is not one of words. */
  static boolean isComputed(String name) {
    return computed(name).isPresent();
  }

  /** The names of those that are not words. */
  static Stream<String> computed() {
    return COMPUTED.stream().flatMap(group -> group.keySet().stream());
  }

  private static Optional<Predicate<Signs>> computed(String name) {
    return COMPUTED.stream().flatMap(group -> Stream.ofNullable(group.get(name))).findFirst();
  }

  /** The names of the holes in a piece of advice. */
  static Stream<String> holes(String advice) {
    return HOLE.matcher(advice).results().map(hole -> hole.group(1));
  }

  static boolean isWord(String hole) {
    return WORDS.containsKey(hole);
  }

  /** Whether there is no text in which to look for any. */
  boolean isNothing() {
    return paste.isEmpty();
  }

  /** Whether a sign is there. */
  boolean has(String name) {
    Boolean known = found.get(name);
    if (known == null) {
      known = computed(name).map(sign -> sign.test(this)).orElseGet(() -> hasWords(name));
      found.put(name, known);
    }
    return known;
  }

  private boolean hasWords(String name) {
    return has(name, paste);
  }

  /** A piece of advice with its holes filled. */
  String filled(String advice) {
    return HOLE.matcher(advice).replaceAll(hole -> Matcher.quoteReplacement(word(hole.group(1))));
  }

  private String word(String hole) {
    String known = words.get(hole);
    if (known == null) {
      known = Objects.requireNonNull(WORDS.get(hole), hole).apply(this);
      words.put(hole, known);
    }
    return known;
  }

  private boolean hasWord(String hole) {
    return !word(hole).isEmpty();
  }

  private String value(String name) {
    return details.get(name);
  }

  // --------------------------------------------------------------------------------- the message

  private boolean isOfPreflight() {
    // Firefox and Safari say the same of both.
    return details.isOfPreflight()
        || remedy.code().startsWith("PREFLIGHT_")
        || asksFirst() && has("message.either");
  }

  /** Whether a person says that the list has it; a name of a header or a method is a word there. */
  private boolean saysListed() {
    return !subject.isEmpty()
        && BoundedText.next(
            BoundedText.matcher(
                Pattern.compile(LISTED.replace("NAME", Pattern.quote(Bytes.lowerCase(subject)))),
                paste.plain()));
  }

  private static final String LISTED =
      "\\b(?:(?:list|config(?:uration)?|settings?|headers?|server|plugin|it|code|response|answer)\\b[^.?:\\n]{0,40}\\b(?:does|do|already|clearly|definitely|also) (?:contain|include|list|allow|have|has|send)s?"
          + "|(?:i|we) (?:have |ve )?(?:already |also |even )?(?:added|allowed|listed|included|set|specified|put)|(?:already|clearly|definitely) (?:contains?|includes?|lists?|allows?|has|have|added|allowed|set))"
          + " (?:[a-z]{2,10} ){0,2}NAME(?![\\w-])"
          + "|\\bNAME (?:header |method )?(?:is|are|was) (?:already|clearly|definitely|in the list|listed|in access-control-allow|in the access-control-allow|included in)";

  private boolean isMistake() {
    return LayerFaults.isFault(remedy, details)
        || SpringAdvice.isFault(remedy, details)
        || Clue.isCertain(paste, remedy);
  }

  private boolean isRedirected() {
    return details.has("target") || details.has("initialUrl");
  }

  private boolean isError() {
    return status.startsWith("4") || status.startsWith("5");
  }

  private boolean asksMethod() {
    return !method.isEmpty() && !Methods.isSafelisted(method);
  }

  /** Whether the browser sends a preflight, as far as the page's code tells. */
  private boolean asksFirst() {
    return asksMethod() || !details.requestHeaders().isEmpty();
  }

  // ------------------------------------------------------------------------------ page and server

  private boolean hasNoPort() {
    return Destination.isLoopback(url) && url.matches("https?://[^/:]+(?:/.*)?");
  }

  private CoveredPaths covered() {
    if (covered == null) {
      covered = CoveredPaths.of(text);
    }
    return covered;
  }

  /** A proxy may change the path, and the CORS layer is behind that. */
  private boolean isOutside() {
    return !covered().patterns().isEmpty()
        && covered().isOutside(hasWord("passed") ? AskedUrl.origin(url) + word("passed") : url);
  }

  private boolean isElsewhere() {
    return Url.parse(url)
        .filter(asked -> asked.host() != null && TwoOrigins.isElsewhere(asked, origin))
        .isPresent();
  }

  // -------------------------------------------------------------------------- the list of origins

  private boolean listsPage() {
    return policy.origins().has(origin);
  }

  /** Someone who lists the server that is asked has taken it for the page. */
  private boolean listsAsked() {
    return !listsPage() && policy.origins().has(AskedUrl.origin(url));
  }

  /** A page of the web, or one inside of an app. */
  private static final Pattern OF_PAGE =
      Pattern.compile("(?:https?|capacitor|ionic|tauri|app)://.+");

  private boolean listsOthers() {
    return policy.origins().whole()
        && OF_PAGE.matcher(origin).matches()
        && !listsPage()
        && !listsAsked();
  }

  private boolean listsServer() {
    return listsAsked()
        && policy.origins().whole()
        && remedy.grant().isPresent()
        && (origin.isEmpty() || origin.startsWith("http"));
  }

  private boolean listsPatterns() {
    return origin.startsWith("http") && !listsPage() && hasWord("pattern");
  }

  /** Whether a line sends one value to every page. */
  private boolean isSentByHeader() {
    return hasWord("sent")
        && Pattern.compile(
                "access-control-allow-origin[\"'`]?[ \t]{0,4}[,:=]?[ \t]{0,4}[\"'`]?"
                    + Pattern.quote(word("sent"))
                    + "(?![\\w./:-])")
            .matcher(text)
            .find();
  }

  /** Whether an answer that somebody got by hand, or shows, allows the page. */
  private boolean answersPage() {
    return origin.startsWith("http")
        && Pattern.compile(
                "(?:\\bcurl\\b|\\bhttp/[12]\\b|\\bpostman\\b|\\bnetwork (?:tab|panel)\\b)[^{}]{0,1500}?(?<![\"'`(])\\baccess-control-allow-origin: ?"
                    + Pattern.quote(origin)
                    + "(?![\\w.:-])")
            .matcher(text)
            .find();
  }

  /** Whether somebody shows an answer that works, with the header, beside one that fails. */
  private boolean isGoodShown() {
    String good = GoodAnswers.in(text).good();
    return good.contains("access-control-allow-origin: *")
        || good.contains("access-control-allow-origin: " + (origin.isEmpty() ? "http" : origin));
  }

  private String differs() {
    return new OriginComparison(origin, word("listed")).words();
  }

  // ------------------------------------------------------------- the lists of methods and headers

  private boolean isListed(AllowList list, String name) {
    return list.has(Bytes.lowerCase(name));
  }

  /** Methods are case-sensitive, and the list is read in lower case. */
  private boolean isSentWithoutPort() {
    String sent = value("value").strip();
    return !sent.isEmpty() && origin.startsWith(sent + ":");
  }

  private boolean isMethodOfOtherCase() {
    return !subject.isEmpty()
        && (subject.matches(".*[a-z].*") || value("value").contains(Bytes.lowerCase(subject)));
  }

  private boolean listsLess() {
    boolean ofItself = !asksMethod() && hasWords("methods.added");
    return !ofItself
        && policy.methods().whole()
        && !method.isEmpty()
        && !isListed(policy.methods(), method);
  }

  /** The request headers that the server has to allow. */
  private Set<String> needed() {
    Set<String> needed = new LinkedHashSet<>(details.requestHeaders());
    needed.add(Bytes.lowerCase(subject));
    return needed;
  }

  /** A sentence about how the layer in the text is told that; empty if it is not known. */
  private String inOwnWords(LayerWords.Lack lack, String value) {
    Optional<LayerWords> layer = value.isEmpty() ? Optional.empty() : LayerWords.in(paste);
    return layer
        .flatMap(
            each ->
                each.written(lack, value).map(words -> " In " + each.name() + ": " + words + '.'))
        .orElse("");
  }

  private String page() {
    return origin.startsWith("http") ? origin : RequiredGrant.SOME_ORIGIN;
  }

  private String subject() {
    return subject.isEmpty() ? method : subject;
  }

  /** The header that the list has not: the one of the message, or the first of the page's. */
  private String lacking() {
    return subject.isEmpty()
        ? details.requestHeaders().stream()
            .filter(name -> !policy.headers().has(name))
            .findFirst()
            .orElse("")
        : subject;
  }

  /** The source that a policy has to name: the URL's, or of a frame the page's around it. */
  private String wholeSource() {
    return remedy.code().equals("FRAME") ? origin : AskedUrl.origin(url);
  }

  private static final Pattern SOURCE =
      Pattern.compile("https?://[a-z0-9.-]{3,253}(?::[0-9]{1,5})?");

  /** A source in the text that is meant to be that, and has a wrong letter. */
  private String nearSource() {
    String whole = wholeSource();
    return whole.isEmpty() || !text.contains("-src ") && !text.contains("frame-ancestors")
        ? ""
        : SOURCE
            .matcher(text)
            .results()
            .map(MatchResult::group)
            .filter(each -> MistypedOrigin.difference(each, whole).isPresent())
            .findFirst()
            .orElse("");
  }

  /** A policy that somebody shows, which no browser quotes: its name has dashes. */
  private boolean isInOtherPolicy() {
    String asked = AskedUrl.origin(url);
    return !asked.isEmpty()
        && Pattern.compile(
                "content-security-policy[^a-z\\n][^\\n]{0,1500}-src"
                    + "(?: (?:'[a-z0-9+/=-]{1,90}'|[a-z0-9.*:/-]{1,200})){0,30} "
                    + Pattern.quote(asked)
                    + "(?![\\w.:-])")
            .matcher(text)
            .find();
  }

  /** The URL with https, or with or without the slash at its end, where the code asks for that. */
  private String corrected() {
    if (!url.startsWith("http") || url.contains("?")) {
      return "";
    }
    String lower = Bytes.lowerCase(url);
    String slash = lower.endsWith("/") ? lower.substring(0, lower.length() - 1) : lower + "/";
    String secure = lower.replaceFirst("^http:", "https:");
    return Stream.of(slash, secure)
        .filter(each -> !each.equals(lower))
        .filter(
            each ->
                Stream.of("'", "\"", "`").anyMatch(mark -> text.contains("(" + mark + each + mark)))
        .findFirst()
        .orElse("");
  }

  /** Which header has to be there for a cause. */
  private static final Map<String, String> HEADERS =
      Map.of(
          "ACAO_MISSING",
          "access-control-allow-origin",
          METHOD,
          "access-control-allow-methods",
          "HEADER_NOT_ALLOWED",
          "access-control-allow-headers",
          "ACAC_NOT_TRUE",
          "access-control-allow-credentials",
          "NOT_EXPOSED",
          "access-control-expose-headers");

  private Optional<MisspelledHeader> misspelled() {
    return MisspelledHeader.in(text, HEADERS.getOrDefault(remedy.code(), ""));
  }

  private Map.Entry<String, String> typo() {
    return policy.headers().typo(needed()).orElse(Map.entry("", ""));
  }

  private String exposed() {
    return needed().stream()
        .filter(name -> policy.exposed().has(name) && !policy.headers().has(name))
        .findFirst()
        .orElse("");
  }

  private String unlisted() {
    return String.join(
        " and ",
        details.requestHeaders().stream().filter(name -> !policy.headers().has(name)).toList());
  }
}
