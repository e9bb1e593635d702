package dev.crosswalk.cors.cli.explain.layer;

import dev.crosswalk.cors.cli.explain.layer.Fault.What;
import java.util.List;
import java.util.regex.Pattern;

/** An application of NestJS: what is enabled after it listens has no effect. */
final class NestCode {

  private static final Pattern LATE =
      Pattern.compile(
          "\\bawait\\s{1,3}\\w{1,20}\\.listen\\([^;]{0,300};\\s{0,40}\\w{1,20}\\.enablecors\\(");

  private NestCode() {}

  static List<Fault> faults(String text, AskedRequest asked) {
    return Code.withSlashes(text).has(LATE) ? List.of(Fault.of(What.NEST_AFTER_LISTEN)) : List.of();
  }
}
