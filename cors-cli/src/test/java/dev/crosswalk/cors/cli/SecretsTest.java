package dev.crosswalk.cors.cli;

import static dev.crosswalk.cors.cli.Result.crosswalk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.terminal.Secrets;
import dev.crosswalk.cors.tck.wire.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a command prints can be pasted into a forum: no secret of a URL or of a header is in it. */
class SecretsTest {

  /** What nobody may read. */
  private static final String SECRET = "hunter2";

  private static final String PATH = "/cb;jsessionid=hunter2?page=2&access_token=hunter2";

  /** With a secret in each place. */
  private static final String URL =
      "https://tom:hunter2@api.example.com" + PATH + "#id_token=hunter2";

  private static final String APP = "https://app.example.com";

  private static final String BLOCKED =
      "Access to fetch at '"
          + URL
          + "' from origin 'https://app.example.com' has been blocked by CORS policy: No"
          + " 'Access-Control-Allow-Origin' header is present on the requested resource.";

  @TempDir private Path folder;

  private static Result hidden(String... arguments) {
    Result result = crosswalk(arguments);
    String all = result.out() + result.err();
    assertFalse(all.isBlank());
    assertFalse(all.contains(SECRET), all);
    return result;
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  static Stream<String> pastes() {
    return Stream.of(
        BLOCKED,
        BLOCKED.replace(
            "' from origin",
            "' (redirected from 'https://x.example.com/a?api_key=hunter2#key=hunter2') from"
                + " origin"),
        "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource"
            + " at "
            + URL
            + ". (Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 200.",
        "Mixed Content: The page at '"
            + APP
            + "/?token=hunter2#key=hunter2' was loaded over HTTPS, but requested an insecure"
            + " resource '"
            + URL.replace("https", "http")
            + "'. This request has been blocked; the content must be served over HTTPS.",
        "WebSocket connection to '"
            + URL.replace("https", "wss")
            + "' failed: Error during WebSocket handshake: Unexpected response code: 403",
        "curl '"
            + URL
            + "' -H 'Origin: https://app.example.com' -H 'Authorization: Bearer hunter2'"
            + " -H 'Cookie: sid=hunter2' -H 'X-Api-Key: hunter2' -u 'tom:hunter2'\n"
            + BLOCKED,
        "fetch('"
            + URL
            + "', {headers: {authorization: 'Bearer hunter2', 'x-api-key': 'hunter2'}})\n"
            + BLOCKED,
        "GET "
            + PATH
            + " HTTP/1.1\nHost: api.example.com\nOrigin: https://app.example.com\nCookie:"
            + " sid=hunter2\nAuthorization: Bearer hunter2\n\nHTTP/1.1 302 Found\nLocation: "
            + URL
            + "\nSet-Cookie: sid=hunter2; Path=/\n");
  }

  @ParameterizedTest
  @MethodSource("pastes")
  void explain_hides_what_a_paste_has(String paste) throws IOException {
    String file = file("console.txt", paste).toString();
    assertEquals(0, hidden("explain", file).exit());
    Result json = hidden("explain", "--json", file);
    assertEquals(0, json.exit());
    assertFalse(json.json().path("messages").isEmpty(), json.out());
  }

  @Test
  void a_command_to_copy_says_what_to_write_where_a_secret_was() {
    String text = hidden("explain", BLOCKED).text();
    assertTrue(
        text.contains(
            "crosswalk diagnose 'https://not-shown@api.example.com/cb;jsessionid=not-shown?page=2"
                + "&access_token=not-shown' --origin https://app.example.com What may be a secret in"
                + " the URL is not shown: write it instead of not-shown before you run this."),
        text);
  }

  @Test
  void explain_hides_what_a_recording_has() throws IOException {
    String entry =
        """
        {"log":{"version":"1.2","creator":{"name":"WebInspector"},"pages":[{"id":1}],"entries":[
        {"_initiator":{"type":"script"},
         "request":{"method":"GET","url":"%s","headers":[
           {"name":"Origin","value":"https://app.example.com"},
           {"name":"Cookie","value":"sid=hunter2"},
           {"name":"Authorization","value":"Bearer hunter2"}]},
         "response":{"status":0,"_error":"net::ERR_FAILED",
           "headers":[{"name":"Set-Cookie","value":"sid=hunter2"}],"content":{}},
         "timings":{"wait":1}}]}}
        """
            .formatted(URL.replace("tom:hunter2@", ""));
    String file = file("network.har", entry).toString();
    assertTrue(hidden("explain", "--har", file).out().contains("1 of 1"));
    assertFalse(hidden("explain", "--json", "--har", file).json().path("messages").isEmpty());
  }

  /** It answers preflights, and sends a page to another URL if it is asked for /login. */
  private static ScriptedServer server(String... fields) throws IOException {
    return ScriptedServer.start(
        wire -> {
          String head = wire.readHead();
          boolean login = head.contains("/login");
          String location =
              "Location: https://tom:hunter2@login.example.com/?code=hunter2#token=hunter2\r\n";
          wire.say(
              "HTTP/1.1 "
                  + (login && head.startsWith("GET") ? "302 Found" : "200 OK")
                  + "\r\nConnection: close\r\nContent-Length: 0\r\n"
                  + "Set-Cookie: sid=hunter2; Path=/\r\nX-Auth-Token: hunter2\r\n"
                  + (login ? location : "")
                  + Stream.of(fields).map(field -> field + "\r\n").reduce("", String::concat)
                  + "\r\n");
        });
  }

  private static final String[] ALLOW = {
    "Access-Control-Allow-Origin: https://app.example.com",
    "Access-Control-Allow-Credentials: true",
    "Access-Control-Allow-Headers: authorization, x-api-key",
    "Access-Control-Expose-Headers: X-Auth-Token",
    "Vary: Origin"
  };

  private static final String[] NOTHING = {"Server: nginx"};

  private static Result diagnose(String url, String... more) {
    List<String> words = new ArrayList<>(List.of("diagnose", url, "--origin", APP));
    words.addAll(List.of(more));
    return hidden(words.toArray(new String[0]));
  }

  private static final String[] HEADERS = {
    "--credentials",
    "-H",
    "Authorization: Bearer hunter2",
    "-H",
    "X-Api-Key: hunter2",
    "-H",
    "Cookie: sid=hunter2"
  };

  private static String[] with(String... format) {
    return Stream.of(HEADERS, format).flatMap(Stream::of).toArray(String[]::new);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--no-redirects", "--json", "--markdown", "--watch=1"})
  void diagnose_hides_what_is_asked_and_answered(String format) throws IOException {
    try (ScriptedServer allows = server(ALLOW);
        ScriptedServer refuses = server(NOTHING)) {
      for (String path : List.of(PATH + "#id_token=hunter2", "/login" + PATH)) {
        boolean watched = format.startsWith("--watch");
        if (!(watched && path.startsWith("/login"))) {
          Result read = diagnose(allows.url(path), with(format));
          assertTrue(read.out().contains("jsessionid=not-shown?page=2"), read.out());
        }
        if (!watched) {
          Result blocked = diagnose(refuses.url(path), with(format));
          assertEquals(1, blocked.exit(), blocked.err());
          assertTrue(blocked.out().contains("jsessionid=not-shown?page=2"), blocked.out());
        }
      }
      String urls = file("urls.txt", allows.url(PATH)).toString();
      Result list = hidden("diagnose", "--urls", urls, "--origin", APP);
      assertTrue(list.out().contains("access_token=not-shown"), list.out());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--no-redirects", "--json", "--markdown"})
  void diagnose_hides_a_user_and_a_password(String format) {
    Result result = diagnose("http://tom:hunter2@localhost:9/x", format);
    assertTrue(result.out().contains("http://not-shown@localhost:9/x"), result.out());
    diagnose("ws://tom:hunter2@localhost:9" + PATH, format);
  }

  @Test
  void check_hides_what_is_asked_and_answered() throws IOException {
    List<String> files = List.of("--json", "--junit", "--sarif", "--html");
    try (ScriptedServer server = server(ALLOW)) {
      List<String> words =
          new ArrayList<>(
              List.of(
                  "check",
                  server.url(PATH),
                  "--exchanges",
                  "--all",
                  "--allowed-origin",
                  APP,
                  "--refused-origin",
                  "https://evil.example",
                  "--credentials"));
      files.forEach(
          name -> words.addAll(List.of(name, folder.resolve(name.substring(2)).toString())));
      Result result = hidden(words.toArray(new String[0]));
      assertTrue(result.out().contains("access_token=not-shown"), result.out());
    }
    for (String name : files) {
      String report = Files.readString(folder.resolve(name.substring(2))).replace("&#x3D;", "=");
      assertTrue(report.contains("access_token=not-shown"), report);
      assertFalse(report.contains(SECRET), report);
    }
  }

  @Test
  void the_commands_of_policies_hide_a_password() throws IOException {
    String one =
        file("cors.properties", "cors.allowed-origins=https://tom:hunter2@app.example.com")
            .toString();
    String other = file("other.properties", "cors.allowed-origins=" + APP).toString();
    String nginx =
        file(
                "nginx.conf",
                "location / { add_header Access-Control-Allow-Origin"
                    + " https://tom:hunter2@app.example.com; }")
            .toString();
    hidden("policy", "show", one);
    hidden("policy", "diff", one, other);
    hidden("policy", "export", "--to", "nginx", one);
    hidden("policy", "import", nginx);
  }

  @Test
  void a_mistake_in_a_command_hides_what_it_quotes() {
    hidden(URL);
    hidden("explain", "--for", URL);
    hidden("diagnose", URL, URL);
    hidden("diagnose", "tom:hunter2@api.example.com", "--origin", APP);
    hidden("diagnose", APP, "--origin", URL);
    hidden("diagnose", APP, "--origin", APP, "-H", "Authorization Bearer hunter2");
    hidden("diagnose", APP, "--origin", APP, "-H", "Authorization: Bearer hunter2\n");
    hidden("check", URL);
    hidden("explain", "https://" + "tom".repeat(100) + ":hunter2@api.example.com");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "at https://a.example/x?key=hunter2, and | at https://a.example/x?key=not-shown, and",
        "//tom:hun@ter2@a.example/x | //not-shown@a.example/x",
        "/x?next=https%3A%2F%2Fa.example%2Fcb%3Fcode%3Dhunter2%26page%3D2 |"
            + " /x?next=https%3A%2F%2Fa.example%2Fcb%3Fcode%3Dnot-shown%26page%3D2",
        "/x?a=1&amp;sid=hunter2&amp;b=2 | /x?a=1&amp;sid=not-shown&amp;b=2",
        "/x?user%5Btoken%5D=hunter2&b=2 | /x?user%5Btoken%5D=not-shown&b=2"
      })
  void only_the_secret_of_a_url_is_hidden(String text, String hidden) {
    assertEquals(hidden, Secrets.hidden(text));
    assertEquals(hidden, Secrets.hidden(hidden));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a.example/x?page=2&sort=name#top",
        "//@CrossOrigin is commented out, and tom@a.example is an address",
        "https://cdn.example/npm/axios@1.7/dist/axios.min.js",
        "X-Amz-SignedHeaders: /x?X-Amz-SignedHeaders=host",
        "proxy_set_header Host $host;proxy_pass http://127.0.0.1:8080/api;"
      })
  void what_is_no_secret_stays(String text) {
    assertEquals(text, Secrets.hidden(text));
  }
}
