package dev.crosswalk.cors.cli.remedy.layer;

import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.remedy.answer.OwnPage;
import dev.crosswalk.cors.cli.remedy.answer.ResponseSigns;
import dev.crosswalk.cors.cli.remedy.answer.Router;
import dev.crosswalk.cors.cli.remedy.answer.Server;
import dev.crosswalk.cors.cli.remedy.error.ErrorStatus;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An answer to OPTIONS that no CORS layer has given: who gives it, and how to let the layer answer.
 */
public final class OptionsAnswer {

  /** How a rule of a server refuses a method. */
  private static final List<Integer> REFUSES = List.of(403, 405);

  private static final String WRONG_PATH =
      "Or the server does not know this path at all: call it with the page's own method (curl -i"
          + " -X POST URL). If that gets 404 as well, the URL is wrong (a prefix, a version, a"
          + " port), or that program does not have this function; then no header helps.";

  private OptionsAnswer() {}

  /** The same as {@link #whose}, of which the first is general where the server failed. */
  public static List<Advice> advice(int status, Optional<WireResponse> response, boolean allowed) {
    List<String> whose = whose(status, response, allowed);
    if (status == 401) {
      return whose.stream().map(Topic.LOGIN_BEFORE_CORS::advice).toList();
    }
    List<Advice> advice = Advice.all(whose);
    return status >= 500 ? ErrorStatus.general(status, advice) : advice;
  }

  /**
   * The same of an answer without Access-Control-Allow-Origin: if nothing shows who gave it, the
   * CORS layer of Starlette is the less likely one, as it sends the header with its own 400.
   */
  public static List<Advice> withoutHeader(int status, Optional<WireResponse> response) {
    List<Advice> advice = new ArrayList<>(advice(status, response, false));
    if (status == 400 && response.isEmpty()) {
      Collections.reverse(advice);
    }
    return advice;
  }

  /**
   * Who answers, in sentences.
   *
   * @param allowed whether another answer of this server allows the origin, so that no CORS layer
   *     refuses that
   */
  public static List<String> whose(int status, Optional<WireResponse> response, boolean allowed) {
    if (status == 401 && response.flatMap(OptionsAnswer::ofServer).isPresent()) {
      return List.of(
          "Authentication answers the preflight, which never has credentials: no cookie and no"
              + " Authorization. "
              + response.flatMap(OptionsAnswer::ofServer).orElseThrow());
    }
    if (status == 401) {
      return List.of(
          "Authentication answers the preflight, which never has credentials: no cookie and no"
              + " Authorization. Put the CORS layer in front of authentication, or let OPTIONS pass"
              + " it. Authentication may also be a function of your own that runs before each"
              + " request (a hook, a middleware, a filter): let it return at once"
              + " for OPTIONS."
              + response
                  .flatMap(Router::of)
                  .map(Router::advice)
                  .or(() -> response.flatMap(OptionsAnswer::order))
                  .map(" "::concat)
                  .orElse(""));
    }
    if (status == 400) {
      String starlette =
          "If it is Starlette or FastAPI, its CORS layer refuses the preflight: the origin, the"
              + " method or a header is not on its lists. The body tells which (\"Disallowed CORS"
              + " origin\"). Add what the page needs to those lists.";
      String other =
          "Something treats OPTIONS as the request itself: it misses a body, a parameter, or a"
              + " header such as a key or token, and a preflight has none. OPTIONS has to get 204"
              + " or 200 with the headers: put the CORS layer in front of what looks for it. Some"
              + " small servers of files answer so to every method but GET: then put a proxy in"
              + " front that answers OPTIONS and adds the headers.";
      boolean perhaps =
          response.isEmpty() || response.flatMap(Server::seen).equals(Optional.of(Server.FASTAPI));
      return perhaps ? List.of(starlette, other) : List.of(other);
    }
    if (status == 415) {
      return List.of(
          "Something looks for the Content-Type of the request itself, and a preflight has no body and"
              + " no Content-Type. Answer OPTIONS first: put the CORS layer in front of that check.");
    }
    Optional<OwnPage> page = response.flatMap(OwnPage::of);
    if (page.isPresent() && REFUSES.contains(status)) {
      return List.of(page.get().refusesOptions(status));
    }
    Optional<String> router = response.flatMap(Router::of).map(Router::advice);
    if (status == 501 && router.isPresent()) {
      return List.of(router.get());
    }
    if (status == 501 && allowed) {
      return List.of(
          "The server, or what answers at this path, does not know the method OPTIONS at all (501). If"
              + " its code is yours, let it answer OPTIONS with 204 and the headers that GET has. If not,"
              + " put a proxy in front that answers OPTIONS and adds the headers.");
    }
    if (status == 501) {
      return List.of(
          "The server does not know the method OPTIONS at all (501). Programs that only serve"
              + " files are so, and some that have an API of their own. If it has no setting for"
              + " CORS, put a proxy in front that answers OPTIONS and adds the headers, or use"
              + " another server.");
    }
    if (status == 403) {
      return List.of(
          allowed
              ? "OPTIONS is refused by authorization, a firewall or a rule about methods. A preflight"
                  + " never has credentials: let it pass to the CORS layer."
              : "OPTIONS is refused: by a CORS layer that does not list this origin, or by authorization"
                  + " or a firewall in front of it. A preflight never has credentials: let it pass to"
                  + " the CORS layer, and allow the origin there.");
    }
    if (ResponseSigns.isOfRouting(status)) {
      String routing =
          "Nothing at this path answers OPTIONS"
              + response
                  .flatMap(found -> found.headers().get("Allow"))
                  .map(allow -> " (Allow: " + allow + ")")
                  .orElse("")
              + ". Put the CORS layer in front of routing, so it answers preflights for every"
              + " path."
              + router.or(() -> response.flatMap(OptionsAnswer::order)).map(" "::concat).orElse("")
              + (status == 405 && router.isEmpty()
                  ? " Code that compares the method itself has to answer OPTIONS before it does so."
                  : "");
      return status == 404 && response.isEmpty() ? List.of(routing, WRONG_PATH) : List.of(routing);
    }
    if (ResponseSigns.isGateway(status)) {
      return List.of(
          ErrorStatus.gateway(status)
              + " If GET of the same URL is answered, OPTIONS alone fails there: a route or a"
              + " middleware receives it, and does not answer it.");
    }
    if (status == 429) {
      return List.of(ErrorStatus.RATE_LIMIT);
    }
    if (status >= 500
        && response.filter(found -> new ResponseSigns(found).isPageOfNginx()).isPresent()) {
      return List.of(
          "nginx fails on OPTIONS itself. Most often that is auth_request, whose service answers with"
              + " something else than 2xx, 401 or 403: a redirect to a login, for example. nginx's"
              + " error log tells. Answer preflights in front of it: an if with return 204 comes"
              + " before auth_request.");
    }
    if (status >= 500) {
      return List.of(
          "The server fails on OPTIONS: its log tells why. Put the CORS layer in front of what"
              + " fails.");
    }
    if (response.isPresent()
        && response.get().headers().has("Allow")
        && Server.seen(response.get()).equals(Optional.of(Server.LIGHTTPD))) {
      return List.of(
          "lighttpd answers OPTIONS itself. If its configuration has the headers, a condition leaves"
              + " OPTIONS out ($HTTP[\"request-method\"]), or a later block that matches has a list"
              + " of its own in place of theirs.");
    }
    if (response.isPresent() && response.get().headers().has("Allow")) {
      return List.of(
          "The framework answers OPTIONS itself (Allow: "
              + response.get().headers().get("Allow").orElse("")
              + "). Put the CORS layer in front of it. Headers that only the handler of another method"
              + " sets are not in this answer."
              + Router.of(response.get()).map(Router::advice).map(" "::concat).orElse(""));
    }
    return List.of();
  }

