package dev.crosswalk.cors.jaxrs;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Whatever JAX-RS lets a resource do that has a say in the response. */
@Path("/library")
public class Library {

  private static final EntityTag EDITION = new EntityTag("second");
  private static final Executor LATER = work -> new Thread(work).start();

  @GET
  public String read(@QueryParam("page") int page) {
    return "page " + page;
  }

  @POST
  @Consumes("text/plain")
  public String add(String book) {
    return book;
  }

  @GET
  @Path("/conditional")
  public Response readConditionally(@Context Request request) {
    Response.ResponseBuilder failed = request.evaluatePreconditions(EDITION);
    return (failed == null ? Response.ok("a book") : failed).tag(EDITION).build();
  }

  @PUT
  @Path("/conditional")
  public Response writeConditionally(@Context Request request) {
    Response.ResponseBuilder failed = request.evaluatePreconditions(EDITION);
    return (failed == null ? Response.noContent() : failed).build();
  }

  @GET
  @Path("/stage")
  public CompletionStage<String> readLater() {
    return CompletableFuture.supplyAsync(() -> "a book", LATER);
  }

  @GET
  @Path("/failed-stage")
  public CompletionStage<String> failLater() {
    return CompletableFuture.supplyAsync(
        () -> {
          throw new NotFoundException();
        },
        LATER);
  }

  /** Nobody ever answers this. */
  @GET
  @Path("/endless-stage")
  public CompletionStage<String> readNever() {
    return new CompletableFuture<>();
  }

  @GET
  @Path("/too-late")
  public void neverRead(@Suspended AsyncResponse response) {
    response.setTimeout(100, TimeUnit.MILLISECONDS);
  }

  @GET
  @Path("/broken-stream")
  public StreamingOutput breakStream() {
    return output -> {
      // More than any buffer in which a server waits for the end of a response.
      output.write("a book ".repeat(50_000).getBytes(StandardCharsets.UTF_8));
      output.flush();
      throw new IllegalStateException("the rest is lost");
    };
  }

  @Path("/shelves/{number}")
  public Shelf shelf(@PathParam("number") int number) {
    if (number > 1) {
      throw new NotFoundException();
    }
    return new Shelf();
  }

  /** A sub-resource: not even its path is known before the locator has run. */
  public static class Shelf {
    @GET
    @Path("/books")
    public String read() {
      return "a shelf";
    }

    @PUT
    @Path("/books")
    public String write() {
      return "written";
    }
  }
}
