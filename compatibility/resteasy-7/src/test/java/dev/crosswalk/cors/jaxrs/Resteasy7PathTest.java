package dev.crosswalk.cors.jaxrs;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.tck.PathTck;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.TestApplication;
import java.nio.file.Path;

/** Paths by RESTEasy's router. JAX-RS serves no files. */
class Resteasy7PathTest extends PathTck {

  @Override
  protected ServerUnderTest start(Cors cors, TestApplication application, Path files)
      throws Exception {
    return new Resteasy7Test().start(cors, application);
  }

  @Override
  protected boolean servesFiles() {
    return false;
  }
}
