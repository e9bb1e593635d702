package dev.crosswalk.cors.cli.remedy.error;

import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.remedy.Trait;
import dev.crosswalk.cors.cli.remedy.answer.FrontProxy;
import dev.crosswalk.cors.cli.remedy.answer.OwnPage;
import dev.crosswalk.cors.cli.remedy.answer.ResponseSigns;
import dev.crosswalk.cors.cli.remedy.answer.Server;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the status of an error tells by itself: what has failed or refuses, and what to do there.
 */
public final class ErrorStatus {

  private static final String THEN_READABLE =
      "Then let errors have the headers, too, so the script can read them.";

  private static final String TOMCAT_STOPPED =
      " If every path of the application gets this page of Tomcat's, it has not started: the log tells"
          + " why. Its CorsFilter does not start with any origin (*) and cors.support.credentials.";

  static final String LOGIN =
      "The server requires authentication: send the token or cookie that it wants. That solves the"
          + " 401 itself.";

  private static final String NOT_CORS = " Solve that first; it is not CORS.";

  private static final String GATEWAY_TIMEOUT =
      "504: a proxy gave up waiting, as the server behind it is down or too slow. That server's log"
          + " tells what the request waits for (a database, another API). Let it answer sooner, or at"
          + " once and do the work later; or raise the time limit of each one on the way.";

  /** What stands in front says of the server behind it, by its status. */
  private static final Map<Integer, String> GATEWAY =
      Map.of(
          502,
          "502: what is in front of the application (a proxy, a load balancer, a platform) got no"
              + " answer that it can pass on: the server behind it is down, crashed on this request, or"
              + " is not where it is looked for; or, as a function, it failed or returned something in the"
              + " wrong form. The application's log of that minute tells which, or that of what is in"
              + " front.",
          503,
          "503: what is in front of the application (a proxy, a load balancer, a platform) says that"
              + " the server behind it is down or too slow, is just starting, or has too much to do; or"
              + " the application says so itself. See its log, and on the platform its restarts and"
              + " health checks.",
          504,
          GATEWAY_TIMEOUT,
          520,
          "520: Cloudflare got an answer that is empty or broken from the server behind it: a crash, a"
              + " connection that was closed, or headers that are too large. That server's log tells"
              + " which.",
          521,
          "521: the server behind Cloudflare refuses the connection: it does not run, does not listen"
              + " on that port, or its firewall refuses Cloudflare's addresses.",
          522,
          "522: Cloudflare's connection was not accepted in time: the server behind it is down or too"
              + " slow, or its firewall drops Cloudflare's addresses.",
          523,
          "523: Cloudflare finds no way to the server: see the address in its DNS record.",
          524,
          "524: the server behind Cloudflare took the connection, and did not answer within 120"
              + " seconds. Its log tells what the request waits for. Let it answer at once and do the"
              + " work later.",
          525,
          "525: Cloudflare and the server behind it do not agree on TLS: make sure that this"
              + " server has a certificate, and answers on port 443.",
          526,
          "526: Cloudflare does not accept the certificate of the server behind it (Full, strict): it"
              + " has expired, or is for another name.");

  private static final String GATEWAY_ELSE =
      "A proxy answers that the server behind it is down or too slow: see the body of the answer, and"
          + " that server's log.";

  public static final String RATE_LIMIT =
      "This is a rate limit: wait, and send fewer requests. If the server is yours, put the CORS"
          + " layer in front of the limit, and exclude preflights from it.";

  static final String OUTSIDE_OF_STARLETTE =
      "If it is Starlette or FastAPI, an exception that nobody handles is answered outside all"
          + " that add_middleware adds. To have the headers on that answer, too, put the layer"
          + " around the whole application, at the end of the file and in place of add_middleware:"
          + " app = CORSMiddleware(app, allow_origins=[...], ...).";

  private ErrorStatus() {}

  /** What a proxy or a platform says of the application behind it. */
  public static String gateway(int status) {
    return GATEWAY.getOrDefault(status, GATEWAY_ELSE) + NOT_CORS;
  }

  /** The same as {@link #byStatus}, of which the first is general where the server failed. */
  public static List<Advice> advice(int status, Optional<WireResponse> response) {
    return general(status, byStatus(status, response));
  }

  /** The same, with the rule about methods by which a server itself refuses this one. */
  public static List<Advice> advice(int status, Optional<WireResponse> response, String method) {
    return response
        .filter(found -> found.status() == 405)
        .flatMap(OwnPage::of)
        .map(page -> List.of(Advice.of(page.refuses(method, status))))
        .orElseGet(() -> advice(status, response));
  }

