package dev.crosswalk.cors.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.StandardEnvironment;

class ApplicationPolicyTest {

  private static final CorsPolicy ONE =
      CorsPolicy.builder().allowOrigins("https://one.example").build();
  private static final CorsPolicy OTHER =
      CorsPolicy.builder().allowOrigins("https://other.example").build();

  @Test
  void a_bean_is_the_policy() throws Exception {
    assertSame(ONE, policy("", context -> context.registerBean("cors", Cors.class, () -> ONE)));
  }

  @Test
  void the_bean_that_is_made_from_settings_is_the_policy() throws Exception {
    assertSame(
        ONE,
        policy(
            "cors.max-age: 1h",
            context -> context.registerBean(ApplicationPolicy.CONFIGURED, Cors.class, () -> ONE)));
  }

  @Test
  void the_bean_of_the_parent_is_the_policy() throws Exception {
    try (GenericApplicationContext parent = new GenericApplicationContext()) {
      parent.registerBean("cors", Cors.class, () -> ONE);
      parent.refresh();
      assertSame(ONE, policy("", context -> context.setParent(parent)));
    }
  }

  @Test
  void the_primary_one_of_two_beans_is_the_policy() throws Exception {
    assertSame(
        ONE,
        policy(
            "",
            context -> {
              context.registerBean("other", CorsPolicy.class, () -> OTHER);
              context.registerBean(
                  "one", Cors.class, () -> ONE, definition -> definition.setPrimary(true));
            }));
  }

  @Test
  void two_beans_are_none() {
    assertFails(
        "There are several CORS policies, the beans one, other.",
        "Remove all but one, or mark the one that decides as @Primary. Policies for different paths"
            + " become one by Cors.byPath.",
        "",
        context -> {
          context.registerBean("one", Cors.class, () -> ONE);
          context.registerBean("other", CorsPolicy.class, () -> OTHER);
        });
  }

  @Test
  void a_bean_that_is_null_is_none() {
    assertFails(
        "The CORS policy is null: the bean cors.",
        "Return a policy, or CorsPolicy.none() to allow no one.",
        "",
        context -> context.registerBean("cors", Cors.class, () -> null));
  }

  @Test
  void a_bean_beside_settings_is_none() {
    assertFails(
        "There are two CORS policies: the bean cors, and the settings cors.max-age"
            + " (application.yml - 1:15).",
        "Remove the bean, or the settings.",
        "cors.max-age: 1h",
        context -> context.registerBean("cors", Cors.class, () -> ONE));
  }

  private static void assertFails(
      String description, String action, String yaml, Consumer<GenericApplicationContext> beans) {
    CorsSetupException failure = assertThrows(CorsSetupException.class, () -> policy(yaml, beans));
    assertEquals(description, failure.getMessage());
    assertEquals(action, failure.action());
  }

  private static Cors policy(String yaml, Consumer<GenericApplicationContext> beans)
      throws Exception {
    StandardEnvironment environment = CorsSettingsTest.environment(yaml, Map.of());
    try (GenericApplicationContext context = new GenericApplicationContext()) {
      beans.accept(context);
      context.refresh();
      return ApplicationPolicy.of(context.getBeanFactory(), environment);
    }
  }
}
