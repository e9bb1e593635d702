package dev.crosswalk.cors.cli.explain.meaning;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.spring.AskedRequest;
import dev.crosswalk.cors.cli.explain.spring.Fault;
import dev.crosswalk.cors.cli.explain.spring.SpringFaults;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.tck.url.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is wrong with the Spring application in a paste, in words: the file {@code spring.txt},
 * which says of its form.
 *
 * @param fault its name
 * @param codes of the meanings that it explains
 * @param not the statuses with which it is not the cause
 * @param advice with holes
 */
record SpringAdvice(String fault, List<String> codes, List<String> not, Advice advice) {

  private static final String FILE = "spring.txt";

  /** What a browser says where Spring's own CORS layer refuses. */
  private static final List<String> REFUSAL =
      List.of(
          "ACAO_MISSING",
          "PREFLIGHT_STATUS",
          "REASON_MISSING",
          "HIDDEN",
          "SERVER_REFUSES",
          "ORIGIN_REFUSED",
          "UNCLEAR");

  /** What it says where something answers in front of that. */
  private static final List<String> LOGIN =
      List.of(
          "ACAO_MISSING",
          "PREFLIGHT_STATUS",
          "PREFLIGHT_REDIRECT",
          "LOGIN_REDIRECT",
          "AUTHENTICATION",
          "REASON_MISSING",
          "HIDDEN",
          "UNCLEAR");

  private static final class Holder {
    private static final List<SpringAdvice> ALL =
        Facts.blocks(SpringAdvice.class, FILE).stream().map(SpringAdvice::read).toList();
  }

  private static SpringAdvice read(Facts.Block block) {
    List<String> codes =
        block.head().stream()
            .skip(1)
            .flatMap(
                each ->
                    each.equals("refusal")
                        ? REFUSAL.stream()
                        : each.equals("login") ? LOGIN.stream() : Stream.of(each))
            .distinct()
            .toList();
    return new SpringAdvice(
        block.code(),
        codes,
        block.value("not").map(each -> List.of(each.split(" "))).orElse(List.of()),
        Advice.read(block.value("advice").orElseThrow(), FILE));
  }

  static List<SpringAdvice> all() {
    return Holder.ALL;
  }

  /** Whether code without a message has something in it that is wrong for any request. */
  public static boolean isMistake(String code) {
    return !told(Clue.MISTAKE, code, AskedRequest.UNKNOWN).isEmpty();
  }

  /**
   * A remedy with what is wrong in front, and without what is told in general of the same things.
   *
   * @param values of a message, by the names of its holes; {@code code} is the text as it was
   *     pasted
   * @param general what is told without anything that is known
   */
  static Remedy told(Remedy remedy, Map<String, String> values, Remedy general) {
    List<Advice> told =
        told(remedy.code(), values.getOrDefault("code", ""), request(remedy, values));
    if (told.isEmpty() || isOfPage(values)) {
      return remedy;
    }
    List<Advice> advice = new ArrayList<>(remedy.advice());
    boolean grants = told.get(0).isAbout(Topic.SPRING_GRANTS);
    // That nothing is wrong is no news where something is known.
    if (grants && isKnown(advice, general)) {
      return remedy;
    }
    advice.addAll(0, told);
    return remedy.withOnlyAdvice(advice);
  }

  /** A redirect has led to the page itself, which no layer of the server allows. */
  private static boolean isOfPage(Map<String, String> values) {
    String origin = values.getOrDefault("origin", "");
    return !origin.isEmpty() && AskedUrl.origin(values.getOrDefault("url", "")).equals(origin);
  }

  /** Whether something is certain to be wrong for the request of a message. */
  static boolean isFault(Remedy remedy, Map<String, String> values) {
    return told(remedy.code(), values.getOrDefault("code", ""), request(remedy, values)).stream()
        .anyMatch(each -> each.isAbout(Topic.SPRING));
  }

  /** Whether the first piece of advice is about this very request. */
  private static boolean isKnown(List<Advice> advice, Remedy general) {
    return !advice.isEmpty()
        && !general.advice().contains(advice.get(0))
        && !advice
            .get(0)
            .isAbout(
                Topic.LISTS_PAGE, Topic.LISTS_ORIGINS, Topic.SETTING_NOT_READ, Topic.WHOSE_SERVER);
  }

  private static List<Advice> told(String code, String pasted, AskedRequest request) {
    List<Fault> faults = SpringFaults.in(pasted, request);
    String status = String.valueOf(request.status());
    return all().stream()
        .filter(each -> each.codes.contains(code) && !each.not.contains(status))
        .flatMap(
            each ->
                faults.stream()
                    .filter(fault -> fault.name().equals(each.fault))
                    .limit(1)
                    .map(
                        fault -> each.advice.worded(words -> Meaning.filled(words, fault.words()))))
        .toList();
  }

  private static AskedRequest request(Remedy remedy, Map<String, String> values) {
    String url = values.getOrDefault("url", "");
    String code = remedy.code();
    String subject = values.getOrDefault("subject", "");
    List<String> headers = new ArrayList<>(CorsCause.asked(values));
    if (code.equals("HEADER_NOT_ALLOWED") && !headers.contains(subject) && !subject.isEmpty()) {
      headers.add(subject);
    }
    return new AskedRequest(
        values.getOrDefault("origin", ""),
        AskedUrl.origin(url),
        Url.parse(url).filter(asked -> asked.host() != null).map(Url::path).orElse(""),
        code.equals("METHOD_NOT_ALLOWED") && !subject.isEmpty()
            ? subject
            : values.getOrDefault("method", ""),
        headers,
        values.containsKey("includes"),
        values.containsKey("preflight")
            || code.startsWith("PREFLIGHT")
            || code.equals("METHOD_NOT_ALLOWED")
            || code.equals("HEADER_NOT_ALLOWED"),
        CorsCause.status(values));
  }
}
