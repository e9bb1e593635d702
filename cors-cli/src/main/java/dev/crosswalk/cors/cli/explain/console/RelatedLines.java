package dev.crosswalk.cors.cli.explain.console;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.paste.Paste;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the lines of one console tell of each other: which belong together, and which is news. */
final class RelatedLines {

  /** An app stands between the page and the server, and has the trouble. */
  private static final String INTERCEPTED = "CAPACITOR_HTTP";

  /** Somebody answers with an error before the application does, and that has no headers. */
  private static final List<String> ANSWERED_FIRST = List.of("TOO_LARGE", "BACKEND", "BOT_FILTER");

  /** Chrome withholds the body of an answer that the page may not read. */
  private static final List<String> WITHHELD = List.of("CORB", "ORB");

  /** By these the page may not read it. */
  private static final List<String> REFUSED =
      List.of(
          "ACAO_MISSING",
          "ACAO_MISMATCH",
          "ACAO_WILDCARD_CREDENTIALS",
          "HEADER_NOT_ALLOWED",
          "METHOD_NOT_ALLOWED",
          "PREFLIGHT_STATUS");

  /** By these the browser does not even open a WebSocket. */
  private static final List<String> NOT_OPENED = List.of("MIXED_CONTENT", "CSP");

  /** What a proxy tells as the reason why it cannot reach the server behind it. */
  private static final List<String> OF_TARGET =
      List.of("TLS", "CERTIFICATE_HOST", "CERTIFICATE_DATE", "TLS_PROTOCOL", "NO_SUCH_HOST");

  /** An error that Chrome names without speaking of CORS. */
  private static final String STATUS = "HTTP_STATUS";

  /** What browsers say of a frame beside the line that it was refused. */
  private static final List<String> OF_FRAME = List.of("FRAME_ACCESS", "SANDBOX");

  /** A frame that was refused has an origin of its own, and Cypress runs the page in one. */
  private static final List<String> TELLS_OF_FRAME = List.of("FRAME", "CYPRESS");

  /** Many consoles have these lines, whatever fails: they tell nothing of another request. */
  private static final List<String> BESIDE =
      List.of(
          "COOKIE",
          "COOKIE_BLOCKED",
          "COOKIE_DOMAIN",
          "COOKIE_NONE",
          "COOKIE_SECURE",
          "COOP",
          "COOP_IGNORED",
          "CSP_INLINE",
          "FORBIDDEN_HEADER",
          "ISOLATION",
          "PERMISSIONS_POLICY",
          "POLICY_SYNTAX",
          "POST_MESSAGE",
          "PRELOAD",
          "PRELOAD_UNUSED");

  /** What tells more of a page's isolation than the name of its header does. */
  private static final List<String> OF_ISOLATION = List.of("ISOLATION", "WORKER_IMPORT");

  /** A detail of what was printed before something was changed: a status below is not of it. */
  static final String LATER = "later";

  private static final Pattern CHANGED =
      Pattern.compile(
          "\\b(?:new|another|different|other|next) error\\b|\\b(?:so|then|after (?:that|this|several|some|many)|now)\\b[^.]{0,60}\\b(?:i|we) (?:did|changed|added|tried|set|replaced|updated|get|got|see)\\b");

  private RelatedLines() {}

