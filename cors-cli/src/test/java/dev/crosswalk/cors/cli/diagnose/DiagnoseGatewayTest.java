package dev.crosswalk.cors.cli.diagnose;

import static dev.crosswalk.cors.cli.diagnose.Diagnosing.ALLOW;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.APP;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.blocked;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.body;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.response;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.visit;
import static java.util.Locale.ROOT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.tck.wire.ScriptedServer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gateways and hosts that answer by themselves, as what they send shows. */
class DiagnoseGatewayTest extends ScriptedServers {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          403 | {"message":"Forbidden"}                      | must not require an API key or have an authorizer
          401 | {"message":"Unauthorized"}                   | OPTIONS must have no authorizer
          502 | {"message": "Internal server error"}         | an object with statusCode, headers and body
          504 | {"message": "Endpoint request timed out"}    | did not answer in time
          404 | {"message":"Not Found"}                      | set CORS for the HTTP API
          """)
  void api_gateway_says_so_in_words_that_others_use_as_well(int status, String body, String says)
      throws IOException {
    String answer = status + " X";
    blocked(put(body(answer, body, "x-amz-apigw-id: a")), says);
    Result other = put(body(answer, body));
    assertFalse(other.text().contains("Amazon"), other.out());
  }

  @Test
  void apigee_wants_a_key_of_a_preflight() throws IOException {
    blocked(
        put(body("401 X", "{\"fault\":{\"faultstring\":\"Failed to resolve API Key\"}}")),
        "the condition request.verb != \"OPTIONS\"");
  }

  @Test
  void netlify_has_no_such_function() throws IOException {
    blocked(
        diagnose(body("404 X", "Not Found - Request ID: 01")), "Netlify has nothing at this path");
  }

  @ParameterizedTest
  @CsvSource({"GET, so the server has nothing at this path", "PUT, or a route for PUT alone"})
  void a_path_that_get_does_not_find_either(String method, String says) throws IOException {
    Result result =
        visit(
            server(response("404 Not Found"), response("404 Not Found")).url("/api/x"),
            "-X",
            method,
            "-H",
            "X-Trace: 1");
    assertTrue(result.text().toLowerCase(ROOT).contains(says.toLowerCase(ROOT)), result.out());
    blocked(result, "GET of this URL gets 404 as well", "Check the URL");
    int layer = result.text().indexOf("Nothing at this path answers OPTIONS");
    assertEquals(
        method.equals("PUT"), layer < result.text().indexOf("Check the URL"), result.out());
  }

  @Test
  void micronaut_on_a_loopback_address_lets_pages_of_this_machine_through() throws IOException {
    ScriptedServer.Script micronaut =
        wire ->
            wire.say(
                wire.readHead().contains("Origin: https://")
                    ? "HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n"
                    : response("200 OK"));
    for (String method : List.of("GET", "PUT")) {
      blocked(
          visit(start(micronaut).url("/items"), "-X", method),
          "lets a page of this machine through without headers",
          "In Micronaut, write micronaut.server.cors.enabled: true");
    }
  }

  @Test
  void micronaut_that_lists_the_origin_refuses_the_method() throws IOException {
    ScriptedServer.Script micronaut =
        wire -> {
          String head = wire.readHead();
          boolean listed = head.contains("Origin: " + APP);
          wire.say(
              head.contains("Access-Control-Request-Method: PUT")
                  ? "HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n"
                  : listed ? response("200 OK", ALLOW) : response("200 OK"));
        };
    blocked(
        visit(start(micronaut).url("/items"), "-X", "PUT", "--data-json", "{}"),
        "So the method PUT is not on its list.");
  }

  @Test
  void azure_api_management_has_no_operation_for_options() throws IOException {
    blocked(
        put(body("404 X", "{ \"statusCode\": 404, \"message\": \"Resource not found\" }")),
        "put the policy <cors> first in <inbound>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 OK           | Allow: GET, OPTIONS | Server: Microsoft-IIS/10.0                  | <remove name="OPTIONSVerbHandler" />
          204 No Content   | Allow: GET, OPTIONS | vary: RSC, Next-Router-State-Tree           | export a function OPTIONS
          401 Unauthorized | X-A: b              | Server: kong/3.6.1                          | run_on_preflight: false
          200 OK           | Allow: GET, POST    | X-elastic-product: Elasticsearch            | http.cors.enabled: true
          405 X            | Allow: GET          | Server: Microsoft-IIS/10.0                  | <remove name="WebDAV" />
          """)
  void who_answers_options_is_told_by_a_header(String status, String one, String other, String says)
      throws IOException {
    blocked(put(response(status, one, other)), says);
  }

  @Test
  void cloudfront_does_not_pass_origin_on() throws IOException {
    String via = "Via: 1.1 a.cloudfront.net (CloudFront)";
    blocked(diagnose(response("200 OK", via)), "the origin request policy CORS-S3Origin");
    blocked(
        diagnose(response("200 OK", via, "X-Cache: Hit from cloudfront", "Age: 3")),
        "the origin request policy CORS-S3Origin");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          X-Amzn-Trace-Id: Root=1            | the CORS settings of the URL add the headers
          Set-Cookie: ARRAffinity=a; Path=/  | the CORS page of the portal adds the headers
          """)
  void a_host_that_adds_headers_beside_the_code(String field, String says) throws IOException {
    blocked(diagnose(response("200 OK", field, ALLOW, ALLOW)), says);
  }

  // ------------------------------------------------------------------ names with words left out

  @ParameterizedTest
  @CsvSource({
    "Allow-Origin,          Access-Control-Allow-Origin",
    "Access-Control-Origin, Access-Control-Allow-Origin",
    "Cors-Allow-Origin,     Access-Control-Allow-Origin",
    "X-Allowed-Origins,     Access-Control-Allow-Origin"
  })
  void a_name_with_words_left_out_is_no_header_of_cors(String name, String meant)
      throws IOException {
    blocked(
        diagnose(response("200 OK", name + ": https://app.example.com")),
        "has the header " + name,
        meant + " is meant.");
  }

  @Test
  void such_a_name_is_a_warning_where_browsers_miss_another_header() throws IOException {
    blocked(
        diagnose(response("200 OK", "Allow-Headers: x-tenant")),
        "Browsers do not know the header Allow-Headers",
        "Access-Control-Allow-Headers is meant.");
  }

  @ParameterizedTest
  @CsvSource({"Timing-Allow-Origin", "Allow", "Origin", "Max-Age", "X-Origin", "Headers"})
  void other_names_are_other_headers(String name) throws IOException {
    Result result = diagnose(response("200 OK", name + ": *"));
    assertFalse(result.text().contains("is meant"), result.out());
  }

  // ----------------------------------------------------------------------------- two at once

  @Test
  void a_list_that_is_absent_beside_a_wrong_origin() throws IOException {
    Result result =
        visit(
            server(response("204 No Content", ALLOW + "/"), response("200 OK", ALLOW)).url("/x"),
            "--data-json",
            "{}");
    blocked(
        result,
        "the slash at the end is too much",
        "Then add content-type to Access-Control-Allow-Headers as well, which is absent.");
    assertFalse(result.text().contains("Nothing else of its CORS"), result.out());
  }

  @Test
  void a_status_that_is_wrong_beside_a_wrong_origin() throws IOException {
    blocked(
        put(body("405 X", "<center>nginx/1.22.1</center>", "Server: nginx", ALLOW + "/")),
        "The answer also has the status 405",
        "nginx refuses OPTIONS itself");
  }

  @Test
  void spring_security_that_answers_preflights_has_nothing_for_the_path() throws IOException {
    String[] security = {"X-XSS-Protection: 0", "Expires: 0", "Pragma: no-cache"};
    Result result =
        visit(
            start(
                    wire -> {
                      String head = wire.readHead();
                      boolean asks = head.contains("Access-Control-Request-Method");
                      wire.say(response(asks ? "200 OK" : "403 Forbidden", security));
                    })
                .url("/items"),
            "-X",
            "PUT");
    blocked(
        result,
        "where an origin that is not listed would get 403",
        "Spring Security uses only a bean named corsConfigurationSource");
  }

  // ------------------------------------------------------------------------ no answer for Origin

  @Test
  void a_layer_that_never_goes_on() throws IOException {
    Result result =
        visit(
            start(
                    wire -> {
                      if (wire.readHead().contains("Origin: ")) {
                        Thread.sleep(60_000);
                      }
                      wire.say(response("200 OK"));
                    })
                .url("/x"),
            "--timeout",
            "1");
    blocked(
        result,
        "without the header Origin it gets one (200)",
        "The function given as origin to cors (Express) calls its callback");
  }
}
