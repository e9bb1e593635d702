package dev.crosswalk.cors.cli.explain;

import static dev.crosswalk.cors.cli.Result.crosswalk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A HAR file holds what a browser really saw; each request that failed is explained. */
class ExplainHarTest {

  private static final String ORIGIN = "Origin: https://app.example.com";
  private static final String ALLOW = "access-control-allow-origin: https://app.example.com";

  @TempDir private Path folder;

  private static String headers(List<String> lines) {
    return String.join(
        ",",
        lines.stream()
            .map(
                line -> {
                  int colon = line.indexOf(':', 1);
                  return "{\"name\":\"%s\",\"value\":\"%s\"}"
                      .formatted(line.substring(0, colon), line.substring(colon + 1).strip());
                })
            .toList());
  }

  /** One request; {@code more} are members of the response, or of the entry after a bar. */
  private static String entry(
      String request, List<String> sent, int status, List<String> received, String more) {
    String[] words = request.split(" ");
    String[] members = (more + "|").split("\\|", -1);
    return """
    {"_initiator":{"type":"script"},
     "request":{"method":"%s","url":"%s","headers":[%s],"postData":{"text":"a"}},
     "response":{"status":%d,"headers":[%s],"content":{"text":"body"}%s},
     "timings":{"wait":1}%s}
    """
        .formatted(
            words[0], words[1], headers(sent), status, headers(received), members[0], members[1]);
  }

