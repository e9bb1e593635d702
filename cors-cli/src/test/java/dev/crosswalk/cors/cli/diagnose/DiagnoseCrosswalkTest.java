package dev.crosswalk.cors.cli.diagnose;

import static dev.crosswalk.cors.cli.diagnose.Diagnosing.ALLOW;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.APP;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.TRUE;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.VARY;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.asks;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.blocked;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.body;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.response;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.crosswalk.cors.cli.Result;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * This library's own answers, by their form: the line of its policy, and where its log says why.
 */
class DiagnoseCrosswalkTest extends ScriptedServers {

  private static final String VARY_ALL =
      "Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers";

  private static final String LISTS = "Access-Control-Allow-Methods: PUT, DELETE";

  private static final String OTHER = "https://other.example.com";

  /** A policy that allows one origin or more; what GET is answered by is the application's. */
  private static UnaryOperator<String> policy(String allowed, String get, String... more) {
    return head -> {
      boolean listed = head.contains("\r\nOrigin: " + allowed + "\r\n");
      List<String> fields = new ArrayList<>(List.of(more));
      if (listed) {
        fields.add("Access-Control-Allow-Origin: " + allowed);
      }
      if (!asks(head)) {
        fields.add(VARY);
        return body(get, "[]", fields.toArray(new String[0]));
      }
      if (!head.contains("\r\nAccess-Control-Request-Method: ")) {
        return response("405 Method Not Allowed", VARY);
      }
      fields.add(VARY_ALL);
      if (listed) {
        fields.addAll(List.of(LISTS, "Access-Control-Allow-Headers: Content-Type, Authorization"));
      }
      return response(listed ? "204 No Content" : "403 Forbidden", fields.toArray(new String[0]));
    };
  }

  private static void ofOrigin(Result result) {
    blocked(
        result,
        "Crosswalk answers here, and its policy does not allow this origin.",
        "add https://app.example.com to allowOrigins of the CorsPolicy (in configuration,"
            + " cors.allowed-origins)",
        "cors.log-refusals=explained",
        ".allowOrigins(\"https://app.example.com\"");
    assertFalse(result.text().contains("Micronaut"), result.out());
    assertFalse(result.text().contains("With any server"), result.out());
    assertFalse(result.text().contains("is refused by authorization"), result.out());
  }

  @Test
  void a_preflight_of_an_origin_that_is_not_allowed() throws IOException {
    ofOrigin(diagnose(policy(OTHER, "200 OK"), "-X", "PUT"));
  }

