package dev.crosswalk.cors.tck;

import static dev.crosswalk.cors.tck.Mutant.mutant;
import static dev.crosswalk.cors.tck.MutantServer.response;

import java.util.List;

/** What goes wrong with credentials. */
final class CredentialsMutants {

  static final List<Mutant> ALL =
      List.of(
          mutant(
              "CREDENTIALS_FALSE",
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
          mutant(
              "CREDENTIALS_TITLE_CASE",
              "sends Access-Control-Allow-Credentials: True",
              "Python's str(True)",
              "CR01 CR02 CR09",
              response(
                  call -> {
                    if (call.has("Access-Control-Allow-Credentials")) {
                      call.set("Access-Control-Allow-Credentials", "True");
                    }
                  })),
          mutant(
              "CREDENTIALS_ALWAYS",
              "sends Access-Control-Allow-Credentials on every response",
              "express, fastify, hono, Tapir",
              "CR04 CR05 CR13 OR04 IN10",
              response(call -> call.set("Access-Control-Allow-Credentials", "true"))),
          mutant(
              "CREDENTIALS_NOT_ON_PREFLIGHTS",
              "leaves Access-Control-Allow-Credentials out of preflights",
              "hand-written filters",
              "CR02 PF01",
              response(
                  call -> {
                    if (call.preflight()) {
                      call.remove("Access-Control-Allow-Credentials");
                    }
                  })),
          mutant(
              "CREDENTIALS_WITH_A_COOKIE",
              "allows credentials if there is a cookie",
              "hand-written filters",
              "CR10 CR01",
              response(
                  call -> {
                    if (!call.exchange.getRequestHeaders().containsKey("Cookie")) {
                      call.remove("Access-Control-Allow-Credentials");
                    }
                  })),
          mutant(
              "CREDENTIALS_WITH_STAR",
              "sends a star with credentials",
              "gin, rs/cors, hand-written filters",
              "CR04",
              response(
                  call -> {
                    if (call.get("Access-Control-Allow-Origin").equals("*")) {
                      call.set("Access-Control-Allow-Credentials", "true");
                    }
                  })),
          mutant(
              "ONLY_WITH_CREDENTIALS",
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
          mutant(
              "STAR_METHODS_WITH_CREDENTIALS",
              "sends a star for the methods, with credentials",
              "Jetty, django-cors-headers",
              "CR06 ME16",
              response(
                  call -> {
                    if (call.preflight() && call.has("Access-Control-Allow-Methods")) {
                      call.set("Access-Control-Allow-Methods", "*");
                    }
                  })),
          mutant(
              "STAR_HEADERS_WITH_CREDENTIALS",
              "sends a star for the request headers, with credentials",
              "Jetty issue 15096",
              "CR07 RH16",
              response(
                  call -> {
                    if (call.preflight() && call.has("Access-Control-Allow-Headers")) {
                      call.set("Access-Control-Allow-Headers", "*");
                    }
                  })),
          mutant(
              "STAR_EXPOSED_WITH_CREDENTIALS",
              "exposes a star, with credentials",
              "Spring",
              "CR08 EX01",
              response(
                  call -> {
                    if (call.has("Access-Control-Expose-Headers")) {
                      call.set("Access-Control-Expose-Headers", "*");
                    }
                  })),
          mutant(
              "DROPS_COOKIES",
              "drops Set-Cookie",
              "whatever resets the response",
              "CR11",
              response(call -> call.remove("Set-Cookie"))),
          mutant(
              "PREFLIGHT_SETS_A_COOKIE",
              "starts a session on a preflight",
              "servlet filters behind a session filter",
              "CR12",
              response(
                  call -> {
                    if (call.preflight()) {
                      call.set("Set-Cookie", "session=1");
                    }
                  })));

  private CredentialsMutants() {}
}