  /**
   * A script's own error often names the URL, or the status, that the reason beside it does not.
   */
  static List<Finding> adopted(List<Finding> complaints, Paste paste) {
    List<Finding> told = new ArrayList<>();
    for (int i = 0; i < complaints.size(); i++) {
      Finding complaint = complaints.get(i);
      if (isOver(complaint, complaints, paste)) {
        continue;
      }
      if (complaint.strength() == Sentences.REASON && !complaint.hasUrl()) {
        Optional<Finding> beside = weakerBeside(complaints, i);
        if (beside.isPresent()) {
          complaint = complaint.filled("url", beside.get().get("url"));
          complaint =
              isLater(complaint, beside.get(), paste)
                  ? complaint.filled(LATER, "true")
                  : complaint.filled("status", beside.get().get("status"));
        }
      }
      if (complaint.strength() == Sentences.REASON
          && complaint.hasUrl()
          && complaint.get("url").equals(AskedUrl.origin(complaint.get("url")))) {
        Finding origin = complaint;
        complaint =
            weakerBeside(complaints, i)
                .filter(beside -> isOneUrl(origin, beside))
                .map(beside -> origin.with("url", beside.get("url")))
                .orElse(complaint);
      }
      if (ANSWERED_FIRST.contains(complaint.sentence().code()) && !complaint.hasUrl()) {
        complaint =
            complaints.stream()
                .filter(each -> each.sentence().code().equals("ACAO_MISSING") && each.hasUrl())
                .findFirst()
                .map(complaint::ofRequest)
                .orElse(complaint);
      }
      if (complaint.sentence().code().equals("ACAO_MISSING") && !complaint.hasUrl()) {
        complaint =
            complaints.stream()
                .filter(each -> WITHHELD.contains(each.sentence().code()) && each.hasUrl())
                .findFirst()
                .map(complaint::ofRequest)
                .orElse(complaint);
      }
      told.add(complaint);
    }
    return told;
  }

  /**
   * Whether somebody has changed something since, and the page may now read the answer, which is an
   * error: Chrome names a status so only where CORS has let it through.
   */
  private static boolean isOver(Finding complaint, List<Finding> all, Paste paste) {
    String code = complaint.sentence().code();
    return (REFUSED.contains(code) || code.startsWith("ACA") || code.equals("REASON_MISSING"))
        && all.stream()
            .filter(each -> each.sentence().code().equals(STATUS))
            .filter(each -> each.get("status").matches("[45].."))
            .filter(each -> !complaint.hasUrl() || isOneUrl(complaint, each))
            .anyMatch(each -> isLater(complaint, each, paste));
  }

  /** Whether somebody has changed something between the two, so that they are of two answers. */
  private static boolean isLater(Finding complaint, Finding beside, Paste paste) {
    return beside.start() > complaint.end()
        && CHANGED.matcher(paste.plain().substring(complaint.end(), beside.start())).find();
  }

  private static Optional<Finding> weakerBeside(List<Finding> complaints, int i) {
    for (int after = i + 1; after < complaints.size(); after++) {
      if (complaints.get(after).strength() == Sentences.REASON) {
        break;
      }
      if (complaints.get(after).hasUrl()) {
        return Optional.of(complaints.get(after));
      }
    }
    for (int before = i - 1; before >= 0; before--) {
      if (complaints.get(before).strength() == Sentences.REASON) {
        break;
      }
      if (complaints.get(before).hasUrl()) {
        return Optional.of(complaints.get(before));
      }
    }
    return Optional.empty();
  }

  /** Whether two lines name the same URL; older versions of Chrome name its origin alone. */
  private static boolean isOneUrl(Finding one, Finding other) {
    String url = Paste.withoutPunctuation(one.get("url"));
    String otherUrl = Paste.withoutPunctuation(other.get("url"));
    return url.equals(otherUrl)
        || AskedUrl.origin(url).equals(otherUrl)
        || AskedUrl.origin(otherUrl).equals(url);
  }

  static List<Finding> withoutWeaker(List<Finding> complaints) {
    return complaints.stream()
        .filter(
            complaint ->
                complaints.stream().noneMatch(other -> givesWay(complaint, other, complaints)))
        // What fails is told before what stands beside it.
        .sorted(Comparator.comparing(RelatedLines::isBeside))
        .toList();
  }

  /** A browser's own line has the URL of a failure that a program tells without it. */
  private static boolean isNamedByBrowser(Finding program, Finding other) {
    return other.sentence().code().equals("HIDDEN")
        && other.isOfBrowser()
        && other.hasUrl()
        && !program.isOfBrowser()
        && !program.hasUrl();
  }

