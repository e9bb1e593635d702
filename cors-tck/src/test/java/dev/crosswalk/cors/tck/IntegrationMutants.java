package dev.crosswalk.cors.tck;

import static dev.crosswalk.cors.tck.Mutant.mutant;
import static dev.crosswalk.cors.tck.MutantServer.flow;
import static dev.crosswalk.cors.tck.MutantServer.response;

import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.tck.TestApplication.Behavior;
import java.util.List;

/** What goes wrong among the other parts of a server. */
final class IntegrationMutants {

  static final List<Mutant> ALL =
      List.of(
          mutant(
              "AFTER_AUTHENTICATION",
              "answers preflights after authentication",
              "Javalin, RESTEasy, Jetty's filter, Spring Security",
              "IN01 BR10",
              flow(
                  (server, exchange) -> {
                    if (exchange.getRequestMethod().equals("OPTIONS")
                        && server.leadsTo(exchange, Behavior.PROTECTED)) {
                      server.answer(exchange, 401);
                    } else {
                      server.proceed(exchange);
                    }
                  })),
          mutant(
              "AFTER_ROUTING",
              "answers preflights after routing",
              "JAX-RS filters that are not pre-matching",
              "IN06 IN07",
              flow(
                  (server, exchange) -> {
                    if (exchange.getRequestMethod().equals("OPTIONS")
                        && server.route(exchange).isEmpty()) {
                      server.answer(exchange, 405);
                    } else {
                      server.proceed(exchange);
                    }
                  })),
          mutant(
              "AUTHENTICATION_WITHOUT_HEADERS",
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
          mutant(
              "ALLOWED_ORIGINS_ARE_LET_IN",
              "skips authentication for allowed origins",
              "CORS taken for access control",
              "IN05",
              flow(
                  (server, exchange) -> {
                    if (server.leadsTo(exchange, Behavior.PROTECTED)
                        && server.decide(exchange).outcome() == CorsDecision.Outcome.ALLOWED) {
                      server.runHandlers(exchange.getRequestURI().getPath());
                    }
                    server.proceed(exchange);
                  })),
          mutant(
              "APPLICATION_WINS",
              "keeps the application's own headers",
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
          mutant(
              "CONNECTION_STATE",
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
          mutant(
              "SHARED_STATE",
              "keeps the origin in a field",
              "controllers and filters with fields",
              "IN13",
              response(
                  call -> {
                    if (call.allowed() && !call.get("Access-Control-Allow-Origin").equals("*")) {
                      call.server.state.put("origin", call.origin());
                      MutantServer.pause(2);
                      call.set("Access-Control-Allow-Origin", call.server.state.get("origin"));
                    }
                  })),
          mutant(
              "QUERY_IN_PATH",
              "compares paths with their query",
              "hand-written filters",
              "IN14",
              response(
                  call -> {
                    if (call.exchange.getRequestURI().getQuery() != null) {
                      call.removeCors();
                    }
                  })),
          mutant(
              "ODD_PATHS_OPEN",
              "falls back to any origin for paths that it does not know",
              "Helidon's defaults",
              "IN15",
              response(
                  call -> {
                    if (!call.exchange.getRequestURI().getRawPath().matches("(/[a-z0-9-]+)+")) {
                      call.set("Access-Control-Allow-Origin", "*");
                    }
                  })),
          mutant(
              "READS_THE_BODY",
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
          mutant(
              "CHANGES_CONTENT",
              "changes the application's response",
              "wrappers",
              "IN18 ST01",
              response(
                  call -> {
                    if (call.status == 200 && !call.chunks.isEmpty()) {
                      call.chunks = List.of("hullo");
                    }
                  })),
          mutant(
              "MIXES_DECISIONS",
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
          mutant(
              "PREFLIGHT_SHOWS_CONTENT",
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
          mutant(
              "EVERYBODY_IS_SERVED_NOTHING",
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
          mutant(
              "STAR_FOR_CREDENTIALS",
              "sends the origin back with credentials where anybody may read",
              "Spring's patterns, Vert.x, Micronaut 4",
              "BR03 CR13 OR13",
              response(
                  call -> {
                    if (call.get("Access-Control-Allow-Origin").equals("*")
                        && !call.origin().isEmpty()) {
                      call.set("Access-Control-Allow-Origin", call.origin());
                      call.set("Access-Control-Allow-Credentials", "true");
                    }
                  })));

  private IntegrationMutants() {}
}
