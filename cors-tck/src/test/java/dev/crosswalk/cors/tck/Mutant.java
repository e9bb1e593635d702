package dev.crosswalk.cors.tck;

import static dev.crosswalk.cors.tck.MutantServer.flow;
import static dev.crosswalk.cors.tck.MutantServer.instead;
import static dev.crosswalk.cors.tck.MutantServer.origin;
import static dev.crosswalk.cors.tck.MutantServer.refusing;
import static dev.crosswalk.cors.tck.MutantServer.request;
import static dev.crosswalk.cors.tck.MutantServer.response;
import static dev.crosswalk.cors.tck.MutantServer.unguarded;
import static dev.crosswalk.cors.tck.rules.TestPolicy.ADMIN;
import static dev.crosswalk.cors.tck.rules.TestPolicy.APP;
import static dev.crosswalk.cors.tck.rules.TestPolicy.PARTNER;

import com.sun.net.httpserver.HttpExchange;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.tck.MutantServer.Step;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Wrong implementations: the reference adapter with one step broken, as real software has it
 * broken. Each is to be caught by rules whose sentence names the defect.
 */
public enum Mutant {

  // How origins are compared.

  REFLECTS_ANY_ORIGIN(
      "sends any origin back, with credentials",
      "Jetty CrossOriginFilter, TTC, Micronaut 4, Jooby, Pekko by default",
      "OR03 OR22 PF05 PF26 CR05 BR07 BR08 LA01 PA13",
      origin(o -> o.contains("sub.tck") ? "https://a.sub.tck.example" : APP)),
  REFLECTS_WITHOUT_CREDENTIALS(
      "sends any origin back",
      "hand-written filters",
      "OR03 NU01 LA01 LA35 LA36",
      response(
          call -> {
            if (!call.origin().isEmpty() && call.refused()) {
              call.set("Access-Control-Allow-Origin", call.origin());
              call.status = call.preflight() ? 204 : call.status;
            }
          })),
  PREFIX(
      "compares by prefix",
      "CVE-2017-0928 and many hand-written filters",
      "LA01 LA13 LA15",
      origin(o -> o.startsWith(APP) ? APP : o)),
  SUFFIX(
      "compares by suffix",
      "rack-cors and hand-written filters",
      "LA02 LA03 LA04",
      origin(o -> o.endsWith("app.tck.example") ? APP : o)),
  CONTAINS(
      "looks for an allowed host anywhere",
      "hand-written filters",
      "LA39 LA41 LA34",
      origin(o -> o.contains("app.tck.example") ? APP : o)),
  CONTAINED(
      "looks for the origin anywhere in the allowed ones",
      "a list that is a string",
      "LA42",
      origin(o -> o.length() > 12 && APP.contains(o) ? APP : o)),
  REGULAR_EXPRESSION(
      "takes an origin for a regular expression",
      "Jetty CrossOriginHandler, flask-cors",
      "LA21 LA22",
      origin(
          o -> o.matches(APP) || o.matches("https://app.tck.example".replace(".", "_")) ? APP : o)),
  UNANCHORED(
      "does not anchor the expression made of a pattern",
      "Armeria, Ring, flask-cors",
      "PA13",
      origin(
          o ->
              o.matches("https://[a-z]+\\.sub\\.tck\\.example.+")
                  ? "https://a.sub.tck.example"
                  : o)),
  IGNORES_CASE(
      "compares origins in any case",
      "flask-cors, rs/cors, Spring, Vert.x",
      "LA09 LA10 PA26",
      origin(o -> o.toLowerCase(Locale.ROOT))),
  TRIMS_SLASH(
      "drops a slash at the end of an origin",
      "Spring, Vert.x, Ktor, django-cors-headers",
      "LA11",
      origin(o -> o.endsWith("/") ? o.substring(0, o.length() - 1) : o)),
  STRIPS_PATH(
      "reads an origin as a URL and drops its path, query and fragment",
      "Vert.x, django-cors-headers",
      "LA15 LA16 LA17",
      origin(o -> o.replaceFirst("^([a-z]+://[^/?#]+)[/?#].*", "$1"))),
  DROPS_DEFAULT_PORT(
      "drops a default port from an origin",
      "whatever normalizes with java.net.URL",
      "LA08 PA33",
      origin(
          o -> o.replaceFirst("^(https://.*):443$", "$1").replaceFirst("^(http://.*):80$", "$1"))),
  IGNORES_PORT(
      "does not compare ports",
      "hand-written filters that compare hosts",
      "LA07 LA28 OR09 PA15",
      origin(
          o ->
              o.startsWith("http://localhost")
                  ? "http://localhost:3000"
                  : o.replaceFirst(":[0-9]+$", ""))),
  IGNORES_SCHEME(
      "does not compare schemes",
      "rack-cors with a bare host",
      "LA06 PA14",
      origin(o -> o.startsWith("http://") && o.contains("tck") ? "https" + o.substring(4) : o)),
  TRIMS_DOT(
      "drops a dot at the end of a host",
      "whatever normalizes hosts",
      "LA12 PA16",
      origin(o -> o.endsWith(".") ? o.substring(0, o.length() - 1) : o)),
  IGNORES_USER(
      "reads an origin as a URL and drops its user",
      "whatever compares URI.getHost()",
      "LA14 PA17",
      origin(o -> o.replaceFirst("://[^/@]+@", "://"))),
  DECODES(
      "decodes an origin before it compares",
      "gateways",
      "LA19",
      origin(o -> o.replace("%2e", ".").replace("%2f.", "."))),
  SPLITS_AT_ENCODED_SLASH(
      "takes what stands behind an encoded slash for the host",
      "gateways",
      "LA20",
      origin(o -> o.replaceFirst("://[^/]*%2f\\.", "://"))),
  BACKSLASH(
      "ends a host at a backslash",
      "parsers that differ",
      "LA18 PA21",
      origin(
          o ->
              o.contains("\\")
                  ? (o.contains("sub")
                      ? "https://a.sub.tck.example"
                      : o.substring(0, o.indexOf('\\')))
                  : o)),
  ODD_CHARACTERS(
      "ends a host at the first odd character",
      "parsers that differ; advanced CORS exploitation",
      "LA23 PA22 PA23 PA24 PA18 PA19 PA20",
      origin(
          o ->
              o.matches("https://evil.example[^a-z.:0-9-].*sub.tck.example")
                  ? "https://a.sub.tck.example"
                  : o.replaceFirst("`.*", ""))),
  FIRST_OF_LIST(
      "takes the first of several origins",
      "Jetty, Pekko",
      "LA25 OR17",
      origin(o -> o.split("[ ,]+", 2)[0])),
  LAST_OF_LIST(
      "takes the last of several origins",
      "hand-written parsers",
      "LA24 OR17",
      origin(o -> o.substring(Math.max(o.lastIndexOf(' '), o.lastIndexOf(',')) + 1))),
  PARENT_DOMAIN(
      "allows the parent domain of an allowed origin",
      "whatever compares registrable domains",
      "LA05",
      origin(o -> o.equals("https://tck.example") ? APP : o)),
  SUBDOMAINS(
      "allows the subdomains of an allowed origin",
      "suffixes with a dot",
      "LA04",
      origin(o -> o.endsWith(".app.tck.example") ? APP : o)),
  REPAIRS_PORT(
      "repairs a port that is none",
      "whatever reads an origin with a lenient URL parser",
      "LA26 LA27 PA34",
      origin(o -> o.replaceFirst(":(https)?$", ""))),
  PORT_OVERFLOWS(
      "keeps sixteen bits of a port",
      "hand-written parsers",
      "LA28",
      origin(o -> o.replaceFirst(":65979$", ""))),
  STAR_IS_AN_ORIGIN(
      "takes a star for an allowed origin",
      "whatever matches patterns both ways",
      "LA29 LA30 PA27",
      origin(
          o ->
              o.equals("*") || o.equals("https://*.tck.example")
                  ? APP
                  : o.replace("*.sub", "a.sub"))),
  UNICODE(
      "maps characters beyond ASCII to what they look like",
      "whatever normalizes hosts",
      "LA31 LA32 RO06",
      origin(
          o ->
              o.replace("\u00d0\u00b0", "a")
                  .replace("xn--pp-7lc", "app")
                  .replace("\u00e4", "a")
                  .replace("\u00c3\u00a4", "a"))),
  SCHEME_OPTIONAL(
      "takes a host without a scheme for an origin",
      "rack-cors, hand-written filters",
      "LA33 LA34",
      origin(o -> o.startsWith("//") ? "https:" + o : o.startsWith("app.") ? "https://" + o : o)),
  REPAIRS_SLASHES(
      "repairs the slashes of an origin",
      "whatever reads an origin with a lenient URL parser",
      "LA37 LA38",
      origin(o -> o.replaceFirst("^https:/*", "https://"))),
  IGNORES_BRACKETS(
      "drops brackets around a host",
      "jub0bs/cors before 0.2",
      "LA40",
      origin(o -> o.replace("[app", "app").replace("example]", "example"))),
  NORMALIZES_ADDRESSES(
      "reads every spelling of an address",
      "whatever resolves hosts with InetAddress",
      "RO14",
      origin(o -> o.replace("[0:0:0:0:0:0:0:1]", "[::1]").replace("127.1:", "127.0.0.1:"))),
  ORIGIN_WITH_QUOTES(
      "drops quotes and brackets around an origin",
      "lenient parsers",
      "RO02",
      origin(o -> o.replaceFirst("^[\"<](.*)[\">]$", "$1"))),
  URI_HOST(
      "knows no host with an underscore",
      "whatever reads an origin with java.net.URI; Vert.x, Javalin",
      "OR12 PA03",
      origin(o -> o.contains("_") ? "https://none.example" : o)),
  ONLY_WEB_SCHEMES(
      "knows no scheme but http and https",
      "Vert.x, Ktor",
      "OR10",
      origin(o -> o.startsWith("http") || o.equals("null") ? o : "https://none.example")),
  NO_IPV6(
      "splits an origin at its colons",
      "hand-written parsers",
      "OR08",
      origin(o -> o.contains("[") ? "https://none.example" : o)),
  NO_PUNYCODE(
      "compares the letters of an international name",
      "whatever decodes punycode first",
      "OR11",
      origin(o -> o.replace("xn--bcher-kva", "b\u00fccher"))),
  DROPS_PORT_IN_ANSWER(
      "sends an origin back without its port",
      "hand-written filters that put the value together again",
      "OR07 PA04",
      response(
          call -> {
            if (call.has("Access-Control-Allow-Origin")) {
              call.set(
                  "Access-Control-Allow-Origin",
                  call.get("Access-Control-Allow-Origin").replaceFirst(":[0-9]+$", ""));
            }
          })),
  APEX(
      "takes the apex for a subdomain",
      "patterns that make the dot optional",
      "PA09",
      origin(o -> o.equals("https://sub.tck.example") ? "https://a.sub.tck.example" : o)),
  EMPTY_LABELS(
      "takes an empty label for a label",
      "rs/cors, gin, jub0bs/cors",
      "PA10 PA11",
      origin(o -> o.replace("https://.sub", "https://a.sub").replace("..", "."))),
  NO_DOT_BOUNDARY(
      "does not end a pattern at a dot",
      "Helidon's *example.com",
      "PA12",
      origin(o -> o.equals("https://evilsub.tck.example") ? "https://a.sub.tck.example" : o)),
  PORT_IN_THE_MIDDLE(
      "reads a pattern's host behind a port",
      "lenient parsers",
      "PA25",
      origin(o -> o.contains(":80.sub") ? "https://a.sub.tck.example" : o)),
  LONG_LABELS(
      "does not bound the length of labels and hosts",
      "jub0bs/cors apart, everybody",
      "PA28 PA29 RO04 RO05",
      origin(
          o ->
              o.length() > 60_000
                  ? APP
                  : o.length() > 60 && o.endsWith("sub.tck.example")
                      ? "https://a.sub.tck.example"
                      : o)),
  ANY_PORT_TAKES_ANYTHING(
      "takes anything behind the colon for a port",
      "rs/cors, gin",
      "PA30 PA31 PA32 PA35 PA36",
      origin(o -> o.startsWith("http://localhost:") ? "http://localhost:8080" : o)),
  PORT_NEEDED(
      "asks for a port where any may be",
      "patterns such as localhost:[0-9]+",
      "PA05",
      origin(o -> o.equals("http://localhost") ? "https://none.example" : o)),
  HIGH_PORT(
      "keeps a port in fifteen bits",
      "hand-written parsers",
      "PA06",
      origin(o -> o.endsWith(":65535") ? "https://none.example" : o)),
  ONE_LABEL(
      "takes a wildcard for one label",
      "Envoy and other gateways",
      "PA02",
      origin(o -> o.contains("b.c.sub") ? "https://none.example" : o)),
  NO_SUBDOMAINS(
      "does not match patterns",
      "whatever compares patterns as they are written",
      "PA01 PA07 PA08 CA03",
      origin(o -> o.contains("sub.tck") || o.contains("-team") ? "https://none.example" : o)),
  EMPTY_WILDCARD(
      "takes nothing for a wildcard's part",
      "globs",
      "PA37",
      origin(o -> o.replace("app--team", "app-x-team"))),
  GLOB(
      "lets a wildcard inside a label cross dots",
      "rs/cors, gin",
      "PA38",
      origin(
          o ->
              o.matches("https://app-.*-team\\.tck\\.example")
                  ? "https://app-x-team.tck.example"
                  : o)),
  LABEL_NOT_ANCHORED(
      "does not anchor a wildcard inside a label",
      "globs",
      "PA39 PA40",
      origin(o -> o.replace("team2", "team").replace("myapp-", "app-"))),
  FIRST_LISTED(
      "sends the first origin of the list to everybody",
      "Cloudfront functions, nginx snippets",
      "OR02",
      response(
          call -> {
            if (call.allowed() && !call.get("Access-Control-Allow-Origin").equals("*")) {
              call.set("Access-Control-Allow-Origin", APP);
            }
          })),
  WHOLE_LIST(
      "sends the whole list of origins",
      "Apache httpd and nginx snippets",
      "OR01 OR06",
      response(
          call -> {
            if (call.allowed() && !call.get("Access-Control-Allow-Origin").equals("*")) {
              call.set("Access-Control-Allow-Origin", APP + ", " + ADMIN);
            }
          })),
  TWO_LINES(
      "sends the origin twice",
      "two layers that both answer; flask-cors",
      "OR05 PF22",
      response(
          call -> {
            if (call.has("Access-Control-Allow-Origin")) {
              call.add("Access-Control-Allow-Origin", call.get("Access-Control-Allow-Origin"));
            }
          })),
  ONLY_GET(
      "answers for GET alone",
      "hand-written filters",
      "OR14 OR15",
      response(
          call -> {
            if (!call.preflight() && !call.exchange.getRequestMethod().equals("GET")) {
              call.removeCors();
            }
          })),
  SINGLE_FOR_ALL(
      "sends a single origin's answer to whoever asks, in her name",
      "hand-written filters",
      "OR16 PF16",
      response(
          call -> {
            if (call.refused() && call.has("Access-Control-Allow-Origin")) {
              call.set("Access-Control-Allow-Origin", call.origin());
            }
          })),
  FIRST_ORIGIN_LINE(
      "reads the first Origin line alone",
      "Tomcat, Spring, Jetty, Vert.x, Javalin, Micronaut, Netty",
      "OR17 OR18 RO11",
      request("Origin", (exchange, value) -> exchange.getRequestHeaders().getFirst("Origin"))),
  REFERER(
      "takes the Referer for the origin",
      "hand-written filters",
      "OR19 OR20",
      request(
          "Origin",
          (exchange, value) -> {
            String referer = exchange.getRequestHeaders().getFirst("Referer");
            return referer != null && referer.startsWith(APP + "/") ? APP : value;
          })),
  RESEMBLES_HOST(
      "grants an origin for resembling Host",
      "hand-written filters behind proxies",
      "OR21",
      response(
          call -> {
            if (call.origin().endsWith("://" + call.request("Host"))) {
              call.set("Access-Control-Allow-Origin", call.origin());
            }
          })),
  HASH_OF_FIVE_HUNDRED(
      "knows the first five hundred origins",
      "a limit that nobody mentions",
      "OR25",
      origin(o -> o.equals("https://tenant-1000.tck.example") ? "https://none.example" : o)),

