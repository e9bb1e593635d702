package dev.crosswalk.cors.tck;

import static dev.crosswalk.cors.tck.Mutant.mutant;
import static dev.crosswalk.cors.tck.MutantServer.flow;
import static dev.crosswalk.cors.tck.MutantServer.instead;
import static dev.crosswalk.cors.tck.MutantServer.request;
import static dev.crosswalk.cors.tck.MutantServer.response;
import static dev.crosswalk.cors.tck.MutantServer.unguarded;

import com.sun.net.httpserver.HttpExchange;
import dev.crosswalk.cors.tck.MutantServer.Call;
import dev.crosswalk.cors.tck.MutantServer.Step;
import dev.crosswalk.cors.tck.TestApplication.Behavior;
import java.util.List;
import java.util.Locale;

/** What goes wrong between a framework and core. */
final class BorderMutants {

  static final List<Mutant> ALL =
      List.of(
          mutant(
              "DECODED_PATH",
              "tells core the decoded path",
              "getServletPath, getPathInfo, getPath of many frameworks",
              "BO01",
              path(exchange -> exchange.getRequestURI().getPath())),
          mutant(
              "NORMALIZED_PATH",
              "tells core the path without its dots",
              "routers that normalize first",
              "BO01",
              path(exchange -> exchange.getRequestURI().normalize().getRawPath())),
          mutant(
              "PATH_WITH_QUERY",
              "tells core the path with its query",
              "uri() of Vert.x and Netty",
              "BO02 GU30",
              path(
                  exchange -> {
                    String query = exchange.getRequestURI().getRawQuery();
                    return exchange.getRequestURI().getRawPath()
                        + (query == null ? "" : "?" + query);
                  })),
          mutant(
              "WHOLE_TARGET",
              "tells core the target for the path",
              "uri() of Vert.x and Netty",
              "BO03",
              path(exchange -> exchange.getRequestURI().toString())),
          mutant(
              "OVERRIDDEN_METHOD",
              "tells core the method that a header names",
              "Rails, Express, Symfony and Javalin",
              "BO04",
              method(
                  exchange -> {
                    String header = exchange.getRequestHeaders().getFirst("X-HTTP-Method-Override");
                    return header == null ? exchange.getRequestMethod() : header;
                  })),
          mutant(
              "UPPER_CASE_METHOD",
              "tells core the method in upper case",
              "enumerations of methods",
              "BO04 CL11",
              method(exchange -> exchange.getRequestMethod().toUpperCase(Locale.ROOT))),
          mutant(
              "EMPTY_IS_ABSENT",
              "takes an empty header for an absent one",
              "frameworks that return an empty string for what is not there",
              "BO05",
              new Step() {
                @Override
                String header(
                    MutantServer server, HttpExchange exchange, String name, String value) {
                  return value != null && value.isEmpty() ? null : value;
                }
              }),
          mutant(
              "ABSENT_IS_EMPTY",
              "takes an absent header for an empty one",
              "frameworks that return an empty string for what is not there",
              "BO05",
              new Step() {
                @Override
                String header(
                    MutantServer server, HttpExchange exchange, String name, String value) {
                  return value == null ? "" : value;
                }
              }),
          mutant(
              "LAST_LINE",
              "reads the last line of a request header alone",
              "maps of headers, where a second line replaces the first",
              "BO06 OR17",
              new Step() {
                @Override
                String header(
                    MutantServer server, HttpExchange exchange, String name, String value) {
                  List<String> lines = exchange.getRequestHeaders().get(name);
                  return lines == null ? null : lines.get(lines.size() - 1);
                }
              }),
          mutant(
              "FIRST_ORIGIN_LINE",
              "reads the first Origin line alone",
              "Tomcat, Spring, Jetty, Vert.x, Javalin, Micronaut, Netty",
              "OR17 OR18 RO11",
              request(
                  "Origin", (exchange, value) -> exchange.getRequestHeaders().getFirst("Origin"))),
          mutant(
              "REFERER",
              "takes the Referer for the origin",
              "hand-written filters",
              "OR19 OR20",
              request(
                  "Origin",
                  (exchange, value) -> {
                    String referer = exchange.getRequestHeaders().getFirst("Referer");
                    return referer == null
                        ? value
                        : referer.replaceFirst("^([a-z]+://[^/]+)/.*", "$1");
                  })),
          mutant(
              "RESEMBLES_HOST",
              "grants an origin for resembling Host",
              "hand-written filters behind proxies",
              "OR21",
              response(
                  call -> {
                    if (call.origin().endsWith("://" + call.request("Host"))) {
                      call.set("Access-Control-Allow-Origin", call.origin());
                    }
                  })),
          mutant(
              "FIRST_LINE_OF_THE_RESPONSE",
              "sees the first line of a response header alone",
              "getHeader in servlets",
              "BO07",
              new Step() {
                @Override
                String get(HttpExchange exchange, String name) {
                  return exchange.getResponseHeaders().getFirst(name);
                }
              }),
          mutant(
              "TIMING_OF_THE_APPLICATION",
              "keeps the application's Timing-Allow-Origin",
              "adapters with a list of header names of their own",
              "BO08",
              keeps("Timing-Allow-Origin")),
          mutant(
              "EMBEDDING_OVERWRITTEN",
              "does not see which Cross-Origin-Resource-Policy the application has set",
              "adapters that see only what they have written",
              "BO09",
              response(
                  call -> {
                    if (call.has("Cross-Origin-Resource-Policy")) {
                      call.set("Cross-Origin-Resource-Policy", "cross-origin");
                    }
                  })),
          mutant(
              "HANDSHAKE_BY_ITS_FIELDS",
              "takes a request with the fields of a handshake for a WebSocket",
              "filters that skip handshakes",
              "BO10",
              response(
                  call -> {
                    if (call.exchange.getRequestHeaders().containsKey("Upgrade")) {
                      call.removeCors();
                    }
                  })),
          mutant(
              "SHARED_RESPONSE",
              "writes into a response that the application sends again",
              "a constant Response in JAX-RS, a constant HttpResponse in Micronaut",
              "BO11",
              instead(BorderMutants::writeIntoWhatIsKept)),
          mutant(
              "DECIDES_TWICE",
              "decides about a request twice",
              "filters that keep no decision between request and response",
              "BO12",
              instead(
                  call -> call.server.decide(call.exchange).writeTo(call.exchange, call.server))),
          mutant(
              "WARNS_OFTEN",
              "logs the warnings with each request",
              "filters that are made for each request",
              "BO13",
              flow(
                  (server, exchange) -> {
                    server.cors.logWarnings();
                    server.proceed(exchange);
                  })),
          mutant(
              "NULL_IS_NO_ONE",
              "takes no policy for a policy",
              "whatever checks its arguments later",
              "BO14",
              new Step() {
                @Override
                public boolean acceptsNull() {
                  return true;
                }
              }),
          mutant(
              "SECOND_LAYER_UNNOTICED",
              "removes what others wrote before core can see it",
              "adapters that reset the response first",
              "BO15",
              instead(
                  call -> {
                    call.removeCors();
                    call.writeDecision();
                  })),
          mutant(
              "GUARD_COMPARES_SITES",
              "compares the last two labels of its own host",
              "whatever compares registrable domains",
              "BO16",
              unguarded(
                  exchange ->
                      lastLabels(exchange.getRequestHeaders().getFirst("Host"))
                          .equals(lastLabels(exchange.getRequestHeaders().getFirst("Origin"))))),
          mutant(
              "GUARD_DROPS_DEFAULT_PORTS",
              "drops the ports 80 and 443, whatever the scheme",
              "normalizing a host without its scheme",
              "BO17",
              unguarded(
                  exchange -> {
                    String origin = exchange.getRequestHeaders().getFirst("Origin");
                    String host = exchange.getRequestHeaders().getFirst("Host");
                    return origin != null
                        && withoutDefault(OriginMutants.host(origin)).equals(withoutDefault(host));
                  })));

