package dev.crosswalk.cors.cli.explain.console;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.meaning.Speaker;
import dev.crosswalk.cors.cli.explain.message.ConsoleMessage;
import dev.crosswalk.cors.cli.explain.paste.Paste;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a paste complains of: the same complaint about several URLs is one. */
final class Complaints {

  private static final String FORBIDDEN = "FORBIDDEN_HEADER";

  private static final String REFUSAL = "SERVER_REFUSES";

  /** A browser says that the server has allowed the origin, and lacks something else. */
  private static final Set<String> ALLOWED =
      Set.of(
          "ACAC_NOT_TRUE",
          "ACAO_WILDCARD_CREDENTIALS",
          "ACAO_MULTIPLE",
          "METHOD_NOT_ALLOWED",
          "HEADER_NOT_ALLOWED");

  private static final Advice AS_ABOVE =
      Advice.of("Begin with what is told for the message above: most often both have one cause.");

  private Complaints() {}

  static List<ConsoleMessage> grouped(List<Finding> complaints) {
    Map<String, List<Finding>> groups = new LinkedHashMap<>();
    for (Finding complaint : complaints) {
      String code = complaint.sentence().code();
      if (code.equals(REFUSAL) && isAllowed(complaints)) {
        continue; // In somebody's own words.
      }
      // Firefox says of a preflight that is redirected that it did not succeed, too.
      if (code.equals("PREFLIGHT_STATUS") && complaint.get("status").matches("30[12378].*")) {
        code = "PREFLIGHT_REDIRECT";
      }
      if (complaint.isFirefox() && code.equals("ACAO_MISMATCH")) {
        code = ofValue(complaint.get("value").strip());
      }
      String key =
          complaint.isShort() && complaint.details().holes().isEmpty()
              ? code
              : code + "\n" + subject(complaint) + "\n" + ofAnswer(complaint);
      groups.computeIfAbsent(key, unused -> new ArrayList<>()).add(complaint);
    }
    // The panel's short form says nothing that the sentence does not.
    List<String> codes = groups.keySet().stream().filter(key -> key.contains("\n")).toList();
    groups
        .keySet()
        .removeIf(
            key -> !key.contains("\n") && codes.stream().anyMatch(c -> c.startsWith(key + "\n")));
    return once(
        groups.values().stream()
            .sorted(Comparator.comparing(same -> isOfRefusal(same, codes)))
            .toList());
  }

  /** What one message has told is not told again by the next, if that has something else. */
  private static List<ConsoleMessage> once(List<List<Finding>> groups) {
    List<ConsoleMessage> all = new ArrayList<>();
    Set<Advice> told = new HashSet<>();
    for (List<Finding> same : groups) {
      if (all.size() == Console.MAX_MESSAGES) {
        break;
      }
      ConsoleMessage message = message(same);
      Remedy remedy = message.remedy();
      List<Advice> others = remedy.advice().stream().filter(each -> !told.contains(each)).toList();
      boolean isTold = all.stream().anyMatch(each -> each.remedy().equals(remedy));
      if (!isTold) {
        all.add(message.with(others.isEmpty() ? asAbove(remedy) : remedy.withOnlyAdvice(others)));
      }
      told.addAll(remedy.advice());
    }
    return all;
  }

  private static Remedy asAbove(Remedy remedy) {
    return remedy.advice().isEmpty()
        ? remedy
        : new Remedy(remedy.code(), remedy.cause(), List.of(AS_ABOVE), Optional.empty(), List.of());
  }

  private static boolean isAllowed(List<Finding> complaints) {
    return complaints.stream().anyMatch(each -> ALLOWED.contains(each.sentence().code()));
  }

  /** The page instead of JSON is the server's refusal, which tells more. */
  private static boolean isOfRefusal(List<Finding> same, List<String> codes) {
    return same.get(0).sentence().code().equals("HTML_IN_PLACE_OF_JSON")
        && codes.stream().anyMatch(code -> code.startsWith(REFUSAL + "\n"));
  }

  /** Several headers that no script may set are one mistake. */
  private static String subject(Finding complaint) {
    return complaint.sentence().code().equals(FORBIDDEN) ? "" : complaint.get("subject");
  }

  /** Of none, of one and of several values it says that it does not match. */
  private static String ofValue(String value) {
    return value.equals("(null)")
        ? "ACAO_MISSING"
        : value.contains(",") ? "ACAO_MULTIPLE" : "ACAO_MISMATCH";
  }

  /** Firefox repeats what a server sends, which differs where the server looks at the request. */
  private static String ofAnswer(Finding complaint) {
    boolean differs =
        complaint.isFirefox()
            && List.of("ACAO_MISMATCH", "ACAO_MULTIPLE").contains(complaint.sentence().code());
    return differs ? AskedUrl.origin(complaint.get("url")) : complaint.get("value");
  }

  private static ConsoleMessage message(List<Finding> same) {
    Finding first =
        same.stream().max(Comparator.comparingLong(Complaints::told)).orElse(same.get(0));
    List<String> urls = same.stream().map(f -> f.get("url")).filter(u -> u.contains(":")).toList();
    return ConsoleMessage.of(
        first.sentence().whose(),
        first.sentence().code(),
        first.sentence().code().equals(FORBIDDEN)
            ? first.with("subject", subjects(same)).details()
            : first.with("others", String.join(" ", others(first, urls))).details(),
        (int) urls.stream().distinct().count() - 1);
  }

  /** The other URLs that one policy has refused, which it has to name as well. */
  private static List<String> others(Finding first, List<String> urls) {
    return first.sentence().code().equals("CSP")
        ? urls.stream().distinct().filter(url -> !url.equals(first.get("url"))).toList()
        : List.of();
  }

  private static String subjects(List<Finding> same) {
    return String.join(", ", same.stream().map(each -> each.get("subject")).distinct().toList());
  }

  /** The one that names more is shown, and of equals the first. */
  private static long told(Finding finding) {
    long told =
        (finding.isShort() ? 0 : 1) + (finding.sentence().whose().equals(Speaker.PERSON) ? 0 : 1);
    for (String name : List.of("status", "origin", "url", "expected", "value")) {
      told += finding.get(name).isEmpty() ? 0 : 1;
    }
    told += AskedUrl.origin(finding.get("url")).equals(finding.get("url")) ? 0 : 1;
    return told * Paste.MAX_LENGTH - finding.start();
  }
}
