package dev.crosswalk.cors.tck.rules;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Rules that do the same with different origins: a test that gets one {@link Row} after another,
 * each a rule with an id of its own. What is not said here, the {@link Family} says.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Tag("cors")
@ParameterizedTest(name = "{0}")
@ArgumentsSource(RuleTable.Rows.class)
@interface RuleTable {

  /** A line for each rule: id, what it needs, what it says, the origin, and what it is for. */
  String rows();

  /** As {@link Rule#level}. */
  Rule.Level[] level() default {};

  /** As {@link Rule#source}. */
  String source() default "";

  /**
   * A rule.
   *
   * @param id which never changes
   * @param needs what it must know of the server
   * @param sentence what it says
   * @param template the origin, with holes for the parts of an allowed one: {@code {allowed}} is
   *     all of it, {@code {scheme}} and {@code {host}} are what they are called, {@code {label}} is
   *     the host's first label, and {@code {rest}} what follows its dot
   * @param why what it is for, in one sentence
   */
  record Row(String id, Rule.Needs needs, String sentence, String template, String why) {

    static Stream<Row> of(RuleTable table) {
      return table.rows().lines().map(Row::parse);
    }

    private static Row parse(String line) {
      String[] cells = line.split("\\|");
      return new Row(
          cells[0].strip(),
          Rule.Needs.valueOf(cells[1].strip().toUpperCase(Locale.ROOT)),
          cells[2].strip(),
          cells[3].strip(),
          cells[4].strip());
    }

    /** The origin that is sent to a server. */
    String origin(Site site) {
      if (!template.contains("{")) {
        return template;
      }
      String allowed = site.allowed();
      String host = allowed.substring(allowed.indexOf("://") + "://".length());
      int dot = host.indexOf('.');
      return template
          .replace("{allowed}", allowed)
          .replace("{scheme}", allowed.substring(0, allowed.indexOf(':')))
          .replace("{host}", host)
          .replace("{tail}", host.substring(1))
          .replace("{label}", dot < 0 ? host : host.substring(0, dot))
          .replace("{rest}", dot < 0 ? "" : host.substring(dot + 1));
    }

    @Override
    public String toString() {
      return id;
    }
  }

  /** Hands them to JUnit. */
  final class Rows implements ArgumentsProvider {

    @Override
    public Stream<Arguments> provideArguments(
        ParameterDeclarations parameters, ExtensionContext context) {
      return Row.of(context.getRequiredTestMethod().getAnnotation(RuleTable.class))
          .map(Arguments::of);
    }
  }
}
