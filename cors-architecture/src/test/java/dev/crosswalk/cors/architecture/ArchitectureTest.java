package dev.crosswalk.cors.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every rule holds for every module. */
class ArchitectureTest {

  /**
   * Nine tenths of the classes that each package had when this was written: fewer means that it is
   * not looked at. Raise a number if there are twice as many.
   */
  private static final Map<String, Integer> AT_LEAST =
      Map.ofEntries(
          Map.entry("dev.crosswalk.cors", 62),
          Map.entry("dev.crosswalk.cors.internal.config", 15),
          Map.entry("dev.crosswalk.cors.internal.log", 2),
          Map.entry("dev.crosswalk.cors.internal.origin", 27),
          Map.entry("dev.crosswalk.cors.internal.syntax", 14),
          Map.entry("dev.crosswalk.cors.tck", 14),
          Map.entry("dev.crosswalk.cors.tck.url", 11),
          Map.entry("dev.crosswalk.cors.tck.wire", 22),
          Map.entry("dev.crosswalk.cors.tck.browser", 48),
          Map.entry("dev.crosswalk.cors.tck.rules", 50),
          Map.entry("dev.crosswalk.cors.tck.report", 4),
          Map.entry("dev.crosswalk.cors.cli", 4),
          Map.entry("dev.crosswalk.cors.cli.check", 43),
          Map.entry("dev.crosswalk.cors.cli.configuration", 10),
          Map.entry("dev.crosswalk.cors.cli.copied", 6),
          Map.entry("dev.crosswalk.cors.cli.diagnose", 26),
          Map.entry("dev.crosswalk.cors.cli.document", 9),
          Map.entry("dev.crosswalk.cors.cli.explain", 11),
          Map.entry("dev.crosswalk.cors.cli.explain.address", 7),
          Map.entry("dev.crosswalk.cors.cli.explain.clue", 7),
          Map.entry("dev.crosswalk.cors.cli.explain.console", 27),
          Map.entry("dev.crosswalk.cors.cli.explain.csp", 5),
          Map.entry("dev.crosswalk.cors.cli.explain.layer", 23),
          Map.entry("dev.crosswalk.cors.cli.explain.lines", 14),
          Map.entry("dev.crosswalk.cors.cli.explain.lists", 12),
          Map.entry("dev.crosswalk.cors.cli.explain.meaning", 11),
          Map.entry("dev.crosswalk.cors.cli.explain.message", 8),
          Map.entry("dev.crosswalk.cors.cli.explain.page", 6),
          Map.entry("dev.crosswalk.cors.cli.explain.paste", 18),
          Map.entry("dev.crosswalk.cors.cli.explain.server", 11),
          Map.entry("dev.crosswalk.cors.cli.explain.settings", 10),
          Map.entry("dev.crosswalk.cors.cli.explain.sign", 20),
          Map.entry("dev.crosswalk.cors.cli.explain.spring", 24),
          Map.entry("dev.crosswalk.cors.cli.explain.words", 6),
          Map.entry("dev.crosswalk.cors.cli.grant", 40),
          Map.entry("dev.crosswalk.cors.cli.policy", 10),
          Map.entry("dev.crosswalk.cors.cli.policy.from", 34),
          Map.entry("dev.crosswalk.cors.cli.remedy", 10),
          Map.entry("dev.crosswalk.cors.cli.remedy.answer", 12),
          Map.entry("dev.crosswalk.cors.cli.remedy.error", 8),
          Map.entry("dev.crosswalk.cors.cli.remedy.layer", 11),
          Map.entry("dev.crosswalk.cors.cli.remedy.origin", 6),
          Map.entry("dev.crosswalk.cors.cli.remedy.redirect", 6),
          Map.entry("dev.crosswalk.cors.cli.remedy.refusal", 7),
          Map.entry("dev.crosswalk.cors.cli.remedy.request", 9),
          Map.entry("dev.crosswalk.cors.cli.terminal", 11),
          Map.entry("dev.crosswalk.cors.jaxrs", 5),
          Map.entry("dev.crosswalk.cors.javalin", 3),
          Map.entry("dev.crosswalk.cors.micronaut", 18),
          Map.entry("dev.crosswalk.cors.quarkus", 4),
          Map.entry("dev.crosswalk.cors.servlet", 7),
          Map.entry("dev.crosswalk.cors.spring", 21),
          Map.entry("dev.crosswalk.cors.vertx", 4));

