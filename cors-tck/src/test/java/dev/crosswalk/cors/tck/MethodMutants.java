package dev.crosswalk.cors.tck;

import static dev.crosswalk.cors.tck.Mutant.mutant;
import static dev.crosswalk.cors.tck.MutantServer.response;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What goes wrong with the requested method. */
final class MethodMutants {

  static final List<Mutant> ALL =
      List.of(
          mutant(
              "ANY_METHOD",
              "allows whatever method is asked for",
              "Javalin, CXF",
              "ME02 ME03 ME18 BR06",
              response(
                  call -> {
                    if (call.preflight() && call.has("Access-Control-Allow-Origin")) {
                      call.set(
                          "Access-Control-Allow-Methods",
                          call.request("Access-Control-Request-Method"));
                    }
                  })),
          mutant(
              "UPPER_CASES_METHODS",
              "compares methods in any case, and sends back what was asked for",
              "flask-cors, aiohttp-cors, rack-cors, TTC, Jooby",
              "ME06 ME07 ME09",
              response(
                  call -> {
                    String asked = call.request("Access-Control-Request-Method");
                    List<String> known =
                        List.of(
                            call.get("Access-Control-Allow-Methods")
                                .toUpperCase(Locale.ROOT)
                                .split(", "));
                    if (call.preflight() && known.contains(asked.toUpperCase(Locale.ROOT))) {
                      call.set("Access-Control-Allow-Methods", asked);
                    }
                  })),
          mutant(
              "KNOWN_METHODS_ONLY",
              "knows the methods of its framework alone",
              "enumerations of methods",
              "ME08 ME15",
              response(
                  call -> {
                    String asked = call.request("Access-Control-Request-Method");
                    if (call.preflight()
                        && !List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
                            .contains(asked)) {
                      call.remove("Access-Control-Allow-Methods");
                    }
                  })),
          mutant(
              "NO_PATCH",
              "knows no method beyond those of its client",
              "HttpURLConnection's list of methods",
              "ME05 ME08",
              response(
                  call -> {
                    if (call.has("Access-Control-Allow-Methods")) {
                      call.set(
                          "Access-Control-Allow-Methods",
                          Stream.of(call.get("Access-Control-Allow-Methods").split(", "))
                              .filter(List.of("GET", "HEAD", "POST", "PUT", "DELETE")::contains)
                              .collect(Collectors.joining(", ")));
                    }
                  })),
          mutant(
              "MALFORMED_METHODS",
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
          mutant(
              "FORBIDDEN_METHODS",
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
          mutant(
              "ECHOES_METHOD",
              "sends back what is not a method",
              "Javalin, CXF",
              "ME12 ME13 ME14 RO10",
              response(
                  call -> {
                    if (call.preflight() && call.has("Access-Control-Allow-Origin")) {
                      call.set(
                          "Access-Control-Allow-Methods",
                          String.join(
                              ", ",
                              call.exchange
                                  .getRequestHeaders()
                                  .get("Access-Control-Request-Method")));
                    }
                  })),
          mutant(
              "ALLOW_INSTEAD",
              "sends Allow instead of the list of methods",
              "frameworks' own OPTIONS",
              "ME17 ME01",
              response(
                  call -> {
                    if (call.has("Access-Control-Allow-Methods")) {
                      call.set("Allow", call.get("Access-Control-Allow-Methods"));
                      call.remove("Access-Control-Allow-Methods");
                    }
                  })));

  private MethodMutants() {}
}
