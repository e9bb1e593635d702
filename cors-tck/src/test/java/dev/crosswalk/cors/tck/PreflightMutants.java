package dev.crosswalk.cors.tck;

import static dev.crosswalk.cors.tck.Mutant.mutant;
import static dev.crosswalk.cors.tck.MutantServer.flow;
import static dev.crosswalk.cors.tck.MutantServer.response;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What goes wrong in the answer to a preflight. */
final class PreflightMutants {

  static final List<Mutant> ALL =
      List.of(
          mutant(
              "PREFLIGHT_200_WITH_BODY",
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
          mutant(
              "PREFLIGHT_500",
              "fails on every preflight",
              "aiohttp-cors on unknown paths",
              "PF01 PF02 PF25",
              response(call -> call.status = call.preflight() ? 500 : call.status)),
          mutant(
              "PREFLIGHT_REDIRECTED",
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
          mutant(
              "REFUSED_PREFLIGHT_LEAKS",
              "tells a refused origin the lists",
              "express, fastify, hono, Starlette, fiber",
              "PF06 MA05",
              response(
                  call -> {
                    if (call.preflight()
                        && call.refused()
                        && !call.has("Access-Control-Allow-Origin")) {
                      call.setFrom("allowed-methods", "Access-Control-Allow-Methods");
                      call.setFrom("allowed-request-headers", "Access-Control-Allow-Headers");
                      call.set("Access-Control-Max-Age", "600");
                      call.status = 204;
                    }
                  })),
          mutant(
              "REFUSED_METHOD_403",
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
          mutant(
              "REFUSED_HEADER_403",
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
          mutant(
              "ONLY_WHAT_IS_ASKED",
              "lists only what was asked for",
              "Spring",
              "PF13",
              response(
                  call -> {
                    if (call.preflight() && call.allowed()) {
                      call.set(
                          "Access-Control-Allow-Methods",
                          call.request("Access-Control-Request-Method"));
                    }
                  })),
          mutant(
              "EXPOSES_ON_PREFLIGHT",
              "exposes headers on preflights",
              "Tomcat, Spring, Javalin, Micronaut, Quarkus",
              "PF14",
              response(
                  call -> {
                    if (call.preflight() && call.allowed()) {
                      call.setFrom("exposed-response-headers", "Access-Control-Expose-Headers");
                    }
                  })),
          mutant(
              "LISTS_ON_ACTUAL",
              "sends the lists on actual responses",
              "Armeria, Quarkus, Hadoop",
              "PF15 CL10 NC07",
              response(
                  call -> {
                    if (!call.preflight() && call.has("Access-Control-Allow-Origin")) {
                      call.setFrom("allowed-methods", "Access-Control-Allow-Methods");
                      call.setFrom("allowed-request-headers", "Access-Control-Allow-Headers");
                    }
                  })),
          mutant(
              "NEEDS_REQUEST_HEADERS",
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
          mutant(
              "EMPTY_REQUEST_HEADERS",
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
          mutant(
              "SAFELISTED_METHODS_NEED_LISTING",
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
          mutant(
              "NEGOTIATES",
              "negotiates content before it answers a preflight",
              "JAX-RS without a pre-matching filter",
              "PF19",
              response(
                  call -> {
                    String accept = call.request("Accept");
                    if (call.preflight()
                        && !accept.isEmpty()
                        && !accept.matches(".*([*]/[*]|text/(plain|[*])).*")) {
                      call.removeCors();
                      call.status = 406;
                    }
                  })),
          mutant(
              "FETCH_METADATA",
              "refuses a preflight for being cross-site",
              "resource isolation that comes too early",
              "PF18",
              response(
                  call -> {
                    if (call.preflight() && call.request("Sec-Fetch-Site").equals("cross-site")) {
                      call.status = 403;
                    }
                  })),
          mutant(
              "PRIVATE_NETWORK",
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
          mutant(
              "NO_ORDER",
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
          mutant(
              "EMPTY_HEADERS",
              "sends headers without a value",
              "Armeria, Netty, CXF, Javalin",
              "PF22 EX09",
              response(
                  call -> {
                    String name =
                        call.preflight()
                            ? "Access-Control-Allow-Headers"
                            : "Access-Control-Expose-Headers";
                    if (call.allowed() && !call.has(name)) {
                      call.set(name, "");
                    }
                  })),
          mutant(
              "PREFLIGHT_BY_ANOTHER_POLICY",
              "asks another policy on preflights than on actual requests",
              "Keycloak, gateways",
              "PF23 PF05",
              response(
                  call -> {
                    if (call.preflight()
                        && call.refused()
                        && !call.has("Access-Control-Allow-Origin")) {
                      call.set("Access-Control-Allow-Origin", call.origin());
                      call.setFrom("allow-credentials", "Access-Control-Allow-Credentials");
                      call.setFrom("allowed-methods", "Access-Control-Allow-Methods");
                      call.setFrom("allowed-request-headers", "Access-Control-Allow-Headers");
                      call.status = 204;
                    }
                  })),
          mutant(
              "BODY_OF_PREFLIGHT",
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
                  })));

  private PreflightMutants() {}
}
