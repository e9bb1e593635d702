package dev.crosswalk.cors.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.tck.LogLines;
import dev.crosswalk.cors.tck.wire.WireResponse;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.JavalinState;
import io.javalin.http.HandlerType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The methods by which each version begins, all of which Javalin 7 has room for. */
class PluginOfJavalin6Or7Test {

  private static final String APP = "https://app.example";

  /** As Javalin 6 does, with its configuration; Javalin 7 does so with its state. */
  @Test
  void a_plugin_watches_and_installs_with_the_configuration_alone() throws Exception {
    CorsPolicyPlugin plugin = new CorsPolicyPlugin(CorsPolicy.builder().allowOrigins(APP).build());
    LogLines log = new LogLines();
    Javalin javalin =
        Javalin7.create(
            routes -> routes.add(HandlerType.GET, "/", context -> context.result("hello")),
            config -> {
              config.bundledPlugins.enableCors(cors -> cors.addRule(rule -> rule.anyHost()));
              plugin.onInitialize(config);
              plugin.onStart(config);
            });
    try (TestClient client = new TestClient()) {
      javalin.start("127.0.0.1", 0);
      WireResponse response = client.send(javalin, "GET", "/", "Origin", APP);
      assertEquals(List.of(APP), response.headers().lines("Access-Control-Allow-Origin"));
      assertEquals(
          1,
          log.lines().stream().filter(line -> line.contains("Remove bundledPlugins")).count(),
          log.lines()::toString);
    } finally {
      log.close();
      javalin.stop();
    }
  }

  @Test
  void a_plugin_that_begins_in_another_way_is_refused() {
    for (Class<?> plugin : List.of(OtherName.class, MoreArguments.class, OtherArgument.class)) {
      assertThrows(IllegalStateException.class, () -> PluginOfJavalin6Or7.requireSupported(plugin));
    }
    PluginOfJavalin6Or7.requireSupported(OfConfiguration.class);
    PluginOfJavalin6Or7.requireSupported(OfState.class);
  }

  private interface OtherName {
    void begin(JavalinConfig config);
  }

  private interface MoreArguments {
    void onStart(JavalinConfig config, Object more);
  }

  private interface OtherArgument {
    void onStart(Object config);
  }

  private interface OfConfiguration {
    void onStart(JavalinConfig config);
  }

  private interface OfState {
    void onStart(JavalinState state);
  }
}
