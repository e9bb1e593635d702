// io.javalin:javalin:7.2.3
// org.slf4j:slf4j-nop:2.0.20
// dev.crosswalk:cors-javalin:0.1.0-SNAPSHOT
// dev.crosswalk:cors-servlet:0.1.0-SNAPSHOT
package state;

import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.javalin.CorsPolicyPlugin;
import io.javalin.Javalin;

public class CrosswalkJavalin {
  public static void main(String[] arguments) {
    CorsPolicy policy =
        CorsPolicy.builder()
            .allowOrigins("https://app.example.com")
            .allowMethods("PUT")
            .allowCredentials()
            .build();
    Javalin.create(
            config -> {
              config.registerPlugin(new CorsPolicyPlugin(policy));
              config.routes.get(
                  "/items",
                  context -> context.contentType("application/json").result("{\"items\":[]}"));
            })
        .start("127.0.0.1", Integer.parseInt(arguments[0]));
  }
}
