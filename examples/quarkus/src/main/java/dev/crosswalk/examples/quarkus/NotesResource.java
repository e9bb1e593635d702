package dev.crosswalk.examples.quarkus;

import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The notes. There is nothing about CORS in it. */
@Path("/notes")
@Singleton
public class NotesResource {

  private final Map<Integer, Note> notes = new ConcurrentSkipListMap<>();
  private final AtomicInteger lastId = new AtomicInteger();

  NotesResource() {
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
   * @return the note, and where it is
   */
  @POST
  public Response add(Note sent) {
    Note note = add(sent.text());
    return Response.created(URI.create("/notes/" + note.id())).entity(note).build();
  }

  /**
   * Replaces a note.
   *
   * @param id which
   * @param sent its new text
   * @return the note
   */
  @PUT
  @Path("{id}")
  public Note replace(int id, Note sent) {
    Note note = new Note(id, sent.text());
    if (notes.replace(id, note) == null) {
      throw new NotFoundException();
    }
    return note;
  }

  /**
   * Deletes a note.
   *
   * @param id which
   */
  @DELETE
  @Path("{id}")
  public void delete(int id) {
    if (notes.remove(id) == null) {
      throw new NotFoundException();
    }
  }
}
