package dev.crosswalk.cors.cli.explain.sign;

import static java.util.Map.entry;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.address.Destination;
import dev.crosswalk.cors.cli.explain.address.OriginComparison;
import dev.crosswalk.cors.cli.explain.lists.AllowList;
import dev.crosswalk.cors.cli.explain.lists.PastedPatterns;
import dev.crosswalk.cors.cli.explain.lists.TriedOrigin;
import dev.crosswalk.cors.cli.explain.paste.WorkingAnswers;
import dev.crosswalk.cors.cli.explain.words.WordSigns;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Origin;
import dev.crosswalk.cors.tck.url.Url;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Signs of the origins that code lists, and of the one that an answer has. */
final class OriginSigns {

  static final Map<String, Predicate<MessageContext>> SIGNS =
      Map.ofEntries(
          entry("server.choice", OriginSigns::isChosen),
          entry("lists.origins", each -> !origins(each).values().isEmpty()),
          entry("lists.several", each -> origins(each).values().size() > 1),
          entry("lists.page", OriginSigns::listsPage),
          entry("lists.apart", each -> !apart(each).isEmpty()),
          entry("says.listed", each -> ClaimedListing.isSaidListed(each.origin(), each.text())),
          entry("lists.others", OriginSigns::listsOthers),
          entry("lists.server", OriginSigns::listsServer),
          entry("lists.patterns", OriginSigns::listsPatterns),
          entry("lists.bare", each -> !bare(each).isEmpty() && !listsPage(each)),
          entry("lists.broken", each -> !broken(each).isEmpty()),
          entry("lists.broken-server", OriginSigns::listsServerWithPath),
          entry("lists.slash", each -> broken(each).equals(whole(each) + "/")),
          entry("lists.twin", each -> !twin(each).isEmpty()),
          entry("lists.sent", each -> origins(each).has(sent(each))),
          entry("sent.by-header", OriginSigns::isSentByHeader),
          entry("sent.without-port", OriginSigns::isSentWithoutPort),
          entry("sent.of-site", OriginSigns::isSentOfSite),
          entry("sent.unlisted", OriginSigns::isSentUnlisted),
          entry("answer.page", OriginSigns::answersPage),
          entry("answer.good", OriginSigns::isGoodShown),
          entry("own.origin", each -> !inOwnWords(each).isEmpty()),
          entry("own.credentials", each -> !credentialsInOwnWords(each).isEmpty()));

  static final Map<String, Function<MessageContext, String>> WORDS =
      Map.ofEntries(
          entry("listed", OriginSigns::listed),
          entry("differs", OriginSigns::differs),
          entry("apart", OriginSigns::apart),
          entry("pattern", OriginSigns::pattern),
          entry("bare", OriginSigns::bare),
          entry("broken", OriginSigns::broken),
          entry("whole", OriginSigns::whole),
          entry("sent", OriginSigns::sent),
          entry("twin", OriginSigns::twin),
          entry("listedtwin", OriginSigns::listedTwin),
          entry("named", OriginSigns::named),
          entry("ownorigin", OriginSigns::inOwnWords),
          entry("owncredentials", OriginSigns::credentialsInOwnWords));

  /** A page of the web, or one inside of an app. */
  private static final Pattern OF_PAGE =
      Pattern.compile("(?:https?|capacitor|ionic|tauri|app)://.+");

  /** In front of the origin that a line sends. */
  private static final String SENT =
      "access-control-allow-origin[\"'`]?[ \t]{0,4}[,:=]?[ \t]{0,4}[\"'`]?";

  /** In front of the origin that an answer shows which somebody got by hand. */
  private static final String SHOWN =
      "(?:\\bcurl\\b|\\bhttp/[12]\\b|\\bpostman\\b|\\bnetwork (?:tab|panel)\\b)[^{}]{0,1500}?(?<![\"'`(])\\baccess-control-allow-origin: ?";

  private OriginSigns() {}

  private static AllowList origins(MessageContext beside) {
    return beside.policy().origins();
  }

  /** Nobody can read the origin off the code. */
  private static boolean isChosen(MessageContext beside) {
    return !beside.policy().settled() && WordSigns.has("server.choice", beside.paste());
  }

  // ------------------------------------------------------------------------------------ the list

  private static boolean listsPage(MessageContext beside) {
    return origins(beside).has(beside.origin());
  }

  /** Someone who lists the server that is asked has taken it for the page. */
  private static boolean listsAsked(MessageContext beside) {
    return !listsPage(beside) && origins(beside).has(beside.server());
  }

  private static boolean listsOthers(MessageContext beside) {
    return origins(beside).whole()
        && !AskedUrl.isListening(beside.origin())
        && !OriginComparison.isForeign(beside.origin())
        && OF_PAGE.matcher(beside.origin()).matches()
        && !listsPage(beside)
        && !listsAsked(beside);
  }

  private static boolean listsServer(MessageContext beside) {
    return listsAsked(beside)
        && origins(beside).whole()
        && !AskedUrl.isListening(beside.origin())
        // The page's own server, by another name.
        && new OriginComparison(beside.origin(), beside.server()).part()
            != OriginComparison.Part.LOOPBACK
        && beside.remedy().grant().isPresent()
        && (beside.origin().isEmpty() || beside.origin().startsWith("http"));
  }

  private static boolean listsPatterns(MessageContext beside) {
    return beside.origin().startsWith("http") && !listsPage(beside) && !pattern(beside).isEmpty();
  }

  /** A pattern that is meant for the page, and does not fit it. */
  private static String pattern(MessageContext beside) {
    return PastedPatterns.without(beside.origin(), beside.text()).orElse("");
  }

