package dev.crosswalk.cors.cli.remedy.layer;

import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.answer.ResponseSigns;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What to change where a CORS layer is there, and does not cover a path, a method or an answer. */
public final class CoverageRemedy {

  private CoverageRemedy() {}

  private static final String PATTERN =
      "The patterns of addMapping, or of registerCorsConfiguration, have to cover the path, and"
          + " begin behind the context path: /api covers only that path, /api/* one level below it, and"
          + " /api/** covers everything below it as well. @CrossOrigin is for its own method or"
          + " class. In Spring Cloud Gateway it is the key below globalcors.cors-configurations: '[/**]'"
          + " covers all paths. Spring Security uses only a bean named corsConfigurationSource.";

  private static final String METHOD_PREDICATE =
      "In Spring Cloud Gateway, a route with the predicate Method does not match a preflight, whose"
          + " method is OPTIONS: write add-to-simple-url-handler-mapping: true below globalcors.";

  /**
   * For a preflight that Spring refuses, where it does not refuse GET. It says the same for an
   * origin that is not listed and for a path that has no configuration.
   *
   * @param sure whether GET comes through without a word of CORS, so that it is the path
   * @param says its words; empty if there are none
   */
  public static Remedy pathNotCovered(
      int status, boolean sure, Optional<String> says, RequiredGrant grant) {
    String refuses =
        "Spring refuses a preflight here ("
            + status
            + says.map(words -> ", \"" + words + "\"").orElse("")
            + ")";
    return Remedy.of(
        "PATH_NOT_COVERED",
        sure
            ? refuses
                + ", and lets GET with the same origin through without"
                + " headers. So it has no CORS configuration for this path."
            : refuses
                + ": this origin is not on its list, or it has no CORS"
                + " configuration for this path.",
        sure ? List.of(PATTERN) : List.of(PATTERN, otherwiseListed(grant)),
        grant);
  }

  /** For a preflight that Spring refuses without a word, where GET of the URL is not found. */
  public static Remedy preflightNotRouted(int status, RequiredGrant grant) {
    return Remedy.of(
        "PATH_NOT_COVERED",
        "Spring's CORS layer refuses the preflight ("
            + status
            + "), as its three lines of Vary show, and GET of this URL gets 404. So no route matches the"
            + " preflight, or the path has no CORS configuration, or this origin is not on its list.",
        List.of(METHOD_PREDICATE + " In WebFlux, check the URL.", PATTERN, otherwiseListed(grant)),
        grant);
  }

  /**
   * For a preflight that does not pass Spring's CORS layer, which writes the headers of GET. Spring
   * 7 answers it with 200 where nothing of its own matches it.
   */
  public static Remedy preflightPastSpring(int status, RequiredGrant grant) {
    return Remedy.of(
        "HEADERS_NOT_ON_PREFLIGHT",
        "The server allows this origin in its response to GET, by Spring's CORS layer, as its three lines"
            + " of Vary show. Its answer to the preflight (OPTIONS, "
            + status
            + ") has none of them, so that layer has no part in it. Both need the header.",
        List.of(
            METHOD_PREDICATE
                + " If it is Spring without a gateway, @CrossOrigin at the handler of GET is for that"
                + " one alone: write it at the class.",
            "Or something in front answers OPTIONS itself: let it pass the preflight on."),
        grant);
  }

  /**
   * For a response that Spring lets through without headers, where it would refuse an origin that
   * is not listed.
   */
  public static Remedy pathWithoutConfiguration(int status, RequiredGrant grant) {
    return Remedy.of(
        "PATH_NOT_COVERED",
        "The response ("
            + status
            + ") has no Access-Control-Allow-Origin. Its three lines of Vary are those of Spring's CORS"
            + " layer, which answers 403 to an origin that is not listed. It has let this one through, so"
            + " it has no CORS configuration for this path.",
        List.of(PATTERN),
        grant);
  }

  /** For a preflight that Spring answers, since version 7, where it has nothing for the path. */
  public static Remedy preflightWithoutConfiguration(WireResponse response, RequiredGrant grant) {
    return Remedy.of(
        "PATH_NOT_COVERED",
        "Spring's CORS layer answers the preflight ("
            + response.status()
            + "), and any other OPTIONS is refused. The answer has no headers, where an origin that is"
            + " not listed would get 403. So it has no CORS configuration for this path.",
        List.of(PATTERN),
        grant);
  }

  /** For a preflight that the framework itself answers, where it is for another method than GET. */
  public static Remedy methodNotCovered(WireResponse refused, RequiredGrant grant) {
    String method = grant.method();
    return Remedy.of(
        "METHOD_NOT_COVERED",
        "A CORS layer allows this origin a GET here. The preflight for "
            + method
            + " is not answered by it but by the framework itself ("
            + refused.status()
            + ", with Allow). So the layer covers the handler of GET, and not that of "
            + method
            + ".",
        List.of(
            "Let the CORS layer cover "
                + method
                + " at this path, too: where each handler has a setting of its own (@CrossOrigin in"
                + " Spring), write it at the handler of "
                + method
                + " or at the class. Otherwise add "
                + method
                + " to its list of methods."),
        grant);
  }

