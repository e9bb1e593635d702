package dev.crosswalk.cors.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Engine;
import dev.crosswalk.cors.tck.browser.Request.Initiator;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What consoles print is written out here by hand: the words have to be theirs. */
class ExplainTest {

  private record Result(int exit, String out, String err) {}

  private static Result crosswalk(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        Crosswalk.run(new PrintWriter(out, true), new PrintWriter(err, true), Ansi.OFF, arguments);
    return new Result(exit, out.toString(), err.toString());
  }

  private static String code(String message) {
    List<ConsoleMessage> read = Console.read(message);
    return read.isEmpty() ? "(not known)" : read.get(0).remedy().code();
  }

  // ------------------------------------------------------------------------------ by hand:
  // Chromium

  private static final String BLOCKED =
      "Access to fetch at 'https://api.example/x' from origin 'https://app.example' has been"
          + " blocked by CORS policy: ";
  private static final String PREFLIGHT =
      BLOCKED + "Response to preflight request doesn't pass access control check: ";

  static Stream<List<String>> chromium() {
    return Stream.of(
        List.of(
            "MODE_SAME_ORIGIN", BLOCKED + "Cross origin requests are not allowed by request mode."),
        List.of("SERVICE_WORKER", BLOCKED + "The response is invalid."),
        List.of(
            "ACAO_WILDCARD_CREDENTIALS",
            BLOCKED
                + "The value of the 'Access-Control-Allow-Origin' header in the response must not"
                + " be the wildcard '*' when the request's credentials mode is 'include'."),
        List.of(
            "ACAO_WILDCARD_CREDENTIALS",
            "Access to XMLHttpRequest at 'https://api.example/x' from origin 'https://app.example'"
                + " has been blocked by CORS policy: The value of the 'Access-Control-Allow-Origin'"
                + " header in the response must not be the wildcard '*' when the request's"
                + " credentials mode is 'include'. The credentials mode of requests initiated by"
                + " the XMLHttpRequest is controlled by the withCredentials attribute."),
        List.of(
            "ACAO_WILDCARD_CREDENTIALS",
            "XMLHttpRequest cannot load https://api.example/x. A wildcard '*' cannot be used in the"
                + " 'Access-Control-Allow-Origin' header when the credentials flag is true. Origin"
                + " 'https://app.example' is therefore not allowed access."),
        List.of(
            "ACAO_MISSING",
            BLOCKED
                + "No 'Access-Control-Allow-Origin' header is present on the requested resource."),
        List.of(
            "ACAO_MISSING",
            PREFLIGHT
                + "No 'Access-Control-Allow-Origin' header is present on the requested resource."),
        List.of(
            "ACAO_MISSING",
            BLOCKED
                + "No 'Access-Control-Allow-Origin' header is present on the requested resource. If"
                + " an opaque response serves your needs, set the request's mode to 'no-cors' to"
                + " fetch the resource with CORS disabled."),
        List.of(
            "ACAO_MISSING",
            "Failed to load https://api.example/x: No 'Access-Control-Allow-Origin' header is"
                + " present on the requested resource. Origin 'https://app.example' is therefore"
                + " not allowed access. The response had HTTP status code 500."),
        List.of(
            "ACAO_MULTIPLE",
            BLOCKED
                + "The 'Access-Control-Allow-Origin' header contains multiple values '*, *', but"
                + " only one is allowed."),
        List.of(
            "ACAO_MULTIPLE",
            BLOCKED
                + "The 'Access-Control-Allow-Origin' header contains multiple values '*, *', but"
                + " only one is allowed. Have the server send the header with a valid value, or, if"
                + " an opaque response serves your needs, set the request's mode to 'no-cors' to"
                + " fetch the resource with CORS disabled."),
        List.of(
            "ACAO_INVALID",
            BLOCKED
                + "The 'Access-Control-Allow-Origin' header contains the invalid value"
                + " 'app.example'. Have the server send the header with a valid value."),
        List.of(
            "ACAO_MISMATCH",
            BLOCKED
                + "The 'Access-Control-Allow-Origin' header has a value 'https://app.example/' that"
                + " is not equal to the supplied origin. Have the server send the header with a"
                + " valid value."),
        List.of(
            "ACAC_NOT_TRUE",
            BLOCKED
                + "The value of the 'Access-Control-Allow-Credentials' header in the response is ''"
                + " which must be 'true' when the request's credentials mode is 'include'."),
        List.of(
            "ACAC_NOT_TRUE",
            "Failed to load https://api.example/x: Credentials flag is 'true', but the"
                + " 'Access-Control-Allow-Credentials' header is ''. It must be 'true' to allow"
                + " credentials."),
        List.of(
            "SCHEME",
            "Access to fetch at 'file:///x' from origin 'null' has been blocked by CORS policy:"
                + " Cross origin requests are only supported for protocol schemes: chrome,"
                + " chrome-extension, chrome-untrusted, data, http, https, isolated-app."),
        List.of("PREFLIGHT_STATUS", PREFLIGHT + "It does not have HTTP ok status."),
        List.of(
            "PREFLIGHT_STATUS",
            "Failed to load https://api.example/x: Response for preflight has invalid HTTP status"
                + " code 404."),
        List.of(
            "PREFLIGHT_REDIRECT", PREFLIGHT + "Redirect is not allowed for a preflight request."),
        List.of(
            "PREFLIGHT_REDIRECT",
            "Failed to load https://api.example/x: Response for preflight is invalid (redirect)"),
        List.of(
            "ACAM_SYNTAX",
            BLOCKED
                + "Cannot parse Access-Control-Allow-Methods response header field in preflight"
                + " response."),
        List.of(
            "ACAH_SYNTAX",
            BLOCKED
                + "Cannot parse Access-Control-Allow-Headers response header field in preflight"
                + " response."),
        List.of(
            "METHOD_NOT_ALLOWED",
            BLOCKED
                + "Method PUT is not allowed by Access-Control-Allow-Methods in preflight"
                + " response."),
        List.of(
            "HEADER_NOT_ALLOWED",
            BLOCKED
                + "Request header field x-a is not allowed by Access-Control-Allow-Headers in"
                + " preflight response."),
        List.of(
            "REDIRECT_USERINFO",
            BLOCKED
                + "Redirect location 'https://u:p@b.example/' contains a username and password,"
                + " which is disallowed for cross-origin requests."),
        List.of(
            "LNA_INSECURE",
            BLOCKED
                + "The request client is not a secure context and the resource is in more-private"
                + " address space `local`."),
        List.of(
            "LNA_SPACE",
            BLOCKED
                + "Request had a target IP address space of `local` yet the resource is in address"
                + " space `public`."),
        List.of(
            "LNA_SPACE",
            BLOCKED
                + "Request had no target IP address space, yet the resource is in address space"
                + " `local`."),
        List.of(
            "LNA_DENIED",
            BLOCKED
                + "Permission was denied for this request to access the `local` address space."),
        List.of(
            "PNA",
            BLOCKED
                + "No 'Access-Control-Allow-Private-Network' header was present in the preflight"
                + " response for this private network request targeting the `local` address"
                + " space."),
        List.of(
            "PNA",
            BLOCKED
                + "The 'Access-Control-Allow-Private-Network' header in the preflight response for"
                + " this private network request targeting the `local` address space had a value of"
                + " 'yes',  not 'true'."),
        List.of("NOT_EXPOSED", "Refused to get unsafe header \"X-Total\""),
        List.of(
            "MIXED_CONTENT",
            "Mixed Content: The page at 'https://app.example/' was loaded over HTTPS, but requested"
                + " an insecure resource 'http://api.example/x'. This request has been blocked; the"
                + " content must be served over HTTPS."),
        List.of("REDIRECT_LIMIT", "Failed to load resource: net::ERR_TOO_MANY_REDIRECTS"),
        List.of("REDIRECT_SCHEME", "Failed to load resource: net::ERR_UNSAFE_REDIRECT"),
        List.of("REDIRECT_LOCATION", "Failed to load resource: net::ERR_INVALID_REDIRECT"),
        List.of(
            "CORP", "GET https://a.example/ net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin 200 (OK)"),
        List.of("CONNECTION_REFUSED", "GET http://localhost:1/ net::ERR_CONNECTION_REFUSED"),
        List.of("NO_SUCH_HOST", "GET https://a.invalid/ net::ERR_NAME_NOT_RESOLVED"),
        List.of("TLS", "GET https://a.example/ net::ERR_CERT_AUTHORITY_INVALID"),
        List.of("TLS", "GET https://a.example/ net::ERR_SSL_PROTOCOL_ERROR"),
        List.of("TIME_OUT", "GET https://a.example/ net::ERR_CONNECTION_TIMED_OUT"),
        List.of("TIME_OUT", "GET https://a.example/ net::ERR_TIMED_OUT"),
        List.of("BLOCKED_BY_CLIENT", "GET https://a.example/ads net::ERR_BLOCKED_BY_CLIENT"),
        List.of("HIDDEN", "Failed to load resource: net::ERR_FAILED"),
        List.of("HIDDEN", "Uncaught (in promise) TypeError: Failed to fetch"));
  }

