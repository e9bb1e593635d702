package dev.crosswalk.cors.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.CrossOriginGuard;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.auth.User;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.SessionHandler;
import io.vertx.ext.web.handler.SimpleAuthenticationHandler;
import io.vertx.ext.web.sstore.LocalSessionStore;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of the routes before the policy, and of what they have done. */
class SurroundingsTest extends RunningRouter {

  private static final String APP = "https://app.example";

  private List<String> told(String path) throws Exception {
    return warnings(
        () -> {
          for (int i = 0; i < 2; i++) {
            client.send(new WireRequest("GET", url(path), Headers.of("Origin", APP)));
          }
        });
  }

  private static Arguments of(String named, Function<Router, Route> route) {
    return Arguments.of(named, route);
  }

  static Stream<Arguments> answering() {
    return Stream.of(
        of("[GET] any path. ", router -> router.route().method(HttpMethod.GET)),
        of("/x. ", router -> router.route("/x")),
        of("[GET] /x. ", router -> router.get("/x")),
        of("any path. ", router -> router.routeWithRegex("/x.*")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answering")
  void a_route_that_answers_before_the_policy_is_named(String named, Function<Router, Route> route)
      throws Exception {
    route.apply(router).handler(context -> context.next());
    router.route().handler(new CorsPolicyHandler(POLICY));
    List<String> told = told("/hello");
    assertEquals(1, told.size(), told::toString);
    assertTrue(
        told.get(0).startsWith("CorsPolicyHandler comes after 1 route, " + named), told::toString);
  }

  @Test
  void of_several_routes_the_first_is_named() throws Exception {
    router.get("/one").handler(context -> context.next());
    router.get("/two").handler(context -> context.next());
    router.route().handler(new CorsPolicyHandler(POLICY));
    List<String> told = told("/hello");
    assertEquals(1, told.size(), told::toString);
    assertTrue(
        told.get(0)
            .startsWith(
                "CorsPolicyHandler comes after 2 routes, the first of which is [GET] /one. "),
        told::toString);
  }

  /** Whoever cannot move the handler, or does not want to, is not told to. */
  @Test
  void no_route_is_named_where_the_handler_is_placed_on_purpose() throws Exception {
    router.routeWithRegex("/.*").handler(context -> context.next());
    router.route().handler(CorsPolicyHandler.placedOnPurpose(POLICY));
    assertEquals(List.of(), told("/hello"));
  }

  @Test
  void a_route_that_matches_every_request_passes_it_on() throws Exception {
    router.route().handler(context -> context.next());
    router.route("/").handler(context -> context.next());
    router.route().handler(new CorsPolicyHandler(POLICY));
    assertEquals(List.of(), told("/hello"));
  }

  @Test
  void only_what_is_below_the_path_of_the_policy_is_named() throws Exception {
    router.get("/other").handler(context -> context.next());
    router.route().method(HttpMethod.HEAD).handler(context -> context.next());
    router.get("/api/health").handler(context -> context.next());
    router.route("/api/*").handler(new CorsPolicyHandler(POLICY));
    List<String> told = told("/api/hello");
    assertEquals(1, told.size(), told::toString);
    assertTrue(
        told.get(0).startsWith("CorsPolicyHandler comes after 1 route, [GET] /api/health. "),
        told::toString);
  }

  @Test
  void a_route_that_takes_no_preflight_is_told_of() throws Exception {
    router.get("/hello").handler(new CorsPolicyHandler(POLICY)).handler(context -> context.end());
    List<String> told = told("/hello");
    assertEquals(1, told.size(), told::toString);
    assertTrue(
        told.get(0).startsWith("CorsPolicyHandler is on the route [GET] /hello, and no preflight "),
        told::toString);
    assertEquals(405, preflight("/hello", APP).status());
  }

  @Test
  void nothing_is_told_of_methods_that_a_preflight_has() throws Exception {
    CorsPolicyHandler handler = new CorsPolicyHandler(POLICY);
    router.get("/hello").handler(handler).handler(context -> context.end());
    router.options("/hello").handler(handler);
    assertEquals(List.of(), told("/hello"));
    assertEquals(204, preflight("/hello", APP).status());
  }

  @Test
  void the_authentication_of_the_router_around_is_told_of() throws Exception {
    router
        .route()
        .handler(
            SimpleAuthenticationHandler.create()
                .authenticate(context -> Future.succeededFuture(User.fromName("a"))));
    Router api = Router.router(vertx);
    api.route().handler(new CorsPolicyHandler(POLICY));
    router.route("/api/*").subRouter(api);
    List<String> told = told("/api/hello");
    assertEquals(1, told.size(), told::toString);
    assertTrue(told.get(0).startsWith("Authentication comes before"), told::toString);
  }

  @Test
  void a_handler_behind_a_route_is_told_of() throws Exception {
    router.route().handler(context -> context.next());
    router.get("/hello").handler(context -> context.end());
    router.route().handler(new CorsPolicyHandler(POLICY));
    List<String> told =
        warnings(
            () -> {
              preflight("/hello", "https://app.example");
              preflight("/hello", "https://app.example");
            });
    assertEquals(1, told.size(), told::toString);
    assertTrue(
        told.get(0).startsWith("CorsPolicyHandler comes after 1 route, [GET] /hello. "),
        told::toString);
  }

  /** https://github.com/vert-x3/vertx-web/pull/20 */
  @Test
  void a_body_handler_before_the_policy_is_told_of() throws Exception {
    router.route().handler(BodyHandler.create());
    assertOneIsTold(
        "A BodyHandler comes before CorsPolicyHandler, so its 413 has no CORS headers. ");
  }

  @Test
  void authentication_before_the_policy_is_told_of() throws Exception {
    router
        .route()
        .handler(
            SimpleAuthenticationHandler.create()
                .authenticate(context -> Future.succeededFuture(User.fromName("a"))));
    assertOneIsTold(
        "Authentication comes before CorsPolicyHandler, so its 401 has no CORS headers. ");
  }

  private void assertOneIsTold(String sentence) throws Exception {
    router.route().handler(new CorsPolicyHandler(POLICY));
    router.get("/").handler(context -> context.end());
    List<String> told =
        warnings(
            () -> {
              assertShared(get("/", "Origin", "https://app.example"));
              assertShared(get("/", "Origin", "https://app.example"));
            });
    assertEquals(1, told.size(), told::toString);
    assertTrue(told.get(0).startsWith(sentence), told::toString);
  }

  @Test
  void of_a_session_before_the_policy_nothing_is_told() throws Exception {
    router.route().handler(SessionHandler.create(LocalSessionStore.create(vertx)));
    router.route().handler(new CorsPolicyHandler(POLICY));
    router.route().handler(BodyHandler.create());
    router
        .route()
        .handler(
            SimpleAuthenticationHandler.create()
                .authenticate(context -> Future.succeededFuture(User.fromName("a"))));
    router.get("/").handler(context -> context.end());
    List<String> told =
        warnings(
            () -> {
              WireResponse first = get("/", "Origin", "https://app.example");
              assertShared(first);
              String cookie = only(first, "Set-Cookie").split(";")[0];
              assertShared(get("/", "Origin", "https://app.example", "Cookie", cookie));
            });
    assertEquals(List.of(), told);
  }

  @Test
  void nothing_is_told_of_a_router_that_is_as_it_should_be() throws Exception {
    router.route().handler(context -> context.next());
    router.get("/health").handler(context -> context.end());
    router.route("/api/*").handler(new CorsPolicyHandler(POLICY));
    router.get("/api/hello").handler(context -> context.reroute("/api/other"));
    router.get("/api/other").handler(context -> context.end());
    router.get("/before").handler(context -> context.end());
    router.route().order(Integer.MIN_VALUE).path("/before").handler(new CorsPolicyHandler(POLICY));
    List<String> told =
        warnings(
            () -> {
              assertShared(get("/api/hello", "Origin", "https://app.example"));
              assertShared(get("/before", "Origin", "https://app.example"));
            });
    assertEquals(List.of(), told);
  }

  /** Of HTTP/1.0, and none of HTTP/2. */
  @Test
  void a_request_without_host_has_no_authority() throws Exception {
    router
        .route()
        .handler(new CorsPolicyHandler(CrossOriginGuard.around(CorsPolicy.none()).build()))
        .handler(context -> context.end("written"));
    WireResponse response =
        client
            .sendBytes(
                url(""),
                "POST / HTTP/1.0\r\nOrigin: " + APP + "\r\nContent-Length: 0\r\n\r\n",
                "POST")
            .get(0);
    assertEquals(403, response.status(), response::toString);
  }
}
