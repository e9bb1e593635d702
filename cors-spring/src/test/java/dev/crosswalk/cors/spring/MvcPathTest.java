package dev.crosswalk.cors.spring;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.tck.PathTck;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.TestApplication;
import java.nio.file.Path;

/** Paths by the mappings of Spring MVC, and by its static resources, behind Spring Security. */
class MvcPathTest extends PathTck {

  @Override
  protected ServerUnderTest start(Cors cors, TestApplication application, Path files) {
    return SpringTck.start(
        MvcApplication.class,
        cors,
        application,
        "spring.web.resources.static-locations=file:" + files + "/",
        "spring.mvc.static-path-pattern=/files/**");
  }
}
