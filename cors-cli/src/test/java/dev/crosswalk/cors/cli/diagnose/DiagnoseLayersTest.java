package dev.crosswalk.cors.cli.diagnose;

import static dev.crosswalk.cors.cli.diagnose.Diagnosing.ALLOW;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.APP;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.TRUE;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.VARY;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.asks;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.blocked;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.body;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.response;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.cli.remedy.RedirectRemedy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A proxy in front of an application, a group of routes, a filter: which of them it is. */
class DiagnoseLayersTest extends ScriptedServers {

  private Result ask(UnaryOperator<String> answer, String... more) throws IOException {
    return Diagnosing.visit(
        start(wire -> wire.say(answer.apply(wire.readHead()))).url("/notes"), more);
  }

  // ------------------------------------------------------------------- a proxy takes it away

  @Test
  void a_proxy_that_shows_itself_is_named_with_the_list_that_may_have_the_origin()
      throws IOException {
    Result result =
        ask(
            head ->
                response(
                    asks(head) ? "204 No Content" : "200 OK",
                    "Server: nginx/1.26.3",
                    "X-Powered-By: Express",
                    VARY,
                    "Access-Control-Allow-Methods: GET,PUT"),
            "-X",
            "PUT");
    blocked(
        result,
        "it does not allow this origin, or nginx does not pass Origin on to it, or takes the header away",
        "no slash at the end. If it is there already, nginx does not pass Origin on: look for"
            + " proxy_set_header Origin \"\" in nginx's configuration");
  }

  @Test
  void a_preflight_without_origin_is_any_other_OPTIONS_for_the_application_behind_a_proxy()
      throws IOException {
    Result result =
        ask(
            head ->
                asks(head)
                    ? body(
                        "405 Method Not Allowed",
                        "{\"detail\":\"Method Not Allowed\"}",
                        "Server: nginx/1.26.3",
                        "Allow: PUT")
                    : response("200 OK", "Server: nginx/1.26.3"),
            "-X",
            "PUT");
    blocked(
        result,
        "no CORS layer gives that answer",
        "If the application has a CORS layer already, nginx may keep Origin from it, so that it takes"
            + " the preflight for any other OPTIONS: look for proxy_set_header Origin \"\"");
    Result own =
        ask(
            head ->
                asks(head)
                    ? body(
                        "405 Not Allowed",
                        "<html><body><center><h1>405 Not Allowed</h1></center><hr><center>nginx/1.26.3</center>",
                        "Server: nginx/1.26.3")
                    : response("200 OK", "Server: nginx/1.26.3"),
            "-X",
            "PUT");
    assertFalse(own.text().contains("keep Origin from it"), own.out());
  }

  @Test
  void rack_protection_refuses_what_changes_something_from_another_origin() throws IOException {
    UnaryOperator<String> sinatra =
        head ->
            head.startsWith("GET ")
                ? body(
                    "404 Not Found", "<h2>Sinatra doesn’t know this ditty.</h2>", "X-Cascade: pass")
                : body("403 Forbidden", "Forbidden", "Content-Type: text/plain");
    blocked(
        ask(sinatra, "-X", "POST"),
        "Rack::Protection (HttpOrigin) answers so",
        "set :protection, permitted_origins: [\"https://app.example.com\"]");
    Result other =
        ask(head -> body("403 Forbidden", "Forbidden", "Content-Type: text/plain"), "-X", "POST");
    assertFalse(other.text().contains("Rack::Protection"), other.out());
  }

  @ParameterizedTest
  @CsvSource({
    "nginx/1.26.3, proxy_hide_header Access-Control-Allow-Origin in nginx's configuration",
    "Apache/2.4.71, Header unset Access-Control-Allow-Origin in Apache's configuration",
    "Caddy, header_down -Access-Control-Allow-Origin in the Caddyfile",
    "gunicorn, del-header in HAProxy"
  })
  void the_origin_alone_is_missing(String server, String words) throws IOException {
    Result result = ask(head -> response("200 OK", "Server: " + server, TRUE, VARY));
    blocked(result, "A CORS layer is there", "takes that one header away", words);
  }