  // null, and everybody.

  NULL_IS_ALLOWED(
      "allows null to everybody",
      "Spring, Jetty, Vert.x, Micronaut 4, Quarkus, Netty under a wildcard",
      "NU01 NU02 NU03 PF27 BR12 RD08",
      origin(o -> o.equals("null") ? APP : o)),
  NULL_FOR_REFUSED(
      "writes null where the origin is refused",
      "hand-written filters; once advised by a W3C draft",
      "NU09",
      response(
          call -> {
            if (call.refused()) {
              call.set("Access-Control-Allow-Origin", "null");
            }
          })),
  NULL_ECHOED_UNDER_STAR(
      "sends null back where anybody may read",
      "flask-cors, aiohttp-cors",
      "NU04 OR13",
      response(
          call -> {
            if (call.origin().equals("null")
                && call.get("Access-Control-Allow-Origin").equals("*")) {
              call.set("Access-Control-Allow-Origin", "null");
            }
          })),
  NULL_NEVER(
      "refuses null though it is allowed",
      "whatever parses first",
      "NU05",
      origin(o -> o.equals("null") ? "https://none.example" : o)),
  NULL_WITH_CREDENTIALS(
      "allows null with credentials",
      "Netty's allowNullOrigin",
      "NU06",
      response(
          call -> {
            if (call.get("Access-Control-Allow-Origin").equals("null")) {
              call.set("Access-Control-Allow-Credentials", "true");
            }
          })),
  NULL_IN_ANY_CASE(
      "takes NULL for null",
      "equalsIgnoreCase",
      "NU07",
      origin(o -> o.equalsIgnoreCase("null") ? "null" : o)),
  NULL_OPENS(
      "allows everybody where null is allowed",
      "Netty before 4.2.17, short circuit",
      "NU08",
      response(
          call -> {
            if (call.refused()
                && call.server.cors.toString().contains("dangerously-allowed-origins=null")) {
              call.set("Access-Control-Allow-Origin", call.origin());
            }
          })),
  STAR_ECHOED(
      "sends the origin back where anybody may read",
      "flask-cors, aiohttp-cors, Quarkus",
      "OR13 NC05 CA09",
      response(
          call -> {
            if (call.get("Access-Control-Allow-Origin").equals("*")) {
              if (call.origin().isEmpty()) {
                call.removeCors();
              } else {
                call.set("Access-Control-Allow-Origin", call.origin());
              }
            }
          })),
  STAR_ONLY_WHEN_ASKED(
      "sends the star with an Origin alone, and no Vary",
      "Tomcat, Vert.x, RESTEasy, Armeria, Ktor, CXF, Javalin",
      "NC05 CA09 ER17",
      response(
          call -> {
            if (call.origin().isEmpty()) {
              call.removeCors();
            }
          })),
  SINGLE_ONLY_WHEN_ASKED(
      "sends a single origin with an Origin alone, and no Vary",
      "Vert.x with one origin",
      "NC06 CA09",
      response(
          call -> {
            if (call.origin().isEmpty() && call.get("Access-Control-Allow-Origin").equals(APP)) {
              call.removeCors();
            }
          })),
  REFUSES_ODD_ORIGINS_UNDER_STAR(
      "parses origins where anybody may read, and refuses some",
      "Vert.x, Javalin, Ktor",
      "OR13 PF17 NU04",
      response(
          call -> {
            if (call.origin().matches("null|.*_.*|.*\\.")) {
              call.removeCors();
            }
          })),
  NO_ONE_IS_ANYBODY(
      "takes an empty list for any origin",
      "Spring before 5.3, many others",
      "NC08 IN09",
      response(
          call -> {
            if (call.server.cors.equals(CorsPolicy.none())) {
              call.set("Access-Control-Allow-Origin", "*");
            }
          })),
  VARY_OF_NO_ONE(
      "varies by Origin where there is no policy",
      "Spring's Vary on every path",
      "NC09 CA11",
      response(
          call -> {
            if (!call.get("Vary").contains("Origin")) {
              call.add("Vary", "Origin");
            }
          })),

