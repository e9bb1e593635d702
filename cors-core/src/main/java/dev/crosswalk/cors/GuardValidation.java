package dev.crosswalk.cors;

import dev.crosswalk.cors.internal.origin.OriginPattern;
import dev.crosswalk.cors.internal.origin.OriginPattern.Leftmost;
import dev.crosswalk.cors.internal.origin.OriginPatternParser;
import dev.crosswalk.cors.internal.origin.OriginPatternParser.Flawed;
import dev.crosswalk.cors.internal.origin.OriginPatternParser.Parsed;
import dev.crosswalk.cors.internal.origin.SharedHosts;
import dev.crosswalk.cors.internal.syntax.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds everything that is wrong with the settings of a guard. */
final class GuardValidation {

  private final Cors cors;
  private final Written written;
  private final List<String> paths = new ArrayList<>();
  private final List<String> pathsBelow = new ArrayList<>();
  private final List<OriginPattern> patterns = new ArrayList<>();
  private final List<PolicyProblem> errors = new ArrayList<>();
  private final List<PolicyProblem> warnings = new ArrayList<>();

  GuardValidation(Cors cors, Written written) {
    this.cors = cors;
    this.written = written;
    checkTrustedOrigins();
    checkTrustedReaders();
    PathValidation validation = new PathValidation();
    checkPaths(Setting.GUARD_EXEMPT_PATHS, paths, validation);
    checkPaths(Setting.GUARD_EXEMPT_PATHS_BELOW, pathsBelow, validation);
    warnOfWideExceptions();
  }

  /**
   * Returns what the guard lets pass.
   *
   * @throws InvalidCorsPolicyException if anything is wrong
   */
  GuardExceptions valid() {
    if (!errors.isEmpty()) {
      throw new InvalidCorsPolicyException(errors);
    }
    boolean trustsReaders = written.isTrue(Setting.GUARD_TRUST_ORIGINS_ALLOWED_WITH_CREDENTIALS);
    return new GuardExceptions(patterns, trustsReaders, paths, pathsBelow);
  }

  List<PolicyProblem> warnings() {
    return warnings;
  }

  /** Warns of exceptions that leave little to guard. */
  private void warnOfWideExceptions() {
    int everything = written.members(Setting.GUARD_EXEMPT_PATHS_BELOW).indexOf("/");
    if (everything != -1) {
      warn(ProblemCode.GUARD_EXEMPTS_EVERYTHING, Setting.GUARD_EXEMPT_PATHS_BELOW, everything);
    }
    // A single one has no other to be confused with.
    boolean several = patterns.size() > 1 || patterns.size() == 1 && !patterns.get(0).isExact();
    if (cors instanceof CorsPolicy policy
        && several
        && Set.copyOf(patterns).equals(Set.copyOf(policy.grants().origins()))) {
      warn(ProblemCode.GUARD_TRUSTS_READERS, Setting.GUARD_TRUSTED_ORIGINS, -1);
    }
  }

  private void checkTrustedOrigins() {
    List<@Nullable String> origins = written.members(Setting.GUARD_TRUSTED_ORIGINS);
    for (int i = 0; i < origins.size(); i++) {
      String origin = origins.get(i) == null ? "" : origins.get(i);
      OriginPatternParser.Result result = OriginPatternParser.parse(origin);
      if (origin.equals(Setting.ANY)) {
        error(ProblemCode.GUARD_TRUSTS_ANY_ORIGIN, i);
      } else if (OriginPatternParser.isNull(origin)) {
        error(ProblemCode.GUARD_TRUSTS_NULL, i);
      } else if (result instanceof Flawed flawed) {
        errors.add(written.problem(flawed, Setting.GUARD_TRUSTED_ORIGINS, i));
      } else if (result instanceof Parsed parsed) {
        checkTrusted(origin, parsed.pattern(), i);
      }
    }
  }