  /**
   * For a response that has no headers, where that to another method has them.
   *
   * @param other that method
   * @param method of the request that was refused
   * @param preflight whether the answer to the preflight has them, too
   */
  public static Remedy headersOnSomeMethods(
      int status,
      String other,
      String method,
      boolean preflight,
      Optional<KnownLayer> layer,
      RequiredGrant grant) {
    return Remedy.of(
        "HEADERS_ON_SOME_METHODS",
        "The server allows this origin in "
            + (preflight ? "its answer to the preflight and in " : "")
            + "its response to "
            + other
            + ", and its response to "
            + method
            + " ("
            + status
            + ") has no Access-Control-Allow-Origin. So what sets the header looks at the method"
            + (status == 200 ? "." : ", or at the status."),
        List.of(
            "Set Access-Control-Allow-Origin whatever the method and the status are: look for a condition"
                + " on them in the server's configuration, or for a handler of "
                + method
                + " that does not set it, or for a CORS layer that covers only some routes."
                + layer.map(known -> " " + known.paths()).orElse("")),
        grant);
  }

  /**
   * For a response that has no headers, where the preflight has them, and what no route answers.
   *
   * @param method of the request that was refused
   * @param elsewhere the status of the answer to GET, which no route gave
   */
  public static Remedy behindRoutes(
      int status, String method, int elsewhere, Optional<KnownLayer> layer, RequiredGrant grant) {
    return Remedy.of(
        "LAYER_BEHIND_ROUTES",
        "The server allows this origin in its answer to the preflight and where no route answers (GET: "
            + elsewhere
            + "), and its response to "
            + method
            + " ("
            + status
            + "), which a route gave, has no Access-Control-Allow-Origin. So the CORS layer is"
            + " behind the routes: what a route answers never passes through it.",
        List.of(
            "Put the CORS layer in front of the routes. "
                + layer
                    .filter(known -> !known.name().equals("EXPRESS"))
                    .map(KnownLayer::paths)
                    .orElse(
                        "In Koa and Express that is the order in the source: app.use(cors()) before"
                            + " app.use of the routes.")),
        grant);
  }

  /**
   * For a response that has no headers, where another path has them.
   *
   * @param elsewhere which answer allows the origin
   */
  public static Remedy headersOnOtherPaths(
      WireResponse response,
      boolean preflight,
      String elsewhere,
      Optional<KnownLayer> layer,
      RequiredGrant grant) {
    String type = Bytes.lowerCase(response.headers().get("Content-Type").orElse(""));
    List<String> advice = new ArrayList<>();
    // That nothing answers OPTIONS, or that the framework does, follows from what does not cover
    // it.
    boolean follows =
        preflight && (response.hasOkStatus() || ResponseSigns.isOfRouting(response.status()));
    List<String> whose =
        preflight ? OptionsAnswer.whose(response.status(), Optional.of(response), true) : List.of();
    if (!follows) {
      advice.addAll(whose);
    }
    if (type.startsWith("text/event-stream")) {
      advice.add(
          "A stream begins before the code behind it runs: set the header where the stream is made, or"
              + " by what runs before each response is sent (on_response_prepare in aiohttp,"
              + " StreamingResponse(headers=…) in Starlette).");
    }
    advice.add(
        "Let the CORS layer cover this path, too: its pattern of paths, its group or plugin of routes,"
            + " or its location is another one; or files, a mounted application or a route are"
            + " registered in front of it."
            + layer.map(known -> " " + known.paths()).orElse(""));
    if (follows) {
      advice.addAll(whose);
    }
    return Remedy.of(
        "HEADERS_ON_OTHER_PATHS",
        "The server allows this origin in "
            + elsewhere
            + ", and "
            + (preflight ? "the answer to this preflight (" : "this response (")
            + response.status()
            + ") has no Access-Control-Allow-Origin. So its CORS layer does not cover this path"
            + (preflight ? ", or does not answer OPTIONS there." : "."),
        advice,
        grant);
  }

  /** For a header that only an interim response has, such as 103 Early Hints. */
  public static Remedy onInterimOnly(WireResponse response, int interim, RequiredGrant grant) {
    return Remedy.of(
        "HEADERS_ON_INTERIM_ONLY",
        "Access-Control-Allow-Origin is only on the interim response ("
            + interim
            + "). Browsers look for it on the final response ("
            + response.status()
            + ").",
        List.of(
            "Set Access-Control-Allow-Origin on the final response, too: what is written with "
                + interim
                + " is not repeated there."),
        grant);
  }

  /** Where a path is covered, the origin is what the layer refuses. */
  private static String otherwiseListed(RequiredGrant grant) {
    return "If they cover it, the list is the cause. "
        + LayerList.add(grant.origin(), "allowedOrigins");
  }
}
