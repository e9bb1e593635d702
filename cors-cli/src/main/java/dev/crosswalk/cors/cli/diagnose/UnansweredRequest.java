package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.layer.LayerRemedy;
import dev.crosswalk.cors.cli.remedy.layer.OptionsRemedy;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.Transport;
import dev.crosswalk.cors.tck.wire.WireException.Failure;
import dev.crosswalk.cors.tck.wire.WireRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A request without an answer, and a similar one that may get one. */
record UnansweredRequest(Request page, NotShared refusal, Transport transport) {

  /** How a running server fails if it does not support one method, or one origin. */
  private static final List<Failure> OF_ONE =
      List.of(Failure.TIME_OUT, Failure.CLOSED, Failure.NOT_HTTP);

  /** What it is that gets no answer; empty if nothing like it gets one. */
  Optional<Remedy> told() {
    return refusal
        .failure()
        .filter(OF_ONE::contains)
        .flatMap(failure -> refusal.where().preflight() ? preflight(failure) : origin(failure));
  }

  /** Whether GET, which changes nothing, gets one in place of a preflight. */
  private Optional<Remedy> preflight(Failure failure) {
    return status(Headers.of("Origin", page.origin()))
        .map(
            status ->
                OptionsRemedy.optionsUnanswered(
                    failure, refusal.subject(), status, RequiredGrant.of(page)));
  }

  /** Whether it gets one without Origin. */
  private Optional<Remedy> origin(Failure failure) {
    return page.method().equals("GET")
        ? status(page.headers())
            .map(
                status ->
                    LayerRemedy.originUnanswered(
                        failure, refusal.subject(), status, RequiredGrant.of(page)))
        : Optional.empty();
  }

  private Optional<Integer> status(Headers headers) {
    try {
      return Optional.of(
          transport.send(new WireRequest("GET", refusal.where().url(), headers)).status());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
