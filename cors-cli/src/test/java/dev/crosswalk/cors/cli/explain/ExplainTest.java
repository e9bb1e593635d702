package dev.crosswalk.cors.cli.explain;

import static dev.crosswalk.cors.cli.Result.crosswalk;
import static dev.crosswalk.cors.cli.explain.ConsoleMessagesTest.BLOCKED;
import static dev.crosswalk.cors.cli.explain.ConsoleMessagesTest.chromium;
import static dev.crosswalk.cors.cli.explain.ConsoleMessagesTest.code;
import static dev.crosswalk.cors.cli.explain.ConsoleMessagesTest.firefox;
import static dev.crosswalk.cors.cli.explain.ConsoleMessagesTest.webkit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.cli.explain.console.Console;
import dev.crosswalk.cors.cli.explain.message.ConsoleMessage;
import dev.crosswalk.cors.cli.explain.paste.Paste;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the command says of a message, and how. */
class ExplainTest {

  @Test
  void the_url_the_origin_and_the_preflight_are_read_from_the_message() {
    ConsoleMessage read = Console.read(chromium().toList().get(6).get(1)).get(0);
    assertEquals("https://api.example/x", read.url());
    assertEquals("https://app.example", read.origin());
    assertEquals(
        "The answer to the preflight has no Access-Control-Allow-Origin, so the browser does"
            + " not let a page of another origin read it.",
        read.remedy().cause());
  }

  @Test
  void a_handshake_of_a_websocket_is_tried_by_diagnose() {
    Result result =
        crosswalk(
            "explain",
            "WebSocket connection to 'wss://chat.example/live' failed: Error during WebSocket"
                + " handshake: Unexpected response code: 403");
    assertEquals(0, result.exit());
    assertTrue(
        result
            .out()
            .contains("crosswalk diagnose wss://chat.example/live --origin https://app.example"),
        result::out);
  }

  @Test
  void secrets_in_a_url_are_not_shown() {
    Result result =
        crosswalk(
            "explain",
            "Access to fetch at 'https://b.example/items?next=/x&id_token=eyJhbG' (redirected from"
                + " 'https://a.example/x?page=2&X-Amz-Signature=0b6a23') from origin"
                + " 'https://app.example' has been blocked by CORS policy: The"
                + " 'Access-Control-Allow-Origin' header contains multiple values '*, *', but only"
                + " one is allowed.");
    assertEquals(0, result.exit());
    assertFalse(result.out().contains("eyJhbG"), result::out);
    assertFalse(result.out().contains("0b6a23"), result::out);
    assertTrue(result.out().contains("page=2&X-Amz-Signature=not-shown"), result::out);
    assertTrue(
        result.out().contains("diagnose 'https://b.example/items?next=/x&id_token=not-shown'"),
        result::out);
    assertTrue(result.out().contains("instead of not-shown"), result::out);
  }

  @Test
  void a_redirect_is_read_from_the_message() {
    ConsoleMessage read =
        Console.read(
                "Access to fetch at 'https://b.example/y' (redirected from 'https://a.example/x')"
                    + " from origin 'null' has been blocked by CORS policy: No"
                    + " 'Access-Control-Allow-Origin' header is present on the requested resource.")
            .get(0);
    assertEquals("https://b.example/y", read.url());
    assertTrue(
        read.remedy().cause().contains("from there on its Origin is null"),
        () -> read.remedy().cause());
    assertEquals(
        "Let the page request https://b.example/y itself: then the browser sends the page's origin. Do"
            + " not allow null there, as any site can make its pages' origin null.",
        read.remedy().words().get(0));
  }

