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
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    void warns_of_a_word_that_is_listed_twice_and_refuses_one_beside_the_gate() {
      assertEquals(List.of(ProblemCode.ORIGIN_DUPLICATE), codes(allowing("*", "*")));
      assertEquals(List.of(), codes(allowing("*")));
      assertEquals(
          List.of(ProblemCode.DANGER_ANY_ORIGIN),
          codes(allowing(A).dangerouslyAllowOrigins("none")));
    }

    @Test
    void warns_in_the_order_of_its_origins() {
      assertEquals(
          List.of(ProblemCode.ORIGIN_REDUNDANT, ProblemCode.ORIGIN_SCHEME_DOUBTFUL),
          codes(allowing("https://x.a.example", "https://*.a.example", "htps://b.example")));
    }

    @Test
    void takes_null_in_lower_case_and_once() {
      InvalidCorsPolicyException e =
          assertThrows(
              InvalidCorsPolicyException.class,
              () -> CorsPolicy.builder().dangerouslyAllowOrigins("NULL").build());
      assertEquals(ProblemCode.ORIGIN_UPPER_CASE, e.problems().get(0).code());
      assertEquals("write \"null\"", e.problems().get(0).remedy());
    }

    @Test
    void tells_names_of_headers_apart_in_any_case() {
      assertEquals(List.of(), codes(allowing(A).exposeResponseHeaders("X-A", "X-B")));
      assertEquals(
          List.of(ProblemCode.RESPONSE_HEADER_DUPLICATE),
          codes(allowing(A).exposeResponseHeaders("X-A", "x-a")));
    }

    @Test
    void refuses_a_forbidden_method_also_where_any_is_allowed() {
      assertEquals(
          List.of(ProblemCode.METHOD_FORBIDDEN), codes(allowing(A).allowMethods("*", "CONNECT")));
    }

    @Test
    void may_have_its_preflights_kept_for_as_long_as_Chromium_keeps_them() {
      assertEquals(List.of(), codes(allowing(A).maxAge(Duration.ofHours(2))));
      assertEquals(
          List.of(ProblemCode.MAX_AGE_CAPPED),
          codes(allowing(A).maxAge(Duration.ofHours(2).plusSeconds(1))));
    }

    @Test
    void needs_no_gate_for_an_insecure_origin_in_code_and_may_in_a_file_of_all_profiles() {
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

    @ParameterizedTest
    @ValueSource(
        strings = {"chrome-extension://*", "moz-extension://*", "safari-web-extension://*"})
    void lets_any_extension_read_only_without_credentials_and_no_gate_opens_that(String any) {
      assertEquals(List.of(), codes(allowing(any)));
      assertEquals(
          List.of(ProblemCode.ORIGIN_ANY_EXTENSION), codes(allowing(any).allowCredentials()));
      CorsPolicy.Builder dangerous = allowing(A).dangerouslyAllowOrigins(any);
      assertEquals(List.of(ProblemCode.DANGER_UNUSED), codes(dangerous));
      InvalidCorsPolicyException e =
          assertThrows(
              InvalidCorsPolicyException.class, () -> dangerous.allowCredentials().build());
      assertEquals(ProblemCode.ORIGIN_ANY_EXTENSION, e.problems().get(0).code());
      assertFalse(e.getMessage().contains("dangerouslyAllowOrigins(\""), e.getMessage());
    }

    @Test
    void says_in_code_what_to_write_in_code_and_in_configuration_what_to_write_there() {
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
    void shows_an_origin_as_it_is_written_and_another_value_without_white_space() {
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
      assertTrue(
          e.problems().get(0).toString().startsWith("property cors.allow-credentials \"yes\": "),
          e::toString);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "https://user:sEc@app.example.com | https://***@app.example.com",
          "https://sEc@app.example.com | https://***@app.example.com",
          "https://user:s@sEc@app.example.com/ | https://***@app.example.com/",
          "https://user:p9/sEc@app.example.com | https://***@app.example.com",
          "https://a.example https://u:sEc@b.example | https://a.example https://***@b.example",
          "https://a.example,https://u:sEc@b.example | https://a.example,https://***@b.example",
          "user:sEc@app.example.com | ***@app.example.com",
          "https:/user:sEc@app.example.com | ***@app.example.com",
          "https//user:sEc@app.example.com | https//***@app.example.com",
          "https://a.example/@scope | https://a.example/@scope",
          "https://a.example/a/b:c@d | https://a.example/a/b:c@d",
        })
    void shows_no_password_in_its_message(String written, String shown) {
      PolicyProblem problem =
          assertThrows(InvalidCorsPolicyException.class, () -> allowing(written).build())
              .problems()
              .get(0);
      assertEquals("allowed-origins[0] \"" + shown + "\"", problem.subject());
      assertFalse(problem.toString().contains("sEc"), problem::toString);
      assertEquals(written, problem.value());
    }

    @Test
    void of_a_host_a_path_or_a_line_shows_no_password_either() {
      String url = "https://user:sEc@app.example.com";
      CorsPolicy none = CorsPolicy.none();
      for (Executable attempt :
          List.<Executable>of(
              () -> Cors.byHost(Map.of(url, none)),
              () -> Cors.byPath(Map.of(url + "/api", none)),
              () -> CrossOriginGuard.around(none).trustOrigins(url).build(),
              () -> Surroundings.file("cors.allowed-origins=https://a.example\n" + url).load())) {
        String message = assertThrows(InvalidCorsPolicyException.class, attempt).getMessage();
        assertTrue(message.contains("***@app.example.com"), message);
        assertFalse(message.contains("sEc"), message);
      }
    }

    @ParameterizedTest
    @CsvSource({
      "http://localhost:3000-3010, true",
      "http://localhost:3*, true",
      "http://*.localhost:3*, true",
      "http://127.0.0.1:80*, true",
      "https://[::1]:8*, true",
      "https://app.example:3000-3010, false",
      "https://*.example.com:8*, false",
    })
    void of_a_range_of_ports_names_the_wildcard_where_that_opens_nothing_more(
        String origin, boolean names) {
      PolicyProblem problem =
          assertThrows(InvalidCorsPolicyException.class, () -> allowing(origin).build())
              .problems()
              .get(0);
      assertEquals(ProblemCode.ORIGIN_PORT_WILDCARD, problem.code());
      assertEquals("a port is a number" + (names ? ", or * for any port" : ""), problem.reason());
      assertEquals("list an origin for each port", problem.remedy());
    }

    @Test
    void of_a_placeholder_keeps_its_remedy() {
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
    void of_a_path_names_its_kind(String path, ProblemCode code) {
      InvalidCorsPolicyException e =
          assertThrows(
              InvalidCorsPolicyException.class, () -> Cors.byPath(Map.of(path, CorsPolicy.none())));
      assertEquals(code, e.problems().get(0).code());
    }

    @Test
    void is_one_of_at_most_a_hundred_in_a_message_which_is_all_that_is_serialized()
        throws IOException, ClassNotFoundException {
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
    void is_a_list_however_it_is_given() {
      assertEquals(
          CorsPolicy.builder()
              .allowOrigins("https://a.example", "https://b.example")
              .dangerouslyAllowOrigins("https://*.vercel.app")
              .allowCredentials()
              .allowMethods("PUT", "DELETE")
              .allowRequestHeaders("X-A", "X-B")
              .exposeResponseHeaders("X-C", "X-D")
              .build(),
          CorsPolicy.builder()
              .allowOrigins(List.of("https://a.example", "https://b.example"))
              .dangerouslyAllowOrigins(List.of("https://*.vercel.app"))
              .allowCredentials()
              .allowMethods(List.of("PUT", "DELETE"))
              .allowRequestHeaders(List.of("X-A", "X-B"))
              .exposeResponseHeaders(List.of("X-C", "X-D"))
              .build());
      assertEquals(
          CrossOriginGuard.around(CorsPolicy.none())
              .trustOrigins("https://a.example")
              .exemptPaths("/a", "/b")
              .exemptPathsBelow("/c", "/d")
              .build(),
          CrossOriginGuard.around(CorsPolicy.none())
              .trustOrigins(List.of("https://a.example"))
              .exemptPaths(List.of("/a", "/b"))
              .exemptPathsBelow(List.of("/c", "/d"))
              .build());
    }

    @Test
    void has_a_key_a_method_and_a_description() {
      assertTrue(Setting.keys("x.", Setting.Scope.NAMED_POLICY).contains("x.paths"));
      assertTrue(Setting.MAX_AGE.method().contains("maxAge"));
      assertFalse(Setting.MAX_AGE.description().isEmpty());
    }

    @Test
    void is_a_flag_or_a_duration_in_every_usual_spelling() {
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
    void without_the_request_says_that_nobody_is_allowed_where_nobody_is() {
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
    void does_not_name_requested_headers_where_there_are_none() {
      assertTrue(explain(policy, preflight(A, "PUT", "")).endsWith(" send \"PUT\"."));
      assertTrue(explain(policy, preflight(A, "PUT", "x-a")).endsWith("requested headers."));
    }

    @Test
    void of_a_write_without_an_origin_or_a_host_names_neither() {
      Cors guard = CrossOriginGuard.around(policy).build();
      Message withoutOrigin = request("POST").with("Sec-Fetch-Site", "cross-site");
      assertEquals(
          guard.decide(withoutOrigin, READER).explanation(), explain(guard, withoutOrigin));
      assertFalse(explain(guard, withoutOrigin).isEmpty());
      Message withoutHost = request("POST").with("Origin", "https://c.example");
      assertFalse(explain(guard, withoutHost).contains("sent to the host"));
    }

    @Test
    void of_a_write_names_the_setting_of_the_guard_and_none_of_a_policy_by_path() {
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
    void knows_the_servers_own_origin_by_the_authority_of_the_requests_target_too() {
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
    void says_that_an_origin_or_a_method_is_too_long_only_where_it_is() {
      int most = Origin.MAX_LENGTH;
      String longest = A + "/".repeat(most - A.length());
      assertFalse(explain(policy, actual(longest)).contains("it is too long"));
      assertTrue(explain(policy, actual(longest + "/")).contains("it is too long"));
      String method = "P".repeat(Protocol.MAX_REPEATED_METHOD_LENGTH);
      assertFalse(explain(policy, preflight(A, method)).contains("longer than any method"));
      assertTrue(explain(policy, preflight(A, method + "P")).contains("longer than any method"));
    }

    @Test
    void of_another_request_than_the_one_that_was_decided_about_names_nothing_of_it() {
      CorsDecision refused = policy.decide(preflight(A, "PUT", "x-b"), READER);
      assertEquals(Outcome.HEADER_NOT_ALLOWED, refused.outcome());
      assertEquals(refused.explanation(), refused.explanation(preflight(A, "PUT", "x-a"), READER));
    }
  }
}
