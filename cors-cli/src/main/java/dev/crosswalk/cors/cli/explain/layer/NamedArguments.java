package dev.crosswalk.cors.cli.explain.layer;

import dev.crosswalk.cors.cli.explain.layer.Code.Bracketed;
import dev.crosswalk.cors.cli.terminal.Typo;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The arguments that a function of Python takes by their names.
 *
 * @param known all of them
 */
record NamedArguments(List<String> known) {

  private static final Pattern ARGUMENT =
      Pattern.compile("([a-z_]{2,40})\\s?=(?!=).*", Pattern.DOTALL);

  /** The first one of a call that is none of them, and which of them is meant. */
  Optional<String> unknown(Bracketed call) {
    return call.items().stream()
        .map(ARGUMENT::matcher)
        .filter(Matcher::matches)
        .map(argument -> argument.group(1))
        .filter(name -> !known.contains(name))
        .findFirst()
        .map(
            name ->
                name
                    + Typo.nearest(name, known)
                        .or(() -> alike(name))
                        .map(meant -> ": its name is " + meant)
                        .orElse(""));
  }

  /** What ends with the same word, as other libraries have another one in front. */
  private Optional<String> alike(String name) {
    return known.stream().filter(each -> last(each).equals(last(name))).findFirst();
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('_') + 1);
  }
}
