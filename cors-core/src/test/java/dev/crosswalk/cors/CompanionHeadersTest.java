package dev.crosswalk.cors;

import static dev.crosswalk.cors.Message.READER;
import static dev.crosswalk.cors.Message.WRITER;
import static dev.crosswalk.cors.Message.actual;
import static dev.crosswalk.cors.Message.preflight;
import static dev.crosswalk.cors.Message.request;
import static dev.crosswalk.cors.Message.response;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * Timing-Allow-Origin and Cross-Origin-Resource-Policy, which are not part of the CORS protocol.
 */
@DisplayName("Beside CORS, a policy writes")
class CompanionHeadersTest {

  private static final String A = "https://a.example";
  private static final String B = "https://b.example";
  private static final String EVIL = "https://evil.example";

  private static @Nullable String header(
      Cors cors, Message request, Message response, String name) {
    CorsDecision decision = cors.decide(request, READER);
    decision.writeTo(response, WRITER);
    String once = response.toString();
    decision.writeTo(response, WRITER);
    assertEquals(once, response.toString(), "the second writing changes nothing");
    return response.combined(name);
  }

  private static CorsPolicy.Builder list() {
    return CorsPolicy.builder().allowOrigins(A, B);
  }

  @Test
  void nothing_by_default_and_leaves_alone_what_the_application_writes() {
    Message response =
        response()
            .with("Timing-Allow-Origin", "*")
            .with("Cross-Origin-Resource-Policy", "same-site");
    list().build().decide(actual(A), READER).writeTo(response, WRITER);
    assertEquals("*", response.combined("Timing-Allow-Origin"));
    assertEquals("same-site", response.combined("Cross-Origin-Resource-Policy"));
    String bare = response().toString();
    Message none = response();
    CorsPolicy.none().decide(actual(A), READER).writeTo(none, WRITER);
    assertEquals(bare, none.toString());
  }

  @Nested
  @DisplayName("Timing-Allow-Origin")
  class Timing {

    private static final String NAME = "Timing-Allow-Origin";

    @Test
    void with_the_origin_that_may_read_and_for_no_other() {
      CorsPolicy policy = list().exposeTiming().build();
      assertEquals(A, header(policy, actual(A), response(), NAME));
      assertNull(header(policy, actual(EVIL), response(), NAME));
      assertNull(header(policy, request("GET"), response(), NAME));
      assertNull(header(policy, preflight(A, "PUT"), response(), NAME));
    }

    @Test
    void instead_of_what_the_application_wrote() {
      CorsPolicy policy = list().exposeTiming().build();
      assertEquals(A, header(policy, actual(A), response().with(NAME, "*"), NAME));
      assertNull(header(policy, actual(EVIL), response().with(NAME, "*"), NAME));
    }

    @Test
    void on_every_response_if_one_answer_is_for_all() {
      CorsPolicy any = CorsPolicy.builder().allowAnyOrigin().exposeTiming().build();
      assertEquals("*", header(any, request("GET"), response(), NAME));
      assertEquals("*", header(any, actual(EVIL), response(), NAME));
      CorsPolicy one = CorsPolicy.builder().allowOrigins(A).exposeTiming().build();
      assertEquals(A, header(one, actual(EVIL), response(), NAME));
    }
  }

  @Nested
  @DisplayName("Cross-Origin-Resource-Policy")
  class Embedding {

    private static final String NAME = "Cross-Origin-Resource-Policy";

    @Test
    void on_every_response_that_may_be_embedded_for_every_origin_and_on_no_preflight() {
      CorsPolicy policy = list().allowEmbedding().build();
      for (Message request : List.of(request("GET"), actual(A), actual(EVIL))) {
        assertEquals("cross-origin", header(policy, request, response(), NAME));
      }
      assertNull(header(policy, preflight(A, "PUT"), response(), NAME));
    }

    @Test
    void not_where_the_application_allows_less() {
      CorsPolicy policy = list().allowEmbedding().build();
      assertEquals(
          "same-origin",
          header(policy, request("GET"), response().with(NAME, "same-origin"), NAME));
    }

    @Test
    void not_beside_what_the_application_adds_later() {
      CorsPolicy policy = list().allowEmbedding().build();
      Message response = response();
      policy.decide(actual(A), READER).writeTo(response, WRITER);
      response.with(NAME, "same-origin");
      assertEquals("same-origin", header(policy, actual(A), response, NAME));
    }
  }

  @Test
  void them_by_settings_that_can_be_read_back() {
    CorsPolicy policy = list().exposeTiming().allowEmbedding().build();
    String properties = policy.toString();
    assertTrue(
        properties.endsWith("\ncors.expose-timing=true\ncors.allow-embedding=true"), properties);
    assertEquals(policy, policy.toBuilder().build());
    assertFalse(policy.equals(list().build()));
  }
}
