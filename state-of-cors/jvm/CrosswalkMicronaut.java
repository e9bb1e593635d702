// io.micronaut:micronaut-http-server-netty:4.10.37
// io.micronaut:micronaut-jackson-databind:4.10.37
// io.micronaut:micronaut-inject-java:4.10.37
// dev.crosswalk:cors-micronaut:0.1.0-SNAPSHOT
package state;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Factory;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.inject.Singleton;
import java.util.Map;

@Factory
public class CrosswalkMicronaut {

  @Singleton
  Cors cors() {
    CorsPolicy policy =
        CorsPolicy.builder()
            .allowOrigins("https://app.example.com")
            .allowMethods("PUT")
            .allowCredentials()
            .build();
    return policy;
  }

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
            Map.of("micronaut.server.host", "127.0.0.1", "micronaut.server.port", arguments[0]))
        .start();
  }
}
