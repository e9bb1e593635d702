package dev.crosswalk.cors.cli.explain.console;

import dev.crosswalk.cors.cli.explain.console.Sentences.Sentence;
import dev.crosswalk.cors.cli.explain.csp.PolicyViolation;
import dev.crosswalk.cors.cli.explain.meaning.Speaker;
import dev.crosswalk.cors.cli.explain.message.ConsoleMessage;
import dev.crosswalk.cors.cli.explain.page.PageHeaders;
import dev.crosswalk.cors.cli.explain.paste.LastUrl;
import dev.crosswalk.cors.cli.explain.paste.Paste;
import dev.crosswalk.cors.cli.explain.paste.Template;
import dev.crosswalk.cors.cli.explain.words.WordSigns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what somebody has pasted: one message, or a whole console. Every sentence that is known is
 * looked for; what surrounds one tells its URL and origin; a sentence that says less gives way to
 * one about the same URL that says more; and the same complaint about several URLs is one.
 */
public final class Console {

  /** Nobody reads more of them, and for each one all of the paste is searched. */
  public static final int MAX_MESSAGES = 20;

  /**
   * At most this many of one sentence are read; a console that loops says the same ten thousand
   * times.
   */
  private static final int MAX_OF_ONE_SENTENCE = 20;

  /** Policies are long, and a message repeats one directive of them. */
  private static final int MAX_POLICY = 3_000;

  /** Before the words, "[Report Only]" may stand, or a long URL with spaces. */
  private static final int MAX_BEFORE_POLICY = 300;

  /** What is left of a reason that somebody has cut off. */
  private static final int MAX_CUT = 60;

  /**
   * The name of a request header in a sentence of any language: with a hyphen, or one of those that
   * scripts set. A letter beside it that English does not have makes it another word.
   */
  private static final Pattern HEADER_NAME =
      Pattern.compile(
          "(?i)(?<![\\p{L}-])(?!access-control-)((?:x|content|cache|if|accept|user|api|auth|client|app)"
              + "-[a-z0-9-]+|authorization|pragma|range|token|accept|timestamp|sessionid)"
              + "(?![A-Za-z0-9-])");

  private static final Pattern METHOD =
      Pattern.compile("\\b(?:PUT|PATCH|DELETE|QUERY|[A-Z]{4,})\\b");

  /** Where a browser says that a host refused, it names the host, and a person a program. */
  private static final Pattern HOST =
      Pattern.compile(
          "(?i)\\b(?:localhost|(?:[a-z0-9-]{1,63}\\.){1,8}[a-z]{2,24}|[0-9]{1,3}(?:\\.[0-9]{1,3}){3})\\b");

  private static final int MAX_HOST = 80;

  private static final String SETTING = "referrer-policy ";

  private static final String POLICY = "blocked by cors policy: ";

  /** What servers say when they refuse. */
  private static final List<String> OF_SERVERS = List.of("SERVER_REFUSES", "REQUEST_REFUSED");

  private static final String FIREFOX = " blocked: the same origin policy";

  private final Paste paste;

  private final List<Finding> frames = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final boolean known;

  private Console(Paste paste) {
    this.paste = paste;
    Sentences.all().frames().forEach(frame -> frames.addAll(find(frame)));
    Sentences.all().sentences().forEach(sentence -> findings.addAll(find(sentence)));
    known = findings.stream().anyMatch(finding -> finding.strength() == Sentences.REASON);
  }

  /**
   * Reads a paste.
   *
   * @param text at most {@link Paste#MAX_LENGTH} characters
   * @return what it complains of, in its order, each thing once; empty if nothing in it is known
   */
  public static List<ConsoleMessage> read(String text) {
    if (text.length() > Paste.MAX_LENGTH) {
      return List.of();
    }
    Console pasted = new Console(Paste.of(text));
    Console unwrapped = pasted.known ? pasted : pasted.unwrapped();
    return (unwrapped.known ? unwrapped : pasted).messages();
  }

