package dev.crosswalk.cors.cli.diagnose;

import static dev.crosswalk.cors.cli.diagnose.Diagnosing.ALLOW;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.APP;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.TRUE;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.VARY;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.allowed;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.asks;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.blocked;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.body;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.response;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.says;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.unanswered;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.visit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.cli.remedy.answer.Server;
import dev.crosswalk.cors.tck.wire.ScriptedServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Causes that look alike in one response, and which one it is. */
class DiagnoseCauseTest extends ScriptedServers {

  private static boolean hasOrigin(String head) {
    return head.contains("\r\nOrigin: ");
  }

  // ----------------------------------------------------------------- a CORS layer or somebody else

  @ParameterizedTest
  @CsvSource({
    "403 Forbidden, Invalid CORS request",
    "500 Internal Server Error, <pre>Error: Not allowed by CORS<br></pre>",
    "400 Bad Request, Disallowed CORS origin",
    "403 CORS Rejected - Invalid origin, ''",
    "403 Forbidden, no"
  })
  void an_origin_that_is_refused_is_not_a_login(String status, String body) throws IOException {
    Result result =
        diagnose(head -> hasOrigin(head) ? body(status, body) : body("200 OK", "notes"));
    blocked(
        result,
        "A CORS layer is there and refuses this origin (" + status.substring(0, 3) + ").",
        "ithout Origin the same request gets 200",
        "If the pages of https://app.example.com are yours, add https://app.example.com to ",
        "If that origin is yours:");
  }

  @Test
  void a_preflight_that_is_refused_for_its_origin() throws IOException {
    Result result =
        diagnose(
            head ->
                hasOrigin(head)
                    ? body("403 Forbidden", "Invalid CORS request")
                    : body("200 OK", "", "Allow: GET, PUT"),
            "-X",
            "PUT");
    blocked(
        result,
        "It says \"Invalid CORS request\"",
        "With Spring MVC, beside what you allow already:",
        ", \"POST\", \"PUT\")");
  }

  @Test
  void a_preflight_that_is_refused_for_its_method() throws IOException {
    Result result =
        diagnose(
            head ->
                head.contains("Access-Control-Request-Method: GET\r\n")
                    ? body("200 OK", "", ALLOW, VARY)
                    : body("403 Forbidden", "Invalid CORS request"),
            "-X",
            "PUT");
    blocked(result, "and not for its origin", "the method PUT is not on its list");
  }

  /** Rack::Cors and hapi answer 200 to a preflight that they refuse. */
  @ParameterizedTest
  @CsvSource({
    "POST, Content-Type: application/json, GET, the method POST is not on its list",
    "POST, Content-Type: application/json, POST, the request header content-type is not on its list",
    "GET, X-Tenant: a, GET, the request header x-tenant is not on its list"
  })
  void a_preflight_that_is_refused_without_a_word(
      String method, String header, String allowed, String words) throws IOException {
    Result result =
        diagnose(
            head ->
                !asks(head)
                        || head.contains("Access-Control-Request-Method: " + allowed + "\r\n")
                            && !head.contains("Access-Control-Request-Headers")
                    ? body("200 OK", "", ALLOW, VARY)
                    : body("200 OK", ""),
            "-X",
            method,
            "-H",
            header);
    blocked(result, "refuses the preflight (200), and not for its origin", words);
  }

  @Test
  void hapi_refuses_an_origin_with_the_status_200() throws IOException {
    blocked(
        diagnose(
            head ->
                body(
                    "200 OK",
                    asks(head) ? "{\"message\":\"CORS error: Origin not allowed\"}" : "{}"),
            "-X",
            "PUT"),
        "A CORS layer is there and refuses this origin (200).");
  }

  @Test
  void a_page_in_place_of_data() throws IOException {
    blocked(
        diagnose(head -> body("200 OK", "<h1>Sign in</h1>", "Content-Type: text/html")),
        "It is an HTML page.");
  }

  @Test
  void a_redirect_to_https_on_the_same_port() throws IOException {
    List<String> own = new ArrayList<>();
    ScriptedServer server =
        server(head -> body("301 Moved Permanently", "", "Location: " + own.get(0)));
    own.add("https://127.0.0.1:" + server.port() + "/notes");
    Result result = visit(server.url("/notes"), "-X", "PUT");
    blocked(result, "correct the redirect");
    assertFalse(result.out().contains("ask for https://127"), result::out);
  }

