package dev.crosswalk.cors.micronaut;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.tck.LogLines;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.env.MapPropertySource;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySource.PropertyConvention;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A list that several sources write. Micronaut itself replaces member by member. */
class ListOfSourcesTest {

  private static final Map<String, Object> FILE =
      Map.of(
          "cors.allowed-origins[0]", "https://app.example.com",
          "cors.allowed-origins[1]", "https://old.example.com");

  /** A source that wins over those with a smaller order. */
  private static PropertySource source(int order, Map<String, Object> properties) {
    return new MapPropertySource("source " + order, properties) {
      @Override
      public int getOrder() {
        return order;
      }
    };
  }

  private static PropertySource variables(Map<String, Object> variables) {
    return PropertySource.of(
        "environment",
        variables,
        PropertyConvention.ENVIRONMENT_VARIABLE,
        PropertySource.Origin.of("a test"));
  }

  private static Cors policy(PropertySource... sources) {
    ApplicationContextBuilder builder =
        ApplicationContext.builder()
            .deduceEnvironment(false)
            .properties(Map.of("micronaut.security.enabled", false))
            .propertySources(sources);
    try (ApplicationContext context = builder.start()) {
      return context.getBean(Cors.class);
    }
  }

  private static CorsPolicy policyFor(String... origins) {
    return CorsPolicy.builder().allowOrigins(origins).build();
  }

  @Test
  void the_list_of_a_later_source_replaces_a_longer_one() {
    assertEquals(
        policyFor("https://www.example.com"),
        policy(
            source(-300, FILE),
            source(-250, Map.of("cors.allowedOrigins[0]", "https://www.example.com"))));
    assertEquals(
        policyFor("https://www.example.com"),
        policy(
            source(-300, FILE),
            source(-250, Map.of("cors.allowed-origins[1]", "https://www.example.com"))));
  }

  /** As {@code ${MORE:}} is where nobody sets it; Micronaut itself splits a line without it. */
  @Test
  void an_empty_member_at_the_end_of_a_line_is_not_dropped_silently() {
    for (String end : List.of(",", ",${MORE:}")) {
      assertRefused(
          "allowed-origins[1] \"\": it is empty",
          Map.of("cors.allowed-origins", "https://app.example.com" + end));
    }
  }

  /** Not an origin that is called null, for which there is a dangerous remedy. */
  @Test
  void a_key_of_YAML_without_a_value_is_empty() {
    assertRefused(
        "allowed-origins[0] \"\": it is empty",
        Collections.singletonMap("cors.allowed-origins", null));
    assertRefused(
        "allowed-origins[0] \"\": it is empty",
        Collections.singletonMap("cors.allowed-origins[0]", null));
    assertRefused(
        "allowed-origins[1] \"\": it is empty",
        Map.of("cors.allowed-origins", Arrays.asList("https://app.example.com", null)));
  }

  @Test
  void a_placeholder_that_nothing_fills_in_is_told_with_its_setting() {
    assertRefused(
        "cors.allowed-origins: Could not resolve placeholder ${NOBODY}",
        Map.of("cors.allowed-origins", "${NOBODY}"));
    assertRefused(
        "cors.max-age: Could not resolve placeholder ${NOBODY}",
        Map.of("cors.allowed-origins", "https://app.example.com", "cors.max-age", "${NOBODY}"));
  }

  private static void assertRefused(String sentence, Map<String, Object> properties) {
    StringWriter printed = new StringWriter();
    assertThrows(RuntimeException.class, () -> policy(source(-300, properties)))
        .printStackTrace(new PrintWriter(printed));
    assertTrue(printed.toString().contains(sentence), printed.toString());
  }

  @Test
  void a_line_of_a_later_source_replaces_a_list_and_a_list_replaces_a_line() {
    Map<String, Object> line = Map.of("cors.allowed-origins", "https://www.example.com");
    assertEquals(
        policyFor("https://www.example.com"), policy(source(-300, FILE), source(-250, line)));
    assertEquals(
        policyFor("https://app.example.com", "https://old.example.com"),
        policy(source(-300, line), source(-250, FILE)));
  }

  /** A list of YAML is one value. */
  @Test
  void a_variable_for_a_member_replaces_a_list_of_YAML() {
    List<String> list =
        new ArrayList<>(List.of("https://app.example.com", "https://old.example.com"));
    assertEquals(
        policyFor("https://www.example.com"),
        policy(
            source(-300, Map.of("cors.allowed-origins", list)),
            variables(Map.of("CORS_ALLOWED_ORIGINS_0", "https://www.example.com"))));
  }

  @Test
  void a_variable_for_a_member_is_a_list_of_its_own_and_is_not_said_to_be_ignored() {
    try (LogLines log = new LogLines()) {
      for (String variable : List.of("CORS_ALLOWED_ORIGINS_0", "CORS_ALLOWED_ORIGINS[0]")) {
        PropertySource environment = variables(Map.of(variable, "https://www.example.com"));
        assertEquals(policyFor("https://www.example.com"), policy(source(-300, FILE), environment));
      }
      assertEquals(List.of(), log.lines());
    }
  }

  @Test
  void a_variable_for_a_member_needs_no_file() {
    PropertySource environment =
        variables(
            Map.of(
                "CORS_ALLOWED_ORIGINS_1", "https://www.example.com",
                "CORS_ALLOWED_ORIGINS_0", "https://app.example.com"));
    assertEquals(
        policyFor("https://app.example.com", "https://www.example.com"), policy(environment));
  }

  @Test
  void a_member_may_refer_to_another_property() {
    assertEquals(
        policyFor("https://www.example.com"),
        policy(
            source(-300, FILE),
            source(
                -250,
                Map.of("cors.allowed-origins[0]", "https://${host}", "host", "www.example.com"))));
    for (Object members : List.of(List.of("https://${host}"), new String[] {"https://${host}"})) {
      assertEquals(
          policyFor("https://www.example.com"),
          policy(source(-300, Map.of("cors.allowed-origins", members, "host", "www.example.com"))));
    }
  }
}
