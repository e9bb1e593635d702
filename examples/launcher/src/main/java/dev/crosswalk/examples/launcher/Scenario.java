package dev.crosswalk.examples.launcher;

import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Outcome;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What a page asks its browser for, and what is to come of it.
 *
 * @param title what it shows
 * @param origin of the page
 * @param method to ask for
 * @param path to ask for
 * @param settings what else the page sets
 * @param statuses of the answers that are to come, that to a preflight among them
 * @param refusal why a browser does not share the last answer; empty if it does
 */
record Scenario(
    String title,
    String origin,
    String method,
    String path,
    UnaryOperator<Request> settings,
    List<Integer> statuses,
    Optional<Cause> refusal) {

  /** An origin that the policy allows. */
  static final String ALLOWED = "https://app.example.com";

  /** Six that tell most of the policy. */
  static final List<Scenario> ALL =
      List.of(
          new Scenario(
              "An allowed origin reads the notes",
              ALLOWED,
              "GET",
              "/notes",
              request -> request,
              List.of(200),
              Optional.empty()),
          new Scenario(
              "Another origin reads the notes",
              "https://evil.example",
              "GET",
              "/notes",
              request -> request,
              List.of(200),
              Optional.of(Cause.ACAO_MISSING)),
          new Scenario(
              "An allowed origin changes a note, and its browser asks first",
              ALLOWED,
              "PUT",
              "/notes/1",
              request ->
                  request
                      .header("Content-Type", "application/json")
                      .body("{\"text\":\"Buy bread\"}"),
              List.of(204, 200),
              Optional.empty()),
          new Scenario(
              "An allowed origin tries a method that the policy does not list",
              ALLOWED,
              "PATCH",
              "/notes/1",
              request -> request,
              List.of(204),
              Optional.of(Cause.METHOD_NOT_ALLOWED)),
          new Scenario(
              "An allowed origin logs in; the preflight needs no login",
              ALLOWED,
              "GET",
              "/me",
              request ->
                  request
                      .header("Authorization", "Basic YWxpY2U6d29uZGVybGFuZA==")
                      .credentials(Request.Credentials.INCLUDE),
              List.of(204, 200),
              Optional.empty()),
          new Scenario(
              "An allowed origin meets a defect, and learns of it",
              ALLOWED,
              "GET",
              "/broken",
              request -> request,
              List.of(500),
              Optional.empty()));

  /** The request to one of the services. */
  Request to(Example.Running server) {
    return settings.apply(Request.from(origin, method, server.url(path)));
  }

  /** Says what is not as it is to be; empty if all is. */
  Optional<String> surprise(Outcome outcome) {
    List<Integer> answered =
        outcome.exchanges().stream().map(exchange -> exchange.response().status()).toList();
    Optional<Cause> refused =
        outcome.verdict() instanceof NotShared no ? Optional.of(no.cause()) : Optional.empty();
    return answered.equals(statuses) && refused.equals(refusal)
        ? Optional.empty()
        : Optional.of(summary(answered, refused) + " instead of " + summary(statuses, refusal));
  }

  private static String summary(List<Integer> statuses, Optional<Cause> refusal) {
    return statuses + " " + refusal.map(Cause::toString).orElse("shared");
  }
}
