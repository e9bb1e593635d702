package dev.crosswalk.cors.javalin;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.StaticFileConfig;
import java.util.function.Consumer;

class Javalin6ApplicationTest extends JavalinApplicationTest {

  @Override
  Javalin create(Consumer<Routes> routes, Consumer<JavalinConfig> configuration) {
    return Javalin6.create(routes, configuration);
  }

  @Override
  void precompress(StaticFileConfig files) {
    files.precompress = true;
  }
}
