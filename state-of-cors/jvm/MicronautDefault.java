// io.micronaut:micronaut-http-server-netty:4.10.37
// io.micronaut:micronaut-jackson-databind:4.10.37
// io.micronaut:micronaut-inject-java:4.10.37
package state;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;

public class MicronautDefault {

  @Controller
  public static class ItemsController {
    @Get(value = "/items", produces = "application/json")
    public String items() {
      return "{\"items\":[]}";
    }
  }

  public static void main(String[] arguments) {
    ApplicationContext.run(
            EmbeddedServer.class,
            Map.of(
                "micronaut.server.host",
                "127.0.0.1",
                "micronaut.server.port",
                arguments[0],
                "micronaut.server.cors.enabled",
                true,
                // Or it refuses every other origin on a loopback address, where it runs here.
                "micronaut.server.cors.localhost-pass-through",
                true))
        .start();
  }
}
