package dev.crosswalk.examples.springboot;

import java.net.URI;
import java.security.Principal;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The notes, a page behind a login, and a defect. */
@RestController
class NotesController {

  private final Map<Integer, Note> notes = new ConcurrentSkipListMap<>();
  private final AtomicInteger lastId = new AtomicInteger();

  NotesController() {
    add("Buy milk");
  }

  /** What a page sends. */
  record Text(String text) {}

  private Note add(String text) {
    Note note = new Note(lastId.incrementAndGet(), text);
    notes.put(note.id(), note);
    return note;
  }

  @GetMapping("/notes")
  Collection<Note> all() {
    return notes.values();
  }

  @PostMapping("/notes")
  ResponseEntity<Note> add(@RequestBody Text sent) {
    Note note = add(sent.text());
    return ResponseEntity.created(URI.create("/notes/" + note.id())).body(note);
  }

  @PutMapping("/notes/{id}")
  ResponseEntity<Note> replace(@PathVariable("id") int id, @RequestBody Text sent) {
    Note note = new Note(id, sent.text());
    return notes.replace(id, note) == null
        ? ResponseEntity.notFound().build()
        : ResponseEntity.ok(note);
  }

  @DeleteMapping("/notes/{id}")
  ResponseEntity<Void> delete(@PathVariable("id") int id) {
    return notes.remove(id) == null
        ? ResponseEntity.notFound().build()
        : ResponseEntity.noContent().build();
  }

  @GetMapping("/me")
  Map<String, String> me(Principal user) {
    return Map.of("name", user.getName());
  }

  @GetMapping("/broken")
  String broken() {
    throw new IllegalStateException("This route is broken.");
  }
}