  // What is a preflight, and what is not.

  REFUSES_ACTUAL(
      "answers 403 to an actual request of an origin that is not allowed",
      "Spring, Tomcat, gin, RESTEasy, Vert.x, Jooby",
      "CL01 CL02 CL03 CL04 OR04",
      response(call -> call.status = !call.preflight() && call.refused() ? 403 : call.status)),
  REFUSES_ACTUAL_BEFORE_THE_HANDLER(
      "keeps requests of other origins from their handlers",
      "RESTEasy, Vert.x, Javalin",
      "CL04 BR16 CA10",
      flow(
          (server, exchange) -> {
            if (server.decide(exchange).outcome().isRefusal()
                && !exchange.getRequestMethod().equals("OPTIONS")) {
              server.answer(exchange, 403);
            } else {
              server.proceed(exchange);
            }
          })),
  REFUSES_POST_ONLY(
      "answers 403 to a POST of the server's own page",
      "Jooby, Pekko, Ktor behind a proxy",
      "CL01 CL03",
      flow(
          (server, exchange) -> {
            String origin = server.header(exchange, "Origin");
            if (exchange.getRequestMethod().equals("POST")
                && origin != null
                && origin.startsWith("http://127")) {
              server.answer(exchange, 403);
            } else {
              server.proceed(exchange);
            }
          })),
  NEEDS_AN_ORIGIN(
      "refuses requests without an origin",
      "hand-written filters",
      "NC01 NC02",
      flow(
          (server, exchange) -> {
            if (server.header(exchange, "Origin") == null
                && exchange.getRequestHeaders().containsKey("User-Agent")) {
              server.answer(exchange, 403);
            } else {
              server.proceed(exchange);
            }
          })),
  FAILS_WITHOUT_ORIGIN(
      "fails where there is no Origin",
      "a null that is used",
      "NC10 RO09",
      flow(
          (server, exchange) -> {
            boolean probe = !exchange.getRequestHeaders().containsKey("User-Agent");
            boolean old = exchange.getProtocol().equals("HTTP/1.0");
            if (server.header(exchange, "Origin") == null && (!probe || old)) {
              server.answer(exchange, 500);
            } else {
              server.proceed(exchange);
            }
          })),
  GRANTS_WITHOUT_ORIGIN(
      "grants the first origin where there is none",
      "flask-cors",
      "NC03 IN09 OR20",
      response(
          call -> {
            if (call.origin().isEmpty()) {
              call.set("Access-Control-Allow-Origin", APP);
            }
          })),
  SWALLOWS_OPTIONS(
      "answers every OPTIONS itself",
      "Javalin, RESTEasy, express, hono, tower-http",
      "CL05 CL06 CL08",
      flow(
          (server, exchange) -> {
            if (exchange.getRequestMethod().equals("OPTIONS")
                && server.decide(exchange).kind() != CorsDecision.Kind.PREFLIGHT) {
              server.answer(exchange, 204);
            } else {
              server.proceed(exchange);
            }
          })),
  SWALLOWS_OPTIONS_WITH_ORIGIN(
      "takes every OPTIONS with Origin for a preflight",
      "Tomcat, Spring, Quarkus, Ktor, Micronaut",
      "CL06 CL07 CL09",
      flow(
          (server, exchange) -> {
            if (exchange.getRequestMethod().equals("OPTIONS")
                && exchange.getRequestHeaders().containsKey("Origin")
                && server.decide(exchange).kind() != CorsDecision.Kind.PREFLIGHT) {
              server.answer(exchange, 403);
            } else {
              server.proceed(exchange);
            }
          })),
  EMPTY_METHOD_IS_A_METHOD(
      "takes OPTIONS with an empty requested method for a preflight",
      "express, hono",
      "CL09",
      flow(
          (server, exchange) -> {
            if ("".equals(exchange.getRequestHeaders().getFirst("Access-Control-Request-Method"))) {
              server.answer(exchange, 204);
            } else {
              server.proceed(exchange);
            }
          })),
  GET_IS_A_PREFLIGHT(
      "takes any method with a requested method for a preflight",
      "hand-written filters",
      "CL10",
      flow(
          (server, exchange) -> {
            if (exchange.getRequestMethod().equals("GET")
                && exchange.getRequestHeaders().containsKey("Access-Control-Request-Method")) {
              server.answer(exchange, 204);
            } else {
              server.proceed(exchange);
            }
          })),
  LOWER_CASE_OPTIONS(
      "takes options for OPTIONS",
      "ASP.NET Core",
      "CL11",
      response(
          call -> {
            if (call.exchange.getRequestMethod().equals("options")) {
              call.set("Access-Control-Allow-Methods", "PUT");
            }
          })),
  OPTIONS_NOT_SHARED(
      "sends no headers on OPTIONS that is no preflight",
      "koa",
      "CL07",
      response(
          call -> {
            if (call.exchange.getRequestMethod().equals("OPTIONS") && !call.preflight()) {
              call.removeCors();
            }
          })),
  OPTIONS_OPEN(
      "lets everybody read OPTIONS",
      "framework's own OPTIONS",
      "CL13",
      response(
          call -> {
            if (call.exchange.getRequestMethod().equals("OPTIONS") && call.origin().isEmpty()) {
              call.set("Access-Control-Allow-Origin", "*");
            }
          })),
  HANDLER_SEES_PREFLIGHT(
      "lets the handler run on a preflight",
      "koa, Javalin's before handler",
      "PF07 CL12 ST07",
      flow(
          (server, exchange) -> {
            if (server.decide(exchange) instanceof CorsDecision.Respond) {
              server.runHandlers(exchange.getRequestURI().getPath());
            }
            server.proceed(exchange);
          })),
  CHECKS_ACTUAL_METHOD(
      "answers 405 to an actual request whose method is not listed",
      "Spring, Tomcat",
      "CL14",
      flow(
          (server, exchange) -> {
            if (exchange.getRequestMethod().equals("DELETE")
                && !server.cors.toString().contains("DELETE")) {
              server.answer(exchange, 403);
            } else {
              server.proceed(exchange);
            }
          })),

  // Credentials.

  CREDENTIALS_FALSE(
      "sends Access-Control-Allow-Credentials: false",
      "CXF, Quarkus, Keycloak, ShenYu",
      "CR03 CR09",
      response(
          call -> {
            if (call.has("Access-Control-Allow-Origin")
                && !call.has("Access-Control-Allow-Credentials")) {
              call.set("Access-Control-Allow-Credentials", "false");
            }
          })),
  CREDENTIALS_TITLE_CASE(
      "sends Access-Control-Allow-Credentials: True",
      "Python's str(True)",
      "CR01 CR02 CR09",
      response(
          call -> {
            if (call.has("Access-Control-Allow-Credentials")) {
              call.set("Access-Control-Allow-Credentials", "True");
            }
          })),
  CREDENTIALS_ALWAYS(
      "sends Access-Control-Allow-Credentials on every response",
      "express, fastify, hono, Tapir",
      "CR04 CR05 CR13 OR04 IN10",
      response(call -> call.set("Access-Control-Allow-Credentials", "true"))),
  CREDENTIALS_NOT_ON_PREFLIGHTS(
      "leaves Access-Control-Allow-Credentials out of preflights",
      "hand-written filters",
      "CR02 PF01",
      response(
          call -> {
            if (call.preflight()) {
              call.remove("Access-Control-Allow-Credentials");
            }
          })),
  CREDENTIALS_WITH_A_COOKIE(
      "allows credentials if there is a cookie",
      "hand-written filters",
      "CR10 CR01",
      response(
          call -> {
            if (!call.exchange.getRequestHeaders().containsKey("Cookie")) {
              call.remove("Access-Control-Allow-Credentials");
            }
          })),
  CREDENTIALS_WITH_STAR(
      "sends a star with credentials",
      "gin, rs/cors, hand-written filters",
      "CR04",
      response(
          call -> {
            if (call.get("Access-Control-Allow-Origin").equals("*")) {
              call.set("Access-Control-Allow-Credentials", "true");
            }
          })),
  ONLY_WITH_CREDENTIALS(
      "shares only with requests that have credentials",
      "hand-written filters",
      "CR14 OR01 IN08",
      response(
          call -> {
            if (call.has("Access-Control-Allow-Credentials")
                && !call.exchange.getRequestHeaders().containsKey("Cookie")) {
              call.removeCors();
            }
          })),
  STAR_METHODS_WITH_CREDENTIALS(
      "sends a star for the methods, with credentials",
      "Jetty, django-cors-headers",
      "CR06 ME16",
      response(
          call -> {
            if (call.preflight() && call.has("Access-Control-Allow-Methods")) {
              call.set("Access-Control-Allow-Methods", "*");
            }
          })),
  STAR_HEADERS_WITH_CREDENTIALS(
      "sends a star for the request headers, with credentials",
      "Jetty issue 15096",
      "CR07 RH16",
      response(
          call -> {
            if (call.preflight() && call.has("Access-Control-Allow-Headers")) {
              call.set("Access-Control-Allow-Headers", "*");
            }
          })),
  STAR_EXPOSED_WITH_CREDENTIALS(
      "exposes a star, with credentials",
      "Spring",
      "CR08 EX01",
      response(
          call -> {
            if (call.has("Access-Control-Expose-Headers")) {
              call.set("Access-Control-Expose-Headers", "*");
            }
          })),
  DROPS_COOKIES(
      "drops Set-Cookie",
      "whatever resets the response",
      "CR11",
      response(call -> call.remove("Set-Cookie"))),
  PREFLIGHT_SETS_A_COOKIE(
      "starts a session on a preflight",
      "servlet filters behind a session filter",
      "CR12",
      response(
          call -> {
            if (call.preflight()) {
              call.set("Set-Cookie", "session=1");
            }
          })),

