package dev.crosswalk.cors.cli.explain.layer;

import dev.crosswalk.cors.cli.explain.layer.Code.Bracketed;
import dev.crosswalk.cors.cli.explain.layer.Fault.What;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An application of ASP.NET Core: AddCors defines policies, UseCors applies one, in the order of
 * the pipeline.
 */
final class AspNetCode {

  private static final Pattern ADDED = Pattern.compile("\\baddcors\\(");
  private static final Pattern POLICY = Pattern.compile("\\badd(default)?policy\\(");
  private static final Pattern USED = Pattern.compile("\\.usecors\\(");

  private static final Pattern BY_ATTRIBUTE =
      Pattern.compile(
          "\\benablecors\\b|\\brequirecors\\b|corsauthorizationfilterfactory|\"corspolicy\"\\s?:");

  /** A policy's name, where that is all. */
  private static final Pattern NAMED =
      Pattern.compile(
          "(?:\\benablecors\\(\\s?(?:policyname\\s?=\\s?)?|\\brequirecors\\(\\s?)(\"[^\"\\n*]{1,60}\")\\s?\\)");

  /** What answers where UseCors is not asked any more. */
  private static final Pattern ANSWERS =
      Pattern.compile(
          "\\b\\w{1,20}\\.(?:useauthorization|usemvc|usemvcwithdefaultroute|useendpoints|useocelot|run\\(\\s?async)\\b");

  /** What answers again with what an earlier request got, whatever the Origin of this one. */
  private static final Pattern CACHE = Pattern.compile("\\.use(?:responsecaching|outputcache)\\(");

  /** A middleware of one's own, and what it answers in place of the endpoint. */
  private static final Pattern OWN =
      Pattern.compile(
          "\\b\\w{1,20}\\.(?:usemiddleware<|use\\(\\s?async\\b|use\\(\\s?\\(?\\w{1,20},\\s?\\w{1,20}\\)?\\s?=>)");

  private static final Pattern REFUSES =
      Pattern.compile(
          "\\bstatuscode\\s?=\\s?(?:\\(int\\)\\s?)?(?:40[13]\\b|statuscodes\\.status40[13]|httpstatuscode\\.(?:unauthorized|forbidden))");

  /** What answers in OWIN, where UseCors stands behind it. */
  private static final Pattern OWIN =
      Pattern.compile(
          "\\b(?:configure\\w{0,20}(?:auth|jwt)\\w{0,10}\\(\\s?app|app\\.(?:useoauthauthorizationserver|useoauthbearer\\w{0,20}|usejwtbearerauthentication|usewebapi|usecookieauthentication))\\b");

  private static final Pattern MORE = Pattern.compile("\\.(?:allowany|with)(?:method|header)s?\\(");

  private static final Pattern DEVELOPMENT =
      Pattern.compile("\\bif\\s?\\(\\s?[\\w.]{0,40}isdevelopment\\(\\s?\\)\\s?\\)\\s{0,40}\\{");

  private static final Pattern CONSTANT =
      Pattern.compile("\\b(?:string|var)\\s{1,3}(\\w{1,40})\\s?=\\s?(\"[^\"\\n]{1,60}\")");

  private final Code code;
  private final AskedRequest asked;

  private AspNetCode(Code code, AskedRequest asked) {
    this.code = code;
    this.asked = asked;
  }

  static List<Fault> faults(String text, AskedRequest asked) {
    return text.contains("addcors") || text.contains("usecors")
        ? new AspNetCode(Code.withSlashes(text), asked).faults()
        : List.of();
  }

