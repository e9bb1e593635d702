package dev.crosswalk.cors.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every rule is shown to fail. The classes that break a rule lie in the package {@code broken} and
 * its name in lower case: those named {@code Breaks…} must be reported, those named {@code Keeps…}
 * must not.
 */
class ArchitectureRulesTest {

  private static final JavaClasses BROKEN = new ClassFileImporter().importPackages("broken");

  @TestFactory
  Stream<DynamicTest> rules_fail() {
    return ArchitectureRules.byName().entrySet().stream()
        .map(
            rule ->
                dynamicTest(rule.getKey(), () -> fails(rule.getValue(), fixtureOf(rule.getKey()))));
  }

  private static void fails(ArchRule rule, JavaClasses fixture) {
    List<String> breaking = named("Breaks", fixture);
    List<String> keeping = named("Keeps", fixture);
    assertNotEquals(List.of(), breaking, "no class named Breaks… in the fixture");
    assertNotEquals(List.of(), keeping, "no class named Keeps… in the fixture");

    Set<String> reported =
        rule.evaluate(fixture).getFailureReport().getDetails().stream()
            .flatMap(detail -> Pattern.compile("\\b(Breaks|Keeps)\\w*").matcher(detail).results())
            .map(match -> match.group())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(new TreeSet<>(breaking), reported);
  }

  private static List<String> named(String prefix, JavaClasses fixture) {
    return fixture.stream()
        .map(JavaClass::getSimpleName)
        .filter(name -> name.startsWith(prefix))
        .toList();
  }

  private static JavaClasses fixtureOf(String rule) {
    String name = "broken." + rule.toLowerCase(Locale.ROOT) + ".";
    return BROKEN.that(describe("of " + rule, type -> type.getName().startsWith(name)));
  }

  @Test
  void every_rule_has_a_fixture_and_every_fixture_a_rule() {
    Set<String> rules =
        ArchitectureRules.byName().keySet().stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> fixtures =
        BROKEN.stream()
            .map(type -> type.getPackageName().split("\\.")[1])
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(rules, fixtures);
  }

  @Test
  void every_rule_says_why_and_fails_if_it_sees_no_class() {
    JavaClasses none = fixtureOf("NO_SUCH_RULE");
    assertFalse(none.iterator().hasNext());
    assertAll(
        ArchitectureRules.byName().entrySet().stream()
            .map(
                rule ->
                    () -> {
                      assertTrue(
                          rule.getValue().getDescription().contains(", because "), rule.getKey());
                      assertThrows(
                          AssertionError.class, () -> rule.getValue().check(none), rule.getKey());
                    }));
  }
}
