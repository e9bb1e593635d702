package dev.crosswalk.cors.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.graphql.GraphQlCorsProperties;
import org.springframework.boot.autoconfigure.graphql.GraphQlProperties;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.ClassUtils;

class SpringsCorsTest {

  /**
   * In every application with GraphQL, and nobody can remove it. Without {@code
   * spring.graphql.cors.*} it does nothing.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "servlet.GraphQlWebMvcAutoConfiguration",
        "reactive.GraphQlWebFluxAutoConfiguration"
      })
  void what_spring_boot_brings_for_graphql_is_not_named(String autoConfiguration) throws Exception {
    try (GenericApplicationContext context = new GenericApplicationContext()) {
      context.registerBean(GraphQlProperties.class);
      context.registerBean(GraphQlCorsProperties.class);
      context.registerBean(
          ClassUtils.forName(
              GraphQlProperties.class.getPackageName()
                  + "."
                  + autoConfiguration
                  + "$GraphQlEndpointCorsConfiguration",
              null));
      context.refresh();
      assertEquals(
          List.of(),
          SpringsCors.found(context.getBeanFactory(), context.getEnvironment()).toList());
    }
  }

  /** Who removed them would get 403 for each WebSocket of another origin. */
  @ParameterizedTest
  @CsvSource({"spring.graphql.path, 1", "spring.graphql.websocket.path, 0"})
  void origins_of_graphql_are_named_unless_its_websocket_needs_them(String setting, int named) {
    try (GenericApplicationContext context = new GenericApplicationContext()) {
      context
          .getEnvironment()
          .getPropertySources()
          .addFirst(
              new MapPropertySource(
                  "graphql",
                  Map.of("spring.graphql.cors.allowed-origins", "*", setting, "/graphql")));
      context.refresh();
      List<String> found =
          SpringsCors.found(context.getBeanFactory(), context.getEnvironment()).toList();
      assertEquals(named, found.size(), found.toString());
    }
  }
}
