package dev.crosswalk.cors.cli.remedy.layer;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.answer.BodyText;
import dev.crosswalk.cors.cli.remedy.answer.FrontProxy;
import dev.crosswalk.cors.cli.remedy.answer.OwnPage;
import dev.crosswalk.cors.cli.remedy.answer.Server;
import dev.crosswalk.cors.cli.remedy.error.KnownBody;
import dev.crosswalk.cors.tck.wire.WireException.Failure;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What to change where a CORS layer refuses, as other answers of the same server show. */
public final class LayerRemedy {

  private LayerRemedy() {}

  /**
   * For a layer that refuses the origin by an error.
   *
   * @param layer whose it is; empty if nothing tells
   * @param local whether the server is asked at a loopback address
   */
  public static Remedy originRefused(
      WireResponse refused,
      Optional<KnownLayer> layer,
      boolean local,
      String evidence,
      RequiredGrant grant) {
    int status = refused.status();
    Optional<String> rule =
        OwnPage.of(refused)
            .map(
                page ->
                    "the rule in the configuration of " + page.title() + " that compares Origin");
    List<String> advice = new ArrayList<>();
    advice.add(
        LayerList.add(
            grant.origin(),
            layer.map(KnownLayer::origins).or(() -> rule).orElse("the list of that layer")));
    if (layer.isEmpty() && local && status == 403 && refused.body().length == 0) {
      advice.add(
          "If it is Micronaut: on a loopback address it answers 403 to every other origin as long as"
              + " nothing lists that. Write micronaut.server.cors.enabled: true, and the origin below"
              + " micronaut.server.cors.configurations as allowed-origins; one without the other does"
              + " nothing.");
    }
    advice.add(
        "If it is on the list, the list may be of another path, profile or deployment; or a"
            + " proxy changes Host or the scheme, from which some layers derive their own"
            + " origin.");
    return Remedy.of(
        "ORIGIN_REFUSED",
        "A CORS layer is there and refuses this origin ("
            + status
            + "). That is not authentication. "
            + evidence,
        advice,
        grant);
  }

  /** For Micronaut on a loopback address, where it lets an origin of this machine through. */
  public static Remedy refusedOnLoopback(boolean preflight, RequiredGrant grant) {
    return Remedy.of(
        "ORIGIN_REFUSED",
        "The server refuses this origin ("
            + (preflight ? "the preflight gets " : "")
            + "403), and lets a page of this machine through without headers. So does Micronaut on a"
            + " loopback address, with every origin that is not on its list, or where it has none. This"
            + " is not authentication.",
        List.of(
            "In Micronaut, write micronaut.server.cors.enabled: true, and below"
                + " micronaut.server.cors.configurations the allowed-origins: - "
                + grant.origin()
                + ". One without the other does nothing. If both are there, compare the origin"
                + " exactly.",
            "On another address than localhost the same server answers 200 without headers: the"
                + " list decides, in development and in production."),
        grant);
  }

  /** Whether an answer is in the words of Rack::Protection, and of others. */
  public static boolean isInWordsOfRack(WireResponse response) {
    return response.status() == 403
        && new BodyText(response).plain().equals("Forbidden")
        && response.headers().get("Content-Type").equals(Optional.of("text/plain"));
  }

  /** For an application on Rack, for a method that changes something. */
  public static Remedy refusedByRack(RequiredGrant grant) {
    return Remedy.of(
        "ORIGIN_REFUSED",
        "The response (403) is only \"Forbidden\", as plain text, and another one shows that the"
            + " application runs on Rack. Most likely Rack::Protection (HttpOrigin) answers so, which"
            + " Sinatra brings: it refuses what changes something and comes from another origin than the"
            + " server's own. Preflights and GET pass it.",
        List.of(
            "If the pages of "
                + grant.origin()
                + " are yours, in Sinatra: set :protection, permitted_origins: [\""
                + grant.origin()
                + "\"] (origin_whitelist before version 2.1). Do not switch protection off.",
            "Its log says \"attack prevented by Rack::Protection::HttpOrigin\" if it is that.",
            "The headers below are needed as well. Put Rack::Cors in front of the application, so"
                + " errors have them, too."),
        grant);
  }

