package dev.crosswalk.cors.cli.explain.layer;

import dev.crosswalk.cors.cli.explain.layer.Fault.What;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** An application of Laravel before version 11: its kernel has the layer among its middleware. */
final class LaravelCode {

  private static final Pattern GLOBAL =
      Pattern.compile("\\bprotected\\s{1,3}\\$middleware\\s?=\\s?\\[");

  private LaravelCode() {}

  static List<Fault> faults(String text, Asked asked) {
    Optional<Code.Bracketed> middleware = Code.withSlashes(text).first(GLOBAL);
    return middleware.isPresent()
            && !middleware.get().has("cors")
            && !middleware.get().isCut()
            && text.contains("allowed_origins")
        ? List.of(Fault.of(What.LARAVEL_NO_MIDDLEWARE))
        : List.of();
  }
}
