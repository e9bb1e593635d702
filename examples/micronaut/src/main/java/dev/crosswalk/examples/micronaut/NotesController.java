package dev.crosswalk.examples.micronaut;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The notes. */
@Controller("/notes")
@Secured(SecurityRule.IS_ANONYMOUS)
final class NotesController {

  private final Map<Integer, Note> notes = new ConcurrentSkipListMap<>();
  private final AtomicInteger lastId = new AtomicInteger();

  NotesController() {
    add("Buy milk");
  }

  private Note add(String text) {
    Note note = new Note(lastId.incrementAndGet(), text);
    notes.put(note.id(), note);
    return note;
  }

  @Get
  Collection<Note> all() {
    return notes.values();
  }

  @Post
  HttpResponse<Note> add(@Body Note sent) {
    Note note = add(sent.text());
    return HttpResponse.created(note, URI.create("/notes/" + note.id()));
  }

  @Put("/{id}")
  HttpResponse<Note> replace(int id, @Body Note sent) {
    Note note = new Note(id, sent.text());
    return notes.replace(id, note) == null ? HttpResponse.notFound() : HttpResponse.ok(note);
  }

  @Delete("/{id}")
  HttpResponse<?> delete(int id) {
    return notes.remove(id) == null ? HttpResponse.notFound() : HttpResponse.noContent();
  }
}
