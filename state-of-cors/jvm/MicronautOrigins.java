// io.micronaut:micronaut-http-server-netty:4.10.37
// io.micronaut:micronaut-jackson-databind:4.10.37
// io.micronaut:micronaut-inject-java:4.10.37
package state;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;

public class MicronautOrigins {

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
                "micronaut.server.cors.configurations.web.allowed-origins",
                "https://app.example.com"))
        .start();
  }
}
