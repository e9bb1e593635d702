package dev.crosswalk.cors.tck.rules;

import dev.crosswalk.cors.tck.rules.Rule.Level;
import dev.crosswalk.cors.tck.rules.Rule.Needs;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** All rules, in the order of their ids. */
public final class Catalogue {

  private static final List<Entry> ENTRIES =
      Arrays.stream(AllRules.class.getMethods())
          .flatMap(Catalogue::entries)
          .sorted(Comparator.comparing(Entry::id))
          .toList();

  private Catalogue() {}

  public static List<Entry> rules() {
    return ENTRIES;
  }

  /**
   * The rule that a test is about.
   *
   * @param test a method of {@link AllRules}
   * @param arguments with which it is called
   * @return empty if it is not a rule
   */
  public static Optional<Entry> rule(Method test, List<?> arguments) {
    return ENTRIES.stream()
        .filter(rule -> rule.method.equals(test) && rule.arguments.equals(arguments))
        .findFirst();
  }

  private static Stream<Entry> entries(Method method) {
    Rule rule = method.getAnnotation(Rule.class);
    if (rule != null) {
      String name = method.getName();
      int end = name.indexOf('_');
      RuleTable.Row row =
          new RuleTable.Row(
              name.substring(0, end),
              rule.needs(),
              name.substring(end + 1).replace('_', ' '),
              "",
              rule.why());
      return Stream.of(entry(method, List.of(), row, rule.level(), rule.source(), rule.lookAt()));
    }
    return Stream.ofNullable(method.getAnnotation(RuleTable.class))
        .flatMap(
            table ->
                RuleTable.Row.of(table)
                    .map(r -> entry(method, List.of(r), r, table.level(), table.source(), "")));
  }

  /** What a rule does not say, its family says. */
  private static Entry entry(
      Method method,
      List<?> arguments,
      RuleTable.Row row,
      Level[] level,
      String source,
      String lookAt) {
    Family family = method.getDeclaringClass().getAnnotation(Family.class);
    return new Entry(
        method,
        arguments,
        row.id(),
        row.sentence(),
        row.why(),
        row.needs(),
        level.length == 0 ? family.level() : level[0],
        source.isEmpty() ? family.source() : source,
        lookAt.isEmpty() ? family.lookAt() : lookAt);
  }

  /**
   * One rule: a method of an interface, in any implementation.
   *
   * @param method the test
   * @param arguments the row of a {@link RuleTable}; empty for a {@link Rule}
   * @param id which never changes
   * @param sentence what it says
   * @param why what it is for
   * @param needs what it must know of the server
   * @param level what goes wrong where it is broken
   * @param source the paragraph that it follows
   * @param lookAt what to look at if it fails
   */
  public record Entry(
      Method method,
      List<?> arguments,
      String id,
      String sentence,
      String why,
      Needs needs,
      Level level,
      String source,
      String lookAt) {

    /** The name of the interface that it is in. */
    public String family() {
      return method.getDeclaringClass().getSimpleName().replace("Rules", "");
    }

    /**
     * Runs the rule without JUnit.
     *
     * @param rules an object of the interface that has the rule
     */
    public Result run(Object rules) {
      try {
        method.setAccessible(true);
        method.invoke(rules, arguments.toArray());
        return new Result(this, Status.HOLDS, "", Optional.empty());
      } catch (InvocationTargetException e) {
        Throwable thrown = e.getTargetException();
        String message = String.valueOf(thrown.getMessage());
        if (thrown instanceof AssertionError) {
          return new Result(this, Status.BROKEN, message, Optional.empty());
        }
        if (thrown instanceof NotGiven unsaid) {
          return new Result(this, Status.NOT_RUN, message, Optional.of(unsaid.option()));
        }
        if (thrown instanceof TestAbortedException) {
          return new Result(this, Status.NOT_RUN, message, Optional.empty());
        }
        return new Result(this, Status.FAULTY, "the kit has failed: " + thrown, Optional.empty());
      } catch (IllegalAccessException e) {
        throw new IllegalStateException("a rule must be a method of an interface: " + method, e);
      }
    }
  }

  /** What became of a rule. */
  public enum Status {
    HOLDS,
    BROKEN,
    /** It says nothing about the server, because it needs what is not there. */
    NOT_RUN,
    /** The rule itself is at fault, which says nothing about the server. */
    FAULTY
  }

  /**
   * What became of a rule.
   *
   * @param message why it is broken, or was not run; empty if it holds
   * @param option of {@code crosswalk check} that was not given, where the rule needs it
   */
  public record Result(Entry rule, Status status, String message, Optional<String> option) {}
}
