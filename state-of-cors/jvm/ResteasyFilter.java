// org.jboss.resteasy:resteasy-undertow:7.0.1.Final
// org.jboss.resteasy:resteasy-core:7.0.6.Final
// org.jboss.resteasy:resteasy-core-spi:7.0.6.Final
package state;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.SeBootstrap;
import jakarta.ws.rs.core.Application;
import java.util.Set;
import org.jboss.resteasy.plugins.interceptors.CorsFilter;

public class ResteasyFilter {

  @Path("/items")
  public static class ItemsResource {
    @GET
    @Produces("application/json")
    public String items() {
      return "{\"items\":[]}";
    }
  }

  public static class Service extends Application {
    @Override
    public Set<Class<?>> getClasses() {
      return Set.of(ItemsResource.class);
    }

    @Override
    @SuppressWarnings("deprecation")
    public Set<Object> getSingletons() {
      CorsFilter filter = new CorsFilter();
      filter.getAllowedOrigins().add("https://app.example.com");
      filter.setAllowedMethods("GET, POST, PUT");
      filter.setAllowedHeaders("Authorization, Content-Type");
      return Set.of(filter);
    }
  }

  public static void main(String[] arguments) {
    SeBootstrap.start(
            new Service(),
            SeBootstrap.Configuration.builder()
                .host("127.0.0.1")
                .port(Integer.parseInt(arguments[0]))
                .build())
        .toCompletableFuture()
        .join();
  }
}
