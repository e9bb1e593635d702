package dev.crosswalk.cors.cli.remedy.origin;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.remedy.layer.LayerList;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A response that has Access-Control-Allow-Origin more than once, or several values in it. */
public final class SeveralOrigins {

  /** Of those that a sentence shows. */
  private static final int MAX_LINES = 6;

  private SeveralOrigins() {}

  /** Let one layer send one. */
  public static Remedy remedy(NotShared refusal, RequiredGrant grant) {
    String answer = Remedy.answer(refusal.where());
    String value = refusal.value();
    List<String> values = List.of(value.split("[, ]+", -1));
    boolean twice =
        refusal.lines().size() > 1
            || values.contains("*") && values.stream().allMatch(SeveralOrigins::isSent)
            || values.stream().distinct().count() < values.size();
    Advice oneLayer =
        Topic.TWO_LAYERS.advice(
            "Let only one layer do CORS, and remove the header from the other. Most often that is the"
                + " proxy or gateway in front, or code that sets the header itself.");
    if (twice && isForAllAnd(grant.origin(), values)) {
      return Remedy.granting(
          "ACAO_MULTIPLE",
          answer
              + " has "
              + GrantHeaders.ALLOW_ORIGIN
              + " more than once"
              + values(refusal.lines())
              + ", so two layers add it: one names the page, and the other sends * to every page. Only one"
              + " value is allowed.",
          List.of(
              Topic.TWO_LAYERS.advice(
                  "Let only one layer do CORS: remove the *, and keep the layer that names the page, by a"
                      + " list or by the request's Origin. A fixed * is most often in the configuration of"
                      + " the web server, proxy or gateway in front, or in code that sets the header itself.")),
          grant);
    }
    boolean list =
        refusal.lines().stream().anyMatch(line -> line.contains(","))
            && values.stream().filter(each -> !each.equals("*")).distinct().count() > 1;
    Optional<String> wrong =
        values.stream().filter(each -> !OriginValue.isAnyOrOrigin(each)).findFirst();
    String several =
        answer
            + " has several values in "
            + GrantHeaders.ALLOW_ORIGIN
            + ", and only one is allowed: \""
            + value
            + "\".";
    List<String> named = values.stream().filter(each -> !each.isEmpty()).toList();
    if (!twice && named.size() == 1 && wrong.filter(String::isEmpty).isPresent()) {
      return comma(answer, value, named.get(0), grant);
    }
    if (!twice && !value.isEmpty() && wrong.isPresent()) {
      return Remedy.of(
          "ACAO_MULTIPLE",
          several + " And \"" + wrong.get() + "\" is not an origin.",
          List.of(
              "A list of origins cannot be sent, nor can patterns. Keep the list on the server,"
                  + " and answer with the one origin that sent the request, if it is in the list.",
              "An origin is a scheme, a host, and a port if it is not the default, and nothing else:"
                  + " https://app.example.com"),
          grant);
    }
    if (value.isEmpty() || twice) {
      return Remedy.granting(
          "ACAO_MULTIPLE",
          answer
              + (refusal.lines().size() > 1
                  ? " has " + refusal.lines().size() + " lines of " + GrantHeaders.ALLOW_ORIGIN
                  : " has " + GrantHeaders.ALLOW_ORIGIN + " more than once")
              + (value.isEmpty() ? "" : values(refusal.lines()))
              + (isListInLines(refusal.lines())
                  ? ", so two layers add it, or one layer sends each origin of its list."
                  : ", so two layers add it.")
              + " Only one value is allowed.",
          list
              ? List.of(
                  oneLayer,
                  Advice.of(
                      "And one of them sends a list of origins, which is not allowed either. Keep"
                          + " the list on the server, and answer with the one origin that sent the"
                          + " request, if it is in the list."))
              : isListInLines(refusal.lines())
                  ? List.of(
                      oneLayer,
                      Advice.of(
                          "If one layer has them from a list (in Node, an array in setHeader), let it send the"
                              + " one that equals the request's Origin."))
                  : List.of(oneLayer),
          grant);
    }
    return Remedy.of(
        "ACAO_MULTIPLE",
        several,
        List.of(
            "A list of origins cannot be sent. Keep the list on the server, and answer with the"
                + " one origin that sent the request, if it is in the list. If the list is one"
                + " string, for example from an environment variable, split it at its "
                + (value.contains(",") ? "commas first: value.split(\",\")." : "spaces first."),
            value.contains(", ")
                ? "If no list was meant, two layers add the header. " + oneLayer.words()
                : "The setting that has them accepts one origin. If the program has another one for a list or"
                    + " for a pattern (a regular expression), use that. If it has none, let a proxy in front"
                    + " choose by the request's Origin, in nginx by a map of $http_origin."),
        grant);
  }

  /** For one origin, and a comma as of a list. */
  private static Remedy comma(String answer, String value, String named, RequiredGrant grant) {
    boolean allows = named.equals(grant.origin()) || named.equals("*") && !grant.credentials();
    return Remedy.granting(
        "ACAO_MULTIPLE",
        answer
            + " has \""
            + value
            + "\" in "
            + GrantHeaders.ALLOW_ORIGIN
            + ": the comma is too much. It makes this a list with an empty entry.",
        allows
            ? List.of(
                Topic.VALUE_ALONE.advice(
                    "Where the server has that value, write "
                        + named
                        + " instead, exactly like this. If it is made of a list, do not join the"
                        + " list: send the one origin that sent the request, if it is in the list."))
            : List.of(
                Advice.of("Remove the comma: only one origin can be sent."),
                Topic.ADD_ORIGIN.advice(
                    LayerList.add(grant.origin(), "the server's list of origins"))),
        grant);
  }

  /** Whether a layer of its own sends it: null where it sends back what the request had. */
  private static boolean isSent(String value) {
    return OriginValue.isAnyOrOrigin(value) || value.equals("null");
  }

  /** Whether one layer names the page, and another one allows all of them. */
  private static boolean isForAllAnd(String origin, List<String> values) {
    List<String> named = values.stream().filter(each -> !each.isEmpty()).toList();
    return named.size() == 2 && named.contains("*") && named.contains(origin);
  }

  /** Two layers seldom name two origins, and both in full. */
  private static boolean isListInLines(List<String> lines) {
    return lines.size() > 1
        && lines.stream().distinct().count() == lines.size()
        && lines.stream().noneMatch("*"::equals);
  }

  private static String named(String value) {
    return value.isBlank() ? "an empty one" : value;
  }

  private static String values(List<String> lines) {
    return lines.size() == 2 && lines.get(0).equals(lines.get(1))
        ? " (" + lines.get(0) + " twice)"
        : " ("
            + lines.stream()
                .limit(MAX_LINES)
                .map(SeveralOrigins::named)
                .collect(Collectors.joining(" and "))
            + (lines.size() > MAX_LINES ? " and " + (lines.size() - MAX_LINES) + " more" : "")
            + ")";
  }
}