  private Console unwrapped() {
    Paste joined = paste.unwrapped();
    return joined == paste ? this : new Console(joined);
  }

  private List<ConsoleMessage> messages() {
    // The code that makes a message is not one, where another is there as well.
    if (!findings.stream().allMatch(Finding::isOfCode)) {
      findings.removeIf(Finding::isOfCode);
    }
    if (!known || paste.hasOtherLetters()) {
      FirefoxLanguages.all().forEach(sentence -> findings.addAll(find(sentence)));
    }
    // What is left of a line of Firefox's is read there.
    boolean firefox = findings.stream().anyMatch(Finding::isCutFirefox);
    if (!firefox) {
      CutMessage.in(paste, findings).map(Finding::of).ifPresent(findings::add);
    }
    if (findings.stream().noneMatch(finding -> finding.strength() >= Sentences.CONSEQUENCE)) {
      Optional.of(paste)
          .filter(each -> !firefox)
          .flatMap(ServerRefusal::in)
          .or(() -> Likeness.in(paste, findings))
          .map(Finding::of)
          .ifPresent(findings::add);
    }
    // Headers that somebody tells to have configured are no answer.
    boolean configured =
        findings.stream().anyMatch(Finding::hasUrl)
            && WordSigns.has("server.configured", paste.whole());
    if (!configured && findings.stream().allMatch(Finding::isLessThanAnExchange)) {
      Optional<Fragment> exchange =
          Exchanges.read(paste.cut(0, paste.length()))
              .filter(read -> !Exchanges.isFine(read) || Question.in(paste).isEmpty());
      exchange.ifPresent(found -> findings.removeIf(Finding::isOfLog));
      exchange.map(Finding::of).ifPresent(findings::add);
    }
    if (!findings.isEmpty() && findings.stream().allMatch(Finding::isMissingSomewhere)) {
      Exchanges.read(paste.cut(0, paste.length()))
          .filter(Exchanges::isWithoutOrigin)
          .map(Finding::of)
          .ifPresent(this::onlyFinding);
    }
    if (findings.stream().allMatch(Finding::isSuccess) && WordSigns.has("server", paste.whole())) {
      findings.clear();
    }
    // A line of a log with success tells less than the error that somebody shows below it.
    boolean answered = findings.stream().anyMatch(Finding::isSuccess);
    if (findings.stream()
        .allMatch(
            each ->
                each.strength() <= Sentences.NO_REASON && !each.hasUrl()
                    || answered && each.isSuccess())) {
      Question.in(paste).map(Finding::of).ifPresent(this::onlyFinding);
    }
    if (findings.isEmpty()) {
      Fragment.guess(paste).map(Finding::of).ifPresent(findings::add);
    }
    List<Finding> complaints = inContext(withoutOverlaps(findings), withoutOverlaps(frames));
    Optional<PageHeaders> ofPage = ofPage(complaints);
    PastedRequest request = new PastedRequest(ofPage.map(this::without).orElse(paste));
    return Complaints.grouped(
        RelatedLines.withoutWeaker(RelatedLines.adopted(complaints, paste)).stream()
            .map(request::told)
            .map(told -> told.filled("pageHeaders", ofPage.map(PageHeaders::name).orElse("")))
            .toList());
  }

  /** Headers of the page's own host, where no complaint is about an answer of that. */
  private Optional<PageHeaders> ofPage(List<Finding> complaints) {
    String text = paste.active().cut(0, paste.active().length());
    List<Optional<PageHeaders>> all =
        complaints.stream()
            .filter(Finding::hasUrl)
            .filter(each -> !each.sentence().whose().equals(Speaker.PERSON))
            .map(each -> PageHeaders.elsewhere(each.get("url"), each.get("origin"), text))
            .distinct()
            .toList();
    return all.size() == 1 ? all.get(0) : Optional.empty();
  }