  @ParameterizedTest
  @CsvSource({"GET, Solve the 403", "PUT, let OPTIONS pass to the CORS layer"})
  void a_403_for_everybody_is_not_a_cors_layer(String method, String advice) throws IOException {
    blocked(
        diagnose(head -> body("403 Forbidden", "no"), "-X", method),
        "whatever its origin: without Origin it gets the same.",
        advice);
  }

  @Test
  void what_changes_something_is_sent_once() throws IOException {
    ScriptedServer server =
        server(
            head ->
                asks(head)
                    ? body("204 No Content", "", ALLOW, "Access-Control-Allow-Methods: DELETE")
                    : body("403 Forbidden", "no"));
    blocked(visit(server.url("/notes/1"), "-X", "DELETE"), "or a firewall refuses the request");
    assertEquals(1, server.heads().stream().filter(head -> head.startsWith("DELETE ")).count());
  }

  // ---------------------------------------------------------------------------------------- caches

  @ParameterizedTest
  @CsvSource({
    "Access-Control-Allow-Origin: https://b.example.com, Age: 12, (Age: 12)",
    "X-Nothing: 1, X-Cache: HIT, (X-Cache: HIT)",
    "Access-Control-Allow-Origin: https://b.example.com, X-Nothing: 1, A cache answers with"
  })
  void an_answer_that_is_kept_for_another_origin(String kept, String sign, String says)
      throws IOException {
    Result result =
        diagnose(
            head ->
                head.startsWith("GET /notes?crosswalk=")
                    ? body("200 OK", "notes", ALLOW)
                    : body("200 OK", "notes", kept, sign));
    blocked(result, "A cache answers", says, "Send Vary: Origin on every response");
  }

  @Test
  void an_answer_that_is_kept_though_it_varies() throws IOException {
    Result result =
        diagnose(
            head ->
                head.startsWith("GET /notes?crosswalk=")
                    ? body("200 OK", "notes", ALLOW, VARY)
                    : body("200 OK", "notes", "Age: 12", VARY, "Server: nginx"));
    blocked(result, "A cache answers (Age: 12)", "has Vary: Origin already");
    assertFalse(result.text().contains("Send Vary: Origin on every response"), result.out());
    says(result, "- Let the cache keep Origin apart: nginx does so by Vary, unless");
  }

  @Test
  void an_answer_of_a_cache_that_is_not_at_fault() throws IOException {
    Result result = diagnose(head -> body("200 OK", "notes", "Age: 12"));
    blocked(result, "there is no sign of a CORS layer");
    assertFalse(result.out().contains("A cache answers"), result.out());
  }

  // ----------------------------------------------------------------------------- headers elsewhere

  @Test
  void headers_on_preflights_only() throws IOException {
    UnaryOperator<String> answer =
        head ->
            asks(head)
                ? body("204 No Content", "", ALLOW, "Access-Control-Allow-Methods: PUT")
                : body("200 OK", "notes", "Server: nginx/1.22.1");
    blocked(
        diagnose(answer, "-X", "PUT"),
        "in its answer to a preflight (OPTIONS), and the response itself (200) has no");
    blocked(
        diagnose(answer),
        "Both need it.",
        "With nginx, beside what you allow already:",
        "add_header Access-Control-Allow-Origin \"https://app.example.com\" always;");
  }

  @ParameterizedTest
  @CsvSource({
    "204 No Content, put only return 204 there",
    "405 Method Not Allowed, Nothing at this path answers OPTIONS",
    "401 Unauthorized, Authentication answers the preflight"
  })
  void headers_on_everything_but_preflights(String status, String advice) throws IOException {
    blocked(
        diagnose(
            head -> asks(head) ? body(status, "") : body("200 OK", "notes", ALLOW), "-X", "PUT"),
        "in its response to GET, and not in its answer to the preflight",
        advice);
  }

  @Test
  void a_server_that_does_not_know_options() throws IOException {
    blocked(
        diagnose(head -> body("501 Not Implemented", ""), "-X", "PUT"),
        "no CORS layer gives that answer",
        "The server does not know the method OPTIONS at all (501).");
  }

