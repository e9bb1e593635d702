package dev.crosswalk.cors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What adapters ask core for")
class CorsAdapterTest {

  @ParameterizedTest
  @CsvSource({
    "CORS_ALLOWED_ORIGINS, cors.allowed-origins",
    "cors_max_age, cors.max-age",
    "cors.policies.open-data.max-age, cors.policies.open-data.max-age",
    "CORS_GUARD_EXEMPT_PATHS, cors.guard.exempt-paths",
    "CORS_POLICIES_OPEN_DATA_MAX_AGE, cors.policies.open-data.max-age",
    "CORS_POLICIES_A_ALLOWED_ORIGINS, cors.policies.a.allowed-origins",
    "CORS_POLICIES_A_DANGEROUSLY_ALLOWED_ORIGINS, cors.policies.a.dangerously-allowed-origins",
    "CORS_ALLOWED_ORIGNS,",
    "CORS_POLICIES_A_ALLOWED_ORIGNS,",
    "CORS_SERVICE_PORT,",
    "CORS_,",
    "CORSET,",
    "PATH,",
  })
  void a_variable_of_the_environment_sets_a_setting_or_none(String variable, String setting) {
    assertEquals(setting, CorsAdapter.settingOf(variable));
  }

  private static List<String> warningsOfContextPath(String contextPath, String... paths) {
    CorsPolicy policy = CorsPolicy.builder().allowOrigins("https://app.example.com").build();
    Map<String, CorsPolicy> policies = new HashMap<>();
    List.of(paths).forEach(path -> policies.put(path, policy));
    Cors cors = paths.length == 0 ? policy : Cors.byPath(policies);
    return logged(() -> CorsAdapter.logMissingContextPath(new ReloadableCors(cors), contextPath));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/shop", "/shop/"})
  void paths_that_lack_the_context_path_are_told_with_it(String contextPath) {
    assertEquals(
        List.of(
            "No request to the application at /shop has the policy of /api, /shopping, because the"
                + " whole path is compared, with /shop in front. Write /shop/api,"
                + " /shop/shopping."),
        warningsOfContextPath(contextPath, "/", "/shopping", "/api"));
  }

  @Test
  void nothing_is_said_of_paths_that_can_be_those_of_the_application() {
    assertEquals(List.of(), warningsOfContextPath(null, "/api"));
    assertEquals(List.of(), warningsOfContextPath("", "/api"));
    assertEquals(List.of(), warningsOfContextPath("/", "/api"));
    assertEquals(List.of(), warningsOfContextPath("/shop", "/shop/api", "/blog/api"));
    assertEquals(List.of(), warningsOfContextPath("/shop/v1", "/shop"));
    assertEquals(List.of(), warningsOfContextPath("/shop", "/shop"));
    assertEquals(List.of(), warningsOfContextPath("/shop", "/"));
    assertEquals(List.of(), warningsOfContextPath("/shop"));
  }

  @Test
  void a_misspelled_variable_is_named_with_the_setting_that_is_meant_and_no_wider_one() {
    assertEquals(
        List.of(
            "The environment variable CORS_ALLOWED_ORIGNS is not a setting, so it is ignored. Did"
                + " you mean CORS_ALLOWED_ORIGINS?",
            "The environment variable CORS_MAXAGE is not a setting, so it is ignored. Did you mean"
                + " CORS_MAX_AGE?",
            "The environment variable cors.methods is not a setting, so it is ignored. Did you mean"
                + " CORS_ALLOWED_METHODS?"),
        logged(
            List.of(
                "CORS_MAXAGE",
                "cors.methods",
                "CORS_ALLOWED_ORIGNS",
                "CORS_ALLOWED_METHODS",
                "CORS_POLICIES_A_ALLOWED_ORIGNS",
                "CORS_SERVICE_HOST",
                "CORS_PROFILE",
                "PATH")));
  }

  @Test
  void the_key_of_a_setting_has_the_name_of_a_policy_where_it_belongs_to_one() {
    List<String> keys =
        CorsAdapter.settings().stream()
            .filter(setting -> setting.key().endsWith("max-age"))
            .map(setting -> setting.isOfNamedPolicy() + " " + setting.of("public-api"))
            .toList();
    assertEquals(List.of("false cors.max-age", "true cors.policies.public-api.max-age"), keys);
  }

  @Test
  void a_policy_is_required_and_its_warnings_are_left_to_the_adapter() {
    CorsPolicy doubtful =
        CorsPolicy.builder().allowOrigins("https://a.example").allowMethods("patch").build();
    assertEquals(1, doubtful.warnings().size());
    assertEquals(
        List.of(),
        logged(() -> assertSame(doubtful, CorsAdapter.requirePolicy(doubtful, "A filter"))));
    assertEquals(List.of(doubtful.warnings().get(0).toString()), logged(doubtful::logWarnings));
    NullPointerException e =
        assertThrows(NullPointerException.class, () -> CorsAdapter.requirePolicy(null, "A filter"));
    assertEquals(
        "A filter needs a policy, but got null. Pass a policy, or CorsPolicy.none() to allow no"
            + " one.",
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "org.apache.catalina.filters.CorsFilter, true",
    "com.example.shop.SimpleCORSFilter, true",
    "com.example.Filters$Cors, true",
    "com.example.Cross_Origin_Filter, true",
    "org.eclipse.jetty.servlets.CrossOriginFilter, true",
    "com.example.cors.AuditFilter, false",
    "com.example.CrossOriginOpenerPolicyFilter, false",
    "com.example.Cross_Origin_Embedder_Policy, false",
    "com.example.CrossOriginIsolation, false",
    "com.example.CrossOriginResourcePolicyFilter, false",
    "org.springframework.web.filter.CorsFilter, false",
    "com.example.LoginFilter, false",
  })
  void another_filter_for_CORS_is_named(String filter, boolean named) {
    List<String> warning =
        List.of(
            "The application has another filter for CORS beside MyFilter, "
                + filter
                + ". It may refuse origins that the policy allows. Remove it.");
    assertEquals(
        named ? warning : List.of(),
        logged(() -> CorsAdapter.logOtherFilters("MyFilter", List.of(filter, filter))));
  }

  @ParameterizedTest
  @CsvSource({
    "cors.allowed-origins[0], cors.allowed-origins",
    "cors.allowedOrigins[12], cors.allowedOrigins",
    "CORS_ALLOWED_ORIGINS_0, CORS_ALLOWED_ORIGINS",
    "CORS_ALLOWED_ORIGINS_0_, CORS_ALLOWED_ORIGINS_0_",
    "cors.allowed-origins, cors.allowed-origins",
    "cors.policies.v2.paths, cors.policies.v2.paths",
    "cors.policies.v2.paths[1], cors.policies.v2.paths",
  })
  void the_key_of_a_member_is_that_of_its_list_and_an_index(String key, String list) {
    assertEquals(list, CorsAdapter.listOf(key));
  }

  @Test
  void two_members_of_one_list_are_one_spelling_and_all_else_is_two() {
    assertNull(CorsAdapter.twice("a file", "cors.paths[0]", "cors.paths[1]"));
    assertEquals(
        "a file has the same setting twice: cors.max-age and cors.maxAge",
        CorsAdapter.twice("a file", "cors.max-age", "cors.maxAge"));
    assertEquals(
        "a file has the same setting twice: cors.paths and cors.paths[0]",
        CorsAdapter.twice("a file", "cors.paths", "cors.paths[0]"));
    assertEquals(
        "a file has the same setting twice: cors.the-paths[0] and cors.thePaths[1]",
        CorsAdapter.twice("a file", "cors.the-paths[0]", "cors.thePaths[1]"));
  }

  @Test
  void an_adapter_without_a_policy_says_so() {
    assertEquals(
        List.of(
            "A filter has no policy, so it does nothing. Set cors.allowed-origins, or provide a bean"
                + " of the type Cors."),
        logged(() -> CorsAdapter.logNoPolicy("A filter")));
  }

  @Test
  void adapters_learn_every_header_that_core_reads_or_writes_and_every_setting() {
    assertTrue(
        CorsAdapter.requestHeaders()
            .containsAll(List.of("Origin", "Access-Control-Request-Method", "Cookie")));
    assertTrue(
        CorsAdapter.responseHeaders()
            .containsAll(List.of("Access-Control-Allow-Origin", "Access-Control-Max-Age", "Vary")));
    assertTrue(CorsAdapter.frequentValues().contains("Origin"));
    assertTrue(
        CorsAdapter.settings().stream()
            .map(CorsAdapter.SettingKey::key)
            .toList()
            .containsAll(
                List.of(
                    "cors.allowed-origins",
                    "cors.policies.*.paths",
                    "cors.guard.enabled",
                    "cors.log-refusals")));
    assertTrue(
        CorsAdapter.settings().stream().noneMatch(setting -> setting.description().isEmpty()));
  }

  @Test
  void a_variable_in_a_file_is_named_unless_a_setting_refers_to_it() {
    String variable = "CORS_MAX_AGE";
    assertEquals(
        List.of(
            "CORS_MAX_AGE is ignored in a.properties, because it is the name of an environment"
                + " variable. Write cors.max-age there."),
        logged(
            () ->
                CorsAdapter.logVariableInFile(
                    variable, "cors.max-age", "a.properties", List.of("1h"))));
    assertEquals(
        List.of(),
        logged(
            () ->
                CorsAdapter.logVariableInFile(
                    variable, "cors.max-age", "a.properties", List.of("${CORS_MAX_AGE}"))));
  }

  @Test
  void a_variable_in_a_file_is_named_if_a_setting_refers_to_a_longer_one() {
    assertEquals(
        1,
        logged(
                () ->
                    CorsAdapter.logVariableInFile(
                        "CORS_MAX_AGE",
                        "cors.max-age",
                        "a.properties",
                        List.of("${CORS_MAX_AGE_OF_ALL}")))
            .size());
  }

  @ParameterizedTest
  @CsvSource({
    "${CORS_ORIGIN}, false",
    "${CORS_ORIGIN:https://a.example}, false",
    "'https://a.example, ${CORS_ORIGIN:}', false",
    "'${CORS_ORIGINS}, ${CORS_ORIGIN}', false",
    "${CORS_ORIGINS}, true",
    "${CORS_ORIGIN_OF_ALL:}, true",
    "CORS_ORIGIN, true",
    "${MY_CORS_ORIGIN}, true",
    "${CORS_ORIGIN, true",
  })
  void a_variable_is_the_applications_own_if_a_setting_refers_to_it(String value, boolean named) {
    List<String> variables = List.of("CORS_ORIGIN");
    List<String> lines = logged(() -> CorsAdapter.logMisspelled(variables, List.of("1h", value)));
    assertEquals(named ? 1 : 0, lines.size(), lines::toString);
  }

  private static List<String> logged(List<String> variables) {
    return logged(() -> CorsAdapter.logMisspelled(variables, List.of()));
  }

  private static List<String> logged(Runnable logging) {
    try (LogLines log = new LogLines()) {
      logging.run();
      return log.next();
    }
  }
}
