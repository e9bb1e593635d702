package dev.crosswalk.cors.tck;

import dev.crosswalk.cors.tck.report.Failure;
import dev.crosswalk.cors.tck.report.KnownLimitation;
import dev.crosswalk.cors.tck.rules.Catalogue;
import dev.crosswalk.cors.tck.rules.Observation;
import dev.crosswalk.cors.tck.rules.Rule;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Runs rules as JUnit tests: tells of a broken one all there is to know, and holds limitations to
 * be true.
 */
final class RuleExtension implements BeforeAllCallback, AfterAllCallback, InvocationInterceptor {

  @Override
  public void beforeAll(ExtensionContext context) {
    Set<String> known =
        Catalogue.rules().stream().map(Catalogue.Entry::id).collect(Collectors.toSet());
    Set<String> unknown = new TreeSet<>(tck(context).limitations().keySet());
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new AssertionError(
          "limitations() names rules that there are not: " + unknown + "; drop them");
    }
  }

  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> invocationContext,
      ExtensionContext context)
      throws Throwable {
    Method method = invocationContext.getExecutable();
    if (!method.isAnnotationPresent(Rule.class)) {
      invocation.proceed();
      return;
    }
    CorsTck tck = tck(context);
    Catalogue.Entry rule = new Catalogue.Entry(method, method.getAnnotation(Rule.class));
    Map<String, String> limitations = tck.limitations();
    String limitation = limitations.get(rule.id());
    try {
      invocation.proceed();
    } catch (AssertionError e) {
      List<Observation> observations = tck.servers().endOfRule();
      if (limitation != null) {
        throw new KnownLimitation(limitation, String.valueOf(e.getMessage()));
      }
      throw new AssertionError(Failure.tell(rule, String.valueOf(e.getMessage()), observations), e);
    } finally {
      tck.servers().endOfRule();
    }
    if (limitation != null) {
      throw new AssertionError(
          rule.id() + " holds now: remove the limitation «" + limitation + "»");
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    tck(context).servers().stop();
  }

  private static CorsTck tck(ExtensionContext context) {
    return (CorsTck) context.getRequiredTestInstance();
  }
}