  /**
   * How the password of a server itself leaves OPTIONS out; empty if an application asks for it.
   */
  private static Optional<String> ofServer(WireResponse response) {
    boolean basic =
        response
            .headers()
            .get("WWW-Authenticate")
            .filter(value -> Bytes.lowerCase(value).startsWith("basic"))
            .isPresent();
    Optional<Server> server = Server.seen(response).filter(seen -> basic);
    return server
        .filter(
            seen ->
                OwnPage.of(response).isPresent()
                    || seen == Server.CADDY && response.body().length == 0)
        .map(PASSWORDS::get);
  }

  private static final Map<Server, String> PASSWORDS =
      Map.of(
          Server.NGINX,
              "In nginx, switch the password off for OPTIONS: map $request_method $realm { OPTIONS off;"
                  + " default \"Restricted\"; } in http { }, and auth_basic $realm. Then the preflight reaches"
                  + " the application. If nginx adds the headers itself, an if with return 204 comes before"
                  + " auth_basic.",
          Server.APACHE,
              "In Apache, leave OPTIONS out of the rule: <LimitExcept OPTIONS> around Require valid-user"
                  + " (in .htaccess, too); and the headers are those of Header always.",
          Server.CADDY,
              "In Caddy, give basic_auth (basicauth before version 2.8) a matcher that leaves OPTIONS"
                  + " out: @login not method OPTIONS, then basic_auth @login { ... }.",
          Server.LIGHTTPD,
              "In lighttpd, put auth.require into $HTTP[\"request-method\"] != \"OPTIONS\" { }.");

  /** What "in front of" means where it is not the order in the source. */
  static Optional<String> order(WireResponse response) {
    return Server.seen(response).map(ORDER::get);
  }

  private static final Map<Server, String> ORDER =
      Map.of(
          Server.FASTIFY,
              "In Fastify, what is registered inside a plugin applies only to that plugin's"
                  + " routes: register @fastify/cors at the top, and add hooks that require"
                  + " authentication after it.",
          Server.FASTAPI,
              "If it is Starlette or FastAPI: the middleware that is added last runs first, so add"
                  + " CORSMiddleware after all others.",
          Server.SPRING_SECURITY,
              "In Spring Security that is http.cors(Customizer.withDefaults()): @CrossOrigin and"
                  + " addCorsMappings come after it.",
          Server.AIOHTTP, "With aiohttp_cors, each route has to be added: cors.add(route).",
          Server.EXPRESS,
              "In Express that is the order in the source: app.use(cors()) before all other app.use and"
                  + " routes.");
}