  /** For a server of which each path fails by Tomcat's own page. */
  public static final Advice STAR_AND_CREDENTIALS =
      Advice.of(
          "GET / fails in the same way. If it is Spring Boot, and each path fails, look for \"When"
              + " allowCredentials is true\" in its log: then allowedOrigins has \"*\" and allowCredentials"
              + " is true. Name the origins in full instead of \"*\".");

  /** For a server that fails only where there is an origin: only a CORS layer looks at that. */
  public static Remedy failsWithOrigin(
      WireResponse response, String evidence, RequiredGrant grant) {
    return Remedy.of(
        "ORIGIN_REFUSED",
        "The server fails ("
            + response.status()
            + ") only where the request has an Origin header, so its CORS layer is what fails: it"
            + " refuses this origin by an error, or its own configuration is not valid. "
            + evidence,
        whyItFails(response),
        grant);
  }

  /** What makes a CORS layer fail, the likeliest first. */
  public static List<String> whyItFails(WireResponse response) {
    String spring =
        "In Spring that is so where allowedOrigins has \"*\" and allowCredentials is true: name the"
            + " origins in full instead of \"*\".";
    String error =
        "Most often the code that compares origins throws for one that is not on its list: in"
            + " Express and Fastify, the function given as origin calls back with an Error. If"
            + " this origin is yours, add it to that list; and for all others let that code call"
            + " back with (null, false), or return, so only the headers are absent.";
    boolean isSpring =
        Server.seen(response)
            .filter(seen -> seen == Server.SPRING || seen == Server.SPRING_SECURITY)
            .isPresent();
    return isSpring
        ? List.of(spring, "Otherwise the server's log has the error.")
        : List.of(error, "The server's log has the error.", spring);
  }

  /**
   * For a server that answers nothing only where there is an origin.
   *
   * @param complaint what happened, without a period
   * @param status of the answer without Origin
   */
  public static Remedy originUnanswered(
      Failure failure, String complaint, int status, RequiredGrant grant) {
    return Remedy.of(
        "ORIGIN_UNANSWERED",
        "The request gets no answer, and without the header Origin it gets one ("
            + status
            + "): "
            + complaint
            + ". So what looks at Origin, the CORS layer, "
            + (failure == Failure.TIME_OUT ? "never goes on." : "ends the connection."),
        List.of(
            failure == Failure.TIME_OUT
                ? "Look at the code that compares origins: it has to go on in each case. The"
                    + " function given as origin to cors (Express) calls its callback, (null,"
                    + " true) or (null, false), also for an origin that is not on the list; what"
                    + " it returns has no effect. A middleware of your own calls next()."
                : "Look at the code that compares origins: it fails for this one, so the server's"
                    + " process may end. Its log has the error. Or a rule of a proxy or firewall"
                    + " drops what has this Origin (return 444 in nginx).",
            "If the pages of " + grant.origin() + " are yours, let it allow that origin."),
        grant);
  }

