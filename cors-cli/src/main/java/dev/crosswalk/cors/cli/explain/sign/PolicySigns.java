package dev.crosswalk.cors.cli.explain.sign;

import dev.crosswalk.cors.cli.explain.csp.PastedDirective;
import dev.crosswalk.cors.cli.explain.csp.PolicySource;
import dev.crosswalk.cors.cli.explain.csp.PolicyViolation;
import dev.crosswalk.cors.cli.remedy.origin.MistypedOrigin;
import dev.crosswalk.cors.tck.url.Bytes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Signs of a Content Security Policy in the text. */
final class PolicySigns {

  static final Map<String, Predicate<MessageContext>> SIGNS =
      Map.of(
          "policy.misspelled",
          each -> !nearSource(each).isEmpty(),
          "policy.listed",
          PolicySigns::isInOther,
          "policy.twice",
          PolicySigns::isRepeated,
          "policy.by-default",
          each -> other(each).equals("default-src"),
          "policy.by-other",
          each -> !other(each).isEmpty() && !other(each).equals("default-src"),
          "line.of-unknown-file",
          each -> !file(each).isEmpty(),
          "policy.of-nonces",
          each -> violation(each).isOfNonces(),
          "policy.without",
          each -> !violation(each).directive().equals(violation(each).applied()));

  static final Map<String, Function<MessageContext, String>> WORDS =
      Map.of(
          "nearsource",
          PolicySigns::nearSource,
          "wholesource",
          PolicySigns::wholeSource,
          "file",
          PolicySigns::file,
          "directive",
          each -> violation(each).directive(),
          "othersource",
          PolicySigns::otherSource,
          "otherdirective",
          PolicySigns::other);

  private static final Pattern SOURCE =
      Pattern.compile("https?://[a-z0-9.-]{3,253}(?::[0-9]{1,5})?");

  private PolicySigns() {}

  /** The source that a policy has to name: the URL's, or of a frame the page's around it. */
  private static String wholeSource(MessageContext beside) {
    return beside.remedy().code().equals("FRAME") ? beside.origin() : beside.server();
  }

  /** A source in the text that is meant to be that, and has a wrong letter. */
  private static String nearSource(MessageContext beside) {
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

  /** Firefox writes it behind the line, and Chrome in front of it or behind. */
  private static final Pattern FILE =
      Pattern.compile(
          "(?m)(?<![\\w/.@-])([a-z][a-z0-9_.-]{0,60}\\.m?js):[0-9]{1,6}(?::[0-9]{1,6})?(?=[ \\t]*$| (?:refused|executing|applying|content|uncaught))");

  /** What sites call their own files. */
  private static final Pattern OF_SITE =
      Pattern.compile(
          "(?:main|app|index|bundle|vendors?|chunk|runtime|polyfills?|script|common|site|all|core|client|webpack|framework)\\b.*"
              + "|.*(?:jquery|bootstrap|react|vue|angular|modernizr|lodash|mootools|prototype|require|backbone|ember|htmx|alpine|knockout|handlebars|gtm|analytics|recaptcha).*"
              + "|.*[.-](?=[a-z]*[0-9])[0-9a-z]{6,40}\\..*");

  /** Another error of the page, and the places in the code that a console writes below it. */
  private static final Pattern OTHER_ERROR =
      Pattern.compile("(?m)^.{0,200}\\buncaught (?!evalerror|\\(in promise\\) evalerror)");

  /** The script in which such a line comes up, where the page's own would be called otherwise. */
  private static String file(MessageContext beside) {
    String violation = beside.value("policy");
    String around = violation.isEmpty() ? beside.text() : Bytes.lowerCase(violation);
    Matcher other = OTHER_ERROR.matcher(around);
    return FILE.matcher(other.find() ? around.substring(0, other.start()) : around)
        .results()
        .map(found -> found.group(1))
        .filter(name -> !OF_SITE.matcher(name).matches())
        .findFirst()
        .orElse("");
  }

  private static List<PastedDirective.Policy> policies(MessageContext beside) {
    return beside.paste().read(Policies.class, () -> new Policies(beside.text())).all;
  }

  /** Those of a text, which are read once. */
  private static final class Policies {
    private final List<PastedDirective.Policy> all;

    Policies(String text) {
      all = PastedDirective.policies(text);
    }
  }

  private static PolicyViolation violation(MessageContext beside) {
    return PolicyViolation.of(beside.value("policy"), beside.url());
  }

  /** Whether another policy than that of the message allows the URL. */
  private static boolean isInOther(MessageContext beside) {
    PolicyViolation violation = violation(beside);
    return isAsked(beside, violation)
        && policies(beside).stream()
            .anyMatch(
                policy ->
                    policy
                        .counting(violation.directive())
                        .filter(each -> policy.whole() || !each.name().equals("default-src"))
                        .filter(each -> allows(each, beside) && !violation.isOf(each.sources()))
                        .isPresent());
  }

  /** Whether a directive allows it that is in that policy for the second time. */
  private static boolean isRepeated(MessageContext beside) {
    PolicyViolation violation = violation(beside);
    return isAsked(beside, violation)
        && policies(beside).stream()
            .flatMap(policy -> policy.repeated().stream())
            .anyMatch(each -> each.name().equals(violation.directive()) && allows(each, beside));
  }

  /** The directive in the text that allows the URL, and does not count for what was loaded. */
  private static Optional<PastedDirective> otherDirective(MessageContext beside) {
    PolicyViolation violation = violation(beside);
    return isAsked(beside, violation) && !isInOther(beside)
        ? policies(beside).stream()
            .flatMap(policy -> policy.directives().stream())
            .filter(each -> !each.name().equals(violation.directive()) && allows(each, beside))
            .findFirst()
        : Optional.empty();
  }

  private static String other(MessageContext beside) {
    return otherDirective(beside).map(PastedDirective::name).orElse("");
  }

  /** The source there that allows the URL. */
  private static String otherSource(MessageContext beside) {
    return otherDirective(beside).stream()
        .flatMap(each -> each.sources().stream())
        .filter(each -> namesHost(each, beside.url()))
        .findFirst()
        .orElse("");
  }

  private static boolean isAsked(MessageContext beside, PolicyViolation violation) {
    return !beside.server().isEmpty()
        && !violation.directive().isEmpty()
        && beside.text().contains("src");
  }

  private static boolean allows(PastedDirective directive, MessageContext beside) {
    return directive.sources().stream().anyMatch(each -> namesHost(each, beside.url()));
  }

  /** A scheme alone, or *, is in many a policy, and names nobody. */
  private static boolean namesHost(String source, String url) {
    return PolicySource.of(source)
        .filter(each -> !each.host().isEmpty() && !each.host().equals("*"))
        .filter(each -> each.allows(url))
        .isPresent();
  }
}
