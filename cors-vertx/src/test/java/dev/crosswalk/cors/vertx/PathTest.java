package dev.crosswalk.cors.vertx;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.tck.PathTck;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.TestApplication;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Paths by Vert.x Web's router, and by its {@code StaticHandler}, which decodes them twice. */
class PathTest extends PathTck {

  /** StaticHandler itself fails at some targets, with a long line for each. */
  private static final Logger FAILURES = Logger.getLogger("io.vertx.ext.web.RoutingContext");

  static {
    FAILURES.setLevel(Level.OFF);
  }

  @Override
  protected ServerUnderTest start(Cors cors, TestApplication application, Path files)
      throws Exception {
    return CorsPolicyHandlerTckTest.start(
        cors,
        application,
        router ->
            router
                .route("/files/*")
                .handler(StaticHandler.create(FileSystemAccess.ROOT, files.toString())));
  }
}
