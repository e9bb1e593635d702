package dev.crosswalk.cors.bench;

/** A framework with an adapter. None of its classes is loaded before its server starts. */
enum Framework {
  JAVALIN("Javalin") {
    @Override
    int start(Mode mode) {
      return JavalinServer.start(mode);
    }
  },
  MICRONAUT("Micronaut") {
    @Override
    int start(Mode mode) {
      return MicronautServer.start(mode);
    }
  },
  RESTEASY("RESTEasy") {
    @Override
    int start(Mode mode) {
      return ResteasyServer.start(mode);
    }
  },
  VERTX("Vert.x") {
    @Override
    int start(Mode mode) {
      return VertxServer.start(mode);
    }
  };

  private final String title;

  Framework(String title) {
    this.title = title;
  }

  /** Starts the server at 127.0.0.1; returns its port. */
  abstract int start(Mode mode);

  @Override
  public String toString() {
    return title;
  }
}
