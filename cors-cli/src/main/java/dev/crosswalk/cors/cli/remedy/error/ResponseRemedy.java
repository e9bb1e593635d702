package dev.crosswalk.cors.cli.remedy.error;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.answer.BodyText;
import dev.crosswalk.cors.cli.remedy.answer.ResponseSigns;
import dev.crosswalk.cors.cli.remedy.answer.Server;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Printable;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Exchange;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the response itself tells to solve first: somebody answered before any CORS layer. */
public final class ResponseRemedy {

  private static final int MAX_ERROR = 80;

  private final WireRequest request;
  private final WireResponse response;
  private final ResponseSigns signs;
  private final RequiredGrant grant;

  private ResponseRemedy(Exchange last, RequiredGrant grant) {
    this.request = last.request();
    this.response = last.response();
    this.signs = new ResponseSigns(last.response());
    this.grant = grant;
  }

  /** For whatever response was refused. */
  public static Optional<Remedy> of(Exchange last, RequiredGrant grant) {
    ResponseRemedy remedy = new ResponseRemedy(last, grant);
    return MalformedHead.withoutCors(last.response(), grant)
        .or(remedy::rateLimit)
        .or(remedy::botFilter)
        .or(remedy::plainHttp)
        .or(remedy::squid)
        .or(remedy::nginxLimit)
        .or(remedy::headersTooLarge)
        .or(remedy::headersInBody)
        .or(remedy::trailer)
        .or(remedy::noSite)
        .or(() -> KnownBody.of(last.response(), last.preflight()).map(known -> known.remedy(grant)))
        .or(remedy::forgery)
        .or(remedy::webSocket)
        .or(remedy::methodInLowerCase)
        .or(() -> last.preflight() ? Optional.empty() : remedy.anotherPath());
  }

  /** What comes behind the body is a trailer, and no header. */
  private Optional<Remedy> trailer() {
    boolean announced =
        response.headers().split("Trailer").orElse(List.of()).stream()
            .anyMatch(name -> Bytes.equalIgnoringCase(name, GrantHeaders.ALLOW_ORIGIN));
    return !announced || response.headers().has(GrantHeaders.ALLOW_ORIGIN)
        ? Optional.empty()
        : Optional.of(
            Remedy.of(
                "ACAO_MISSING",
                "The response ("
                    + response.status()
                    + ") has Access-Control-Allow-Origin only behind its body, as a trailer."
                    + " Browsers accept it only from the headers, which come in front.",
                List.of(
                    "Set the CORS headers before the first part of the body is written, and leave them"
                        + " out of Trailer."),
                grant));
  }

  /** How errors name the path that a server was asked for; white space has been made one space. */
  private static final Pattern NAMED_PATH =
      Pattern.compile(
          "(?:\\b(?:GET|HEAD|POST|PUT|PATCH|DELETE)\\b[\\])]?[ :]\"?|\"path\" ?: ?\"|requested URL:? )"
              + "(/[^\\s\"'?<]{1,200})");

  /** A server behind a proxy that speaks of a part of the path, or of more than it. */
  private Optional<Remedy> anotherPath() {
    if (response.status() != 404) {
      return Optional.empty();
    }
    String asked = Url.of(request.url()).path();
    Matcher named = NAMED_PATH.matcher(new BodyText(response).plain());
    if (!named.find()) {
      return Optional.empty();
    }
    String path = named.group(1);
    boolean removed = asked.endsWith(path) && !asked.equals(path);
    boolean added = path.endsWith(asked) && !asked.equals(path) && !asked.equals("/");
    if (!removed && !added) {
      return Optional.empty();
    }
    String part =
        removed
            ? asked.substring(0, asked.length() - path.length())
            : path.substring(0, path.length() - asked.length());
    return Optional.of(
        Remedy.of(
            "WRONG_PATH",
            "The server has no route (404) for "
                + Printable.printable(path)
                + ", and the URL requests "
                + asked
                + ". So something in front "
                + (removed ? "removes " : "adds ")
                + Printable.printable(part)
                + ". An error of that kind has no CORS headers.",
            removed
                ? List.of(
                    "Let the proxy pass the path on as it is. What removes a part: proxy_pass with"
                        + " a slash or a path at its end in nginx, ProxyPass with another path in"
                        + " Apache, handle_path or uri strip_prefix in Caddy, StripPrefix in"
                        + " gateways and Traefik, pathRewrite of a development server's proxy; and"
                        + " app.use(\"/api\", createProxyMiddleware(...)) in Express, where target"
                        + " has to end in /api.",
                    "Or let the server have its routes without " + part + ".")
                : List.of(
                    "Take "
                        + Printable.printable(part)
                        + " out of the proxy's target (proxy_pass in nginx, target of a development"
                        + " server's proxy, PrefixPath in gateways), or let the server have its routes"
                        + " below it."),
            grant));
  }