  /** An origin of another list than the one that has the page's. */
  private static String apart(MessageContext beside) {
    return AllowList.apart(beside.origin(), beside.text()).orElse("");
  }

  /** The page's host, where the list has it without a scheme. */
  private static String bare(MessageContext beside) {
    return AllowList.withoutScheme(beside.origin(), beside.text()).orElse("");
  }

  /** An origin with a path, in the list of the code, or in one that a person speaks of. */
  private static String broken(MessageContext beside) {
    String listed = origins(beside).broken(beside.origin());
    return listed.isEmpty()
        ? TriedOrigin.in(beside.text())
            .filter(each -> List.of("", AskedUrl.origin(each)).contains(beside.origin()))
            .orElse("")
        : listed;
  }

  /** The same without the path. */
  private static String whole(MessageContext beside) {
    return AskedUrl.origin(broken(beside));
  }

  private static boolean listsServerWithPath(MessageContext beside) {
    return !broken(beside).isEmpty() && whole(beside).equals(beside.server());
  }

  /** The nearest origin in the list. */
  private static String listed(MessageContext beside) {
    return origins(beside).nearest(beside.origin());
  }

  private static String differs(MessageContext beside) {
    return new OriginComparison(beside.origin(), listed(beside)).words();
  }

  /** A host in the text that is one of the list but for its last label. */
  private static String twin(MessageContext beside) {
    return origins(beside).values().stream()
        .flatMap(listed -> twin(listed, beside).stream())
        .findFirst()
        .orElse("");
  }

  private static String listedTwin(MessageContext beside) {
    return origins(beside).values().stream()
        .filter(listed -> twin(listed, beside).isPresent())
        .map(AskedUrl::origin)
        .findFirst()
        .orElse("");
  }

  private static Optional<String> twin(String listed, MessageContext beside) {
    String host = Destination.at(listed).map(Destination::host).orElse("");
    int label = host.lastIndexOf('.');
    // A name with one label in front of the last one is many a site's.
    if (!beside.origin().isEmpty() || label < 0 || host.indexOf('.') == label) {
      return Optional.empty();
    }
    return Pattern.compile(
            "(?<![\\w./@-])"
                + Pattern.quote(host.substring(0, label + 1))
                + "[a-z]{2,18}(?![\\w./:-]*[\\w/])")
        .matcher(beside.text())
        .results()
        .map(MatchResult::group)
        .filter(other -> !other.equals(host))
        .findFirst();
  }

  // ---------------------------------------------------------------------------------- the answer

  /** The answer's value. */
  private static String sent(MessageContext beside) {
    return Bytes.lowerCase(beside.value("value"))
        .replaceFirst("^a page of ", "")
        .replaceFirst("^any page, .*", "*");
  }

  /** Whether a line sends one value to every page. */
  private static boolean isSentByHeader(MessageContext beside) {
    String sent = sent(beside);
    return !sent.isEmpty()
        && Pattern.compile(SENT + Pattern.quote(sent) + "(?![\\w./:-])")
            .matcher(beside.text())
            .find();
  }

  private static boolean isSentWithoutPort(MessageContext beside) {
    String sent = beside.value("value").strip();
    return !sent.isEmpty() && beside.origin().startsWith(sent + ":");
  }

  /** Whether the server names a page of its own site, at another host. */
  private static boolean isSentOfSite(MessageContext beside) {
    Optional<Url> page = AskedUrl.ofSite(sent(beside));
    return !sent(beside).equals(beside.server())
        && AskedUrl.ofSite(beside.url())
            .flatMap(
                asked ->
                    page.filter(
                        each ->
                            each.origin()
                                .isSchemelesslySameSite(
                                    asked.origin(), Origin.SOME_PUBLIC_SUFFIXES)))
            .isPresent();
  }

  /** Whether the code in the text has a list that could not have sent the answer's value. */
  private static boolean isSentUnlisted(MessageContext beside) {
    String sent = sent(beside);
    return origins(beside).whole()
        && !origins(beside).values().isEmpty()
        && (sent.equals("*") || sent.startsWith("http"))
        && !origins(beside).has(sent);
  }

  /** Whether an answer that somebody got by hand, or shows, allows the page. */
  private static boolean answersPage(MessageContext beside) {
    return beside.origin().startsWith("http")
        && Pattern.compile(SHOWN + Pattern.quote(beside.origin()) + "(?![\\w.:-])")
            .matcher(beside.text())
            .find();
  }

  /** Whether somebody shows an answer that works, with the header, beside one that fails. */
  private static boolean isGoodShown(MessageContext beside) {
    String good = WorkingAnswers.in(beside.text()).good();
    String origin = beside.origin().isEmpty() ? "http" : beside.origin();
    return good.contains("access-control-allow-origin: *")
        || good.contains("access-control-allow-origin: " + origin);
  }

  // ------------------------------------------------------------------ in the words of the CORS
  // layer

  /** Where nothing tells the page, the origin that a list is meant to have. */
  private static String inOwnWords(MessageContext beside) {
    String meant = beside.origin().isEmpty() ? whole(beside) : "";
    return LayerWords.sentence(
        LayerWords.Lack.ORIGIN, meant.isEmpty() ? beside.page() : meant, beside.paste());
  }

  private static String credentialsInOwnWords(MessageContext beside) {
    return LayerWords.sentence(LayerWords.Lack.CREDENTIALS, beside.page(), beside.paste());
  }

  private static String named(MessageContext beside) {
    return LayerWords.in(beside.paste())
        .flatMap(layer -> layer.written(LayerWords.Lack.ORIGIN, beside.page()))
        .orElse("origin: \"" + beside.page() + '"');
  }
}
