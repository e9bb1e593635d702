package dev.crosswalk.cors.cli.explain.layer;

import dev.crosswalk.cors.cli.explain.layer.Code.Bracketed;
import dev.crosswalk.cors.cli.explain.layer.Fault.What;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An application of Express, Koa or Hono: its steps run in the order in which they are written, and
 * the first one that answers ends it.
 */
final class ExpressCode {

  private static final Pattern APP =
      Pattern.compile(
          "\\b([a-z_$][\\w$]{0,30})\\s?(?::\\s?[\\w.]{1,30}\\s?)?=\\s?"
              + "(?:express\\(|new\\s(?:openapi)?(?:hono|koa)(?:<[^()]{1,80}>)?\\()");

  /** Other frameworks have steps of the same names, and another order. */
  private static final Pattern OTHERS =
      Pattern.compile("\\b(?:fastify|nestfactory|polka|restify)\\b");

  /** A function of somebody's own has the name of the package. */
  private static final Pattern OWN =
      Pattern.compile(
          "\\bcors\\s?=\\s?+(?!require\\(\\s?[\"'`](?:@koa/)?cors[\"'`]\\s?\\)(?!\\s?\\())"
              + "|\\bfunction\\scors\\b|\\bimport\\s[{\\s]{0,3}cors[}\\s]{1,3}from\\s?+[\"'`](?!(?:@koa/)?cors[\"'`])");

  private static final Pattern MADE =
      Pattern.compile(
          "\\b([a-z_$][\\w$]{0,40})\\s?=\\s?(?:cors|require\\(\\s?[\"'`]cors[\"'`]\\s?\\))\\(");

  private static final Pattern BY_HAND = Pattern.compile("access-control-allow-origin");

  /** What is called so answers who has not logged in. */
  private static final Pattern LOGIN =
      Pattern.compile(
          "(?:express)?jwt\\b.{0,200}|[a-z_.]{0,20}(?:verify|auth|jwt|passport\\.auth|protect)[a-z_.]{0,30}(?:\\(.{0,200})?"
              + "|(?:async\\s)?(?:function\\s?)?\\(\\s?req\\s?,\\s?res\\s?,\\s?next\\s?\\).{0,400}\\b40[13]\\b.*",
          Pattern.DOTALL);

  /** What is called so has routes in it. */
  private static final Pattern ROUTER =
      Pattern.compile(
          "[\\w$.]{0,40}(?:route|router|routes|controller|api)s?\\d?(?:\\(.{0,60})?|require\\(\\s?[\"'`]\\.{1,2}/.{0,80}|express\\.static\\(.{0,200}|expressmiddleware\\(.{0,200}",
          Pattern.DOTALL);

  private static final Pattern FILE = Pattern.compile(".*\\.[a-z0-9]{2,5}|/?");

  private static final int MAX_PLACE = 60;

  /** A router, or a group of routes, that has a layer of its own. */
  private static final Pattern OF_ROUTER =
      Pattern.compile("(?<![\\w.$\"'`])([a-z_$][\\w$]{0,30})\\.use\\(\\s?cors\\s?\\(");

  private static final Pattern WITH_NEXT =
      Pattern.compile(
          "(?:async\\s)?(?:function\\s?\\w{0,30}\\s?)?\\([^(),]{1,40},[^(),]{1,40},\\s{0,3}next[^(),]{0,40}\\)(.*)",
          Pattern.DOTALL);

  /**
   * One step.
   *
   * @param app that has it
   * @param verb {@code use}, a method or {@code all}
   * @param path from which on it counts; empty for each
   * @param known whether the path is a plain one
   * @param handlers what is called there
   */
  private record Step(String app, String verb, String path, boolean known, List<String> handlers) {

    static Step of(Bracketed call) {
      List<String> items = new ArrayList<>(call.items());
      String path = items.isEmpty() ? "" : Code.unquoted(items.get(0));
      boolean array = !items.isEmpty() && items.get(0).matches("(?s)[\\[/].*");
      if (!path.isEmpty() || array) {
        items.remove(0);
      }
      return new Step(call.group(1), call.group(2), path, !array, items);
    }

