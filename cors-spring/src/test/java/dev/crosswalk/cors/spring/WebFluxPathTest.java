package dev.crosswalk.cors.spring;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.tck.PathTck;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.TestApplication;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** Paths by the mappings of WebFlux, and by its static resources, behind Spring Security. */
@Tag("webflux")
class WebFluxPathTest extends PathTck {

  @Override
  protected ServerUnderTest start(Cors cors, TestApplication application, Path files) {
    return SpringTck.start(
        WebFluxApplication.class,
        cors,
        application,
        "spring.web.resources.static-locations=file:" + files + "/",
        "spring.webflux.static-path-pattern=/files/**");
  }
}
