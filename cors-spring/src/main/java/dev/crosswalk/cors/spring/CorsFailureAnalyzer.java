package dev.crosswalk.cors.spring;

import dev.crosswalk.cors.InvalidCorsPolicyException;
import dev.crosswalk.cors.PolicyProblem;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.Environment;

/** Prints what is wrong with a policy as Spring Boot prints what is wrong with its own settings. */
final class CorsFailureAnalyzer implements FailureAnalyzer {

  private final Environment environment;

  CorsFailureAnalyzer(Environment environment) {
    this.environment = environment;
  }

  @Override
  public @Nullable FailureAnalysis analyze(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidCorsPolicyException invalid) {
        return new FailureAnalysis(
            "The CORS policy is wrong:\n\n" + list(invalid, this::description),
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

  private String description(PolicyProblem problem) {
    String place =
        problem.source() == null
            ? null
            : CorsSettings.of(environment).place(problem.setting(), problem.index());
    return name(problem)
        + (problem.value() == null ? "" : " \"" + problem.value() + "\"")
        + ": "
        + problem.reason()
        + (place == null ? "" : "\n        at " + place);
  }

  private static String action(PolicyProblem problem) {
    return name(problem) + ": " + problem.remedy();
  }

  private static String name(PolicyProblem problem) {
    return problem.setting() + (problem.index() < 0 ? "" : "[" + problem.index() + "]");
  }
}
