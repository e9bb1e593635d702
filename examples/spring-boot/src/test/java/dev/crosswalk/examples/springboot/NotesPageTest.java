package dev.crosswalk.examples.springboot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.tck.browser.Page;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What a page sees of the service, in its browser. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class NotesPageTest {

  @LocalServerPort private int port;

  @Test
  void the_app_sees_who_is_not_signed_in() {
    Page.Answer me = Page.of("https://app.example.com").fetch(url("/me")).credentials().send();
    assertTrue(me.isReadable(), me::story);
    assertEquals(401, me.status());
  }

  @Test
  void another_page_sees_nothing() {
    Page.Answer notes = Page.of("https://evil.example").fetch(url("/notes")).send();
    assertFalse(notes.isReadable(), notes::story);
    assertTrue(notes.console().contains("has been blocked by CORS policy"), notes::console);
  }

  private String url(String path) {
    return "http://localhost:" + port + path;
  }
}
