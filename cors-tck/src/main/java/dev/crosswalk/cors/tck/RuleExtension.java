package dev.crosswalk.cors.tck;

import dev.crosswalk.cors.tck.report.CommonCause;
import dev.crosswalk.cors.tck.report.Failure;
import dev.crosswalk.cors.tck.report.RunRecord;
import dev.crosswalk.cors.tck.rules.Catalogue;
import dev.crosswalk.cors.tck.rules.Observation;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/** Runs rules as JUnit tests: reports a broken one in full, and holds limitations to be true. */
final class RuleExtension implements BeforeAllCallback, AfterAllCallback, InvocationInterceptor {

  private final RunRecord record = new RunRecord();
  private final CommonCause causes = new CommonCause();

  @Override
  public void beforeAll(ExtensionContext context) {
    Set<String> known =
        Catalogue.rules().stream().map(Catalogue.Entry::id).collect(Collectors.toSet());
    Set<String> unknown = new TreeSet<>(tck(context).limitations().keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new AssertionError(
          "limitations() names rules that do not exist: " + unknown + "; remove them");
    }
  }

  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    Optional<Catalogue.Entry> rule =
        Catalogue.rule(invocationContext.getExecutable(), invocationContext.getArguments());
    if (rule.isEmpty()) {
      invocation.proceed();
    } else {
      run(rule.get(), invocation, tck(context));
    }
  }

  /** A row of a table. */
  @Override
  public void interceptTestTemplateMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    interceptTestMethod(invocation, invocationContext, context);
  }

  private void run(Catalogue.Entry rule, Invocation<@Nullable Void> invocation, CorsTck tck)
      throws Throwable {
    String limitation = tck.limitations().get(rule.id());
    try {
      invocation.proceed();
    } catch (AssertionError e) {
      List<Observation> observations = tck.servers().endOfRule();
      String message = String.valueOf(e.getMessage());
      if (limitation != null) {
        record.notRun(rule, limitation);
        throw new TestAbortedException("known limitation: " + limitation + " (" + message + ")");
      }
      causes.add(rule, observations);
      throw new AssertionError(Failure.tell(rule, message, observations), e);
    } catch (TestAbortedException e) {
      record.notRun(rule, String.valueOf(e.getMessage()));
      throw e;
    } finally {
      tck.servers().endOfRule();
    }
    if (limitation != null) {
      throw new AssertionError(
          "%s holds now: remove the limitation «%s»".formatted(rule.id(), limitation));
    }
    record.holds(rule);
  }

  /**
   * The servers still run while the record is written, because it says which server answered. If
   * many rules are broken, the class itself fails and names the common cause.
   */
  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    Optional<String> directory = context.getConfigurationParameter(RunRecord.DIRECTORY);
    try {
      if (directory.isPresent()) {
        record.write(Path.of(directory.get()), context.getRequiredTestClass());
      }
    } finally {
      tck(context).servers().stop();
    }
    Optional<String> cause = causes.tell();
    if (cause.isPresent()) {
      throw new AssertionError(cause.get());
    }
  }

  private static CorsTck tck(ExtensionContext context) {
    return (CorsTck) context.getRequiredTestInstance();
  }
}