  @Test
  void the_value_is_the_server_itself_as_a_proxy_has_changed_the_origin() throws IOException {
    Result result =
        ask(
            head ->
                response(
                    "200 OK",
                    "Access-Control-Allow-Origin: http://"
                        + head.replaceAll("(?is).*\r\nhost: ([^\r]*)\r.*", "$1"),
                    VARY));
    blocked(result, "That is the server's own name.", "proxy_set_header Origin in nginx");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nginx/1.26.3  | <center>nginx/1.26.3</center> | write it behind each add_header
          nginx/1.26.3  | <h1>Sorry</h1>                | error_page with proxy_intercept_errors on
          Apache/2.4.71 | <!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN"><title>401</title> | and ProxyErrorOverride is on
          Apache/2.4.71 | <h1>Sorry</h1>                | (ProxyErrorOverride On)
          """)
  void an_error_that_the_proxy_has_written_itself(String server, String page, String words)
      throws IOException {
    Result result =
        ask(
            head ->
                head.startsWith("GET /notes ")
                    ? body("404 Not Found", page, "Server: " + server, "Content-Type: text/html")
                    : response("200 OK", "Server: " + server, ALLOW, VARY));
    blocked(result, "and this error (404) has no Access-Control-Allow-Origin", words);
    assertFalse(result.out().contains("Koa"), result.out());
  }

  @Test
  void a_401_of_nginx_itself_is_not_one_of_koa() throws IOException {
    Result result =
        ask(
            head ->
                body(
                    "401 Unauthorized",
                    "<center>nginx/1.26.3</center>",
                    "Server: nginx/1.26.3",
                    "Content-Type: text/html"));
    blocked(result, "nginx has written this error itself", "with always");
    assertFalse(result.out().contains("Koa"), result.out());
  }

  // ------------------------------------------------------------------- it covers other paths

  @Test
  void another_path_has_the_headers() throws IOException {
    Result result =
        ask(head -> head.startsWith("GET / ") ? response("200 OK", ALLOW) : response("200 OK"));
    blocked(
        result,
        "in its response to GET /, and this response (200) has no",
        "So its CORS layer does not cover this path.");
  }

  @Test
  void a_stream_begins_before_the_header_is_set() throws IOException {
    Result result =
        ask(
            head ->
                head.startsWith("GET / ")
                    ? response("200 OK", ALLOW)
                    : response("200 OK", "Content-Type: text/event-stream"));
    blocked(result, "A stream begins before the code behind it runs", "on_response_prepare");
  }

  @Test
  void a_preflight_of_a_path_that_the_layer_does_not_cover() throws IOException {
    Result result =
        ask(
            head ->
                head.startsWith("GET / ")
                    ? response("200 OK", ALLOW)
                    : response(asks(head) ? "404 Not Found" : "405 Method Not Allowed"),
            "-X",
            "PUT");
    blocked(
        result,
        "the answer to this preflight (404)",
        "does not cover this path, or does not answer OPTIONS there");
  }

  @Test
  void a_layer_that_refuses_this_origin_here_covers_this_path() throws IOException {
    Result result =
        ask(
            head ->
                head.startsWith("GET / ") ? response("200 OK", ALLOW) : response("200 OK", VARY));
    blocked(result, "A CORS layer is there", "add https://app.example.com to its list of origins");
  }

  // ------------------------------------------------------------------------- who answers OPTIONS

  @Test
  void a_framework_answers_options_and_a_filter_adds_the_origin() throws IOException {
    Result result =
        ask(head -> response("200 OK", "Allow: GET, DELETE", ALLOW, VARY), "-X", "DELETE");
    blocked(
        result,
        "The framework answers OPTIONS itself (Allow: GET, DELETE)",
        "Let it add the lists");
  }

  @Test
  void code_that_ends_options_before_it_sets_the_headers() throws IOException {
    Result result =
        ask(
            head -> asks(head) ? response("204 No Content") : response("200 OK", ALLOW),
            "-X",
            "PUT");
    blocked(result, "In code, set the headers before the branch that answers OPTIONS");
  }

  @Test
  void a_rule_of_javalin_for_another_path_is_to_cover_this_one() throws IOException {
    Result result =
        ask(
            head ->
                body(
                    "404 Not Found",
                    "Endpoint " + head.split(" HTTP")[0] + " not found",
                    head.contains(" /api/ ") ? ALLOW : "X: 1"),
            "-X",
            "PUT");
    blocked(
        result,
        "What to change - Let the CORS layer cover this path, too:",
        "In Javalin, path of a rule in bundledPlugins.enableCors decides");
  }

  // ------------------------------------------------------------------------------------- Spring

  @Test
  void spring_has_no_configuration_for_the_path() throws IOException {
    Result result =
        ask(
            head -> asks(head) ? body("403 ", "Invalid CORS request") : response("200 OK"),
            "-X",
            "PUT");
    blocked(
        result,
        "So it has no CORS configuration for this path.",
        "/api/** covers everything below it as well");
    assertFalse(result.out().contains("A CORS layer is there and refuses"), result.out());
  }

  @Test
  void spring_has_no_configuration_for_the_path_or_does_not_list_the_origin() throws IOException {
    Result result =
        ask(
            head ->
                asks(head)
                    ? body("403 ", "Invalid CORS request")
                    : response("405 Method Not Allowed"),
            "-X",
            "PUT");
    blocked(
        result,
        "this origin is not on its list, or it has no CORS configuration",
        "If they cover it, the list is the cause. If the pages of https://app.example.com are yours");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          403 Forbidden          | refuses this origin (403). That is not authentication. Its three lines of Vary are those of Spring
          405 Method Not Allowed | Spring refuses a preflight here (403): this origin is not on its list, or it has no CORS
          404 Not Found          | In Spring Cloud Gateway, a route with the predicate Method does not match a preflight
          """)
  void spring_without_servlets_refuses_a_preflight_without_a_word(String ofGet, String words)
      throws IOException {
    Result result =
        ask(
            head ->
                asks(head) && head.contains("\r\nOrigin: ")
                    ? ofSpring("403 Forbidden")
                    : asks(head)
                        ? response("404 Not Found")
                        : ofGet.startsWith("403") ? ofSpring(ofGet) : response(ofGet),
            "-X",
            "PUT");
    blocked(result, words);
    assertFalse(result.text().contains("authorization or a firewall"), result.out());
  }