  // The answer to a preflight.

  PREFLIGHT_200_WITH_BODY(
      "answers a preflight with 200 and a body",
      "Starlette",
      "PF03",
      response(
          call -> {
            if (call.preflight() && call.status == 204) {
              call.status = 200;
              call.chunks = List.of("OK");
              call.set("Content-Type", "text/plain");
            }
          })),
  PREFLIGHT_500(
      "fails on every preflight",
      "aiohttp-cors on unknown paths",
      "PF01 PF02 PF25",
      response(call -> call.status = call.preflight() ? 500 : call.status)),
  PREFLIGHT_REDIRECTED(
      "redirects a preflight",
      "redirects to https, or to a login",
      "PF04 PF02",
      response(
          call -> {
            if (call.preflight()) {
              call.status = 302;
              call.set("Location", "/login");
            }
          })),
  REFUSED_PREFLIGHT_LEAKS(
      "tells a refused origin the lists",
      "express, fastify, hono, Starlette, fiber",
      "PF06 MA05",
      response(
          call -> {
            if (call.preflight() && call.refused() && !call.has("Access-Control-Allow-Origin")) {
              call.set("Access-Control-Allow-Methods", "PUT");
              call.set("Access-Control-Allow-Headers", "x-tck");
              call.set("Access-Control-Max-Age", "600");
              call.status = 204;
            }
          })),
  REFUSED_METHOD_403(
      "answers 403 and nothing to a method that is not allowed",
      "jub0bs/cors, Spring, Tomcat",
      "PF11 BR09",
      response(
          call -> {
            if (call.preflight() && call.decision.outcome().name().startsWith("METHOD")) {
              call.removeCors();
              call.status = 403;
            }
          })),
  REFUSED_HEADER_403(
      "answers 403 and nothing to a request header that is not allowed",
      "jub0bs/cors, Spring, Tomcat",
      "PF12 BR05",
      response(
          call -> {
            if (call.preflight() && call.decision.outcome().name().startsWith("HEADER")) {
              call.removeCors();
              call.status = 403;
            }
          })),
  ONLY_WHAT_IS_ASKED(
      "lists only what was asked for",
      "Spring",
      "PF13",
      response(
          call -> {
            if (call.preflight() && call.allowed()) {
              call.set(
                  "Access-Control-Allow-Methods", call.request("Access-Control-Request-Method"));
            }
          })),
  EXPOSES_ON_PREFLIGHT(
      "exposes headers on preflights",
      "Tomcat, Spring, Javalin, Micronaut, Quarkus",
      "PF14",
      response(
          call -> {
            if (call.preflight() && call.allowed()) {
              call.set("Access-Control-Expose-Headers", "X-Tck-Exposed");
            }
          })),
  LISTS_ON_ACTUAL(
      "sends the lists on actual responses",
      "Armeria, Quarkus, Hadoop",
      "PF15 CL10 NC07",
      response(
          call -> {
            if (!call.preflight() && call.has("Access-Control-Allow-Origin")) {
              call.set("Access-Control-Allow-Methods", "PUT");
              call.set("Access-Control-Max-Age", "600");
            }
          })),
  NEEDS_REQUEST_HEADERS(
      "refuses a preflight without request headers",
      "Micronaut 4 and 5",
      "PF09 ME01",
      response(
          call -> {
            if (call.preflight()
                && !call.exchange
                    .getRequestHeaders()
                    .containsKey("Access-Control-Request-Headers")) {
              call.removeCors();
              call.status = 403;
            }
          })),
  EMPTY_REQUEST_HEADERS(
      "refuses a preflight with an empty list of request headers",
      "Micronaut, CXF, Jooby, Starlette",
      "PF10",
      response(
          call -> {
            if (call.preflight()
                && ""
                    .equals(
                        call.exchange
                            .getRequestHeaders()
                            .getFirst("Access-Control-Request-Headers"))) {
              call.removeCors();
              call.status = 403;
            }
          })),
  SAFELISTED_METHODS_NEED_LISTING(
      "refuses GET, HEAD and POST where they are not listed",
      "Starlette, aiohttp-cors, actix, rs/cors, rack-cors",
      "PF08 ME04 BR13",
      response(
          call -> {
            if (call.preflight()
                && List.of("GET", "HEAD", "POST")
                    .contains(call.request("Access-Control-Request-Method"))) {
              call.removeCors();
              call.status = 403;
            }
          })),
  NEGOTIATES(
      "negotiates content before it answers a preflight",
      "JAX-RS without a pre-matching filter",
      "PF19",
      response(
          call -> {
            if (call.preflight() && call.request("Accept").contains("nobody")) {
              call.removeCors();
              call.status = 406;
            }
          })),
  FETCH_METADATA(
      "refuses a preflight for being cross-site",
      "resource isolation that comes too early",
      "PF18",
      response(
          call -> {
            if (call.preflight() && call.request("Sec-Fetch-Site").equals("cross-site")) {
              call.status = 403;
            }
          })),
  PRIVATE_NETWORK(
      "lets everybody into the private network",
      "Vert.x, Netty, Micronaut",
      "PF20",
      response(
          call -> {
            if (call.exchange
                .getRequestHeaders()
                .containsKey("Access-Control-Request-Private-Network")) {
              call.set("Access-Control-Allow-Private-Network", "true");
            }
          })),
  NO_ORDER(
      "lists in another order each time",
      "Tomcat's HashSet, actix, flask-cors",
      "PF21",
      response(
          call -> {
            if (call.preflight() && call.has("Access-Control-Allow-Methods")) {
              String[] methods = call.get("Access-Control-Allow-Methods").split(", ");
              String last = call.server.state.getOrDefault("order", "");
              call.server.state.put("order", last.isEmpty() ? "reversed" : "");
              if (last.isEmpty()) {
                Collections.reverse(Arrays.asList(methods));
              }
              call.set("Access-Control-Allow-Methods", String.join(", ", methods));
            }
          })),
  EMPTY_HEADERS(
      "sends headers without a value",
      "Armeria, Netty, CXF, Javalin",
      "PF22 EX09",
      response(
          call -> {
            String name =
                call.preflight() ? "Access-Control-Allow-Headers" : "Access-Control-Expose-Headers";
            if (call.allowed() && !call.has(name)) {
              call.set(name, "");
            }
          })),
  PREFLIGHT_BY_ANOTHER_POLICY(
      "asks another policy on preflights than on actual requests",
      "Keycloak, gateways",
      "PF23 PF05",
      response(
          call -> {
            if (call.preflight() && call.refused() && !call.has("Access-Control-Allow-Origin")) {
              call.set("Access-Control-Allow-Origin", call.origin());
              call.set("Access-Control-Allow-Methods", "PUT");
              call.set("Access-Control-Allow-Headers", "x-tck");
              call.status = 204;
            }
          })),
  BODY_OF_PREFLIGHT(
      "cuts the connection after a preflight with a body",
      "servers that do not read it",
      "PF24",
      flow(
          (server, exchange) -> {
            if (exchange.getRequestMethod().equals("OPTIONS")
                && exchange.getRequestHeaders().containsKey("Content-Length")) {
              exchange.close();
            } else {
              server.proceed(exchange);
            }
          })),

  // Methods.

  ANY_METHOD(
      "allows whatever method is asked for",
      "Javalin, CXF",
      "ME02 ME03 ME18 BR06",
      response(
          call -> {
            if (call.preflight() && call.has("Access-Control-Allow-Origin")) {
              call.set(
                  "Access-Control-Allow-Methods", call.request("Access-Control-Request-Method"));
            }
          })),
  UPPER_CASES_METHODS(
      "compares methods in any case, and sends back what was asked for",
      "flask-cors, aiohttp-cors, rack-cors, TTC, Jooby",
      "ME06 ME07 ME09",
      response(
          call -> {
            String asked = call.request("Access-Control-Request-Method");
            List<String> known =
                List.of(
                    call.get("Access-Control-Allow-Methods").toUpperCase(Locale.ROOT).split(", "));
            if (call.preflight() && known.contains(asked.toUpperCase(Locale.ROOT))) {
              call.set("Access-Control-Allow-Methods", asked);
            }
          })),
  KNOWN_METHODS_ONLY(
      "knows the methods of its framework alone",
      "enumerations of methods",
      "ME08 ME15",
      response(
          call -> {
            String asked = call.request("Access-Control-Request-Method");
            if (call.preflight()
                && !List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE").contains(asked)) {
              call.remove("Access-Control-Allow-Methods");
            }
          })),
  NO_PATCH(
      "does not know PATCH",
      "HttpURLConnection's list of methods",
      "ME05",
      response(
          call -> {
            if (call.has("Access-Control-Allow-Methods")) {
              call.set(
                  "Access-Control-Allow-Methods",
                  call.get("Access-Control-Allow-Methods").replace("PATCH, ", ""));
            }
          })),
  MALFORMED_METHODS(
      "writes a list of methods that is none",
      "brackets of a list's toString()",
      "ME10 PF01",
      response(
          call -> {
            if (call.has("Access-Control-Allow-Methods")) {
              call.set(
                  "Access-Control-Allow-Methods",
                  "[" + call.get("Access-Control-Allow-Methods") + "]");
            }
          })),
  FORBIDDEN_METHODS(
      "lists TRACE and CONNECT",
      "all methods of an enumeration",
      "ME11",
      response(
          call -> {
            if (call.has("Access-Control-Allow-Methods")) {
              call.set(
                  "Access-Control-Allow-Methods",
                  call.get("Access-Control-Allow-Methods") + ", TRACE, CONNECT");
            }
          })),
  ECHOES_METHOD(
      "sends back what is no method",
      "Javalin, CXF",
      "ME12 ME13 ME14 RO10",
      response(
          call -> {
            if (call.preflight() && call.has("Access-Control-Allow-Origin")) {
              call.set(
                  "Access-Control-Allow-Methods",
                  String.join(
                      ", ",
                      call.exchange.getRequestHeaders().get("Access-Control-Request-Method")));
            }
          })),
  ALLOW_INSTEAD(
      "sends Allow instead of the list of methods",
      "frameworks' own OPTIONS",
      "ME17 ME01",
      response(
          call -> {
            if (call.has("Access-Control-Allow-Methods")) {
              call.set("Allow", call.get("Access-Control-Allow-Methods"));
              call.remove("Access-Control-Allow-Methods");
            }
          })),

