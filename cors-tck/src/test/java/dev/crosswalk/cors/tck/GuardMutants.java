package dev.crosswalk.cors.tck;

import static dev.crosswalk.cors.tck.Mutant.mutant;
import static dev.crosswalk.cors.tck.MutantServer.flow;
import static dev.crosswalk.cors.tck.MutantServer.refusing;
import static dev.crosswalk.cors.tck.MutantServer.response;
import static dev.crosswalk.cors.tck.MutantServer.unguarded;

import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What goes wrong in the guard. */
final class GuardMutants {

  static final List<Mutant> ALL =
      List.of(
          mutant(
              "GUARD_REFUSES_GET",
              "refuses links from other websites",
              "filters that ask every request for a token",
              "GU01",
              refusing(e -> is(e, "GET") && site(e, "cross-site"))),
          mutant(
              "GUARD_REFUSES_HEAD",
              "takes HEAD for a write",
              "lists of safe methods with GET alone",
              "GU01",
              refusing(e -> is(e, "HEAD") && site(e, "cross-site"))),
          mutant(
              "GUARD_REFUSES_OPTIONS",
              "takes OPTIONS for a write",
              "lists of safe methods with GET and HEAD alone",
              "GU02",
              refusing(
                  e ->
                      is(e, "OPTIONS")
                          && !e.getRequestHeaders().containsKey("Access-Control-Request-Method"))),
          mutant(
              "GUARD_REFUSES_PREFLIGHTS",
              "refuses preflights for being cross-site",
              "a guard that comes before the policy",
              "GU28",
              refusing(e -> is(e, "OPTIONS") && site(e, "cross-site"))),
          mutant(
              "GUARD_REFUSES_OWN_PAGES",
              "refuses the server's own pages",
              "whatever compares origins behind a proxy",
              "GU03",
              refusing(e -> site(e, "same-origin"))),
          mutant(
              "GUARD_REFUSES_USERS",
              "refuses what no website has started",
              "whatever asks for same-origin alone",
              "GU04",
              refusing(e -> site(e, "none"))),
          mutant(
              "GUARD_REFUSES_PROGRAMS",
              "refuses a write without headers",
              "guards that ask every client for Sec-Fetch-Site",
              "GU05",
              refusing(e -> writes(e) && !site(e) && originOf(e).isEmpty())),
          mutant(
              "GUARD_REFUSES_OLD_BROWSERS",
              "knows no origin of its own",
              "guards that know Sec-Fetch-Site alone",
              "GU06 GU07",
              refusing(e -> writes(e) && !site(e) && originOf(e).endsWith("://" + host(e)))),
          mutant(
              "GUARD_COMPARES_SCHEMES",
              "compares the scheme of its own origin",
              "Rails and Django behind a proxy that is not told of",
              "GU07",
              refusing(e -> writes(e) && originOf(e).equals("https://" + host(e)))),
          mutant(
              "GUARD_TRUSTS_NOBODY",
              "knows no trusted origin",
              "hand-written guards",
              "GU09 GU10 GU19",
              refusing((server, e) -> writes(e) && trusted(server).contains(originOf(e)))),
          mutant(
              "GUARD_POST_ALONE",
              "guards POST alone",
              "whatever thinks of forms",
              "GU11 GU12",
              unguarded(e -> !is(e, "POST"))),
          mutant(
              "GUARD_LETS_CROSS_SITE_PASS",
              "lets a cross-site write pass",
              "no guard at all",
              "GU11 GU20 GU27",
              unguarded(e -> site(e, "cross-site"))),
          mutant(
              "GUARD_LETS_SAME_SITE_PASS",
              "lets a same-site write pass",
              "guards that mean the site, which is sibling domains",
              "GU12",
              unguarded(e -> site(e, "same-site"))),
          mutant(
              "GUARD_KNOWS_CROSS_SITE_ALONE",
              "refuses cross-site alone",
              "Sec-Fetch-Site != cross-site, as in many a recipe",
              "GU13",
              unguarded(e -> site(e) && !site(e, "cross-site") && !site(e, "same-site"))),
          mutant(
              "GUARD_IGNORES_CASE",
              "compares Sec-Fetch-Site in any case",
              "equalsIgnoreCase",
              "GU13",
              unguarded(
                  e ->
                      "same-origin"
                          .equalsIgnoreCase(e.getRequestHeaders().getFirst("Sec-Fetch-Site")))),
          mutant(
              "GUARD_READS_FIRST_LINE",
              "reads the first Sec-Fetch-Site line alone",
              "getHeader in servlets",
              "GU13",
              unguarded(e -> site(e, "same-origin"))),
          mutant(
              "GUARD_ORIGIN_WINS",
              "lets its own origin pass, whatever Sec-Fetch-Site says",
              "guards that compare origins first",
              "GU14 GU34",
              unguarded(e -> originOf(e).equals("http://" + host(e)))),
          mutant(
              "GUARD_KNOWS_NO_ORIGIN",
              "lets everything pass that has no Sec-Fetch-Site",
              "guards that know Sec-Fetch-Site alone",
              "GU15 GU16 GU17 GU18 GU34",
              unguarded(e -> !site(e))),
          mutant(
              "GUARD_ORIGIN_BY_PREFIX",
              "compares its own origin by prefix",
              "startsWith",
              "GU15",
              unguarded(e -> !site(e) && originOf(e).startsWith("http://" + host(e)))),
          mutant(
              "GUARD_ORIGIN_BY_SUFFIX",
              "compares its own host by suffix",
              "endsWith",
              "GU15",
              unguarded(e -> !site(e) && originOf(e).endsWith(host(e)))),
          mutant(
              "GUARD_LETS_NULL_PASS",
              "lets null pass",
              "whatever takes null for no origin",
              "GU16",
              unguarded(e -> originOf(e).equals("null"))),
          mutant(
              "GUARD_IGNORES_PORT",
              "compares hosts without their ports",
              "URI.getHost()",
              "GU17 GU15",
              unguarded(
                  e ->
                      !site(e)
                          && withoutPort(OriginMutants.host(originOf(e)))
                              .equals(withoutPort(host(e))))),
          mutant(
              "GUARD_TRUSTS_READERS",
              "trusts whom the policy allows to read",
              "guards that share the list of origins with CORS",
              "GU18 GU24 GU34",
              unguarded((server, e) -> server.origins().contains(originOf(e)))),
          mutant(
              "GUARD_LETS_WRITERS_READ",
              "shares with whom the guard trusts",
              "guards that share the list of origins with CORS",
              "GU19",
              response(
                  call -> {
                    if (trusted(call.server).contains(call.origin())) {
                      call.set("Access-Control-Allow-Origin", call.origin());
                    }
                  })),
          mutant(
              "GUARD_FORMS_ALONE",
              "guards the types of forms alone",
              "SvelteKit, Hono",
              "GU20 GU11",
              unguarded(
                  e ->
                      !String.valueOf(e.getRequestHeaders().getFirst("Content-Type"))
                          .matches("(application/x-www|multipart/).*"))),
          mutant(
              "GUARD_METHOD_OVERRIDE",
              "takes the method out of a header",
              "Rails, Express and Symfony behind method-override",
              "GU21",
              unguarded(e -> e.getRequestHeaders().containsKey("X-HTTP-Method-Override"))),
          mutant(
              "GUARD_LETS_USERS_PASS",
              "lets pass who is logged in",
              "filters that skip requests with Authorization",
              "GU22",
              unguarded(e -> e.getRequestHeaders().containsKey("Authorization"))),
          mutant(
              "GUARD_AFTER_ROUTING",
              "guards after routing",
              "guards at the routes",
              "GU23 GU32",
              unguarded((server, e) -> server.route(e).isEmpty())),
          mutant(
              "GUARD_AFTER_HANDLER",
              "refuses when the handler has returned",
              "filters on the response",
              "GU11 GU12 GU16 GU20",
              flow(
                  (server, exchange) -> {
                    if (server.decide(exchange).outcome().name().startsWith("WRITE")) {
                      server.runHandlers(path(exchange));
                    }
                    server.proceed(exchange);
                  })),
          mutant(
              "GUARD_ANSWERS_401",
              "asks whom it refuses to log in",
              "guards that are a part of authentication",
              "GU11 GU34",
              response(
                  call -> {
                    if (call.refusedWrite()) {
                      call.status = 401;
                    }
                  })),
          mutant(
              "GUARD_SHARES_NO_REFUSAL",
              "refuses without the policy's headers",
              "guards in front of the CORS filter",
              "GU24",
              response(
                  call -> {
                    if (call.refusedWrite()) {
                      call.removeCors();
                    }
                  })),
          mutant(
              "GUARD_SHARES_REFUSALS",
              "lets everybody read refusals",
              "error pages with a star of their own",
              "GU25",
              response(
                  call -> {
                    if (call.refusedWrite()) {
                      call.set("Access-Control-Allow-Origin", "*");
                    }
                  })),
          mutant(
              "GUARD_VARIES_BY_NOTHING",
              "refuses without Vary",
              "guards in front of the CORS filter",
              "GU26",
              response(
                  call -> {
                    if (call.refusedWrite()) {
                      call.remove("Vary");
                    }
                  })),
          mutant(
              "GUARD_LEAVES_THE_BODY",
              "leaves the body of a refused request to the next",
              "servers that answer early; request smuggling",
              "GU27",
              flow(
                  (server, exchange) -> {
                    String length = exchange.getRequestHeaders().getFirst("Content-Length");
                    Object connection = exchange.getRemoteAddress();
                    boolean spoilt = server.state.remove(connection) != null;
                    if (length != null
                        && !length.equals("0")
                        && server.decide(exchange).outcome().name().startsWith("WRITE")) {
                      server.state.put(connection, "the body");
                    }
                    server.failIf(spoilt, exchange);
                  })),
          mutant(
              "GUARD_EXEMPTS_NOTHING",
              "knows no exempt path",
              "hand-written guards",
              "GU30 GU31",
              refusing((server, e) -> writes(e) && isExempt(server, path(e)))),
          mutant(
              "GUARD_EXEMPTS_WITHOUT_QUERY",
              "compares exempt paths with their query",
              "getRequestURI of other languages",
              "GU30",
              refusing(e -> writes(e) && e.getRequestURI().getQuery() != null)),
          mutant(
              "GUARD_EXEMPTS_NOTHING_BELOW",
              "exempts no path below",
              "hand-written guards",
              "GU31",
              refusing(
                  (server, e) ->
                      writes(e) && isExempt(server, path(e)) && path(e).indexOf('/', 1) > 0)),
          mutant(
              "GUARD_EXEMPTS_PREFIXES",
              "exempts whatever begins alike",
              "startsWith",
              "GU32 GU33",
              unguarded((server, e) -> exempt(server).stream().anyMatch(path(e)::startsWith))),
          mutant(
              "GUARD_EXEMPTS_IN_ANY_CASE",
              "compares exempt paths in any case",
              "servers on file systems that do",
              "GU32",
              unguarded((server, e) -> isExempt(server, path(e).toLowerCase(Locale.ROOT)))),
          mutant(
              "GUARD_READS_RAW_PATHS",
              "takes the dots of a path for nothing",
              "Go before 1.25.1 (CVE-2025-47910)",
              "GU33",
              unguarded((server, e) -> isExempt(server, path(e)))),
          mutant(
              "GUARD_LETS_WEBSOCKETS_PASS",
              "lets every WebSocket open",
              "whatever takes a handshake for a GET, as code-server did (CVE-2023-26114)",
              "GU34 GU35",
              unguarded(e -> e.getRequestHeaders().containsKey("Upgrade"))),
          mutant(
              "GUARD_READS_UPGRADE_EXACTLY",
              "knows a handshake in lower case alone",
              "equals",
              "GU35",
              unguarded(
                  e ->
                      !"websocket".equals(e.getRequestHeaders().getFirst("Upgrade"))
                          && is(e, "GET"))),
          mutant(
              "GUARD_REFUSES_WEBSOCKETS",
              "refuses every WebSocket",
              "whatever takes a handshake for a write of nobody",
              "GU36",
              refusing(e -> e.getRequestHeaders().containsKey("Upgrade"))));

