package dev.crosswalk.cors.tck.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
import dev.crosswalk.cors.tck.wire.WireException.Failure;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words are those of the browsers, so that they can be searched for. */
class MessagesTest {

  private static final String APP = "https://app.example";
  private static final String URL = "https://api.example/x";

  private static final Where ACTUAL = new Where(false, Initiator.FETCH, APP, URL, URL, 200);
  private static final Where PREFLIGHT = new Where(true, Initiator.FETCH, APP, URL, URL, 200);

  private static Where preflight(int status) {
    return new Where(true, Initiator.FETCH, APP, URL, URL, status);
  }

  private static NotShared because(Cause cause, Where where, String... lines) {
    return new NotShared(cause, "", List.of(lines), where);
  }

  private static NotShared about(String subject, Cause cause, Where where, String... lines) {
    return new NotShared(cause, subject, List.of(lines), where);
  }

  private static void says(Engine engine, NotShared refusal, String expected) {
    assertEquals(expected, refusal.inTheWordsOf(engine));
  }

  // Chromium

  private static void chromium(NotShared refusal, String message) {
    says(
        Engine.CHROMIUM,
        refusal,
        "Access to fetch at 'https://api.example/x' from origin 'https://app.example' has been"
            + " blocked by CORS policy: "
            + message);
  }

  @Test
  void chromium_on_access_to_a_response() {
    chromium(
        because(Cause.ACAO_MISSING, ACTUAL),
        "No 'Access-Control-Allow-Origin' header is present on the requested resource.");
    chromium(
        because(Cause.ACAO_MULTIPLE, ACTUAL, "*", "*"),
        "The 'Access-Control-Allow-Origin' header contains multiple values '*, *', but only one is"
            + " allowed. Have the server send the header with a valid value.");
    chromium(
        because(Cause.ACAO_INVALID, ACTUAL, "app.example"),
        "The 'Access-Control-Allow-Origin' header contains the invalid value 'app.example'."
            + " Have the server send the header with a valid value.");
    chromium(
        because(Cause.ACAO_MISMATCH, ACTUAL, "https://app.example/"),
        "The 'Access-Control-Allow-Origin' header has a value 'https://app.example/' that is not"
            + " equal to the supplied origin. Have the server send the header with a valid value.");
    chromium(
        because(Cause.ACAO_WILDCARD_CREDENTIALS, ACTUAL, "*"),
        "The value of the 'Access-Control-Allow-Origin' header in the response must not be the"
            + " wildcard '*' when the request's credentials mode is 'include'.");
    chromium(
        because(Cause.ACAC_NOT_TRUE, ACTUAL),
        "The value of the 'Access-Control-Allow-Credentials' header in the response is '' which"
            + " must be 'true' when the request's credentials mode is 'include'.");
    says(
        Engine.CHROMIUM,
        because(Cause.MODE_SAME_ORIGIN, ACTUAL),
        "Fetch API cannot load https://api.example/x. Request mode is \"same-origin\" but the URL's"
            + " origin is not same as the request origin https://app.example.");
  }

  @Test
  void chromium_on_a_preflight() {
    String check = "Response to preflight request doesn't pass access control check: ";
    chromium(
        because(Cause.ACAO_MISSING, PREFLIGHT),
        check + "No 'Access-Control-Allow-Origin' header is present on the requested resource.");
    chromium(
        because(Cause.PREFLIGHT_STATUS, preflight(404)),
        check + "It does not have HTTP ok status.");
    chromium(
        because(Cause.PREFLIGHT_REDIRECT, preflight(301)),
        check + "Redirect is not allowed for a preflight request.");
    chromium(
        about("PUT;", Cause.ACAM_SYNTAX, PREFLIGHT, "PUT;"),
        "Cannot parse Access-Control-Allow-Methods response header field in preflight response.");
    chromium(
        about("a b", Cause.ACAH_SYNTAX, PREFLIGHT, "a b"),
        "Cannot parse Access-Control-Allow-Headers response header field in preflight response.");
    chromium(
        about("patch", Cause.METHOD_NOT_ALLOWED, PREFLIGHT, "PATCH"),
        "Method patch is not allowed by Access-Control-Allow-Methods in preflight response.");
    chromium(
        about("x-a", Cause.HEADER_NOT_ALLOWED, PREFLIGHT),
        "Request header field x-a is not allowed by Access-Control-Allow-Headers in preflight"
            + " response.");
  }

  @Test
  void chromium_names_a_redirect_before_a_missing_header_and_firefox_after_it() {
    NotShared refusal = because(Cause.ACAO_MISSING, preflight(302));
    assertEquals("kPreflightDisallowedRedirect", ChromiumError.of(refusal));
    chromium(
        refusal,
        "Response to preflight request doesn't pass access control check: Redirect is not allowed"
            + " for a preflight request.");
    firefox(refusal, "CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 302.");
  }