  private static final String[] VARY_OF_SPRING = {
    VARY, "Vary: Access-Control-Request-Method", "Vary: Access-Control-Request-Headers"
  };

  private static String ofSpring(String status, String... fields) {
    List<String> all = new ArrayList<>(List.of(VARY_OF_SPRING));
    all.addAll(List.of(fields));
    return response(status, all.toArray(new String[0]));
  }

  @Test
  void spring_does_not_get_the_origin_if_it_takes_a_preflight_for_any_other_OPTIONS()
      throws IOException {
    UnaryOperator<String> server =
        head ->
            asks(head)
                ? ofSpring("200 ", "Server: nginx/1.26.3", "Allow: PUT,GET,HEAD,OPTIONS")
                : ofSpring("200 ", "Server: nginx/1.26.3");
    blocked(ask(server), "the header Origin does not reach it", "proxy_set_header Origin \"\"");
    blocked(ask(server, "-X", "PUT"), "the header Origin does not reach it");
    assertFalse(ask(server).out().contains("no CORS configuration"));
  }

  @Test
  void a_path_without_a_route_is_one_before_its_origin_is_not_on_a_list() throws IOException {
    Result result =
        ask(
            head ->
                head.contains("Request-Method")
                    ? response("200 ", "Allow: GET, HEAD")
                    : response("404 "));
    blocked(result, "A CORS layer is there", "What to change - No route gave this answer (404)");
  }

  @Test
  void apache_writes_the_three_lines_of_spring_as_one() throws IOException {
    String vary = "Vary: Origin,Access-Control-Request-Method,Access-Control-Request-Headers";
    Result result = ask(head -> response("200 ", "Server: Apache/2.4.66", vary), "-X", "PUT");
    blocked(result, "the header Origin does not reach it", "RequestHeader unset Origin");
  }

  @Test
  void that_a_layer_allows_the_servers_own_pages_says_nothing() throws IOException {
    Result result =
        ask(
            head ->
                head.contains("Origin: http://127.0.0.1")
                    ? response("200 OK", head.replaceAll("(?s).*Origin: ([^\r]*).*", ACAO + "$1"))
                    : head.contains("Origin: ")
                        ? response("403 CORS Rejected - Invalid origin")
                        : response("200 OK"));
    blocked(result, "quarkus.http.cors.origins");
    assertFalse(result.text().contains("It allows http"), result.out());
  }

  private static final String ACAO = "Access-Control-Allow-Origin: ";

