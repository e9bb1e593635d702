package dev.crosswalk.examples.browser;

import static dev.crosswalk.examples.browser.Pages.Page.EVIL;
import static dev.crosswalk.examples.browser.Pages.Page.SANDBOX;
import static dev.crosswalk.examples.browser.Pages.Page.SHOP;
import static dev.crosswalk.examples.browser.Pages.Page.TEAM;
import static dev.crosswalk.examples.browser.Step.by;
import static dev.crosswalk.examples.browser.Step.fetch;
import static dev.crosswalk.examples.browser.Step.xhr;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.tck.browser.Request.Credentials;
import dev.crosswalk.cors.tck.browser.Request.Mode;
import dev.crosswalk.cors.tck.browser.Request.Redirect;
import dev.crosswalk.examples.browser.Pages.Page;
import dev.crosswalk.examples.browser.Step.Via;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What pages do, one thing after the other, in one browser.
 *
 * @param title a sentence
 * @param expected what the author of the scenario expects of each step: the model is not asked
 * @param steps in order
 */
record Scenario(String title, List<Expected> expected, List<Step> steps) {

  /** How a step ends. */
  enum Expected {
    /** Shared, without a preflight. */
    SHARED,
    /** Shared, after a preflight. */
    ASKED,
    /** Not shared, and no preflight was sent. */
    REFUSED,
    /** Not shared, and a preflight was sent, be it alone. */
    ASKED_REFUSED,
    /** Left to the engine: see the differences. */
    DIFFERS
  }

