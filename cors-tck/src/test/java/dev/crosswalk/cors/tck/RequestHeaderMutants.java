package dev.crosswalk.cors.tck;

import static dev.crosswalk.cors.tck.Mutant.mutant;
import static dev.crosswalk.cors.tck.MutantServer.flow;
import static dev.crosswalk.cors.tck.MutantServer.response;

import com.sun.net.httpserver.HttpExchange;
import dev.crosswalk.cors.tck.MutantServer.Step;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What goes wrong with the requested header names. */
final class RequestHeaderMutants {

  static final List<Mutant> ALL =
      List.of(
          mutant(
              "ANY_REQUEST_HEADER",
              "sends the requested names back",
              "Javalin, express, fastify",
              "RH02 RH04 RH05 RH13 RH18 RH19 RH20 RH23 RH26",
              response(
                  call -> {
                    List<String> lines =
                        call.exchange.getRequestHeaders().get("Access-Control-Request-Headers");
                    if (call.preflight()
                        && lines != null
                        && call.has("Access-Control-Allow-Origin")) {
                      call.set("Access-Control-Allow-Headers", String.join(", ", lines));
                    }
                  })),
          mutant(
              "FIRST_LINE",
              "reads the first line of request headers alone",
              "Javalin, Vert.x, Starlette, aiohttp-cors, actix",
              "RH11",
              new Step() {
                @Override
                String header(
                    MutantServer server, HttpExchange exchange, String name, String value) {
                  return name.equals("Access-Control-Request-Headers")
                      ? exchange.getRequestHeaders().getFirst(name)
                      : value;
                }
              }),
          mutant(
              "FIRST_NAME",
              "looks at the first requested name alone, and allows all",
              "hand-written filters",
              "RH12",
              response(
                  call -> {
                    List<String> asked = asked(call);
                    if (call.preflight()
                        && !asked.isEmpty()
                        && allowed(call).contains(lower(asked.get(0)))) {
                      call.set("Access-Control-Allow-Headers", String.join(", ", asked));
                    }
                  })),
          mutant(
              "LAST_NAME",
              "looks at the last requested name alone, and allows all",
              "a variable that a loop overwrites",
              "RH05",
              response(
                  call -> {
                    List<String> asked = asked(call);
                    if (call.preflight()
                        && !asked.isEmpty()
                        && allowed(call).contains(lower(asked.get(asked.size() - 1)))) {
                      call.set("Access-Control-Allow-Headers", String.join(", ", asked));
                    }
                  })),
          mutant(
              "CASE_OF_NAMES",
              "compares requested names in lower case alone",
              "jub0bs/cors, rs/cors",
              "RH06",
              names(n -> n.equals(n.toLowerCase(Locale.ROOT)))),
          mutant(
              "SORTED_NAMES",
              "asks for the names to be sorted",
              "jub0bs/cors, rs/cors",
              "RH07",
              names(n -> members(n).equals(members(n).stream().sorted().toList()))),
          mutant(
              "WHITE_SPACE",
              "knows no white space in the list",
              "jub0bs/cors, rs/cors beyond a byte",
              "RH08",
              names(n -> !n.contains(" ") && !n.contains("\t"))),
          mutant(
              "EMPTY_MEMBERS",
              "knows no empty members",
              "Starlette",
              "RH09",
              names(n -> n.isEmpty() || members(n).stream().noneMatch(String::isEmpty))),
          mutant(
              "DOUBLES",
              "asks for the names to be different",
              "jub0bs/cors, rs/cors",
              "RH10",
              names(
                  n ->
                      members(n).stream().filter(s -> !s.isEmpty()).distinct().count()
                          == members(n).stream().filter(s -> !s.isEmpty()).count())),
          mutant(
              "PARTS_OF_NAMES",
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
          mutant(
              "STAR_WITHOUT_AUTHORIZATION",
              "drops Authorization beside a star",
              "policies that know the star alone",
              "RH14 BR17",
              response(
                  call -> {
                    if (call.get("Access-Control-Allow-Headers").startsWith("*")) {
                      call.set("Access-Control-Allow-Headers", "*");
                    }
                  })),
          mutant(
              "STAR_COVERS_AUTHORIZATION",
              "lets a star cover Authorization",
              "express, fastify, koa, echo, ASP.NET Core",
              "RH15",
              response(
                  call -> {
                    if (call.preflight() && call.get("Access-Control-Allow-Methods").equals("*")) {
                      call.set("Access-Control-Allow-Headers", "*, authorization");
                    }
                  })),
          mutant(
              "NAMES_OF_LETTERS",
              "knows names of letters and hyphens alone",
              "hand-written patterns",
              "RH16 RH22",
              names(n -> n.matches("[A-Za-z, \t-]*"))),
          mutant(
              "NO_TRACING",
              "drops the requested headers that it takes for its own",
              "gateways",
              "RH21",
              names(
                  n ->
                      Collections.disjoint(
                          members(n),
                          List.of("traceparent", "tracestate", "baggage", "b3", "x-request-id")))),
          mutant(
              "NO_JSON",
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
          mutant(
              "NO_REQUEST_HEADERS",
              "sends no list of request headers",
              "hand-written filters",
              "RH01 PF01 PF13 RO13",
              response(call -> call.remove("Access-Control-Allow-Headers"))),
          mutant(
              "MALFORMED_NAMES",
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
          mutant(
              "SLOW_LISTS",
              "takes its time over a long list",
              "rs/cors before 1.11, chi",
              "RH24",
              flow(
                  (server, exchange) -> {
                    String names =
                        exchange.getRequestHeaders().getFirst("Access-Control-Request-Headers");
                    MutantServer.pause(names == null ? 0 : names.split(",", -1).length);
                    server.proceed(exchange);
                  })),
          mutant(
              "HUGE_LISTS",
              "sends a list of any length back where any name is allowed",
              "express, fastify, Micronaut",
              "RH25",
              response(
                  call -> {
                    if (call.preflight() && call.setting("allowed-request-headers").contains("*")) {
                      call.set("Access-Control-Allow-Headers", String.join(", ", asked(call)));
                    }
                  })),
          mutant(
              "FAILS_ON_LISTS",
              "fails on a list with a member that is not a name",
              "TTC, Jersey",
              "RO12",
              flow(
                  (server, exchange) -> {
                    String names =
                        exchange.getRequestHeaders().getFirst("Access-Control-Request-Headers");
                    server.failIf(
                        names != null
                            && !members(names).stream()
                                .allMatch(n -> n.matches("[\\w!#$%&'*+.^`|~-]+")),
                        exchange);
                  })));

  private RequestHeaderMutants() {}

  /** The requested names, of all lines. */
  private static List<String> asked(MutantServer.Call call) {
    List<String> lines = call.exchange.getRequestHeaders().get("Access-Control-Request-Headers");
    return lines == null ? List.of() : members(String.join(",", lines));
  }

  /** The names that the policy allows, in lower case. */
  private static List<String> allowed(MutantServer.Call call) {
    return call.server.setting("allowed-request-headers").stream()
        .map(RequestHeaderMutants::lower)
        .toList();
  }

  private static List<String> members(String list) {
    return Stream.of(list.split(",", -1)).map(String::strip).toList();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
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
}
