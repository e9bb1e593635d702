package dev.crosswalk.cors.bench.quarkus;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** The constant headers that Crosswalk would set, for one origin that is known. */
@Singleton
public class ByHand {

  private static final String ORIGIN = "https://app5.example.com";

  void register(@Observes Filters filters) {
    if (Boolean.getBoolean("bench.by-hand")) {
      filters.register(ByHand::write, 10_000);
    }
  }

  private static void write(RoutingContext context) {
    HttpServerRequest request = context.request();
    HttpServerResponse response = context.response();
    boolean allowed = ORIGIN.equals(request.getHeader("Origin"));
    if (allowed) {
      response.putHeader("Access-Control-Allow-Origin", ORIGIN);
    }
    if (allowed
        && request.method() == HttpMethod.OPTIONS
        && request.getHeader("Access-Control-Request-Method") != null) {
      response
          .putHeader("Access-Control-Allow-Methods", "GET,POST,PUT")
          .putHeader("Access-Control-Allow-Headers", "authorization,content-type")
          .putHeader("Access-Control-Max-Age", "1800")
          .putHeader(
              "Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers")
          .setStatusCode(204)
          .end();
    } else {
      response.putHeader("Vary", "Origin");
      context.next();
    }
  }
}