  // Request headers.

  ANY_REQUEST_HEADER(
      "sends the requested names back",
      "Javalin, express, fastify",
      "RH02 RH04 RH05 RH13 RH18 RH19 RH20 RH23 RH26",
      response(
          call -> {
            List<String> lines =
                call.exchange.getRequestHeaders().get("Access-Control-Request-Headers");
            if (call.preflight() && lines != null && call.has("Access-Control-Allow-Origin")) {
              call.set("Access-Control-Allow-Headers", String.join(", ", lines));
            }
          })),
  FIRST_LINE(
      "reads the first line of request headers alone",
      "Javalin, Vert.x, Starlette, aiohttp-cors, actix",
      "RH11",
      new Step() {
        @Override
        String header(MutantServer server, HttpExchange exchange, String name, String value) {
          return name.equals("Access-Control-Request-Headers")
              ? exchange.getRequestHeaders().getFirst(name)
              : value;
        }
      }),
  FIRST_NAME(
      "looks at the first requested name alone, and allows all",
      "hand-written filters",
      "RH05 RH12",
      response(
          call -> {
            List<String> lines =
                call.exchange.getRequestHeaders().get("Access-Control-Request-Headers");
            if (call.preflight() && lines != null && lines.toString().contains("x-secret")) {
              String all = String.join(",", lines);
              if (!all.equals("x-secret")) {
                call.set("Access-Control-Allow-Headers", all);
              }
            }
          })),
  CASE_OF_NAMES(
      "compares requested names in lower case alone",
      "jub0bs/cors, rs/cors",
      "RH06",
      names(n -> n.equals(n.toLowerCase(Locale.ROOT)))),
  SORTED_NAMES(
      "asks for the names to be sorted",
      "jub0bs/cors, rs/cors",
      "RH07",
      names(n -> n.contains(" ") || n.contains(",,") || sorted(n))),
  WHITE_SPACE(
      "knows no white space in the list",
      "jub0bs/cors, rs/cors beyond a byte",
      "RH08",
      names(n -> !n.contains(" ") && !n.contains("\t"))),
  EMPTY_MEMBERS(
      "knows no empty members",
      "Starlette",
      "RH09",
      names(n -> !n.startsWith(",") && !n.contains(", ,"))),
  DOUBLES(
      "asks for the names to be different",
      "jub0bs/cors, rs/cors",
      "RH10",
      names(n -> !n.equals("x-tck,x-tck") && !n.equals("x-a,x-a"))),
  PARTS_OF_NAMES(
      "looks for a requested name anywhere in the allowed ones",
      "a list that is a string",
      "RH13",
      response(
          call -> {
            String asked = call.request("Access-Control-Request-Headers");
            if (call.preflight()
                && !asked.isEmpty()
                && call.get("Access-Control-Allow-Headers")
                    .toLowerCase(Locale.ROOT)
                    .contains(asked)) {
              call.set("Access-Control-Allow-Headers", asked);
            }
          })),
  STAR_WITHOUT_AUTHORIZATION(
      "drops Authorization beside a star",
      "policies that know the star alone",
      "RH14 BR17",
      response(
          call -> {
            if (call.get("Access-Control-Allow-Headers").startsWith("*")) {
              call.set("Access-Control-Allow-Headers", "*");
            }
          })),
  STAR_COVERS_AUTHORIZATION(
      "lets a star cover Authorization",
      "express, fastify, koa, echo, ASP.NET Core",
      "RH15",
      response(
          call -> {
            if (call.get("Access-Control-Allow-Headers").startsWith("*")) {
              call.set("Access-Control-Allow-Headers", "*, authorization");
            }
          })),
  NAMES_OF_LETTERS(
      "knows names of letters and hyphens alone",
      "hand-written patterns",
      "RH16 RH22",
      names(n -> !n.contains("_"))),
  NO_TRACING(
      "drops the allowed headers that it takes for its own",
      "gateways",
      "RH21",
      names(n -> !n.contains("traceparent"))),
  NO_JSON(
      "takes Content-Type for safelisted and does not list it",
      "the first drafts of the standard",
      "RH03 BR04",
      response(
          call -> {
            if (call.has("Access-Control-Allow-Headers")) {
              call.set(
                  "Access-Control-Allow-Headers",
                  call.get("Access-Control-Allow-Headers")
                      .replaceFirst("(?i)content-type,? ?", ""));
            }
          })),
  NO_REQUEST_HEADERS(
      "sends no list of request headers",
      "hand-written filters",
      "RH01 PF01 PF13",
      response(call -> call.remove("Access-Control-Allow-Headers"))),
  MALFORMED_NAMES(
      "writes a list of request headers that is none",
      "brackets of a list's toString()",
      "RH17 PF01",
      response(
          call -> {
            if (call.has("Access-Control-Allow-Headers")) {
              call.set(
                  "Access-Control-Allow-Headers",
                  "[" + call.get("Access-Control-Allow-Headers") + "]");
            }
          })),
  SLOW_LISTS(
      "takes its time over a long list",
      "rs/cors before 1.11, chi",
      "RH24",
      flow(
          (server, exchange) -> {
            String names = exchange.getRequestHeaders().getFirst("Access-Control-Request-Headers");
            if (names != null && names.startsWith(",,,")) {
              sleep();
            }
            server.proceed(exchange);
          })),
  HUGE_LISTS(
      "sends back a list of any length",
      "express, fastify, Micronaut",
      "RH25",
      response(
          call -> {
            String asked = call.request("Access-Control-Request-Headers");
            if (call.preflight() && asked.length() > 20_000) {
              call.set("Access-Control-Allow-Headers", asked);
            }
          })),
  FAILS_ON_LISTS(
      "fails on a list that is none",
      "TTC, Jersey",
      "RO12",
      flow(
          (server, exchange) -> {
            String names = exchange.getRequestHeaders().getFirst("Access-Control-Request-Headers");
            server.failIf(names != null && names.matches(".*[\"=:(\\\\].*"), exchange);
          })),

  // Max-age.

  MAX_AGE_MINUS_ONE(
      "sends -1 for a max-age of 0",
      "http4s",
      "MA02",
      response(
          call -> {
            if (call.get("Access-Control-Max-Age").equals("0")) {
              call.set("Access-Control-Max-Age", "-1");
            }
          })),
  MAX_AGE_BY_DEFAULT(
      "sends a max-age that nobody has configured",
      "Starlette, django-cors-headers, rack-cors, Netty, Armeria",
      "MA03",
      response(
          call -> {
            if (call.preflight() && call.allowed() && !call.has("Access-Control-Max-Age")) {
              call.set("Access-Control-Max-Age", "1800");
            }
          })),
  MAX_AGE_WITH_A_UNIT(
      "sends a max-age with a unit",
      "durations as they are configured",
      "MA04 MA01",
      response(
          call -> {
            if (call.has("Access-Control-Max-Age")) {
              call.set("Access-Control-Max-Age", call.get("Access-Control-Max-Age") + "s");
            }
          })),
  NO_MAX_AGE(
      "sends no max-age",
      "hand-written filters",
      "MA01 MA02",
      response(call -> call.remove("Access-Control-Max-Age"))),
  NOT_KEPT(
      "sends a max-age of 0 always",
      "debugging that stayed",
      "MA06 MA01",
      response(
          call -> {
            if (call.has("Access-Control-Max-Age")) {
              call.set("Access-Control-Max-Age", "0");
            }
          })),

  // Exposed headers.

  NOTHING_EXPOSED(
      "exposes nothing",
      "hand-written filters",
      "EX01 EX04 EX10 ST06 BR11",
      response(call -> call.remove("Access-Control-Expose-Headers"))),
  ALL_EXPOSED(
      "exposes every header of the response",
      "actix, Tapir",
      "EX02 EX08 IN08",
      response(
          call -> {
            if (call.allowed() && !call.preflight()) {
              call.set(
                  "Access-Control-Expose-Headers",
                  String.join(", ", call.exchange.getResponseHeaders().keySet()));
            }
          })),
  EXPOSED_RUN_TOGETHER(
      "forgets the commas between exposed names",
      "Jooby",
      "EX04",
      response(
          call -> {
            if (call.has("Access-Control-Expose-Headers")) {
              call.set(
                  "Access-Control-Expose-Headers",
                  call.get("Access-Control-Expose-Headers").replace(", ", ""));
            }
          })),
  EXPOSED_MALFORMED(
      "separates exposed names by semicolons",
      "hand-written filters",
      "EX03",
      response(
          call -> {
            if (call.has("Access-Control-Expose-Headers")) {
              call.set(
                  "Access-Control-Expose-Headers",
                  call.get("Access-Control-Expose-Headers").replace(",", ";"));
            }
          })),
  STAR_EXPOSES_NOTHING(
      "exposes nothing where anything is exposed",
      "old lists of known names",
      "EX05",
      response(
          call -> {
            if (call.get("Access-Control-Expose-Headers").equals("*")) {
              call.remove("Access-Control-Expose-Headers");
            }
          })),
  EXPOSED_TO_REFUSED(
      "exposes names to refused origins",
      "express, fastify, hono, Starlette, fiber",
      "EX07 OR04",
      response(
          call -> {
            if (call.refused() && !call.preflight()) {
              call.set("Access-Control-Expose-Headers", "X-Tck-Exposed");
            }
          })),
  EXPOSED_IN_LINES(
      "sends exposed names in several lines",
      "adding instead of setting",
      "EX11 OR05",
      response(
          call -> {
            if (call.has("Access-Control-Expose-Headers")) {
              call.add("Access-Control-Expose-Headers", "X-More");
            }
          })),
  NOT_EXPOSED_ON_ERRORS(
      "exposes nothing on errors",
      "error handlers of their own",
      "EX06",
      response(
          call -> {
            if (call.status >= 400) {
              call.remove("Access-Control-Expose-Headers");
            }
          })),