  private GuardMutants() {}

  private static boolean is(HttpExchange exchange, String method) {
    return exchange.getRequestMethod().equals(method);
  }

  private static boolean writes(HttpExchange exchange) {
    return !is(exchange, "GET") && !is(exchange, "HEAD") && !is(exchange, "OPTIONS");
  }

  private static boolean site(HttpExchange exchange) {
    return exchange.getRequestHeaders().containsKey("Sec-Fetch-Site");
  }

  private static boolean site(HttpExchange exchange, String value) {
    return value.equals(exchange.getRequestHeaders().getFirst("Sec-Fetch-Site"));
  }

  private static String originOf(HttpExchange exchange) {
    String origin = exchange.getRequestHeaders().getFirst("Origin");
    return origin == null ? "" : origin;
  }

  private static String host(HttpExchange exchange) {
    return exchange.getRequestHeaders().getFirst("Host");
  }

  private static String withoutPort(String authority) {
    return authority.replaceFirst(":[0-9]+$", "");
  }

  private static String path(HttpExchange exchange) {
    return exchange.getRequestURI().getRawPath();
  }

  private static List<String> trusted(MutantServer server) {
    return server.setting("guard.trusted-origins");
  }

  private static List<String> exempt(MutantServer server) {
    return Stream.of("guard.exempt-paths", "guard.exempt-paths-below")
        .flatMap(name -> server.setting(name).stream())
        .toList();
  }

  private static boolean isExempt(MutantServer server, String path) {
    return exempt(server).contains(path)
        || server.setting("guard.exempt-paths-below").stream()
            .anyMatch(above -> path.startsWith(above + "/"));
  }
}
