package dev.crosswalk.cors.bench;

import dev.crosswalk.cors.javalin.CorsPolicyPlugin;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;

/**
 * The server on Javalin. Javalin's own plugin has no lists: it grants what a preflight asks for.
 */
final class JavalinServer {

  private JavalinServer() {}

  static int start(Mode mode) {
    return Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.routes.get(Server.PATH, context -> context.result(Server.TEXT));
              config.routes.put(Server.PATH, context -> context.result(Server.TEXT));
              share(config, mode);
            })
        .start("127.0.0.1", 0)
        .port();
  }

  private static void share(JavalinConfig config, Mode mode) {
    switch (mode) {
      case NONE -> {}
      case BY_HAND -> {
        config.routes.before(
            context ->
                Server.writeByHand(
                    context.req().getMethod(),
                    context::header,
                    (name, value) -> context.header(name, value)));
        config.routes.options(Server.PATH, context -> context.status(204));
      }
      case OWN ->
          config.bundledPlugins.enableCors(
              cors ->
                  cors.addRule(
                      rule -> {
                        rule.allowHost(
                            Server.ORIGINS.get(0),
                            Server.ORIGINS
                                .subList(1, Server.ORIGINS.size())
                                .toArray(String[]::new));
                        rule.maxAge = (int) Server.MAX_AGE_SECONDS;
                      }));
      case CROSSWALK -> config.registerPlugin(new CorsPolicyPlugin(Server.policy()));
    }
  }
}
