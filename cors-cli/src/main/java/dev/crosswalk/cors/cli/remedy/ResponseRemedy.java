package dev.crosswalk.cors.cli.remedy;

import dev.crosswalk.cors.tck.rules.Observation;
import dev.crosswalk.cors.tck.wire.Exchange;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.List;
import java.util.Optional;

/** What the response itself tells to solve first: somebody answered before any CORS layer. */
public final class ResponseRemedy {

  private static final int UPGRADE_REQUIRED = 426;
  private static final int TOO_MANY_REQUESTS = 429;

  private static final int MAX_ERROR = 80;

  private final WireRequest request;
  private final WireResponse response;
  private final ResponseSigns signs;
  private final Grant grant;

  private ResponseRemedy(Exchange last, Grant grant) {
    this.request = last.request();
    this.response = last.response();
    this.signs = new ResponseSigns(last.response());
    this.grant = grant;
  }

  /** Of whatever response was refused. */
  public static Optional<Remedy> of(Exchange last, Grant grant) {
    ResponseRemedy remedy = new ResponseRemedy(last, grant);
    return remedy
        .rateLimit()
        .or(remedy::botFilter)
        .or(remedy::plainHttp)
        .or(remedy::squid)
        .or(() -> KnownBody.of(last.response()).map(known -> known.remedy(grant)))
        .or(remedy::forgery)
        .or(remedy::webSocket);
  }

  private Optional<Remedy> rateLimit() {
    if (response.status() != TOO_MANY_REQUESTS) {
      return Optional.empty();
    }
    Optional<String> after = response.headers().get("Retry-After");
    return Optional.of(
        Remedy.of(
            "RATE_LIMIT",
            "This is a rate limit: the server answered 429, as there were too many"
                + " requests"
                + after.map(value -> " (Retry-After: " + value + ")").orElse("")
                + ". That answer has no CORS headers for the page, so the browser speaks of CORS.",
            List.of(
                "Wait, and send fewer requests: keep answers, and let Access-Control-Max-Age spare"
                    + " preflights.",
                "Put the CORS layer in front of the rate limit, so that the script can read the 429;"
                    + " and count no preflights.",
                "What the server's CORS headers are otherwise, this does not show: ask again later."),
            grant));
  }

  private Optional<Remedy> botFilter() {
    return signs
        .botFilter()
        .map(
            filter ->
                Remedy.notCors(
                    "BOT_FILTER",
                    "This is not CORS: a filter of bots ("
                        + filter
                        + ") answered "
                        + response.status()
                        + " in place of the server. It wants a person to solve something, and a"
                        + " script's request cannot.",
                    "Exempt the API's path from the filter, and preflights in any case.",
                    "It may also be that the filter stops this program alone: compare with the"
                        + " browser's network panel."));
  }

  /** A proxy that answers itself, and says why in a header of its own. */
  private Optional<Remedy> squid() {
    return response
        .headers()
        .get("X-Squid-Error")
        .map(
            error ->
                Remedy.of(
                    "PROXY_REFUSES",
                    "The proxy Squid answers "
                        + response.status()
                        + " itself ("
                        + Observation.shown(error, MAX_ERROR)
                        + "): the request does not come to the server behind it.",
                    List.of(
                        error.startsWith("ERR_ACCESS_DENIED")
                            ? "In squid.conf, let http_access allow "
                                + request.method()
                                + " for this host, in front of the rule that denies it (acl name"
                                + " method "
                                + request.method()
                                + ")."
                            : "Squid's log tells why. See that the server behind it answers.",
                        "If the application adds the CORS headers, leave them to it: then nothing is"
                            + " to be added in Squid."),
                    grant));
  }

  private Optional<Remedy> plainHttp() {
    if (!signs.isTlsPort() || !request.url().startsWith("http:")) {
      return Optional.empty();
    }
    return Optional.of(
        Remedy.notCors(
            "HTTP_ON_TLS_PORT",
            "This is not CORS: the port speaks TLS, and the URL says http. The server answered "
                + response.status()
                + " because of that.",
            "Let the page request https:" + request.url().substring("http:".length())));
  }

  private Optional<Remedy> forgery() {
    if (!signs.isForgeryProtection()) {
      return Optional.empty();
    }
    return Optional.of(
        Remedy.of(
            "CSRF_REFUSED",
            "The server's protection against forged requests (CSRF) refuses this one ("
                + response.status()
                + "), and that answer has no CORS headers.",
            List.of(
                "Send the token that it asks for, with the cookie that belongs to it. If the API takes"
                    + " a token in Authorization and no cookie, exempt it from that protection.",
                "Put the CORS layer in front of it, so that the script can read the "
                    + response.status()
                    + "."),
            grant));
  }

  private Optional<Remedy> webSocket() {
    return response.status() != UPGRADE_REQUIRED && !signs.isWebSocketOnly()
        ? Optional.empty()
        : Optional.of(
            Remedy.notCors(
                "WEBSOCKET_ONLY",
                "This is not CORS as such: the server answers only WebSockets at this URL ("
                    + response.status()
                    + "), and the request was an ordinary one.",
                "Open it by new WebSocket(\"ws"
                    + request.url().substring("http".length())
                    + "\"), or by the library that the server speaks (socket.io, SignalR, SockJS).",
                "If it should answer here, too: check path and port, and see that a proxy in front"
                    + " passes the request to the right server."));
  }

  /** Browsers ignore a header whose name is misspelled. */
  public static Optional<Remedy> misspelled(Exchange last, Grant grant) {
    WireResponse response = last.response();
    return HeaderName.misspelled(response.headers())
        .filter(name -> !response.headers().has(HeaderName.meant(name).orElse("")))
        .map(
            name ->
                Remedy.of(
                    "HEADER_TYPO",
                    "The response ("
                        + response.status()
                        + ") has the header "
                        + Observation.printable(name)
                        + ", which browsers do not know because it is misspelled. "
                        + HeaderName.meant(name).orElse("")
                        + " is meant.",
                    List.of(
                        "Correct the name where the server, or the proxy, sets it. Case does not"
                            + " matter; every letter and every hyphen does."),
                    grant));
  }

  /** Of a response that has no headers, though it is not an error. */
  public static Optional<Remedy> page(Exchange last) {
    if (!last.response().hasOkStatus() || !new ResponseSigns(last.response()).isApplicationPage()) {
      return Optional.empty();
    }
    return Optional.of(
        Remedy.notCors(
            "PAGE_IN_PLACE_OF_API",
            "The response is the index.html of a web application, and not data of an API. The server"
                + " gives it for paths that it does not know. It has no"
                + " Access-Control-Allow-Origin.",
            "Check the URL: host, port and the beginning of the path (/api, a version).",
            "If the path is right, let the web server pass it on to the API before it falls back"
                + " to index.html (try_files of nginx, the proxy of the development server, the"
                + " rewrites of a host)."));
  }
}