  @Test
  void spring_never_sends_the_other_headers_alone() throws IOException {
    Result result =
        ask(
            head ->
                asks(head)
                    ? ofSpring("200 ", "Access-Control-Allow-Methods: GET")
                    : ofSpring("200 "));
    blocked(result, "so a proxy in front takes that one header away");
  }

  @Test
  void spring_has_no_configuration_if_it_refuses_a_preflight_and_not_the_request()
      throws IOException {
    Result result = ask(head -> asks(head) ? ofSpring("403 ") : ofSpring("200 "));
    blocked(result, "so it has no CORS configuration for this path");
  }

  @Test
  void the_framework_answers_OPTIONS_for_a_handler_that_the_layer_does_not_cover()
      throws IOException {
    Result result =
        ask(
            head ->
                head.contains("Request-Method: PUT")
                    ? response("200 ", "Allow: GET, HEAD, POST, PUT, DELETE, OPTIONS, TRACE, PATCH")
                    : response("200 ", ALLOW),
            "-X",
            "PUT");
    blocked(
        result,
        "So the layer covers the handler of GET, and not that of PUT.",
        "write it at the handler of PUT or at the class");
  }

  @Test
  void a_layer_may_refuse_a_preflight_that_asks_for_no_header_as_well() throws IOException {
    Result result =
        ask(
            head ->
                !asks(head) || head.contains("Request-Headers: content-type")
                    ? response("200 OK", ALLOW)
                    : response("403 Forbidden"),
            "-H",
            "X-Trace: 1");
    blocked(result, "So the request header x-trace is not on its list.");
  }

  @Test
  void of_several_headers_the_one_that_is_refused_is_named() throws IOException {
    Result result =
        ask(
            head ->
                asks(head) && head.contains("x-trace")
                    ? response("403 Forbidden")
                    : response("200 OK", ALLOW),
            "-H",
            "X-Trace: 1",
            "-H",
            "Authorization: x");
    blocked(result, "So the request header x-trace is not on its list.", "Add x-trace to its list");
  }

  @Test
  void a_proxy_removes_what_makes_a_preflight_one() throws IOException {
    UnaryOperator<String> server =
        head ->
            asks(head)
                ? body("400 Bad Request", "Invalid Preflight Request", VARY)
                : response("200 OK", VARY);
    blocked(ask(server), "a proxy in front removes one of them");
    blocked(ask(server, "-X", "PUT"), "a proxy in front removes one of them");
  }

  @Test
  void each_path_fails_by_the_page_of_tomcat() throws IOException {
    Result result =
        ask(
            head ->
                body(
                    "500 ",
                    "<h1>HTTP Status 500 &#8211; Internal Server Error</h1>",
                    "Content-Type: text/html;charset=utf-8"));
    blocked(result, "Name the origins in full instead of \"*\".");
  }

  @ParameterizedTest
  @CsvSource({
    "403, Invalid CORS request, add https://app.example.com to allowedOrigins (of addCorsMappings",
    "403, CORS Rejected - Invalid origin, quarkus.http.cors.origins",
    "400, Disallowed CORS origin, allow_origins of CORSMiddleware",
    "403, CORS origin is not in allowed list, allow-origins below cors in Helidon's configuration",
    "500, Error: Not allowed by CORS, or the list with which the server's own code compares"
  })
  void whose_words_a_refusal_is_and_what_its_list_is_called(
      String status, String said, String words) throws IOException {
    Result result =
        ask(
            head ->
                head.contains("\r\nOrigin: ") ? body(status + " No", said) : response("200 OK"));
    blocked(result, "A CORS layer is there and refuses this origin", words);
  }

