package dev.crosswalk.cors;

import static dev.crosswalk.cors.Message.READER;
import static dev.crosswalk.cors.Message.actual;
import static dev.crosswalk.cors.Message.preflight;
import static dev.crosswalk.cors.Message.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsDecision.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An explanation")
class ExplanationTest {

  private static final String APP = "https://app.example.com";

  /** Two origins, so that the answer is not the same for everyone. */
  private final CorsPolicy policy =
      policy(APP, "http://localhost:3000")
          .allowMethods("PUT", "PATCH")
          .allowRequestHeaders("Content-Type", "X-Api-Key")
          .build();

  private static CorsPolicy.Builder policy(String... origins) {
    return CorsPolicy.builder().allowOrigins(origins);
  }

  private static String explain(Cors cors, Message request) {
    return cors.decide(request, READER).explanation(request, READER);
  }

  @Nested
  @DisplayName("of an origin that is not allowed")
  class OfAnOrigin {

    @ParameterizedTest(name = "{1} beside {0}")
    @CsvSource(
        delimiter = '|',
        value = {
          "https://app.example.com | https://app.example.com:8443 | the port differs",
          "https://app.example.com:8443 | https://app.example.com | the port differs",
          "http://localhost:3000 | http://localhost:5173 | the port differs",
          "http://app.example.com | https://app.example.com | the scheme differs",
          "https://*.example.com | https://a.example.com:1 | the port differs",
          "https://app-*-x.example.com | https://app-1-x.example.com:1 | the port differs",
          "http://*.example.com:8080 | https://a.example.com | the scheme and the port differ",
          "http://localhost:* | https://localhost:5173 | the scheme differs",
          "http://localhost:3000 | http://127.0.0.1:3000 | two names of one machine are two"
              + " origins",
          "http://127.0.0.1:3000 | http://[::1]:3000 | two names of one machine are two origins",
          "http://localhost:3000 | http://0.0.0.0:3000 | two names of one machine are two origins",
          "https://example.com | https://www.example.com | www. makes it a different origin",
          "https://www.example.com | https://example.com | www. makes it a different origin",
          "https://*.example.com | https://example.com | a wildcard covers what is below a domain,"
              + " not the domain itself",
          "https://example.com | https://app.example.com | a subdomain is a different origin",
          "https://app.example.com | https://example.com | the parent domain is a different origin"
        })
    void names_the_policys_origin_that_comes_near_the_difference_and_the_change(
        String allowed, String origin, String difference) {
      CorsPolicy policy = policy(allowed, "https://unrelated.test").build();
      assertEquals(
          "\"%s\" is not allowed. \"%s\" is, but %s. If its pages are yours, allow it: .allowOrigins(\"%s\")."
              .formatted(origin, allowed, difference, origin),
          explain(policy, actual(origin)));
      assertEquals(explain(policy, actual(origin)), explain(policy, preflight(origin, "PUT")));
    }

    @Test
    void proposes_a_change_after_which_it_is_allowed() {
      String origin = "https://app.example.com:8443";
      assertTrue(explain(policy, actual(origin)).endsWith(".allowOrigins(\"" + origin + "\")."));
      CorsPolicy changed = policy.toBuilder().allowOrigins(origin).build();
      assertEquals(Outcome.ALLOWED, changed.decide(actual(origin), READER).outcome());
    }

    @Test
    void prefers_what_is_nearest_wherever_it_is_listed() {
      String[] origins = {
        "https://example.com", "https://app.example.com:1", "http://app.example.com"
      };
      for (int i = 0; i < 2; i++) {
        assertTrue(
            explain(policy(origins).build(), actual(APP))
                .contains("\"http://app.example.com\" is, but the scheme differs"));
        Collections.reverse(Arrays.asList(origins));
      }
    }

    @ParameterizedTest(name = "{1} beside {0}")
    @CsvSource({
      "https://app.example.com, https://app.examp1e.com, one character differs",
      "https://app.example.com, https://app.example.co, one character differs",
      "https://app.example.com, https://app.examplee.com, one character differs",
      "https://*.example.com, https://examp1e.com, one character differs",
      "https://app.example.com, https://app.example.com.evil.net, it only begins with that name",
      "https://app.example.com, https://not-app.example.com, it only ends with that name",
      "https://*.example.com, https://notexample.com, it only ends with that name"
    })
    void never_proposes_to_allow_a_look_alike(String allowed, String origin, String difference) {
      assertEquals(
          ("\"%s\" is not allowed. \"%s\" is, but %s. A look-alike may belong to an attacker."
                  + " Allow it only if you know that it is yours.")
              .formatted(origin, allowed, difference),
          explain(policy(allowed, "http://unrelated.test").build(), actual(origin)));
    }