  /** As for allowed origins with credentials, but without a gate: a forged page would write. */
  private void checkTrusted(String origin, OriginPattern pattern, int index) {
    String suffix = pattern.publicSuffix();
    if (pattern.leftmost() == Leftmost.HOST) {
      String scheme = Text.quote(pattern.scheme() + "://");
      error(ProblemCode.GUARD_TRUSTS_ANYONE, index, List.of(), scheme);
    } else if (suffix != null) {
      error(ProblemCode.GUARD_TRUSTS_ANYONE, index, List.of(), SharedHosts.inWords(suffix));
    }
    if (written.isOfProduction() && pattern.isLoopback()) {
      error(ProblemCode.ORIGIN_LOOPBACK_IN_PRODUCTION, index);
    } else if (written.isOfProduction() && pattern.isInsecure()) {
      error(ProblemCode.GUARD_TRUSTS_INSECURE, index, List.of(pattern.secured()));
    } else if (written.mayBeOfProduction() && pattern.isInsecure() && !pattern.isLoopback()) {
      ProblemCode code = ProblemCode.GUARD_TRUSTS_INSECURE_WITHOUT_PROFILE;
      PolicyProblem problem = written.problem(code, Setting.GUARD_TRUSTED_ORIGINS, index);
      warnings.add(problem.instead(List.of(pattern.secured())));
    }
    warnings.addAll(
        PolicyValidation.misspelled(written, pattern, Setting.GUARD_TRUSTED_ORIGINS, index));
    patterns.add(pattern);
    warnOfDuplicate(Setting.GUARD_TRUSTED_ORIGINS, index, origin);
  }

  private void checkTrustedReaders() {
    Setting readers = Setting.GUARD_TRUST_ORIGINS_ALLOWED_WITH_CREDENTIALS;
    PolicyProblem problem = written.flagProblem(readers);
    if (problem != null) {
      errors.add(problem);
    } else if (written.isTrue(readers) && !mayAllowCredentials(cors)) {
      warn(ProblemCode.GUARD_TRUSTS_NOBODY, readers, -1);
    }
  }

  /** What is chosen by a function, or may be replaced, is not known here. */
  private static boolean mayAllowCredentials(Cors cors) {
    return cors instanceof CorsPolicy policy
        ? policy.grants().credentials()
        : !(cors instanceof Combined combined)
            || cors instanceof ReloadableCors
            || cors instanceof WatchedCors
            || combined.parts().isEmpty()
            || combined.parts().stream().anyMatch(GuardValidation::mayAllowCredentials);
  }

  private void checkPaths(Setting setting, List<String> right, PathValidation validation) {
    List<@Nullable String> members = written.members(setting);
    for (int i = 0; i < members.size(); i++) {
      String path = members.get(i) == null ? "" : members.get(i);
      String name = written.nameOf(setting);
      String place = written.place(setting, i);
      PolicyProblem problem = validation.problem(members.get(i), name, i, place);
      if (problem != null
          && problem.code() == ProblemCode.PATH_WILDCARD
          && setting == Setting.GUARD_EXEMPT_PATHS) {
        String below = written.nameOf(Setting.GUARD_EXEMPT_PATHS_BELOW);
        errors.add(written.problem(ProblemCode.GUARD_EXEMPTS_WILDCARD, setting, i, below));
      } else if (problem != null) {
        errors.add(problem);
      } else {
        right.add(path);
        warnOfDuplicate(setting, i, path);
      }
    }
  }

  private void warnOfDuplicate(Setting setting, int index, String value) {
    if (written.members(setting).indexOf(value) < index) {
      warn(ProblemCode.GUARD_DUPLICATE, setting, index);
    }
  }

  private void error(ProblemCode code, int index) {
    error(code, index, List.of());
  }

  private void error(ProblemCode code, int index, List<String> instead, Object... arguments) {
    PolicyProblem problem = written.problem(code, Setting.GUARD_TRUSTED_ORIGINS, index, arguments);
    errors.add(problem.instead(instead));
  }

  private void warn(ProblemCode code, Setting setting, int index) {
    warnings.add(written.problem(code, setting, index));
  }
}
