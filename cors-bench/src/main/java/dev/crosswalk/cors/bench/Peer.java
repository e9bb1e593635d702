package dev.crosswalk.cors.bench;

import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsPolicy;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.catalina.filters.CorsFilter;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.CrossOriginHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;

/**
 * Something that answers a scenario's request: reads it, decides, and writes the headers. Each is
 * configured to say the same, as far as it can.
 */
public enum Peer {
  CROSSWALK {
    @Override
    Handling handling(Scenario scenario, PlainRequest request, PlainResponse response) {
      CorsPolicy policy = scenario.policy();
      return () -> {
        CorsDecision decision = policy.decide(request, PlainRequest.READER);
        decision.writeTo(response, PlainResponse.WRITER);
        return decision instanceof CorsDecision.Respond respond ? respond.status() : 0;
      };
    }
  },

  FLOOR {
    @Override
    Handling handling(Scenario scenario, PlainRequest request, PlainResponse response) {
      Floor floor = new Floor(scenario);
      return () -> floor.handle(request, response);
    }
  },

  SPRING {
    @Override
    Handling handling(Scenario scenario, PlainRequest request, PlainResponse response) {
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
      Servlets.Request servletRequest = new Servlets.Request(request);
      Servlets.Response servletResponse = new Servlets.Response(response);
      return () ->
          processor.processRequest(configuration, servletRequest, servletResponse) ? 0 : 403;
    }
  },

  TOMCAT {
    @Override
    Handling handling(Scenario scenario, PlainRequest request, PlainResponse response)
        throws Exception {
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
      FilterChain chain = (rest, of) -> {};
      Servlets.Request servletRequest = new Servlets.Request(request);
      Servlets.Response servletResponse = new Servlets.Response(response);
      return () -> {
        filter.doFilter(servletRequest, servletResponse, chain);
        return servletResponse.getStatus();
      };
    }
  },

  JETTY {
    @Override
    Handling handling(Scenario scenario, PlainRequest request, PlainResponse response)
        throws Exception {
      CrossOriginHandler handler = new CrossOriginHandler();
      // Every allowed origin is a regular expression to this handler.
      Set<String> patterns =
          scenario.origins == Scenario.Origins.ANY
              ? Set.of("*")
              : scenario.origins.exact().stream().map(Pattern::quote).collect(Collectors.toSet());
      if (scenario.origins.hasPattern()) {
        patterns.add("https://([a-z0-9-]+\\.)+example\\.com");
      }
      handler.setAllowedOriginPatterns(patterns);
      handler.setAllowedMethods(Set.copyOf(Scenario.METHODS));
      handler.setAllowedHeaders(Set.copyOf(Scenario.REQUEST_HEADERS));
      handler.setExposedHeaders(Set.copyOf(Scenario.RESPONSE_HEADERS));
      handler.setPreflightMaxAge(Scenario.MAX_AGE);
      handler.setAllowCredentials(false);
      handler.setHandler(
          new Handler.Abstract() {
            @Override
            public boolean handle(Request rest, Response of, Callback callback) {
              return true;
            }
          });
      handler.start();
      HttpFields.Mutable requestFields = HttpFields.build();
      request.headers().forEach(requestFields::add);
      HttpFields fields = requestFields.asImmutable();
      Request jettyRequest =
          new Request.Wrapper(Servlets.nothing(Request.class)) {
            @Override
            public String getMethod() {
              return request.method();
            }

            @Override
            public HttpFields getHeaders() {
              return fields;
            }
          };
      HttpFields.Mutable responseFields = HttpFields.build();
      Response jettyResponse =
          new Response.Wrapper(jettyRequest, Servlets.nothing(Response.class)) {
            @Override
            public HttpFields.Mutable getHeaders() {
              return responseFields;
            }

            @Override
            public void setStatus(int code) {}

            @Override
            public void write(
                boolean last, java.nio.@Nullable ByteBuffer content, Callback callback) {
              callback.succeeded();
            }
          };
      return new Handling() {
        @Override
        public int handle() throws Exception {
          responseFields.clear();
          return handler.handle(jettyRequest, jettyResponse, Callback.NOOP) ? 1 : 0;
        }

        @Override
        public @Nullable String header(String name) {
          return responseFields.get(name);
        }
      };
    }
  };

  /** Answers one request. */
  interface Handling {
    int handle() throws Exception;

    /** Returns a header of the last answer, where it is not in the plain response. */
    default @Nullable String header(String name) {
      return null;
    }
  }

  /** A header of the answer to a scenario's request. */
  @Nullable String answer(Scenario scenario, String name) throws Exception {
    PlainResponse response = new PlainResponse();
    Handling handling = handling(scenario, scenario.request(), response);
    handling.handle();
    String header = handling.header(name);
    return header == null ? response.get(name) : header;
  }

  abstract Handling handling(Scenario scenario, PlainRequest request, PlainResponse response)
      throws Exception;

  /** Whether this peer can say what the scenario's policy says, in a time that one can wait for. */
  boolean canMeasure(Scenario scenario) {
    return this != TOMCAT || !scenario.origins.hasPattern();
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