  @Test
  void a_request_without_a_preflight_of_an_origin_that_is_not_allowed() throws IOException {
    ofOrigin(diagnose(policy(OTHER, "200 OK")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"401 Unauthorized", "404 Not Found", "403 Forbidden"})
  void what_the_application_answers_does_not_matter(String status) throws IOException {
    ofOrigin(diagnose(policy(OTHER, status), "-X", "PUT"));
  }

  @Test
  void a_policy_with_one_origin_sends_it_to_everybody() throws IOException {
    UnaryOperator<String> server =
        head ->
            asks(head)
                ? response("403 Forbidden", "Access-Control-Allow-Origin: " + OTHER, VARY_ALL)
                : body("200 OK", "[]", "Access-Control-Allow-Origin: " + OTHER, TRUE);
    Result result = diagnose(server, "-X", "PUT");
    ofOrigin(result);
    blocked(result, "Add to your policy:", ".allowOrigins(\"https://app.example.com\")");
    Result simple = diagnose(server);
    ofOrigin(simple);
    blocked(
        simple,
        "So the response (200) names only https://other.example.com in"
            + " Access-Control-Allow-Origin.");
    assertFalse(simple.text().contains("has no Access-Control-Allow-Origin"), simple.out());
  }

  @Test
  void the_software_that_shows_itself_is_not_what_refuses() throws IOException {
    Result result =
        diagnose(
            head ->
                asks(head)
                    ? response("403 Forbidden", VARY_ALL)
                    : body("404 Not Found", "Endpoint GET /items not found", VARY),
            "-X",
            "PUT");
    ofOrigin(result);
    assertFalse(result.text().contains("bundledPlugins"), result.out());
    Result spring =
        diagnose(
            head ->
                asks(head)
                    ? response("403 ", VARY_ALL)
                    : body(
                        "200 ",
                        "[]",
                        VARY,
                        "X-XSS-Protection: 0",
                        "Expires: 0",
                        "Pragma: no-cache"));
    ofOrigin(spring);
    assertFalse(spring.text().contains("addCorsMappings"), spring.out());
  }

  @Test
  void an_origin_that_is_near_to_an_allowed_one() throws IOException {
    Result result = diagnose(policy("https://www.app.example.com", "200 OK"), "-X", "PUT");
    blocked(
        result,
        "It allows https://www.app.example.com",
        "to allowOrigins of the CorsPolicy (in configuration, cors.allowed-origins), beside"
            + " https://www.app.example.com");
  }

  @Test
  void a_method_that_the_policy_does_not_allow() throws IOException {
    Result result = diagnose(policy(APP, "200 OK"), "-X", "PATCH");
    blocked(
        result,
        "Add PATCH to allowMethods of the CorsPolicy (in configuration, cors.allowed-methods).",
        "cors.log-refusals=explained",
        "Add to your policy: .allowMethods(\"PATCH\") What browsers");
    assertFalse(result.text().contains("With any server"), result.out());
  }

  @Test
  void a_request_header_that_the_policy_does_not_allow() throws IOException {
    Result result = diagnose(policy(APP, "200 OK"), "-H", "X-Tenant: 7");
    blocked(
        result,
        "Add x-tenant to allowRequestHeaders of the CorsPolicy (in configuration,"
            + " cors.allowed-request-headers).",
        "Or remove it from the request",
        "cors.log-refusals=explained");
  }

  @Test
  void a_method_and_a_request_header_are_added_in_the_words_of_the_policy() throws IOException {
    UnaryOperator<String> server =
        head ->
            policy(APP, "200 OK", head.contains(APP) ? new String[] {TRUE} : new String[0])
                .apply(head);
    Result result = diagnose(server, "-X", "PATCH", "-H", "X-Token: 7", "--credentials");
    blocked(
        result,
        "Then add x-token to allowRequestHeaders of the CorsPolicy (in configuration,"
            + " cors.allowed-request-headers) as well.",
        ".allowMethods(\"PATCH\") .allowRequestHeaders(\"x-token\")");
    assertFalse(result.text().contains("Access-Control-Allow-Headers as well"), result.out());
    assertFalse(result.text().contains("CorsPolicy.builder()"), result.out());
    assertFalse(result.text().contains(".allowCredentials()"), result.out());
  }

  @Test
  void credentials_are_allowed_in_the_words_of_the_policy_where_the_origin_is_refused()
      throws IOException {
    UnaryOperator<String> server =
        head ->
            asks(head)
                ? response("403 Forbidden", "Access-Control-Allow-Origin: " + OTHER, VARY_ALL)
                : body("200 OK", "[]", "Access-Control-Allow-Origin: " + OTHER, TRUE);
    Result result = diagnose(server, "-X", "PUT", "--credentials");
    ofOrigin(result);
    blocked(result, "also needs allowCredentials() in the CorsPolicy");
    assertFalse(
        result.text().contains("Access-Control-Allow-Credentials: true, which"), result.out());
  }

  @Test
  void credentials_that_the_policy_does_not_allow() throws IOException {
    Result result = diagnose(policy(APP, "200 OK"), "--credentials");
    blocked(
        result,
        "write allowCredentials() in the CorsPolicy (in configuration, cors.allow-credentials=true)",
        ".allowCredentials()");
    assertFalse(result.text().contains("cors.log-refusals"), result.out());
  }

  @Test
  void a_guard_refuses_a_write_as_well() throws IOException {
    UnaryOperator<String> policy = policy(OTHER, "200 OK");
    Result result =
        diagnose(
            head -> head.startsWith("POST ") ? response("403 Forbidden", VARY) : policy.apply(head),
            "-d",
            "x");
    ofOrigin(result);
    blocked(result, "If a CrossOriginGuard is around the policy", "cors.guard.trusted-origins");
  }

  @Test
  void lines_for_one_adapter() throws IOException {
    Result result = diagnose(policy(OTHER, "200 OK"), "-X", "PUT", "--for", "crosswalk-spring");
    ofOrigin(result);
    blocked(
        result, "With Crosswalk in Spring Boot", "cors.allowed-origins=https://app.example.com");
  }

  // What looks alike.

  @Test
  void spring_behind_a_proxy_that_writes_its_lines_of_vary_as_one() throws IOException {
    Result result =
        diagnose(
            head ->
                head.contains("\r\nOrigin: ")
                    ? response("403 Forbidden", VARY_ALL)
                    : body("200 OK", "[]", VARY_ALL),
            "-X",
            "PUT");
    blocked(result, "A CORS layer is there and refuses this origin (403)");
    assertFalse(result.text().contains("Crosswalk answers here"), result.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: text/plain",
        "Access-Control-Allow-Methods: GET",
        "Vary: Access-Control-Request-Method"
      })
  void what_crosswalk_never_sends_beside_it(String field) throws IOException {
    Result result =
        diagnose(
            head ->
                asks(head)
                    ? response("403 Forbidden", VARY_ALL, field)
                    : body("200 OK", "[]", VARY),
            "-X",
            "PUT");
    assertFalse(result.text().contains("Crosswalk answers here"), result.out());
  }

  @Test
  void lists_of_another_layer_that_refuses_by_no_error() throws IOException {
    Result result =
        diagnose(
            head ->
                asks(head)
                    ? head.contains(APP)
                        ? response("204 No Content", ALLOW, LISTS, VARY_ALL)
                        : response("204 No Content", VARY_ALL)
                    : body("200 OK", "[]", ALLOW, VARY),
            "-X",
            "PATCH");
    blocked(result, "Add PATCH to Access-Control-Allow-Methods.", "With any server");
    assertFalse(result.text().contains("CorsPolicy ("), result.out());
  }
}