  private Paste without(PageHeaders headers) {
    return Paste.of(headers.without(paste.cut(0, paste.length())));
  }

  private void onlyFinding(Finding finding) {
    findings.clear();
    findings.add(finding);
  }

  private List<Finding> find(Sentence sentence) {
    List<Finding> found = new ArrayList<>();
    int from = 0;
    while (found.size() < MAX_OF_ONE_SENTENCE) {
      Optional<Template.Match> match = sentence.template().find(paste, from);
      if (match.isEmpty()) {
        break;
      }
      Template.Match at = match.get();
      boolean code = sentence.code().equals("SERVER_REFUSES") && paste.isArgument(at.start());
      // A server's configuration, and no panel of a browser.
      boolean setting = paste.plain().startsWith(SETTING, at.start() - SETTING.length());
      // "Requests denied by CORS policy" are words of a person, about a browser, and so are "even
      // when the origin is not allowed".
      boolean prose =
          sentence.code().equals("SERVER_REFUSES")
              && (sentence.whose().equals("Express")
                      && paste.plain().startsWith(" policy", at.end())
                  || paste.isInClause(at.start()));
      // Firefox's own sentence begins there, behind a word of somebody's.
      boolean firefox = paste.plain().startsWith(FIREFOX, at.end());
      boolean nameless =
          sentence.code().equals("FRAME_OR_REFUSED")
              && !HOST.matcher(paste.cut(Math.max(0, at.start() - MAX_HOST), at.end())).find();
      // Chrome's reason follows, and a server's words may begin as it does.
      boolean chrome =
          OF_SERVERS.contains(sentence.code())
              && paste.plain().startsWith(POLICY, at.start() - POLICY.length());
      if (code || setting || prose || firefox || nameless || chrome) {
        from = at.start() + 1;
        continue;
      }
      Finding finding = new Finding(sentence, at.start(), at.end(), at.details());
      if (!finding.isContradiction()) {
        String line = paste.beginningOfLine(0, at.start()) + paste.restOfLine(at.start());
        found.add(finding.ofItsSpeaker().ofPerson(line));
      }
      from = Math.max(at.end(), at.start() + 1);
    }
    return found;
  }

  /** The longer one of two sentences in the same words; in the order of the paste. */
  private static List<Finding> withoutOverlaps(List<Finding> findings) {
    List<Finding> best = new ArrayList<>(findings);
    best.sort(
        Comparator.comparingInt((Finding finding) -> -finding.sentence().template().weight())
            .thenComparingInt(Finding::start));
    List<Finding> kept = new ArrayList<>();
    for (Finding finding : best) {
      boolean overlaps =
          kept.stream()
              .anyMatch(other -> finding.start() < other.end() && other.start() < finding.end());
      if (!overlaps) {
        kept.add(finding);
      }
    }
    kept.sort(Comparator.comparingInt(Finding::start));
    return kept;
  }

  // ----------------------------------------------------------------------- what surrounds them

  private List<Finding> inContext(List<Finding> findings, List<Finding> frames) {
    List<Finding> complaints = new ArrayList<>();
    for (int i = 0; i < findings.size(); i++) {
      Finding finding = findings.get(i);
      int before = previousEnd(findings, i);
      int after = nextStart(findings, i);
      Finding told = withUrls(withFrames(finding, frames, before, after), before, after);
      if (told.isFirefox()) {
        told = new FirefoxLine(paste, before, after).told(told);
      }
      complaints.add(preflight(aboutPolicy(told, before, after), before));
    }
    return complaints;
  }

  /** Which directive refuses is the subject: one violation of each is reported. */
  private Finding aboutPolicy(Finding finding, int before, int after) {
    if (!finding.sentence().code().startsWith("CSP")) {
      return finding;
    }
    int end = Math.min(after, finding.start() + MAX_POLICY);
    int start = Math.max(before, finding.start() - MAX_BEFORE_POLICY);
    // The line above is usually another message, which names its own directive.
    String line = paste.beginningOfLine(start, finding.start()).strip();
    String text = line + " " + paste.cut(finding.start(), Math.max(end, finding.end()));
    String directive = PolicyViolation.of(text, finding.get("url")).directive();
    return finding.filled("policy", text).filled("subject", directive);
  }

