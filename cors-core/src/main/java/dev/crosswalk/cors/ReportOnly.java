package dev.crosswalk.cors;

import dev.crosswalk.cors.CorsDecision.Outcome;
import java.util.ArrayList;
import java.util.List;

/** Enforces one policy and reports what another would refuse. See {@link Cors#reportOnly}. */
final class ReportOnly implements Cors {

  private final Cors enforced;
  private final Cors stricter;
  private final Observed.Told told;

  ReportOnly(Cors enforced, Cors stricter, CorsObserver observer) {
    this.enforced = enforced;
    this.stricter = stricter;
    this.told = new Observed.Told(observer);
  }

  Cors enforced() {
    return enforced;
  }

  Cors stricter() {
    return stricter;
  }

  @Override
  public <Q> CorsDecision decide(Q request, RequestReader<? super Q> reader) {
    CorsDecision decision = enforced.decide(request, reader);
    CorsDecision tried = stricter.decide(request, reader);
    if (isStricter(decision.outcome(), tried.outcome())) {
      told.of(tried, request, reader);
    }
    return decision;
  }

  private static boolean isStricter(Outcome enforced, Outcome tried) {
    if (tried.isWriteRefusal()) {
      return !enforced.isWriteRefusal(); // A request that no policy allows is handled all the same.
    }
    return enforced == Outcome.ALLOWED && (tried.isRefusal() || tried == Outcome.NO_POLICY);
  }

  @Override
  public <Q> CorsDecision decideAgain(Q request, RequestReader<? super Q> reader) {
    return enforced.decideAgain(request, reader);
  }

  @Override
  public List<PolicyProblem> warnings() {
    List<PolicyProblem> warnings = new ArrayList<>(enforced.warnings());
    for (PolicyProblem warning : stricter.warnings()) {
      if (!warnings.contains(warning)) {
        warnings.add(warning);
      }
    }
    return List.copyOf(warnings);
  }

  /** {@return what is enforced} */
  @Override
  public String toString() {
    return enforced.toString();
  }
}
