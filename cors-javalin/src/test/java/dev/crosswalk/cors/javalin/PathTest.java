package dev.crosswalk.cors.javalin;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.tck.PathTck;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.TestApplication;
import io.javalin.http.staticfiles.Location;
import java.nio.file.Path;

/** Paths by Javalin's router, and by its static files. */
class PathTest extends PathTck {

  @Override
  protected ServerUnderTest start(Cors cors, TestApplication application, Path files) {
    return new CorsPolicyPluginTckTest()
        .start(
            cors,
            application,
            config ->
                config.staticFiles.add(
                    served -> {
                      served.hostedPath = "/files";
                      served.directory = files.toString();
                      served.location = Location.EXTERNAL;
                    }));
  }
}
