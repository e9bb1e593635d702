package dev.crosswalk.cors.cli.explain.console;

import dev.crosswalk.cors.cli.explain.console.Sentences.Sentence;
import dev.crosswalk.cors.cli.explain.meaning.OriginCheck;
import dev.crosswalk.cors.cli.explain.meaning.Speaker;
import java.util.HashMap;
import java.util.Map;

/**
 * A complaint found in a paste.
 *
 * @param values by the names of the holes
 */
record Finding(Sentence sentence, int start, int end, Map<String, String> values) {
  static Finding of(Fragment fragment) {
    return new Finding(fragment.sentence(), fragment.start(), fragment.end(), fragment.values());
  }

  /** With a value for a hole that the words around it have left empty. */
  Finding filled(String name, String value) {
    return values.containsKey(name) ? this : with(name, value);
  }

  /** The same for several holes that belong together. */
  Finding filled(Map<String, String> more) {
    Finding all = this;
    if (more.keySet().stream().noneMatch(values::containsKey)) {
      for (Map.Entry<String, String> each : more.entrySet()) {
        all = all.with(each.getKey(), each.getValue());
      }
    }
    return all;
  }

  /** With a value that is known better than by the words around it. */
  Finding with(String name, String value) {
    Map<String, String> more = new HashMap<>(values);
    if (!value.isEmpty()) {
      more.put(name, value);
    }
    return new Finding(sentence, start, end, more);
  }

  /** With the URL and the origin of another, which is about the same request. */
  Finding ofRequest(Finding other) {
    return filled("url", other.get("url")).filled("origin", other.get("origin"));
  }

  Finding as(String code, int strength) {
    return new Finding(
        new Sentence(sentence.whose(), code, strength, sentence.template()), start, end, values);
  }

  String get(String name) {
    return values.getOrDefault(name, "");
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

  /** The headers that are beside a line of a log tell more than its status. */
  boolean isLessThanAnExchange() {
    return strength() < Sentences.CONSEQUENCE || isOfLog();
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
        && values().containsKey("url")
        && get("url").matches("[({\\[].*");
  }

  /** Nothing failed there: in a person's words it is what works, and not the question. */
  boolean isSuccess() {
    boolean status =
        sentence.code().equals("HTTP_STATUS")
            || sentence.code().equals("PREFLIGHT_STATUS") && isOfLog();
    return status && get("status").startsWith("2") && !hasUrl();
  }

  boolean isOfLog() {
    return sentence.whose().equals(Speaker.LOG);
  }

  /** A value is a variable of the code that makes the message. */
  boolean isOfCode() {
    return values().values().stream().anyMatch(value -> value.contains("${"));
  }

  boolean isShort() {
    return sentence.whose().endsWith("DevTools");
  }
}
