package dev.crosswalk.cors.tck;

import static dev.crosswalk.cors.tck.Mutant.mutant;
import static dev.crosswalk.cors.tck.MutantServer.alsoGrants;
import static dev.crosswalk.cors.tck.MutantServer.normalizes;
import static dev.crosswalk.cors.tck.MutantServer.refuses;
import static dev.crosswalk.cors.tck.MutantServer.response;
import static dev.crosswalk.cors.tck.OriginMutants.scheme;

import dev.crosswalk.cors.CorsPolicy;
import java.util.List;

/** What goes wrong with null, and where everybody may read. */
final class NullMutants {

  static final List<Mutant> ALL =
      List.of(
          mutant(
              "NULL_IS_ALLOWED",
              "allows null to everybody",
              "Spring, Jetty, Vert.x, Micronaut 4, Quarkus, Netty under a wildcard",
              "NU01 NU02 NU03 PF27 BR12 RD08",
              alsoGrants((configured, origin) -> origin.equals("null"))),
          mutant(
              "NULL_FOR_REFUSED",
              "writes null where the origin is refused",
              "hand-written filters; once advised by a W3C draft",
              "NU09",
              response(
                  call -> {
                    if (call.refused()) {
                      call.set("Access-Control-Allow-Origin", "null");
                    }
                  })),
          mutant(
              "NULL_ECHOED_UNDER_STAR",
              "sends null back where anybody may read",
              "flask-cors, aiohttp-cors",
              "NU04 OR13",
              response(
                  call -> {
                    if (call.origin().equals("null")
                        && call.get("Access-Control-Allow-Origin").equals("*")) {
                      call.set("Access-Control-Allow-Origin", "null");
                    }
                  })),
          mutant(
              "NULL_NEVER",
              "refuses null though it is allowed",
              "whatever parses first",
              "NU05",
              refuses((configured, origin) -> scheme(origin).isEmpty())),
          mutant(
              "NULL_WITH_CREDENTIALS",
              "allows null with credentials",
              "Netty's allowNullOrigin",
              "NU06",
              response(
                  call -> {
                    if (call.get("Access-Control-Allow-Origin").equals("null")) {
                      call.set("Access-Control-Allow-Credentials", "true");
                    }
                  })),
          mutant(
              "NULL_IN_ANY_CASE",
              "takes NULL for null",
              "equalsIgnoreCase",
              "NU07",
              normalizes(o -> o.equalsIgnoreCase("null") ? "null" : o)),
          mutant(
              "NULL_OPENS",
              "allows everybody where null is allowed",
              "Netty before 4.2.17, short circuit",
              "NU08",
              response(
                  call -> {
                    if (call.refused() && call.server.origins().contains("null")) {
                      call.set("Access-Control-Allow-Origin", call.origin());
                    }
                  })),
          mutant(
              "STAR_ECHOED",
              "sends the origin back where anybody may read",
              "flask-cors, aiohttp-cors, Quarkus",
              "OR13 NC05 CA09",
              response(
                  call -> {
                    if (call.get("Access-Control-Allow-Origin").equals("*")) {
                      if (call.origin().isEmpty()) {
                        call.removeCors();
                      } else {
                        call.set("Access-Control-Allow-Origin", call.origin());
                      }
                    }
                  })),
          mutant(
              "STAR_ONLY_WHEN_ASKED",
              "sends the star with an Origin alone, and no Vary",
              "Tomcat, Vert.x, RESTEasy, Armeria, Ktor, CXF, Javalin",
              "NC05 CA09 ER17",
              response(
                  call -> {
                    if (call.origin().isEmpty()) {
                      call.removeCors();
                    }
                  })),
          mutant(
              "SINGLE_ONLY_WHEN_ASKED",
              "sends a single origin with an Origin alone, and no Vary",
              "Vert.x with one origin",
              "NC06 CA09",
              response(
                  call -> {
                    if (call.origin().isEmpty() && call.server.origins().size() == 1) {
                      call.removeCors();
                    }
                  })),
          mutant(
              "REFUSES_ODD_ORIGINS_UNDER_STAR",
              "parses origins where anybody may read, and refuses some",
              "Vert.x, Javalin, Ktor",
              "OR13 PF17 NU04",
              response(
                  call -> {
                    if (!call.origin().isEmpty() && !OriginMutants.hasHost(call.origin())) {
                      call.removeCors();
                    }
                  })),
          mutant(
              "NO_ONE_IS_ANYBODY",
              "takes an empty list for any origin",
              "Spring before 5.3, many others",
              "NC08 IN09",
              response(
                  call -> {
                    if (call.server.cors.equals(CorsPolicy.none())) {
                      call.set("Access-Control-Allow-Origin", "*");
                    }
                  })),
          mutant(
              "VARY_OF_NO_ONE",
              "varies by Origin where there is no policy",
              "Spring's Vary on every path",
              "NC09 CA11",
              response(
                  call -> {
                    if (!call.get("Vary").contains("Origin")) {
                      call.add("Vary", "Origin");
                    }
                  })));

  private NullMutants() {}
}