  /**
   * For a layer that refuses the method or a header.
   *
   * @param refusedNames the request headers of which it refuses one, or all if there is one
   * @param header whether it is a header, and not the method
   * @param both whether it is a header, too, beside the method
   * @param layer whose it is; empty if nothing tells
   */
  public static Remedy requestRefused(
      WireResponse refused,
      List<String> refusedNames,
      boolean header,
      boolean both,
      Optional<KnownLayer> layer,
      String evidence,
      RequiredGrant grant) {
    int status = refused.status();
    String names = String.join(", ", refusedNames);
    boolean one = refusedNames.size() == 1;
    Optional<String> proxy = OwnPage.of(refused).map(OwnPage::title);
    if (proxy.isPresent()) {
      return Remedy.of(
          "PREFLIGHT_REFUSED",
          proxy.get()
              + " itself answers the preflight with "
              + status
              + ", and not for its origin: "
              + (header
                  ? "the same preflight passes without "
                      + (one ? "the request header " : "the request headers ")
                      + names
                      + "."
                  : "the preflight of a GET passes."),
          List.of(
              "Look in the configuration of "
                  + proxy.get()
                  + " for the rule that refuses "
                  + (header
                      ? "this: it compares Access-Control-Request-Headers, or a firewall such as"
                          + " ModSecurity does. Let "
                          + names
                          + " pass."
                      : grant.method()
                          + ": it compares Access-Control-Request-Method. Let "
                          + grant.method()
                          + " pass."),
              "Then the application behind it has to allow "
                  + (header ? names : grant.method())
                  + ", too."),
          grant);
    }
    return Remedy.of(
        "PREFLIGHT_REFUSED",
        "A CORS layer refuses the preflight ("
            + status
            + "), and not for its origin: it allows this origin "
            + (header ? "the same request without its headers" : "a GET")
            + ". So "
            + (!header
                ? "the method " + grant.method()
                : (one ? "the request header " : "one of the request headers ") + names)
            + " is not on its list."
            + (both ? " Of the request headers (" + names + ") one is not on its list either." : "")
            + (evidence.isEmpty() ? "" : " " + evidence),
        List.of(
            header
                ? "Add "
                    + names
                    + " to "
                    + layer.flatMap(KnownLayer::headers).orElse("its list of request headers")
                    + "."
                : "Add "
                    + grant.method()
                    + " to "
                    + layer.flatMap(KnownLayer::methods).orElse("its list of methods")
                    + (both
                        ? ", and "
                            + names
                            + " to "
                            + layer
                                .flatMap(KnownLayer::headers)
                                .orElse("its list of request headers")
                        : "")
                    + ".",
            "If it is on that list, something in front answers this preflight itself: a rule of a proxy,"
                + " or a handler of OPTIONS. Let it pass the preflight on."),
        grant);
  }

  /**
   * For a preflight that Spring refuses, where something in front writes the header on all answers.
   * So no answer shows what Spring allows, and it does not say what it refuses.
   */
  public static Remedy refusedBehindHeader(WireResponse refused, RequiredGrant grant) {
    KnownLayer spring = KnownLayer.named("SPRING").orElseThrow();
    String front = FrontProxy.name(refused).orElse("a proxy");
    return Remedy.of(
        "PREFLIGHT_REFUSED",
        "Spring refuses the preflight ("
            + refused.status()
            + ", \"Invalid CORS request\"): its configuration lacks this origin, the method or a"
            + " request header. Where it refuses it writes no Access-Control-Allow-Origin, so the one"
            + " here comes from another layer, and does not help.",
        List.of(
            LayerList.add(grant.origin(), spring.origins()),
            "If the origin is there, add "
                + grant.method()
                + " to allowedMethods"
                + (grant.requestHeaders().isEmpty()
                    ? "."
                    : ", and " + String.join(", ", grant.requestHeaders()) + " to allowedHeaders."),
            "Let only Spring do CORS: remove the header from what is in front ("
                + front
                + "), or what Spring allows has it twice."),
        grant);
  }

  /**
   * For a layer that shows its list of methods only to those that are in it.
   *
   * @param methods that the answer to another preflight lists
   * @param layer whose it is; empty if nothing tells
   */
  public static Remedy methodNotListed(
      WireResponse refused, List<String> methods, Optional<KnownLayer> layer, RequiredGrant grant) {
    return Remedy.of(
        "METHOD_NOT_ALLOWED",
        "The answer to the preflight ("
            + refused.status()
            + ") does not allow "
            + grant.method()
            + "; Access-Control-Allow-Methods is absent. The answer to a preflight for GET has it, with only: "
            + String.join(", ", methods)
            + ".",
        List.of(
            "Add "
                + grant.method()
                + " to "
                + layer.flatMap(KnownLayer::methods).orElse("that list of methods")
                + "."),
        grant);
  }

  /**
   * Which layer has given an answer that lacks the headers, or has them twice, and what its own
   * setting is; empty if the answer does not tell.
   */
  public static Optional<String> whose(WireResponse response, boolean preflight) {
    int status = response.status();
    if (response.headers().lines(GrantHeaders.ALLOW_ORIGIN).size() > 1) {
      return TwoLayers.whereTwice(response);
    }
    Optional<KnownBody> known = KnownBody.of(response, preflight);
    if (known.isPresent()) {
      return known.map(body -> body.asserted() + " " + body.advice().get(0));
    }
    return preflight
        ? OptionsAnswer.whose(status, Optional.of(response), true).stream().findFirst()
        : OwnPage.of(response).map(OwnPage::headersOnErrors);
  }
}
