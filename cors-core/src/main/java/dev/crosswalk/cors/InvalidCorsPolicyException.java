package dev.crosswalk.cors;

import java.util.List;

/**
 * Thrown when a policy is invalid, or a guard. Contains all problems, not just the first one, and
 * its message lists them with their remedies.
 */
public final class InvalidCorsPolicyException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** Nobody reads more lines in a log. {@link #problems()} returns them all. */
  private static final int MAX_LISTED = 100;

  private final transient List<PolicyProblem> problems;

  InvalidCorsPolicyException(List<PolicyProblem> problems) {
    super(message(problems));
    this.problems = List.copyOf(problems);
  }

  /**
   * Returns everything that is wrong, in the order written. Warnings are not among them. Empty if
   * the exception was deserialized: only the message survives that.
   *
   * @return the problems, unmodifiable
   */
  public List<PolicyProblem> problems() {
    return problems == null ? List.of() : problems;
  }

  /** A guard is not CORS, so that its problems are not the policy's. */
  private static String subject(List<PolicyProblem> problems) {
    long ofGuard = problems.stream().filter(PolicyProblem::isOfGuard).count();
    return ofGuard == 0
        ? "The CORS policy has "
        : ofGuard == problems.size() ? "The guard has " : "The CORS policy and the guard have ";
  }

  static String message(List<PolicyProblem> problems) {
    StringBuilder message = new StringBuilder(subject(problems));
    message.append(problems.size()).append(problems.size() == 1 ? " problem:" : " problems:");
    for (PolicyProblem problem : problems.subList(0, Math.min(problems.size(), MAX_LISTED))) {
      message.append("\n  - ").append(problem);
    }
    if (problems.size() > MAX_LISTED) {
      message.append("\n  - and ").append(problems.size() - MAX_LISTED).append(" more.");
    }
    if (problems.stream().anyMatch(p -> p.code() == ProblemCode.CONFIGURATION_UNKNOWN_KEY)) {
      message.append("\nThe settings are ").append(Setting.names()).append('.');
    }
    return message.toString();
  }
}
