// on JDK 21 or later: STATE_NEWER_JDK names it
// io.helidon.webserver:helidon-webserver:4.5.0
// io.helidon.webserver:helidon-webserver-cors:4.5.0
package state;

import io.helidon.cors.CrossOriginConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.cors.CorsSupport;
import io.helidon.webserver.http.HttpRouting;

public class HelidonFeature {
  public static void main(String[] arguments) {
    CorsSupport cors =
        CorsSupport.builder()
            .addCrossOrigin(
                CrossOriginConfig.builder()
                    .allowOrigins("https://app.example.com")
                    .allowMethods("GET", "PUT")
                    .allowCredentials(true)
                    .build())
            .build();
    WebServer.builder()
        .host("127.0.0.1")
        .port(Integer.parseInt(arguments[0]))
        .routing(
            HttpRouting.builder()
                .register(
                    "/items",
                    cors,
                    rules ->
                        rules.get("/", (request, response) -> response.send("{\"items\":[]}"))))
        .build()
        .start();
  }
}