    @Test
    void says_so_if_nothing_comes_near() {
      assertEquals(
          "\"https://other.test\" is not allowed. Nothing in the policy is similar. If its"
              + " pages are yours, allow it: .allowOrigins(\"https://other.test\").",
          explain(policy, actual("https://other.test")));
    }

    @Test
    void proposes_https_instead_of_http() {
      assertEquals(
          "\"http://app.example.com\" is not allowed. \"https://app.example.com\" is, but the"
              + " scheme differs. Serve the page over https.",
          explain(policy, actual("http://app.example.com")));
    }

    @Test
    void says_why_an_insecure_origin_is_not_to_be_allowed_with_credentials() {
      CorsPolicy policy = policy(APP, "https://b.test").allowCredentials().build();
      String explanation = explain(policy, actual("http://other.test"));
      assertTrue(
          explanation.startsWith(
              "\"http://other.test\" is not allowed. Nothing in the policy is similar."
                  + " Allowing it is not the answer: with credentials, anyone on the network"),
          explanation);
      assertFalse(explanation.contains("allowOrigins"), explanation);
      assertFalse(explanation.contains("dangerously"), explanation);
    }

    @Test
    void never_proposes_to_allow_null() {
      assertEquals(
          "The policy does not allow the origin null, which sandboxed frames, local files and"
              + " redirects between other origins have. Any website"
              + " can take on the origin null, so do not allow it. Serve the page from an origin of"
              + " its own, and do not redirect to another origin.",
          explain(policy, actual("null")));
    }

    @Test
    void knows_a_policy_that_allows_no_one() {
      assertEquals(
          "\"https://app.example.com\" is not allowed. The policy allows no origin.",
          explain(CorsPolicy.none(), actual(APP)));
    }

    @Test
    void says_what_the_browser_is_sent_if_that_is_the_same_for_everyone() {
      assertEquals(
          "\"https://app.example.com:8443\" is not allowed. \"https://app.example.com\" is, but the"
              + " port differs. If its pages are yours, allow it:"
              + " .allowOrigins(\"https://app.example.com:8443\"). The browser receives the"
              + " policy's only origin, \"https://app.example.com\", and reports that it differs.",
          explain(policy(APP).build(), actual("https://app.example.com:8443")));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "https://app.example.com/ | is not a valid origin. \"https://app.example.com\" is, and"
              + " the policy allows it: there is an extra trailing slash.",
          "https://app.example.com/index.html | is not a valid origin. \"https://app.example.com\""
              + " is, and the policy allows it: it has a path, and an origin has none.",
          "https://app.example.com:443 | is not a valid origin. \"https://app.example.com\" is, and"
              + " the policy allows it: browsers leave out the default port.",
          "https://app.example.com. | is not a valid origin. \"https://app.example.com\" is, and"
              + " the policy allows it: the dot at the end of the host makes it a different origin;"
              + " open the page without it.",
          "https://App.Example.com | is not a valid origin. \"https://app.example.com\" is, and the"
              + " policy allows it: browsers send origins in lower case.",
          "HTTPS://other.test | is not a valid origin: browsers send origins in lower case.",
          "app.example.com | is not a valid origin: it does not begin with a scheme and ://.",
          "file:// | is not a valid origin: a page from a file has no origin of its own. Serve it"
              + " from a server, or give the app a scheme of its own.",
          "https://foo-.example.com | is not a valid origin: a label of its host starts or ends with a hyphen. Some browsers open such pages, but DNS has no such host names (RFC 5890 §2.3.1). Give the host another name.",
          "https://-foo.example.com:8443 | is not a valid origin: a label of its host starts or ends with a hyphen. Some browsers open such pages, but DNS has no such host names (RFC 5890 §2.3.1). Give the host another name.",
          "https://foo.-.example | is not a valid origin: a label of its host starts or ends with a hyphen. Some browsers open such pages, but DNS has no such host names (RFC 5890 §2.3.1). Give the host another name.",
          "https://foo-.example.com:443443 | is not a valid origin.",
          "https://foo-..example.com | is not a valid origin.",
          "https://a..b | is not a valid origin.",
          "https:// | is not a valid origin.",
          "https://. | is not a valid origin.",
          "https://[::1 | is not a valid origin."
        })
    void tells_what_is_wrong_with_one_that_no_browser_writes_so(String origin, String rest) {
      assertEquals("\"" + origin + "\" " + rest, explain(policy, actual(origin)));
    }