  /** The code of every module, also of examples and measurements, and none of tests. */
  private static final Pattern MAIN = Pattern.compile("/src/main/java/.*\\.java$");

  /** Longer ones have a second noun in them. */
  private static final int MOST_LINES = 450;

  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.crosswalk");

  @TestFactory
  Stream<DynamicTest> rules() {
    return ArchitectureRules.byName().entrySet().stream()
        .map(rule -> dynamicTest(rule.getKey(), () -> rule.getValue().check(CLASSES)));
  }

  @Test
  void every_package_is_looked_at_and_known_here() {
    Map<String, Integer> counts = new TreeMap<>();
    for (JavaClass type : CLASSES) {
      counts.merge(type.getPackageName(), 1, Integer::sum);
    }
    assertEquals(new TreeSet<>(AT_LEAST.keySet()), counts.keySet());
    AT_LEAST.forEach(
        (name, least) ->
            assertTrue(
                counts.get(name) >= least,
                () -> name + " has " + counts.get(name) + " classes, fewer than " + least));
  }

  @Test
  void every_exception_from_a_rule_is_still_needed() {
    ArchitectureRules.FURTHER_PUBLIC_TYPES.forEach(
        (name, reason) -> {
          assertTrue(CLASSES.contain(name), () -> name + " is gone; its exception can go too");
          assertTrue(
              CLASSES.get(name).getModifiers().contains(JavaModifier.PUBLIC),
              () -> name + " is hidden; its exception can go too");
        });
    List<JavaClass> core =
        CLASSES.stream()
            .filter(
                type ->
                    type.getPackageName().equals("dev.crosswalk.cors")
                        || type.getPackageName().startsWith("dev.crosswalk.cors.internal"))
            .toList();
    for (String name : ArchitectureRules.FURTHER_JDK_TYPES) {
      assertTrue(
          core.stream()
              .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
              .anyMatch(dependency -> dependency.getTargetClass().getName().equals(name)),
          () -> "core does not need " + name + "; its exception can go too");
    }
    for (String name : ArchitectureRules.READ_CONFIGURATION) {
      assertTrue(
          core.stream()
              .filter(type -> type.getName().equals(name))
              .anyMatch(ArchitectureRules::usesRegularExpressions),
          () -> name + " has no regular expression; its exception can go too");
    }
    for (String adapter : ArchitectureRules.ON_SERVLETS) {
      assertTrue(
          CLASSES.that(resideInAPackage(adapter)).stream()
              .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
              .anyMatch(d -> d.getTargetClass().getPackageName().endsWith(".cors.servlet")),
          () -> adapter + " needs no servlet filter; its exception can go too");
    }
  }

  /**
   * Who opens the package sees the way of the data, and nothing else. A type of its own is better
   * than a second noun in the file of another one, so there is room for those that are not public:
   * what is written, what is valid and what is wrong are three. Of the public types, one is for
   * adapters that read a framework's configuration, so that the others need not look at it. The
   * limits leave room for a few, and keep the list of the package on one screen.
   */
  @Test
  void core_has_few_types() {
    List<JavaClass> types =
        CLASSES.stream()
            .filter(type -> type.getPackageName().equals("dev.crosswalk.cors"))
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .toList();
    List<String> visible =
        types.stream()
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .map(JavaClass::getSimpleName)
            .toList();
    assertTrue(types.size() > 28 && types.size() <= 36, () -> types.size() + " types: " + types);
    assertTrue(
        visible.size() > 12 && visible.size() <= 17,
        () -> visible.size() + " public types: " + visible);
  }

  @Test
  void no_file_is_long() throws IOException {
    List<Path> files =
        Repository.files().stream()
            .filter(file -> MAIN.matcher(file.toString().replace('\\', '/')).find())
            .toList();
    List<String> longer = new ArrayList<>();
    for (Path file : files) {
      int lines = Files.readAllLines(file).size();
      if (lines > MOST_LINES) {
        longer.add(file.getFileName() + " has " + lines + " lines");
      }
    }
    assertEquals(List.of(), longer);
    assertTrue(files.size() > 620, "only " + files.size() + " files");
  }
}
