package dev.crosswalk.cors.bench.decision;

import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsPolicy;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.catalina.filters.CorsFilter;
import org.jspecify.annotations.Nullable;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;

/**
 * Something that answers a scenario's requests: reads them, decides, and writes the headers. Each
 * is configured to say the same, as far as it can.
 */
public enum Peer {
  CROSSWALK {
    @Override
    Handling handling(Scenario scenario, PlainResponse response) {
      CorsPolicy policy = scenario.policy();
      return request -> {
        CorsDecision decision = policy.decide((PlainRequest) request, PlainRequest.READER);
        decision.writeTo(response, PlainResponse.WRITER);
        return decision instanceof CorsDecision.Respond respond ? respond.status() : 0;
      };
    }
  },

  FLOOR {
    @Override
    Handling handling(Scenario scenario, PlainResponse response) {
      Floor floor = new Floor(scenario);
      return request -> floor.handle((PlainRequest) request, response);
    }
  },

  SPRING {
    @Override
    Handling handling(Scenario scenario, PlainResponse response) {
      CorsConfiguration configuration = new CorsConfiguration();
      if (scenario.origins == Scenario.Origins.ANY) {
        configuration.addAllowedOrigin("*");
      } else {
        configuration.setAllowedOrigins(scenario.origins.exact());
      }
      if (scenario.origins.hasPattern()) {
        configuration.addAllowedOriginPattern(Scenario.Origins.PATTERN);
      }
      configuration.setAllowedMethods(Scenario.METHODS);
      configuration.setAllowedHeaders(Scenario.REQUEST_HEADERS);
      configuration.setExposedHeaders(Scenario.RESPONSE_HEADERS);
      configuration.setMaxAge(Scenario.MAX_AGE);
      DefaultCorsProcessor processor = new DefaultCorsProcessor();
      Servlets.Response servletResponse = new Servlets.Response(response);
      return new Handling() {
        @Override
        public Object received(PlainRequest request) {
          return new Servlets.Request(request);
        }

        @Override
        public int handle(Object request) throws Exception {
          Servlets.Request servletRequest = (Servlets.Request) request;
          return processor.processRequest(configuration, servletRequest, servletResponse) ? 0 : 403;
        }
      };
    }
  },

  TOMCAT {
    @Override
    Handling handling(Scenario scenario, PlainResponse response) throws Exception {
      Map<String, String> settings =
          Map.of(
              CorsFilter.PARAM_CORS_ALLOWED_ORIGINS,
              scenario.origins == Scenario.Origins.ANY
                  ? "*"
                  : String.join(",", scenario.origins.exact()),
              CorsFilter.PARAM_CORS_ALLOWED_METHODS,
              String.join(",", Scenario.METHODS),
              CorsFilter.PARAM_CORS_ALLOWED_HEADERS,
              String.join(",", Scenario.REQUEST_HEADERS),
              CorsFilter.PARAM_CORS_EXPOSED_HEADERS,
              String.join(",", Scenario.RESPONSE_HEADERS),
              CorsFilter.PARAM_CORS_PREFLIGHT_MAXAGE,
              Long.toString(Scenario.MAX_AGE.toSeconds()),
              CorsFilter.PARAM_CORS_REQUEST_DECORATE,
              "false");
      CorsFilter filter = new CorsFilter();
      filter.init(new Settings(settings));
      boolean[] proceeds = new boolean[1];
      FilterChain chain = (request, of) -> proceeds[0] = true;
      Servlets.Response servletResponse = new Servlets.Response(response);
      return new Handling() {
        @Override
        public Object received(PlainRequest request) {
          return new Servlets.Request(request);
        }

        @Override
        public int handle(Object request) throws Exception {
          proceeds[0] = false;
          filter.doFilter((Servlets.Request) request, servletResponse, chain);
          return proceeds[0] ? 0 : servletResponse.getStatus();
        }
      };
    }

    /** It has no patterns. */
    @Override
    boolean canMeasure(Scenario scenario) {
      return !scenario.origins.hasPattern();
    }
  },

  JETTY {
    @Override
    Handling handling(Scenario scenario, PlainResponse response) throws Exception {
      return new JettyPeer(scenario);
    }
  },

  VERTX {
    @Override
    Handling handling(Scenario scenario, PlainResponse response) {
      return new VertxPeer(scenario, response);
    }
  };

  /** Answers one request after the other. */
  interface Handling {

    /** Returns a request as the peer gets it from its server. */
    default Object received(PlainRequest request) {
      return request;
    }

    /** Returns the status of the answer, or 0 if the application is to answer. */
    int handle(Object request) throws Exception;

    /** Returns a header of the last answer, where it is not in the plain response. */
    default @Nullable String header(String name) {
      return null;
    }
  }

  abstract Handling handling(Scenario scenario, PlainResponse response) throws Exception;

  /** Whether this peer can say what the scenario's policy says. */
  boolean canMeasure(Scenario scenario) {
    return true;
  }

  /**
   * Whether browsers and caches do with the answers what the policy says: an allowed origin is
   * granted and no other, the application answers what is not a preflight, and what depends on the
   * origin says so in {@code Vary}.
   */
  boolean isRight(Scenario scenario) throws Exception {
    PlainResponse response = new PlainResponse();
    Handling handling = handling(scenario, response);
    for (PlainRequest request : scenario.requests) {
      response.clear();
      int status = handling.handle(handling.received(request.again()));
      if (!isRight(scenario, request, status, handling, response)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isRight(
      Scenario scenario,
      PlainRequest request,
      int status,
      Handling handling,
      PlainResponse response) {
    String constant =
        switch (scenario.origins) {
          case ANY -> "*";
          case ONE -> scenario.origins.exact().get(0);
          default -> null;
        };
    String origin = request.origin();
    String granted = header("Access-Control-Allow-Origin", handling, response);
    String vary = String.valueOf(header("Vary", handling, response));
    boolean varies = List.of(vary.toLowerCase(Locale.ROOT).split(", *")).contains("origin");
    boolean preflight = request.requestedMethod() != null;
    if (!preflight && status != 0) {
      return false;
    }
    if (granted == null ? !varies : !granted.equals(constant) && !varies) {
      return false;
    }
    if (origin == null) {
      return granted == null || granted.equals(constant);
    }
    if (!scenario.allows(origin)) {
      return granted == null || granted.equals(constant);
    }
    boolean readable = origin.equals(granted) || "*".equals(granted) && constant != null;
    return readable && (!preflight || status == 200 || status == 204);
  }

  private static @Nullable String header(String name, Handling handling, PlainResponse response) {
    String header = handling.header(name);
    return header == null ? response.get(name) : header;
  }

  private record Settings(Map<String, String> values) implements FilterConfig {

    @Override
    public String getFilterName() {
      return "cors";
    }

    @Override
    public @Nullable ServletContext getServletContext() {
      return null;
    }

    @Override
    public @Nullable String getInitParameter(String name) {
      return values.get(name);
    }

    @Override
    public Enumeration<String> getInitParameterNames() {
      return Collections.enumeration(List.copyOf(values.keySet()));
    }
  }
}
