package dev.crosswalk.examples.jaxrs;

import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The notes. */
@Singleton
@Path("/notes")
@Produces(MediaType.APPLICATION_JSON)
public final class NotesResource {

  private final Map<Integer, Note> notes = new ConcurrentSkipListMap<>();
  private final AtomicInteger lastId = new AtomicInteger();

  /** Begins with one note. */
  public NotesResource() {
    add("Buy milk");
  }

  private Note add(String text) {
    Note note = new Note(lastId.incrementAndGet(), text);
    notes.put(note.id(), note);
    return note;
  }

  /** {@return all notes} */
  @GET
  public Collection<Note> all() {
    return notes.values();
  }

  /**
   * Adds a note.
   *
   * @param sent its text
   * @return the note and its address
   */
  @POST
  public Response add(@Nullable Note sent) {
    Note note = add(textOf(sent));
    return Response.created(URI.create("/notes/" + note.id())).entity(note).build();
  }

  /**
   * Replaces a note.
   *
   * @param id its number
   * @param sent its new text
   * @return the note
   */
  @PUT
  @Path("{id}")
  public Note replace(@PathParam("id") int id, @Nullable Note sent) {
    Note note = new Note(id, textOf(sent));
    if (notes.replace(id, note) == null) {
      throw new NotFoundException();
    }
    return note;
  }

  /**
   * Deletes a note.
   *
   * @param id its number
   */
  @DELETE
  @Path("{id}")
  public void delete(@PathParam("id") int id) {
    if (notes.remove(id) == null) {
      throw new NotFoundException();
    }
  }

  /** An empty body comes as null. */
  private static String textOf(@Nullable Note sent) {
    if (sent == null) {
      throw new BadRequestException();
    }
    return sent.text();
  }
}
