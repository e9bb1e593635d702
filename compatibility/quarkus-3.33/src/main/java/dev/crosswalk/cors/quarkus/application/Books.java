package dev.crosswalk.cors.quarkus.application;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;

/** What an application of Quarkus might hold. */
@Path("/")
public class Books {

  @GET
  @Path("books")
  public Response read() {
    return Response.ok("a book").header("Vary", "Accept").build();
  }

  @PUT
  @Path("books")
  @Consumes("text/plain")
  public String write(String book) {
    return book;
  }

  @GET
  @Path("books/later")
  public Uni<String> readLater() {
    return Uni.createFrom().completionStage(() -> CompletableFuture.supplyAsync(() -> "a book"));
  }

  @GET
  @Path("books/bug")
  public String bug() {
    throw new IllegalStateException("a bug");
  }

  /** What people write who have found no CORS setting. */
  @GET
  @Path("books/own")
  public Response own() {
    return Response.ok("a book")
        .header("Access-Control-Allow-Origin", "*")
        .header("Access-Control-Allow-Credentials", "true")
        .build();
  }

  @GET
  @Path("books/librarian")
  @RolesAllowed("librarian")
  public String forLibrarians() {
    return "a list";
  }

  @GET
  @Path("members/card")
  public String card() {
    return "a card";
  }
}