  @ParameterizedTest
  @CsvSource({
    "https://app.example/, the slash at the end is too much",
    "https://APP.example, upper and lower case differ",
    "http://app.example, the scheme differs",
    "https://app.example:8443, the port differs",
    "https://www.app.example, www. is in one of them",
    "https://x.app.example, one is a subdomain of the other",
    "https://app.example/x, an origin has no path",
    "https://app.example., one host ends in a dot",
    "https://*.example, a pattern is not an origin",
    "https://other.example, it is another origin",
    "null, null is for pages without an origin"
  })
  void an_origin_that_comes_near_is_told_by_its_difference(String value, String difference) {
    String message =
        BLOCKED
            + "The 'Access-Control-Allow-Origin' header has a value '"
            + value
            + "' that is not equal to the supplied origin.";
    String out = crosswalk("explain", message).out().replaceAll("\\s+", " ");
    assertTrue(out.contains(difference), out);
  }

  @Test
  void the_change_is_given_as_a_policy_and_as_headers() {
    String out =
        crosswalk(
                "explain",
                BLOCKED
                    + "Method PUT is not allowed by Access-Control-Allow-Methods in preflight"
                    + " response.")
            .out();
    assertEquals(
        """
        A message from Chrome
          about https://api.example/x
          from  https://app.example

        Cause
          The answer to the preflight does not allow PUT.

        What to change
          - Add PUT to Access-Control-Allow-Methods.
          - If PUT is listed already, another layer answers OPTIONS for this path (a proxy, a gateway, a
            panel such as Plesk, the framework), or the list applies to other paths.

          With any server, on the answer to the preflight (OPTIONS, status 204):
              Access-Control-Allow-Origin: https://app.example
              Access-Control-Allow-Methods: PUT
              Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
          On every other response, including errors:
              Access-Control-Allow-Origin: https://app.example
              Vary: Origin

          With Crosswalk, on the JVM:
              CorsPolicy.builder()
                  .allowOrigins("https://app.example")
                  .allowMethods("PUT")
                  .build();

        To see it happen
          crosswalk diagnose https://api.example/x --origin https://app.example -X PUT
        """,
        out.replace(System.lineSeparator(), "\n"));
  }

  @Test
  void no_policy_is_offered_that_would_be_unsafe_and_plain_headers_are_given_all_the_same() {
    String insecure =
        crosswalk("explain", chromium().toList().get(2).get(1).replace("https://app", "http://app"))
            .out();
    assertFalse(insecure.contains("CorsPolicy"), insecure);
    assertTrue(insecure.contains("no policy for http://app.example with credentials"), insecure);
    assertTrue(insecure.contains("Access-Control-Allow-Origin: http://app.example\n"), insecure);
    assertFalse(insecure.contains("allowed-origins"), insecure);
    assertFalse(insecure.contains("dangerously"), insecure);
    String opaque =
        crosswalk(
                "explain", chromium().toList().get(5).get(1).replace("https://app.example", "null"))
            .out();
    assertFalse(opaque.contains("CorsPolicy"), opaque);
    assertTrue(opaque.contains("any site can make its pages' origin null"), opaque);
    assertFalse(opaque.contains("Access-Control-Allow-Origin: null"), opaque);
    assertTrue(
        opaque.contains("Access-Control-Allow-Origin: " + RequiredGrant.SOME_ORIGIN), opaque);
  }

  @Test
  void the_command_to_see_it_repeats_method_headers_and_credentials() {
    assertCommand(
        "-X PUT",
        BLOCKED
            + "Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.");
    assertCommand(
        "-H 'x-a: x'",
        BLOCKED
            + "Request header field x-a is not allowed by Access-Control-Allow-Headers in preflight"
            + " response.");
    assertCommand("--credentials", chromium().toList().get(2).get(1));
    assertCommand(
        "-X patch",
        BLOCKED
            + "Method patch is not allowed by Access-Control-Allow-Methods in preflight response.");
  }

  private static void assertCommand(String options, String message) {
    String out = crosswalk("explain", message).out();
    assertTrue(
        out.contains(
            "\n  crosswalk diagnose https://api.example/x --origin https://app.example "
                + options
                + "\n"),
        out);
  }

