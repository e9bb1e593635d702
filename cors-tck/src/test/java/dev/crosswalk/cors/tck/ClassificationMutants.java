package dev.crosswalk.cors.tck;

import static dev.crosswalk.cors.tck.Mutant.mutant;
import static dev.crosswalk.cors.tck.MutantServer.flow;
import static dev.crosswalk.cors.tck.MutantServer.response;

import dev.crosswalk.cors.CorsDecision;
import java.util.List;

/** What goes wrong in telling preflights from other requests. */
final class ClassificationMutants {

  static final List<Mutant> ALL =
      List.of(
          mutant(
              "REFUSES_ACTUAL",
              "answers 403 to an actual request of an origin that is not allowed",
              "Spring, Tomcat, gin, RESTEasy, Vert.x, Jooby",
              "CL01 CL02 CL03 CL04 OR04",
              response(
                  call -> call.status = !call.preflight() && call.refused() ? 403 : call.status)),
          mutant(
              "REFUSES_ACTUAL_BEFORE_THE_HANDLER",
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
          mutant(
              "REFUSES_POST_ONLY",
              "answers 403 to a POST of the server's own page",
              "Jooby, Pekko, Ktor behind a proxy",
              "CL01 CL03",
              flow(
                  (server, exchange) -> {
                    String origin = server.header(exchange, "Origin");
                    if (exchange.getRequestMethod().equals("POST")
                        && origin != null
                        && origin.endsWith("://" + exchange.getRequestHeaders().getFirst("Host"))) {
                      server.answer(exchange, 403);
                    } else {
                      server.proceed(exchange);
                    }
                  })),
          mutant(
              "NEEDS_AN_ORIGIN",
              "refuses requests without an origin",
              "hand-written filters",
              "NC01 NC02",
              flow(
                  (server, exchange) -> {
                    if (server.header(exchange, "Origin") == null) {
                      server.answer(exchange, 403);
                    } else {
                      server.proceed(exchange);
                    }
                  })),
          mutant(
              "FAILS_WITHOUT_ORIGIN",
              "fails where there is no Origin",
              "a null that is used",
              "NC10 RO09",
              flow(
                  (server, exchange) ->
                      server.failIf(server.header(exchange, "Origin") == null, exchange))),
          mutant(
              "GRANTS_WITHOUT_ORIGIN",
              "grants the first origin where there is none",
              "flask-cors",
              "NC03 IN09 OR20",
              response(
                  call -> {
                    if (call.origin().isEmpty() && !call.server.origins().isEmpty()) {
                      call.set("Access-Control-Allow-Origin", call.server.origins().get(0));
                    }
                  })),
          mutant(
              "SWALLOWS_OPTIONS",
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
          mutant(
              "SWALLOWS_OPTIONS_WITH_ORIGIN",
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
          mutant(
              "EMPTY_METHOD_IS_A_METHOD",
              "takes OPTIONS with an empty requested method for a preflight",
              "express, hono",
              "CL09",
              flow(
                  (server, exchange) -> {
                    if (""
                        .equals(
                            exchange
                                .getRequestHeaders()
                                .getFirst("Access-Control-Request-Method"))) {
                      server.answer(exchange, 204);
                    } else {
                      server.proceed(exchange);
                    }
                  })),
          mutant(
              "GET_IS_A_PREFLIGHT",
              "takes any method with a requested method for a preflight",
              "hand-written filters",
              "CL10",
              flow(
                  (server, exchange) -> {
                    if (exchange.getRequestMethod().equals("GET")
                        && exchange
                            .getRequestHeaders()
                            .containsKey("Access-Control-Request-Method")) {
                      server.answer(exchange, 204);
                    } else {
                      server.proceed(exchange);
                    }
                  })),
          mutant(
              "LOWER_CASE_OPTIONS",
              "compares OPTIONS in any case",
              "ASP.NET Core",
              "CL11",
              response(
                  call -> {
                    if (call.exchange.getRequestMethod().equalsIgnoreCase("OPTIONS")
                        && !call.request("Access-Control-Request-Method").isEmpty()) {
                      call.setFrom("allowed-methods", "Access-Control-Allow-Methods");
                    }
                  })),
          mutant(
              "OPTIONS_NOT_SHARED",
              "sends no headers on OPTIONS that is not a preflight",
              "koa",
              "CL07",
              response(
                  call -> {
                    if (call.exchange.getRequestMethod().equals("OPTIONS") && !call.preflight()) {
                      call.removeCors();
                    }
                  })),
          mutant(
              "OPTIONS_OPEN",
              "lets everybody read OPTIONS",
              "framework's own OPTIONS",
              "CL13",
              response(
                  call -> {
                    if (call.exchange.getRequestMethod().equals("OPTIONS")
                        && call.origin().isEmpty()) {
                      call.set("Access-Control-Allow-Origin", "*");
                    }
                  })),
          mutant(
              "HANDLER_SEES_PREFLIGHT",
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
          mutant(
              "CHECKS_ACTUAL_METHOD",
              "refuses an actual request whose method is not listed",
              "Spring, Tomcat",
              "CL14",
              flow(
                  (server, exchange) -> {
                    String method = exchange.getRequestMethod();
                    if (server.header(exchange, "Origin") != null
                        && !List.of("GET", "HEAD", "POST", "OPTIONS").contains(method)
                        && !server.setting("allowed-methods").contains(method)) {
                      server.answer(exchange, 403);
                    } else {
                      server.proceed(exchange);
                    }
                  })));

  private ClassificationMutants() {}
}
