package dev.crosswalk.examples.launcher;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.examples.micronaut.NotesServer;
import io.javalin.Javalin;
import io.micronaut.runtime.server.EmbeddedServer;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import jakarta.ws.rs.SeBootstrap;

/**
 * One of the four services, each named for its framework. Spring Boot's and Quarkus' are not among
 * them: on one class path Micronaut would read the {@code application.yml} of the former, and
 * Quarkus builds its application itself. They start alone.
 */
enum Example {
  JAX_RS("JAX-RS") {
    @Override
    Running start(int port, Cors cors) {
      SeBootstrap.Instance server = dev.crosswalk.examples.jaxrs.NotesServer.start(port, cors);
      return new Running(
          this, server.configuration().port(), () -> server.stop().toCompletableFuture().join());
    }
  },
  JAVALIN("Javalin") {
    @Override
    Running start(int port, Cors cors) {
      Javalin server = dev.crosswalk.examples.javalin.NotesServer.start(port, cors);
      return new Running(this, server.port(), server::stop);
    }
  },
  MICRONAUT("Micronaut") {
    @Override
    Running start(int port, Cors cors) {
      EmbeddedServer server = NotesServer.start(port, cors);
      return new Running(this, server.getPort(), server::stop);
    }
  },
  VERT_X("Vert.x") {
    @Override
    Running start(int port, Cors cors) {
      Vertx vertx = Vertx.vertx();
      HttpServer server = dev.crosswalk.examples.vertx.NotesServer.start(vertx, port, cors).await();
      return new Running(this, server.actualPort(), () -> vertx.close().await());
    }
  };

  private final String framework;

  Example(String framework) {
    this.framework = framework;
  }

  /** Starts the service; port 0 takes any that is free. */
  abstract Running start(int port, Cors cors);

  @Override
  public String toString() {
    return framework;
  }

  /** A service that runs. */
  record Running(Example example, int port, Runnable stop) implements AutoCloseable {

    String url(String path) {
      return "http://localhost:" + port + path;
    }

    @Override
    public void close() {
      stop.run();
    }
  }
}
