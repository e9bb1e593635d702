package dev.crosswalk.cors.tck.rules;

import dev.crosswalk.cors.tck.rules.Rule.Level;
import dev.crosswalk.cors.tck.rules.Rule.Needs;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.opentest4j.TestAbortedException;

/** All rules, in the order of their ids. */
public final class Catalogue {

  private static final List<Entry> ENTRIES =
      Arrays.stream(AllRules.class.getMethods())
          .filter(method -> method.isAnnotationPresent(Rule.class))
          .map(method -> new Entry(method, method.getAnnotation(Rule.class)))
          .sorted(Comparator.comparing(Entry::id))
          .toList();

  private Catalogue() {}

  public static List<Entry> rules() {
    return ENTRIES;
  }

  /** One rule: a method of an interface, whoever implements it. */
  public record Entry(Method method, Rule rule) {

    /** The part of the method's name before the first underscore. */
    public String id() {
      return method.getName().substring(0, method.getName().indexOf('_'));
    }

    /** The rest of the method's name. */
    public String sentence() {
      return method.getName().substring(id().length() + 1).replace('_', ' ');
    }

    public Level level() {
      return rule.level();
    }

    public Needs needs() {
      return rule.needs();
    }

    /** The name of the interface that it stands in. */
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
        method.invoke(rules);
        return new Result(this, Status.HOLDS, "");
      } catch (InvocationTargetException e) {
        Throwable thrown = e.getTargetException();
        String message = String.valueOf(thrown.getMessage());
        if (thrown instanceof AssertionError) {
          return new Result(this, Status.BROKEN, message);
        }
        if (thrown instanceof TestAbortedException) {
          return new Result(this, Status.NOT_RUN, message);
        }
        return new Result(this, Status.FAULTY, "the kit has failed: " + thrown);
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
    /** The rule itself is at fault, which is no statement about the server. */
    FAULTY
  }

  /**
   * What became of a rule.
   *
   * @param message why it is broken, or was not run; empty if it holds
   */
  public record Result(Entry rule, Status status, String message) {}
}