    boolean isUse() {
      return verb.equals("use");
    }

    /** Whether it is asked for this path; where that is not known, any step may be. */
    boolean isAsked(AskedRequest asked) {
      return !asked.isPathKnown()
          || !known
          || (isUse() ? asked.isBelow(path.replaceFirst("/?\\*$", "")) : asked.isAt(path));
    }

    boolean isAnswer(AskedRequest asked) {
      if (handlers.isEmpty() || verb.equals("options")) {
        return false;
      }
      String last = handlers.get(handlers.size() - 1);
      if (last.startsWith("express.static(")) {
        return asked.isPathKnown() && FILE.matcher(asked.path()).matches();
      }
      return !isUse() ? !path.isEmpty() : ROUTER.matcher(last).matches();
    }

    boolean isLogin() {
      return isUse() && handlers.stream().anyMatch(each -> LOGIN.matcher(each).matches());
    }

    String shown() {
      String first =
          path.isEmpty() ? handlers.get(0).replaceAll("\\s+", " ") : '"' + path + "\", ...";
      String whole = app + "." + verb + "(" + first + ")";
      return whole.length() > MAX_PLACE ? app + "." + verb + "(...)" : whole;
    }
  }

  private final Code code;
  private final AskedRequest asked;
  private final List<Step> steps = new ArrayList<>();
  private final Set<String> apps = new LinkedHashSet<>();
  private final Set<String> made = new LinkedHashSet<>();

  private ExpressCode(Code code, AskedRequest asked) {
    this.code = code;
    this.asked = asked;
    Matcher app = APP.matcher(code.text());
    while (app.find()) {
      apps.add(app.group(1));
    }
    Matcher layer = MADE.matcher(code.text());
    while (layer.find()) {
      made.add(layer.group(1));
    }
    String names = apps.isEmpty() ? "app" : String.join("|", apps).replace("$", "\\$");
    // What people quote in a sentence is no step.
    code.all(
            Pattern.compile(
                "(?<![\\w.$\"'`])("
                    + names
                    + ")\\s{0,3}\\.\\s{0,3}(use|get|post|put|patch|delete|all|options)\\("))
        .forEach(call -> steps.add(Step.of(call)));
  }

  static List<Fault> faults(String text, AskedRequest asked) {
    return OTHERS.matcher(text).find() || !text.contains("cors") && !BY_HAND.matcher(text).find()
        ? List.of()
        : new ExpressCode(Code.withSlashes(text), asked).faults();
  }

  /**
   * The path at which the only routers with a layer are mounted, if the URL is outside of these.
   */
  private Optional<Fault> otherRouter() {
    if (!asked.isPathKnown()) {
      return Optional.empty();
    }
    Set<String> routers = new LinkedHashSet<>();
    Matcher router = OF_ROUTER.matcher(code.text());
    while (router.find()) {
      routers.add(router.group(1));
    }
    List<Step> mounts =
        steps.stream().filter(step -> step.isUse() && !step.path.isEmpty()).toList();
    List<Step> layered =
        mounts.stream().filter(step -> step.handlers.stream().anyMatch(routers::contains)).toList();
    boolean all =
        routers.stream()
            .allMatch(name -> layered.stream().anyMatch(step -> step.handlers.contains(name)));
    return !layered.isEmpty()
            && all
            && layered.stream().noneMatch(step -> step.isAsked(asked))
            && mounts.stream().anyMatch(step -> step.isAsked(asked))
        ? Optional.of(Fault.at(What.EXPRESS_OTHER_ROUTER, layered.get(0).path))
        : Optional.empty();
  }

