// io.javalin:javalin:7.2.3
// org.slf4j:slf4j-nop:2.0.20
package state;

import io.javalin.Javalin;

public class JavalinPlugin {
  public static void main(String[] arguments) {
    Javalin.create(
            config -> {
              config.bundledPlugins.enableCors(
                  cors ->
                      cors.addRule(
                          rule -> {
                            rule.allowHost("https://app.example.com");
                            rule.allowCredentials = true;
                          }));
              config.routes.get(
                  "/items",
                  context -> context.contentType("application/json").result("{\"items\":[]}"));
            })
        .start("127.0.0.1", Integer.parseInt(arguments[0]));
  }
}
