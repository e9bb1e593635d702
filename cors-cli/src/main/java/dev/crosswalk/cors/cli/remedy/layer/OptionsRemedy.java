package dev.crosswalk.cors.cli.remedy.layer;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.answer.FrontProxy;
import dev.crosswalk.cors.cli.remedy.answer.OwnPage;
import dev.crosswalk.cors.cli.remedy.answer.ResponseSigns;
import dev.crosswalk.cors.cli.remedy.answer.Router;
import dev.crosswalk.cors.cli.remedy.answer.Server;
import dev.crosswalk.cors.tck.wire.WireException.Failure;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What to change where OPTIONS and the request behind it are answered by two that do not know each
 * other.
 */
public final class OptionsRemedy {

  private OptionsRemedy() {}

  /**
   * For a preflight that gets no answer at all, where GET gets one.
   *
   * @param complaint what happened, without a period
   * @param status of the answer to GET
   */
  public static Remedy optionsUnanswered(
      Failure failure, String complaint, int status, RequiredGrant grant) {
    return Remedy.of(
        failure.name(),
        "The preflight (OPTIONS) gets no answer, and a GET of the same URL gets one ("
            + status
            + "): "
            + complaint
            + ". So the server is there, and it does not answer OPTIONS.",
        List.of(
            failure == Failure.TIME_OUT
                ? "Look at what handles OPTIONS in the server: it never sends its answer (in Node"
                    + " res.end(), in Java's HttpServer exchange.sendResponseHeaders(204, -1)), or it"
                    + " waits for a body, which a preflight does not have. A firewall may drop OPTIONS,"
                    + " too."
                : "Look at what handles OPTIONS: a rule that closes the connection (return 444 in"
                    + " nginx, a firewall), or a handler that fails before it answers.",
            "Answer OPTIONS with 204 and the headers below, in front of everything else."),
        grant);
  }

  /**
   * For a preflight that gets 404, where GET gets it, too.
   *
   * @param method that the page wants
   */
  public static Remedy notFoundEither(WireResponse response, String method, RequiredGrant grant) {
    boolean get = method.equals("GET") || method.equals("HEAD");
    String path =
        "Check the URL: host, port, a prefix such as /api, a version, and a slash at the end.";
    String curl = " curl -i -X " + method + " with it tells whether there is a route.";
    String layer = OptionsAnswer.whose(response.status(), Optional.of(response), false).get(0);
    return Remedy.of(
        "ACAO_MISSING",
        "The answer to the preflight (404) has no Access-Control-Allow-Origin, and GET of this URL gets"
            + " 404 as well. "
            + (get
                ? "So the server has nothing at this path, and no CORS layer in front of its routes."
                : "So the server has nothing at this path, or a route for "
                    + method
                    + " alone; and no CORS layer is in front of its routes."),
        get ? List.of(path, layer) : List.of(layer, path + curl),
        grant);
  }

  /** For a response that has no headers, where the preflight has them. */
  public static Remedy headersOnPreflightOnly(
      int status, Optional<KnownLayer> layer, RequiredGrant grant) {
    return Remedy.of(
        "HEADERS_ON_PREFLIGHT_ONLY",
        "The server allows this origin in its answer to a preflight (OPTIONS), and the response"
            + " itself ("
            + status
            + ") has no Access-Control-Allow-Origin. Both need it.",
        List.of(
            "Send Access-Control-Allow-Origin on every response, not only where OPTIONS is"
                + " answered. Often a proxy or a handler of OPTIONS has the headers, and the"
                + " application has none; or the CORS layer is registered behind the routes, and"
                + " not in front of them, or for a group or plugin of routes that this one is not in; or"
                + " code sets them when the response has begun."
                + (status == 304 ? " A 304 needs it, too: set it before the ETag is compared." : "")
                + layer.map(known -> " " + known.paths()).orElse("")),
        grant);
  }