  private Optional<Remedy> rateLimit() {
    if (response.status() != 429) {
      return Optional.empty();
    }
    Optional<String> after = response.headers().get("Retry-After");
    return Optional.of(
        Remedy.of(
            "RATE_LIMIT",
            "This is a rate limit: the server answered 429, as there were too many"
                + " requests"
                + after.map(value -> " (Retry-After: " + value + ")").orElse("")
                + ". That answer has no CORS headers for the page, so the browser mentions CORS.",
            List.of(
                "Wait, and send fewer requests: cache answers, and set Access-Control-Max-Age to"
                    + " avoid preflights.",
                "Put the CORS layer in front of the rate limit, so the script can read the 429;"
                    + " and exclude preflights from it.",
                "This answer does not show the server's usual CORS headers: try again later."),
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
                        + " instead of the server. It wants a person to solve a challenge, which"
                        + " a script's request cannot do.",
                    "Exempt the API's path from the filter, and preflights in any case.",
                    "It may also be that the filter stops only this program: compare with the"
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
                        + Printable.shown(error, MAX_ERROR)
                        + "): the request does not reach the server behind it.",
                    List.of(
                        error.startsWith("ERR_ACCESS_DENIED")
                            ? "In squid.conf, let http_access allow "
                                + request.method()
                                + " for this host, in front of the rule that denies it (acl name"
                                + " method "
                                + request.method()
                                + ")."
                            : "Squid's log tells why. Make sure that the server behind it answers.",
                        "If the application adds the CORS headers, leave that to the application,"
                            + " and add nothing in Squid."),
                    grant));
  }

  /** For a server behind it that is down, nginx answers 502 or 504. */
  private Optional<Remedy> nginxLimit() {
    if (response.status() != 503
        || !Server.seen(response).equals(Optional.of(Server.NGINX))
        || !signs.isPageOfNginx()) {
      return Optional.empty();
    }
    return Optional.of(
        Remedy.of(
            "RATE_LIMIT",
            "nginx answers 503 itself. It does so where a limit is exceeded (limit_req, limit_conn), or"
                + " where its configuration says return 503; if the server behind it is down, it"
                + " answers 502 or 504. That answer has no CORS headers for the page.",
            List.of(
                "If it is a limit: wait, and send fewer requests. Exclude preflights, and set"
                    + " limit_req_status 429, so clients can tell it from an error.",
                "If nginx adds the CORS headers, add the parameter always: then errors have them, too."
                    + " If the application adds them, add none in nginx."),
            grant));
  }

  private Optional<Remedy> headersTooLarge() {
    return response.status() != 431
        ? Optional.empty()
        : KnownBody.all().stream()
            .filter(known -> known.code().equals("HEADERS_TOO_LARGE"))
            .findFirst()
            .map(known -> known.remedy(grant));
  }

  /** Somebody wrote an empty line, which ends the headers, and then went on with them. */
  private Optional<Remedy> headersInBody() {
    if (signs.hasHeaderInMeta()) {
      return Optional.of(
          Remedy.of(
              "HEADERS_IN_BODY",
              "Access-Control-Allow-Origin is in a meta element of the page. Browsers accept it"
                  + " only from the headers of the HTTP response.",
              List.of(
                  "Remove the element, and let the server send the header: a page cannot allow it."),
              grant));
    }
    return !signs.hasHeadersInBody()
        ? Optional.empty()
        : Optional.of(
            Remedy.of(
                "HEADERS_IN_BODY",
                "Access-Control-Allow-Origin is in the body of the response ("
                    + response.status()
                    + "): an empty line in front of it has ended the headers too early.",
                List.of(
                    "Write it before the empty line: in Python's http.server send_header() before"
                        + " end_headers(); in a server of your own one line break, and not two,"
                        + " behind each header."),
                grant));
  }

