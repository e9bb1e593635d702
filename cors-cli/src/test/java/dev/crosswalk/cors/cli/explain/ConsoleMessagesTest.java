package dev.crosswalk.cors.cli.explain;

import static dev.crosswalk.cors.cli.Result.crosswalk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.cli.explain.console.Console;
import dev.crosswalk.cors.cli.explain.message.ConsoleMessage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What consoles print is written out here by hand: the words have to be theirs. */
class ConsoleMessagesTest {

  static String code(String message) {
    List<ConsoleMessage> read = Console.read(message);
    return read.isEmpty() ? "(not known)" : read.get(0).remedy().code();
  }

  // ------------------------------------------------------------------------------------ Chromium

  static final String BLOCKED =
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
            "LNA_UNASKED",
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
        List.of("TLS_PROTOCOL", "GET https://a.example/ net::ERR_SSL_PROTOCOL_ERROR"),
        List.of("TIME_OUT", "GET https://a.example/ net::ERR_CONNECTION_TIMED_OUT"),
        List.of("TIME_OUT", "GET https://a.example/ net::ERR_TIMED_OUT"),
        List.of("BLOCKED_BY_CLIENT", "GET https://a.example/ads net::ERR_BLOCKED_BY_CLIENT"),
        List.of("HIDDEN", "Failed to load resource: net::ERR_FAILED"),
        List.of("HIDDEN", "Uncaught (in promise) TypeError: Failed to fetch"));
  }

  // ------------------------------------------------------------------------------------- Firefox

  static String firefox(String reason) {
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

  // -------------------------------------------------------------------------------------- WebKit

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
}