  // Caches.

  NO_VARY(
      "sends no Vary",
      "CXF, Pekko, flask-cors, aiohttp-cors",
      "CA01 CA02 CA03 CA05 CA08 NC04",
      response(call -> call.remove("Vary"))),
  NO_VARY_FOR_REFUSED(
      "sends no Vary to a refused origin",
      "Tomcat, RESTEasy, Vert.x, Javalin, Micronaut, Armeria",
      "CA02 CA05 CA07 CA09",
      response(
          call -> {
            if (call.refused()) {
              call.remove("Vary");
            }
          })),
  NO_VARY_WITHOUT_ORIGIN(
      "sends no Vary where there is no Origin",
      "RESTEasy, CXF, Javalin, Micronaut, Quarkus, Armeria, Helidon",
      "NC04 CA06 CA05 CA09",
      response(
          call -> {
            if (call.origin().isEmpty()) {
              call.remove("Vary");
            }
          })),
  VARY_OVERWRITTEN(
      "puts its Vary in place of the application's",
      "Armeria, Netty before 4.2.17, Helidon, gin",
      "CA10 CA12 CA23",
      response(
          call -> {
            if (call.get("Vary").contains("Origin") && !call.preflight()) {
              call.set("Vary", "Origin");
            }
          })),
  VARY_YIELDS(
      "lets the application's Vary take the place of its own",
      "Tomcat, Spring, Jetty, Vert.x, Quarkus, Javalin",
      "CA10 CA23",
      response(
          call -> {
            String own = String.join(", ", call.reply.headers().lines("Vary"));
            if (!own.isEmpty()) {
              call.set("Vary", own);
            }
          })),
  VARY_TAKEN_AWAY(
      "takes the application's Vary away where it has none itself",
      "setting to null",
      "CA11",
      response(
          call -> {
            if (!call.get("Vary").contains("Origin")) {
              call.remove("Vary");
            }
          })),
  VARY_FIRST_LINE(
      "merges the first line of Vary alone",
      "getHeader in servlets",
      "CA12",
      instead(
          call -> {
            List<String> lines = call.exchange.getResponseHeaders().get("Vary");
            if (lines != null) {
              call.set("Vary", lines.get(0));
            }
            call.writeDecision();
          })),
  VARY_TWICE(
      "adds to Vary what is there",
      "jub0bs/cors, rs/cors, django-cors-headers",
      "CA13",
      response(
          call -> {
            if (call.get("Vary").toLowerCase(Locale.ROOT).contains("origin") && !call.preflight()) {
              call.set("Vary", call.get("Vary") + ", Origin");
            }
          })),
  VARY_STAR_SPOILED(
      "adds to a Vary of star",
      "most",
      "CA14",
      response(
          call -> {
            if (call.get("Vary").equals("*")) {
              call.set("Vary", "*, Origin");
            }
          })),
  VARY_IN_LINES(
      "sends Vary in several lines",
      "adding a line for each member",
      "CA22",
      response(
          call -> {
            if (call.get("Vary").equals("Origin")) {
              call.add("Vary", "Accept-Encoding");
            }
          })),
  NO_VARY_ON_ERRORS(
      "sends no Vary on errors",
      "Jetty's filter on 404, 500 and 401",
      "CA15 CA16 ER08 ER13 IN02",
      response(
          call -> {
            if (call.status >= 400 && !call.preflight()) {
              call.remove("Vary");
            }
          })),
  NO_VARY_ON_304_AND_REDIRECTS(
      "sends no Vary on redirects and 304",
      "proxies",
      "CA17 CA18",
      response(
          call -> {
            if (call.status >= 300 && call.status < 400) {
              call.remove("Vary");
            }
          })),
  PREFLIGHT_VARIES_BY_ORIGIN_ALONE(
      "varies a preflight by Origin alone",
      "express",
      "CA19",
      response(
          call -> {
            if (call.preflight() && call.has("Vary")) {
              call.set("Vary", "Origin");
            }
          })),
  VARIES_WITHOUT_NEED(
      "varies by Origin where the answer is the same for all",
      "koa, Starlette, django-cors-headers, rs/cors, echo",
      "CA04 NC05 CA11",
      response(
          call -> {
            if (call.get("Access-Control-Allow-Origin").equals("*")) {
              call.add("Vary", "Origin");
            }
          })),
  PREFLIGHT_PUBLIC(
      "marks a preflight as cacheable for all",
      "filters for caching that come first",
      "CA20",
      response(
          call -> {
            if (call.preflight()) {
              call.set("Cache-Control", "public, max-age=600");
              call.remove("Vary");
            }
          })),
  PUBLIC_WITH_CREDENTIALS(
      "marks a response with credentials as cacheable for all",
      "filters for caching that know no CORS",
      "CA21",
      response(
          call -> {
            call.set("Cache-Control", "public, max-age=600");
            call.remove("Vary");
          })),

  // Errors, redirects, streams.

  ONLY_ON_SUCCESS(
      "sends its headers on success alone",
      "nginx's add_header without always",
      "ER01 ER02 ER03 ER04 ER05 ER06 ER07 ER08 ER09 ER10 ER12 ER13 ER14 ER16 RD01 RD06 IN02 BR10",
      response(
          call -> {
            if (call.status >= 300) {
              call.removeCors();
            }
          })),
  ERRORS_OPEN(
      "lets everybody read errors",
      "error pages with a star of their own",
      "ER11 IN03 ER08",
      response(
          call -> {
            if (call.status >= 400 && !call.preflight()) {
              call.set("Access-Control-Allow-Origin", "*");
            }
          })),
  LOST_ON_EXCEPTION(
      "loses its headers on an exception",
      "Jetty, CXF, Starlette, Pekko",
      "ER10 ER12 ER13 ER16 BR10 CA16",
      response(
          call -> {
            if (call.status == 500 && call.chunks.equals(List.of("error 500"))) {
              call.removeCors();
              call.remove("Vary");
            }
          })),
  LOST_BY_ROUTER(
      "loses its headers where no route matches",
      "Jooby, Pekko, aiohttp-cors",
      "ER08 ER09 IN07",
      response(
          call -> {
            if (call.chunks.equals(List.of("error 404"))
                || call.chunks.equals(List.of("error 405"))) {
              call.removeCors();
            }
          })),
  LOST_WITHOUT_CONTENT(
      "loses its headers on responses without content",
      "filters on the body",
      "ER15 CA17",
      response(
          call -> {
            if (call.chunks.isEmpty()
                && !call.preflight()
                && call.status < 400
                && call.status != 302) {
              call.removeCors();
            }
          })),
  LOST_ON_REDIRECT(
      "loses its headers on redirects",
      "sendRedirect, which resets",
      "RD01 RD02 RD03 RD04 RD05 RD06 RD07",
      response(
          call -> {
            if (call.status > 300 && call.status < 400) {
              call.removeCors();
            }
          })),
  USER_IN_LOCATION(
      "repeats a user in a redirect",
      "absolute URLs made of the request",
      "RD10 RD06",
      response(
          call -> {
            if (call.has("Location")) {
              call.set("Location", "http://user:secret@" + call.request("Host") + "/resource");
            }
          })),
  LOGIN(
      "redirects to a login",
      "web frameworks' authentication",
      "RD11 IN04",
      instead(
          call -> {
            call.writeDecision();
            if (call.allowed() && !call.preflight()) {
              call.removeCors();
              call.status = 302;
              call.set("Location", "https://login.example/");
            }
          })),
  STAR_NOT_FOR_NULL(
      "refuses whoever comes by a redirect",
      "lists of known origins behind a star",
      "RD09",
      response(
          call -> {
            if (call.origin().equals("null")
                && call.get("Access-Control-Allow-Origin").equals("*")) {
              call.removeCors();
            }
          })),
  LATE(
      "writes its headers when the handler returns",
      "after-filters",
      "ST01 ST02 ST03 ST04 ST06 BR15 CA23",
      response(
          call -> {
            String path = call.exchange.getRequestURI().getPath();
            if (path.startsWith("/stream") || path.equals("/events") || path.equals("/async")) {
              call.removeCors();
              call.remove("Vary");
            }
          })),
  STREAMS_OPEN(
      "lets everybody read streams",
      "EventSource helpers with a star of their own",
      "ST05",
      response(
          call -> {
            if (call.streamed || call.exchange.getRequestURI().getPath().equals("/events")) {
              call.set("Access-Control-Allow-Origin", "*");
            }
          })),
  CUTS_STREAMS(
      "cuts streams short",
      "wrappers that buffer",
      "ST02 ST03",
      response(
          call -> {
            if (call.streamed) {
              call.chunks = call.chunks.subList(0, 2);
            }
          })),

  // Among other parts of the server.

