package dev.crosswalk.examples.javalin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision.Outcome;
import dev.crosswalk.cors.tck.browser.Engine;
import dev.crosswalk.cors.tck.browser.Page;
import io.javalin.Javalin;
import org.junit.jupiter.api.Test;

/** What pages of other origins may do here: asked of the policy, and of the running service. */
class NotesPolicyTest {

  private static final String APP = "https://app.example.com";

  private final Cors.Request put =
      Cors.Request.of("PUT", "/notes/1").with("Content-Type", "application/json").from(APP);

  @Test
  void the_app_may_replace_a_note() {
    assertEquals(Outcome.ALLOWED, NotesServer.CORS.decide(put.preflight()).outcome());
  }

  @Test
  void its_look_alike_may_not() {
    Cors.Request evil = put.from("https://app.example.com.evil.net");
    assertEquals(Outcome.ORIGIN_NOT_ALLOWED, NotesServer.CORS.decide(evil.preflight()).outcome());
  }

  @Test
  void a_page_of_the_app_replaces_a_note_in_the_running_service() {
    Javalin server = NotesServer.start(0, NotesServer.CORS);
    try {
      String note = "http://localhost:" + server.port() + "/notes/1";
      String json = "{\"text\": \"Buy tea\"}";

      Page.Answer answer = Page.of(APP).fetch(note).put().json(json).send();
      assertTrue(answer.isReadable(), answer::story);
      assertEquals(200, answer.status());

      Page.Answer blocked =
          Page.of("https://evil.example").in(Engine.FIREFOX).fetch(note).put().json(json).send();
      assertFalse(blocked.isReadable(), blocked::story);
    } finally {
      server.stop();
    }
  }
}
