package dev.crosswalk.cors.javalin;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.ExceptionHandler;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.security.RouteRole;
import io.javalin.websocket.WsConfig;
import java.util.function.Consumer;

/** The applications of the tests, for the routes of Javalin 6. */
final class Javalin6 {

  private Javalin6() {}

  /** Adds the routes first: the plugin comes after all handlers, which is the harder order. */
  static Javalin create(Consumer<Routes> routes, Consumer<JavalinConfig> configuration) {
    return Javalin.create(
        config -> {
          config.router.mount(
              router ->
                  routes.accept(
                      new Routes() {
                        @Override
                        public void add(
                            HandlerType type, String path, Handler handler, RouteRole... roles) {
                          router.addHttpHandler(type, path, handler, roles);
                        }

                        @Override
                        public <E extends Exception> void onException(
                            Class<E> type, ExceptionHandler<? super E> handler) {
                          router.exception(type, handler);
                        }

                        @Override
                        public void onError(int status, Handler handler) {
                          router.error(status, handler);
                        }

                        @Override
                        public void addWebSocket(String path, Consumer<WsConfig> webSocket) {
                          router.ws(path, webSocket);
                        }
                      }));
          configuration.accept(config);
        });
  }
}
