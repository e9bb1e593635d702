package dev.crosswalk.cors.cli.explain.layer;

import dev.crosswalk.cors.cli.explain.layer.Fault.What;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What takes away again what a CORS layer of Node.js sends, or passes its preflights on. */
final class NodeOptions {

  private static final Pattern EMPTY =
      Pattern.compile(
          "(?:header|set|setheader|append)\\(\\s?[\"'`]access-control-allow-origin[\"'`]\\s?,\\s?(?:\"\"|''|``|null|undefined)");

  private static final Pattern PASSES =
      Pattern.compile("\\bpreflightcontinue[\"']?\\s?:\\s?true\\b");

  private NodeOptions() {}

  static List<Fault> faults(String text, AskedRequest asked) {
    Code code = Code.withSlashes(text);
    List<Fault> faults = new ArrayList<>();
    if (code.has(EMPTY)) {
      faults.add(Fault.of(What.EMPTY_ORIGIN));
    }
    if (code.has(PASSES)) {
      faults.add(Fault.of(What.PREFLIGHT_PASSED_ON));
    }
    return faults;
  }
}
