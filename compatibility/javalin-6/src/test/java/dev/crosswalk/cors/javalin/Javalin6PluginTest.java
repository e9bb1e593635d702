package dev.crosswalk.cors.javalin;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.util.function.Consumer;

class Javalin6PluginTest extends CorsPolicyPluginTest {

  @Override
  Javalin create(Consumer<Routes> routes, Consumer<JavalinConfig> configuration) {
    return Javalin6.create(routes, configuration);
  }

  @Override
  void useVirtualThreads(JavalinConfig config) {
    config.useVirtualThreads = true;
    config.registerPlugin(new CorsPolicyPlugin(TestClient.POLICY));
  }
}
