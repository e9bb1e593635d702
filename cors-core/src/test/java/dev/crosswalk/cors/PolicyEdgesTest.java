package dev.crosswalk.cors;

import static dev.crosswalk.cors.Message.READER;
import static dev.crosswalk.cors.Message.actual;
import static dev.crosswalk.cors.Message.preflight;
import static dev.crosswalk.cors.Message.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsDecision.Outcome;
import dev.crosswalk.cors.internal.origin.Origin;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lies at a limit, or is written in an unusual way. */
@DisplayName("At the edges")
class PolicyEdgesTest {

  private static final String A = "https://a.example";
  private static final String B = "https://b.example";

  private static List<ProblemCode> codes(CorsPolicy.Builder builder) {
    try {
      return builder.build().warnings().stream().map(PolicyProblem::code).toList();
    } catch (InvalidCorsPolicyException e) {
      return e.problems().stream().map(PolicyProblem::code).toList();
    }
  }

  private static CorsPolicy.Builder allowing(String... origins) {
    return CorsPolicy.builder().allowOrigins(origins);
  }

  @Nested
  @DisplayName("a policy")
  class OfAPolicy {

    @Test
    @DisplayName("warns of a word that is listed twice, and refuses one beside the gate")
    void words() {
      assertEquals(List.of(ProblemCode.ORIGIN_DUPLICATE), codes(allowing("*", "*")));
      assertEquals(List.of(), codes(allowing("*")));
      assertEquals(
          List.of(ProblemCode.DANGER_ANY_ORIGIN),
          codes(allowing(A).dangerouslyAllowOrigins("none")));
    }

    @Test
    @DisplayName("warns in the order of its origins")
    void order() {
      assertEquals(
          List.of(ProblemCode.ORIGIN_REDUNDANT, ProblemCode.ORIGIN_SCHEME_DOUBTFUL),
          codes(allowing("https://x.a.example", "https://*.a.example", "htps://b.example")));
    }

    @Test
    @DisplayName("takes null in lower case, and once")
    void nullOrigin() {
      InvalidCorsPolicyException e =
          assertThrows(
              InvalidCorsPolicyException.class,
              () -> CorsPolicy.builder().dangerouslyAllowOrigins("NULL").build());
      assertEquals(ProblemCode.ORIGIN_UPPER_CASE, e.problems().get(0).code());
      assertEquals("write \"null\"", e.problems().get(0).remedy());
    }

    @Test
    @DisplayName("tells names of headers apart, in any case")
    void names() {
      assertEquals(List.of(), codes(allowing(A).exposeResponseHeaders("X-A", "X-B")));
      assertEquals(
          List.of(ProblemCode.RESPONSE_HEADER_DUPLICATE),
          codes(allowing(A).exposeResponseHeaders("X-A", "x-a")));
    }

    @Test
    @DisplayName("refuses a forbidden method also where any is allowed")
    void forbiddenBesideAny() {
      assertEquals(
          List.of(ProblemCode.METHOD_FORBIDDEN), codes(allowing(A).allowMethods("*", "CONNECT")));
    }

    @Test
    @DisplayName("may have its preflights kept for as long as Chromium keeps them")
    void maxAge() {
      assertEquals(List.of(), codes(allowing(A).maxAge(Duration.ofHours(2))));
      assertEquals(
          List.of(ProblemCode.MAX_AGE_CAPPED),
          codes(allowing(A).maxAge(Duration.ofHours(2).plusSeconds(1))));
    }

    @Test
    @DisplayName("needs no gate for an insecure origin in code, and may in a file of all profiles")
    void gate() {
      assertEquals(
          List.of(ProblemCode.DANGER_UNUSED),
          codes(allowing(A).dangerouslyAllowOrigins("http://b.example")));
      Map<String, String> insecure =
          Map.of("cors.allowed-origins", A, "cors.dangerously-allowed-origins", "http://b.example");
      assertEquals(List.of(), CorsConfiguration.of(insecure).warnings());
      Map<String, String> secure =
          Map.of("cors.allowed-origins", A, "cors.dangerously-allowed-origins", B);
      assertEquals(
          List.of(ProblemCode.DANGER_UNUSED),
          CorsConfiguration.of(secure).warnings().stream().map(PolicyProblem::code).toList());
    }