  /** The first of these tells what a status alone does, and other signs may tell more. */
  public static List<Advice> general(int status, List<Advice> advice) {
    Topic topic = status >= 500 ? Topic.FAILED : status >= 400 ? Topic.REFUSED : Topic.NONE;
    // Of a 403 both are about the CORS layer, which may have no part in it.
    int all = status == 403 ? advice.size() : 1;
    return Stream.concat(
            advice.stream().limit(all).map(each -> each.about(topic)), advice.stream().skip(all))
        .toList();
  }

  public static List<Advice> byStatus(int status, Optional<WireResponse> response) {
    if (status == 401) {
      return all(
          LOGIN,
          response
              .flatMap(OwnPage::of)
              .map(OwnPage::headersOnErrors)
              .or(() -> response.flatMap(ErrorStatus::replacedByProxy))
              .orElse(
                  "So that the script can read a 401, put the CORS layer in front of authentication."
                      + " If it is there, the error handler may remove the headers, as Koa's does: set"
                      + " them again where the error is answered."));
    }
    if (status == 403) {
      return List.of(
          inBody(
              "403 does not say who refuses the request: a CORS layer that does not list this origin,"
                  + " authorization, CSRF protection or a firewall. The body of the response tells more."),
          Advice.of("Put the CORS layer in front of all of them, and allow the origin there."));
    }
    if (ResponseSigns.isGateway(status)) {
      return all(gateway(status));
    }
    if (status == 429) {
      return all(RATE_LIMIT);
    }
    Optional<String> limit =
        response.filter(ErrorStatus::isTooLarge).flatMap(OwnPage::of).flatMap(OwnPage::limit);
    if (limit.isPresent()) {
      return all("Raise " + limit.get().split(" ")[0] + " for this path, or send less.");
    }
    if (status == 413) {
      return all(
          "413: the body of the request is larger than the server, or a proxy in front, allows. The"
              + " setting is client_max_body_size in nginx, LimitRequestBody in Apache,"
              + " server.max-request-size in lighttpd, limit of express.json in Express, and bodyLimit"
              + " in Fastify. Let it allow more, or send less.",
          THEN_READABLE);
    }
    if (status == 415) {
      return all(
          "415: the server does not accept a body of this type, or of this Content-Encoding. fetch"
              + " sends a text as text/plain if the script names no Content-Type: for JSON, set"
              + " Content-Type: application/json, and let the CORS layer allow that header.",
          THEN_READABLE);
    }
    if (status == 406 && response.flatMap(OwnPage::of).equals(Optional.of(OwnPage.APACHE))) {
      return all(
          "406 of Apache itself is most often ModSecurity, as hosting providers set it up: a rule of it"
              + " refuses something in the request, and Apache's error log names the rule and what it"
              + " found. Exempt the API's path from that rule, or let the provider do so.",
          THEN_READABLE);
    }
    if (status == 411) {
      return all(
          "411: the server wants to know the length of the body (Content-Length), and this request has"
              + " none, as its body is a stream. Send a string, a Blob or a form; or let the proxy in"
              + " between keep the body until it is whole.",
          THEN_READABLE);
    }
    if (status == 431) {
      return all(
          "431: the headers of the request are too long: most often the cookies, or a token. Delete the"
              + " cookies of that host; localhost has those of all your projects. Or raise the limit:"
              + " server.max-http-request-header-size in Spring Boot, --max-http-header-size in Node.js,"
              + " large_client_header_buffers in nginx.",
          THEN_READABLE);
    }
    if (status == 414) {
      return all(
          "414: the URL is longer than the server, or a proxy in front, accepts. Send the data in"
              + " the body of a POST, or raise the limit: large_client_header_buffers in nginx,"
              + " LimitRequestLine in Apache, tune.bufsize in HAProxy, --limit-request-line in"
              + " gunicorn.",
          THEN_READABLE);
    }
    if (status >= 600) {
      return all(
          "HTTP has no status "
              + status
              + ". Most often a filter of bots in front of the server answers so, or a site that"
              + " lets no scripts in (LinkedIn, 999). Then no header of yours helps: call that"
              + " site by its API, from your own server.");
    }
    if (status >= 500 && response.filter(ErrorStatus::isOfStarlette).isPresent()) {
      return all(
          "The server failed (" + status + "): its log tells why. Solve that first.",
          OUTSIDE_OF_STARLETTE);
    }
    if (status >= 500) {
      return all(
          "The server failed ("
              + status
              + "): its log tells why. Solve that first. Then let the CORS layer run outside the"
              + " error handler, so errors have the headers, too.");
    }
    if (status == 421) {
      return all(
          "421: the server, or the proxy, has no site for the host in the URL, or not on this connection"
              + " (a certificate for several hosts, and HTTP/2). Check the host and the server's names"
              + " (server_name, ServerName, the certificate). A proxy in front has to send the name: in"
              + " nginx proxy_ssl_server_name on; with proxy_ssl_name $host;.",
          "Then let errors have the headers, too.");
    }
    if (status == 422 && response.flatMap(Server::seen).equals(Optional.of(Server.RAILS))) {
      return all(
          "422 of Rails without a word is most often its protection against forged requests"
              + " (ActionController::InvalidAuthenticityToken in the log): the request has no"
              + " token. In a controller for an API that accepts no cookies, write"
              + " skip_forgery_protection. If it is not that, the log tells why.",
          "Put rack-cors in front, so errors have the headers, too:"
              + " config.middleware.insert_before 0, Rack::Cors.");
    }
    if (status == 422) {
      return List.of(
          inBody(
              "422: the server reads the request, and does not accept its content: a field is"
                  + " missing, or has a wrong form. The body of the response most often names it."
                  + " Then let the CORS layer run outside what answers errors, so the script can"
                  + " read them."));
    }
    if (status >= 400 && status != 404 && status != 405) {
      return List.of(
          inBody(
              "The server refuses the request itself ("
                  + status
                  + "): the body of the response tells why. Then let the CORS layer run outside"
                  + " what answers errors, so the script can read them."));
    }
    if (status >= 400) {
      boolean ofTomcat =
          status == 404
              && response.filter(found -> new ResponseSigns(found).isPageOfTomcat()).isPresent();
      return all(
          "No route gave this answer ("
              + status
              + (status == 404
                  ? "), or a route did not find what the URL names. Most CORS layers belong to routes."
                  : "), and most CORS layers belong to routes.")
              + " Check the URL (host, path, a prefix) and the method; then put the CORS layer in front"
              + " of routing."
              + (ofTomcat ? TOMCAT_STOPPED : ""));
    }
    if (status == 304) {
      return all(
          "304 (not modified): the browser uses the copy in its cache, with the headers that the"
              + " copy has. That copy is most likely older than the CORS setting, or it was stored"
              + " for another page. Empty the browser's cache, and load the page again.",
          "Send Vary: Origin with every response, so a cache keeps a copy for each origin, and"
              + " send the CORS headers with 304 as well.");
    }
    if (WireResponse.isRedirectStatus(status)
        && response.filter(seen -> !seen.headers().has("Location")).isPresent()) {
      return all(
          status
              + " says that something is elsewhere, and the answer does not say where: it has no"
              + " Location. So it is no redirect to a browser. Set Location, or answer with another"
              + " status.");
    }
    if (WireResponse.isRedirectStatus(status)) {
      return all(
          "The redirect itself has to allow the origin, too. Better, request the URL to which it"
              + " leads: often https instead of http, or a slash at the end, or none. If it leads"
              + " to a login page, the session is missing.");
    }
    return List.of();
  }