  private static boolean isBeside(Finding complaint) {
    return BESIDE.contains(complaint.sentence().code());
  }

  private static boolean givesWay(Finding weaker, Finding other, List<Finding> all) {
    if (weaker.isLoggedSuccess() && other.isOfBrowser()) {
      return true;
    }
    if (other.isLoggedSuccess() && weaker.isOfBrowser()) {
      // A log shows no headers, so it does not deny what a browser says of a failure.
      return false;
    }
    if (other.sentence().code().equals(INTERCEPTED) && weaker != other) {
      return !weaker.hasUrl() || weaker.get("url").contains("_capacitor_http");
    }
    if (ANSWERED_FIRST.contains(other.sentence().code())
        && weaker.sentence().code().equals("ACAO_MISSING")
        && !weaker.details().isOfPreflight()) {
      // Its answer is the one that has no header.
      return !weaker.hasUrl() || !other.hasUrl() || weaker.get("url").equals(other.get("url"));
    }
    if (ANSWERED_FIRST.contains(weaker.sentence().code())
        && other.sentence().code().equals("ACAO_MISSING")) {
      return false;
    }
    if (weaker.sentence().code().equals("LNA_DENIED")
        && other.sentence().code().equals("LNA_SPACE")
        && (!weaker.hasUrl() || !other.hasUrl() || isOneUrl(weaker, other))) {
      // Nobody is asked for the permission where the script names another network.
      return true;
    }
    if (OF_FRAME.contains(weaker.sentence().code())
        && TELLS_OF_FRAME.contains(other.sentence().code())) {
      return true;
    }
    if (weaker.sentence().code().equals("COEP")
        && OF_ISOLATION.contains(other.sentence().code())
        && !weaker.hasUrl()) {
      // The header, as somebody has set it, and no message.
      return true;
    }
    if (weaker.sentence().code().equals("COEP") && !other.sentence().code().startsWith("COEP")) {
      // Its short name says all, and only what is said of the same policy says more.
      return false;
    }
    if (weaker.sentence().code().equals("REDIRECT_SCHEME")
        && other.sentence().code().equals("WORKER_SCRIPT")) {
      // Chrome's name for the redirect of a worker's file, which that line tells in words.
      return true;
    }
    if (WITHHELD.contains(weaker.sentence().code())
        && REFUSED.contains(other.sentence().code())
        && other.hasUrl()
        && isOneUrl(weaker, other)) {
      return true;
    }
    if (weaker.sentence().code().equals("DEVELOPMENT_PROXY")
        && OF_TARGET.contains(other.sentence().code())
        && !other.hasUrl()) {
      return true;
    }
    if (weaker.sentence().code().equals("WEBSOCKET")
        && NOT_OPENED.contains(other.sentence().code())
        && weaker.get("status").isEmpty()
        && other.hasUrl()
        && isOneUrl(weaker, other)) {
      return true;
    }
    boolean hidden = weaker.sentence().code().equals("HIDDEN");
    if (hidden && isNamedByBrowser(weaker, other)) {
      return true;
    }
    boolean tellsMore =
        other.strength() > weaker.strength()
            || hidden
                && other.strength() == Sentences.HIDDEN
                && !other.sentence().code().equals("HIDDEN");
    if (!tellsMore || weaker.isToldBy(other)) {
      return weaker.isToldBy(other);
    }
    if (isBeside(other) && weaker.hasUrl() && weaker.strength() >= Sentences.CONSEQUENCE) {
      return false;
    }
    boolean sameUrl = !weaker.hasUrl() || !other.hasUrl() || isOneUrl(weaker, other);
    // What a script's error, or a cut line, says of another URL is said by nobody else; but it is
    // no news where many URLs fail and one reason is known.
    return sameUrl || weaker.strength() <= Sentences.NO_REASON && all.size() > 2;
  }
}