  /** What Caddy answers where its configuration says nothing. */
  private Optional<Remedy> noSite() {
    boolean nothing =
        response.status() == 200
            && response.body().length == 0
            && response.headers().get("Content-Length").equals(Optional.of("0"))
            && !response.headers().has("Content-Type")
            && !response.headers().has("Vary")
            && !signs.hasHeadersOfCors()
            && response.headers().get("Server").equals(Optional.of("Caddy"));
    return !nothing
        ? Optional.empty()
        : Optional.of(
            Remedy.notCors(
                "NO_SITE",
                "This is not CORS as such: Caddy answers 200 with nothing. It does so where no site in"
                    + " its configuration has the host and port of the URL, or where nothing in the"
                    + " site answers this path.",
                "Add the host to the addresses in front of the site's block, with a comma, or"
                    + " request the host that is there. *.localhost and 127.0.0.1 are other hosts"
                    + " than localhost.",
                "If the site is the right one: reverse_proxy, file_server or respond is missing"
                    + " for this path, or its matcher does not match."));
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

  private static final String SEND_TOKEN =
      "Send the token that it requires, with the cookie that belongs to it. If the API accepts a"
          + " token in Authorization and no cookie, exempt it from that protection.";

  /** What an error means that the page may read; empty if nothing is known of it. */
  public static Optional<String> ofReadable(WireResponse response) {
    return KnownBody.of(response)
        .map(known -> known.cause() + " " + String.join(" ", known.advice()))
        .or(
            () ->
                new ResponseSigns(response).isForgeryProtection()
                    ? Optional.of(
                        "It is of a protection against forged requests (CSRF). " + SEND_TOKEN)
                    : Optional.empty());
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
                SEND_TOKEN,
                "Put the CORS layer in front of it, so the script can read the "
                    + response.status()
                    + "."),
            grant));
  }

  /** Browsers do not write these in upper case, and to most servers the lower case is no method. */
  private Optional<Remedy> methodInLowerCase() {
    String method = request.method();
    String upper = method.toUpperCase(Locale.ROOT);
    return method.equals(upper) || !List.of(400, 404, 405, 501).contains(response.status())
        ? Optional.empty()
        : Optional.of(
            Remedy.of(
                "METHOD_IN_LOWER_CASE",
                "The server refuses the method "
                    + method
                    + " ("
                    + response.status()
                    + "), which is not "
                    + upper
                    + ": methods are case-sensitive, and browsers write only GET, HEAD, POST, PUT,"
                    + " DELETE and OPTIONS in upper case automatically.",
                List.of("Write " + upper + " in the script."),
                Optional.empty(),
                List.of()));
  }

  private Optional<Remedy> webSocket() {
    boolean other =
        response.headers().split("Upgrade").orElse(List.of()).stream()
            .anyMatch(protocol -> !Bytes.equalIgnoringCase(protocol, "websocket"));
    return (response.status() != 426 || other) && !signs.isWebSocketOnly()
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
                "If it should answer here, too: check path and port, and make sure that a proxy in"
                    + " front passes the request to the right server."));
  }

  /** Of the header that a browser misses, where its name is misspelled. */
  public static Optional<Remedy> misspelled(
      WireResponse last, NotShared refusal, RequiredGrant grant) {
    return HeaderTypo.of(last, refusal.cause(), grant);
  }

  /** Other headers whose name is misspelled, each in a sentence. */
  public static List<String> alsoMisspelled(WireResponse response, Optional<NotShared> refusal) {
    return HeaderTypo.warnings(response, refusal.map(NotShared::cause));
  }

  /** For a response that has no headers, though it is not an error. */
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
            PASS_ON));
  }

  /**
   * For an answer without headers, where GET gets such a page. A server of files gives it for paths
   * that it does not know, and has nothing for what the page wants to send there.
   *
   * @param method that the page wants
   * @return empty if GET gets something else, or if the answer shows that something is there
   */
  public static Optional<Remedy> pageOfGet(Exchange refused, WireResponse got, String method) {
    WireResponse answer = refused.response();
    ResponseSigns page = new ResponseSigns(got);
    if (isRouted(answer, method)
        || !got.hasOkStatus()
        || !page.isApplicationPage()
        || page.isOfGraphql()) {
      return Optional.empty();
    }
    boolean nginx = Server.seen(answer).equals(Optional.of(Server.NGINX));
    return Optional.of(
        Remedy.notCors(
            "PAGE_IN_PLACE_OF_API",
            (refused.preflight() ? "The answer to the preflight (" : "The response (")
                + answer.status()
                + ") has no Access-Control-Allow-Origin, and GET of this URL gets the index.html of a web"
                + " application, and not data. So most likely the request does not reach the API: the"
                + " server looks for a file at this path, and falls back to that page.",
            "Check the URL: host, port and the beginning of the path (/api, a version).",
            nginx
                ? "If the path is right, no location of nginx passes it on: beside the one with try_files"
                    + " write location /api/ { proxy_pass http://127.0.0.1:3000; }, with your path and the"
                    + " API's address (without a path behind it, the path stays as it is)."
                : PASS_ON,
            "Then try again. As long as a file answers, no header helps."));
  }

  /** Whether something knows the method at this path, or answers OPTIONS there on purpose. */
  private static boolean isRouted(WireResponse answer, String method) {
    Optional<Server> server = Server.seen(answer);
    // Of files, too, these name POST.
    boolean ofFiles =
        !answer.headers().has("X-Powered-By")
            && server.filter(List.of(Server.APACHE, Server.LIGHTTPD)::contains).isPresent();
    boolean named = answer.headers().split("Allow").orElse(List.of()).contains(method);
    boolean onPurpose =
        answer.status() == 204 || answer.hasOkStatus() && server.equals(Optional.of(Server.NGINX));
    return named && !ofFiles || onPurpose;
  }

  private static final String PASS_ON =
      "If the path is right, let the web server pass it on to the API before it falls back"
          + " to index.html (try_files of nginx, FallbackResource of Apache, handle with reverse_proxy of"
          + " Caddy, the proxy of the development server, the rewrites of a host).";
}