  // ------------------------------------------------------------------------------ by hand: Firefox

  private static String firefox(String reason) {
    return "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote"
        + " resource at https://api.example/x. (Reason: "
        + reason;
  }

  static Stream<List<String>> firefox() {
    return Stream.of(
        List.of("DISABLED", firefox("CORS disabled).")),
        List.of("NETWORK", firefox("CORS request did not succeed). Status code: (null).")),
        List.of("NETWORK", firefox("CORS request failed).")),
        List.of("ORIGIN_NOT_ADDED", firefox("CORS header ‘Origin’ cannot be added).")),
        List.of("PREFLIGHT_REDIRECT", firefox("CORS request external redirect not allowed).")),
        List.of("SCHEME", firefox("CORS request not http).")),
        List.of(
            "ACAO_MISSING",
            firefox("CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 200.")),
        List.of("ACAO_MISSING", firefox("CORS header ‘Access-Control-Allow-Origin’ missing).")),
        List.of(
            "ACAO_MULTIPLE",
            firefox("Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed).")),
        List.of(
            "ACAO_MISMATCH",
            firefox(
                "CORS header ‘Access-Control-Allow-Origin’ does not match ‘https://b.example’).")),
        List.of(
            "ACAO_INVALID",
            firefox("CORS header ‘Access-Control-Allow-Origin’ does not match ‘app.example’).")),
        List.of(
            "ACAO_MULTIPLE",
            firefox(
                "CORS header ‘Access-Control-Allow-Origin’ does not match ‘https://a.example,"
                    + " *’).")),
        List.of(
            "ACAO_WILDCARD_CREDENTIALS",
            "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote"
                + " resource at ‘https://api.example/x’. (Reason: Credential is not supported if"
                + " the CORS header ‘Access-Control-Allow-Origin’ is ‘*’)."),
        List.of(
            "METHOD_NOT_ALLOWED",
            firefox("Did not find method in CORS header ‘Access-Control-Allow-Methods’).")),
        List.of(
            "ACAC_NOT_TRUE",
            firefox("expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’).")),
        List.of(
            "PREFLIGHT_STATUS",
            firefox("CORS preflight response did not succeed). Status code: 404.")),
        List.of("PREFLIGHT_STATUS", firefox("CORS preflight channel did not succeed).")),
        List.of(
            "ACAM_SYNTAX",
            firefox("invalid token ‘PUT;’ in CORS header ‘Access-Control-Allow-Methods’).")),
        List.of(
            "ACAH_SYNTAX",
            firefox("invalid token ‘a b’ in CORS header ‘Access-Control-Allow-Headers’).")),
        List.of(
            "HEADER_NOT_ALLOWED",
            firefox(
                "header ‘x-a’ is not allowed according to header ‘Access-Control-Allow-Headers’"
                    + " from CORS preflight response).")),
        List.of(
            "HEADER_NOT_ALLOWED",
            firefox(
                "missing token ‘x-a’ in CORS header ‘Access-Control-Allow-Headers’ from CORS"
                    + " preflight channel).")),
        List.of(
            "AUTHORIZATION_WILDCARD",
            "Cross-Origin Request Warning: The Same Origin Policy will disallow reading the remote"
                + " resource at https://api.example/x soon. (Reason: When the"
                + " `Access-Control-Allow-Headers` is `*`, the `Authorization` header is not"
                + " covered. To include the `Authorization` header, it must be explicitly listed in"
                + " CORS header `Access-Control-Allow-Headers`)."),
        List.of("MIXED_CONTENT", "Blocked loading mixed active content “http://api.example/x”"),
        List.of("HIDDEN", "TypeError: NetworkError when attempting to fetch resource."));
  }

