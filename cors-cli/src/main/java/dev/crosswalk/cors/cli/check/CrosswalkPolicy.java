package dev.crosswalk.cors.cli.check;

import dev.crosswalk.cors.cli.remedy.answer.CrosswalkAnswer;
import dev.crosswalk.cors.cli.remedy.layer.CrosswalkRemedy;
import dev.crosswalk.cors.tck.rules.Observation;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * This library as the server that is asked. No header names it. A preflight that it refuses shows
 * it, so a policy that allows every origin does not.
 */
final class CrosswalkPolicy {

  private static final List<ServerCause> OF_ORIGIN =
      List.of(ServerCause.ORIGIN_REFUSED, ServerCause.ORIGIN_OTHER, ServerCause.PATTERN_IN_PART);

  private final PoliteClient client;

  private CrosswalkPolicy(PoliteClient client) {
    this.client = client;
  }

  /**
   * Its policy, if that is what answers: it refuses the preflight of an origin that nobody has, and
   * lets the GET pass, as another layer does not.
   *
   * @param declared with which origins it is asked
   */
  static Optional<CrosswalkPolicy> of(PoliteClient client, DeclaredOrigins declared)
      throws InterruptedException {
    String nobody = LookAlike.unrelated().get(0).origin();
    if (declared.include(nobody)) {
      return Optional.empty();
    }
    Optional<Observation> got = client.get(nobody);
    boolean passes =
        got.filter(seen -> !OriginProbe.isGranted(seen)).isPresent()
            && status(got).equals(status(client.get("")));
    boolean refuses =
        passes
            && client
                .preflight(nobody, "PUT", "")
                .map(Observation::response)
                .filter(CrosswalkAnswer::isRefusal)
                .isPresent();
    return refuses ? Optional.of(new CrosswalkPolicy(client)) : Optional.empty();
  }

  private static Optional<Integer> status(Optional<Observation> seen) {
    return seen.map(Observation::response).map(WireResponse::status);
  }

  /** The causes, and what in the policy each of them is, where it is the policy's. */
  List<RootCause> explain(List<RootCause> causes) throws InterruptedException {
    List<RootCause> all = new ArrayList<>();
    for (RootCause cause : causes) {
      all.add(change(cause).map(cause::withRemedy).orElse(cause));
    }
    return all;
  }

  private Optional<String> change(RootCause cause) throws InterruptedException {
    for (ServerCause known : ServerCause.values()) {
      if (RootCause.id(known).equals(cause.id())) {
        boolean refused = OF_ORIGIN.contains(known);
        return answers(cause, refused ? CrosswalkAnswer::isRefusal : CrosswalkAnswer::isGrant)
            ? lacking(known).map(what -> "Crosswalk answers here: " + what)
            : Optional.empty();
      }
    }
    return answers(cause, CrosswalkAnswer::isGrant)
        ? Optional.of(
            "Crosswalk answers here, and its policy grants this origin. If that is not meant, remove"
                + " it, or the pattern that covers it, from "
                + CrosswalkRemedy.layer().origins()
                + "; if it is, declare it by --allowed-origin")
        : Optional.empty();
  }

  /** What its policy lacks where a page is refused; empty if it is not the policy's. */
  private static Optional<String> lacking(ServerCause cause) {
    return cause == ServerCause.NO_CREDENTIALS
        ? Optional.of(
            "write allowCredentials() in the CorsPolicy (in configuration,"
                + " cors.allow-credentials=true)")
        : cause.list(CrosswalkRemedy.layer()).map(list -> "add it to " + list);
  }

  /** Another layer may answer what is not a preflight, and then it is not the policy's. */
  private boolean answers(RootCause cause, Predicate<WireResponse> form)
      throws InterruptedException {
    Observation proof = cause.proofs().get(0);
    Optional<Observation> preflight =
        proof.isPreflight() ? Optional.of(proof) : client.preflight(proof.origin(), "GET", "");
    return preflight.map(Observation::response).filter(form).isPresent();
  }
}
