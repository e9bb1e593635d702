package dev.crosswalk.cors.spring;

import dev.crosswalk.cors.InvalidCorsPolicyException;
import dev.crosswalk.cors.PolicyProblem;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Prints what is wrong with a policy as Spring Boot prints what is wrong with its own settings. */
final class CorsFailureAnalyzer implements FailureAnalyzer {

  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidCorsPolicyException invalid) {
        return new FailureAnalysis(
            "The CORS policy is wrong:\n\n" + list(invalid, CorsFailureAnalyzer::description),
            "Change the policy:\n\n" + list(invalid, CorsFailureAnalyzer::action),
            invalid);
      }
      if (cause instanceof CorsSetupException setup) {
        return new FailureAnalysis(setup.getMessage(), setup.action(), setup);
      }
    }
    return null;
  }

  private static String list(
      InvalidCorsPolicyException invalid, Function<PolicyProblem, String> line) {
    return invalid.problems().stream()
        .map(line)
        .map(text -> "    " + text)
        .collect(Collectors.joining("\n"));
  }

  private static String description(PolicyProblem problem) {
    return problem.subject()
        + ": "
        + problem.reason()
        + (problem.source() == null ? "" : "\n        at " + problem.source());
  }

  private static String action(PolicyProblem problem) {
    return problem.name() + ": " + problem.remedy();
  }
}
