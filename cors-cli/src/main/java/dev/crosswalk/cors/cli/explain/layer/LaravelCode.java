package dev.crosswalk.cors.cli.explain.layer;

import dev.crosswalk.cors.cli.explain.layer.Code.Bracketed;
import dev.crosswalk.cors.cli.explain.layer.Fault.What;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** An application of Laravel before version 11: its kernel has the layer among its middleware. */
final class LaravelCode {

  private static final Pattern GLOBAL = list("middleware");

  /** Lists that count only for some routes. */
  private static final List<String> OF_ROUTES = List.of("$routeMiddleware", "$middlewareGroups");

  /** A group in what is pasted without the list's name. */
  private static final Pattern GROUP =
      Pattern.compile("[\"'](?:web|api)[\"']\\s{0,9}=>\\s{0,9}\\[");

  private static final Pattern CONFIGURED = Pattern.compile("\\ballowed_?origins[\"']");

  private static final String LAYER = "handlecors";

  private LaravelCode() {}

  private static Pattern list(String name) {
    return Pattern.compile("\\bprotected\\s{1,3}\\$" + name + "\\s?=\\s?\\[");
  }

  static List<Fault> faults(String text, AskedRequest asked) {
    Code code = Code.withSlashes(text);
    if (!text.contains("protected $")) {
      boolean ofGroup =
          !text.contains("$middleware")
              && code.all(GROUP).stream().anyMatch(each -> each.has(LAYER));
      return ofGroup ? List.of(Fault.at(What.LARAVEL_NOT_GLOBAL, OF_ROUTES.get(1))) : List.of();
    }
    Optional<Bracketed> global = code.first(GLOBAL);
    boolean there = global.filter(each -> each.has("cors")).isPresent();
    Optional<String> ofRoutes =
        OF_ROUTES.stream()
            .filter(
                name ->
                    code.first(list(name.substring(1).toLowerCase(Locale.ROOT)))
                        .filter(each -> each.has(LAYER))
                        .isPresent())
            .findFirst();
    if (!there && ofRoutes.isPresent()) {
      return List.of(Fault.at(What.LARAVEL_NOT_GLOBAL, ofRoutes.get()));
    }
    return !there && global.filter(each -> !each.isCut()).isPresent() && code.has(CONFIGURED)
        ? List.of(Fault.of(What.LARAVEL_NO_MIDDLEWARE))
        : List.of();
  }
}
