package dev.crosswalk.cors;

import static dev.crosswalk.cors.Message.READER;
import static dev.crosswalk.cors.Message.actual;
import static dev.crosswalk.cors.Message.preflight;
import static dev.crosswalk.cors.Message.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.crosswalk.cors.CorsDecision.Proceed;
import dev.crosswalk.cors.CorsDecision.Respond;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What adapters ask before a framework or an application writes a header. */
@DisplayName("A decision")
class OwnedHeadersTest {

  private static final String A = "https://a.example";

  private static final List<String> NAMES =
      List.of(
          "Access-Control-Allow-Credentials",
          "Access-Control-Allow-Headers",
          "Access-Control-Allow-Methods",
          "Access-Control-Allow-Origin",
          "Access-Control-Expose-Headers",
          "Access-Control-Max-Age",
          "Cross-Origin-Resource-Policy",
          "ETag",
          "Timing-Allow-Origin",
          "Vary");

  private static final Set<String> OF_CORS =
      Set.of(
          "Access-Control-Allow-Credentials",
          "Access-Control-Allow-Origin",
          "Access-Control-Expose-Headers");

  private final CorsPolicy list =
      CorsPolicy.builder().allowOrigins(A, "https://b.example").allowMethods("PUT").build();
  private final CorsPolicy single = CorsPolicy.builder().allowOrigins(A).build();
  private final CorsPolicy companions = list.toBuilder().exposeTiming().allowEmbedding().build();

  private static List<Message> requests() {
    return List.of(
        request("GET"),
        actual(A),
        actual("https://evil.example"),
        preflight(A, "PUT"),
        preflight(A, "PATCH"),
        preflight("https://evil.example", "PUT"));
  }

  private static Set<String> names(Predicate<String> said) {
    Set<String> names = new TreeSet<>();
    for (String name : NAMES) {
      if (said.test(name)) {
        names.add(name);
      }
      assertEquals(said.test(name), said.test(name.toUpperCase(Locale.ROOT)), name);
    }
    return names;
  }

  private static void assertOwns(Set<String> owned, Set<String> merged, Cors cors) {
    for (Message request : requests()) {
      CorsDecision decision = cors.decide(request, READER);
      assertEquals(owned, names(decision::owns), request::toString);
      assertEquals(merged, names(decision::merges), request::toString);
    }
  }

  @Test
  void owns_the_headers_that_say_who_may_read_and_adds_to_Vary_where_that_depends() {
    assertOwns(OF_CORS, Set.of("Vary"), list);
    assertOwns(OF_CORS, Set.of(), single);
    assertOwns(OF_CORS, Set.of(), CorsPolicy.none());
  }

  @Test
  void owns_the_header_about_timing_and_adds_to_that_about_embedding_if_so_set() {
    Set<String> owned = new TreeSet<>(OF_CORS);
    owned.add("Timing-Allow-Origin");
    assertOwns(owned, Set.of("Cross-Origin-Resource-Policy", "Vary"), companions);
  }

  @Test
  void adds_to_Vary_where_a_header_of_the_request_chose_the_policy() {
    assertOwns(OF_CORS, Set.of("Vary"), Cors.choosing(facts -> single, "X-Tenant"));
  }

  @Test
  void without_a_policy_owns_nothing() {
    Cors none = Cors.choosing(facts -> null);
    assertOwns(Set.of(), Set.of(), none);
    assertOwns(Set.of(), Set.of("Vary"), Cors.choosing(facts -> null, "X-Tenant"));
    for (Message request : requests()) {
      assertFalse(none.decideAgain(request, READER).owns("Access-Control-Allow-Origin"));
    }
  }

  @Test
  void that_a_guard_makes_owns_what_its_policy_owns() {
    Cors guard = CrossOriginGuard.around(list).build();
    CorsDecision refused =
        guard.decide(request("POST").with("Sec-Fetch-Site", "cross-site"), READER);
    assertInstanceOf(Respond.class, refused);
    assertEquals(OF_CORS, names(refused::owns));
    Cors ofNobody = CrossOriginGuard.around(Cors.choosing(facts -> null, "X-Tenant")).build();
    refused = ofNobody.decide(request("POST").with("Sec-Fetch-Site", "cross-site"), READER);
    assertInstanceOf(Respond.class, refused);
    assertEquals(Set.of(), names(refused::owns));
    assertEquals(Set.of("Vary"), names(refused::merges));
  }

  @Test
  void is_printed_with_what_it_decides() {
    CorsDecision proceed = list.decide(actual(A), READER);
    assertInstanceOf(Proceed.class, proceed);
    assertEquals("Proceed[ACTUAL, ALLOWED]", proceed.toString());
    assertEquals("Respond[204, ALLOWED]", list.decide(preflight(A, "PUT"), READER).toString());
    assertEquals(
        "Respond[403, ORIGIN_NOT_ALLOWED]",
        list.decide(preflight("https://evil.example", "PUT"), READER).toString());
  }

  @Test
  void written_without_Vary_leaves_that_of_the_application_alone_and_all_else_is_the_same() {
    Message once = Message.response();
    list.decide(actual(A), READER).writeTo(once, Message.WRITER.withoutVary());
    assertEquals("Access-Control-Allow-Origin: https://a.example\n", once.toString());

    Message own =
        Message.response().with("Access-Control-Allow-Origin", "*").with("Vary", "Accept");
    list.decide(actual("https://evil.example"), READER).writeTo(own, Message.WRITER.withoutVary());
    assertEquals("Vary: Accept\n", own.toString());
  }
}
