package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.answer.ResponseSigns;
import dev.crosswalk.cors.cli.remedy.error.ErrorRemedy;
import dev.crosswalk.cors.cli.remedy.error.ResponseRemedy;
import dev.crosswalk.cors.cli.remedy.layer.CoverageRemedy;
import dev.crosswalk.cors.cli.remedy.layer.LayerRemedy;
import dev.crosswalk.cors.tck.url.Host;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Exchange;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.List;
import java.util.Optional;

/** Whether a server refuses the origin, or whoever asks: it is asked once more without Origin. */
final class OriginRefusal {

  private final RequiredGrant grant;
  private final Exchange last;
  private final ResponseSigns signs;
  private final RepeatedRequest again;
  private final LayerSearch layer;
  private final SpringLayer spring;
  private final PreflightProbe probe;

  OriginRefusal(
      RequiredGrant grant,
      Exchange last,
      RepeatedRequest again,
      LayerSearch layer,
      SpringLayer spring,
      PreflightProbe probe) {
    this.grant = grant;
    this.last = last;
    this.signs = new ResponseSigns(last.response());
    this.again = again;
    this.layer = layer;
    this.spring = spring;
    this.probe = probe;
  }

  /** What a page of errors says of a failure that Origin brings about, or each request, is less. */
  Optional<Remedy> failsByItself() {
    int status = last.response().status();
    Optional<Remedy> told =
        status < 500 || ResponseSigns.isGateway(status) || signs.corsLayer().isPresent()
            ? Optional.empty()
            : ResponseRemedy.of(last, grant).filter(found -> found.code().equals("SERVER_FAILED"));
    if (told.isEmpty() || isOtherwiseWithoutOrigin()) {
      return told.flatMap(found -> refused());
    }
    return layer
        .root()
        .filter(root -> root.status() == status && again.isSafe())
        .map(
            root ->
                told.get()
                    .withOnlyAdvice(
                        List.of(LayerRemedy.STAR_AND_CREDENTIALS, told.get().advice().get(0))));
  }

  /** For a layer that answers differently without Origin, or says itself that it refuses. */
  Optional<Remedy> refused() {
    int status = last.response().status();
    Optional<String> says = signs.corsLayer();
    boolean otherwise = isOtherwiseWithoutOrigin();
    Optional<WireResponse> plain =
        otherwise || says.isPresent() ? Optional.empty() : getOtherwiseWithoutOrigin();
    if (plain.isPresent()) {
      String evidence =
          "A GET from this origin gets "
              + status
              + " as well, and a GET without Origin gets "
              + plain.get().status()
              + ".";
      return Optional.of(
          LayerRemedy.originRefused(last.response(), layer.software(), false, evidence, grant));
    }
    if (!otherwise && says.isEmpty()) {
      return spring.refusesPreflight() ? refusedBySpring() : Optional.empty();
    }
    String evidence =
        (says.isPresent() ? "It says \"" + says.get() + "\"" : "")
            + (otherwise
                ? (says.isPresent() ? ", and " : "")
                    + (says.isPresent() ? "without" : "Without")
                    + " Origin the same request gets "
                    + again.withoutOrigin().map(WireResponse::status).orElse(0)
                : "")
            + ".";
    boolean bySpring = last.preflight() && says.equals(SpringLayer.REFUSAL);
    if (bySpring && last.response().headers().has(GrantHeaders.ALLOW_ORIGIN)) {
      return Optional.of(LayerRemedy.refusedBehindHeader(last.response(), grant));
    }
    Optional<Remedy> request = probe.refused(evidence);
    if (request.isPresent()) {
      return request;
    }
    if (bySpring) {
      Optional<ResponseSigns> got = again.get().map(ResponseSigns::new);
      if (got.flatMap(ResponseSigns::corsLayer).isEmpty()) {
        boolean sure = again.get().filter(WireResponse::hasOkStatus).isPresent();
        return Optional.of(CoverageRemedy.pathNotCovered(status, sure, says, grant));
      }
    }
    if (last.preflight() && spring.letsThrough() && status == 403) {
      return Optional.of(CoverageRemedy.pathNotCovered(status, true, says, grant));
    }
    return Optional.of(
        status >= 500 && says.isEmpty()
            ? LayerRemedy.failsWithOrigin(last.response(), evidence, grant)
            : LayerRemedy.originRefused(
                last.response(),
                layer.software(),
                Host.isLoopback(String.valueOf(Url.of(last.request().url()).host())),
                evidence,
                grant));
  }

  /** Without servlets it does so without a word. */
  private Optional<Remedy> refusedBySpring() {
    int status = last.response().status();
    String evidence = "Its three lines of Vary are those of Spring's CORS layer.";
    int got = again.get().map(WireResponse::status).orElse(403);
    return probe
        .refused(evidence)
        .or(
            () ->
                Optional.of(
                    got == 403
                        ? LayerRemedy.originRefused(
                            last.response(), layer.software(), false, evidence, grant)
                        : got == 404
                            ? CoverageRemedy.preflightNotRouted(status, grant)
                            : CoverageRemedy.pathNotCovered(
                                status, got < 400, Optional.empty(), grant)));
  }

  /** What is refused without Origin, too, is not refused for it. */
  Optional<Remedy> refusedToAll() {
    int status = last.response().status();
    if (status != 403
        || !again.isSafe()
        || again.withoutOrigin().filter(p -> p.status() == 403).isEmpty()) {
      return Optional.empty();
    }
    // What refuses GET as well is not a rule about methods.
    boolean get =
        last.preflight() && again.get().filter(answer -> answer.status() == 403).isPresent();
    return Optional.of(ErrorRemedy.refusedToAll(last.response(), last.preflight(), get, grant));
  }

  private boolean isOtherwiseWithoutOrigin() {
    return last.response().status() >= 400
        && again.isSafe()
        && again.withoutOrigin().filter(plain -> plain.status() < 400).isPresent();
  }

  /**
   * For a layer that refuses an origin by an error, in front of routes that have none for OPTIONS:
   * without Origin the preflight gets an error, too.
   *
   * @return what GET gets without Origin; empty if that tells nothing
   */
  private Optional<WireResponse> getOtherwiseWithoutOrigin() {
    int status = last.response().status();
    return !last.preflight() || status != 403 && status != 400
        ? Optional.empty()
        : again
            .get()
            .filter(answer -> answer.status() == status && !again.allows(answer))
            .flatMap(answer -> again.getWithoutOrigin())
            .filter(WireResponse::hasOkStatus);
  }
}
