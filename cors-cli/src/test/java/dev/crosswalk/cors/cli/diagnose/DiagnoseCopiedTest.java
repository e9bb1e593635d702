package dev.crosswalk.cors.cli.diagnose;

import static dev.crosswalk.cors.cli.Result.crosswalk;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.ALLOW;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.TRUE;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.allowed;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.response;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.tck.wire.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser's network panel copies is a request: as cURL, as PowerShell, as fetch. */
class DiagnoseCopiedTest {

  private static final String UNIX =
      """
      curl 'URL' \\
        -X 'PUT' \\
        -H 'accept: */*' \\
        -H 'accept-language: en-US,en;q=0.9' \\
        -H 'cache-control: no-cache' \\
        -H 'content-type: application/json' \\
        -b 'session=secret' \\
        -H 'origin: https://app.example.com' \\
        -H 'priority: u=1, i' \\
        -H 'referer: https://app.example.com/' \\
        -H 'sec-ch-ua: "Chromium";v="156"' \\
        -H 'sec-fetch-mode: cors' \\
        -H 'user-agent: Mozilla/5.0 (mine)' \\
        --data-raw $'{"a":"it\\'s \\u00e9"}'
      """;

  private static final String CMD =
      """
      curl ^"URL^" ^
        -X ^"PUT^" ^
        -H ^"content-type: application/json^" ^
        -b ^"session=secret^" ^
        -H ^"origin: https://app.example.com^" ^
        -H ^"user-agent: Mozilla/5.0 (mine)^" ^
        --data-raw ^"^{^\\^"a^\\^":^\\^"it's \u00e9^\\^"^}^"
      """;

  private static final String FETCH =
      """
      fetch("URL", {
        "headers": {
          "accept": "*/*",
          "accept-language": "en-US,en;q=0.9",
          "content-type": "application/json",
          "priority": "u=1, i",
          "sec-ch-ua": "\\"Chromium\\";v=\\"156\\"",
          "sec-fetch-mode": "cors"
        },
        "referrer": "https://app.example.com/notes?page=1",
        "body": "{\\"a\\":\\"it's \u00e9\\"}",
        "method": "PUT",
        "mode": "cors",
        "credentials": "include"
      });
      """;

  private static final String NODE =
      """
      fetch("URL", {
        "headers": {
          "content-type": "application/json",
          "cookie": "session=secret",
          "user-agent": "Mozilla/5.0 (mine)",
          "Referer": "https://app.example.com/"
        },
        "body": "{\\"a\\":\\"it's \u00e9\\"}",
        "method": "PUT"
      });
      """;

  private static final String FIREFOX =
      """
      await fetch("URL", {
          "credentials": "include",
          "headers": {
              "Accept": "*/*",
              "content-type": "application/json"
          },
          "referrer": "https://app.example.com/",
          "body": "{\\"a\\":\\"it's \u00e9\\"}",
          "method": "PUT",
          "mode": "cors"
      });
      """;

  private static final String POWERSHELL =
      """
      $session = New-Object Microsoft.PowerShell.Commands.WebRequestSession
      $session.UserAgent = "Mozilla/5.0 (mine)"
      $session.Cookies.Add((New-Object System.Net.Cookie("session", "secret", "/", "localhost")))
      Invoke-WebRequest -UseBasicParsing -Uri "URL" `
      -Method "PUT" `
      -WebSession $session `
      -Headers @{
      "authority"="localhost"
        "method"="PUT"
        "path"="/notes"
        "scheme"="http"
        "accept"="*/*"
        "origin"="https://app.example.com"
        "sec-ch-ua"="`"Chromium`";v=`"156`""
      } `
      -ContentType "application/json" `
      -Body ([System.Text.Encoding]::UTF8.GetBytes("{`"a`":`"it's $([char]233)`"}"))
      """;

  @TempDir private Path folder;
  private ScriptedServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        ScriptedServer.start(
            wire -> {
              boolean asks = wire.readHead().startsWith("OPTIONS ");
              wire.say(
                  asks
                      ? response(
                          "204 No Content",
                          ALLOW,
                          TRUE,
                          "Access-Control-Allow-Methods: PUT",
                          "Access-Control-Allow-Headers: content-type")
                      : response("200 OK", ALLOW, TRUE, "Vary: Origin"));
            });
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private Result diagnose(String command, String... more) throws IOException {
    Path file = Files.writeString(folder.resolve("copied.txt"), command);
    String[] arguments = new String[more.length + 3];
    arguments[0] = "diagnose";
    arguments[1] = "--copied";
    arguments[2] = file.toString();
    System.arraycopy(more, 0, arguments, 3, more.length);
    return crosswalk(arguments);
  }

