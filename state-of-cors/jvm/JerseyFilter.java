// org.glassfish.jersey.containers:jersey-container-grizzly2-http:4.0.3
// org.glassfish.jersey.inject:jersey-hk2:4.0.3
package state;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.net.URI;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;

public class JerseyFilter {

  public static class CorsFilter implements ContainerResponseFilter {
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
      response.getHeaders().add("Access-Control-Allow-Origin", "*");
      response
          .getHeaders()
          .add("Access-Control-Allow-Headers", "origin, content-type, accept, authorization");
      response.getHeaders().add("Access-Control-Allow-Credentials", "true");
      response
          .getHeaders()
          .add("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, OPTIONS, HEAD");
    }
  }

  @Path("/items")
  public static class ItemsResource {
    @GET
    @Produces("application/json")
    public String items() {
      return "{\"items\":[]}";
    }
  }

  public static void main(String[] arguments) throws Exception {
    GrizzlyHttpServerFactory.createHttpServer(
        URI.create("http://127.0.0.1:" + arguments[0] + "/"),
        new ResourceConfig(CorsFilter.class, ItemsResource.class));
    Thread.currentThread().join();
  }
}
