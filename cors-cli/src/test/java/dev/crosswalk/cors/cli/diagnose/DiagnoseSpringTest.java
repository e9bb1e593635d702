package dev.crosswalk.cors.cli.diagnose;

import static dev.crosswalk.cors.cli.diagnose.Diagnosing.ALLOW;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spring's CORS layer, by the lines of Vary that it writes and by its words. */
class DiagnoseSpringTest extends ScriptedServers {

  private static final String[] VARY_OF_SPRING = {
    VARY, "Vary: Access-Control-Request-Method", "Vary: Access-Control-Request-Headers"
  };

  private static String ofSpring(String status, String... fields) {
    List<String> all = new ArrayList<>(List.of(VARY_OF_SPRING));
    all.addAll(List.of(fields));
    return response(status, all.toArray(new String[0]));
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
  void spring_has_no_configuration_for_the_path() throws IOException {
    Result result =
        diagnose(
            head -> asks(head) ? body("403 ", "Invalid CORS request") : response("200 OK"),
            "-X",
            "PUT");
    blocked(
        result,
        "So it has no CORS configuration for this path.",
        "/api/** covers everything below it as well");
    assertFalse(result.out().contains("A CORS layer is there and refuses"), result.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "TRACE, "})
  void springs_own_answer_to_options_tells_that_no_configuration_covers_the_path(String more)
      throws IOException {
    Result result =
        diagnose(
            head ->
                asks(head)
                    ? response(
                        "200 ", "Allow: GET, HEAD, POST, PUT, DELETE, " + more + "OPTIONS, PATCH")
                    : response("405 ", "Allow: POST"),
            "--data-json",
            "{}");
    blocked(
        result,
        "This is Spring, which has no CORS configuration for this path",
        "begin behind the context path");
  }

  @Test
  void a_header_in_front_does_not_tell_what_spring_allows() throws IOException {
    String any = "Access-Control-Allow-Origin: *";
    Result result =
        diagnose(
            head ->
                asks(head)
                    ? head.contains("Access-Control-Request-Method: GET")
                        ? response("200 ", "Server: nginx", any)
                        : body("403 ", "Invalid CORS request", "Server: nginx", any)
                    : response("405 ", "Server: nginx", any),
            "-X",
            "PUT");
    blocked(
        result,
        "its configuration lacks this origin, the method or a request header",
        "add https://app.example.com to allowedOrigins",
        "remove the header from what is in front (nginx)");
    assertFalse(result.text().contains("not for its origin"), result.out());
  }

  @Test
  void a_preflight_that_no_route_of_a_gateway_matches() throws IOException {
    Result result =
        diagnose(head -> asks(head) ? response("200 OK") : ofSpring("200 OK", ALLOW), "-X", "PUT");
    blocked(
        result,
        "so that layer has no part in it",
        "add-to-simple-url-handler-mapping: true below globalcors");
    Result inFront =
        diagnose(
            head ->
                asks(head)
                    ? response("204 No Content", "Server: nginx")
                    : ofSpring("200 OK", ALLOW, "Server: nginx"),
            "-X",
            "PUT");
    assertFalse(inFront.text().contains("predicate Method"), inFront.out());
  }

  @Test
  void spring_has_no_configuration_for_the_path_or_does_not_list_the_origin() throws IOException {
    Result result =
        diagnose(
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
        diagnose(
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

  @Test
  void spring_does_not_get_the_origin_if_it_takes_a_preflight_for_any_other_OPTIONS()
      throws IOException {
    UnaryOperator<String> server =
        head ->
            asks(head)
                ? ofSpring("200 ", "Server: nginx/1.26.3", "Allow: PUT,GET,HEAD,OPTIONS")
                : ofSpring("200 ", "Server: nginx/1.26.3");
    blocked(
        diagnose(server), "the header Origin does not reach it", "proxy_set_header Origin \"\"");
    blocked(diagnose(server, "-X", "PUT"), "the header Origin does not reach it");
    assertFalse(diagnose(server).out().contains("no CORS configuration"));
  }

  @Test
  void a_path_without_a_route_is_one_before_its_origin_is_not_on_a_list() throws IOException {
    Result result =
        diagnose(
            head ->
                head.contains("Request-Method")
                    ? response("200 ", "Allow: GET, HEAD")
                    : response("404 "));
    blocked(result, "A CORS layer is there", "What to change - No route gave this answer (404)");
  }

  @Test
  void apache_writes_the_three_lines_of_spring_as_one() throws IOException {
    String vary = "Vary: Origin,Access-Control-Request-Method,Access-Control-Request-Headers";
    Result result = diagnose(head -> response("200 ", "Server: Apache/2.4.66", vary), "-X", "PUT");
    blocked(result, "the header Origin does not reach it", "RequestHeader unset Origin");
  }

  @Test
  void spring_never_sends_the_other_headers_alone() throws IOException {
    Result result =
        diagnose(
            head ->
                asks(head)
                    ? ofSpring("200 ", "Access-Control-Allow-Methods: GET")
                    : ofSpring("200 "));
    blocked(result, "so a proxy in front removes that one header");
  }

  @Test
  void spring_has_no_configuration_if_it_refuses_a_preflight_and_not_the_request()
      throws IOException {
    Result result = diagnose(head -> asks(head) ? ofSpring("403 ") : ofSpring("200 "));
    blocked(result, "so it has no CORS configuration for this path");
  }

  @Test
  void the_framework_answers_OPTIONS_for_a_handler_that_the_layer_does_not_cover()
      throws IOException {
    Result result =
        diagnose(
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
  void a_proxy_removes_what_makes_a_preflight_one() throws IOException {
    UnaryOperator<String> server =
        head ->
            asks(head)
                ? body("400 Bad Request", "Invalid Preflight Request", VARY)
                : response("200 OK", VARY);
    blocked(diagnose(server), "a proxy in front removes one of them");
    blocked(diagnose(server, "-X", "PUT"), "a proxy in front removes one of them");
  }

  @Test
  void each_path_fails_by_the_page_of_tomcat() throws IOException {
    Result result =
        diagnose(
            head ->
                body(
                    "500 ",
                    "<h1>HTTP Status 500 &#8211; Internal Server Error</h1>",
                    "Content-Type: text/html;charset=utf-8"));
    blocked(result, "Name the origins in full instead of \"*\".");
  }
}
