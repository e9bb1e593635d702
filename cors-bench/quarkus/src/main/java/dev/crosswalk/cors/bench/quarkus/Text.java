package dev.crosswalk.cors.bench.quarkus;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The text. */
@Path("/text")
@Produces(MediaType.TEXT_PLAIN)
public class Text {

  /** {@return the text} */
  @GET
  public String get() {
    return "Hello";
  }

  /** {@return the text, too} */
  @PUT
  public String put() {
    return "Hello";
  }
}