  AFTER_AUTHENTICATION(
      "answers preflights after authentication",
      "Javalin, RESTEasy, Jetty's filter, Spring Security",
      "IN01 BR10",
      flow(
          (server, exchange) -> {
            if (exchange.getRequestURI().getPath().equals("/protected")
                && exchange.getRequestMethod().equals("OPTIONS")) {
              server.answer(exchange, 401);
            } else {
              server.proceed(exchange);
            }
          })),
  AFTER_ROUTING(
      "answers preflights after routing",
      "JAX-RS filters that are not pre-matching",
      "IN06 IN07 ME17",
      flow(
          (server, exchange) -> {
            String path = exchange.getRequestURI().getPath();
            if (exchange.getRequestMethod().equals("OPTIONS")
                && (path.startsWith("/only") || path.equals("/missing"))) {
              server.answer(exchange, 405);
            } else {
              server.proceed(exchange);
            }
          })),
  AUTHENTICATION_WITHOUT_HEADERS(
      "loses its headers on the 401 of authentication",
      "RESTEasy, Javalin, Micronaut Security",
      "IN02 IN03 BR10",
      response(
          call -> {
            if (call.status == 401 && call.chunks.equals(List.of("error 401"))) {
              call.removeCors();
              call.set("Access-Control-Allow-Origin", "https://login.example");
            }
          })),
  ALLOWED_ORIGINS_ARE_LET_IN(
      "skips authentication for allowed origins",
      "CORS taken for access control",
      "IN05",
      flow(
          (server, exchange) -> {
            if (exchange.getRequestURI().getPath().equals("/protected")
                && !exchange.getRequestMethod().equals("OPTIONS")) {
              server.runHandlers("/protected");
            }
            server.proceed(exchange);
          })),
  APPLICATION_WINS(
      "lets the application's own headers stand",
      "Spring, which skips",
      "IN08 IN09 IN10 ER14",
      response(
          call ->
              call.reply
                  .headers()
                  .forEach(
                      field -> {
                        if (field.name().startsWith("Access-Control")) {
                          call.set(field.name(), field.value());
                        }
                      }))),
  CONNECTION_STATE(
      "keeps the decision for the connection",
      "Netty up to 4.2.19",
      "IN11 IN12",
      response(
          call -> {
            Object connection = call.exchange.getRemoteAddress();
            String first =
                call.server.state.computeIfAbsent(
                    connection, c -> call.get("Access-Control-Allow-Origin"));
            if (first.isEmpty()) {
              call.remove("Access-Control-Allow-Origin");
            } else {
              call.set("Access-Control-Allow-Origin", first);
            }
          })),
  SHARED_STATE(
      "keeps the origin in a field",
      "controllers and filters with fields",
      "IN13",
      response(
          call -> {
            if (call.allowed() && !call.get("Access-Control-Allow-Origin").equals("*")) {
              call.server.state.put("origin", call.origin());
              pause();
              call.set("Access-Control-Allow-Origin", call.server.state.get("origin"));
            }
          })),
  QUERY_IN_PATH(
      "compares paths with their query",
      "hand-written filters",
      "IN14",
      response(
          call -> {
            if (call.exchange.getRequestURI().getQuery() != null) {
              call.removeCors();
            }
          })),
  ODD_PATHS_OPEN(
      "falls back to any origin for paths that it does not know",
      "Helidon's defaults",
      "IN15",
      response(
          call -> {
            if (!call.exchange.getRequestURI().getRawPath().matches("(/[a-z0-9-]+)+")) {
              call.set("Access-Control-Allow-Origin", "*");
            }
          })),
  READS_THE_BODY(
      "reads the request's body",
      "filters that look for parameters",
      "IN19",
      flow(
          (server, exchange) -> {
            String length = exchange.getRequestHeaders().getFirst("Content-Length");
            server.failIf(
                length != null
                    && !length.equals("0")
                    && !exchange.getRequestMethod().equals("OPTIONS"),
                exchange);
          })),
  CHANGES_CONTENT(
      "changes the application's response",
      "wrappers",
      "IN18 ST01",
      response(
          call -> {
            if (call.status == 200 && !call.chunks.isEmpty()) {
              call.chunks = List.of("hullo");
            }
          })),
  MIXES_DECISIONS(
      "asks twice, and takes a part of each decision",
      "filters that keep no decision between request and response",
      "IN21",
      response(
          call -> {
            String exposed = call.get("Access-Control-Expose-Headers");
            call.server.decide(call.exchange).writeTo(call.exchange, call.server);
            if (!exposed.isEmpty()) {
              call.set("Access-Control-Expose-Headers", exposed);
            }
          })),
  PREFLIGHT_SHOWS_CONTENT(
      "shows a refused preflight the application's response",
      "koa, actix",
      "IN20 PF07 NC08",
      flow(
          (server, exchange) -> {
            if (server.decide(exchange).outcome().name().startsWith("ORIGIN")
                && exchange.getRequestMethod().equals("OPTIONS")) {
              server.runHandlers(exchange.getRequestURI().getPath());
              exchange.getResponseHeaders().set("Access-Control-Allow-Methods", "PUT");
              server.commit(exchange, 200, List.of("secret"), false);
            } else {
              server.proceed(exchange);
            }
          })),
  EVERYBODY_IS_SERVED_NOTHING(
      "does not let elements load",
      "filters that ask for Sec-Fetch-Dest: empty",
      "BR14 BR01 BR02",
      flow(
          (server, exchange) -> {
            if (exchange.getRequestHeaders().containsKey("Sec-Fetch-Mode")
                && exchange.getRequestMethod().equals("GET")) {
              server.answer(exchange, 403);
            } else {
              server.proceed(exchange);
            }
          })),
  STAR_FOR_CREDENTIALS(
      "sends the origin back with credentials where anybody may read",
      "Spring's patterns, Vert.x, Micronaut 4",
      "BR03 CR13 OR13",
      response(
          call -> {
            if (call.get("Access-Control-Allow-Origin").equals("*") && !call.origin().isEmpty()) {
              call.set("Access-Control-Allow-Origin", call.origin());
              call.set("Access-Control-Allow-Credentials", "true");
            }
          })),

  // What no browser sends.

  FAILS_ON_ORIGINS(
      "fails on an origin that is none",
      "Vert.x, Javalin 2104",
      "RO01 RO02 CA02",
      flow(
          (server, exchange) -> {
            String origin = server.header(exchange, "Origin");
            server.failIf(
                origin != null && (origin.startsWith("%") || origin.endsWith("://")), exchange);
          })),
  ECHOES_EMPTY(
      "sends an empty origin back",
      "koa, Starlette, aiohttp-cors",
      "RO03",
      response(
          call -> {
            if ("".equals(call.exchange.getRequestHeaders().getFirst("Origin"))) {
              call.set("Access-Control-Allow-Origin", "");
            }
          })),
  SLOW_ORIGINS(
      "takes its time over a long origin",
      "regular expressions that backtrack",
      "RO04",
      flow(
          (server, exchange) -> {
            String origin = exchange.getRequestHeaders().getFirst("Origin");
            if (origin != null && origin.startsWith("https://a-a-a-")) {
              sleep();
            }
            server.proceed(exchange);
          })),
  INJECTS(
      "decodes a line break in an origin",
      "gateways; CVE-2024-1681 of flask-cors, in its log",
      "RO07",
      response(
          call -> {
            if (call.origin().contains("%0d%0a")) {
              call.set("X-Injected", "1");
            }
          })),
  ECHOES_ORIGINS_UNDER_STAR(
      "sends back what is no origin where anybody may read",
      "Spring, Tomcat, Quarkus, koa",
      "RO15",
      response(
          call -> {
            if (call.get("Access-Control-Allow-Origin").equals("*")
                && !call.origin().matches("[a-z-]+://[^ ,]+|null|")) {
              call.set("Access-Control-Allow-Origin", call.origin());
            }
          })),
  CONTROL_BYTES(
      "leaves a tab in a value",
      "configuration files with tabs",
      "RO16",
      response(
          call -> {
            if (call.allowed() && call.has("Access-Control-Allow-Origin") && !call.preflight()) {
              call.set("Access-Control-Expose-Headers", "X-Tck-Exposed,\tX-Other");
            }
          })),
  CLOSES_AFTER_GARBAGE(
      "does not serve whoever has sent garbage",
      "state that a failure leaves behind",
      "RO17",
      flow(
          (server, exchange) -> {
            Object connection = exchange.getRemoteAddress();
            String origin = server.header(exchange, "Origin");
            if ("%%%".equals(origin)) {
              server.state.put(connection, "bad");
            }
            server.failIf(server.state.containsKey(connection) && !"%%%".equals(origin), exchange);
          })),
  FAILS_ON_METHODS(
      "fails on a method that it does not know",
      "enumerations of methods",
      "RO18",
      flow(
          (server, exchange) ->
              server.failIf(exchange.getRequestMethod().equals("CHICKEN"), exchange))),

  // The guard.