  private BorderMutants() {}

  /** What a wrong adapter takes from a request. */
  private interface Reading {
    String of(HttpExchange exchange);
  }

  private static Step path(Reading reading) {
    return new Step() {
      @Override
      String path(HttpExchange exchange) {
        return reading.of(exchange);
      }
    };
  }

  private static Step method(Reading reading) {
    return new Step() {
      @Override
      String method(HttpExchange exchange) {
        return reading.of(exchange);
      }
    };
  }

  /** The application's header is there again after the decision has been written. */
  private static Step keeps(String name) {
    return response(
        call -> call.reply.headers().get(name).ifPresent(value -> call.set(name, value)));
  }

  private static void writeIntoWhatIsKept(Call call) {
    boolean kept = call.server.leadsTo(call.exchange, Behavior.SHARED_REPLY);
    List<String> names = List.of("Access-Control-Allow-Origin", "Vary");
    if (kept) {
      for (String name : names) {
        String before = call.server.state.get(name);
        if (before != null) {
          call.set(name, before);
        }
      }
    }
    call.writeDecision();
    if (kept) {
      for (String name : names) {
        if (call.has(name)) {
          call.server.state.put(name, call.get(name));
        }
      }
    }
  }

  private static String lastLabels(String origin) {
    return origin == null ? "" : origin.replaceFirst(".*?([^./]+\\.[^./]+)$", "$1");
  }

  private static String withoutDefault(String authority) {
    return authority.replaceFirst(":(80|443)$", "");
  }
}