  // ------------------------------------------------------------------------ which software it is

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          405 | Server: TornadoServer/6.2             | x | With Tornado, beside
          405 | Server: Python/3.11 aiohttp/3.8.4     | x | With aiohttp, beside
          404 | Content-Type: text/plain              | 404 page not found | With Go, beside
          404 | Content-Type: application/json        | {"timestamp":"2026","path":"/notes","requestId":"1"} | With Spring WebFlux, beside
          401 | Server: Vercel                        | <p>Vercel Authentication</p> | OPTIONS Allowlist
          200 | Content-Type: text/html               | <b>Warning</b>: Header may not contain more than a single header, new line detected in <b>/a/b.php</b> on line 2 | Call header() once for each header
          """)
  void software_is_known_by_what_it_says(String status, String field, String said, String words)
      throws IOException {
    blocked(ask(head -> body(status + " Answer", said, field)), words);
  }

  @Test
  void rack_cors_is_known_by_its_empty_list() throws IOException {
    Result result =
        ask(
            head ->
                response(
                    "200 OK",
                    ALLOW,
                    VARY,
                    "Access-Control-Expose-Headers: ",
                    "Access-Control-Max-Age: 7200"),
            "--credentials");
    blocked(
        result, "If the application is written with Rails", "credentials: true", "in config.ru");
  }

  @Test
  void falcon_on_the_server_of_pythons_library_is_not_django() throws IOException {
    Result result =
        ask(
            head ->
                response("200 OK", "Server: WSGIServer/0.2 CPython/3.11.2", "content-type: a/b"));
    assertFalse(result.out().contains("Django"), result.out());
  }

  // ------------------------------------------------------------------- layers that do not agree

  @Test
  void one_layer_names_origins_and_another_puts_a_star_in_its_place() throws IOException {
    Result result =
        ask(
            head -> response("200 OK", "Access-Control-Allow-Origin: *", TRUE, VARY),
            "--credentials");
    blocked(
        result,
        "so another layer puts * instead of what that one sends",
        "http-response set-header in HAProxy");
  }

  @Test
  void a_star_alone_is_no_sign_of_two_layers() throws IOException {
    Result result =
        ask(head -> response("200 OK", "Access-Control-Allow-Origin: *", VARY), "--credentials");
    blocked(result, "The response (200) allows any origin (*).");
    assertFalse(result.out().contains("another layer"), result.out());
  }

  /** The preflight is not kept by the cache, and shows what the application says today. */
  @ParameterizedTest
  @CsvSource({
    "Server: nginx/1.26.3, $http_origin in proxy_cache_key",
    "Server: Squid, Squid needs nothing else: it follows Vary",
    "X-Varnish: 1 2, hash_data(req.http.Origin)",
    "Via: 1.1 a.cloudfront.net (CloudFront), name Origin in the cache policy",
    "X-Other: 1, many CDNs leave it out"
  })
  void a_cache_that_gives_no_sign_of_itself(String field, String words) throws IOException {
    Result result =
        ask(
            head ->
                asks(head) || head.startsWith("GET /notes?crosswalk=")
                    ? response("200 OK", ALLOW)
                    : response("200 OK", field));
    blocked(result, "A cache answers", "With a query that no cache knows", words);
  }

  @Test
  void the_headers_are_there_for_get_and_not_for_put() throws IOException {
    Result result =
        ask(
            head ->
                head.startsWith("PUT ")
                    ? response("200 OK")
                    : response("200 OK", ALLOW, "Access-Control-Allow-Methods: PUT"),
            "-X",
            "PUT");
    blocked(result, "and its response to PUT (200) has no", "looks at the method");
  }

  @Test
  void the_layer_stands_behind_the_routes_if_only_what_no_route_answers_has_the_headers()
      throws IOException {
    Result result =
        ask(
            head ->
                asks(head)
                    ? response("204 No Content", ALLOW, "Access-Control-Allow-Methods: PUT")
                    : head.startsWith("GET")
                        ? response("405 Method Not Allowed", ALLOW)
                        : response("200 OK"),
            "-X",
            "PUT");
    blocked(result, "no route answers (GET: 405)", "stands behind the routes", "app.use(cors())");
  }

  @Test
  void nginx_itself_refuses_options() throws IOException {
    UnaryOperator<String> server =
        head ->
            asks(head)
                ? body("403 Forbidden", "<center>nginx</center>", "Server: nginx")
                : response("404 Not Found", "Server: nginx");
    blocked(ask(server, "-X", "PUT"), "nginx itself refuses the request (403)", "limit_except");
  }

  @Test
  void nginx_refuses_get_as_well_so_that_it_is_no_rule_about_methods() throws IOException {
    Result result =
        ask(head -> body("403 Forbidden", "<center>nginx</center>", "Server: nginx"), "-X", "PUT");
    blocked(result, "GET of this URL gets 403 as well");
    assertFalse(result.out().contains("limit_except"), result::out);
  }

  @Test
  void a_body_that_asks_for_a_login_is_no_answer_to_a_preflight() throws IOException {
    Result result =
        ask(head -> body("401 Unauthorized", "{\"detail\":\"Not authenticated\"}"), "-X", "PUT");
    blocked(result, "Authentication answers the preflight, which never has credentials");
    assertFalse(result.out().contains("Send what it asks for"), result.out());
  }

  @Test
  void cloudfront_refuses_the_method_itself() throws IOException {
    Result result =
        ask(
            head ->
                body(
                    "403 Forbidden",
                    "This distribution is not configured to allow the HTTP request method that was"
                        + " used for this request.",
                    "Server: CloudFront"),
            "-X",
            "PUT");
    blocked(result, "CloudFront refuses the method itself", "Allowed HTTP methods");
  }

  // -------------------------------------------------------------------------------- wrong values

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, That is the server's own name.",
    "https://app.example.com;, 'write https://app.example.com instead, exactly like this'",
    "*;, 'quotation marks or a semicolon, and is part of the value'",
    "https://app.example.com., 'write https://app.example.com instead, exactly like this'",
    "https://app.example.com/dashboard, 'write https://app.example.com instead, exactly like this'"
  })
  void a_value_that_is_nearly_an_origin(String value, String words) throws IOException {
    Result result = ask(head -> response("200 OK", "Access-Control-Allow-Origin: " + value));
    blocked(result, words);
    assertFalse(result.out().contains("The scheme is missing"), result.out());
  }

  @Test
  void each_origin_of_a_list_in_a_line_of_its_own() throws IOException {
    Result result =
        ask(
            head ->
                response(
                    "200 OK", "Access-Control-Allow-Origin: https://admin.example.com", ALLOW));
    blocked(result, "or one layer sends each origin of its list", "an array in setHeader");
  }

  @Test
  void a_line_without_a_colon() throws IOException {
    Result result = ask(head -> response("200 OK", "Access-Control-Allow-Origin"));
    blocked(
        result,
        "has the line Access-Control-Allow-Origin without a colon and a value",
        "PHP's header()",
        "No 'Access-Control-Allow-Origin' header is present on the requested resource.");
  }

  @Test
  void methods_with_bars_between_them() throws IOException {
    Result result =
        ask(
            head -> response("200 OK", ALLOW, "Access-Control-Allow-Methods: GET|PUT|POST"),
            "-X",
            "PUT");
    blocked(result, "Separate the methods by commas");
  }

  /** As FastAPI adds a slash, behind a proxy that ends TLS. */
  @Test
  void a_redirect_from_https_to_http_of_the_same_host() {
    String url = "http://127.0.0.1:8080/items/";
    assertEquals(
        List.of(true, true, false, false),
        Stream.of(
                List.of("https://a.test/items", "http://a.test/items/"),
                List.of(url.replace("http:", "https:"), url),
                List.of("https://a.test/items", "http://b.test/items"),
                List.of("http://a.test/items", "https://a.test/items"))
            .map(pair -> !RedirectRemedy.downgrade(pair.get(0), pair.get(1)).isEmpty())
            .toList());
    assertTrue(
        RedirectRemedy.downgrade("https://a.test/items", "http://a.test/items/")
            .get(1)
            .contains("https://a.test/items/ itself"));
  }

  /** As gin-contrib/cors does, where no route is there for OPTIONS. */
  @Test
  void a_layer_that_refuses_the_origin_in_front_of_routes_without_options() throws IOException {
    Result result =
        diagnose(
            head ->
                head.contains("\r\nOrigin: ")
                    ? response("403 Forbidden")
                    : asks(head) ? response("404 Not Found") : response("200 OK"),
            "-X",
            "PUT");
    blocked(
        result,
        "A CORS layer is there and refuses this origin (403).",
        "A GET from this origin gets 403 as well, and a GET without Origin gets 200.",
        "add " + APP + " to the list of that layer");
  }

  @Test
  void a_branch_for_options_that_has_the_lists_and_not_the_origin() throws IOException {
    Result result =
        diagnose(
            head ->
                asks(head)
                    ? response("204 No Content", "Access-Control-Allow-Methods: GET, PUT")
                    : response("200 OK", ALLOW, "Server: nginx"),
            "-X",
            "PUT");
    blocked(result, "sends Access-Control-Allow-Methods, and leaves the origin out");
  }
}
