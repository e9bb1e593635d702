package dev.crosswalk.cors.tck.rules;

import static dev.crosswalk.cors.tck.browser.Request.Credentials.INCLUDE;
import static dev.crosswalk.cors.tck.rules.Rule.Level.MUST;
import static dev.crosswalk.cors.tck.rules.TestPolicy.*;

import java.util.List;

/** Responses that come later, or bit by bit. */
@Family(level = MUST, source = Source.HTTP_RESPONSES, lookAt = LookAt.COMMIT)
interface StreamRules extends RuleBook {

  @Rule(why = "A handler may answer later and from another thread.")
  default void ST01_an_asynchronous_response_is_shared() {
    Site site = site(CREDENTIALS).at("/async");
    Observation seen = site.from(APP).status(200).handled().shared(INCLUDE);
    content(seen, "hello");
  }

  @Rule(why = "When the last byte is there, the headers have long been sent.")
  default void ST02_a_streamed_response_is_shared_and_complete() {
    Site site = site(CREDENTIALS).at("/stream");
    content(site.from(APP).status(200).handled().shared(INCLUDE), "one two three");
  }

  @Rule(why = "A response larger than every buffer leaves the server before the handler ends.")
  default void ST03_a_response_larger_than_the_buffers_is_shared_and_complete() {
    Observation seen = site(CREDENTIALS).at("/stream-large").from(APP).shared(INCLUDE);
    if (seen.response().body().length != 32 * 8_192) {
      throw seen.broken(
          "the response should have 262144 bytes, but has " + seen.response().body().length);
    }
  }

  @Rule(why = "A script listens to events of another origin as it fetches.")
  default void ST04_server_sent_events_are_shared() {
    Observation seen =
        site(CREDENTIALS)
            .at("/events")
            .from(APP, "GET", "Accept", "text/event-stream")
            .status(200)
            .shared(INCLUDE);
    if (!seen.response().text().contains("three")) {
      throw seen.broken("the last event should come, but does not");
    }
  }

  @Rule(why = "What streams to an allowed origin does not stream to a refused one's script.")
  default void ST05_streams_are_not_shared_with_a_refused_origin() {
    Site site = site(CREDENTIALS);
    for (String path : List.of("/async", "/stream", "/stream-large", "/events")) {
      site.at(path).from(EVIL).status(200).lacksCors();
    }
  }

  @Rule(why = "A stream has headers to be read as any response.", source = Source.EXPOSE_HEADERS)
  default void ST06_streams_expose_what_the_policy_exposes() {
    Site site = site(CREDENTIALS);
    for (String path : List.of("/async", "/stream")) {
      site.at(path).from(APP).lists("Access-Control-Expose-Headers", "X-Tck-Exposed");
    }
  }

  @Rule(
      why = "A preflight for a stream does not start it.",
      source = Source.CORS_PREFLIGHT,
      lookAt = LookAt.EARLY)
  default void ST07_a_preflight_for_a_stream_does_not_start_it() {
    site(CREDENTIALS).at("/events").preflight(APP, "GET", "x-tck").permits(INCLUDE).notHandled();
  }

  private static void content(Observation seen, String expected) {
    if (!seen.response().text().equals(expected)) {
      throw seen.broken(
          "the content should be \"%s\", but is \"%s\""
              .formatted(expected, seen.response().text()));
    }
  }
}
