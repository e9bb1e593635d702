package dev.crosswalk.cors.cli.explain.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.explain.console.Console;
import dev.crosswalk.cors.cli.remedy.Topic;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where in the advice the note on a known server comes. */
class KnownServerTest {

  private static final String MISSING =
      "No 'Access-Control-Allow-Origin' header is present on the requested resource.";

  private static List<String> advice(String url, String reason) {
    String message =
        "Access to fetch at '"
            + url
            + "' from origin 'https://app.example.com' has been blocked by CORS policy: "
            + reason;
    return Console.read(message).get(0).remedy().words();
  }

  private static void assertStarts(String words, String advice) {
    assertTrue(advice.startsWith(words), advice);
  }

  @Test
  void of_a_missing_header_the_platform_is_told_first() {
    assertStarts("A platform that sleeps", advice("https://x.onrender.com/a", MISSING).get(0));
  }

  @Test
  void of_a_wrong_value_it_is_told_last() {
    List<String> advice =
        advice(
            "https://x.onrender.com/a",
            "The 'Access-Control-Allow-Origin' header has a value 'https://app.example.com/' that"
                + " is not equal to the supplied origin.");
    assertStarts("A platform that sleeps", advice.get(advice.size() - 1));
  }

  @Test
  void of_another_site_it_is_told_that_it_may_be_somebody_elses() {
    String words = "Is that server yours?";
    String from = "Access to fetch at '%s' from origin '%s' has been blocked by CORS policy: ";
    for (String[] pair :
        new String[][] {
          {"https://api.example.org/a", "https://app.example.com", "true"},
          {"https://api.example.com/a", "https://app.example.com", "false"},
          {"https://api.shop.co.uk/a", "https://www.shop.co.uk", "false"},
          {"https://api.other.co.uk/a", "https://www.shop.co.uk", "true"},
        }) {
      String message = from.formatted(pair[0], pair[1]) + MISSING;
      List<String> advice = Console.read(message).get(0).remedy().words();
      boolean told = advice.stream().anyMatch(sentence -> sentence.startsWith(words));
      assertEquals(Boolean.valueOf(pair[2]), told, message + advice);
    }
  }

  @Test
  void of_a_redirect_a_guess_comes_first_only_if_it_tells_of_redirects() {
    String redirect =
        "Response to preflight request doesn't pass access control check: Redirect is not allowed for"
            + " a preflight request.";
    assertStarts(
        "If oauth2-proxy is in front",
        advice("https://api.example.com/items", redirect + "\noauth2-proxy").get(0));
    List<String> advice = advice("https://db.example.com/v1/graphql", redirect);
    assertStarts("If it is Hasura", advice.get(advice.size() - 1));
  }

  @Test
  void what_only_a_guess_is_asked_is_refused_elsewhere() {
    List<String> lines = List.of("where: :9999", "note: If it is so: look there.");
    KnownServer.read(new Facts.Block(List.of("yours", "guess", "redirects"), lines));
    Facts.Block certain = new Facts.Block(List.of("yours", "redirects"), lines);
    assertThrows(IllegalStateException.class, () -> KnownServer.read(certain));
  }

  @Test
  void a_path_that_others_have_as_well_is_a_guess() {
    List<String> advice = advice("https://db.example.com/v1/graphql", MISSING);
    assertStarts("If it is Hasura", advice.get(advice.size() - 1));
  }

  @Test
  void a_note_on_a_condition_is_marked_as_a_guess() {
    for (KnownServer row : KnownServer.all()) {
      assertTrue(
          !row.whose().equals("yours")
              || row.note().words().startsWith("If ")
                  == row.note().isAbout(Topic.GUESS, Topic.DESKTOP),
          row::toString);
    }
  }

  @Test
  void a_guess_that_the_paste_confirms_comes_first_and_has_no_if() {
    List<String> advice = advice("https://db.example.com/v1/graphql", MISSING + "\nHasura 2.40");
    assertStarts("Hasura: it allows every origin", advice.get(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://{yourOktaDomain}/api/v1/users/me",
        "https://<org>.okta.com/oauth2/v1/token",
        "https://${tenant}.okta.com/oauth2/v1/token",
        "https://[hidden].okta.com:443/oauth2/v1/token",
        "https://***.okta.com/oauth2/v1/token",
        "https://<hidden>okta.com/oauth2/v1/token"
      })
  void a_name_that_somebody_hides_does_not_hide_the_program(String url) {
    assertStarts("Okta:", advice(url, MISSING).get(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://[::1]:11434/api/tags", "http://10.0.0.7:11434/api", "http://x:11434/"})
  void a_port_that_few_programs_use_is_told_first(String url) {
    assertStarts("If Ollama listens there", advice(url, MISSING).get(0));
  }

  @Test
  void a_status_that_tells_more_comes_before_the_server() {
    String line =
        MISSING + "\nGET https://x.execute-api.eu-west-1.amazonaws.com/a net::ERR_FAILED 404";
    List<String> advice = advice("https://x.execute-api.eu-west-1.amazonaws.com/a", line);
    assertStarts("No route gave this answer (404)", advice.get(0));
    assertStarts("API Gateway", advice.get(1));
  }

  @Test
  void nobody_gets_more_than_three_pieces_of_advice() {
    String paste =
        MISSING
            + "\nadd_header Access-Control-Allow-Origin *;\nErrors with large files only, 2 MB."
            + " After a hard refresh it works.";
    assertEquals(3, advice("https://x.onrender.com/a", paste).size());
  }
}
