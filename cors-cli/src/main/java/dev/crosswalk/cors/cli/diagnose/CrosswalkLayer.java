package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.answer.CrosswalkAnswer;
import dev.crosswalk.cors.cli.remedy.layer.CrosswalkRemedy;
import dev.crosswalk.cors.cli.remedy.refusal.RefusalRemedy;
import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.wire.Exchange;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.List;
import java.util.Optional;

/**
 * This library. It refuses a preflight of an origin by an answer that no other layer gives, and
 * lets every other request pass, which a layer does not that only writes its lines of {@code Vary}
 * alike.
 */
record CrosswalkLayer(
    NotShared refusal, RequiredGrant grant, Exchange last, RepeatedRequest again) {

  /** Nobody can have it (RFC 6761, section 6.4). */
  private static final String ORIGIN_OF_NOBODY = "https://nobody.invalid";

  private static final List<Cause> OF_POLICY =
      List.of(Cause.METHOD_NOT_ALLOWED, Cause.HEADER_NOT_ALLOWED, Cause.ACAC_NOT_TRUE);

  /** Whether its policy refuses the page's origin. */
  boolean refusesOrigin() {
    // What fails is compared with a request without Origin anyway.
    boolean fails = !last.preflight() && again.isSafe() && last.response().status() >= 400;
    return (!fails || letsPass())
        && preflight().filter(CrosswalkAnswer::isRefusal).isPresent()
        && (fails || letsPass());
  }

  Optional<Remedy> originRefused() {
    boolean guarded = !last.preflight() && !again.isSafe() && last.response().status() == 403;
    return refusesOrigin()
        ? Optional.of(
            CrosswalkRemedy.originRefused(
                refusal.where(),
                last.response().headers().get(GrantHeaders.ALLOW_ORIGIN),
                guarded,
                grant))
        : Optional.empty();
  }

  /**
   * Where it allows the origin, and not what the page wants: another origin shows whose answer it
   * is.
   */
  Optional<Remedy> inPolicy() {
    return OF_POLICY.contains(refusal.cause())
            && preflight().filter(CrosswalkAnswer::isGrant).isPresent()
            && refusesNobody()
        ? Optional.of(
            CrosswalkRemedy.inPolicy(
                refusal, RefusalRemedy.of(refusal, grant, Optional.of(last.response()))))
        : Optional.empty();
  }

  private boolean refusesNobody() {
    Headers headers =
        Headers.of("Origin", ORIGIN_OF_NOBODY).with("Access-Control-Request-Method", "GET");
    return again
        .send(new WireRequest("OPTIONS", last.request().url(), headers))
        .filter(CrosswalkAnswer::isRefusal)
        .isPresent();
  }

  /** Whether the origin makes no difference to a GET. */
  private boolean letsPass() {
    Optional<Integer> got = again.get().map(WireResponse::status);
    Optional<Integer> plain = again.getWithoutOrigin().map(WireResponse::status);
    return got.isEmpty() || plain.isEmpty() || got.equals(plain);
  }

  private Optional<WireResponse> preflight() {
    if (last.preflight()) {
      return Optional.of(last.response());
    }
    return CrosswalkAnswer.mayBeOf(last.response()) ? again.preflight() : Optional.empty();
  }
}
