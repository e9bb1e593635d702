package dev.crosswalk.cors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The configuration of a framework")
class FrameworkSettingsTest {

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
    assertEquals(setting, FrameworkSettings.ofVariable(variable));
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
        FrameworkSettings.all().stream()
            .filter(setting -> setting.key().endsWith("max-age"))
            .map(setting -> setting.isOfNamedPolicy() + " " + setting.of("public-api"))
            .toList();
    assertEquals(List.of("false cors.max-age", "true cors.policies.public-api.max-age"), keys);
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
    assertEquals(list, FrameworkSettings.listOf(key));
  }

  /** As a framework has it to which hyphens and the case of letters make no difference. */
  private static @Nullable String relaxed(String key) {
    return key.startsWith("cors.")
        ? FrameworkSettings.listOf(key).replace("-", "").toLowerCase(Locale.ROOT)
        : null;
  }

  private static List<String> twice(String... keys) {
    FrameworkSettings settings = new FrameworkSettings();
    settings.lookThrough("a file", false, List.of(keys), FrameworkSettingsTest::relaxed);
    settings.lookThrough("another file", false, List.of(keys[0]), FrameworkSettingsTest::relaxed);
    return settings.twice();
  }

  @Test
  void two_members_of_one_list_are_one_spelling_and_all_else_is_two() {
    assertEquals(List.of(), twice("cors.paths[0]", "cors.paths[1]", "cors.max-age"));
    assertEquals(List.of(), twice("app.cors", "App.Cors"));
    assertEquals(
        List.of("a file has the same setting twice: cors.max-age and cors.maxAge."),
        twice("cors.max-age", "cors.maxAge"));
    assertEquals(
        List.of("a file has the same setting twice: cors.paths and cors.paths[0]."),
        twice("cors.paths", "cors.paths[0]"));
    assertEquals(
        List.of("a file has the same setting twice: cors.the-paths[0] and cors.thePaths[1]."),
        twice("cors.the-paths[0]", "cors.thePaths[1]"));
  }

  @Test
  void an_adapter_without_a_policy_says_so() {
    assertEquals(
        List.of(
            "A filter has no policy, so it does nothing. Set cors.allowed-origins, or provide a bean"
                + " of the type Cors."),
        logged(() -> FrameworkSettings.warnOfNoPolicy("A filter")));
  }

  @Test
  void has_every_setting_of_the_policy_of_the_guard_and_of_the_log() {
    assertTrue(
        FrameworkSettings.all().stream()
            .map(FrameworkSettings.SettingKey::key)
            .toList()
            .containsAll(
                List.of(
                    "cors.allowed-origins",
                    "cors.policies.*.paths",
                    "cors.guard.enabled",
                    "cors.log-refusals")));
    assertTrue(
        FrameworkSettings.all().stream().noneMatch(setting -> setting.description().isEmpty()));
  }

  private static List<String> loggedOf(String key, boolean isEnvironment, String written) {
    FrameworkSettings settings = new FrameworkSettings();
    Function<String, @Nullable String> setting = FrameworkSettingsTest::relaxed;
    settings.lookThrough("a.properties", isEnvironment, List.of(key, "PATH"), setting);
    return logged(() -> settings.warnOfIgnored(List.of(), List.of("1h", written)));
  }

  @Test
  void a_variable_in_a_file_is_named_unless_a_setting_refers_to_it() {
    assertEquals(
        List.of(
            "CORS_MAX_AGE is ignored in a.properties, because it is the name of an environment"
                + " variable. Write cors.max-age there."),
        loggedOf("CORS_MAX_AGE", false, "1h"));
    assertEquals(
        List.of(
            "CORS_ALLOWED_ORIGINS_0 is ignored in a.properties, because it is the name of an"
                + " environment variable. Write cors.allowed-origins there."),
        loggedOf("CORS_ALLOWED_ORIGINS_0", false, "1h"));
    assertEquals(List.of(), loggedOf("CORS_MAX_AGE", true, "1h"));
    assertEquals(List.of(), loggedOf("CORS_MAX_AGE", false, "${CORS_MAX_AGE}"));
    assertEquals(List.of(), loggedOf("CORS_SERVICE_PORT", false, "1h"));
    assertEquals(1, loggedOf("CORS_MAX_AGE", false, "${CORS_MAX_AGE_OF_ALL}").size());
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
    List<String> lines =
        logged(() -> new FrameworkSettings().warnOfIgnored(variables, List.of("1h", value)));
    assertEquals(named ? 1 : 0, lines.size(), lines::toString);
  }

  private static List<String> logged(List<String> variables) {
    return logged(() -> new FrameworkSettings().warnOfIgnored(variables, List.of()));
  }

  private static List<String> logged(Runnable logging) {
    try (LogLines log = new LogLines()) {
      logging.run();
      return log.next();
    }
  }
}
