package dev.crosswalk.cors.tck;

import static dev.crosswalk.cors.tck.Mutant.mutant;
import static dev.crosswalk.cors.tck.MutantServer.alsoGrants;
import static dev.crosswalk.cors.tck.MutantServer.refuses;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/** What goes wrong in matching patterns. */
final class PatternMutants {

  static final List<Mutant> ALL =
      List.of(
          mutant(
              "UNANCHORED",
              "does not anchor the expression made of a pattern",
              "Armeria, Ring, flask-cors",
              "PA13 PA41 LA01 LA43",
              alsoGrants(
                  (configured, origin) ->
                      expression(configured, "[a-z0-9-]+").matcher(origin).lookingAt())),
          mutant(
              "APEX",
              "takes the apex for a subdomain",
              "patterns that make the dot optional",
              "PA09",
              alsoGrants(
                  (configured, origin) -> origin.equals(configured.replace("://*.", "://")))),
          mutant(
              "SUFFIX_OF_PATTERN",
              "looks at the beginning and the end of an origin alone",
              "rs/cors, gin, jub0bs/cors in its first releases",
              "PA10 PA11 PA17 PA18 PA19 PA20 PA21 PA22 PA23 PA24 PA25 PA28 PA29 PA38",
              alsoGrants(
                  (configured, origin) ->
                      surrounds(before(configured), after(configured), origin))),
          mutant(
              "EMPTY_LABELS",
              "lets a wildcard stand for dots and letters in any order",
              "regular expressions with a dot among the letters",
              "PA11 PA41",
              alsoGrants(
                  (configured, origin) ->
                      isSubdomains(configured)
                          && expression(configured, "[a-z0-9.-]+").matcher(origin).matches())),
          mutant(
              "NO_DOT_BOUNDARY",
              "does not end a pattern at a dot",
              "Helidon's *example.com",
              "PA12",
              alsoGrants(
                  (configured, origin) ->
                      isSubdomains(configured)
                          && surrounds(before(configured), after(configured).substring(1), origin)
                          && origin.length() + 1 > configured.length())),
          mutant(
              "LONG_LABELS",
              "does not bound the length of labels and hosts",
              "jub0bs/cors apart, everybody",
              "PA28 PA29 RO04",
              alsoGrants(
                  (configured, origin) ->
                      isSubdomains(configured)
                          && surrounds(before(configured), after(configured), origin)
                          && areLabels(wild(configured, origin)))),
          mutant(
              "ANY_PORT_TAKES_ANYTHING",
              "takes anything behind the colon for a port",
              "rs/cors, gin",
              "PA30 PA31 PA32 PA34 PA35 PA36",
              alsoGrants(
                  (configured, origin) ->
                      configured.endsWith(":*") && origin.startsWith(before(configured)))),
          mutant(
              "PORT_NEEDED",
              "asks for a port where any may be",
              "patterns such as localhost:[0-9]+",
              "PA05",
              refuses((configured, origin) -> configured.contains(origin + ":*"))),
          mutant(
              "HIGH_PORT",
              "keeps a port in fifteen bits",
              "hand-written parsers",
              "PA06",
              refuses(
                  (configured, origin) ->
                      origin.matches(".*:[0-9]{5}")
                          && Integer.parseInt(origin.substring(origin.length() - 5)) > 0x7FFF)),
          mutant(
              "ONE_LABEL",
              "takes a wildcard for one label",
              "Envoy and other gateways",
              "PA02",
              refusesPattern((configured, origin) -> wild(configured, origin).contains("."))),
          mutant(
              "NO_PATTERNS",
              "compares patterns as they are written",
              "frameworks that know lists alone",
              "PA01 PA04 PA07 PA08 CA03",
              refuses(
                  (configured, origin) ->
                      !configured.contains(origin) && !configured.contains("*"))),
          mutant(
              "EMPTY_WILDCARD",
              "takes nothing for a wildcard's part",
              "globs",
              "PA10 PA34 PA37",
              alsoGrants((configured, origin) -> origin.equals(configured.replace("*", "")))),
          mutant(
              "GLOB",
              "lets a wildcard stand for any characters",
              "rs/cors, gin, *.example.com made .*\\.example\\.com",
              "PA11 PA17 PA18 PA21 PA22 PA25 PA27 PA38 PA41",
              alsoGrants(
                  (configured, origin) -> expression(configured, ".+").matcher(origin).matches())),
          mutant(
              "LABEL_NOT_ANCHORED",
              "does not anchor a wildcard inside a label",
              "globs",
              "PA39 PA40",
              alsoGrants(
                  (configured, origin) ->
                      configured.matches("[a-z]+://[^.*]+\\*.*")
                          && after(origin, ".").equals(after(configured, "."))
                          && expression(label(configured), "[a-z0-9-]+")
                              .matcher(label(origin))
                              .find())));

  private PatternMutants() {}

  /** Refuses what is granted by a pattern alone, where this holds for both. */
  private static MutantServer.Step refusesPattern(BiPredicate<String, String> wrong) {
    return refuses(
        (configured, origin) ->
            !configured.contains(origin)
                && configured.stream()
                    .anyMatch(
                        one ->
                            one.length() > 1
                                && one.contains("*")
                                && surrounds(before(one), after(one), origin)
                                && wrong.test(one, origin)));
  }

  private static boolean isSubdomains(String configured) {
    return configured.contains("://*.");
  }

  private static String before(String configured) {
    return configured.contains("*") ? configured.substring(0, configured.indexOf('*')) : configured;
  }

  private static String after(String configured) {
    return configured.contains("*") ? after(configured, "*") : "";
  }

  private static String after(String text, String mark) {
    return text.substring(text.indexOf(mark) + 1);
  }

  private static boolean surrounds(String before, String after, String origin) {
    return !after.isEmpty()
        && origin.length() >= before.length() + after.length()
        && origin.startsWith(before)
        && origin.endsWith(after);
  }

  private static String wild(String configured, String origin) {
    return origin.substring(
        before(configured).length(), origin.length() - after(configured).length());
  }

  private static String label(String origin) {
    return OriginMutants.host(origin).replaceFirst("\\..*", "");
  }

  /** In a loop: an expression would run out of stack. */
  private static boolean areLabels(String labels) {
    for (String label : labels.split("\\.", -1)) {
      if (label.isEmpty()
          || !label
              .chars()
              .allMatch(c -> c == '-' || c == '_' || c < 0x80 && Character.isLetterOrDigit(c))) {
        return false;
      }
    }
    return true;
  }

  /** A pattern as a regular expression, with this instead of the wildcard. */
  private static Pattern expression(String configured, String wildcard) {
    return Pattern.compile(("\\Q" + configured + "\\E").replace("*", "\\E" + wildcard + "\\Q"));
  }
}