  private List<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    List<Bracketed> used = code.all(USED).stream().filter(this::isStatement).toList();
    if (used.isEmpty()) {
      ofAttributes().ifPresent(faults::add);
      return faults;
    }
    ofNames(used).or(this::ofAttributes).ifPresent(faults::add);
    ofDefault(used).ifPresent(faults::add);
    if (used.stream().allMatch(this::isOfDevelopment)) {
      faults.add(Fault.of(What.ASP_NET_DEVELOPMENT_ALONE));
    }
    Matcher answers = ANSWERS.matcher(code.text());
    if (answers.find() && used.stream().allMatch(each -> each.start() > answers.start())) {
      faults.add(Fault.of(What.ASP_NET_AFTER_ENDPOINTS));
    }
    Matcher own = OWN.matcher(code.text());
    if (own.find()
        && code.has(REFUSES)
        && used.stream().allMatch(each -> each.start() > own.start())) {
      faults.add(Fault.of(What.ASP_NET_AFTER_OWN));
    }
    Matcher owin = OWIN.matcher(code.text());
    if (code.text().contains("iappbuilder")
        && owin.find()
        && used.stream().allMatch(each -> each.start() > owin.start())) {
      faults.add(Fault.of(What.ASP_NET_AFTER_OWIN));
    }
    code.first(CACHE)
        .filter(cache -> used.stream().allMatch(each -> each.start() > cache.start()))
        .ifPresent(cache -> faults.add(Fault.of(What.ASP_NET_AFTER_CACHE)));
    return faults;
  }

  /** Not the name of the call in a sentence of a person. */
  private boolean isStatement(Bracketed use) {
    String rest = code.text().substring(use.end());
    return rest.isBlank() || rest.matches("(?s)[ \\t]*[;\\n\\r}.].*");
  }

  private boolean isOfDevelopment(Bracketed use) {
    return code.all(DEVELOPMENT).stream()
        .anyMatch(block -> block.start() < use.start() && use.end() < block.end());
  }

  /** The policies that are defined, and the one that is applied. */
  private Optional<Fault> ofNames(List<Bracketed> used) {
    List<Bracketed> policies = code.all(POLICY);
    Optional<Bracketed> added = code.first(ADDED);
    if (added.isEmpty() || policies.isEmpty() || added.get().isCut()) {
      return Optional.empty();
    }
    List<String> names =
        policies.stream()
            .filter(each -> each.group(1).isEmpty())
            .flatMap(each -> each.items().stream().limit(1))
            .map(this::value)
            .toList();
    boolean usual =
        policies.stream().anyMatch(each -> !each.group(1).isEmpty())
            || added.get().has("defaultpolicyname");
    List<String> applied =
        used.stream()
            .map(each -> each.items().isEmpty() ? "" : each.items().get(0))
            .filter(each -> !each.contains("=>") && !each.contains("{"))
            .map(this::value)
            .toList();
    if (applied.size() < used.size()) {
      return Optional.empty();
    }
    if (!usual && applied.stream().allMatch(String::isEmpty) && !code.has(BY_ATTRIBUTE)) {
      return Optional.of(Fault.of(What.ASP_NET_NO_DEFAULT_POLICY));
    }
    boolean known =
        applied.stream().anyMatch(each -> each.isEmpty() || names.contains(each))
            || applied.stream().anyMatch(each -> !each.startsWith("\""))
            || names.stream().anyMatch(each -> !each.startsWith("\""));
    return known ? Optional.empty() : Optional.of(Fault.of(What.ASP_NET_UNKNOWN_POLICY));
  }

  /** An attribute, an endpoint or a route of YARP names a policy that is not defined. */
  private Optional<Fault> ofAttributes() {
    List<Bracketed> policies = code.all(POLICY);
    Optional<Bracketed> added = code.first(ADDED);
    List<String> names =
        policies.stream()
            .filter(each -> each.group(1).isEmpty())
            .flatMap(each -> each.items().stream().limit(1))
            .map(this::value)
            .toList();
    boolean known =
        !names.isEmpty()
            && names.stream().allMatch(each -> each.startsWith("\""))
            && added.filter(each -> !each.isCut()).isPresent();
    return known
            && NAMED
                .matcher(code.text())
                .results()
                .map(each -> each.group(1))
                .anyMatch(each -> !names.contains(each) && !each.contains("://"))
        ? Optional.of(Fault.of(What.ASP_NET_UNKNOWN_POLICY))
        : Optional.empty();
  }

  /** UseCors() applies the default policy, also where another one allows more. */
  private Optional<Fault> ofDefault(List<Bracketed> used) {
    List<Bracketed> policies = code.all(POLICY);
    boolean usual =
        used.stream().allMatch(each -> each.inside().isBlank()) && !code.has(BY_ATTRIBUTE);
    Optional<Bracketed> applied =
        policies.stream().filter(each -> !each.group(1).isEmpty()).findFirst();
    return usual
            && applied.filter(each -> !allowsMore(each) && !each.isCut()).isPresent()
            && policies.stream().anyMatch(AspNetCode::allowsMore)
        ? Optional.of(Fault.of(What.ASP_NET_OTHER_POLICY))
        : Optional.empty();
  }

  /** Methods and headers that need a permission. */
  private static boolean allowsMore(Bracketed policy) {
    return MORE.matcher(policy.inside()).find();
  }

  /** The text of a name, or of the variable that has it. */
  private String value(String name) {
    Matcher constant = CONSTANT.matcher(code.text());
    while (constant.find()) {
      if (constant.group(1).equals(name)) {
        return constant.group(2);
      }
    }
    return name;
  }
}