  @Test
  void lower_case_patch_is_the_scripts_fault() {
    String out =
        crosswalk(
                "explain",
                BLOCKED
                    + "Method patch is not allowed by Access-Control-Allow-Methods in preflight"
                    + " response.")
            .out()
            .replaceAll("\\s+", " ");
    assertTrue(out.contains("Write PATCH in the script."), out);
    assertTrue(out.contains(".allowMethods(\"PATCH\")"), out);
    assertTrue(out.contains("Access-Control-Allow-Methods: PATCH "), out);
  }

  @Test
  void a_response_header_that_the_script_sends_is_taken_out() {
    String out =
        crosswalk(
                "explain",
                BLOCKED
                    + "Request header field access-control-allow-origin is not allowed by"
                    + " Access-Control-Allow-Headers in preflight response.")
            .out()
            .replaceAll("\\s+", " ");
    assertTrue(out.contains("Remove access-control-allow-origin from the script"), out);
  }

  @Test
  void two_lines_in_Firefoxs_words_are_two_layers() {
    String line = firefox("CORS header ‘Access-Control-Allow-Origin’ does not match ‘*, *’).");
    assertEquals("ACAO_MULTIPLE", code(line));
  }

  // --------------------------------------------------------------------------- how it is pasted

  @Test
  void what_stands_around_a_message_does_no_harm() {
    String message = chromium().toList().get(5).get(1);
    assertEquals("ACAO_MISSING", code("index.html:1 " + message + "\n(anonymous) @ app.js:12"));
    assertEquals("ACAO_MISSING", code(message.replace(" ", "\n   ")));
    assertEquals(
        "ACAO_MISMATCH",
        code(firefox().toList().get(9).get(1).replace('‘', '\'').replace('’', '\'')));
    assertEquals(
        "ACAO_MISSING",
        code(message + " GET https://api.example/x net::ERR_FAILED TypeError: Failed to fetch"));
  }

