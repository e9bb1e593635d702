package dev.crosswalk.cors.servlet;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.tck.PathTck;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.TestApplication;
import java.nio.file.Path;
import java.util.Map;

/** Paths by a container's mapping of servlets, and by its own servlet for files. */
class PathTest extends PathTck {

  @Override
  protected ServerUnderTest start(Cors cors, TestApplication application, Path files)
      throws Exception {
    return Container.underTest()
        .start(new TestServlets(cors, application), Map.of(), files.getParent());
  }
}
