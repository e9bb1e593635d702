package dev.crosswalk.cors.bench.server;

import org.springframework.boot.WebApplicationType;

/** A framework with an adapter. None of its classes is loaded before its server starts. */
public enum Framework {
  JAVALIN("Javalin") {
    @Override
    int start(Mode mode) throws Exception {
      return JavalinServer.start(mode);
    }
  },
  MICRONAUT("Micronaut") {
    @Override
    int start(Mode mode) throws Exception {
      return MicronautServer.start(mode);
    }
  },
  RESTEASY("RESTEasy") {
    @Override
    int start(Mode mode) throws Exception {
      return ResteasyServer.start(mode);
    }
  },
  JETTY("Jetty") {
    @Override
    int start(Mode mode) throws Exception {
      return JettyServer.start(mode);
    }
  },
  TOMCAT("Tomcat") {
    @Override
    int start(Mode mode) throws Exception {
      return TomcatServer.start(mode);
    }
  },
  MVC("Spring MVC") {
    @Override
    int start(Mode mode) throws Exception {
      return SpringServer.start(WebApplicationType.SERVLET, mode);
    }
  },
  WEBFLUX("Spring WebFlux") {
    @Override
    int start(Mode mode) throws Exception {
      return SpringServer.start(WebApplicationType.REACTIVE, mode);
    }
  },
  /** Built with the benchmarks' jar alone: profile {@code bench}. */
  QUARKUS("Quarkus") {
    @Override
    int start(Mode mode) throws Exception {
      return QuarkusServer.start(mode);
    }
  },
  VERTX("Vert.x") {
    @Override
    int start(Mode mode) throws Exception {
      return VertxServer.start(mode);
    }
  };

  private final String title;

  Framework(String title) {
    this.title = title;
  }

  /** Starts the server at 127.0.0.1; returns its port. */
  abstract int start(Mode mode) throws Exception;

  @Override
  public String toString() {
    return title;
  }
}
