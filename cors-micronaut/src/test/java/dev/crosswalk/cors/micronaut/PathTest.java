package dev.crosswalk.cors.micronaut;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.tck.PathTck;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.TestApplication;
import java.nio.file.Path;
import java.util.Map;

/** Paths by Micronaut's router, and by its static resources, which drop white space. */
class PathTest extends PathTck {

  @Override
  protected ServerUnderTest start(Cors cors, TestApplication application, Path files) {
    return new MicronautTest()
        .start(
            cors,
            application,
            Map.of(
                "micronaut.router.static-resources.files.paths",
                "file:" + files,
                "micronaut.router.static-resources.files.mapping",
                "/files/**"));
  }
}
