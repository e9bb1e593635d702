package dev.crosswalk.cors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with the settings of a guard, and what is doubtful. */
@DisplayName("The validation of a guard")
class GuardValidationTest {

  private final CorsPolicy policy =
      CorsPolicy.builder()
          .allowOrigins("https://app.example", "https://reader.example")
          .allowMethods("PUT")
          .allowCredentials()
          .exposeResponseHeaders("X-Reason")
          .build();

  static List<ProblemCode> codes(CrossOriginGuard guard) {
    return guard.warnings().stream().map(PolicyProblem::code).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "https://app.example/, ORIGIN_TRAILING_SLASH",
    "app.example, ORIGIN_SCHEME_MISSING",
    "https://app.example#x, ORIGIN_FRAGMENT",
    "https://ex ample.com, ORIGIN_WHITESPACE",
    "null, GUARD_TRUSTS_NULL",
    "*, GUARD_TRUSTS_ANY_ORIGIN",
    "https://*.github.io, GUARD_TRUSTS_ANYONE",
    "https://*.amazonaws.com, GUARD_TRUSTS_ANYONE",
    "https://app-*.vercel.app, GUARD_TRUSTS_ANYONE",
    "moz-extension://*, GUARD_TRUSTS_ANYONE",
  })
  void refuses_to_trust_what_is_no_origin(String origin, ProblemCode code) {
    CrossOriginGuard.Builder builder = CrossOriginGuard.around(policy).trustOrigins(origin);

    InvalidCorsPolicyException e = assertThrows(InvalidCorsPolicyException.class, builder::build);

    assertEquals(List.of(code), e.problems().stream().map(PolicyProblem::code).toList());
    assertEquals("guard.trusted-origins", e.problems().get(0).setting());
  }

  @Test
  void says_whether_the_guard_or_the_policy_has_the_problems() {
    assertTrue(
        assertThrows(
                InvalidCorsPolicyException.class,
                () -> CrossOriginGuard.around(policy).trustOrigins("*").exemptPaths("a").build())
            .getMessage()
            .startsWith("The guard has 2 problems:\n"));
    assertTrue(
        assertThrows(
                InvalidCorsPolicyException.class,
                () -> CrossOriginGuard.around(policy).trustOrigins("*").build())
            .getMessage()
            .startsWith("The guard has 1 problem:\n"));
    Surroundings both =
        Surroundings.file(
            """
            cors.allowed-origins=https://a.example/
            cors.guard.enabled=true
            cors.guard.trusted-origins=*
            """);
    assertTrue(
        assertThrows(InvalidCorsPolicyException.class, both::load)
            .getMessage()
            .startsWith("The CORS policy and the guard have 2 problems:\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "htps://app.example, ORIGIN_SCHEME_DOUBTFUL",
    "https://xn--a.example, ORIGIN_HOST_PUNYCODE",
  })
  void says_of_a_trusted_origin_what_it_says_of_an_allowed_one(String origin, ProblemCode code) {
    CorsPolicy allowing = CorsPolicy.builder().allowOrigins(origin).build();
    CrossOriginGuard trusting =
        CrossOriginGuard.around(CorsPolicy.none()).trustOrigins(origin).build();

    assertEquals(List.of(code), allowing.warnings().stream().map(PolicyProblem::code).toList());
    assertEquals(List.of(code), codes(trusting));
    PolicyProblem allowed = allowing.warnings().get(0);
    PolicyProblem trusted = trusting.warnings().get(0);
    assertEquals("guard.trusted-origins", trusted.setting());
    assertEquals(0, trusted.index());
    assertEquals(allowed.reason(), trusted.reason());
    assertEquals(allowed.remedy(), trusted.remedy());
  }

  @Test
  void names_everything_that_is_wrong_at_once() {
    @SuppressWarnings("NullAway") // What a caller without a checker may do.
    CrossOriginGuard.Builder builder =
        CrossOriginGuard.around(policy)
            .trustOrigins((String[]) null)
            .trustOrigins("x")
            .exemptPaths("/a/../b")
            .exemptPathsBelow("/a/*");

    InvalidCorsPolicyException e = assertThrows(InvalidCorsPolicyException.class, builder::build);

    assertEquals(
        Arrays.asList(
            ProblemCode.ORIGIN_EMPTY,
            ProblemCode.ORIGIN_SCHEME_MISSING,
            ProblemCode.PATH_NOT_NORMAL,
            ProblemCode.PATH_WILDCARD),
        e.problems().stream().map(PolicyProblem::code).toList());
  }

  @Test
  @SuppressWarnings("NullAway") // What a caller without a checker may do.
  void is_not_begun_around_null() {
    assertEquals(
        "The policy is null: give one, or CorsPolicy.none()",
        assertThrows(NullPointerException.class, () -> CrossOriginGuard.around(null)).getMessage());
  }

  @Test
  void says_so_when_it_trusts_the_very_readers() {
    CrossOriginGuard trusting =
        CrossOriginGuard.around(policy)
            .trustOrigins("https://reader.example", "https://app.example")
            .build();

    assertEquals(List.of(ProblemCode.GUARD_TRUSTS_READERS), codes(trusting));
    CrossOriginGuard another =
        CrossOriginGuard.around(policy)
            .trustOrigins("https://app.example", "https://*.trusted.example")
            .build();
    assertFalse(codes(another).contains(ProblemCode.GUARD_TRUSTS_READERS));
  }

  @Test
  void says_so_when_it_trusts_all_readers_of_a_wildcard() {
    CorsPolicy readers = CorsPolicy.builder().allowOrigins("https://*.app.example").build();

    assertEquals(
        List.of(ProblemCode.GUARD_TRUSTS_READERS),
        codes(CrossOriginGuard.around(readers).trustOrigins("https://*.app.example").build()));
  }

  @Test
  void says_nothing_when_the_only_reader_is_trusted() {
    Cors guard =
        CrossOriginGuard.around(CorsPolicy.builder().allowOrigins("https://app.example").build())
            .trustOrigins("https://app.example")
            .build();

    assertEquals(List.of(), guard.warnings());
  }

  @Test
  void warns_of_a_guard_that_guards_nothing() {
    assertEquals(
        List.of(ProblemCode.GUARD_EXEMPTS_EVERYTHING),
        codes(CrossOriginGuard.around(CorsPolicy.none()).exemptPathsBelow("/").build()));
    assertEquals(
        List.of(), codes(CrossOriginGuard.around(CorsPolicy.none()).exemptPaths("/").build()));
  }

  @Test
  void warns_of_what_is_listed_twice() {
    assertEquals(
        List.of(
            ProblemCode.GUARD_DUPLICATE, ProblemCode.GUARD_DUPLICATE, ProblemCode.GUARD_DUPLICATE),
        codes(
            CrossOriginGuard.around(CorsPolicy.none())
                .trustOrigins("https://a.example", "https://a.example")
                .exemptPaths("/a", "/a", "/b")
                .exemptPathsBelow("/b", "/c", "/c")
                .build()));
  }

  @Test
  void has_the_warnings_of_its_policy_too() {
    CorsPolicy doubtful =
        CorsPolicy.builder().allowOrigins("https://app.example").allowMethods("patch").build();
    List<ProblemCode> ofPolicy = doubtful.warnings().stream().map(PolicyProblem::code).toList();

    assertEquals(1, ofPolicy.size());
    assertEquals(ofPolicy, codes(CrossOriginGuard.around(doubtful).build()));
  }

  @Test
  void nobody_knows_who_may_read_by_a_policy_that_is_chosen_or_replaced() {
    for (Cors unknown :
        List.of(Cors.choosing(facts -> CorsPolicy.none()), new ReloadableCors(CorsPolicy.none()))) {
      CrossOriginGuard asking =
          CrossOriginGuard.around(unknown).trustOriginsAllowedWithCredentials().build();
      assertFalse(codes(asking).contains(ProblemCode.GUARD_TRUSTS_NOBODY), unknown::toString);
    }
    CrossOriginGuard known =
        CrossOriginGuard.around(Cors.byPath(Map.of("/", CorsPolicy.none())))
            .trustOriginsAllowedWithCredentials()
            .build();
    assertTrue(codes(known).contains(ProblemCode.GUARD_TRUSTS_NOBODY));
  }
}
