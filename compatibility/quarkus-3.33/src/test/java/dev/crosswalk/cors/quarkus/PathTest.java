package dev.crosswalk.cors.quarkus;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.tck.PathTck;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.TestApplication;
import java.nio.file.Path;

/** Paths by Quarkus' router. */
class PathTest extends PathTck {

  @Override
  protected ServerUnderTest start(Cors cors, TestApplication application, Path files)
      throws Exception {
    return BuiltApplication.start(cors, application);
  }

  @Override
  protected boolean servesFiles() {
    return false;
  }
}
