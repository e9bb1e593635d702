package dev.crosswalk.cors.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.tck.wire.WireResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Another CORS layer in the same router, of Vert.x or of ours. */
class SecondLayerTest extends RunningRouter {

  private static final String[] HANDSHAKE = {
    "Origin", "https://app.example",
    "Connection", "Upgrade",
    "Upgrade", "websocket",
    "Sec-WebSocket-Version", "13",
    "Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA=="
  };

  @Test
  void behind_ours_the_cors_handler_of_vertx_leaves_one_set_of_headers_and_one_warning()
      throws Exception {
    // Of its own, for a policy warns once.
    router.route().handler(new CorsPolicyHandler(POLICY.toBuilder().build()));
    router.route().handler(ofVertx());
    router.get("/").handler(context -> context.end());
    List<String> warnings =
        warnings(
            () -> {
              for (int i = 0; i < 3; i++) {
                assertShared(get("/", "Origin", "https://app.example"));
                WireResponse refused = get("/", "Origin", "https://evil.example");
                assertFalse(
                    refused.headers().has("Access-Control-Allow-Origin"), refused::toString);
              }
            });
    assertEquals("PUT", only(preflight("/", "https://app.example"), ALLOW_METHODS));
    assertEquals(1, warnings.size(), warnings::toString);
    assertTrue(warnings.get(0).contains("second CORS layer"), warnings::toString);
  }

  @Test
  void before_ours_the_cors_handler_of_vertx_answers_preflights_and_ours_each_other_request()
      throws Exception {
    router.route().handler(ofVertx());
    router.route().handler(new CorsPolicyHandler(POLICY));
    router.get("/").handler(context -> context.end());
    assertShared(get("/", "Origin", "https://app.example"));
    WireResponse preflight = preflight("/", "https://app.example");
    assertEquals("https://app.example", only(preflight, "Access-Control-Allow-Origin"));
    assertEquals("PUT", only(preflight, ALLOW_METHODS));
  }

  private static CorsHandler ofVertx() {
    return CorsHandler.create()
        .addOrigin("https://app.example")
        .addOrigin("https://evil.example")
        .allowedMethod(HttpMethod.PUT)
        .exposedHeader("X-Other");
  }

  @Test
  void the_cors_handler_of_vertx_is_named_wherever_it_stands() throws Exception {
    String named = "Vert.x's own CorsHandler is in the router beside CorsPolicyHandler. ";
    router.route("/before").handler(ofVertx()).handler(new CorsPolicyHandler(POLICY));
    router.route("/before").handler(context -> context.end());
    router
        .route("/behind")
        .handler(new CorsPolicyHandler(POLICY))
        .handler(CorsHandler.create().addOrigin("https://other.example"));
    router.route("/behind").handler(context -> context.end());
    for (String path : List.of("/before", "/behind")) {
      List<String> told =
          warnings(
              () -> {
                get(path, "Origin", "https://app.example");
                get(path, "Origin", "https://app.example");
              });
      assertEquals(1, told.size(), path + ": " + told);
      assertTrue(told.get(0).startsWith(named), path + ": " + told);
    }
  }

  @Test
  void once_the_cors_handler_of_vertx_is_named_nothing_is_said_of_the_headers_that_it_writes()
      throws Exception {
    router.route().handler(new CorsPolicyHandler(POLICY.toBuilder().build()));
    router.route().handler(ofVertx());
    router.get("/").handler(context -> context.end());
    List<String> told =
        warnings(
            () -> {
              assertEquals(403, get("/", "Origin", "https://admin.example").status());
              assertShared(get("/", "Origin", "https://app.example"));
            });
    assertEquals(1, told.size(), told::toString);
    assertTrue(told.get(0).startsWith("Vert.x's own CorsHandler"), told::toString);
  }

  @Test
  void of_two_handlers_the_first_writes_and_a_sentence_says_so() throws Exception {
    router.route().handler(new CorsPolicyHandler(POLICY.toBuilder().build()));
    router.route().handler(new CorsPolicyHandler(ADMIN_ONLY.toBuilder().build()));
    router.route("/").handler(context -> context.end());
    List<String> told =
        warnings(
            () -> {
              assertShared(get("/", "Origin", "https://app.example"));
              assertShared(get("/", "Origin", "https://app.example"));
            });
    assertEquals(1, told.size(), told::toString);
    assertTrue(
        told.get(0).startsWith("A request went through CorsPolicyHandler twice. "), told::toString);
  }

  @Test
  void the_cors_handler_of_vertx_is_named_whatever_the_context_keeps() throws Exception {
    router.route().handler(ofVertx()).handler(new CorsPolicyHandler(POLICY.toBuilder().build()));
    router.route().order(-1).handler(context -> context.put("of-the-application", 1).next());
    List<String> told =
        warnings(
            () -> {
              get("/hello", "Origin", "https://app.example");
              get("/hello", "Origin", "https://app.example");
            });
    assertEquals(1, told.size(), told::toString);
    assertTrue(told.get(0).startsWith("Vert.x's own CorsHandler"), told::toString);
  }

  /** One that a forum has. With the origin of the policy, what each response has looks right. */
  @Test
  void a_handler_that_writes_headers_before_ours_is_told_of_once_whatever_they_are()
      throws Exception {
    for (String origin : List.of("https://app.example", "*")) {
      router.clear();
      router
          .route()
          .handler(
              context -> {
                context.response().putHeader("Access-Control-Allow-Origin", origin);
                if (context.request().method() == HttpMethod.OPTIONS) {
                  context.end();
                } else {
                  context.next();
                }
              });
      router.route().handler(new CorsPolicyHandler(POLICY.toBuilder().build()));
      router.get("/").handler(context -> context.end());
      List<String> told =
          warnings(
              () -> {
                get("/", HANDSHAKE);
                assertShared(get("/", "Origin", "https://app.example"));
                assertShared(get("/", "Origin", "https://app.example"));
                assertShared(get("/", HANDSHAKE));
              });
      assertEquals(
          List.of(
              "A handler before CorsPolicyHandler writes CORS headers. It may answer preflights, so"
                  + " that the policy is never asked. Remove it. This is logged once."),
          told);
      WireResponse preflight = preflight("/", "https://app.example");
      assertFalse(preflight.headers().has(ALLOW_METHODS), preflight::toString);
    }
  }

  @Test
  void a_handler_behind_ours_is_told_of_beside_one_before_it() throws Exception {
    router
        .route()
        .handler(
            context -> {
              context.response().putHeader("Access-Control-Allow-Origin", "*");
              context.next();
            });
    router.route().handler(new CorsPolicyHandler(POLICY.toBuilder().build()));
    router
        .get("/")
        .handler(
            context -> {
              context.response().putHeader("Access-Control-Allow-Origin", "*");
              context.end();
            });
    List<String> told = warnings(() -> assertShared(get("/", "Origin", "https://app.example")));
    assertEquals(2, told.size(), told::toString);
    assertTrue(told.get(0).startsWith("A handler before CorsPolicyHandler"), told::toString);
    assertTrue(told.get(1).contains("second CORS layer"), told::toString);
  }
}