  GUARD_REFUSES_GET(
      "refuses links from other websites",
      "filters that ask every request for a token",
      "GU01",
      refusing(e -> is(e, "GET") && site(e, "cross-site"))),
  GUARD_REFUSES_HEAD(
      "takes HEAD for a write",
      "lists of safe methods with GET alone",
      "GU01",
      refusing(e -> is(e, "HEAD") && site(e, "cross-site"))),
  GUARD_REFUSES_OPTIONS(
      "takes OPTIONS for a write",
      "lists of safe methods with GET and HEAD alone",
      "GU02",
      refusing(
          e ->
              is(e, "OPTIONS")
                  && !e.getRequestHeaders().containsKey("Access-Control-Request-Method"))),
  GUARD_REFUSES_PREFLIGHTS(
      "refuses preflights for being cross-site",
      "a guard that comes before the policy",
      "GU28",
      refusing(e -> is(e, "OPTIONS") && site(e, "cross-site"))),
  GUARD_REFUSES_OWN_PAGES(
      "refuses the server's own pages",
      "whatever compares origins behind a proxy",
      "GU03",
      refusing(e -> site(e, "same-origin"))),
  GUARD_REFUSES_USERS(
      "refuses what no website has started",
      "whatever asks for same-origin alone",
      "GU04",
      refusing(e -> site(e, "none"))),
  GUARD_REFUSES_PROGRAMS(
      "refuses a write without headers",
      "guards that ask every client for Sec-Fetch-Site",
      "GU05",
      refusing(e -> writes(e) && !site(e) && originOf(e).isEmpty())),
  GUARD_REFUSES_OLD_BROWSERS(
      "knows no origin of its own",
      "guards that know Sec-Fetch-Site alone",
      "GU06 GU07",
      refusing(e -> writes(e) && !site(e) && originOf(e).endsWith("://" + host(e)))),
  GUARD_COMPARES_SCHEMES(
      "compares the scheme of its own origin",
      "Rails and Django behind a proxy that is not told of",
      "GU07",
      refusing(e -> writes(e) && originOf(e).equals("https://" + host(e)))),
  GUARD_TRUSTS_NOBODY(
      "knows no trusted origin",
      "hand-written guards",
      "GU09 GU10 GU19",
      refusing(e -> writes(e) && (originOf(e).equals(ADMIN) || originOf(e).equals(PARTNER)))),
  GUARD_POST_ALONE(
      "guards POST alone", "whatever thinks of forms", "GU11 GU12", unguarded(e -> !is(e, "POST"))),
  GUARD_LETS_CROSS_SITE_PASS(
      "lets a cross-site write pass",
      "no guard at all",
      "GU11 GU20 GU27",
      unguarded(e -> site(e, "cross-site"))),
  GUARD_LETS_SAME_SITE_PASS(
      "lets a same-site write pass",
      "guards that mean the site, which is sibling domains",
      "GU12",
      unguarded(e -> site(e, "same-site"))),
  GUARD_KNOWS_CROSS_SITE_ALONE(
      "refuses cross-site alone",
      "Sec-Fetch-Site != cross-site, as in many a recipe",
      "GU13",
      unguarded(e -> site(e) && !site(e, "cross-site") && !site(e, "same-site"))),
  GUARD_IGNORES_CASE(
      "compares Sec-Fetch-Site in any case",
      "equalsIgnoreCase",
      "GU13",
      unguarded(
          e -> "same-origin".equalsIgnoreCase(e.getRequestHeaders().getFirst("Sec-Fetch-Site")))),
  GUARD_READS_FIRST_LINE(
      "reads the first Sec-Fetch-Site line alone",
      "getHeader in servlets",
      "GU13",
      unguarded(e -> site(e, "same-origin"))),
  GUARD_ORIGIN_WINS(
      "lets its own origin pass, whatever Sec-Fetch-Site says",
      "guards that compare origins first",
      "GU14 GU34",
      unguarded(e -> originOf(e).equals("http://" + host(e)))),
  GUARD_KNOWS_NO_ORIGIN(
      "lets everything pass that has no Sec-Fetch-Site",
      "guards that know Sec-Fetch-Site alone",
      "GU15 GU16 GU17 GU18 GU34",
      unguarded(e -> !site(e))),
  GUARD_ORIGIN_BY_PREFIX(
      "compares its own origin by prefix",
      "startsWith",
      "GU15",
      unguarded(e -> !site(e) && originOf(e).startsWith("http://" + host(e)))),
  GUARD_ORIGIN_BY_SUFFIX(
      "compares its own host by suffix",
      "endsWith",
      "GU15",
      unguarded(e -> !site(e) && originOf(e).endsWith(host(e)))),
  GUARD_LETS_NULL_PASS(
      "lets null pass",
      "whatever takes null for no origin",
      "GU16",
      unguarded(e -> originOf(e).equals("null"))),
  GUARD_IGNORES_PORT(
      "compares hosts without their ports",
      "URI.getHost()",
      "GU17",
      unguarded(
          e -> !site(e) && originOf(e).replaceFirst(":[0-9]+$", "").equals("http://127.0.0.1"))),
  GUARD_TRUSTS_READERS(
      "trusts whom the policy allows to read",
      "guards that share the list of origins with CORS",
      "GU18 GU24 GU34",
      unguarded(e -> originOf(e).equals(APP))),
  GUARD_LETS_WRITERS_READ(
      "shares with whom the guard trusts",
      "guards that share the list of origins with CORS",
      "GU19",
      response(
          call -> {
            if (call.origin().equals(PARTNER) && call.exchange.getRequestMethod().equals("POST")) {
              call.set("Access-Control-Allow-Origin", PARTNER);
            }
          })),
  GUARD_FORMS_ALONE(
      "guards the types of forms alone",
      "SvelteKit, Hono",
      "GU20 GU11",
      unguarded(
          e ->
              !String.valueOf(e.getRequestHeaders().getFirst("Content-Type"))
                  .matches("(application/x-www|multipart/).*"))),
  GUARD_METHOD_OVERRIDE(
      "takes the method out of a header",
      "Rails, Express and Symfony behind method-override",
      "GU21",
      unguarded(e -> e.getRequestHeaders().containsKey("X-HTTP-Method-Override"))),
  GUARD_LETS_USERS_PASS(
      "lets pass who is logged in",
      "filters that skip requests with Authorization",
      "GU22",
      unguarded(e -> e.getRequestHeaders().containsKey("Authorization"))),
  GUARD_AFTER_ROUTING(
      "guards after routing",
      "guards at the routes",
      "GU23 GU32",
      unguarded(e -> List.of("/missing", "/only-get", "/webhook/", "/hooksite").contains(path(e)))),
  GUARD_AFTER_HANDLER(
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
  GUARD_ANSWERS_401(
      "asks whom it refuses to log in",
      "guards that are a part of authentication",
      "GU11 GU34",
      response(
          call -> {
            if (call.refusedWrite()) {
              call.status = 401;
            }
          })),
  GUARD_SHARES_NO_REFUSAL(
      "refuses without the policy's headers",
      "guards in front of the CORS filter",
      "GU24",
      response(
          call -> {
            if (call.refusedWrite()) {
              call.removeCors();
            }
          })),
  GUARD_SHARES_REFUSALS(
      "lets everybody read refusals",
      "error pages with a star of their own",
      "GU25",
      response(
          call -> {
            if (call.refusedWrite()) {
              call.set("Access-Control-Allow-Origin", "*");
            }
          })),
  GUARD_VARIES_BY_NOTHING(
      "refuses without Vary",
      "guards in front of the CORS filter",
      "GU26",
      response(
          call -> {
            if (call.refusedWrite()) {
              call.remove("Vary");
            }
          })),
  GUARD_LEAVES_THE_BODY(
      "leaves the body of a refused request to the next",
      "servers that answer early; request smuggling",
      "GU27",
      flow(
          (server, exchange) -> {
            String length = exchange.getRequestHeaders().getFirst("Content-Length");
            Object connection = exchange.getRemoteAddress();
            boolean spoilt = server.state.remove(connection) != null;
            if (length != null
                && length.length() > 3
                && server.decide(exchange).outcome().name().startsWith("WRITE")) {
              server.state.put(connection, "the body");
            }
            server.failIf(spoilt, exchange);
          })),
  GUARD_EXEMPTS_NOTHING(
      "knows no exempt path",
      "hand-written guards",
      "GU30 GU31",
      refusing(e -> writes(e) && path(e).matches("/webhook|/hooks|/hooks/inner"))),
  GUARD_EXEMPTS_WITHOUT_QUERY(
      "compares exempt paths with their query",
      "getRequestURI of other languages",
      "GU30",
      refusing(e -> writes(e) && e.getRequestURI().getQuery() != null)),
  GUARD_EXEMPTS_NOTHING_BELOW(
      "exempts no path below",
      "hand-written guards",
      "GU31",
      refusing(e -> writes(e) && path(e).equals("/hooks/inner"))),
  GUARD_EXEMPTS_PREFIXES(
      "exempts whatever begins alike",
      "startsWith",
      "GU32",
      unguarded(e -> path(e).startsWith("/hooks") || path(e).startsWith("/webhook"))),
  GUARD_EXEMPTS_IN_ANY_CASE(
      "compares exempt paths in any case",
      "servers on file systems that do",
      "GU32",
      unguarded(e -> path(e).startsWith("/Hooks"))),
  GUARD_READS_RAW_PATHS(
      "takes the dots of a path for nothing",
      "Go before 1.25.1 (CVE-2025-47910)",
      "GU33",
      unguarded(e -> path(e).startsWith("/hooks/"))),
  GUARD_LETS_WEBSOCKETS_PASS(
      "lets every WebSocket open",
      "whatever takes a handshake for a GET, as code-server did (CVE-2023-26114)",
      "GU34 GU35",
      unguarded(e -> e.getRequestHeaders().containsKey("Upgrade"))),
  GUARD_READS_UPGRADE_EXACTLY(
      "knows a handshake in lower case alone",
      "equals",
      "GU35",
      unguarded(
          e -> !"websocket".equals(e.getRequestHeaders().getFirst("Upgrade")) && is(e, "GET"))),
  GUARD_REFUSES_WEBSOCKETS(
      "refuses every WebSocket",
      "whatever takes a handshake for a write of nobody",
      "GU36",
      refusing(e -> e.getRequestHeaders().containsKey("Upgrade")));

  private final String defect;
  private final String seenIn;
  private final List<String> killers;
  private final Step step;

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

  private static String path(HttpExchange exchange) {
    return exchange.getRequestURI().getRawPath();
  }

  /** Refuses preflights whose list of names is not as it should be for others. */
  private static Step names(Predicate<String> known) {
    return response(
        call -> {
          List<String> lines =
              call.exchange.getRequestHeaders().get("Access-Control-Request-Headers");
          if (call.preflight() && lines != null && !known.test(String.join(", ", lines))) {
            call.removeCors();
            call.status = 403;
          }
        });
  }

  private static boolean sorted(String names) {
    List<String> members = List.of(names.split(","));
    return members.equals(members.stream().sorted().toList());
  }

  /** Longer than the rules allow. */
  private static void sleep() {
    wait(3_100);
  }

  /** Long enough for another thread to come between. */
  private static void pause() {
    wait(2);
  }

  private static void wait(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A wrong implementation.
   *
   * @param defect what it does wrong
   * @param seenIn where
   * @param killers the rules that have to catch it, for their sentences name the defect
   * @param step what is broken
   */
  Mutant(String defect, String seenIn, String killers, Step step) {
    this.defect = defect;
    this.seenIn = seenIn;
    this.killers = List.of(killers.split(" "));
    this.step = step;
  }

  String defect() {
    return defect;
  }

  String seenIn() {
    return seenIn;
  }

  List<String> killers() {
    return killers;
  }

  public Step step() {
    return step;
  }
}
