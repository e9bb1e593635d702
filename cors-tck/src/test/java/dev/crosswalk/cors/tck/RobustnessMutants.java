package dev.crosswalk.cors.tck;

import static dev.crosswalk.cors.tck.Mutant.mutant;
import static dev.crosswalk.cors.tck.MutantServer.flow;
import static dev.crosswalk.cors.tck.MutantServer.response;

import java.util.List;

/** What goes wrong with what no browser sends. */
final class RobustnessMutants {

  static final List<Mutant> ALL =
      List.of(
          mutant(
              "FAILS_ON_ORIGINS",
              "fails on an origin that is not a URI",
              "Vert.x, Javalin 2104",
              "RO01 RO02 CA02",
              flow(
                  (server, exchange) ->
                      server.failIf(isGarbage(server.header(exchange, "Origin")), exchange))),
          mutant(
              "ECHOES_EMPTY",
              "sends an empty origin back",
              "koa, Starlette, aiohttp-cors",
              "RO03",
              response(
                  call -> {
                    if ("".equals(call.exchange.getRequestHeaders().getFirst("Origin"))) {
                      call.set("Access-Control-Allow-Origin", "");
                    }
                  })),
          mutant(
              "SLOW_ORIGINS",
              "takes its time over a long origin",
              "regular expressions that backtrack",
              "RO04",
              flow(
                  (server, exchange) -> {
                    String origin = exchange.getRequestHeaders().getFirst("Origin");
                    // Both requests with an origin take longer together than the rule can wait.
                    MutantServer.pause(
                        origin == null
                            ? 0
                            : Math.min(600, (long) origin.length() * origin.length() / 5_000));
                    server.proceed(exchange);
                  })),
          mutant(
              "INJECTS",
              "decodes an origin before it writes it",
              "gateways; CVE-2024-1681 of flask-cors, in its log",
              "RO07",
              response(
                  call -> {
                    for (String line : OriginMutants.decoded(call.origin()).split("\\R")) {
                      if (line.matches("[\\w-]+: .*")) {
                        call.set(
                            line.substring(0, line.indexOf(':')),
                            line.substring(line.indexOf(':') + 2));
                      }
                    }
                  })),
          mutant(
              "ECHOES_ORIGINS_UNDER_STAR",
              "sends back what is not an origin where anybody may read",
              "Spring, Tomcat, Quarkus, koa",
              "RO15",
              response(
                  call -> {
                    if (call.get("Access-Control-Allow-Origin").equals("*")
                        && !call.origin().matches("[a-z-]+://[^ ,]+|null|")) {
                      call.set("Access-Control-Allow-Origin", call.origin());
                    }
                  })),
          mutant(
              "CONTROL_BYTES",
              "leaves a tab in a value",
              "configuration files with tabs",
              "RO16",
              response(
                  call -> {
                    if (call.allowed()
                        && call.has("Access-Control-Allow-Origin")
                        && !call.preflight()) {
                      call.set("Access-Control-Expose-Headers", "X-Tck-Exposed,\tX-Other");
                    }
                  })),
          mutant(
              "CLOSES_AFTER_GARBAGE",
              "does not serve a client that has sent garbage",
              "state that a failure leaves behind",
              "RO17",
              flow(
                  (server, exchange) -> {
                    Object connection = exchange.getRemoteAddress();
                    boolean garbage = isGarbage(server.header(exchange, "Origin"));
                    if (garbage) {
                      server.state.put(connection, "bad");
                    }
                    server.failIf(server.state.containsKey(connection) && !garbage, exchange);
                  })),
          mutant(
              "FAILS_ON_METHODS",
              "fails on a method that it does not know",
              "enumerations of methods",
              "RO18",
              flow(
                  (server, exchange) ->
                      server.failIf(
                          !List.of(
                                  "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS",
                                  "TRACE", "CONNECT")
                              .contains(exchange.getRequestMethod()),
                          exchange))));

  private RobustnessMutants() {}

  private static boolean isGarbage(String origin) {
    return origin != null
        && !origin.equals("null")
        && !origin.isEmpty()
        && !OriginMutants.hasHost(origin.replace('_', '-'));
  }
}
