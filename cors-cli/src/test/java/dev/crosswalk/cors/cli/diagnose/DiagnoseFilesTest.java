package dev.crosswalk.cors.cli.diagnose;

import static dev.crosswalk.cors.cli.diagnose.Diagnosing.ALLOW;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.asks;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.blocked;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.body;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.response;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.crosswalk.cors.cli.Result;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that look for a file where the page asks an API, and servers of files themselves. */
class DiagnoseFilesTest extends ScriptedServers {

  private static final String APPLICATION = "<!doctype html><div id=\"root\"></div>";
  private static final String NGINX = "Server: nginx/1.24.0";
  private static final String HTML = "Content-Type: text/html; charset=utf-8";

  private static String ofNginx(String status) {
    return body(status, "<h1>" + status + "</h1><hr><center>nginx/1.24.0</center>", NGINX, HTML);
  }

  private Result post(String preflight, String get) throws IOException {
    return diagnose(head -> asks(head) ? preflight : get, "--data-json", "{}");
  }

  private static void isOfFiles(Result result, String... more) {
    blocked(
        result, "GET of this URL gets the index.html of a web application, and not data", "proxy");
    blocked(result, more);
    assertFalse(result.text().contains("add_header"), result.out());
  }

  @Test
  void nginx_serves_an_application_at_the_path_of_the_api() throws IOException {
    isOfFiles(
        post(ofNginx("405 Not Allowed"), body("200 OK", APPLICATION, NGINX, HTML)),
        "The answer to the preflight (405) has no Access-Control-Allow-Origin",
        "location",
        "proxy_pass");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          200 OK                  | Allow: GET, HEAD, OPTIONS
          200 OK                  | Allow: GET,HEAD
          200 OK                  | X: 1
          404 Not Found           | X-Powered-By: Express
          403 Forbidden           | Server: AmazonS3
          405 Method Not Allowed  | Allow: GET, HEAD
          """)
  void other_servers_do_the_same(String status, String field) throws IOException {
    isOfFiles(post(response(status, field), body("200 OK", APPLICATION, HTML)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Apache/2.4.62", "lighttpd/1.4.69"})
  void these_name_post_for_files_as_well(String server) throws IOException {
    String allow = "Allow: GET,POST,OPTIONS,HEAD";
    String page = body("200 OK", APPLICATION, HTML, "Server: " + server);
    isOfFiles(post(response("200 OK", allow, "Server: " + server), page));
    Result behind =
        post(response("200 OK", allow, "Server: " + server, "X-Powered-By: Express"), page);
    assertFalse(behind.text().contains("index.html"), behind.out());
  }

  @Test
  void what_answers_options_on_purpose_is_no_server_of_files() throws IOException {
    for (String server : new String[] {NGINX, "Server: Caddy"}) {
      Result result =
          post(response("204 No Content", server), body("200 OK", APPLICATION, server, HTML));
      blocked(result);
      assertFalse(result.text().contains("index.html"), result.out());
    }
  }

  @Test
  void a_post_without_a_preflight_gets_to_the_same_files() throws IOException {
    Result result =
        diagnose(
            head ->
                head.startsWith("GET ")
                    ? body("200 OK", APPLICATION, NGINX, HTML)
                    : ofNginx("405 Not Allowed"),
            "-d",
            "x");
    isOfFiles(result, "The response (405) has no Access-Control-Allow-Origin");
    Result withoutPage =
        diagnose(
            head -> ofNginx(head.startsWith("GET ") ? "404 Not Found" : "405 Not Allowed"),
            "-d",
            "x");
    blocked(withoutPage, "nginx itself refuses POST (405)", "files instead of proxy_pass");
  }

  @Test
  void a_route_that_names_the_method_is_there() throws IOException {
    Result result =
        post(response("200 OK", "Allow: GET,HEAD,POST"), body("200 OK", APPLICATION, HTML));
    blocked(result);
    assertFalse(result.text().contains("index.html"), result.out());
  }

  @Test
  void a_page_in_which_people_try_graphql_is_at_the_right_path() throws IOException {
    String page = "<title>GraphiQL</title>" + APPLICATION;
    Result result = post(response("405 Method Not Allowed"), body("200 OK", page, HTML));
    blocked(result);
    assertFalse(result.text().contains("index.html"), result.out());
  }

  @Test
  void nginx_looks_for_a_file_that_is_not_there() throws IOException {
    blocked(
        post(ofNginx("405 Not Allowed"), ofNginx("404 Not Found")),
        "nginx refuses OPTIONS itself",
        "looks for a file",
        "proxy_pass");
  }

  @Test
  void a_rule_of_nginx_for_methods_has_nothing_to_do_with_files() throws IOException {
    Result result = post(ofNginx("403 Forbidden"), ofNginx("404 Not Found"));
    blocked(result, "nginx refuses OPTIONS itself", "name OPTIONS in limit_except");
    assertFalse(result.text().contains("looks for a file"), result.out());
  }

  // ------------------------------------------------------------------------- servers of files

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Cache-Control: max-age=3600",
        "Accept-Ranges: bytes",
        "Content-Disposition: inline; filename=\"a.json\""
      })
  void a_small_server_of_files_has_an_option_of_its_own(String field) throws IOException {
    blocked(
        diagnose(
            body(
                "200 OK",
                "{}",
                field,
                "Content-Type: application/json",
                "Last-Modified: Mon, 02 Nov 2026 10:00:00 GMT")),
        "npx http-server --cors",
        "npx serve --cors");
  }

  @Test
  void the_server_of_pythons_library_has_none() throws IOException {
    blocked(
        diagnose(
            body(
                "200 OK",
                "{}",
                "Server: SimpleHTTP/0.6 Python/3.11.2",
                "Last-Modified: Mon, 02 Nov 2026 10:00:00 GMT")),
        "python -m http.server",
        "end_headers");
  }

  @Test
  void an_answer_of_a_program_is_not_taken_for_a_file() throws IOException {
    for (String field : new String[] {"X-Powered-By: Express", "Server: nginx", "X: 1"}) {
      Result result =
          diagnose(body("200 OK", "{}", "Content-Type: application/json", field, "ETag: W/\"a\""));
      blocked(result);
      assertFalse(result.text().contains("http-server"), result.out());
    }
  }

  @Test
  void a_file_that_the_page_may_read_is_none_of_its_business() throws IOException {
    Result result =
        diagnose(body("200 OK", "{}", ALLOW + "/", "Last-Modified: Mon, 02 Nov 2026 10:00:00 GMT"));
    blocked(result);
    assertFalse(result.text().contains("http-server"), result.out());
  }
}