  @Test
  void chromium_on_a_redirect() {
    Where redirected =
        new Where(false, Initiator.FETCH, "null", "https://first.example/", URL, 200, APP);
    says(
        Engine.CHROMIUM,
        because(Cause.ACAO_MISSING, redirected),
        "Access to fetch at 'https://api.example/x' (redirected from 'https://first.example/') from"
            + " origin 'https://app.example' has been blocked by CORS policy: No 'Access-Control-Allow-Origin'"
            + " header is present on the requested resource.");
    chromium(
        about("https://u:p@api.example/", Cause.REDIRECT_USERINFO, ACTUAL),
        "Redirect location '' contains a username and password, which is disallowed for"
            + " cross-origin requests.");
  }

  /** As Chromium 156 prints it; of other schemes it says that CORS does not know them. */
  @ParameterizedTest
  @ValueSource(
      strings = {"about:blank", "blob:https://a/1", "chrome://version", "data:,x", "file:///etc"})
  void chromium_on_a_redirect_that_its_network_does_not_follow(String location) {
    says(
        Engine.CHROMIUM,
        about(location, Cause.REDIRECT_SCHEME, ACTUAL),
        "Failed to load resource: net::ERR_UNSAFE_REDIRECT");
  }

  @Test
  void chromium_on_xmlhttprequest() {
    Where xhr = new Where(false, Initiator.XHR, APP, URL, URL, 200);
    says(
        Engine.CHROMIUM,
        because(Cause.ACAC_NOT_TRUE, xhr, "TRUE"),
        "Access to XMLHttpRequest at 'https://api.example/x' from origin 'https://app.example' has"
            + " been blocked by CORS policy: The value of the 'Access-Control-Allow-Credentials'"
            + " header in the response is 'TRUE' which must be 'true' when the request's"
            + " credentials mode is 'include'. The credentials mode of requests initiated by the"
            + " XMLHttpRequest is controlled by the withCredentials attribute.");
    assertEquals(
        "The 'Access-Control-Allow-Origin' header has a value 'x:y' that is not equal to the"
            + " supplied origin.",
        because(Cause.ACAO_MISMATCH, xhr, "x:y")
            .inTheWordsOf(Engine.CHROMIUM)
            .replaceFirst(".*CORS policy: ", ""));
  }

  @Test
  void chromium_on_what_does_not_print() {
    chromium(
        because(Cause.ACAO_MISMATCH, ACTUAL, "a:\u0001\u00e9"),
        "The 'Access-Control-Allow-Origin' header has a value 'a:\\u0001\\u00E9' that is not equal"
            + " to the supplied origin. Have the server send the header with a valid value.");
  }

  @Test
  void chromium_names_the_preflight_in_its_error() {
    assertEquals(
        "kPreflightMissingAllowOriginHeader",
        ChromiumError.of(because(Cause.ACAO_MISSING, PREFLIGHT)));
    assertEquals(
        "kPreflightInvalidStatus",
        ChromiumError.of(because(Cause.PREFLIGHT_STATUS, preflight(301))));
  }

  @Test
  void chromium_has_a_name_for_each_cause_that_is_about_cors() {
    Map<Cause, String> names = new EnumMap<>(Cause.class);
    for (Cause cause : Cause.values()) {
      String name = ChromiumError.of(because(cause, ACTUAL));
      if (!name.isEmpty()) {
        names.put(cause, name);
      }
    }
    assertEquals(
        Map.ofEntries(
            Map.entry(Cause.ACAO_MISSING, "kMissingAllowOriginHeader"),
            Map.entry(Cause.ACAO_MULTIPLE, "kMultipleAllowOriginValues"),
            Map.entry(Cause.ACAO_INVALID, "kInvalidAllowOriginValue"),
            Map.entry(Cause.ACAO_MISMATCH, "kAllowOriginMismatch"),
            Map.entry(Cause.ACAO_WILDCARD_CREDENTIALS, "kWildcardOriginNotAllowed"),
            Map.entry(Cause.ACAC_NOT_TRUE, "kInvalidAllowCredentials"),
            Map.entry(Cause.PREFLIGHT_STATUS, "kPreflightInvalidStatus"),
            Map.entry(Cause.PREFLIGHT_REDIRECT, "kPreflightDisallowedRedirect"),
            Map.entry(Cause.ACAM_SYNTAX, "kInvalidAllowMethodsPreflightResponse"),
            Map.entry(Cause.ACAH_SYNTAX, "kInvalidAllowHeadersPreflightResponse"),
            Map.entry(Cause.METHOD_NOT_ALLOWED, "kMethodDisallowedByPreflightResponse"),
            Map.entry(Cause.HEADER_NOT_ALLOWED, "kHeaderDisallowedByPreflightResponse"),
            Map.entry(Cause.REDIRECT_USERINFO, "kRedirectContainsCredentials"),
            Map.entry(Cause.MODE_SAME_ORIGIN, "kDisallowedByMode"),
            Map.entry(Cause.NO_CORS_REDIRECT, "kNoCorsRedirectModeNotFollow"),
            Map.entry(Cause.SCHEME, "kCorsDisabledScheme")),
        names);
  }

