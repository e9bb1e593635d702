package dev.crosswalk.cors.cli.explain.sign;

import static java.util.Map.entry;

import dev.crosswalk.cors.cli.explain.clue.Clue;
import dev.crosswalk.cors.cli.explain.clue.LayerFaults;
import dev.crosswalk.cors.cli.explain.clue.SpringAdvice;
import dev.crosswalk.cors.cli.explain.meaning.Meaning;
import dev.crosswalk.cors.cli.explain.server.KnownServer;
import dev.crosswalk.cors.cli.explain.settings.SettingFinding;
import dev.crosswalk.cors.cli.explain.words.Denial;
import dev.crosswalk.cors.cli.explain.words.WordSigns;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.tck.url.Bytes;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Signs of the message itself, and of the request that it is about. */
final class MessageSigns {

  static final Map<String, Predicate<MessageContext>> SIGNS =
      Map.ofEntries(
          entry("preflight", MessageSigns::isOfPreflight),
          entry("redirected", MessageSigns::isRedirected),
          entry("error", MessageSigns::isError),
          entry("error.else", MessageSigns::isOtherError),
          entry("error.of-server", MessageSigns::isErrorOfServer),
          entry("status.401", each -> each.status().equals("401")),
          entry("status.404", each -> each.status().equals("404")),
          entry("no.subject", each -> each.subject().isEmpty()),
          entry("subject.type", each -> isSubject("content-type", each)),
          entry("subject.authorization", each -> isSubject("authorization", each)),
          entry("subject.response-header", MessageSigns::isSubjectOfResponse),
          entry("subject.listed", MessageSigns::isSaidListed),
          entry("asks.method", MessageContext::asksMethod),
          entry("asks.first", MessageContext::asksFirst),
          entry("asks.response-headers", each -> each.details().has("sendsResponseHeaders")),
          entry("asks.type", each -> !each.value("sendsTypeWithoutBody").isEmpty()),
          entry("asks.type-alone", each -> each.value("sendsTypeWithoutBody").equals("alone")),
          entry("by.firefox", each -> each.value(Meaning.PROGRAM).contains("Firefox")),
          entry("by.flutter", each -> each.value(Meaning.PROGRAM).equals("Flutter")),
          entry("by.ie", each -> each.value(Meaning.PROGRAM).startsWith("Edge and")),
          entry("by.safari", each -> each.value(Meaning.PROGRAM).contains("Safari")),
          entry("by.translated", each -> each.value(Meaning.PROGRAM).startsWith("Firefox (")),
          entry("commented", each -> each.details().has("commented")),
          entry("proxy.commented", each -> each.details().has("proxyCommented")),
          entry("settings.told", each -> SettingFinding.in(each.details()).isPresent()),
          entry("server.gate", MessageSigns::isBehindGate),
          entry("granted", each -> each.remedy().grant().isPresent()),
          entry("mistake", MessageSigns::isMistake));

  static final Map<String, Function<MessageContext, String>> WORDS =
      Map.of(
          "subject",
          MessageContext::subject,
          "method",
          MessageContext::method,
          "older",
          MessageSigns::olderVersion);

  /** With these a CORS layer refuses a preflight itself. */
  private static final List<String> REFUSALS = List.of("400", "403");

  /** With these the routes answer a preflight that a CORS layer has passed on. */
  private static final List<String> UNROUTED = List.of("404", "405");

  /** A person says of a name that the list has it. */
  private static final String LISTED =
      "\\b(?:(?:list|config(?:uration)?|settings?|headers?|server|plugin|it|code|response|answer)\\b[^.?:\\n]{0,40}\\b(?:does|do|already|clearly|definitely|also) (?:contain|include|list|allow|have|has|send)s?"
          + "|(?:i|we) (?:have |ve )?(?:already |also |even )?(?:added|allowed|listed|included|set|specified|put)|(?:already|clearly|definitely) (?:contains?|includes?|lists?|allows?|has|have|added|allowed|set))"
          + " (?:[a-z]{2,10} ){0,2}NAME(?![\\w-])"
          + "|\\b(?:response|answer|list|server) (?:[a-z]{1,12} ){0,5}(?:includes?|contains?|lists|allows) (?:[a-z]{1,12} ){0,3}NAME(?![\\w-])"
          + "|\\bNAME (?:header |method )?(?:is|are|was) (?:already|clearly|definitely|in the list|listed|in access-control-allow|in the access-control-allow|included in)";

  private MessageSigns() {}

  /** Why a server answers by code that is not what its owner reads. */
  private static String olderVersion(MessageContext beside) {
    return WordSigns.has("remark.restarted", beside.paste())
        ? "another process than the one that was restarted answers (stop that one: if answers still"
            + " come, they are from elsewhere)"
        : "the server runs an older version (not restarted, not deployed)";
  }

  private static boolean isOfPreflight(MessageContext beside) {
    // Firefox and Safari say the same of both.
    return beside.details().isOfPreflight()
        || beside.remedy().code().startsWith("PREFLIGHT_")
        || beside.asksFirst() && WordSigns.has("message.either", beside.paste());
  }

  private static boolean isRedirected(MessageContext beside) {
    return beside.details().has("target") || beside.details().has("initialUrl");
  }

  private static boolean isError(MessageContext beside) {
    return beside.status().startsWith("4") || beside.status().startsWith("5");
  }

  private static boolean isOtherError(MessageContext beside) {
    return isError(beside) && !REFUSALS.contains(beside.status());
  }

  private static boolean isErrorOfServer(MessageContext beside) {
    return isOtherError(beside) && !UNROUTED.contains(beside.status());
  }

  private static boolean isSubject(String header, MessageContext beside) {
    return beside.value("subject").equalsIgnoreCase(header);
  }

  private static boolean isSubjectOfResponse(MessageContext beside) {
    return Bytes.lowerCase(beside.value("subject")).startsWith("access-control-")
        || beside.remedy().advice().stream().anyMatch(each -> each.isAbout(Topic.RESPONSE_HEADER));
  }

  /** A name of a header or a method is a word there. */
  private static boolean isSaidListed(MessageContext beside) {
    String name = Pattern.quote(Bytes.lowerCase(beside.subject()));
    return !beside.subject().isEmpty()
        && Denial.isSaid(Pattern.compile(LISTED.replace("NAME", name)), beside.paste().plain());
  }

  /** Whether something in front may answer instead of the server, as is known by the URL. */
  private static boolean isBehindGate(MessageContext beside) {
    return !KnownServer.passHeader(beside.url()).isEmpty();
  }

  private static boolean isMistake(MessageContext beside) {
    return LayerFaults.isFault(beside.remedy(), beside.details())
        || SpringAdvice.isFault(beside.remedy(), beside.details())
        || Clue.isCertain(beside.paste(), beside.remedy());
  }
}
