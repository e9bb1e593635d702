package dev.crosswalk.cors.tck.report;

import dev.crosswalk.cors.tck.rules.Catalogue.Entry;
import dev.crosswalk.cors.tck.rules.LookAt;
import dev.crosswalk.cors.tck.rules.Observation;
import dev.crosswalk.cors.tck.rules.TestPolicy;
import dev.crosswalk.cors.tck.wire.Headers;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Why many rules are broken at once. Begin here: most rules that fail together fail by one mistake,
 * and the first of them to be shown may be far from it.
 */
public final class CommonCause {

  /** Fewer broken rules are read one by one. */
  private static final int MANY = 5;

  private static final int SHOWN_RULES = 12;

  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

  /** In the order of a request's way: what goes wrong early is why more goes wrong later. */
  private enum Symptom {
    SERVER_FAILS(
        "requests fail before they reach the application",
        "the exception in the server's log: the adapter may have thrown it",
        seen -> seen.response().status() >= 500 && seen.calls() == 0 && !isMeantToFail(seen)),
    PREFLIGHTS_PASS(
        "preflights reach the application",
        LookAt.EARLY,
        // Core answers by 204 or 403: any other status is somebody else's.
        seen -> seen.isPreflight() && (seen.calls() > 0 || !hasStatus(seen, 204, 403))),
    ACTUAL_REFUSED(
        "requests that are not preflights are refused",
        LookAt.ACTUAL,
        seen -> !seen.isPreflight() && seen.calls() == 0 && hasStatus(seen, 403)),
    ANYONE_GRANTED(
        "origins are granted that the policy does not allow",
        LookAt.COMPARISON,
        seen ->
            seen.origin().contains("evil.example")
                && seen.response().headers().lines(ALLOW_ORIGIN).contains(seen.origin())),
    TWO_WRITERS(
        "responses have Access-Control-Allow-Origin more than once",
        LookAt.OWNER,
        seen -> seen.response().headers().lines(ALLOW_ORIGIN).size() > 1),
    LINES_APART(
        "several lines of a request header are not read as one value",
        LookAt.READER,
        CommonCause::hasSeveralLines),
    APPLICATION_UNSEEN(
        "what the application has written itself is not replaced, or is lost",
        LookAt.OWNER + "; ResponseWriter.get returns what the response would leave with now",
        seen -> seen.request().url().contains("/own-")),
    NO_HEADERS(
        "responses leave without the headers of the policy",
        LookAt.HOOK,
        seen -> isNotShared(seen) && seen.response().status() < 400),
    ERRORS_WITHOUT_HEADERS(
        "errors leave without the headers of the policy",
        LookAt.ERROR_HOOK,
        seen -> isNotShared(seen) && seen.response().status() >= 400),
    NO_VARY(
        "responses that depend on the origin do not say so",
        LookAt.VARY,
        seen -> !seen.response().headers().has("Vary"));

    final String sentence;
    final String lookAt;
    final Predicate<Observation> isSeenIn;

    Symptom(String sentence, String lookAt, Predicate<Observation> isSeenIn) {
      this.sentence = sentence;
      this.lookAt = lookAt;
      this.isSeenIn = isSeenIn;
    }

    private static boolean hasStatus(Observation seen, int... statuses) {
      for (int status : statuses) {
        if (seen.response().status() == status) {
          return true;
        }
      }
      return false;
    }

    private static boolean isMeantToFail(Observation seen) {
      String url = seen.request().url();
      return url.contains("throw") || url.contains("/status/") || url.contains("error");
    }

    private static boolean isNotShared(Observation seen) {
      return List.of(TestPolicy.APP, TestPolicy.ADMIN).contains(seen.origin())
          && !seen.response().headers().has(ALLOW_ORIGIN);
    }
  }

  private static boolean hasSeveralLines(Observation seen) {
    Headers sent = seen.request().headers();
    return sent.fields().stream().anyMatch(field -> sent.lines(field.name()).size() > 1);
  }

  private final Map<String, List<Observation>> broken = new TreeMap<>();

  /**
   * Adds a broken rule.
   *
   * @param observations what was asked for it
   */
  public void add(Entry rule, List<Observation> observations) {
    broken.put(rule.id(), List.copyOf(observations));
  }

  /**
   * Names the mistake from which most of the broken rules follow.
   *
   * @return what it is, and where to look; empty if few rules are broken, or for different reasons
   */
  public Optional<String> tell() {
    Map<Symptom, TreeSet<String>> rules = new EnumMap<>(Symptom.class);
    broken.forEach(
        (rule, observations) ->
            symptom(observations)
                .ifPresent(
                    symptom -> rules.computeIfAbsent(symptom, s -> new TreeSet<>()).add(rule)));
    return rules.entrySet().stream()
        .filter(entry -> entry.getValue().size() >= MANY)
        .max(Map.Entry.comparingByValue((a, b) -> Integer.compare(a.size(), b.size())))
        .map(entry -> tell(entry.getKey(), entry.getValue()));
  }

  private static Optional<Symptom> symptom(List<Observation> observations) {
    for (Symptom symptom : Symptom.values()) {
      if (observations.stream().anyMatch(symptom.isSeenIn)) {
        return Optional.of(symptom);
      }
    }
    return Optional.empty();
  }

  private String tell(Symptom symptom, TreeSet<String> rules) {
    return "Begin here: "
        + symptom.sentence
        + ": "
        + rules.size()
        + " rules follow from it, of "
        + broken.size()
        + " that are broken.\nLook at: "
        + symptom.lookAt
        + "\nRules:   "
        + String.join(" ", rules.stream().limit(SHOWN_RULES).toList())
        + (rules.size() > SHOWN_RULES ? " …" : "");
  }
}
