package dev.crosswalk.cors.cli.explain.layer;

import dev.crosswalk.cors.cli.explain.layer.Code.Bracketed;
import dev.crosswalk.cors.cli.explain.layer.Fault.What;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An application of FastAPI or Starlette: the middleware that is added last is the outermost. */
final class StarletteCode {

  private static final Pattern ADDED = Pattern.compile("\\b([a-z_]\\w{0,30})\\.add_middleware\\(");

  /** One of the list that is given to the application. */
  private static final Pattern LISTED = Pattern.compile("(?<![\\w.])middleware\\(");

  private static final Pattern APP =
      Pattern.compile(
          "(?m)^[ \\t]{0,12}([a-z_]\\w{0,30})\\s?(?::\\s?\\w{1,20}\\s?)?=\\s?(?:fastapi|starlette)\\(");

  private static final Pattern RUN =
      Pattern.compile(
          "\\buvicorn\\.run\\(\\s?(?:[\"'][\\w.]{1,60}:([a-z_]\\w{0,30})[\"']|([a-z_]\\w{0,30})\\b)");

  private static final Pattern ROUTE =
      Pattern.compile(
          "@([a-z_]\\w{0,30})\\.(?:get|post|put|patch|delete|api_route|route|websocket)\\(");

  /** The layer ends with an error at any other one. */
  private static final NamedArguments ARGUMENTS =
      new NamedArguments(
          List.of(
              "allow_origins",
              "allow_methods",
              "allow_headers",
              "allow_credentials",
              "allow_origin_regex",
              "allow_private_network",
              "expose_headers",
              "max_age",
              "middleware_class",
              "app"));

  /** What is called so may refuse a request. */
  private static final Pattern REFUSES =
      Pattern.compile(
          "\\w{0,40}(?:auth|jwt|token|session|login|trustedhost|httpsredirect|ratelimit|slowapi)\\w{0,40}");

  private static final String REFUSAL =
      "(?:(?!\\n@|\\nclass ).){0,1500}(?:response|httpexception)\\([^)]{0,200}\\b4[0-9]{2}\\b";

  private static final Pattern REFUSING_FUNCTION =
      Pattern.compile("@\\w{1,30}\\.middleware\\(\\s?[\"']http" + REFUSAL, Pattern.DOTALL);

  private static final Pattern REFUSING_CLASS =
      Pattern.compile("\\bclass\\s(\\w{1,60})\\(\\s?basehttpmiddleware" + REFUSAL, Pattern.DOTALL);

  /** One application below a path of another. */
  private static final Pattern MOUNT =
      Pattern.compile(
          "\\b([a-z_]\\w{0,30})\\.mount\\(\\s?[\"'](/[\\w/.-]{1,60})[\"']\\s?,\\s?(?:app\\s?=\\s?)?([a-z_]\\w{0,30})\\b");

  private final Code code;

  private StarletteCode(Code code) {
    this.code = code;
  }

  /** The application that mounts the one with the layer, if the URL is not below its path. */
  private Optional<Fault> mounted(Bracketed layer, List<Bracketed> added, AskedRequest asked) {
    Matcher mount = MOUNT.matcher(code.text());
    while (asked.isPathKnown() && mount.find()) {
      String outer = mount.group(1);
      if (mount.group(3).equals(layer.group(1))
          && !asked.isBelow(mount.group(2))
          && added.stream().noneMatch(each -> isLayer(each) && each.group(1).equals(outer))) {
        return Optional.of(Fault.at(What.STARLETTE_OTHER_APP, outer));
      }
    }
    return Optional.empty();
  }

  static List<Fault> faults(String text, AskedRequest asked) {
    if (!text.contains("corsmiddleware")) {
      return List.of();
    }
    Code code = Code.withHash(text);
    return text.contains("add_middleware")
        ? new StarletteCode(code).faults(asked)
        : code.all(LISTED).stream()
            .filter(StarletteCode::isLayer)
            .flatMap(layer -> ARGUMENTS.unknown(layer).stream())
            .map(name -> Fault.at(What.STARLETTE_UNKNOWN_ARGUMENT, name))
            .limit(1)
            .toList();
  }

  private List<Fault> faults(AskedRequest asked) {
    List<Bracketed> added = code.all(ADDED);
    Optional<Bracketed> found = added.stream().filter(StarletteCode::isLayer).findFirst();
    if (found.isEmpty()) {
      return List.of();
    }
    Bracketed layer = found.get();
    List<Fault> faults = new ArrayList<>();
    ARGUMENTS
        .unknown(layer)
        .ifPresent(name -> faults.add(Fault.at(What.STARLETTE_UNKNOWN_ARGUMENT, name)));
    otherApp(layer, added).or(() -> mounted(layer, added, asked)).ifPresent(faults::add);
    added.stream()
        .filter(each -> isLayer(each))
        .reduce((one, other) -> other)
        .filter(last -> isInside(last, added))
        .ifPresent(last -> faults.add(Fault.of(What.STARLETTE_INNER)));
    return faults;
  }

  private static boolean isLayer(Bracketed call) {
    return call.items().stream().limit(1).anyMatch(each -> each.endsWith("corsmiddleware"));
  }

  /** Whether something that refuses requests is added after it, and so is around it. */
  private boolean isInside(Bracketed layer, List<Bracketed> added) {
    String behind = code.text().substring(layer.end());
    return REFUSING_FUNCTION.matcher(behind).find()
        || added.stream()
            .filter(each -> each.start() > layer.end() && !each.items().isEmpty())
            .map(each -> each.items().get(0))
            .anyMatch(name -> REFUSES.matcher(name).matches() || refuses(name));
  }

  private boolean refuses(String name) {
    return REFUSING_CLASS
        .matcher(code.text())
        .results()
        .anyMatch(found -> found.group(1).equals(name));
  }

  /** The name is given to another application below, or another one has the routes. */
  private Optional<Fault> otherApp(Bracketed layer, List<Bracketed> added) {
    String app = layer.group(1);
    List<Bracketed> apps = code.all(APP);
    boolean again =
        apps.stream().anyMatch(each -> each.start() < layer.start() && each.group(1).equals(app))
            && apps.stream()
                .anyMatch(each -> each.start() > layer.end() && each.group(1).equals(app));
    if (again) {
      return Optional.of(Fault.at(What.STARLETTE_OTHER_APP, app + " = FastAPI(...)"));
    }
    boolean mounted = code.has(Pattern.compile("\\.(?:mount|include_router)\\("));
    Matcher run = RUN.matcher(code.text());
    if (mounted || !run.find() || apps.size() < 2) {
      return Optional.empty();
    }
    String runs = run.group(1) == null ? run.group(2) : run.group(1);
    boolean known = apps.stream().anyMatch(each -> each.group(1).equals(runs));
    boolean both = added.stream().anyMatch(each -> isLayer(each) && each.group(1).equals(runs));
    boolean routes = ROUTE.matcher(code.text()).results().anyMatch(at -> at.group(1).equals(runs));
    return known && routes && !both && !runs.equals(app)
        ? Optional.of(Fault.at(What.STARLETTE_OTHER_APP, runs))
        : Optional.empty();
  }
}