    @Test
    void tells_several_from_one() {
      assertEquals(
          "\"https://app.example.com, https://b.test\" is not allowed: these are several origins, and a"
              + " browser sends one. A proxy, or a client that is not a browser, added another.",
          explain(policy, actual(APP).with("Origin", "https://b.test")));
    }

    @Test
    void says_that_the_servers_own_origin_needs_no_permission_and_how_it_knows() {
      assertEquals(
          "\"https://api.test\" is the server's own origin, according to the Host header, so"
              + " CORS does not apply to it.",
          explain(policy, actual("https://api.test").with("Host", "api.test")));
      assertEquals(
          "\"https://api.test\" is the server's own origin, according to the browser"
              + " (Sec-Fetch-Site), so CORS does not apply to it.",
          explain(policy, actual("https://api.test").with("Sec-Fetch-Site", "same-origin")));
      Message preflight = preflight("https://api.test", "PUT").with("Host", "api.test");
      assertFalse(explain(policy, preflight).contains("own origin"));
    }
  }

  @Nested
  @DisplayName("of a method or a header that is not allowed")
  class OfAMethodOrHeader {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "DELETE | \"DELETE\" is not allowed. To allow it: .allowMethods(\"DELETE\").",
          "patch | \"patch\" is not allowed, but \"PATCH\" is: methods are case-sensitive. Use"
              + " \"PATCH\" in the page.",
          "put | \"put\" is not allowed. No browser asks for it: browsers send \"PUT\".",
          "trace | \"trace\" can never be allowed: Fetch forbids it to every script.",
          "PUT, PATCH | \"PUT, PATCH\" is not a single valid method.",
          "* | \"*\" is not allowed. It is the name of a method here, not a wildcard."
        })
    void names_the_method_and_the_change(String method, String expected) {
      assertEquals(expected, explain(policy, preflight(APP, method)));
    }

    @Test
    void knows_that_nobody_means_patch() {
      assertEquals(
          "\"patch\" is not allowed. Methods are case-sensitive, and the usual method is \"PATCH\"."
              + " Use \"PATCH\" in the page and allow it: .allowMethods(\"PATCH\").",
          explain(policy(APP, "https://b.test").build(), preflight(APP, "patch")));
    }

    @Test
    void says_that_a_method_is_too_long() {
      CorsPolicy any = policy(APP).allowAnyMethod().build();
      String explanation = explain(any, preflight(APP, "M".repeat(1000)));
      assertTrue(explanation.endsWith(" is not allowed: it is longer than any method in use."));
      assertTrue(explanation.length() < 500, explanation);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "content-type,x-foo,x-bar | \"x-foo\" is not allowed as a request header. To allow it:"
              + " .allowRequestHeaders(\"x-foo\").",
          "x-api_key | \"x-api_key\" is not allowed as a request header. \"X-Api-Key\" is, but one"
              + " character differs. If it is no mistake, allow it:"
              + " .allowRequestHeaders(\"x-api_key\").",
          "x-foo bar, x | \"x-foo bar\" is not a valid header name.",
          "* | \"*\" is not allowed as a request header. It is the name of a header here, not a"
              + " wildcard.",
          "authorization | \"authorization\" is not allowed as a request header. To allow it:"
              + " .allowRequestHeaders(\"authorization\")."
        })
    void names_the_first_header_that_is_refused_and_the_change(String names, String expected) {
      assertEquals(expected, explain(policy, preflight(APP, "PUT", names)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"access-control-allow-origin", "cookie", "sec-fetch-site"})
    void proposes_no_header_that_cannot_be_allowed(String name) {
      String explanation = explain(policy, preflight(APP, "PUT", name));
      assertTrue(
          explanation.startsWith(
              "\""
                  + name
                  + "\" is not allowed as a request header. Allowing it is not the answer: "),
          explanation);
    }

    @Test
    void says_that_the_star_does_not_stand_for_Authorization() {
      assertEquals(
          "\"authorization\" is not allowed as a request header: by the standard, * does not"
              + " include it. To allow it: .allowRequestHeaders(\"Authorization\").",
          explain(
              policy(APP).allowAnyRequestHeader().build(),
              preflight(APP, "GET", "accept,authorization")));
    }

    @Test
    void counts_the_characters_of_a_list_that_is_too_long() {
      assertEquals(
          "The list of requested request headers has 20000 characters, more than any browser"
              + " sends.",
          explain(policy, preflight(APP, "PUT", "x".repeat(20_000))));
    }

    @Test
    void names_both_if_both_are_refused_so_that_nobody_has_to_fix_one_after_the_other() {
      assertEquals(
          "\"DELETE\" is not allowed. To allow it: .allowMethods(\"DELETE\"). \"x-foo\" is not"
              + " allowed as a request header. To allow it: .allowRequestHeaders(\"x-foo\").",
          explain(policy, preflight(APP, "DELETE", "x-foo")));
    }
  }

  @Nested
  @DisplayName("of what is allowed")
  class OfTheAllowed {

    @Test
    void says_what_the_policy_lets_scripts_do() {
      assertEquals(
          "The policy lets scripts of \"https://app.example.com\" read the response.",
          explain(policy, actual(APP)));
      assertEquals(
          "The policy lets scripts of \"https://app.example.com\" send \"PUT\".",
          explain(policy, preflight(APP, "PUT")));
      assertEquals(
          "The policy lets scripts of \"https://app.example.com\" send \"PUT\" with the requested"
              + " headers.",
          explain(policy, preflight(APP, "PUT", "content-type")));
      assertEquals(
          "The request has no Origin header, so CORS does not apply to it.",
          explain(policy, request("GET")));
    }

    @Test
    void says_who_says_that_the_origin_is_the_servers_own() {
      Message said =
          request("POST")
              .with("Origin", "https://api.example")
              .with("Sec-Fetch-Site", "same-origin");
      assertEquals(
          "\"https://api.example\" is the server's own origin, according to the browser"
              + " (Sec-Fetch-Site), so CORS does not apply to it.",
          explain(policy, said));
      // As the guard reads it: an empty value says nothing.
      assertEquals(
          "\"https://api.example\" is the server's own origin, according to the Host header, so"
              + " CORS does not apply to it.",
          explain(
              policy,
              request("POST")
                  .with("Origin", "https://api.example")
                  .with("Host", "api.example")
                  .with("Sec-Fetch-Site", "")));
    }

    @Test
    void names_the_path_that_no_policy_covers() {
      Cors byPath = Cors.byPath(Map.of("/api", policy));
      assertEquals(
          "No policy covers the path \"/other\".", explain(byPath, request("GET", "/other")));
      assertEquals(
          "No policy covers the path \"/api/../x\": servers could read it as a different path.",
          explain(byPath, request("GET", "/api/../x").with("Origin", APP)));
    }

    @Test
    void names_the_host_that_no_policy_covers() {
      Cors byHost = Cors.byHost(Map.of("api.example.com", policy));
      Message request = request("GET").with("Origin", APP).with("Host", "other.example");
      assertEquals("No policy covers the host \"other.example\".", explain(byHost, request));
      assertEquals(
          "No policy covers the request's host.", byHost.decide(request, READER).explanation());
      assertEquals(
          "The request names no host, so no policy covers it.", explain(byHost, request("GET")));
    }

    @Test
    void says_that_the_function_chose_no_policy() {
      Cors choosing = Cors.choosing(facts -> null, "X-Tenant");
      assertEquals(
          "The function that chooses a policy chose none.", explain(choosing, actual(APP)));
      assertEquals(
          "The function that chooses a policy chose none.",
          choosing.decide(actual(APP), READER).explanation());
      assertEquals(
          "The function that chooses a policy chose none. It cannot choose by the path"
              + " \"/a/%2e%2e\": servers could read it as a different path.",
          explain(choosing, request("GET", "/a/%2e%2e").with("Origin", APP)));
    }

    @Test
    void says_of_policies_in_policies_which_of_them_covers_nothing() {
      Cors byHost = Cors.byHost(Map.of("api.example.com", Cors.byPath(Map.of("/api", policy))));
      assertEquals(
          "No policy covers the path \"/\".",
          explain(byHost, actual(APP).with("Host", "api.example.com")));
      Cors guarded = CrossOriginGuard.around(byHost).build();
      assertEquals(
          "No policy covers the host \"other.example\".",
          explain(guarded, actual(APP).with("Host", "other.example")));
    }

    @Test
    void hints_at_what_keeps_a_request_by_hand_from_being_a_preflight() {
      assertEquals(
          "The request has no Origin header, so CORS does not apply to it. It looks like a"
              + " preflight, but a preflight has an Origin header.",
          explain(policy, request("OPTIONS").with("Access-Control-Request-Method", "PUT")));
      assertTrue(
          explain(policy, request("OPTIONS").with("Origin", APP))
              .endsWith(" It is not a preflight: it has no Access-Control-Request-Method header."));
      Message empty = request("OPTIONS").with("Origin", APP);
      assertTrue(
          explain(policy, empty.with("Access-Control-Request-Method", ""))
              .endsWith(" It is not a preflight: its Access-Control-Request-Method is empty."));
    }

    @Test
    void hints_at_a_cookie_where_the_policy_allows_no_credentials() {
      assertEquals(
          "The policy lets scripts of \"https://app.example.com\" read the response. But the"
              + " request carries a cookie, and the policy does not allow credentials. If a script"
              + " of another origin sent it, the browser hides the response from the script. Send"
              + " the request without credentials, or decide which origins may use them.",
          explain(policy, actual(APP).with("Cookie", "session=secret")));
    }

    @Test
    void has_no_such_hint_where_credentials_are_allowed_or_the_origin_is_the_servers_own() {
      Message request = actual(APP).with("Cookie", "session=secret");
      assertFalse(explain(policy(APP).allowCredentials().build(), request).contains("cookie"));
      assertFalse(
          explain(policy, request.with("Sec-Fetch-Site", "same-origin")).contains("cookie"));
    }
  }

  @Nested
  @DisplayName("under hostile input")
  class Hostile {

    @Test
    void is_short_printable_on_one_line_and_never_throws() {
      List<String> values = new ArrayList<>();
      for (String unit :
          List.of(
              "",
              "a",
              "\u0000",
              "\r\n",
              "\u202e",
              "\ud800",
              ",",
              "\"",
              "\\",
              "://",
              "[",
              "]",
              ".",
              "/",
              "https://",
              "https://a.",
              "null,",
              " ",
              "\t",
              ":",
              "%",
              "PATCH",
              "*")) {
        for (int times : new int[] {1, 2, 100, 10_000, 60_000}) {
          values.add(unit.repeat(times));
          values.add("https://" + unit.repeat(times));
          values.add(APP + unit.repeat(times));
        }
      }
      int explained = 0;
      for (CorsPolicy each :
          List.of(
              policy,
              CorsPolicy.none(),
              policy(APP).allowAnyMethod().allowAnyRequestHeader().build(),
              policy("https://*.example.com", "https://a-*.example.com:*")
                  .allowCredentials()
                  .build())) {
        for (String value : values) {
          for (Message request :
              List.of(
                  actual(value),
                  preflight(value, "PUT"),
                  preflight(APP, value, value),
                  preflight(APP, "PUT", value),
                  actual(APP)
                      .with("Host", value)
                      .with("Cookie", value)
                      .with("Sec-Fetch-Site", value),
                  actual("https://api.test").with("Host", value))) {
            String explanation = explain(each, request);
            assertTrue(explanation.length() < 1500, explanation);
            assertTrue(explanation.matches("[\\x20-\\x7e…]+"), explanation);
            assertTrue(explanation.endsWith("."), explanation);
            explained++;
          }
        }
      }
      assertTrue(explained > 5000, "explained " + explained);
    }

    @Test
    void does_not_fail_for_a_request_that_was_not_decided_about() {
      List<Message> requests =
          List.of(
              request("GET"),
              actual(APP),
              actual("null"),
              actual("x"),
              preflight(APP, "PUT"),
              preflight(APP, "X", "y"),
              preflight(APP, "PUT", "a b"),
              preflight("https://b.test", "PUT"));
      for (Message decided : requests) {
        for (Message explained : requests) {
          assertFalse(policy.decide(decided, READER).explanation(explained, READER).isEmpty());
        }
      }
    }

    @Test
    void costs_a_bounded_time_however_many_origins_the_policy_has() {
      List<String> origins = new ArrayList<>();
      for (int i = 0; i < 20_000; i++) {
        origins.add("https://tenant-" + i + ".example.com");
      }
      CorsPolicy policy = CorsPolicy.builder().allowOrigins(origins).build();
      assertTrue(
          explain(policy, actual("https://tenant-9999.example.com:1"))
              .contains("the port differs"));
      assertFalse(
          explain(policy, actual("https://tenant-10000.example.com:1"))
              .contains("the port differs"));
    }

    @Test
    void without_the_request_contains_nothing_of_it() {
      for (Message request :
          List.of(
              actual("https://secret.test"),
              preflight("https://secret.test", "SECRET"),
              preflight(APP, "SECRET", "secret"),
              preflight(APP, "PUT", "secret"),
              actual("secret"))) {
        String explanation = policy.decide(request, READER).explanation();
        assertFalse(explanation.contains("secret") || explanation.contains("SECRET"), explanation);
        assertFalse(explanation.isEmpty());
      }
    }
  }
}
