package dev.crosswalk.cors.bench.quarkus;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The text, and a request to which no answer ever comes. */
@Path("/")
@Produces(MediaType.TEXT_PLAIN)
public class Text {

  /** {@return the text} */
  @GET
  @Path("text")
  public String get() {
    return "Hello";
  }

  /** {@return the text, too} */
  @PUT
  @Path("text")
  public String put() {
    return "Hello";
  }

  /** {@return nothing, ever} */
  @GET
  @Path("endless")
  public CompletionStage<String> endless() {
    return new CompletableFuture<>();
  }
}
