package dev.crosswalk.cors.cli.explain.meaning;

import dev.crosswalk.cors.cli.remedy.MistypedOrigin;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Signs of a Content Security Policy in the text. */
final class PolicySigns {

  static final Map<String, Predicate<Surroundings>> SIGNS =
      Map.of(
          "policy.misspelled",
          each -> !nearSource(each).isEmpty(),
          "policy.listed",
          PolicySigns::isInOther);

  static final Map<String, Function<Surroundings, String>> WORDS =
      Map.of("nearsource", PolicySigns::nearSource, "wholesource", PolicySigns::wholeSource);

  private static final Pattern SOURCE =
      Pattern.compile("https?://[a-z0-9.-]{3,253}(?::[0-9]{1,5})?");

  /** In front of a source of it. No browser quotes it so: its name has dashes. */
  private static final String POLICY =
      "content-security-policy[^a-z\\n][^\\n]{0,1500}-src"
          + "(?: (?:'[a-z0-9+/=-]{1,90}'|[a-z0-9.*:/-]{1,200})){0,30} ";

  private PolicySigns() {}

  /** The source that a policy has to name: the URL's, or of a frame the page's around it. */
  private static String wholeSource(Surroundings beside) {
    return beside.remedy().code().equals("FRAME") ? beside.origin() : beside.server();
  }

  /** A source in the text that is meant to be that, and has a wrong letter. */
  private static String nearSource(Surroundings beside) {
    String whole = wholeSource(beside);
    String text = beside.text();
    boolean shown = text.contains("-src ") || text.contains("frame-ancestors");
    return whole.isEmpty() || !shown
        ? ""
        : SOURCE
            .matcher(text)
            .results()
            .map(MatchResult::group)
            .filter(each -> MistypedOrigin.difference(each, whole).isPresent())
            .findFirst()
            .orElse("");
  }

  /** Whether another policy than that of the message allows the URL. */
  private static boolean isInOther(Surroundings beside) {
    String asked = beside.server();
    return !asked.isEmpty()
        && Pattern.compile(POLICY + Pattern.quote(asked) + "(?![\\w.:-])")
            .matcher(beside.text())
            .find();
  }
}