  @Test
  void quotation_marks_that_a_terminal_has_lost_do_no_harm() {
    String lost = firefox("CORS header ‘Access-Control-Allow-Origin’ missing).");
    assertEquals("ACAO_MISSING", code(lost.replaceAll("[‘’]", "\uFFFD\uFFFD\uFFFD")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"explain", "explain -"})
  void a_message_may_come_by_standard_input(String command) {
    InputStream before = System.in;
    try {
      System.setIn(
          new ByteArrayInputStream(
              "Load cannot follow more than 20 redirections\n".getBytes(StandardCharsets.UTF_8)));
      Result result = crosswalk(command.split(" "));
      assertEquals(0, result.exit(), result.err());
      assertTrue(result.out().contains("Most likely they go in a circle"), result.out());
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void a_message_may_come_in_a_file(@TempDir Path folder) throws IOException {
    String message = firefox("CORS header ‘Access-Control-Allow-Origin’ missing).");
    Path file = Files.writeString(folder.resolve("my console.txt"), message);
    Result result = crosswalk("explain", file.toString());
    assertEquals(0, result.exit(), result.err());
    assertEquals(crosswalk("explain", message).out(), result.out());
  }

  @Test
  void a_file_that_is_not_there_is_named(@TempDir Path folder) throws IOException {
    Result absent = crosswalk("explain", "console.txt");
    assertEquals(2, absent.exit());
    assertTrue(absent.err().contains("There is no file console.txt."), absent.err());
    Path file = Files.writeString(folder.resolve("console.txt"), "Hello");
    Result unknown = crosswalk("explain", file.toString());
    assertEquals(2, unknown.exit());
    assertTrue(unknown.err().contains("This message is not known."), unknown.err());
  }

  @Test
  void of_many_messages_six_are_explained_and_the_cause_of_each_other_is_named() {
    List<String> headers = List.of("a", "b", "c", "d", "e", "f", "g", "h");
    String paste =
        headers.stream()
            .map(
                name ->
                    "Access to fetch at 'https://"
                        + name
                        + ".example/x' from origin 'https://app.example' has been blocked by CORS"
                        + " policy: Request header field x-"
                        + name
                        + " is not allowed by Access-Control-Allow-Headers in preflight response.\n")
            .collect(Collectors.joining());
    String said = crosswalk("explain", paste).text();
    assertTrue(said.contains("(6 of 8)"), said);
    assertFalse(said.contains("(7 of 8)"), said);
    assertTrue(said.contains("- https://g.example/x: The answer to the preflight"), said);
    assertTrue(said.contains("- https://h.example/x: The answer to the preflight"), said);
  }

  @Test
  void a_message_may_come_in_several_arguments() {
    assertEquals(0, crosswalk("explain", "Load", "cannot follow more than 20 redirections").exit());
  }

  @Test
  void json_is_for_tools() {
    JsonNode json =
        JsonMapper.builder()
            .build()
            .readTree(crosswalk("explain", "--json", chromium().toList().get(2).get(1)).out());
    JsonNode message = json.get("messages").get(0);
    assertEquals("ACAO_WILDCARD_CREDENTIALS", message.get("cause").asString());
    assertEquals("https://app.example", message.get("origin").asString());
    assertEquals(
        "Access-Control-Allow-Credentials: true",
        message.get("change").get("responseHeaders").get(1).asString());
  }

  // ------------------------------------------------------------------------------------ mistakes

  @ParameterizedTest
  @ValueSource(strings = {"hello", "{}", "Access to fetch at", "The origin of this"})
  void a_message_that_is_not_known_is_told_in_a_sentence(String message) {
    Result result = crosswalk("explain", message);
    assertEquals(2, result.exit());
    assertEquals("", result.out());
    assertEquals(
        List.of(
            "crosswalk: This message is not known. Paste the whole line of the console, or test the"
                + " server: crosswalk diagnose URL --origin ORIGIN.",
            "Try: crosswalk explain --help"),
        result.err().lines().toList());
  }

  @Test
  void nothing_is_told_as_nothing(@TempDir Path folder) throws IOException {
    assertTrue(crosswalk("explain", " ").err().contains("The message is empty."));
    Path empty = Files.writeString(folder.resolve("console.txt"), "\n");
    assertTrue(crosswalk("explain", empty.toString()).err().contains(empty + " is empty."));
    assertTrue(
        crosswalk("explain", folder.toString())
            .err()
            .contains(folder + " cannot be read: it is a folder."));
    assertTrue(
        crosswalk("explain", empty.toString(), empty.toString())
            .err()
            .contains("Give one file at a time: crosswalk explain " + empty));
  }

  /** As tutorials print them, or as a forum that takes tags out shows them. */
  @ParameterizedTest
  @CsvSource({
    "Request header field … is not allowed by Access-Control-Allow-Headers., one of the request's headers",
    "Request header field <name> is not allowed by Access-Control-Allow-Headers., one of the request's headers",
    "Request header field  is not allowed by Access-Control-Allow-Headers in preflight response., one of the request's headers",
    "Method <METHOD> is not allowed by Access-Control-Allow-Methods in preflight response., the request's method"
  })
  void a_name_that_was_cut_out_is_not_one(String message, String instead) {
    Result result = crosswalk("explain", message);
    assertTrue(result.text().contains("Add " + instead + " to "), result.out());
    assertTrue(result.text().contains("Your paste does not have the name"), result.out());
  }

  @Test
  void a_header_that_keeps_other_origins_out_is_understood_alone() {
    Result result = crosswalk("explain", "Cross-Origin-Resource-Policy: same-origin");
    assertEquals(0, result.exit(), result.out());
    assertTrue(result.text().contains("This is not CORS"), result.out());
  }

  /** What is said of it helps, but a program has to know that nothing is known. */
  @Test
  void a_program_that_a_text_without_a_message_names_is_told_as_the_cause() {
    Result result =
        crosswalk(
            "explain",
            "Our eel counter cannot ask elasticvue's cluster, do I need something for CORS?");
    assertEquals(0, result.exit(), result.err());
    assertTrue(result.out().startsWith("A description, not a browser message"), result.out());
    assertTrue(
        result.text().contains("What it names and shows leads to the first point below."),
        result.out());
  }

  @Test
  void a_text_that_only_speaks_of_cors_is_not_known() {
    String text = "The policy will block what is located at a cross-origin URL.";
    Result result = crosswalk("explain", text);
    assertTrue(result.out().startsWith("Not a known browser message"), result.out());
    assertEquals(2, result.exit());
    assertEquals(2, crosswalk("explain", "--json", text).exit());
  }

  @Test
  void a_message_without_end_is_refused() {
    Result result = crosswalk("explain", "x".repeat(Paste.MAX_LENGTH + 1));
    assertEquals(2, result.exit());
    assertTrue(result.err().contains("too long to read"), result.err());
  }

  @Test
  void nothing_pasted_reaches_the_terminal_as_a_command() {
    String out =
        crosswalk(
                "explain",
                BLOCKED
                    + "The 'Access-Control-Allow-Origin' header has a value '\u001B[2J' that is not"
                    + " equal to the supplied origin.")
            .out();
    assertFalse(out.contains("\u001B"), out);
  }

  @Test
  void every_line_but_a_command_fits_into_100_columns() {
    Stream.of(chromium(), firefox(), webkit())
        .flatMap(messages -> messages)
        .flatMap(message -> crosswalk("explain", message.get(1)).out().lines())
        .filter(line -> !line.startsWith("  crosswalk diagnose "))
        .forEach(line -> assertTrue(line.length() <= 100, line));
  }

  @Test
  void help_names_the_exit_codes() {
    Result help = crosswalk("explain", "--help");
    assertEquals(0, help.exit());
    assertTrue(
        help.out().contains("Nothing in your paste is known, or the command is wrong."),
        help.out());
  }

  // ------------------------------------------------------------------------- mistakes in commands

  @ParameterizedTest
  @CsvSource({
    "expalin, There is no command expalin. Did you mean explain?",
    "explain --jsn, There is no option --jsn. Did you mean --json?",
    "diagnose http://localhost/ more, There is one argument too many: more."
  })
  void a_mistyped_word_is_told_with_the_nearest_one(String line, String sentence) {
    Result result = crosswalk(line.split(" "));
    assertEquals(2, result.exit());
    assertEquals("crosswalk: " + sentence, result.err().lines().findFirst().orElse(""));
  }

  @Test
  void programs_get_a_mistake_as_json_too() {
    Result result = crosswalk("diagnose", "http://localhost/", "--json");
    assertEquals(2, result.exit());
    assertTrue(result.out().contains("\"error\" : \"The page's origin is missing"), result.out());
    Result unknown = crosswalk("explain", "hello", "--json");
    assertTrue(unknown.out().contains("\"error\" : \"This message is not known"), unknown.out());
    assertEquals(2, unknown.json().get("format").asInt(), "as that of an answer");
  }

  @Test
  void without_options_the_answer_is_the_same() {
    String message = "Reason: CORS header ‘Access-Control-Allow-Origin’ missing";
    assertEquals(crosswalk("explain", "--", message), crosswalk("explain", message));
  }

  @Test
  void the_command_to_see_it_happen_is_one_that_works_for_a_page_of_the_disk() {
    String out =
        crosswalk(
                "explain",
                "Access to fetch at 'http://localhost:8080/api' from origin 'file://' has been"
                    + " blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present")
            .out();
    assertTrue(out.contains("crosswalk diagnose http://localhost:8080/api --origin null"), out);
  }
}
