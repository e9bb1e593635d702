package dev.crosswalk.cors.bench.server;

import dev.crosswalk.cors.javalin.CorsPolicyPlugin;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;

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
              config.routes.get(Server.ENDLESS, context -> context.future(CompletableFuture::new));
              if (Server.isSoaked()) {
                config.jetty.addConnector(JavalinServer::bothVersions);
                config.http.asyncTimeout = Server.patience();
              }
              share(config, mode);
            })
        .start("127.0.0.1", 0)
        .port();
  }

  private static Connector bothVersions(
      org.eclipse.jetty.server.Server server, HttpConfiguration configuration) {
    ServerConnector connector =
        new ServerConnector(
            server,
            new HttpConnectionFactory(configuration),
            new HTTP2CServerConnectionFactory(configuration));
    connector.setHost("127.0.0.1");
    return connector;
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
      case CROSSWALK -> config.registerPlugin(new CorsPolicyPlugin(Server.cors()));
    }
  }
}
