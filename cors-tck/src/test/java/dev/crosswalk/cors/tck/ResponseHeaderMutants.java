package dev.crosswalk.cors.tck;

import static dev.crosswalk.cors.tck.Mutant.mutant;
import static dev.crosswalk.cors.tck.MutantServer.response;

import java.util.List;

/** What goes wrong with the max-age and the exposed headers. */
final class ResponseHeaderMutants {

  static final List<Mutant> ALL =
      List.of(
          mutant(
              "MAX_AGE_MINUS_ONE",
              "sends -1 for a max-age of 0",
              "http4s",
              "MA02",
              response(
                  call -> {
                    if (call.get("Access-Control-Max-Age").equals("0")) {
                      call.set("Access-Control-Max-Age", "-1");
                    }
                  })),
          mutant(
              "MAX_AGE_BY_DEFAULT",
              "sends a max-age that nobody has configured",
              "Starlette, django-cors-headers, rack-cors, Netty, Armeria",
              "MA03",
              response(
                  call -> {
                    if (call.preflight() && call.allowed() && !call.has("Access-Control-Max-Age")) {
                      call.set("Access-Control-Max-Age", "1800");
                    }
                  })),
          mutant(
              "MAX_AGE_WITH_A_UNIT",
              "sends a max-age with a unit",
              "durations as they are configured",
              "MA04 MA01",
              response(
                  call -> {
                    if (call.has("Access-Control-Max-Age")) {
                      call.set("Access-Control-Max-Age", call.get("Access-Control-Max-Age") + "s");
                    }
                  })),
          mutant(
              "NO_MAX_AGE",
              "sends no max-age",
              "hand-written filters",
              "MA01 MA02",
              response(call -> call.remove("Access-Control-Max-Age"))),
          mutant(
              "NOT_KEPT",
              "sends a max-age of 0 always",
              "debugging that stayed",
              "MA06 MA01",
              response(
                  call -> {
                    if (call.has("Access-Control-Max-Age")) {
                      call.set("Access-Control-Max-Age", "0");
                    }
                  })),
          mutant(
              "NOTHING_EXPOSED",
              "exposes nothing",
              "hand-written filters",
              "EX01 EX04 EX10 ST06 BR11",
              response(call -> call.remove("Access-Control-Expose-Headers"))),
          mutant(
              "ALL_EXPOSED",
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
          mutant(
              "EXPOSED_RUN_TOGETHER",
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
          mutant(
              "EXPOSED_MALFORMED",
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
          mutant(
              "STAR_EXPOSES_NOTHING",
              "exposes nothing where anything is exposed",
              "old lists of known names",
              "EX05",
              response(
                  call -> {
                    if (call.get("Access-Control-Expose-Headers").equals("*")) {
                      call.remove("Access-Control-Expose-Headers");
                    }
                  })),
          mutant(
              "EXPOSED_TO_REFUSED",
              "exposes names to refused origins",
              "express, fastify, hono, Starlette, fiber",
              "EX07 OR04",
              response(
                  call -> {
                    if (call.refused() && !call.preflight()) {
                      call.setFrom("exposed-response-headers", "Access-Control-Expose-Headers");
                    }
                  })),
          mutant(
              "EXPOSED_IN_LINES",
              "sends exposed names in several lines",
              "adding instead of setting",
              "EX11 OR05",
              response(
                  call -> {
                    if (call.has("Access-Control-Expose-Headers")) {
                      call.add("Access-Control-Expose-Headers", "X-More");
                    }
                  })),
          mutant(
              "NOT_EXPOSED_ON_ERRORS",
              "exposes nothing on errors",
              "error handlers of their own",
              "EX06",
              response(
                  call -> {
                    if (call.status >= 400) {
                      call.remove("Access-Control-Expose-Headers");
                    }
                  })));

  private ResponseHeaderMutants() {}
}
