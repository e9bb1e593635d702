package dev.crosswalk.cors.cli.diagnose;

import static dev.crosswalk.cors.cli.diagnose.Diagnosing.ALLOW;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.VARY;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.blocked;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.body;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.response;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.visit;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Result;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why a browser asks first, what the lists lack, and what of them a remedy keeps. */
class DiagnosePreflightTest extends ScriptedServers {

  private Result asking(String list, String... more) throws IOException {
    return answering(
        response("204 No Content", ALLOW, "Access-Control-Allow-Headers: " + list),
        response("200 OK", ALLOW, VARY),
        more);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Accept: application/ld+json; profile="https://example.com/a" | the value of Accept has one of the characters "():<>?@[\\]{}
          Content-Type: text/plain; charset="utf-8"   | for example charset=utf-8 without quotation marks
          Content-Language: <de>                      | other than letters, digits and *,-.;= and spaces
          Range: bytes=-500                           | One range with a start (bytes=0-499) needs no preflight
          """)
  void a_value_that_makes_a_browser_ask(String header, String says) throws IOException {
    blocked(
        asking("x-other", "-X", "POST", "-H", header), "The browser sends a preflight first", says);
  }

  @Test
  void a_value_that_is_too_long_to_pass_unasked() throws IOException {
    blocked(
        asking("x-other", "-H", "Accept-Language: " + "en-GB,".repeat(30)),
        "the value of Accept-Language has more than 128 bytes. With a shorter value there is no"
            + " preflight for it.");
  }

  @Test
  void json_is_no_such_value() throws IOException {
    Result result = asking("x-other", "--data-json", "{}");
    assertFalse(
        result.text().contains("The browser sends a preflight first because"), result.out());
  }

  @ParameterizedTest
  @CsvSource({"If-None-Match", "Cache-Control", "Pragma"})
  void what_the_browsers_cache_does_by_itself(String name) throws IOException {
    blocked(asking("content-type", "-H", name + ": x"), "cache: \"no-cache\"");
  }

  @ParameterizedTest
  @CsvSource({
    "content_type, Content-Type: application/json, content-type",
    "Authorisation, Authorization: x, authorization",
    "X-Tennant, X-Tenant: a, x-tenant"
  })
  void a_name_that_is_nearly_in_the_list(String list, String header, String name)
      throws IOException {
    blocked(
        asking("x-other, " + list, "-X", "POST", "-H", header),
        "The list has " + list + ", which is another name than " + name);
  }

  @Test
  void a_method_that_is_nearly_in_the_list() throws IOException {
    blocked(
        answering(
            response("204 No Content", ALLOW, "Access-Control-Allow-Methods: GET, PUT, DELTE"),
            response("200 OK", ALLOW, VARY),
            "-X",
            "DELETE"),
        "The list has DELTE, which is another method than DELETE");
    Result put = put(response("204 No Content", ALLOW, "Access-Control-Allow-Methods: GET, POST"));
    assertFalse(put.text().contains("a letter is wrong"), put.out());
    Result other = asking("x-trace-id, accept-encoding", "-H", "X-Tenant: a");
    assertFalse(other.text().contains("a letter is wrong"), other.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nginx/1.24.0  | <h1>401 X</h1><hr><center>nginx/1.24.0</center>                     | and auth_basic $realm
          Apache/2.4.62 | <!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN"><h1>X</h1>        | <LimitExcept OPTIONS> around Require
          Caddy         |                                                                     | @login not method OPTIONS
          lighttpd/1.4  | <title>401 Unauthorized</title><h1>401 Unauthorized</h1>            | put auth.require into
          """)
  void a_server_whose_own_password_answers_the_preflight(String server, String page, String says)
      throws IOException {
    String body = page == null ? "" : page;
    String login = "WWW-Authenticate: Basic realm=\"x\"";
    Result result = put(body("401 Unauthorized", body, "Server: " + server, login, ALLOW));
    blocked(result, "Authentication answers the preflight", says);
    assertFalse(result.text().contains("(a hook, a middleware, a filter)"), result.out());
    Result ofApplication = put(body("401 Unauthorized", "{}", "Server: " + server, login, ALLOW));
    assertFalse(ofApplication.text().contains(says), ofApplication.out());
  }

  @Test
  void a_list_of_methods_in_lower_case() throws IOException {
    blocked(
        put(response("204 No Content", ALLOW, "Access-Control-Allow-Methods: get, put, delete")),
        "Methods are case-sensitive: the list has put, and the request is a PUT.");
  }

  @Test
  void a_regular_expression_as_a_text_and_a_sign_too_much() throws IOException {
    blocked(
        diagnose(response("200 OK", "Access-Control-Allow-Origin: /\\.example\\.com$/")),
        "It is a regular expression that was written as text.");
    blocked(diagnose(response("200 OK", ALLOW + ";")), "the \";\" at the end is too much");
  }

  @Test
  void null_for_whom_a_list_does_not_have() throws IOException {
    blocked(
        diagnose(response("200 OK", "Access-Control-Allow-Origin: null")),
        "(GraphQL Yoga, for example): then add https://app.example.com to the list",
        "Otherwise never send null");
  }

  @Test
  void the_servers_own_name_is_no_page_of_development() throws IOException {
    Result result =
        visit(
            start(
                    wire -> {
                      String host =
                          wire.readHead().replaceAll("(?s).*\r\nHost: ([^\r]*)\r\n.*", "$1");
                      wire.say(
                          response("200 OK", "Access-Control-Allow-Origin: http://" + host + "/"));
                    })
                .url("/core/version"));
    blocked(result, "That is the server's own name.");
    assertFalse(result.text().contains("page of development"), result.out());
  }

