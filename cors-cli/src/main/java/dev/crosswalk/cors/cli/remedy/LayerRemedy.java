package dev.crosswalk.cors.cli.remedy;

import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.WireException.Failure;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What to change where a CORS layer is there, as other answers of the same server show. */
public final class LayerRemedy {

  private static final int NOT_MODIFIED = 304;
  private static final int FORBIDDEN = 403;

  private LayerRemedy() {}

  /** Of a layer that refuses the origin by an error. */
  public static Remedy originRefused(int status, String evidence, Grant grant) {
    return Remedy.of(
        "ORIGIN_REFUSED",
        "A CORS layer is there and refuses this origin ("
            + status
            + "). That is not authentication. "
            + evidence,
        List.of(
            "Add "
                + grant.origin()
                + " to the list of that layer, exactly so: scheme, host and port, no slash at the"
                + " end.",
            "If it is on the list, the list may be of another path, profile or deployment; or a"
                + " proxy changes Host or the scheme, by which some layers tell their own"
                + " origin."),
        grant);
  }

  /** Of a server that fails only where there is an origin: CORS layers alone look at that. */
  public static Remedy failsWithOrigin(WireResponse response, String evidence, Grant grant) {
    String spring =
        "In Spring that is so where allowedOrigins has \"*\" and allowCredentials is true: name the"
            + " origins in full.";
    String error =
        "In Express it is so where the function given as origin calls back with an Error: add the"
            + " origin to its list, and call back with (null, false) for those that are not on it.";
    boolean isSpring = Server.seen(response).equals(Optional.of(Server.SPRING));
    return Remedy.of(
        "ORIGIN_REFUSED",
        "The server fails ("
            + response.status()
            + ") only where the request has an Origin header, so that its CORS layer is what fails:"
            + " it refuses this origin by an error, or its own configuration is not valid. "
            + evidence,
        isSpring
            ? List.of("The server's log has the error.", spring)
            : List.of("The server's log has the error.", error, spring),
        grant);
  }

  /**
   * Of a preflight that gets no answer at all, where GET gets one.
   *
   * @param complaint what happened, without a period
   * @param status of the answer to GET
   */
  public static Remedy optionsUnanswered(
      Failure failure, String complaint, int status, Grant grant) {
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
   * Of a layer that refuses the method or a header.
   *
   * @param header whether it is a header, and not the method
   */
  public static Remedy requestRefused(int status, boolean header, String evidence, Grant grant) {
    String names = String.join(", ", grant.requestHeaders());
    boolean one = grant.requestHeaders().size() == 1;
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
            + (evidence.isEmpty() ? "" : " " + evidence),
        List.of(
            header
                ? "Add " + names + " to its list of request headers."
                : "Add " + grant.method() + " to its list of methods."),
        grant);
  }

  /**
   * Of a server that refuses characters of the query.
   *
   * @param status of the answer where they are encoded
   */
  public static Remedy queryRefused(int status) {
    return Remedy.notCors(
        "URL_CHARACTERS",
        "This is not CORS: the server refuses the URL (400) for characters in its query that browsers"
            + " send as they are: [ ] { } | ^ `. With these percent-encoded, the same request gets "
            + status
            + ".",
        "Encode the query in the script: new URLSearchParams({...}), or encodeURIComponent() for each"
            + " name and value.",
        "Or let the server take them: relaxedQueryChars of Tomcat's Connector, in Spring Boot"
            + " server.tomcat.relaxed-query-chars.");
  }

  /** How one of two layers is told to leave the header to the other. */
  static Optional<String> whereTwice(WireResponse response) {
    String vary = Bytes.lowerCase(String.join(",", response.headers().lines("Vary")));
    if (vary.contains("access-control-request-method")
        && vary.contains("access-control-request-headers")) {
      return Optional.of(
          "In Spring Cloud Gateway, the filter DedupeResponseHeader=Access-Control-Allow-Origin"
              + " Access-Control-Allow-Credentials, RETAIN_FIRST under default-filters keeps the"
              + " gateway's own.");
    }
    String server = Bytes.lowerCase(response.headers().get("Server").orElse(""));
    if (server.startsWith("lighttpd")) {
      return Optional.of(
          "In lighttpd, setenv.set-response-header replaces what the application sends, and"
              + " setenv.add-response-header adds to it.");
    }
    return server.startsWith("nginx") && response.headers().has("X-Powered-By")
        ? Optional.of(
            "If nginx hands requests to PHP by fastcgi_pass, fastcgi_hide_header takes away what PHP"
                + " sends: proxy_hide_header does nothing there.")
        : Optional.empty();
  }

  /** Of a response that has no headers, where the preflight has them. */
  public static Remedy headersOnPreflightOnly(int status, Grant grant) {
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
                + " not in front of them."
                + (status == NOT_MODIFIED
                    ? " A 304 needs it, too: set it before the ETag is compared."
                    : "")),
        grant);
  }

  /**
   * Of a preflight that is not answered as one, where GET has the headers.
   *
   * @param allowed whether the answer allows the origin, so that its status alone is wrong
   */
  public static Remedy headersNotOnPreflight(WireResponse response, boolean allowed, Grant grant) {
    int status = response.status();
    List<String> advice =
        new ArrayList<>(PreflightRemedy.whoAnswers(status, Optional.of(response), true));
    boolean nginx = Server.seen(response).filter(server -> server != Server.NGINX).isEmpty();
    advice.add(
        "Let the layer that has the headers answer OPTIONS too, with 204."
            + (nginx && response.hasOkStatus()
                ? " In nginx, add_header inside if drops those outside of it: leave return 204 alone"
                    + " there."
                : "")
            + (nginx && status == FORBIDDEN
                ? " In nginx, limit_except, deny and auth of a location apply to OPTIONS, too: name"
                    + " OPTIONS in limit_except, and put the lines below into server { }, not into"
                    + " that location."
                : ""));
    return Remedy.of(
        "HEADERS_NOT_ON_PREFLIGHT",
        allowed
            ? "The server allows this origin, also in its answer to the preflight (OPTIONS), but"
                + " that answer has the status "
                + status
                + ". Browsers accept only 200 to 299."
            : "The server allows this origin in its response to GET, and not in its answer to the"
                + " preflight (OPTIONS, "
                + status
                + "). Both need it.",
        advice,
        grant);
  }

  /** Of a header that only an interim response has, such as 103 Early Hints. */
  public static Remedy onInterimOnly(WireResponse response, int interim, Grant grant) {
    return Remedy.of(
        "HEADERS_ON_INTERIM_ONLY",
        "Access-Control-Allow-Origin is on the response "
            + interim
            + " alone, which comes before the real one, and browsers look for it on the final"
            + " response ("
            + response.status()
            + ").",
        List.of(
            "Set Access-Control-Allow-Origin on the final response, too: what is written with "
                + interim
                + " is not repeated there."),
        grant);
  }
}
