package dev.crosswalk.cors.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.CrossOriginGuard;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What users of the containers' own filters have reported, with the filter instead of those. */
class PublicReportsTest {

  private static final String APP = "https://app.example.com";

  private final AtomicInteger asked = new AtomicInteger();

  private interface Exchanges {
    void with(String url, WireClient client) throws Exception;
  }

  private static final class Counting extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private final transient AtomicInteger requests;

    Counting(AtomicInteger requests) {
      this.requests = requests;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) {
      requests.incrementAndGet();
    }
  }

  private void serve(Cors cors, Exchanges exchanges) throws Exception {
    ServerUnderTest server =
        Container.underTest()
            .start(
                (classes, context) -> {
                  context.addServlet("servlet", new Counting(asked)).addMapping("/hello");
                  CorsPolicyFilter.register(context, cors);
                },
                Map.of());
    try (WireClient client = new WireClient()) {
      exchanges.with(server.base() + "/hello", client);
    } finally {
      server.stop().close();
    }
  }

  private static WireResponse preflight(
      WireClient client, String url, String origin, String method, String headers)
      throws Exception {
    return client.send(
        new WireRequest(
            "OPTIONS",
            url,
            Headers.of(
                "Origin",
                origin,
                "Access-Control-Request-Method",
                method,
                "Access-Control-Request-Headers",
                headers)));
  }

  private static List<String> allowed(WireResponse response) {
    return response.headers().lines("Access-Control-Allow-Origin");
  }

  /** https://github.com/jetty/jetty.project/issues/15096 */
  @Test
  void any_header_with_credentials_is_the_list_of_those_that_are_asked_for() throws Exception {
    CorsPolicy policy =
        CorsPolicy.builder().allowOrigins(APP).allowAnyRequestHeader().allowCredentials().build();
    serve(
        policy,
        (url, client) -> {
          WireResponse response = preflight(client, url, APP, "GET", "x-token");
          assertEquals(204, response.status());
          assertEquals(
              List.of("x-token"), response.headers().lines("Access-Control-Allow-Headers"));
        });
  }

  /** https://github.com/jetty/jetty.project/issues/7894 */
  @Test
  void a_preflight_of_a_stranger_does_not_reach_the_application() throws Exception {
    CorsPolicy policy = CorsPolicy.builder().allowOrigins(APP, "https://b.example").build();
    serve(
        policy,
        (url, client) -> {
          WireResponse response = preflight(client, url, "https://evil.example", "GET", "x-token");
          assertEquals(403, response.status());
          assertEquals(List.of(), allowed(response));
          assertEquals(0, asked.get());
        });
  }

  /**
   * A request of a stranger is answered, without headers; a guard refuses it:
   * https://github.com/jetty/jetty.project/issues/13467
   */
  @Test
  void a_write_of_a_stranger_is_refused_where_a_guard_says_so() throws Exception {
    CorsPolicy policy = CorsPolicy.builder().allowOrigins(APP, "https://b.example").build();
    Headers stranger = Headers.of("Origin", "https://evil.example");
    serve(
        policy,
        (url, client) -> {
          assertEquals(List.of(), allowed(client.send(new WireRequest("POST", url, stranger))));
          assertEquals(1, asked.get());
        });
    serve(
        CrossOriginGuard.around(policy).build(),
        (url, client) -> {
          assertEquals(403, client.send(new WireRequest("POST", url, stranger)).status());
          assertEquals(1, asked.get());
        });
  }

  /** https://github.com/apache/tomcat/pull/14 */
  @Test
  void a_page_from_a_file_is_allowed_by_a_name_that_warns() throws Exception {
    CorsPolicy policy =
        CorsPolicy.builder().allowOrigins(APP).dangerouslyAllowOrigins("null").build();
    serve(
        policy,
        (url, client) ->
            assertEquals(
                List.of("null"),
                allowed(client.send(new WireRequest("GET", url, Headers.of("Origin", "null"))))));
  }

  /** https://github.com/cBioPortal/cbioportal/pull/4878 */
  @Test
  void a_post_of_the_servers_own_page_is_not_refused_behind_a_proxy() throws Exception {
    CorsPolicy policy = CorsPolicy.builder().allowOrigins(APP, "https://b.example").build();
    Headers own = Headers.of("Origin", "https://portal.example", "X-Forwarded-Proto", "https");
    serve(
        policy,
        (url, client) ->
            assertEquals(200, client.send(new WireRequest("POST", url, own)).status()));
  }
}