  private static boolean isTooLarge(WireResponse response) {
    return response.status() == 413;
  }

  /** Who refuses a body in front of the application, and by which setting. */
  public static Optional<String> tooLarge(WireResponse response) {
    return OwnPage.of(response)
        .filter(page -> isTooLarge(response))
        .flatMap(
            page ->
                page.limit()
                    .map(
                        limit ->
                            page.title()
                                + " itself refuses the request (413), as its body is larger than "
                                + limit
                                + ". The application has not seen it."));
  }

  static boolean isOfStarlette(WireResponse response) {
    return Server.seen(response).equals(Optional.of(Server.FASTAPI));
  }

  /** A proxy may answer with a page of its own, which has none of the application's headers. */
  private static Optional<String> replacedByProxy(WireResponse response) {
    boolean page =
        response
            .headers()
            .get("Content-Type")
            .filter(type -> type.startsWith("text/html"))
            .isPresent();
    return FrontProxy.name(response)
        .filter(proxy -> page)
        .map(
            proxy ->
                "The answer is an HTML page. If the application answers a 401 with the CORS headers, "
                    + proxy
                    + " shows a page of its own instead: look for error_page with"
                    + " proxy_intercept_errors in nginx, ErrorDocument with ProxyErrorOverride in Apache,"
                    + " handle_errors in Caddy, and leave the API out. Otherwise put the CORS layer in"
                    + " front of authentication.");
  }

  private static List<Advice> all(String... words) {
    return Advice.all(List.of(words));
  }

  /** Why it refuses, the answer says itself. */
  private static Advice inBody(String words) {
    return Advice.of(words).with(Trait.READS_BODY);
  }
}
