package dev.crosswalk.cors.cli.explain.layer;

import dev.crosswalk.cors.cli.explain.layer.Fault.What;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An application of Flask, with Flask-CORS. */
final class FlaskCode {

  private static final Pattern APP =
      Pattern.compile("(?m)^[ \\t]{0,12}(\\w{1,30})\\s?=\\s?flask\\(");

  private static final Pattern LAYER =
      Pattern.compile("(?<![\\w.])cors\\(\\s{0,20}(?:app\\s?=\\s?)?(\\w{1,30})\\b");

  private static final Pattern CALL = Pattern.compile("(?<![\\w.])(?:cors|@cross_origin)\\(");

  /** Flask-CORS passes over any other one without a word. */
  private static final NamedArguments ARGUMENTS =
      new NamedArguments(
          List.of(
              "app",
              "resources",
              "origins",
              "methods",
              "allow_headers",
              "expose_headers",
              "supports_credentials",
              "max_age",
              "send_wildcard",
              "vary_header",
              "always_send",
              "automatic_options",
              "intercept_exceptions",
              "allow_private_network"));

  private static final Pattern ABOVE =
      Pattern.compile(
          "(?m)^[ \\t]{0,12}@cross_origin\\b[^\\n]{0,160}\\n[ \\t]{0,12}@[a-z_]{1,30}\\.(?:route|get|post|put|patch|delete)\\(");

  private FlaskCode() {}

  static List<Fault> faults(String text, AskedRequest asked) {
    if (Stream.of("flask", "cross_origin", "cors(app").noneMatch(text::contains)) {
      return List.of();
    }
    Code code = Code.withHash(text);
    List<Fault> faults = new ArrayList<>();
    if (isAgain(code.text())) {
      faults.add(Fault.of(What.FLASK_OTHER_APP));
    }
    if (code.has(ABOVE)) {
      faults.add(Fault.of(What.FLASK_DECORATOR_ABOVE));
    }
    code.all(CALL).stream()
        .flatMap(call -> ARGUMENTS.unknown(call).stream())
        .findFirst()
        .ifPresent(name -> faults.add(Fault.at(What.FLASK_UNKNOWN_ARGUMENT, name)));
    return faults;
  }

  /** Whether the application that has the layer is replaced by another one of the same name. */
  private static boolean isAgain(String text) {
    Matcher layer = LAYER.matcher(text);
    if (!layer.find()) {
      return false;
    }
    String name = layer.group(1);
    int last = layer.start();
    while (layer.find()) {
      last = layer.start();
    }
    int end = last;
    List<Integer> made =
        APP.matcher(text)
            .results()
            .filter(app -> app.group(1).equals(name))
            .map(app -> app.start())
            .toList();
    return made.stream().anyMatch(at -> at > end) && made.stream().anyMatch(at -> at < end);
  }
}
