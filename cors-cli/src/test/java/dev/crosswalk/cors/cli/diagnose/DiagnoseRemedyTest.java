package dev.crosswalk.cors.cli.diagnose;

import static dev.crosswalk.cors.cli.diagnose.Diagnosing.ALLOW;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.VARY;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.allowed;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.blocked;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.body;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.visit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.cli.remedy.answer.Server;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What to change, in the words of the server that answers. */
class DiagnoseRemedyTest extends ScriptedServers {

  @Test
  void a_function_of_supabase_whose_list_lacks_a_name() throws IOException {
    Result result =
        visit(
            server(
                    head ->
                        body(
                            "200 OK",
                            "ok",
                            "Access-Control-Allow-Origin: *",
                            "Access-Control-Allow-Headers: authorization"))
                .url("/functions/v1/mail"),
            "-H",
            "apikey: k");
    blocked(
        result,
        "What to change - Supabase adds no CORS headers to Edge Functions: change the list");
    assertFalse(result.text().contains("let the function answer OPTIONS first"), result.out());
  }

  @ParameterizedTest
  @CsvSource({
    "Server: nginx/1.22.1, nginx, if ($cors_preflight) { return 204; }",
    "Server: Apache/2.4.71 (Debian), Apache httpd, 'RewriteRule ^ - [R=204,L]'",
    "Server: Caddy, Caddy, header_down -Access-Control-*",
    "X-Powered-By: Express, Express, allowedHeaders: [\"content-type\"]"
  })
  void the_remedy_of_that_server(String field, String name, String line) throws IOException {
    blocked(
        diagnose(
            head -> body("405 Method Not Allowed", "", field),
            "-X",
            "PUT",
            "-H",
            "Content-Type: application/json"),
        "With " + name + ", beside what you allow already:",
        line);
  }

  @Test
  void a_proxy_in_front_has_the_last_word() throws IOException {
    blocked(
        diagnose(head -> body("200 OK", "", "Server: nginx/1.22.1", "X-Powered-By: Express")),
        "With nginx, beside what you allow already:");
  }

  @ParameterizedTest
  @CsvSource({
    "nginx, add_header Access-Control-Allow-Methods $cors_allow_methods always;",
    "haproxy, http-after-response set-header Access-Control-Allow-Methods \"PUT\"",
    "spring, '.allowedMethods(\"GET\", \"HEAD\", \"POST\", \"PUT\")'",
    "fastify, 'methods: [\"GET\", \"HEAD\", \"POST\", \"PUT\"],'",
    "crosswalk-vertx, router.route().handler(new CorsPolicyHandler(policy));"
  })
  void the_remedy_of_a_server_that_somebody_knows(String name, String line) throws IOException {
    UnaryOperator<String> answer = head -> body("405 Method Not Allowed", "", "Server: x");
    blocked(diagnose(answer, "-X", "PUT", "--for", name), line);
  }

  @Test
  void each_server_has_its_remedy() throws IOException {
    UnaryOperator<String> answer = head -> body("405 Method Not Allowed", "", "Server: x");
    for (Server server : Server.values()) {
      blocked(
          diagnose(answer, "-X", "PUT", "--for", server.toString()),
          "With " + server.title() + ", beside what you allow already:",
          "app.example.com");
    }
  }

  @Test
  void a_server_that_is_not_known_is_told_in_a_sentence() throws IOException {
    Result result = diagnose(head -> body("200 OK", ""), "--for", "iis");
    assertEquals(2, result.exit(), result.out());
  }

  @Test
  void no_server_is_guessed() throws IOException {
    Result unknown = diagnose(head -> body("200 OK", "", "Server: nginxlike-server"));
    blocked(unknown, "With any server");
    assertFalse(
        unknown.out().contains("With nginx, beside what you allow already:"), unknown.out());
    Result fine = diagnose(head -> body("200 OK", "", ALLOW, VARY, "Server: nginx"));
    allowed(fine);
    assertFalse(fine.out().contains("With nginx, beside what you allow already:"), fine.out());
  }
}
