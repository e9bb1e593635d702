package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.answer.ResponseSigns;
import dev.crosswalk.cors.cli.remedy.layer.CoverageRemedy;
import dev.crosswalk.cors.cli.remedy.layer.ProxyRemedy;
import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.wire.Exchange;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.Optional;

/**
 * Spring's CORS layer. It adds three lines of {@code Vary} to each response that passes it, and
 * answers 403 to an origin, or a preflight, that it does not allow. So it is seen where it lets a
 * request through without headers.
 */
record SpringLayer(NotShared refusal, RequiredGrant grant, Exchange last, RepeatedRequest again) {

  /** What Spring says, whatever it refuses. */
  static final Optional<String> REFUSAL = Optional.of("Invalid CORS request");

  /** Whether GET of this page passes without headers: an origin that is not listed gets 403. */
  boolean letsThrough() {
    Optional<WireResponse> got = last.preflight() ? again.get() : Optional.of(last.response());
    return got.filter(answer -> answer.status() != 403).filter(SpringLayer::isOf).isPresent();
  }

  /** A preflight that its layer allows gets 200, whatever comes after it: so the 403 is its own. */
  boolean refusesPreflight() {
    return last.preflight() && last.response().status() == 403 && isOf(last.response());
  }

  private static boolean isOf(WireResponse answer) {
    return new ResponseSigns(answer).hasVaryOfSpring();
  }

  /** Where it does not know a preflight, or its header gets lost, which a proxy brings about. */
  Optional<Remedy> originRemoved() {
    if (refusal.cause() != Cause.ACAO_MISSING || !letsThrough()) {
      return Optional.empty();
    }
    Optional<WireResponse> preflight =
        (last.preflight() ? Optional.of(last.response()) : again.preflight())
            .filter(WireResponse::hasOkStatus)
            .filter(SpringLayer::isOf)
            .filter(answer -> !again.allows(answer));
    return preflight.map(
        answer ->
            new ResponseSigns(answer).hasHeadersOfCors()
                ? ProxyRemedy.allowOriginRemoved(last.response(), grant)
                : ProxyRemedy.originRemoved(last.response(), last.preflight(), grant));
  }

  Optional<Remedy> pathWithoutConfiguration() {
    if (last.preflight() || refusal.cause() != Cause.ACAO_MISSING) {
      return Optional.empty();
    }
    int status = last.response().status();
    if (letsThrough()) {
      return Optional.of(CoverageRemedy.pathWithoutConfiguration(status, grant));
    }
    return status == 403
        ? Optional.empty()
        : again
            .preflight()
            .filter(answer -> new ResponseSigns(answer).corsLayer().equals(REFUSAL))
            .map(answer -> CoverageRemedy.pathNotCovered(answer.status(), true, REFUSAL, grant));
  }
}
