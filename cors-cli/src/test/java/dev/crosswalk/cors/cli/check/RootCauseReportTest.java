package dev.crosswalk.cors.cli.check;

import static dev.crosswalk.cors.cli.check.FlawedServer.APP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** What is said of a cause: who can use it, what it explains, and what to do. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class RootCauseReportTest extends CausesOfServer {

  @Test
  void the_exploit_begins_with_the_name_that_anybody_can_register() throws Exception {
    try (FlawedServer server = new FlawedServer(origin -> origin.endsWith("example.com"))) {
      JsonNode cause = check(server.start(), PROFILE).get("causes").get(0);
      assertEquals(
          "Anyone can register crosswalk-checkexample.com, and put a page on it.",
          cause.get("exploit").get(0).asString());
      assertTrue(cause.get("exploit").get(1).asString().contains("credentials: \"include\""));
    }
  }

  @Test
  void a_pattern_that_is_known_in_part_is_a_note() throws Exception {
    try (FlawedServer server = new FlawedServer(o -> o.matches("https://[a-z]+\\.example\\.com"))) {
      JsonNode seen =
          check(
              server.start(),
              "--allowed-origin",
              "https://*.example.com",
              "--refused-origin",
              "https://evil.example",
              "--credentials");
      assertEquals(
          List.of("refuses an origin that a declared pattern includes / note"), causes(seen));
    }
  }

  @Test
  void the_remedy_is_in_the_words_of_the_server() throws Exception {
    try (FlawedServer server =
        new FlawedServer(origin -> true) {
          @Override
          String software() {
            return "nginx/1.29.3";
          }
        }) {
      JsonNode seen = check(server.start(), PROFILE);
      assertEquals("nginx/1.29.3", seen.get("software").asString());
      assertEquals("nginx", seen.get("remedy").get("server").asString());
      assertTrue(seen.get("remedy").get("lines").toString().contains("add_header"), seen::toString);
      assertTrue(out.toString().contains("REMEDY  for nginx"), out::toString);
    }
    try (FlawedServer server = new FlawedServer(origin -> true)) {
      assertFalse(check(server.start(), PROFILE).has("remedy"), "it does not say what it is");
    }
  }

  @Test
  void a_wildcard_inside_a_label_ends_with_the_label() throws Exception {
    for (String expression :
        List.of(
            "https://app-.*-team\\.vercel\\.app", "https://(my)?app-[a-z]+-team\\.vercel\\.app")) {
      try (FlawedServer server = new FlawedServer(o -> o.matches(expression))) {
        JsonNode seen =
            check(
                server.start(),
                "--allowed-origin",
                "https://app-*-team.vercel.app",
                "--credentials");
        assertEquals(
            List.of("lets a wildcard match more than a part of one label / security"),
            causes(seen),
            expression);
      }
    }
  }

  @Test
  void the_exploit_says_which_browsers_send_an_odd_origin() throws Exception {
    try (FlawedServer server =
        new FlawedServer(o -> o.matches("https://app\\.example\\.com(\\{.*)?"))) {
      JsonNode cause = check(server.start(), PROFILE).get("causes").get(0);
      assertEquals("security", cause.get("severity").asString());
      assertTrue(
          cause.get("exploit").get(0).asString().endsWith("; Chromium and Safari send it."),
          cause::toString);
    }
  }

  @Test
  void two_mistakes_are_two_causes_the_worse_first() throws Exception {
    try (FlawedServer server =
        new FlawedServer(Set.of(APP, "null")::contains) {
          @Override
          String vary(String origin) {
            return "";
          }
        }) {
      assertEquals(
          List.of("trusts null / security", "no Vary, so a shared cache may mix / defect"),
          causes(check(server.start(), PROFILE)));
    }
  }

  @Test
  void a_server_that_reflects_is_one_cause_and_not_thirty_rows() throws Exception {
    try (FlawedServer server = new FlawedServer(origin -> true)) {
      JsonNode seen = check(server.start(), PROFILE);
      JsonNode cause = seen.get("causes").get(0);
      assertEquals("reflects any origin", cause.get("cause").asString());
      assertTrue(cause.get("rules").size() >= 20, cause.get("rules")::toString);
      String text = out.toString();
      assertTrue(
          text.lines().skip(1).findFirst().orElse("").startsWith("  CAUSE   reflects any origin"),
          text);
      long rows = text.lines().filter(line -> line.startsWith("  BROKEN")).count();
      assertTrue(rows <= seen.get("broken").asInt() - cause.get("rules").size(), text);
    }
  }

  @Test
  void the_remedy_names_the_layer_that_an_answer_is_of() throws Exception {
    FlawedServer login =
        new FlawedServer() {
          @Override
          int preflightStatus() {
            return 401;
          }
        };
    FlawedServer twice =
        new FlawedServer() {
          @Override
          List<String> allowOrigins(String origin) {
            return List.of(origin, origin);
          }

          @Override
          String software() {
            return "lighttpd/1.4.82";
          }
        };
    assertEquals(
        List.of("Authentication answers the preflight", "setenv.set-response-header replaces"),
        List.of(
            wordsOf(login, "Authentication answers the preflight"),
            wordsOf(twice, "setenv.set-response-header replaces")));
  }

  /** The words, if the remedy of the first cause has them; or else all of that remedy. */
  private String wordsOf(FlawedServer server, String words) throws Exception {
    try (server) {
      String remedy = check(server.start(), PROFILE).get("causes").get(0).get("remedy").asString();
      return remedy.contains(words) ? words : remedy;
    }
  }
}
