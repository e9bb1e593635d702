// io.vertx:vertx-web:5.2.0
// dev.crosswalk:cors-vertx:0.1.0-SNAPSHOT
package state;

import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.vertx.CorsPolicyHandler;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;

public class CrosswalkVertx {
  public static void main(String[] arguments) {
    CorsPolicy policy =
        CorsPolicy.builder()
            .allowOrigins("https://app.example.com")
            .allowMethods("PUT")
            .allowCredentials()
            .build();
    Vertx vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    router.route().handler(new CorsPolicyHandler(policy));
    router
        .get("/items")
        .handler(context -> context.json(new JsonObject().put("items", new JsonArray())));
    vertx
        .createHttpServer()
        .requestHandler(router)
        .listen(Integer.parseInt(arguments[0]), "127.0.0.1");
  }
}