  /**
   * For a preflight that a proxy answers, where GET comes from an application that has the headers.
   *
   * @param got the answer to GET
   * @return empty if both may be of one program
   */
  public static Optional<Remedy> answeredInFront(
      WireResponse response, WireResponse got, RequiredGrant grant) {
    Optional<String> powered = got.headers().get("X-Powered-By");
    Optional<String> server = response.headers().get("Server");
    boolean another = powered.isPresent() && !response.headers().has("X-Powered-By");
    boolean renamed = server.isPresent() && !server.equals(got.headers().get("Server"));
    boolean known = Router.of(response).isPresent();
    if (!response.hasOkStatus() || known || !(another || renamed)) {
      return Optional.empty();
    }
    String proxy = FrontProxy.name(response).orElse("something in front");
    return Optional.of(
        Remedy.of(
            "HEADERS_NOT_ON_PREFLIGHT",
            "The server allows this origin in its response to GET, and not in its answer to the preflight"
                + " (OPTIONS, "
                + response.status()
                + "). They are not of the same program: GET is answered by "
                + shown(ResponseSigns.software(got))
                + ", and OPTIONS by "
                + shown(ResponseSigns.software(response))
                + ". So "
                + proxy
                + " answers OPTIONS itself.",
            List.of(
                "If the application has a CORS layer, remove what answers OPTIONS in front of it"
                    + (proxy.equals("nginx")
                        ? ", such as an if with return 200 or 204"
                        : proxy.equals("Apache")
                            ? ", such as a RewriteRule with [R=200] or [R=204]"
                            : "")
                    + ": then the preflight reaches that layer."
                    + (proxy.equals("nginx")
                        ? " If nginx adds the headers to GET itself, an add_header inside that if"
                            + " drops all that are outside it: leave nothing but return 204 in the"
                            + " if."
                        : proxy.equals("Apache")
                            ? " If Apache adds the headers itself, that answer has only those of Header"
                                + " always."
                            : ""),
                "Or let it answer OPTIONS with all CORS headers, as below; the response itself then"
                    + " still comes from the application."),
            grant));
  }

  private static String shown(String software) {
    return software.isEmpty() ? "one that does not name itself" : software;
  }

  /**
   * For a preflight that is not answered as one, where GET has the headers.
   *
   * @param allowed whether the answer allows the origin, so that only its status is wrong
   */
  public static Remedy headersNotOnPreflight(
      WireResponse response, boolean allowed, RequiredGrant grant) {
    int status = response.status();
    // With 501 nothing is passed on: the server does not know the method.
    boolean passedOn =
        allowed
            && ResponseSigns.isOfRouting(status)
            && status != 501
            && OwnPage.of(response).isEmpty();
    List<String> advice =
        new ArrayList<>(
            passedOn
                ? List.of(
                    "Nothing at this path answers OPTIONS: what sets the headers passes it on to the"
                        + " routes. Let it end the response itself, with 204 (in Express' cors, remove"
                        + " preflightContinue: true; in a proxy that adds the headers: http-request return in"
                        + " HAProxy, return 204 in nginx, respond 204 in Caddy).")
                : OptionsAnswer.whose(status, Optional.of(response), true));
    Optional<String> list =
        Stream.of(GrantHeaders.ALLOW_METHODS, GrantHeaders.ALLOW_HEADERS)
            .filter(response.headers()::has)
            .findFirst();
    if (!allowed && response.hasOkStatus() && list.isPresent()) {
      advice.add(
          "What answers OPTIONS sends "
              + list.get()
              + ", and leaves the origin out: let it send Access-Control-Allow-Origin, too. In code that"
              + " is the branch for OPTIONS, which ends before the header is set.");
    }
    boolean nginx = Server.seen(response).filter(server -> server != Server.NGINX).isEmpty();
    if (response.hasOkStatus() && !response.headers().has("Server")) {
      advice.add(
          "In code, set the headers before the branch that answers OPTIONS: that branch ends the"
              + " response with only the headers set so far. If a gateway is in front, it may answer OPTIONS"
              + " itself: then configure CORS there (globalcors in Spring Cloud Gateway), and remove"
              + " the headers from the service behind it.");
    }
    if (passedOn) {
      Router.of(response).map(Router::advice).ifPresent(advice::add);
      return Remedy.of("HEADERS_NOT_ON_PREFLIGHT", onPreflight(status, true), advice, grant);
    }
    if (response.hasOkStatus() && Server.seen(response).equals(Optional.of(Server.APACHE))) {
      advice.add(
          "In Apache, what a RewriteRule with [R=204] answers has only the headers of Header always: add"
              + " always to each line of Header that is about CORS.");
    }
    advice.add(
        "Let the layer that has the headers answer OPTIONS too, with 204."
            + (nginx && response.hasOkStatus()
                ? " In nginx, an add_header inside an if drops those outside it: put only return 204"
                    + " there."
                : ""));
    return Remedy.of("HEADERS_NOT_ON_PREFLIGHT", onPreflight(status, allowed), advice, grant);
  }

  private static String onPreflight(int status, boolean allowed) {
    return allowed
        ? "The server allows this origin, also in its answer to the preflight (OPTIONS), but"
            + " that answer has the status "
            + status
            + ". Browsers accept only 200 to 299."
        : "The server allows this origin in its response to GET, and not in its answer to the"
            + " preflight (OPTIONS, "
            + status
            + "). Both need it.";
  }
}
