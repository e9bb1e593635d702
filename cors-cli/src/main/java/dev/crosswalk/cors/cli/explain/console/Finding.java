package dev.crosswalk.cors.cli.explain.console;

import dev.crosswalk.cors.cli.explain.console.Sentences.Sentence;
import dev.crosswalk.cors.cli.explain.meaning.OriginCheck;
import dev.crosswalk.cors.cli.explain.meaning.Speaker;
import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.explain.paste.PastedText;
import dev.crosswalk.cors.cli.explain.settings.SettingFinding;
import java.util.regex.Pattern;

/**
 * A complaint found in a paste.
 *
 * @param details that it tells
 */
record Finding(Sentence sentence, int start, int end, Details details) {

  /** Words of a person around the short form of a browser's message. */
  private static final Pattern IN_WORDS =
      Pattern.compile(
          "(?i)\\b(?:with|to|get|gets|got|getting|gives?|see|throws?|fails?|failed|still|have|having|is|are|upload) (?:[\\w-]{1,20} ){0,3}cors error\\b");

  static Finding of(Fragment fragment) {
    return new Finding(fragment.sentence(), fragment.start(), fragment.end(), fragment.details());
  }

  private Finding telling(Details more) {
    return new Finding(sentence, start, end, more);
  }

  /** With a detail that the words around it have left empty. */
  Finding filled(String name, String value) {
    return telling(details.filled(name, value));
  }

  /** The same for several of them. */
  Finding filled(Details more) {
    return telling(details.filled(more));
  }

  /** With all of a setting, unless one is told already. */
  Finding with(SettingFinding setting) {
    return SettingFinding.in(details).isPresent() ? this : filled(setting.details());
  }

  Finding in(PastedText paste) {
    return telling(details.in(paste));
  }

  /** With a detail that is known better than by the words around it. */
  Finding with(String name, String value) {
    return value.isEmpty() ? this : telling(details.with(name, value));
  }

  /** With the URL and the origin of another, which is about the same request. */
  Finding ofRequest(Finding other) {
    return filled("url", other.get("url")).filled("origin", other.get("origin"));
  }

  Finding as(String code, int strength) {
    return new Finding(sentence.as(code, strength), start, end, details);
  }

  String get(String name) {
    return details.get(name);
  }

  boolean hasUrl() {
    return get("url").contains(":");
  }

  int strength() {
    return sentence.strength();
  }

  boolean isFirefox() {
    return sentence.whose().startsWith("Firefox");
  }

  /** A line of Firefox's whose reason is not known. */
  boolean isCutFirefox() {
    return isFirefox() && strength() == Sentences.NO_REASON;
  }

  /** The headers that are beside a line of a log tell more than its status. */
  boolean isLessThanAnExchange() {
    return strength() < Sentences.CONSEQUENCE || isOfLog();
  }

  /** That the header is missing, in words that any person may write about any answer. */
  boolean isMissingSomewhere() {
    return sentence.code().equals("ACAO_MISSING")
        && get("url").isEmpty()
        && get("origin").isEmpty();
  }

  /** A browser's line about a WebSocket beside that of the server that has refused it. */
  boolean isToldBy(Finding other) {
    return sentence.code().equals("WEBSOCKET")
        && OriginCheck.isOf(other.sentence().whose(), other.sentence().code());
  }

  /** A preflight does not fail with success: somebody tells what the answer is. */
  boolean isContradiction() {
    return sentence.code().equals("PREFLIGHT_STATUS") && get("status").startsWith("2") && !isOfLog()
        || isOfCall();
  }

  /** The call of a method, post({id: '123'}), has neither a status nor a URL. */
  private boolean isOfCall() {
    return sentence.code().equals("HTTP_STATUS")
        && details.has("url")
        && get("url").matches("[({\\[].*");
  }

  /** "I get a 404" is no line of a console, which has a URL behind the method. */
  Finding ofItsSpeaker() {
    boolean said =
        sentence.code().equals("HTTP_STATUS") && isOfBrowser() && get("url").matches("[a-z]+");
    return said
        ? new Finding(
            new Sentence(Speaker.PERSON, sentence.code(), sentence.strength(), sentence.template()),
            start,
            end,
            details.without("url"))
        : this;
  }

  /** "Uploads fail with CORS error" is no row of the network panel. */
  Finding ofPerson(String line) {
    boolean said =
        isShort() && sentence.code().equals("REASON_MISSING") && IN_WORDS.matcher(line).find();
    return said
        ? new Finding(
            new Sentence(Speaker.PERSON, sentence.code(), sentence.strength(), sentence.template()),
            start,
            end,
            details)
        : this;
  }

  /** Nothing failed there: in a person's words it is what works, and not the question. */
  boolean isSuccess() {
    boolean status =
        sentence.code().equals("HTTP_STATUS")
            || sentence.code().equals("PREFLIGHT_STATUS") && isOfLog();
    return status && get("status").startsWith("2") && !hasUrl();
  }

  /** A line of a server's log about an answer that it has sent. */
  boolean isLoggedSuccess() {
    return isOfLog() && get("status").startsWith("2");
  }

  boolean isOfBrowser() {
    return Speaker.isBrowser(sentence.whose());
  }

  boolean isOfLog() {
    return sentence.whose().equals(Speaker.LOG);
  }

  /** A value is a variable of the code that makes the message. */
  boolean isOfCode() {
    return details.holes().values().stream().anyMatch(value -> value.contains("${"));
  }

  boolean isShort() {
    return sentence.whose().endsWith("DevTools");
  }
}