  @Test
  void a_handler_without_options_at_a_path_that_has_the_headers() throws IOException {
    Result result =
        diagnose(
            head ->
                asks(head)
                    ? body("501 Not Implemented", "no OPTIONS")
                    : body("200 OK", "notes", ALLOW),
            "-X",
            "PUT");
    blocked(result, "If its code is yours, let it answer OPTIONS");
  }

  @Test
  void a_script_of_php_that_refuses_options() throws IOException {
    blocked(
        diagnose(
            head ->
                asks(head)
                    ? body("405 X", "Method Not Allowed", "X-Powered-By: PHP/8.2.36")
                    : body("200 OK", "notes", ALLOW, "X-Powered-By: PHP/8.2.36"),
            "-X",
            "PUT"),
        "This is PHP: each script answers OPTIONS itself");
  }

  @Test
  void lines_of_vary_on_a_preflight_that_is_not_refused_are_not_springs() throws IOException {
    Result result =
        diagnose(
            head ->
                asks(head)
                    ? body(
                        "200 OK",
                        "",
                        "Vary: Origin",
                        "Vary: Access-Control-Request-Method",
                        "Vary: Access-Control-Request-Headers")
                    : body("200 OK", "notes", "Vary: Origin"),
            "-X",
            "PATCH");
    blocked(result, "most likely it does not allow this origin", "to its list of origins");
    assertFalse(result.text().contains("Spring"), result.out());
  }

  @Test
  void a_layer_of_moleculer_that_refuses_the_origin() throws IOException {
    blocked(
        diagnose(
            head ->
                head.contains("Origin: https")
                    ? body(
                        "403 Forbidden",
                        "{\"name\":\"ForbiddenError\",\"code\":403,\"type\":\"ORIGIN_NOT_ALLOWED\"}")
                    : body("200 OK", "{}")),
        "add https://app.example.com to cors.origin of the ApiGateway service");
  }

  @Test
  void headers_for_get_and_not_for_head() throws IOException {
    blocked(
        diagnose(
            head -> head.startsWith("GET") ? body("200 OK", "", ALLOW) : body("200 OK", ""),
            "-X",
            "HEAD"),
        "its response to GET, and its response to HEAD (200) has no");
  }

