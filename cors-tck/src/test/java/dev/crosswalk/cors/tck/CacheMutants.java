package dev.crosswalk.cors.tck;

import static dev.crosswalk.cors.tck.Mutant.mutant;
import static dev.crosswalk.cors.tck.MutantServer.instead;
import static dev.crosswalk.cors.tck.MutantServer.response;

import java.util.List;
import java.util.Locale;

/** What goes wrong with Vary. */
final class CacheMutants {

  static final List<Mutant> ALL =
      List.of(
          mutant(
              "NO_VARY",
              "sends no Vary",
              "CXF, Pekko, flask-cors, aiohttp-cors",
              "CA01 CA02 CA03 CA05 CA08 NC04",
              response(call -> call.remove("Vary"))),
          mutant(
              "NO_VARY_FOR_REFUSED",
              "sends no Vary to a refused origin",
              "Tomcat, RESTEasy, Vert.x, Javalin, Micronaut, Armeria",
              "CA02 CA05 CA07 CA09",
              response(
                  call -> {
                    if (call.refused()) {
                      call.remove("Vary");
                    }
                  })),
          mutant(
              "NO_VARY_WITHOUT_ORIGIN",
              "sends no Vary where there is no Origin",
              "RESTEasy, CXF, Javalin, Micronaut, Quarkus, Armeria, Helidon",
              "NC04 CA06 CA05 CA09",
              response(
                  call -> {
                    if (call.origin().isEmpty()) {
                      call.remove("Vary");
                    }
                  })),
          mutant(
              "VARY_OVERWRITTEN",
              "puts its Vary instead of the application's",
              "Armeria, Netty before 4.2.17, Helidon, gin",
              "CA10 CA12 CA23",
              response(
                  call -> {
                    if (call.get("Vary").contains("Origin") && !call.preflight()) {
                      call.set("Vary", "Origin");
                    }
                  })),
          mutant(
              "VARY_YIELDS",
              "lets the application's Vary take the place of its own",
              "Tomcat, Spring, Jetty, Vert.x, Quarkus, Javalin",
              "CA10 CA23",
              response(
                  call -> {
                    String own = String.join(", ", call.reply.headers().lines("Vary"));
                    if (!own.isEmpty()) {
                      call.set("Vary", own);
                    }
                  })),
          mutant(
              "VARY_TAKEN_AWAY",
              "takes the application's Vary away where it has none itself",
              "setting to null",
              "CA11",
              response(
                  call -> {
                    if (!call.get("Vary").contains("Origin")) {
                      call.remove("Vary");
                    }
                  })),
          mutant(
              "VARY_FIRST_LINE",
              "merges the first line of Vary alone",
              "getHeader in servlets",
              "CA12",
              instead(
                  call -> {
                    List<String> lines = call.exchange.getResponseHeaders().get("Vary");
                    if (lines != null) {
                      call.set("Vary", lines.get(0));
                    }
                    call.writeDecision();
                  })),
          mutant(
              "VARY_TWICE",
              "adds to Vary what is there",
              "jub0bs/cors, rs/cors, django-cors-headers",
              "CA13",
              response(
                  call -> {
                    if (call.get("Vary").toLowerCase(Locale.ROOT).contains("origin")
                        && !call.preflight()) {
                      call.set("Vary", call.get("Vary") + ", Origin");
                    }
                  })),
          mutant(
              "VARY_STAR_SPOILED",
              "adds to a Vary of star",
              "most",
              "CA14",
              response(
                  call -> {
                    if (call.get("Vary").equals("*")) {
                      call.set("Vary", "*, Origin");
                    }
                  })),
          mutant(
              "VARY_IN_LINES",
              "sends Vary in several lines",
              "adding a line for each member",
              "CA22",
              response(
                  call -> {
                    if (call.get("Vary").equals("Origin")) {
                      call.add("Vary", "Accept-Encoding");
                    }
                  })),
          mutant(
              "NO_VARY_ON_ERRORS",
              "sends no Vary on errors",
              "Jetty's filter on 404, 500 and 401",
              "CA15 CA16 ER08 ER13 IN02",
              response(
                  call -> {
                    if (call.status >= 400 && !call.preflight()) {
                      call.remove("Vary");
                    }
                  })),
          mutant(
              "NO_VARY_ON_304_AND_REDIRECTS",
              "sends no Vary on redirects and 304",
              "proxies",
              "CA17 CA18",
              response(
                  call -> {
                    if (call.status >= 300 && call.status < 400) {
                      call.remove("Vary");
                    }
                  })),
          mutant(
              "PREFLIGHT_VARIES_BY_ORIGIN_ALONE",
              "varies a preflight by Origin alone",
              "express",
              "CA19",
              response(
                  call -> {
                    if (call.preflight() && call.has("Vary")) {
                      call.set("Vary", "Origin");
                    }
                  })),
          mutant(
              "VARIES_WITHOUT_NEED",
              "varies by Origin where the answer is the same for all",
              "koa, Starlette, django-cors-headers, rs/cors, echo",
              "CA04 NC05 CA11",
              response(
                  call -> {
                    if (call.get("Access-Control-Allow-Origin").equals("*")) {
                      call.add("Vary", "Origin");
                    }
                  })),
          mutant(
              "PREFLIGHT_PUBLIC",
              "marks a preflight as cacheable for all",
              "filters for caching that come first",
              "CA20",
              response(
                  call -> {
                    if (call.preflight()) {
                      call.set("Cache-Control", "public, max-age=600");
                      call.remove("Vary");
                    }
                  })),
          mutant(
              "PUBLIC_WITH_CREDENTIALS",
              "marks a response with credentials as cacheable for all",
              "filters for caching that know no CORS",
              "CA21",
              response(
                  call -> {
                    call.set("Cache-Control", "public, max-age=600");
                    call.remove("Vary");
                  })));

  private CacheMutants() {}
}