  @Test
  void a_304_needs_the_headers_as_well() throws IOException {
    blocked(
        answering(
            response("204 No Content", ALLOW, "Access-Control-Allow-Headers: if-none-match"),
            response("304 Not Modified"),
            "-H",
            "If-None-Match: \"x\""),
        "A 304 needs it, too: set it before the ETag is compared.");
  }

  @Test
  void a_remedy_keeps_a_list_though_some_of_its_names_are_never_sent() throws IOException {
    Result result =
        asking(
            "accept, accept-encoding, authorization, content-type, dnt, origin, x-csrftoken",
            "-H",
            "X-Tenant: a");
    String lists =
        "Access-Control-Allow-Headers: x-tenant, authorization, content-type, x-csrftoken";
    assertTrue(result.text().contains(lists), result.out());
  }

  @Test
  void two_layers_of_which_one_is_springs_gateway() throws IOException {
    String all = "Origin, Access-Control-Request-Method, Access-Control-Request-Headers";
    blocked(diagnose(response("200 OK", ALLOW, ALLOW, "Vary: " + all)), "DedupeResponseHeader");
    blocked(
        diagnose(response("200 OK", ALLOW, ALLOW, "Server: lighttpd/1.4.69")),
        "setenv.set-response-header");
    blocked(
        diagnose(response("200 OK", ALLOW, ALLOW, "Server: nginx", "X-Powered-By: PHP/8.2")),
        "fastcgi_hide_header");
    String passes = "If nginx hands requests to PHP by fastcgi_pass";
    blocked(diagnose(response("200 OK", ALLOW, ALLOW, "Server: nginx")), passes);
    Result express =
        diagnose(response("200 OK", ALLOW, ALLOW, "Server: nginx", "X-Powered-By: Express"));
    assertFalse(express.text().contains(passes), express.out());
  }

  // --------------------------------------------------------------------- the next fault

  private Result answered(String preflight, String... more) throws IOException {
    return answering(preflight, response("200 OK", ALLOW, VARY), more);
  }

  @Test
  void behind_a_wrong_status_the_list_of_methods_is_wrong_as_well() throws IOException {
    Result result =
        answered(response("405 No", ALLOW, "Access-Control-Allow-Methods: GET, POST"), "-X", "PUT");
    blocked(
        result,
        "that answer has the status 405",
        "Then add PUT to Access-Control-Allow-Methods as well: the list has only GET, POST.");
  }

  @Test
  void behind_the_method_a_header_is_missing_as_well() throws IOException {
    Result result =
        answered(
            response(
                "204 No Content",
                ALLOW,
                "Access-Control-Allow-Methods: GET",
                "Access-Control-Allow-Headers: accept"),
            "-X",
            "PUT",
            "-H",
            "X-Trace: 1");
    blocked(
        result,
        "Add PUT to Access-Control-Allow-Methods",
        "Then add x-trace to Access-Control-Allow-Headers as well: the list has only accept.");
  }

  @Test
  void behind_one_header_another_is_missing_as_well() throws IOException {
    Result result = asking("accept", "-H", "X-Trace: 1", "-H", "X-Tenant: 1");
    blocked(
        result,
        "Add x-tenant to Access-Control-Allow-Headers",
        "Then add x-trace to Access-Control-Allow-Headers as well");
  }

  @Test
  void behind_the_origin_credentials_are_missing_as_well() throws IOException {
    Result result =
        answering(
            response("204 No Content"),
            response("200 OK", "Access-Control-Allow-Origin: https://admin.example.com"),
            "--credentials");
    blocked(result, "A request with credentials also needs Access-Control-Allow-Credentials: true");
  }

  @Test
  void a_list_that_is_complete_needs_no_second_word() throws IOException {
    Result result =
        answered(
            response(
                "405 No",
                ALLOW,
                "Access-Control-Allow-Methods: PUT",
                "Access-Control-Allow-Headers: *"),
            "-X",
            "PUT",
            "-H",
            "Authorization: x");
    blocked(result, "that answer has the status 405");
    assertFalse(result.text().contains("as well"), result.out());
  }

  @Test
  void a_list_that_is_to_be_written_anew_lacks_nothing_else() throws IOException {
    Result spaced =
        asking("Content-Type Authorization", "-H", "Authorization: x", "--data-json", "{}");
    blocked(spaced, "Separate names by commas.");
    assertFalse(spaced.text().contains("as well"), spaced.out());
    Result lower =
        answered(
            response("204 No Content", ALLOW, "Access-Control-Allow-Methods: put"), "-X", "PUT");
    blocked(lower, "Methods are case-sensitive");
    assertFalse(lower.text().contains("as well"), lower.out());
  }

  @Test
  void a_layer_that_mirrors_the_names_is_asked_for_none() throws IOException {
    String mirrors = "Vary: Access-Control-Request-Headers";
    Result result =
        answered(
            response("204 No Content", ALLOW, mirrors, "Via: 1.1 varnish (Varnish/7.1)"),
            "-H",
            "X-Trace: 1");
    blocked(
        result, "So most likely Varnish removes Access-Control-Request-Headers from the request");
    Result listed =
        answered(
            response("204 No Content", ALLOW, mirrors + ", Access-Control-Request-Method"),
            "-H",
            "X-Trace: 1");
    assertFalse(listed.text().contains("from the request: let"), listed.out());
  }
}