  @Test
  void a_header_for_measurements_does_not_let_a_page_read() throws IOException {
    blocked(
        diagnose(head -> body("200 OK", "", "Timing-Allow-Origin: *")),
        "What to change - The response has Timing-Allow-Origin, which only shows");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Access-Control-Expose-Headers", "Access-Control-Request-Headers"})
  void a_name_in_a_list_that_allows_nothing(String list) throws IOException {
    blocked(
        diagnose(head -> body("200 OK", "", ALLOW, list + ": X-Trace"), "-H", "X-Trace: 1"),
        "What to change - " + list + " has that name",
        "What is allowed belongs in Access-Control-Allow-Headers.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Error: CSRF token missing",
        "{\"message\":\"Missing csrf secret\"}",
        "Invalid CSRF token"
      })
  void protection_against_forgeries_in_the_words_of_its_package(String body) throws IOException {
    blocked(
        diagnose(
            head -> asks(head) ? body("204 No Content", "", ALLOW) : body("403 Forbidden", body),
            "-d",
            "x"),
        "protection against forged requests (CSRF) refuses this one (403)",
        "What to change - Send the token that it asks for");
  }

  @Test
  void a_list_in_one_value_is_split_where_it_is_separated() throws IOException {
    blocked(
        diagnose(
            head ->
                body(
                    "200 OK",
                    "",
                    "Access-Control-Allow-Origin: https://app.example.com https://a.example.com")),
        "split it at its spaces first");
  }

  @ParameterizedTest
  @CsvSource({"Methods, -X, DELETE, ALL", "Headers, -H, X-Trace: 1, any"})
  void a_word_that_is_meant_to_say_all(String list, String option, String asked, String word)
      throws IOException {
    blocked(
        diagnose(
            head -> body("200 OK", "", ALLOW, "Access-Control-Allow-" + list + ": " + word),
            option,
            asked),
        "What to change - " + word + " has no meaning there.");
  }

  @Test
  void the_host_of_azure_functions_does_not_answer_options() throws IOException {
    blocked(
        diagnose(head -> body("404 Not Found", "", "Server: Kestrel"), "-X", "PUT"),
        "UseCors()",
        "local.settings.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<!doctype html><p>Thanks", "<!doctype html><div id=\"root\"></div>"})
  void a_page_to_which_the_server_leads_after_a_form(String page) throws IOException {
    blocked(
        diagnose(
            head ->
                head.startsWith("POST")
                    ? body("303 See Other", "", ALLOW, "Location: /thanks")
                    : body("200 OK", page, "Content-Type: text/html"),
            "-d",
            "x"),
        "What to change - If http://",
        "/thanks is a page to which the server leads after a form");
  }

  @Test
  void a_function_of_supabase_whose_list_lacks_a_name() throws IOException {
    Result result =
        visit(
            server(
                    head ->
                        body(
                            "200 OK",
                            "ok",
                            "Access-Control-Allow-Origin: *",
                            "Access-Control-Allow-Headers: authorization"))
                .url("/functions/v1/mail"),
            "-H",
            "apikey: k");
    blocked(
        result,
        "What to change - Supabase adds no CORS headers to Edge Functions: change the list");
    assertFalse(result.text().contains("let the function answer OPTIONS first"), result.out());
  }

  @Test
  void a_type_of_body_that_the_server_does_not_take() throws IOException {
    blocked(
        diagnose(
            head ->
                asks(head)
                    ? body("204 No Content", "", ALLOW)
                    : body("415 Unsupported Media Type", ""),
            "-d",
            "{}"),
        "What to change - 415: the server does not take a body of this type");
  }

  @Test
  void a_redirect_to_a_port_of_another_protocol() throws IOException {
    blocked(
        diagnose(head -> body("302 Found", "", ALLOW, "Location: http://127.0.0.1:1/notes")),
        "was redirected to http://127.0.0.1:1/notes",
        "See why the first server redirects there");
  }

  @Test
  void a_layer_that_has_other_headers() throws IOException {
    blocked(
        diagnose(head -> body("200 OK", "", "Access-Control-Allow-Credentials: true")),
        "A CORS layer is there, as the rest of the response shows",
        "add https://app.example.com to its list of origins");
  }

  @Test
  void headers_on_success_only() throws IOException {
    blocked(
        diagnose(
            head ->
                asks(head)
                    ? body("204 No Content", "", ALLOW)
                    : body("404 Not Found", "", "Server: Apache/2.4.71 (Debian)")),
        "this error (404) has no Access-Control-Allow-Origin. So the script cannot read the error.",
        "No route gave this answer",
        "With Apache httpd, beside what you allow already:",
        "Header always set Access-Control-Allow-Origin \"https://app.example.com\"");
  }

  // ---------------------------------------------------------------------------- it is not the list

  @Test
  void a_rate_limit() throws IOException {
    blocked(
        diagnose(head -> body("429 Too Many Requests", "", "Retry-After: 30")),
        "This is a rate limit",
        "(Retry-After: 30)");
    blocked(diagnose(head -> body("429 Too Many Requests", ""), "-X", "PUT"), "a rate limit");
  }

  @Test
  void a_filter_of_bots() throws IOException {
    blocked(
        diagnose(head -> body("403 Forbidden", "", "cf-mitigated: challenge")),
        "a filter of bots (Cloudflare) answered 403 instead of the server");
  }

  @Test
  void an_index_html_in_place_of_data() throws IOException {
    String page = "<!doctype html><html><body><div id=\"root\"></div></body></html>";
    blocked(
        diagnose(head -> body("200 OK", page, "Content-Type: text/html; charset=utf-8")),
        "The response is the index.html of a web application");
    String other = "<!doctype html><html><body>Hello</body></html>";
    Result result = diagnose(head -> body("200 OK", other, "Content-Type: text/html"));
    blocked(result);
    assertFalse(result.out().contains("index.html"), result.out());
  }

  @ParameterizedTest
  @CsvSource({
    "/login?next=/notes&token=secret",
    "https://login.example.com/x?token=secret",
    "/oauth2/authorization/github?token=secret"
  })
  void a_redirect_for_lack_of_a_session(String location) throws IOException {
    Result result = diagnose(head -> body("302 Found", "", "Location: " + location));
    blocked(result, "The server redirects to a login page", "it finds no session in the request");
    assertFalse(result.text().contains("page (" + location), result.out());
    blocked(
        diagnose(head -> body("302 Found", "", "Location: " + location), "--credentials"),
        "See whether the cookie is sent");
  }

  @Test
  void a_redirect_to_elsewhere_is_not_a_login() throws IOException {
    Result result = diagnose(head -> body("302 Found", "", "Location: /authors"));
    assertFalse(result.out().contains("login page ("), result.out());
    blocked(result, "answers with a redirect to", "/authors itself, if that is what it needs.");
  }

  @Test
  void a_page_of_https_is_not_sent_to_http() throws IOException {
    Result result =
        diagnose(head -> body("301 Moved", "", "Location: http://api.example.com/notes"));
    blocked(
        result,
        "no browser lets a page of https ask for that (mixed content)",
        "let the page request https://api.example.com/notes itself");
    assertFalse(result.text().contains("request http://api.example.com/notes"), result.out());
    says(
        diagnose(
            head -> body("301 Moved", "", "Location: http://api.example.com/notes"),
            "--origin",
            "http://app.example.com"),
        "Let the page request http://api.example.com/notes itself");
  }

  @Test
  void a_status_that_http_does_not_have_is_no_failure_of_the_server() throws IOException {
    Result result = diagnose(response("999 Request denied"));
    blocked(result, "HTTP has no status 999.", "a filter of bots");
    assertFalse(result.out().contains("The server failed"), result.out());
  }

  // --------------------------------------------------------------------- a value a little wrong

  @ParameterizedTest
  @ValueSource(strings = {APP + ",", "," + APP, APP + " , "})
  void a_comma_beside_the_only_origin(String value) throws IOException {
    Result result = diagnose(response("200 OK", "Access-Control-Allow-Origin: " + value));
    blocked(result, "the comma is too much", "write " + APP + " instead, exactly like this.");
    assertFalse(result.out().contains("\"\" is not an origin"), result.out());
  }

  @Test
  void a_comma_beside_another_origin() throws IOException {
    blocked(
        diagnose(response("200 OK", "Access-Control-Allow-Origin: https://b.example.com,")),
        "Remove the comma: only one origin can be sent.",
        "add " + APP + " to the server's list of origins");
  }

  @Test
  void a_host_in_its_own_letters() throws IOException {
    String utf8 = "https://m\u00C3\u00BCnchen.example";
    blocked(
        diagnose(
            response("200 OK", "Access-Control-Allow-Origin: " + utf8),
            "--origin",
            "https://xn--mnchen-3ya.example"),
        "its host is in its own letters, and browsers write it in ASCII",
        "write https://xn--mnchen-3ya.example instead, exactly like this.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "yes", "TRUE", "true,", "true, true"})
  void credentials_that_are_meant_to_be_allowed(String value) throws IOException {
    says(
        diagnose(
            response("200 OK", ALLOW, "Access-Control-Allow-Credentials: " + value),
            "--credentials"),
        "What to change - The server means to allow that: send exactly true");
  }

  @Test
  void credentials_that_two_layers_allow() throws IOException {
    says(
        diagnose(response("200 OK", ALLOW, TRUE, TRUE), "--credentials"),
        "What to change - Two layers send it, and it may be there only once");
  }

  @Test
  void an_empty_list_is_said_to_be_empty() throws IOException {
    String preflight = response("204 No", ALLOW, "Access-Control-Allow-Headers:");
    String actual = response("200 OK", ALLOW);
    says(answering(preflight, actual, "-H", "X-A: 1"), "; Access-Control-Allow-Headers is empty.");
  }

  @Test
  void what_only_the_standard_refuses_is_said_in_words() throws IOException {
    Result result =
        diagnose(
            head ->
                head.startsWith("GET /notes")
                    ? response("302 Found", ALLOW, "Location: /ok", "Location: /ok")
                    : response("200 OK", ALLOW));
    allowed(result, "By the standard it would be refused, though browsers take it: ");
    assertFalse(result.out().contains("REDIRECT_LOCATION"), result.out());
  }

  @Test
  void what_stands_in_front_of_the_server_is_named_by_its_login() throws IOException {
    String location = "Location: https://acme.cloudflareaccess.com/cdn-cgi/access/login/x";
    String says = "This is Cloudflare Access";
    blocked(diagnose(head -> body("302 Found", "", location)), "to a login page", says);
    blocked(diagnose(head -> body("302 Found", "", location), "-X", "PUT"), "preflight", says);
  }

  @Test
  void a_login_that_answers_the_preflight_is_not_to_be_asked_for() throws IOException {
    Result result =
        diagnose(head -> body("302 Found", "", "Location: /login?next=%2Fnotes"), "-X", "PUT");
    blocked(result, "Put the CORS layer in front of authentication");
    assertFalse(result.out().contains("Let the page request"), result.out());
  }

  @Test
  void a_bad_request_is_not_said_to_have_no_route() throws IOException {
    Result result = diagnose(head -> body("400 Bad Request", ""), "-X", "POST");
    blocked(result, "The server refuses the request itself");
    assertFalse(result.out().contains("no route"), result.out());
  }

  @Test
  void a_preflight_that_hangs_is_said_to_be_the_preflight() throws IOException {
    ScriptedServer server =
        start(
            wire -> {
              wire.readHead();
              Thread.sleep(60_000);
            });
    unanswered(
        visit(server.url("/notes"), "-X", "PUT", "--timeout", "1"),
        "no answer to the preflight (OPTIONS " + server.url("/notes") + ") came.",
        "> OPTIONS " + server.url("/notes"),
        "> Access-Control-Request-Method: PUT",
        "(no answer)");
  }

  // ---------------------------------------------------------------------------- the server's words

  @ParameterizedTest
  @CsvSource({
    "Server: nginx/1.22.1, nginx, if ($cors_preflight) { return 204; }",
    "Server: Apache/2.4.71 (Debian), Apache httpd, 'RewriteRule ^ - [R=204,L]'",
    "Server: Caddy, Caddy, header_down -Access-Control-*",
    "X-Powered-By: Express, Express, allowedHeaders: [\"content-type\"]"
  })
  void the_remedy_of_that_server(String field, String name, String line) throws IOException {
    blocked(
        diagnose(
            head -> body("405 Method Not Allowed", "", field),
            "-X",
            "PUT",
            "-H",
            "Content-Type: application/json"),
        "With " + name + ", beside what you allow already:",
        line);
  }

  @Test
  void a_proxy_in_front_has_the_last_word() throws IOException {
    blocked(
        diagnose(head -> body("200 OK", "", "Server: nginx/1.22.1", "X-Powered-By: Express")),
        "With nginx, beside what you allow already:");
  }

  @ParameterizedTest
  @CsvSource({
    "nginx, add_header Access-Control-Allow-Methods $cors_allow_methods always;",
    "haproxy, http-after-response set-header Access-Control-Allow-Methods \"PUT\"",
    "spring, '.allowedMethods(\"GET\", \"HEAD\", \"POST\", \"PUT\")'",
    "fastify, 'methods: [\"GET\", \"HEAD\", \"POST\", \"PUT\"],'",
    "crosswalk-vertx, router.route().handler(new CorsPolicyHandler(policy));"
  })
  void the_remedy_of_a_server_that_somebody_knows(String name, String line) throws IOException {
    UnaryOperator<String> answer = head -> body("405 Method Not Allowed", "", "Server: x");
    blocked(diagnose(answer, "-X", "PUT", "--for", name), line);
  }

  @Test
  void each_server_has_its_remedy() throws IOException {
    UnaryOperator<String> answer = head -> body("405 Method Not Allowed", "", "Server: x");
    for (Server server : Server.values()) {
      blocked(
          diagnose(answer, "-X", "PUT", "--for", server.toString()),
          "With " + server.title() + ", beside what you allow already:",
          "app.example.com");
    }
  }

  @Test
  void a_server_that_is_not_known_is_told_in_a_sentence() throws IOException {
    Result result = diagnose(head -> body("200 OK", ""), "--for", "iis");
    assertEquals(2, result.exit(), result.out());
  }

  @Test
  void no_server_is_guessed() throws IOException {
    Result unknown = diagnose(head -> body("200 OK", "", "Server: nginxlike-server"));
    blocked(unknown, "With any server");
    assertFalse(
        unknown.out().contains("With nginx, beside what you allow already:"), unknown.out());
    Result fine = diagnose(head -> body("200 OK", "", ALLOW, VARY, "Server: nginx"));
    allowed(fine);
    assertFalse(fine.out().contains("With nginx, beside what you allow already:"), fine.out());
  }
}
