package dev.crosswalk.cors.jaxrs;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.tck.PathTck;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.TestApplication;
import java.nio.file.Path;

/** Paths by CXF's router. JAX-RS serves no files. */
class Cxf42PathTest extends PathTck {

  @Override
  protected ServerUnderTest start(Cors cors, TestApplication application, Path files)
      throws Exception {
    return new Cxf42Test().start(cors, application);
  }

  @Override
  protected boolean servesFiles() {
    return false;
  }
}