  private Result explain(String creator, String... entries) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("network.har"),
            "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"%s\"},\"pages\":[{\"id\":1}],\"entries\":[%s]}}"
                .formatted(creator, String.join(",", entries)));
    return crosswalk("explain", "--har", file.toString());
  }

  private static void says(Result result, String... parts) {
    assertEquals(0, result.exit(), result.err());
    for (String part : parts) {
      assertTrue(result.out().contains(part), result.out());
    }
  }

  @Test
  void the_answer_to_the_preflight_is_judged_as_the_browser_judged_it() throws IOException {
    says(
        explain(
            "WebInspector",
            entry(
                "OPTIONS https://api.example.com/items",
                List.of(
                    ORIGIN,
                    "Access-Control-Request-Method: PUT",
                    "Access-Control-Request-Headers: content-type"),
                204,
                List.of(ALLOW, "access-control-allow-headers: content-type"),
                ""),
            entry(
                "PUT https://api.example.com/items",
                List.of(ORIGIN, "content-type: application/json", ":path: /items"),
                0,
                List.of(),
                ",\"_error\":\"net::ERR_FAILED\"")),
        "1 of 1 requests to other origins failed",
        "METHOD_NOT_ALLOWED  PUT https://api.example.com/items",
        "Request 2 (PUT) of the network panel",
        "-X PUT -H 'content-type: application/json'");
  }

  @Test
  void firefox_does_not_record_that_credentials_were_meant() throws IOException {
    String any =
        entry(
            "GET https://api.example.com/any",
            List.of(ORIGIN),
            200,
            List.of("access-control-allow-origin: *"),
            "");
    says(
        explain("Firefox", any),
        "The only request to another origin in this file did not fail.",
        "One more is blocked if it was sent with credentials, which Firefox does not record:"
            + " https://api.example.com/any");
    assertFalse(explain("WebInspector", any).out().contains("with credentials"));
  }

  @Test
  void a_response_of_the_cache_is_said_to_be_one() throws IOException {
    says(
        explain(
            "WebInspector",
            entry(
                "GET https://api.example.com/items",
                List.of(ORIGIN),
                200,
                List.of("access-control-allow-origin: https://other.example.com"),
                "|,\"_fromCache\":\"disk\"")),
        "ACAO_MISMATCH",
        "from the browser's own cache",
        "Vary: Origin");
  }

  @Test
  void cookies_of_the_file_are_credentials_and_are_not_shown() throws IOException {
    Result result =
        explain(
            "Firefox",
            entry(
                "GET https://api.example.com/me",
                List.of(ORIGIN, "Cookie: session=hunter2"),
                200,
                List.of("access-control-allow-origin: *"),
                ""));
    says(result, "ACAO_WILDCARD_CREDENTIALS", "--credentials");
    assertFalse(result.out().contains("hunter2"), result.out());
  }

  @Test
  void what_the_browser_stopped_is_not_taken_for_cors() throws IOException {
    says(
        explain(
            "WebInspector",
            entry(
                "GET https://ads.example.com/a",
                List.of(ORIGIN),
                0,
                List.of(),
                ",\"_error\":\"net::ERR_BLOCKED_BY_CLIENT\""),
            entry(
                "GET https://api.example.com/b",
                List.of(ORIGIN),
                0,
                List.of(),
                ",\"_error\":\"net::ERR_FAILED\"")),
        "BLOCKED_BY_CLIENT  GET https://ads.example.com/a",
        "The browser recorded no response (net::ERR_FAILED)");
  }

  @Test
  void requests_of_one_origin_and_without_cors_are_not_judged() throws IOException {
    says(
        explain(
            "Firefox",
            entry("POST https://app.example.com/x", List.of(ORIGIN), 200, List.of(), ""),
            entry("GET https://cdn.example.com/x.png", List.of(), 200, List.of(), ""),
            entry("GET https://api.example.com/ok", List.of(ORIGIN), 200, List.of(ALLOW), "")),
        "The only request to another origin in this file did not fail.");
    says(
        explain(
            "Firefox", entry("GET https://cdn.example.com/x.png", List.of(), 200, List.of(), "")),
        "This file has no requests to other origins.");
  }

  @Test
  void a_preflight_that_the_browser_remembered_is_not_missed() throws IOException {
    says(
        explain(
            "Firefox",
            entry(
                "DELETE https://api.example.com/items",
                List.of(ORIGIN, "x-trace: 1"),
                200,
                List.of(ALLOW),
                "")),
        "The only request to another origin in this file did not fail.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "{}",
        "[1]",
        "{\"log\":{\"entries\":[{\"request\":",
        "{\"log\":{\"entries\":[[[[[[[[[[",
        "{\"log\":{\"entries\":[{\"request\":{\"url\":\"\u001b[31m"
      })
  void what_is_not_a_har_file_is_told_in_a_sentence(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("x.har"), text);
    Result result = crosswalk("explain", "--har", file.toString());
    assertEquals(2, result.exit(), result.out());
    assertTrue(result.err().startsWith("crosswalk: --har: it is "), result.err());
    assertFalse(result.err().contains("\u001b"), result.err());
  }

  /** Each of these, unless it is cut, takes the processor many seconds, or prints megabytes. */
  @ParameterizedTest
  @MethodSource("longTexts")
  void of_a_long_url_or_header_the_beginning_is_read(String url, String allowed)
      throws IOException {
    String[] received = {"access-control-allow-origin: " + allowed};
    String entry = entry("GET https://api.example/x", List.of(ORIGIN), 200, List.of(received), "");
    Result result =
        assertTimeoutPreemptively(
            Duration.ofSeconds(10),
            () -> explain("Chrome", entry.replace("https://api.example/x", url)));
    assertEquals(0, result.exit(), result.err());
    assertTrue(result.out().length() < 200_000, () -> result.out().length() + " characters");
  }

  static Stream<Arguments> longTexts() {
    return Stream.of(
        Arguments.of("https://" + "a.".repeat(400_000) + "example/", "https://b.example"),
        Arguments.of("https://a.example/" + " ".repeat(800_000) + "x", "https://b.example"),
        Arguments.of("https://a.example/", "https://b.example" + "/".repeat(800_000) + "x"),
        Arguments.of("https://a.example/", "://".repeat(200_000) + " ".repeat(200_000) + "x"));
  }

  @Test
  void a_request_that_a_failed_preflight_prevented_has_no_origin_of_its_own() throws IOException {
    Result result =
        explain(
            "WebInspector",
            entry(
                "PUT https://api.example.com/notes",
                List.of("User-Agent: Mozilla/5.0"),
                0,
                List.of(),
                ",\"_error\":\"net::ERR_FAILED\""),
            entry(
                "OPTIONS https://api.example.com/notes",
                List.of(ORIGIN, "Access-Control-Request-Method: PUT"),
                405,
                List.of(ALLOW),
                ""));
    says(result, "1 of 1 requests to other origins failed", "PUT", "the status 405");
  }

  @Test
  void a_misspelled_header_is_told_as_one() throws IOException {
    Result result =
        explain(
            "WebInspector",
            entry(
                "GET https://api.example.com/notes",
                List.of(ORIGIN),
                200,
                List.of("Access-Control-Allowed-Origin: https://app.example.com"),
                ",\"_error\":\"net::ERR_FAILED\""));
    says(
        result,
        "HEADER_TYPO",
        "Access-Control-Allowed-Origin",
        "Access-Control-Allow-Origin",
        "is misspelled");
    assertFalse(result.out().contains("does not allow this origin"), result.out());
  }

  @Test
  void a_redirect_to_a_login_is_told_as_one() throws IOException {
    Result result =
        explain(
            "WebInspector",
            entry(
                "GET https://api.example.com/notes",
                List.of(ORIGIN),
                302,
                List.of("Location: /login?next=%2Fnotes"),
                ",\"_error\":\"net::ERR_FAILED\""));
    says(result, "login");
    assertFalse(result.out().contains("Let the page request"), result.out());
  }
}
