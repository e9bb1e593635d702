package dev.crosswalk.cors.cli.remedy.answer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who says that nothing answers OPTIONS: the file {@code routers.txt}. */
class RouterTest {

  private static Optional<String> advice(int status, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return Router.of(new WireResponse(status, "", Headers.none(), bytes, "")).map(Router::advice);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          404 | <pre>Cannot OPTIONS /items</pre>                                      | Express:
          404 | {"message":"Cannot OPTIONS /items","statusCode":404}                  | NestJS:
          405 | {"code":"MethodNotAllowed","message":"OPTIONS is not allowed"}        | Restify:
          501 | <p>Message: Unsupported method ('OPTIONS').</p>                       | do_OPTIONS
          404 | <h2>No route matches [OPTIONS] &quot;/items&quot;</h2>                | rack-cors
          405 | <!-- x --><title>No route found for &quot;OPTIONS /items&quot;</title> | NelmioCorsBundle
          405 | {"Message":"The requested resource does not support http method 'OPTIONS'."} | EnableCors
          501 | <h1>Huh?</h1><p>I don&#39;t know how to treat a OPTIONS request.</p>    | render_OPTIONS
          404 | Endpoint OPTIONS /items not found                                     | Javalin:
          405 | {"name":"MethodNotAllowed","message":"Method OPTIONS not allowed","code":405,"className":"method-not-allowed"} | Feathers:
          405 | {"errors":[{"message":"GraphQL only supports GET and POST requests."}]} | grants null to all others
          404 | {"status":404,"message":"Cannot find any route matching [OPTIONS] http://a.test/items"} | handleCors(event
          405 | <p>Sorry, the requested URL <tt>&#039;http://a.test/items&#039;</tt> caused an error:</p> <pre>Method not allowed.</pre> | This is Bottle
          404 | The resource could not be found. predicate mismatch for view items (request_method = GET,HEAD) | This is Pyramid
          404 | <h1>Error 404 - Not Found</h1><footer>Powered by <a href="https://perldancer.org/">Dancer2</a> 1.1</footer> | This is Dancer2
          404 | Request was not matched ======================= Closest stub          | --enable-stub-cors
          """)
  void its_words_tell_the_setting_of_that_program(int status, String body, String setting) {
    assertTrue(advice(status, body).orElse("").contains(setting), body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          404 | <p>Sorry, the requested URL <tt>x</tt> caused an error:</p> <pre>There is none.</pre> | wrap the application
          500 | <pre>Traceback</pre><div id="powered_by">Powered by <a href="x">CherryPy 18.8.0</a></div> | before_handler
          """)
  void its_page_of_an_error_tells_how_errors_keep_their_headers(
      int status, String body, String setting) {
    byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
    WireResponse response = new WireResponse(status, "", Headers.none(), bytes, "");
    assertTrue(Router.onErrors(response).orElse("").contains(setting), body);
  }

  @Test
  void an_answer_that_is_no_error_and_other_words_are_of_nobody() {
    assertEquals(Optional.empty(), advice(200, "Cannot OPTIONS /items"));
    assertEquals(Optional.empty(), advice(404, "Not Found"));
    assertEquals(Optional.empty(), advice(404, ""));
  }

  @Test
  void each_block_has_a_sign_and_a_sentence() {
    assertTrue(Router.all().size() >= 10, () -> Router.all().size() + " blocks");
    for (Router router : Router.all()) {
      boolean signs = !router.signs().isEmpty() || !router.headers().isEmpty();
      assertTrue(signs && router.advice().endsWith("."), router::advice);
    }
  }
}
