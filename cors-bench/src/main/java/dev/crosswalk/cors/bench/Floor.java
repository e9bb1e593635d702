package dev.crosswalk.cors.bench;

import java.util.HashSet;
import java.util.Set;

/**
 * The least that anybody could do: read the headers that are needed, look the origin up once, set
 * the headers that must be set. It knows no pattern, checks neither method nor names, and takes
 * nothing away that an application wrote. It is no CORS implementation.
 */
final class Floor {

  private final boolean any;
  private final boolean constant;
  private final String single;
  private final Set<String> origins;

  Floor(Scenario scenario) {
    any = scenario.origins == Scenario.Origins.ANY;
    origins = new HashSet<>(scenario.origins.exact());
    if (scenario.origins.hasPattern()) {
      origins.add("https://app.example.com");
    }
    constant = any || origins.size() == 1;
    single = any ? "*" : origins.iterator().next();
  }

  int handle(PlainRequest request, PlainResponse response) {
    String origin = PlainRequest.READER.header(request, "Origin");
    if (origin == null) {
      if (constant) {
        share(response, single);
      } else {
        PlainResponse.WRITER.set(response, "Vary", "Origin");
      }
      return 0;
    }
    String method =
        PlainRequest.READER.method(request).equals("OPTIONS")
            ? PlainRequest.READER.header(request, "Access-Control-Request-Method")
            : null;
    boolean allowed = any || origins.contains(origin);
    if (method == null) {
      if (constant) {
        share(response, single);
      } else {
        if (allowed) {
          share(response, origin);
        }
        PlainResponse.WRITER.set(response, "Vary", "Origin");
      }
      return 0;
    }
    String names = PlainRequest.READER.header(request, "Access-Control-Request-Headers");
    if (names == null || !allowed) {
      if (constant) {
        PlainResponse.WRITER.set(response, "Access-Control-Allow-Origin", single);
      }
      PlainResponse.WRITER.set(response, "Vary", "Origin");
      return 403;
    }
    PlainResponse.WRITER.set(response, "Access-Control-Allow-Origin", any ? "*" : origin);
    PlainResponse.WRITER.set(response, "Access-Control-Allow-Methods", "GET, POST, PUT, DELETE");
    PlainResponse.WRITER.set(
        response, "Access-Control-Allow-Headers", "authorization, content-type");
    PlainResponse.WRITER.set(response, "Access-Control-Max-Age", "30");
    PlainResponse.WRITER.set(response, "Vary", "Origin");
    return 204;
  }

  private static void share(PlainResponse response, String origin) {
    PlainResponse.WRITER.set(response, "Access-Control-Allow-Origin", origin);
    PlainResponse.WRITER.set(response, "Access-Control-Expose-Headers", "x-request-id");
  }
}
