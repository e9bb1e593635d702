// io.vertx:vertx-web:5.2.0
package state;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.CorsHandler;

public class VertxHandler {
  public static void main(String[] arguments) {
    Vertx vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    router
        .route()
        .handler(
            CorsHandler.create()
                .addOrigin("https://app.example.com")
                .allowedMethod(HttpMethod.GET)
                .allowedMethod(HttpMethod.PUT)
                .allowCredentials(true));
    router
        .get("/items")
        .handler(context -> context.json(new JsonObject().put("items", new JsonArray())));
    vertx
        .createHttpServer()
        .requestHandler(router)
        .listen(Integer.parseInt(arguments[0]), "127.0.0.1");
  }
}