  // Firefox

  private static void firefox(NotShared refusal, String reason) {
    says(
        Engine.FIREFOX,
        refusal,
        "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource"
            + " at https://api.example/x. (Reason: "
            + reason);
  }

  @Test
  void firefox_gives_a_reason() {
    firefox(
        because(Cause.ACAO_MISSING, ACTUAL),
        "CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 200.");
    firefox(
        because(Cause.ACAO_MULTIPLE, ACTUAL, "*", "*"),
        "CORS header ‘Access-Control-Allow-Origin’ does not match ‘*, *’).");
    firefox(
        new NotShared(
            Cause.ACAO_MULTIPLE, "Access-Control-Allow-Origin", List.of("*", "*"), ACTUAL),
        "Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed).");
    firefox(
        because(Cause.ACAO_MULTIPLE, ACTUAL, "a, b"),
        "CORS header ‘Access-Control-Allow-Origin’ does not match ‘a, b’).");
    firefox(
        because(Cause.ACAO_MISMATCH, ACTUAL, "null"),
        "CORS header ‘Access-Control-Allow-Origin’ does not match ‘null’).");
    firefox(
        because(Cause.ACAC_NOT_TRUE, ACTUAL),
        "expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’).");
    firefox(
        because(Cause.PREFLIGHT_STATUS, preflight(404)),
        "CORS preflight response did not succeed). Status code: 404.");
    firefox(
        about("PUT", Cause.METHOD_NOT_ALLOWED, PREFLIGHT),
        "Did not find method in CORS header ‘Access-Control-Allow-Methods’).");
    firefox(
        about("x-a", Cause.HEADER_NOT_ALLOWED, PREFLIGHT),
        "header ‘x-a’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS"
            + " preflight response).");
    firefox(
        about("a b", Cause.ACAH_SYNTAX, PREFLIGHT, "a b, c"),
        "invalid token ‘a b’ in CORS header ‘Access-Control-Allow-Headers’).");
    firefox(
        about("a b", Cause.ACAM_SYNTAX, PREFLIGHT, "a b, c"),
        "invalid token ‘a b’ in CORS header ‘Access-Control-Allow-Methods’).");
    firefox(
        about("refused", Cause.NETWORK, new Where(false, Initiator.FETCH, APP, URL, URL, 0)),
        "CORS request did not succeed). Status code: (null).");
  }

  @Test
  void firefox_quotes_the_url_when_it_speaks_of_credentials() {
    says(
        Engine.FIREFOX,
        because(Cause.ACAO_WILDCARD_CREDENTIALS, ACTUAL, "*"),
        "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource"
            + " at ‘https://api.example/x’. (Reason: Credential is not supported if the CORS header"
            + " ‘Access-Control-Allow-Origin’ is ‘*’).");
  }

  // WebKit

  @Test
  void webkit_is_brief() {
    says(
        Engine.WEBKIT,
        because(Cause.ACAO_MISSING, ACTUAL),
        "Origin https://app.example is not allowed by Access-Control-Allow-Origin. Status code:"
            + " 200");
    says(
        Engine.WEBKIT,
        because(Cause.ACAO_MULTIPLE, ACTUAL, "a, b"),
        "Access-Control-Allow-Origin cannot contain more than one origin.");
    says(
        Engine.WEBKIT,
        because(Cause.ACAO_MULTIPLE, ACTUAL, "a b"),
        "Origin https://app.example is not allowed by Access-Control-Allow-Origin. Status code:"
            + " 200");
    says(
        Engine.WEBKIT,
        because(Cause.ACAO_WILDCARD_CREDENTIALS, ACTUAL, "*"),
        "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.");
    says(
        Engine.WEBKIT,
        because(Cause.ACAC_NOT_TRUE, ACTUAL),
        "Credentials flag is true, but Access-Control-Allow-Credentials is not \"true\".");
    says(
        Engine.WEBKIT,
        about("a b", Cause.ACAM_SYNTAX, PREFLIGHT, "a b, c"),
        "Header Access-Control-Allow-Methods has an invalid value: a b, c");
    says(
        Engine.WEBKIT,
        about("PUT", Cause.METHOD_NOT_ALLOWED, PREFLIGHT),
        "Method PUT is not allowed by Access-Control-Allow-Methods.");
    says(
        Engine.WEBKIT,
        about("x-a", Cause.HEADER_NOT_ALLOWED, PREFLIGHT),
        "Request header field x-a is not allowed by Access-Control-Allow-Headers.");
    says(
        Engine.WEBKIT,
        about("https://u:p@b.example/", Cause.REDIRECT_USERINFO, ACTUAL),
        "Cross-origin redirection to https://u:p@b.example/ denied by Cross-Origin Resource Sharing"
            + " policy: redirection URL https://u:p@b.example/ has credentials");
  }

