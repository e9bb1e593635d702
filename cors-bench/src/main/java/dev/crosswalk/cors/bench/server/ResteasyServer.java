package dev.crosswalk.cors.bench.server;

import dev.crosswalk.cors.jaxrs.CorsPolicyFilter;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.SeBootstrap;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.jboss.resteasy.plugins.interceptors.CorsFilter;

/** The server on RESTEasy and Undertow: of the implementations of JAX-RS, one with a filter. */
final class ResteasyServer {

  private ResteasyServer() {}

  static int start(Mode mode) {
    return SeBootstrap.start(
            new Service(mode),
            SeBootstrap.Configuration.builder()
                .host("127.0.0.1")
                .port(SeBootstrap.Configuration.FREE_PORT)
                .build())
        .toCompletableFuture()
        .join()
        .configuration()
        .port();
  }

  /** The resource. RESTEasy demands that it be public. */
  @Path(Server.PATH)
  @Produces("text/plain")
  public static final class TextResource {

    /** The text. */
    @GET
    public String get() {
      return Server.TEXT;
    }

    /** The text, too. */
    @PUT
    public String put() {
      return Server.TEXT;
    }
  }

  private static final class Service extends Application {

    private final Mode mode;

    Service(Mode mode) {
      this.mode = mode;
    }

    @Override
    public Set<Class<?>> getClasses() {
      return Set.of(TextResource.class);
    }

    @Override
    @SuppressWarnings("deprecation") // The one portable way to register an instance.
    public Set<Object> getSingletons() {
      return switch (mode) {
        case NONE -> Set.of();
        case BY_HAND -> Set.of(new ByHand());
        case OWN -> Set.of(own());
        case CROSSWALK -> Set.of(new CorsPolicyFilter(Server.cors()));
      };
    }
  }

  private static CorsFilter own() {
    CorsFilter filter = new CorsFilter();
    filter.getAllowedOrigins().addAll(Server.ORIGINS);
    filter.setAllowedMethods(String.join(",", Server.METHODS));
    filter.setAllowedHeaders(String.join(",", Server.REQUEST_HEADERS));
    filter.setAllowCredentials(false);
    filter.setCorsMaxAge((int) Server.MAX_AGE_SECONDS);
    return filter;
  }

  @PreMatching
  private static final class ByHand implements ContainerRequestFilter, ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request) {
      if (request.getMethod().equals("OPTIONS")) {
        request.abortWith(Response.noContent().build());
      }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
      Server.writeByHand(
          request.getMethod(), request::getHeaderString, response.getHeaders()::putSingle);
    }
  }
}