  /** Words without a reason are inside a message: they do not end the one before. */
  private static int previousEnd(List<Finding> findings, int i) {
    for (int before = i - 1; before >= 0; before--) {
      if (findings.get(before).strength() != Sentences.NO_REASON) {
        return findings.get(before).end();
      }
    }
    return 0;
  }

  private int nextStart(List<Finding> findings, int i) {
    for (int after = i + 1; after < findings.size(); after++) {
      if (findings.get(after).strength() != Sentences.NO_REASON
          || findings.get(after).sentence().code().equals(FirefoxLanguages.BEGINS)) {
        return findings.get(after).start();
      }
    }
    return paste.length();
  }

  private Finding withFrames(Finding finding, List<Finding> frames, int before, int after) {
    Finding told = finding;
    Optional<Finding> nearest = Optional.empty();
    for (Finding frame : frames) {
      boolean leads = frame.sentence().code().equals("<");
      if (leads && frame.start() >= before && frame.start() <= finding.start()) {
        nearest = Optional.of(frame);
      }
      if (!leads
          && frame.start() >= finding.start()
          && frame.start() < after
          && !(frame.details().has("status") && isOfOtherAnswer(finding, frame))) {
        told = told.filled(frame.details());
      }
    }
    return nearest.isPresent() ? told.filled(nearest.get().details()) : told;
  }

  /** Whether the status further down is that of OPTIONS, and the message is about a request. */
  private boolean isOfOtherAnswer(Finding finding, Finding frame) {
    String between = paste.plain().substring(Math.min(finding.end(), frame.start()), frame.start());
    boolean options = between.contains(" method: options") || between.contains(" method options");
    return options
        && !finding.details().isOfPreflight()
        && !finding.sentence().code().startsWith("PREFLIGHT");
  }

  /**
   * What surrounds the words, where no template says it: socket.io writes the origin before them,
   * and Edge in another language than English the origin first and the URL last.
   */
  private Finding withUrls(Finding finding, int before, int after) {
    if (finding.sentence().whose().equals("socket.io") && finding.strength() == Sentences.REASON) {
      return finding.filled("origin", paste.lastUrl(before, finding.start()));
    }
    if (!finding.details().has("text") || !finding.sentence().whose().startsWith("Edge")) {
      return finding;
    }
    if (finding.sentence().code().equals("HEADER_NOT_ALLOWED")) {
      Matcher name = HEADER_NAME.matcher(finding.get("text"));
      return name.find() ? finding.filled("subject", name.group(1)) : finding;
    }
    if (finding.get("text").contains("Access-Control-Allow-Methods")) {
      Matcher method = METHOD.matcher(finding.get("text"));
      return finding
          .as("METHOD_NOT_ALLOWED", Sentences.REASON)
          .filled("subject", method.find() ? method.group() : "");
    }
    String origin = paste.firstUrl(finding.start(), after);
    String text = paste.cut(finding.start(), after);
    String url = LastUrl.in(text);
    if (url.equals(origin) && !url.isEmpty()) {
      // Some versions name the origin once more at the end.
      url = LastUrl.in(text.substring(0, text.lastIndexOf(origin)));
    }
    return finding.filled("origin", origin).filled("url", url.equals(origin) ? "" : url);
  }

  private Finding preflight(Finding finding, int before) {
    int end = finding.end() + (finding.strength() == Sentences.NO_REASON ? MAX_CUT : 0);
    String around = paste.cut(before, Math.min(end, paste.length())).toLowerCase(Locale.ROOT);
    boolean preflight =
        around.contains("response to preflight") || around.contains("response for preflight");
    return preflight ? finding.filled("preflight", "true") : finding;
  }
}
