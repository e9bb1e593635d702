package dev.crosswalk.cors.bench.decision;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The least that anybody would write: read the headers that are needed, look the origin up once in
 * a hash table, set the headers that must be set. It knows no pattern, checks neither method nor
 * names, and removes nothing that an application wrote. It is not a CORS implementation.
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
      for (PlainRequest request : scenario.requests) {
        String origin = String.valueOf(request.origin());
        if (scenario.allows(origin)) {
          origins.add(origin);
        }
      }
    }
    constant = any || origins.size() == 1;
    single = any ? "*" : origins.iterator().next();
  }

  int handle(PlainRequest request, PlainResponse response) {
    String origin = PlainRequest.READER.header(request, "Origin");
    if (origin == null) {
      share(response, constant ? single : null);
      return 0;
    }
    String method =
        PlainRequest.READER.method(request).equals("OPTIONS")
            ? PlainRequest.READER.header(request, "Access-Control-Request-Method")
            : null;
    boolean allowed = any || origins.contains(origin);
    if (method == null) {
      share(response, constant ? single : allowed ? origin : null);
      return 0;
    }
    String names = PlainRequest.READER.header(request, "Access-Control-Request-Headers");
    PlainResponse.WRITER.set(
        response, "Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
    if (names == null || !allowed) {
      if (constant) {
        PlainResponse.WRITER.set(response, "Access-Control-Allow-Origin", single);
      }
      return 403;
    }
    PlainResponse.WRITER.set(response, "Access-Control-Allow-Origin", any ? "*" : origin);
    PlainResponse.WRITER.set(response, "Access-Control-Allow-Methods", "GET, POST, PUT, DELETE");
    PlainResponse.WRITER.set(
        response, "Access-Control-Allow-Headers", "authorization, content-type");
    PlainResponse.WRITER.set(response, "Access-Control-Max-Age", "30");
    return 204;
  }

  private void share(PlainResponse response, @Nullable String origin) {
    if (origin != null) {
      PlainResponse.WRITER.set(response, "Access-Control-Allow-Origin", origin);
      PlainResponse.WRITER.set(response, "Access-Control-Expose-Headers", "x-request-id");
    }
    if (!constant) {
      PlainResponse.WRITER.set(response, "Vary", "Origin");
    }
  }
}