  @Test
  void webkit_looks_at_the_status_of_a_preflight_first() {
    says(
        Engine.WEBKIT,
        because(Cause.ACAO_MISSING, preflight(299)),
        "Origin https://app.example is not allowed by Access-Control-Allow-Origin. Status code:"
            + " 299");
    says(
        Engine.WEBKIT,
        because(Cause.ACAO_MISSING, preflight(404)),
        "Preflight response is not successful. Status code: 404");
    says(
        Engine.WEBKIT,
        because(Cause.PREFLIGHT_REDIRECT, preflight(301)),
        "Preflight response is not successful. Status code: 301");
  }

  @Test
  void webkit_says_who_could_not_load() {
    Where xhr = new Where(false, Initiator.XHR, APP, URL, URL, 0);
    says(
        Engine.WEBKIT,
        about("refused", Cause.NETWORK, xhr),
        "XMLHttpRequest cannot load https://api.example/x due to access control checks.");
    says(
        Engine.WEBKIT,
        about("refused", Cause.NETWORK, ACTUAL),
        "Fetch API cannot load https://api.example/x due to access control checks.");
    says(
        Engine.WEBKIT,
        about("refused", Cause.NETWORK, PREFLIGHT),
        "CORS-preflight request was blocked");
  }

  @Test
  void xmlhttprequest_alone_complains_of_a_header_it_may_not_read() {
    Where xhr = new Where(false, Initiator.XHR, APP, URL, URL, 200);
    says(
        Engine.CHROMIUM,
        about("X-A", Cause.NOT_EXPOSED, xhr),
        "Refused to get unsafe header \"X-A\"");
    says(
        Engine.CHROMIUM,
        about("X-A", Cause.NOT_EXPOSED, ACTUAL),
        "(nothing; the header X-A reads as null)");
  }

  // ---------------------------------------------------------------------------- more than a line

  @Test
  void firefox_goes_on_after_a_preflight_that_failed() {
    String begin =
        "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource"
            + " at https://api.example/x. (Reason: ";
    String companion = begin + "CORS request did not succeed). Status code: (null).";
    assertEquals(
        List.of(
            begin + "Did not find method in CORS header ‘Access-Control-Allow-Methods’).",
            companion),
        about("PUT", Cause.METHOD_NOT_ALLOWED, PREFLIGHT).console(Engine.FIREFOX));
    assertEquals(
        List.of(
            begin + "CORS request external redirect not allowed).",
            begin + "CORS preflight response did not succeed). Status code: 302.",
            companion),
        about("/", Cause.PREFLIGHT_REDIRECT, preflight(302)).console(Engine.FIREFOX));
    assertEquals(
        List.of(
            begin + "CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 302.",
            companion,
            companion),
        because(Cause.ACAO_MISSING, preflight(302)).console(Engine.FIREFOX));
    assertEquals(
        1, about("PUT", Cause.METHOD_NOT_ALLOWED, PREFLIGHT).console(Engine.CHROMIUM).size());
  }

  @Test
  void firefox_takes_http_2_without_tls_for_a_body_without_headers() {
    NotShared refusal =
        new NotShared(
            Cause.NETWORK,
            "http://api.example: the server speaks HTTP/2 here, and not HTTP/1.1",
            List.of(),
            new Where(
                false, Initiator.FETCH, APP, "http://api.example/x", "http://api.example/x", 0),
            Optional.of(Failure.HTTP_2));
    assertTrue(
        refusal
            .inTheWordsOf(Engine.FIREFOX)
            .endsWith("CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 200."));
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.example: no such host: a.example, ERR_NAME_NOT_RESOLVED",
    "http://a.example: connection refused, ERR_CONNECTION_REFUSED",
    "http://a.example: timed out after 5 s waiting for the connection, ERR_TIMED_OUT",
    "http://a.example: closed without an answer, ERR_EMPTY_RESPONSE",
    "http://a.example: closed while we waited for the body: Connection reset, ERR_CONNECTION_RESET",
    "http://a.example: not HTTP: the first line is \"220 ftp\", ERR_INVALID_HTTP_RESPONSE",
    "something else, ERR_FAILED"
  })
  void chromium_names_what_the_network_did(String complaint, String error) {
    assertEquals(
        "Failed to load resource: net::" + error,
        about(complaint, Cause.NETWORK, ACTUAL).inTheWordsOf(Engine.CHROMIUM));
  }
}