  private List<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    boolean bare =
        !code.has(OWN)
            && steps.stream().anyMatch(step -> step.isUse() && step.handlers.contains("cors"));
    if (bare) {
      return List.of(Fault.of(What.EXPRESS_NOT_CALLED));
    }
    List<Step> layers = steps.stream().filter(step -> step.isUse() && isLayer(step)).toList();
    List<Step> atRoutes = steps.stream().filter(step -> !step.isUse() && isLayer(step)).toList();
    if (layers.isEmpty()) {
      otherRouter().or(() -> ofRoutes(atRoutes)).ifPresent(faults::add);
      return faults;
    }
    Step layer =
        layers.stream().filter(step -> step.isAsked(asked)).findFirst().orElse(layers.get(0));
    otherApp(layer).ifPresent(faults::add);
    List<Step> before = steps.subList(0, steps.indexOf(layer));
    before.stream()
        .filter(step -> step.app.equals(layer.app) && !atRoutes.contains(step))
        .filter(step -> step.isAnswer(asked) && step.isAsked(asked))
        .findFirst()
        .ifPresent(step -> faults.add(Fault.at(What.EXPRESS_AFTER_ROUTE, step.shown())));
    before.stream()
        .filter(step -> step.isLogin() && step.isAsked(asked))
        .findFirst()
        .ifPresent(step -> faults.add(Fault.at(What.EXPRESS_AFTER_LOGIN, step.shown())));
    layers.stream()
        .filter(ExpressCode::isWithoutNext)
        .findFirst()
        .ifPresent(step -> faults.add(Fault.of(What.EXPRESS_NO_NEXT)));
    return faults;
  }

  private boolean isLayer(Step step) {
    return step.handlers.stream()
        .anyMatch(
            each ->
                each.matches("(?s)cors\\s?\\(.*|require\\(\\s?[\"'`]cors[\"'`]\\s?\\)\\(.*")
                    || made.contains(each)
                    || each.matches("[\\w$.]{0,40}cors[\\w$]{0,40}(?:\\(.{0,60})?")
                    || isByHand(each));
  }

  /** No layer counts for all routes; some may stand at single ones. */
  private Optional<Fault> ofRoutes(List<Step> atRoutes) {
    if (atRoutes.isEmpty()) {
      return Optional.empty();
    }
    boolean hand =
        atRoutes.stream().flatMap(step -> step.handlers.stream()).anyMatch(ExpressCode::isByHand);
    List<Step> here = atRoutes.stream().filter(step -> step.isAsked(asked)).toList();
    if (hand || asked.isPathKnown() && here.isEmpty()) {
      return Optional.empty();
    }
    boolean options = here.stream().anyMatch(step -> step.verb.equals("options"));
    return !asked.isPathKnown()
        ? Optional.of(Fault.of(What.EXPRESS_AT_ROUTES))
        : asked.preflight() && !options
            ? Optional.of(Fault.at(What.EXPRESS_NO_OPTIONS, here.get(0).shown()))
            : Optional.empty();
  }

  private static boolean isByHand(String handler) {
    return BY_HAND.matcher(handler).find();
  }

  /** The layer is in one of several applications, and the route in another. */
  private Optional<Fault> otherApp(Step layer) {
    boolean mounted =
        steps.stream().anyMatch(step -> step.handlers.stream().anyMatch(apps::contains));
    return apps.size() < 2 || mounted
        ? Optional.empty()
        : steps.stream()
            .filter(step -> !step.isUse() && !step.app.equals(layer.app))
            .filter(step -> step.isAnswer(asked) && step.isAsked(asked))
            .filter(
                step ->
                    steps.stream().noneMatch(each -> each.app.equals(step.app) && isLayer(each)))
            .findFirst()
            .map(step -> Fault.at(What.EXPRESS_OTHER_APP, step.shown()));
  }

  /** A function that writes headers has to let the request go on, or to answer it. */
  private static boolean isWithoutNext(Step step) {
    return step.handlers.stream()
        .filter(ExpressCode::isByHand)
        .map(WITH_NEXT::matcher)
        .anyMatch(written -> written.matches() && !written.group(1).contains("next"));
  }
}
