package dev.crosswalk.cors.tck;

import static dev.crosswalk.cors.tck.Mutant.mutant;
import static dev.crosswalk.cors.tck.MutantServer.instead;
import static dev.crosswalk.cors.tck.MutantServer.response;

import dev.crosswalk.cors.tck.TestApplication.Behavior;
import java.util.List;

/** What goes wrong on errors, redirects and streams. */
final class ErrorMutants {

  static final List<Mutant> ALL =
      List.of(
          mutant(
              "ONLY_ON_SUCCESS",
              "sends its headers on success alone",
              "nginx's add_header without always",
              "ER01 ER02 ER03 ER04 ER05 ER06 ER07 ER08 ER09 ER10 ER12 ER13 ER14 ER16 RD01 RD06 IN02 BR10 GU29",
              response(
                  call -> {
                    if (call.status >= 300) {
                      call.removeCors();
                    }
                  })),
          mutant(
              "ERRORS_OPEN",
              "lets everybody read errors",
              "error pages with a star of their own",
              "ER11 IN03 ER08",
              response(
                  call -> {
                    if (call.status >= 400 && !call.preflight()) {
                      call.set("Access-Control-Allow-Origin", "*");
                    }
                  })),
          mutant(
              "LOST_ON_EXCEPTION",
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
          mutant(
              "LOST_BY_ROUTER",
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
          mutant(
              "LOST_WITHOUT_CONTENT",
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
          mutant(
              "LOST_ON_REDIRECT",
              "loses its headers on redirects",
              "sendRedirect, which resets",
              "RD01 RD02 RD03 RD04 RD05 RD06 RD07",
              response(
                  call -> {
                    if (call.status > 300 && call.status < 400) {
                      call.removeCors();
                    }
                  })),
          mutant(
              "USER_IN_LOCATION",
              "repeats a user in a redirect",
              "absolute URLs made of the request",
              "RD10 RD06",
              response(
                  call -> {
                    if (call.has("Location")) {
                      call.set(
                          "Location", "http://user:secret@" + call.request("Host") + "/resource");
                    }
                  })),
          mutant(
              "LOGIN",
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
          mutant(
              "STAR_NOT_FOR_NULL",
              "refuses requests that come by a redirect",
              "lists of known origins behind a star",
              "RD09",
              response(
                  call -> {
                    if (call.origin().equals("null")
                        && call.get("Access-Control-Allow-Origin").equals("*")) {
                      call.removeCors();
                    }
                  })),
          mutant(
              "LATE",
              "writes its headers when the handler returns",
              "after-filters",
              "ST01 ST02 ST03 ST04 ST06 BR15 CA23",
              response(
                  call -> {
                    if (call.server.leadsTo(
                        call.exchange, Behavior.STREAM, Behavior.EVENTS, Behavior.ASYNC)) {
                      call.removeCors();
                      call.remove("Vary");
                    }
                  })),
          mutant(
              "STREAMS_OPEN",
              "lets everybody read streams",
              "EventSource helpers with a star of their own",
              "ST05",
              response(
                  call -> {
                    if (call.server.leadsTo(call.exchange, Behavior.STREAM, Behavior.EVENTS)) {
                      call.set("Access-Control-Allow-Origin", "*");
                    }
                  })),
          mutant(
              "CUTS_STREAMS",
              "cuts streams short",
              "wrappers that buffer",
              "ST02 ST03",
              response(
                  call -> {
                    if (call.streamed) {
                      call.chunks = call.chunks.subList(0, 2);
                    }
                  })));

  private ErrorMutants() {}
}