    @Test
    @DisplayName("says in code what to write in code, and in configuration what to write there")
    void remedies() {
      InvalidCorsPolicyException inCode =
          assertThrows(InvalidCorsPolicyException.class, () -> CorsPolicy.builder().build());
      assertTrue(inCode.getMessage().contains("CorsPolicy.none()"), inCode.getMessage());
      inCode =
          assertThrows(
              InvalidCorsPolicyException.class,
              () -> allowing("http://b.example").allowCredentials().build());
      assertTrue(
          inCode.getMessage().contains(" dangerouslyAllowOrigins(\"http://b.example\")"),
          inCode.getMessage());
      InvalidCorsPolicyException inConfiguration =
          assertThrows(
              InvalidCorsPolicyException.class,
              () -> CorsConfiguration.of(Map.of("cors.max-age", "1h")));
      assertTrue(
          inConfiguration.getMessage().contains("cors.allowed-origins=none"),
          inConfiguration.getMessage());
    }
  }

  @Nested
  @DisplayName("a problem")
  class OfAProblem {

    @Test
    @DisplayName("shows an origin as it is written, and another value without white space")
    void values() {
      InvalidCorsPolicyException e =
          assertThrows(
              InvalidCorsPolicyException.class, () -> allowing(" https://a.example").build());
      assertEquals(" https://a.example", e.problems().get(0).value());
      e =
          assertThrows(
              InvalidCorsPolicyException.class,
              () ->
                  CorsConfiguration.of(
                      Map.of("cors.allowed-origins", A, "cors.allow-credentials", " yes ")));
      assertEquals("yes", e.problems().get(0).value());
      assertTrue(e.problems().get(0).toString().contains(" cors.allow-credentials: "), e::toString);
    }

    @Test
    @DisplayName("of a placeholder keeps its remedy")
    void placeholder() {
      PolicyProblem problem =
          ProblemCode.CONFIGURATION_PLACEHOLDER.at("cors.x", "${X}", 0, null, "CORS_X");
      assertSame(problem, problem.instead(List.of("y")));
      assertSame(problem, problem.instead(List.of()));
    }

    @ParameterizedTest
    @CsvSource({
      "/a/{id}/*, PATH_VARIABLE",
      "/a/:id/*, PATH_VARIABLE",
      "/a/:id, PATH_VARIABLE",
      "/a/{id}, PATH_VARIABLE",
      "/a/*, PATH_WILDCARD",
      "/**, PATH_WILDCARD",
      "//, PATH_TRAILING_SLASH",
    })
    @DisplayName("of a path names its kind")
    void paths(String path, ProblemCode code) {
      InvalidCorsPolicyException e =
          assertThrows(
              InvalidCorsPolicyException.class, () -> Cors.byPath(Map.of(path, CorsPolicy.none())));
      assertEquals(code, e.problems().get(0).code());
    }