  /** The last segment of its paths. */
  String key() {
    return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  @Override
  public String toString() {
    return title;
  }

  private static Scenario shared(String title, Step step) {
    return new Scenario(title, List.of(Expected.SHARED), List.of(step));
  }

  private static Scenario asked(String title, Step step) {
    return new Scenario(title, List.of(Expected.ASKED), List.of(step));
  }

  private static Scenario refused(String title, Step step) {
    return new Scenario(title, List.of(Expected.REFUSED), List.of(step));
  }

  private static Scenario askedRefused(String title, Step step) {
    return new Scenario(title, List.of(Expected.ASKED_REFUSED), List.of(step));
  }

  private static Scenario differs(String title, Step... steps) {
    return new Scenario(title, Collections.nCopies(steps.length, Expected.DIFFERS), List.of(steps));
  }

  /** The policies, by the first segment of the path. */
  static Cors policies(Pages pages) {
    CorsPolicy members =
        CorsPolicy.builder()
            .allowOrigins(pages.origin(Page.APP), pages.origin(Page.SHOP), "http://*.localhost:*")
            .allowCredentials()
            .allowMethods("PUT", "DELETE", "PATCH")
            .allowRequestHeaders("Content-Type", "Authorization", "X-Custom")
            .exposeResponseHeaders("X-Exposed")
            .maxAge(Duration.ofMinutes(10))
            .build();
    return Cors.byPath(
        Map.of(
            "/members", members,
            "/fresh", members.toBuilder().maxAge(Duration.ZERO).build(),
            "/public",
                CorsPolicy.builder()
                    .allowAnyOrigin()
                    .allowMethods("PUT")
                    .allowRequestHeaders("X-Custom", "Content-Type")
                    .exposeResponseHeaders("X-Exposed")
                    .maxAge(Duration.ofMinutes(10))
                    .build(),
            "/anything",
                CorsPolicy.builder()
                    .allowAnyOrigin()
                    .allowAnyMethod()
                    .allowAnyRequestHeader()
                    .exposeAnyResponseHeader()
                    .maxAge(Duration.ofMinutes(10))
                    .build(),
            "/single", CorsPolicy.builder().allowOrigins(pages.origin(Page.APP)).build(),
            "/sandboxed",
                CorsPolicy.builder().dangerouslyAllowOrigins("null").allowMethods("PUT").build(),
            "/none", CorsPolicy.none()));
  }

  /** All, in the order of the report. */
  static final List<Scenario> ALL =
      List.of(
          // Methods
          shared("A simple GET", fetch("GET", "members/plain")),
          shared("HEAD", fetch("HEAD", "members/plain")),
          shared("POST of plain text", fetch("POST", "members/plain").body("text/plain", "hi")),
          asked("POST of JSON", fetch("POST", "members/plain").body("application/json", "{}")),
          shared(
              "POST of a form",
              fetch("POST", "members/plain").body("application/x-www-form-urlencoded", "a=b")),
          asked("PUT", fetch("PUT", "members/plain").body("text/plain", "hi")),
          asked("DELETE", fetch("DELETE", "members/plain")),
          asked("PATCH", fetch("PATCH", "members/plain")),
          askedRefused("patch in lower case", fetch("patch", "members/plain")),
          asked("put in lower case", fetch("put", "members/plain")),
          askedRefused("A method that is not listed", fetch("PURGE", "members/plain")),
          asked("Any method", fetch("PATCH", "anything/plain")),
          // Request headers
          asked("A custom header", fetch("GET", "members/plain").header("X-Custom", "1")),
          askedRefused(
              "A header not listed", fetch("GET", "members/plain").header("X-Secret", "1")),
          asked(
              "Authorization", fetch("GET", "members/plain").header("Authorization", "Basic YTpi")),
          asked("Any header", fetch("GET", "anything/plain").header("X-Whatever", "1")),
          // Both browsers would let it pass, if the policy answered with a *.
          askedRefused(
              "Authorization under a wildcard",
              fetch("GET", "anything/plain").header("Authorization", "Basic YTpi")),
          shared(
              "Safelisted headers",
              fetch("GET", "members/plain").header("Accept-Language", "de, en;q=0.5")),
          askedRefused(
              "An unsafe byte in Accept", fetch("GET", "members/plain").header("Accept", "a\"b")),
          askedRefused(
              "A safelisted header that is too long",
              fetch("GET", "members/plain").header("Accept-Language", "a".repeat(129))),
          shared("A simple Range", fetch("GET", "members/plain").header("Range", "bytes=0-1")),
          differs("A client hint", fetch("GET", "members/plain").header("Device-Memory", "8")),
          // Credentials
          shared("Cookies", fetch("GET", "members/plain").include()),
          asked("Cookies on PUT", fetch("PUT", "members/plain").include()),
          shared("No credentials", fetch("GET", "members/plain").credentials(Credentials.OMIT)),
          refused("Cookies where any origin is allowed", fetch("GET", "public/plain").include()),
          askedRefused(
              "Cookies on PUT where any origin is allowed", fetch("PUT", "public/plain").include()),
          shared("Any origin", fetch("GET", "public/plain").from(EVIL)),
          shared("Any response header", fetch("GET", "anything/plain")),
          // XMLHttpRequest
          shared("XHR", xhr("GET", "members/plain")),
          shared("XHR of plain text", xhr("POST", "members/plain").body("text/plain", "hi")),
          asked(
              "XHR with an upload listener",
              xhr("POST", "members/plain").body("text/plain", "hi").uploadListeners()),
          asked("XHR with cookies", xhr("PUT", "members/plain").include()),
          refused("XHR from another origin", xhr("GET", "members/plain").from(EVIL)),
          refused("XHR with cookies where any is allowed", xhr("GET", "public/plain").include()),
          askedRefused(
              "XHR with a header not listed", xhr("GET", "members/plain").header("X-A", "1")),
          // Origins
          refused("Another origin", fetch("GET", "members/plain").from(EVIL)),
          refused(
              "Another origin's simple POST",
              fetch("POST", "members/plain").from(EVIL).body("text/plain", "hi")),
          askedRefused("Another origin's PUT", fetch("PUT", "members/plain").from(EVIL)),
          refused("No origin is allowed", fetch("GET", "none/plain")),
          askedRefused("No origin is allowed to PUT", fetch("PUT", "none/plain")),
          shared("A pattern of origins", fetch("GET", "members/plain").from(TEAM)),
          asked("A pattern of origins, asked", fetch("PUT", "members/plain").from(TEAM)),
          shared("The single origin", fetch("GET", "single/plain")),
          refused("Not the single origin", fetch("GET", "single/plain").from(SHOP)),
          askedRefused("Not the single origin, asked", fetch("PUT", "single/plain").from(SHOP)),
          refused("A sandboxed frame", fetch("GET", "members/plain").from(SANDBOX)),
          askedRefused("A sandboxed frame's PUT", fetch("PUT", "members/plain").from(SANDBOX)),
          shared("null is allowed", fetch("GET", "sandboxed/plain").from(SANDBOX)),
          asked("null is allowed to PUT", fetch("PUT", "sandboxed/plain").from(SANDBOX)),
          shared(
              "A sandboxed frame where any is allowed", fetch("GET", "public/plain").from(SANDBOX)),
          // Modes
          shared("No CORS", fetch("GET", "members/plain").from(EVIL).mode(Mode.NO_CORS)),
          refused("Same origin only", fetch("GET", "members/plain").mode(Mode.SAME_ORIGIN)),
          // Errors
          shared("401", fetch("GET", "members/status-401")),
          shared("404", fetch("GET", "members/status-404")),
          shared("500", fetch("GET", "members/status-500")),
          asked("500 after a preflight", fetch("PUT", "members/status-500")),
          shared("The framework's own 404", fetch("GET", "members/no/such/route")),
          shared("The framework's own 500", fetch("GET", "members/bug")),
          refused("500 for another origin", fetch("GET", "members/status-500").from(EVIL)),
          // Redirects
          shared("A redirect", fetch("GET", "members/redirect")),
          asked("A redirect of PUT", fetch("PUT", "members/redirect")),
          shared(
              "A redirect of POST by 303",
              fetch("POST", "members/redirect-303").body("text/plain", "hi")),
          shared("A redirect to another origin", fetch("GET", "members/redirect-elsewhere")),
          asked(
              "A redirect of PUT to another origin",
              fetch("PUT", "members/redirect-elsewhere-307").header("X-Custom", "1")),
          refused(
              "A redirect to another origin that knows only names",
              fetch("GET", "members/redirect-elsewhere-refused")),
          shared(
              "A redirect not followed",
              fetch("GET", "members/redirect").redirect(Redirect.MANUAL)),
          refused(
              "A redirect not expected", fetch("GET", "members/redirect").redirect(Redirect.ERROR)),
          // Streams
          shared("A streamed response", fetch("GET", "members/stream")),
          differs(
              "A streamed request",
              fetch("POST", "members/plain").body("text/plain", "hi").streamed()),
          shared("Server-sent events", by(Via.EVENTS, "members/events")),
          shared("Server-sent events with cookies", by(Via.EVENTS, "members/events").include()),
          refused(
              "Server-sent events for another origin", by(Via.EVENTS, "members/events").from(EVIL)),
          // Elements
          shared("An image", by(Via.IMAGE, "members/image")),
          shared("An image with cookies", by(Via.IMAGE, "members/image").include()),
          refused("An image for another origin", by(Via.IMAGE, "members/image").from(EVIL)),
          refused(
              "An image with cookies where any is allowed",
              by(Via.IMAGE, "public/image").include()),
          shared("A font", by(Via.FONT, "members/font")),
          refused("A font for another origin", by(Via.FONT, "members/font").from(EVIL)),
          shared("A script", by(Via.SCRIPT, "members/script")),
          refused("A script for another origin", by(Via.SCRIPT, "members/script").from(EVIL)),
          shared("A module", by(Via.MODULE, "members/module")),
          refused("A module for another origin", by(Via.MODULE, "members/module").from(EVIL)),
          shared("A stylesheet", by(Via.STYLESHEET, "members/stylesheet")),
          refused(
              "A stylesheet for another origin",
              by(Via.STYLESHEET, "members/stylesheet").from(EVIL)),
          // The cache of preflights
          new Scenario(
              "A preflight is remembered",
              List.of(Expected.ASKED, Expected.SHARED, Expected.SHARED),
              List.of(
                  fetch("PUT", "members/plain"),
                  fetch("PUT", "members/plain"),
                  fetch("DELETE", "members/plain").header("X-Custom", "1"))),
          new Scenario(
              "A preflight is forgotten at once",
              List.of(Expected.ASKED, Expected.ASKED),
              List.of(fetch("PUT", "fresh/plain"), fetch("PUT", "fresh/plain"))),
          new Scenario(
              "A preflight is one origin's",
              List.of(Expected.ASKED, Expected.ASKED, Expected.SHARED),
              List.of(
                  fetch("PUT", "members/plain"),
                  fetch("PUT", "members/plain").from(SHOP),
                  fetch("PUT", "members/plain"))),
          new Scenario(
              "A preflight with and without cookies",
              List.of(Expected.ASKED, Expected.DIFFERS),
              List.of(fetch("PUT", "members/plain").include(), fetch("PUT", "members/plain"))),
          new Scenario(
              "Authorization under a wildcard that is remembered",
              List.of(Expected.ASKED, Expected.ASKED_REFUSED),
              List.of(
                  fetch("GET", "anything/plain").header("X-Custom", "1"),
                  fetch("GET", "anything/plain").header("Authorization", "Basic YTpi"))),
          new Scenario(
              "A wildcard is remembered",
              List.of(Expected.ASKED, Expected.DIFFERS),
              List.of(fetch("PATCH", "anything/plain"), fetch("PATCH", "anything/plain"))));
}
