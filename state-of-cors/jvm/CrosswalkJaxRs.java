// org.glassfish.jersey.containers:jersey-container-grizzly2-http:4.0.3
// org.glassfish.jersey.inject:jersey-hk2:4.0.3
// dev.crosswalk:cors-jaxrs:0.1.0-SNAPSHOT
package state;

import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.jaxrs.CorsPolicyFilter;
import dev.crosswalk.cors.jaxrs.UnmappedExceptionMapper;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.net.URI;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;

public class CrosswalkJaxRs {

  @Path("/items")
  public static class ItemsResource {
    @GET
    @Produces("application/json")
    public String items() {
      return "{\"items\":[]}";
    }
  }

  public static void main(String[] arguments) throws Exception {
    CorsPolicy policy =
        CorsPolicy.builder()
            .allowOrigins("https://app.example.com")
            .allowMethods("PUT")
            .allowCredentials()
            .build();
    GrizzlyHttpServerFactory.createHttpServer(
        URI.create("http://127.0.0.1:" + arguments[0] + "/"),
        new ResourceConfig(ItemsResource.class, UnmappedExceptionMapper.class)
            .register(new CorsPolicyFilter(policy)));
    Thread.currentThread().join();
  }
}