  // ------------------------------------------------------------------------------ by hand: WebKit

  static Stream<List<String>> webkit() {
    String redirection =
        "Cross-origin redirection to https://u:p@b.example/ denied by Cross-Origin Resource Sharing"
            + " policy: ";
    return Stream.of(
        List.of("PREFLIGHT_STATUS", "Preflight response is not successful. Status code: 404"),
        List.of("PREFLIGHT_REDIRECT", "Preflight response is not successful. Status code: 301"),
        List.of(
            "ACAO_WILDCARD_CREDENTIALS",
            "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true."),
        List.of(
            "ACAO_MULTIPLE", "Access-Control-Allow-Origin cannot contain more than one origin."),
        List.of(
            "ACAO_MISSING",
            "Origin https://app.example is not allowed by Access-Control-Allow-Origin. Status code:"
                + " 200"),
        List.of(
            "ACAC_NOT_TRUE",
            "Credentials flag is true, but Access-Control-Allow-Credentials is not \"true\"."),
        List.of("ACAM_SYNTAX", "Header Access-Control-Allow-Methods has an invalid value: PUT;"),
        List.of("ACAH_SYNTAX", "Header Access-Control-Allow-Headers has an invalid value: a b"),
        List.of("METHOD_NOT_ALLOWED", "Method PUT is not allowed by Access-Control-Allow-Methods."),
        List.of(
            "HEADER_NOT_ALLOWED",
            "Request header field x-a is not allowed by Access-Control-Allow-Headers."),
        List.of("NETWORK", "CORS-preflight request was blocked"),
        List.of("NETWORK", "Preflight response was blocked"),
        List.of(
            "REDIRECT_SCHEME",
            redirection
                + "not allowed to follow a cross-origin CORS redirection with non CORS scheme"),
        List.of(
            "REDIRECT_USERINFO",
            redirection + "redirection URL https://u:p@b.example/ has credentials"),
        List.of("REDIRECT_LIMIT", "Load cannot follow more than 20 redirections"),
        List.of(
            "REDIRECT_MODE",
            "Not allowed to follow a redirection while loading https://a.example/x"),
        List.of(
            "CORP",
            "Cancelled load to https://a.example/x because it violates the resource's"
                + " Cross-Origin-Resource-Policy response header."),
        List.of(
            "HIDDEN", "Fetch API cannot load https://a.example/x due to access control checks."),
        List.of(
            "HIDDEN",
            "XMLHttpRequest cannot load https://a.example/x due to access control checks."),
        List.of(
            "ACAO_MISSING",
            "Cross-origin script load denied by Cross-Origin Resource Sharing policy."),
        List.of(
            "MIXED_CONTENT",
            "[blocked] The page at https://app.example/ requested insecure content from"
                + " http://api.example/x. This content was blocked and must be served over HTTPS."),
        List.of(
            "MIXED_CONTENT",
            "[blocked] The page at https://app.example/ was not allowed to run insecure content"
                + " from http://api.example/x."),
        List.of("HIDDEN", "TypeError: Load failed"),
        List.of("HIDDEN", "AxiosError: Network Error"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"chromium", "firefox", "webkit"})
  void every_message_of_the_browsers_is_known(List<String> causeAndMessage) {
    String message = causeAndMessage.get(1);
    assertEquals(causeAndMessage.get(0), code(message), message);
    Result result = crosswalk("explain", message);
    assertEquals(0, result.exit());
    assertEquals("", result.err());
    assertTrue(result.out().contains("What to change"), result.out());
  }

  // ------------------------------------------------------------------------- from the tables

  /** What stands in the holes of a sentence that is tried. */
  private static String filled(String words) {
    return words
        .replace("{url}", "https://api.example/x")
        .replace("{again}", "https://api.example/y")
        .replace("{initialUrl}", "https://api.example/z")
        .replace("{origin}", "https://app.example")
        .replace("{page}", "https://app.example/")
        .replace("{status}", "404")
        .replace("{rule...}", "\"script-src 'self'\"")
        .replaceAll("\\{[a-zA-Z]+}", "x-word");
  }

  @Test
  void every_sentence_of_the_table_is_found_in_its_own_words() {
    Map<String, String> wrong = new TreeMap<>();
    int sentences = 0;
    String code = "";
    for (String line : Sentences.lines("console.txt")) {
      if (line.startsWith("[")) {
        code = line.substring(1, line.indexOf(']')).replaceAll(" .*", "");
      } else if (!line.matches("(cause|advice|header|element|grant)\\b.*")
          && !code.equals("<")
          && !code.equals(">")) {
        sentences++;
        String message = filled(line.substring(line.indexOf(": ") + 2));
        if (!code(message).equals(code)) {
          wrong.put(message, code(message));
        }
      }
    }
    assertEquals(Map.of(), wrong);
    assertTrue(sentences > 250, "sentences: " + sentences);
  }

  @Test
  void firefox_is_understood_in_every_language() {
    Map<String, String> wrong = new TreeMap<>();
    Set<String> languages = new TreeSet<>();
    int sentences = 0;
    for (String line : Sentences.lines("firefox.txt")) {
      String[] parts = line.split(" \\| ", 3);
      String reason = parts[2].replace("{value}", "x-word");
      boolean begins = parts[1].equals("begins");
      String message =
          begins
              ? reason + ": xxxx https://api.example/x"
              : "Xxxx: https://api.example/x. (Xxx: " + reason + "). Xxx: 404.";
      sentences++;
      languages.add(parts[0]);
      String expected =
          switch (parts[1]) {
            case "begins" -> "REASON_MISSING";
            // The value that is sent is no URL here.
            case "ACAO_MISMATCH" -> "ACAO_INVALID";
            default -> parts[1];
          };
      List<ConsoleMessage> read = Console.read(message);
      String code = read.isEmpty() ? "(not known)" : read.get(0).remedy().code();
      if (!code.equals(expected) || !read.get(0).url().equals("https://api.example/x")) {
        wrong.put(parts[0] + ": " + message, expected + " " + read);
      }
    }
    assertEquals(Map.of(), wrong);
    assertTrue(languages.size() > 80, "languages: " + languages);
    assertTrue(sentences > 1_200, "sentences: " + sentences);
  }

  // --------------------------------------------------------------------------- from the model

  @Test
  void what_the_model_of_each_browser_prints_is_understood() {
    Map<String, String> wrong = new TreeMap<>();
    int messages = 0;
    for (Engine engine : List.of(Engine.CHROMIUM, Engine.FIREFOX, Engine.WEBKIT)) {
      for (Initiator initiator : List.of(Initiator.FETCH, Initiator.XHR)) {
        for (Cause cause : Cause.values()) {
          NotShared refusal = refusal(cause, initiator);
          if (refusal.inTheWordsOf(engine).startsWith("(nothing")) {
            continue;
          }
          messages++;
          List<ConsoleMessage> read = Console.read(refusal.inTheWordsOf(engine));
          if (read.isEmpty()) {
            wrong.put(engine + " " + cause, refusal.inTheWordsOf(engine));
          }
        }
      }
    }
    assertEquals(Map.of(), wrong);
    assertTrue(messages > 120, "messages: " + messages);
  }

  private static NotShared refusal(Cause cause, Initiator initiator) {
    boolean preflight =
        List.of(
                Cause.PREFLIGHT_STATUS,
                Cause.PREFLIGHT_REDIRECT,
                Cause.ACAM_SYNTAX,
                Cause.ACAH_SYNTAX,
                Cause.METHOD_NOT_ALLOWED,
                Cause.HEADER_NOT_ALLOWED)
            .contains(cause);
    int status =
        cause == Cause.PREFLIGHT_STATUS ? 404 : cause == Cause.PREFLIGHT_REDIRECT ? 302 : 200;
    return new NotShared(
        cause,
        "x-subject",
        List.of("https://b.example"),
        new Where(
            preflight,
            initiator,
            "https://app.example",
            "https://api.example/x",
            "https://api.example/x",
            status));
  }

  // -------------------------------------------------------------------------------- what it says

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
  void a_redirect_is_read_from_the_message() {
    ConsoleMessage read =
        Console.read(
                "Access to fetch at 'https://b.example/y' (redirected from 'https://a.example/x')"
                    + " from origin 'null' has been blocked by CORS policy: No"
                    + " 'Access-Control-Allow-Origin' header is present on the requested resource.")
            .get(0);
    assertEquals("https://b.example/y", read.url());
    assertTrue(
        read.remedy().advice().get(0).contains("its origin is null since"),
        () -> read.remedy().advice().toString());
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
        A message of Chrome
          about https://api.example/x
          from  https://app.example

        Cause
          The answer to the preflight does not allow PUT.

        What to change
          - Add PUT to Access-Control-Allow-Methods.
          - If it is listed already, another layer answers OPTIONS for this path (a proxy, the framework),
            or the list applies to other paths.

          With Crosswalk:
              CorsPolicy.builder()
                  .allowOrigins("https://app.example")
                  .allowMethods("PUT")
                  .build();
          With any server, on the answer to the preflight (OPTIONS, status 204):
              Access-Control-Allow-Origin: https://app.example
              Access-Control-Allow-Methods: PUT
              Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers
          and on every other response, errors among them:
              Access-Control-Allow-Origin: https://app.example
              Vary: Origin

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
    assertTrue(opaque.contains("Access-Control-Allow-Origin: " + Grant.SOME_ORIGIN), opaque);
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
    assertTrue(out.contains("Write PATCH in the script, and allow PATCH."), out);
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
    assertTrue(out.contains("Remove it from the script"), out);
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

  @Test
  void a_message_may_come_by_standard_input() {
    InputStream before = System.in;
    try {
      System.setIn(
          new ByteArrayInputStream(
              "Load cannot follow more than 20 redirections\n".getBytes(StandardCharsets.UTF_8)));
      Result result = crosswalk("explain");
      assertEquals(0, result.exit(), result.err());
      assertTrue(result.out().contains("Most likely they go in a circle"), result.out());
    } finally {
      System.setIn(before);
    }
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
  @ValueSource(strings = {"hello", " ", "{}", "Access to fetch at", "Origin is not allowed"})
  void a_message_that_is_not_known_is_told_in_a_sentence(String message) {
    Result result = crosswalk("explain", message);
    assertEquals(2, result.exit());
    assertEquals("", result.out());
    assertEquals(
        List.of(
            "crosswalk: This message is not known. Paste the whole line of the console, or ask the"
                + " server: crosswalk diagnose URL --origin ORIGIN.",
            "Try: crosswalk explain --help"),
        result.err().lines().toList());
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
    assertTrue(help.out().contains("The message is not known."), help.out());
  }
}