  private void isThatRequest(Result result) {
    allowed(result, "PUT " + server.url("/notes?a=1&b=2") + " from", ", with credentials");
    assertFalse(result.out().contains("secret"), result.out());
    String preflight = server.heads().get(0);
    assertTrue(preflight.contains("Access-Control-Request-Headers: content-type\r\n"), preflight);
    String request = server.heads().get(1);
    assertTrue(request.contains("Cookie: session=secret\r\n"), request);
    assertTrue(request.contains("User-Agent: Mozilla/5.0 (mine)\r\n"), request);
    assertTrue(request.contains("Content-Length: 15\r\n"), request);
  }

  @Test
  void for_a_shell_of_unix() throws IOException {
    isThatRequest(diagnose(UNIX.replace("URL", server.url("/notes?a=1&b=2"))));
  }

  @Test
  void for_windows() throws IOException {
    isThatRequest(diagnose(CMD.replace("URL", server.url("/notes?a=1^&b=2"))));
  }

  @ParameterizedTest
  @FieldSource("FETCHES")
  void as_fetch(String command) throws IOException {
    Result result = diagnose(command.replace("URL", server.url("/notes?a=1&b=2")));
    allowed(result, "PUT " + server.url("/notes?a=1&b=2") + " from https://app.example.com");
    assertFalse(result.out().contains("secret"), result.out());
    String preflight = server.heads().get(0);
    assertTrue(preflight.contains("Access-Control-Request-Headers: content-type\r\n"), preflight);
    assertTrue(server.heads().get(1).contains("Content-Length: 15\r\n"), server.heads().get(1));
  }

  private static final List<String> FETCHES = List.of(FETCH, FIREFOX, NODE);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "curl -svI URL -H 'Origin: https://app.example.com'",
        "curl -i URL -o /dev/null -HOrigin:https://app.example.com",
        "curl -XPUT --json '{}' URL -H 'Origin: https://app.example.com'",
        "curl -F a=1 URL -H 'Origin: https://app.example.com'",
        "curl \"URL\" ^\n  --compressed ^\n  -X PUT ^\n  -H \"Origin: https://app.example.com\" ^\n"
            + "  -H \"Content-Type: application/json\" ^\n  --data-raw \"{}\""
      })
  void as_people_write_it_and_as_Firefox_copies_it_for_windows(String command) throws IOException {
    allowed(diagnose(command.replace("URL", server.url("/notes"))));
  }

  @Test
  void the_preflight_was_copied_and_not_the_request() throws IOException {
    Result result =
        diagnose(
            "curl '"
                + server.url("/notes")
                + "' -X 'OPTIONS' -H 'Access-Control-Request-Method: PUT' -H"
                + " 'Access-Control-Request-Headers: content-type' -H 'Origin: https://app.example.com'");
    assertEquals(2, result.exit(), result.out());
    assertTrue(
        result
            .err()
            .contains(
                "Copy the request behind it (PUT) instead, or write -X PUT -H 'content-type: …'."),
        result.err());
    assertEquals(0, server.connections());
  }

  @Test
  void for_powershell() throws IOException {
    isThatRequest(diagnose(POWERSHELL.replace("URL", server.url("/notes?a=1&b=2"))));
  }

  @Test
  void an_origin_that_the_browser_did_not_send_is_asked_for() throws IOException {
    String command = "curl '" + server.url("/notes") + "' --compressed";
    Result result = diagnose(command);
    assertEquals(2, result.exit());
    assertTrue(result.err().contains("The page's origin is missing"), result.err());
    allowed(diagnose(command, "--origin", Diagnosing.APP));
  }

  @ParameterizedTest
  @CsvSource({
    "hello, it does not hold a request",
    "fetch(1), the URL of fetch is not written out",
    "'fetch(\"/a\", {body: JSON.stringify(data)})', values that only the page knows",
    "fetch(, the call of fetch is cut off",
    "Invoke-WebRequest -Uri, it has no URL",
    "Invoke-WebRequest -Uri \"http://localhost/, ends inside quotation marks",
    "curl --ftp-ssl a http://localhost/, the curl option --ftp-ssl is not supported",
    "curl 'http://localhost/' ; curl 'http://localhost/b' ; curl http://localhost/c, it holds 3 requests",
    "'fetch(\"http://localhost/\", {\"headers\": {\"accept\": \"*/*\"}, \"body\": null, \"method\": \"OPTIONS\"});', most likely the preflight itself",
    "curl --compressed, it has no URL",
    "curl \"http://localhost/, ends inside quotation marks",
    "curl http://localhost/ -X, ends in an option without a value"
  })
  void a_command_that_cannot_be_read(String command, String sentence) throws IOException {
    Result result = diagnose(command);
    assertEquals(2, result.exit(), result.out());
    assertTrue(result.err().contains(sentence), result.err());
  }
}