    @Test
    @DisplayName("is one of at most a hundred in a message, which is all that is serialized")
    void hundred() throws IOException, ClassNotFoundException {
      List<String> wrong = Collections.nCopies(100, "https://a.example/");
      InvalidCorsPolicyException e =
          assertThrows(
              InvalidCorsPolicyException.class,
              () -> CorsPolicy.builder().allowOrigins(wrong).build());
      assertEquals(100, e.problems().size());
      assertTrue(e.getMessage().startsWith("The CORS policy has 100 problems:\n"));
      assertFalse(e.getMessage().contains(" more."));
      e = assertThrows(InvalidCorsPolicyException.class, () -> allowing("x").build());
      assertTrue(e.getMessage().startsWith("The CORS policy has 1 problem:\n"), e.getMessage());
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
        stream.writeObject(e);
      }
      try (ObjectInputStream stream =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        InvalidCorsPolicyException read = (InvalidCorsPolicyException) stream.readObject();
        assertEquals(e.getMessage(), read.getMessage());
        assertEquals(List.of(), read.problems());
      }
    }
  }

  @Nested
  @DisplayName("a setting")
  class OfASetting {

    @Test
    @DisplayName("has a key, a method and a description")
    void keys() {
      assertTrue(Setting.keys("x.", Setting.Scope.NAMED_POLICY).contains("x.paths"));
      assertTrue(Setting.MAX_AGE.method().contains("maxAge"));
      assertFalse(Setting.MAX_AGE.description().isEmpty());
    }

    @Test
    @DisplayName("is a flag or a duration in every usual spelling")
    void values() {
      assertEquals(Boolean.TRUE, Setting.flag(" ON "));
      assertEquals(Boolean.FALSE, Setting.flag(" Off "));
      assertNull(Setting.flag("maybe"));
      assertEquals(Duration.ofMinutes(9), Setting.duration("9m"));
      assertEquals(Duration.ofMinutes(190), Setting.duration("190m"));
      assertNull(Setting.duration("1/m"));
      assertNull(Setting.duration("1:m"));
    }
  }

  @Nested
  @DisplayName("an explanation")
  class OfAnExplanation {

    private final CorsPolicy policy =
        allowing(A, B).allowMethods("PUT").allowRequestHeaders("X-A").build();

    private String explain(Cors cors, Message request) {
      return cors.decide(request, READER).explanation(request, READER);
    }

    @Test
    @DisplayName("without the request says that nobody is allowed where nobody is")
    void nobody() {
      CorsPolicy none = allowing("none").build();
      assertEquals("The policy allows no origin.", none.decide(actual(A), READER).explanation());
      assertFalse(none.decide(request("GET"), READER).explanation().contains("allows no origin"));
      assertFalse(
          policy
              .decide(actual("https://c.example"), READER)
              .explanation()
              .contains("allows no origin"));
    }

    @Test
    @DisplayName("does not name requested headers where there are none")
    void noNames() {
      assertTrue(explain(policy, preflight(A, "PUT", "")).endsWith(" send \"PUT\"."));
      assertTrue(explain(policy, preflight(A, "PUT", "x-a")).endsWith("requested headers."));
    }

    @Test
    @DisplayName("of a write without an origin or a host names neither")
    void writes() {
      Cors guard = CrossOriginGuard.around(policy).build();
      Message withoutOrigin = request("POST").with("Sec-Fetch-Site", "cross-site");
      assertEquals(
          guard.decide(withoutOrigin, READER).explanation(), explain(guard, withoutOrigin));
      assertFalse(explain(guard, withoutOrigin).isEmpty());
      Message withoutHost = request("POST").with("Origin", "https://c.example");
      assertFalse(explain(guard, withoutHost).contains("sent to the host"));
    }

    @Test
    @DisplayName("of a write names the setting of the guard, and none of a policy by path")
    void setting() {
      Cors cors =
          CorsConfiguration.of(
              Map.of(
                  "cors.guard.enabled",
                  "true",
                  "cors.policies.api.paths",
                  "/",
                  "cors.policies.api.allowed-origins",
                  A + ", " + B));
      String explanation =
          explain(cors, request("POST").with("Origin", A).with("Sec-Fetch-Site", "cross-site"));
      assertTrue(explanation.contains(" cors.guard.trusted-origins"), explanation);
    }

    @Test
    @DisplayName("knows the server's own origin by the authority of the request's target, too")
    void authority() {
      RequestReader<Message> reader =
          new RequestReader<>() {
            @Override
            public String method(Message request) {
              return READER.method(request);
            }

            @Override
            public String path(Message request) {
              return READER.path(request);
            }

            @Override
            public @Nullable String header(Message request, String name) {
              return READER.header(request, name);
            }

            @Override
            public String authority(Message request) {
              return "own.example";
            }
          };
      assertEquals(
          Outcome.SAME_ORIGIN, policy.decide(actual("https://own.example"), reader).outcome());
      assertEquals(
          Outcome.ORIGIN_NOT_ALLOWED,
          policy
              .decide(actual("https://own.example").with("Host", "other.example"), reader)
              .outcome());
    }

    @Test
    @DisplayName("says that an origin or a method is too long only where it is")
    void lengths() {
      int most = Origin.MAX_LENGTH;
      String longest = A + "/".repeat(most - A.length());
      assertFalse(explain(policy, actual(longest)).contains("it is too long"));
      assertTrue(explain(policy, actual(longest + "/")).contains("it is too long"));
      String method = "P".repeat(Protocol.MAX_REPEATED_METHOD_LENGTH);
      assertFalse(explain(policy, preflight(A, method)).contains("longer than any method"));
      assertTrue(explain(policy, preflight(A, method + "P")).contains("longer than any method"));
    }

    @Test
    @DisplayName("of another request than the one that was decided about names nothing of it")
    void anotherRequest() {
      CorsDecision refused = policy.decide(preflight(A, "PUT", "x-b"), READER);
      assertEquals(Outcome.HEADER_NOT_ALLOWED, refused.outcome());
      assertEquals(refused.explanation(), refused.explanation(preflight(A, "PUT", "x-a"), READER));
    }
  }
}
