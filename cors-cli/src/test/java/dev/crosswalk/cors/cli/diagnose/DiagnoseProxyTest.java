package dev.crosswalk.cors.cli.diagnose;

import static dev.crosswalk.cors.cli.diagnose.Diagnosing.ALLOW;
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
import dev.crosswalk.cors.cli.remedy.redirect.RedirectBehindProxy;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A proxy in front of an application changes what comes and goes, or answers itself. */
class DiagnoseProxyTest extends ScriptedServers {

  @Test
  void a_proxy_that_shows_itself_is_named_with_the_list_that_may_have_the_origin()
      throws IOException {
    Result result =
        diagnose(
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
        "it does not allow this origin, or nginx does not pass Origin on to it, or removes the header",
        "no slash at the end. If it is there already, nginx does not pass Origin on: look for"
            + " proxy_set_header Origin \"\" in nginx's configuration");
  }

  @Test
  void a_preflight_without_origin_is_any_other_OPTIONS_for_the_application_behind_a_proxy()
      throws IOException {
    Result result =
        diagnose(
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
        "If the application has a CORS layer already, nginx may keep Origin from it, so it treats"
            + " the preflight as any other OPTIONS: look for proxy_set_header Origin \"\"");
    Result own =
        diagnose(
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
        diagnose(sinatra, "-X", "POST"),
        "Rack::Protection (HttpOrigin) answers so",
        "set :protection, permitted_origins: [\"https://app.example.com\"]");
    Result other =
        diagnose(
            head -> body("403 Forbidden", "Forbidden", "Content-Type: text/plain"), "-X", "POST");
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
    Result result = diagnose(head -> response("200 OK", "Server: " + server, TRUE, VARY));
    blocked(result, "A CORS layer is there", "removes that one header", words);
  }

  @Test
  void the_value_is_the_server_itself_as_a_proxy_has_changed_the_origin() throws IOException {
    Result result =
        diagnose(
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
        diagnose(
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
        diagnose(
            head ->
                body(
                    "401 Unauthorized",
                    "<center>nginx/1.26.3</center>",
                    "Server: nginx/1.26.3",
                    "Content-Type: text/html"));
    blocked(result, "nginx has written this error itself", "with always");
    assertFalse(result.out().contains("Koa"), result.out());
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
        diagnose(
            head ->
                asks(head) || head.startsWith("GET /notes?crosswalk=")
                    ? response("200 OK", ALLOW)
                    : response("200 OK", field));
    blocked(result, "A cache answers", "With a query that no cache knows", words);
  }

  @Test
  void nginx_itself_refuses_options() throws IOException {
    UnaryOperator<String> server =
        head ->
            asks(head)
                ? body("403 Forbidden", "<center>nginx</center>", "Server: nginx")
                : response("404 Not Found", "Server: nginx");
    blocked(
        diagnose(server, "-X", "PUT"), "nginx itself refuses the request (403)", "limit_except");
  }

  @Test
  void nginx_refuses_get_as_well_so_that_it_is_no_rule_about_methods() throws IOException {
    Result result =
        diagnose(
            head -> body("403 Forbidden", "<center>nginx</center>", "Server: nginx"), "-X", "PUT");
    blocked(result, "GET of this URL gets 403 as well");
    assertFalse(result.out().contains("limit_except"), result::out);
  }

  @Test
  void cloudfront_refuses_the_method_itself() throws IOException {
    Result result =
        diagnose(
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
            .map(pair -> !RedirectBehindProxy.downgrade(pair.get(0), pair.get(1)).isEmpty())
            .toList());
    assertTrue(
        RedirectBehindProxy.downgrade("https://a.test/items", "http://a.test/items/")
            .get(1)
            .contains("https://a.test/items/ itself"));
  }
}
