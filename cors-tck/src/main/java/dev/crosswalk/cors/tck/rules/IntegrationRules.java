package dev.crosswalk.cors.tck.rules;

import static dev.crosswalk.cors.tck.browser.Request.Credentials.INCLUDE;
import static dev.crosswalk.cors.tck.rules.Rule.Level.MUST;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SECURITY;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SHOULD;
import static dev.crosswalk.cors.tck.rules.TestPolicy.*;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.RequestReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Among the other parts of a server: authentication, routing, connections, threads. */
@Family(level = MUST, source = Source.HTTP_RESPONSES, lookAt = LookAt.OWNER)
interface IntegrationRules extends RuleBook {

  @Rule(
      why = "A browser sends a preflight without credentials, always.",
      source = Source.CORS_PREFLIGHT,
      lookAt = LookAt.EARLY)
  default void IN01_a_preflight_is_answered_before_authentication() {
    Site site = site(CREDENTIALS).at("/protected");
    site.preflight(APP, "PUT", "authorization").permits(INCLUDE).notHandled();
    site.preflight(APP, "GET", "x-tck").permits(INCLUDE).notHandled();
  }

  @Rule(why = "The script sends the user to the login.", lookAt = LookAt.ERROR_HOOK)
  default void IN02_the_401_of_authentication_is_shared() {
    site(CREDENTIALS)
        .at("/protected")
        .from(APP)
        .status(401)
        .notHandled()
        .shared(INCLUDE)
        .varies("Origin");
  }

  @Rule(
      why = "Other websites have no right to learn whether a user is logged in.",
      level = SECURITY,
      lookAt = LookAt.ERROR_HOOK)
  default void IN03_the_401_of_authentication_is_not_shared_with_a_refused_origin() {
    site(CREDENTIALS).at("/protected").from(EVIL).status(401).lacksCors();
  }

  @Rule(why = "A client that is let in may read.", lookAt = LookAt.HOOK)
  default void IN04_a_request_that_is_let_in_is_served_and_shared() {
    site(CREDENTIALS)
        .at("/protected")
        .from(APP, "PUT", "Authorization", Site.AUTHORIZATION)
        .status(200)
        .handled()
        .shared(INCLUDE);
  }

  @Rule(
      why = "CORS does not replace authentication.",
      level = SECURITY,
      source = Source.HTTP_REQUESTS,
      lookAt = "whether an allowed origin skips authentication")
  default void IN05_an_allowed_origin_is_no_reason_to_let_a_request_in() {
    Site site = site(CREDENTIALS).at("/protected");
    site.from(APP).status(401).notHandled();
    site.from(APP, "OPTIONS").notHandled();
    site.options("Access-Control-Request-Method", "PUT").notHandled();
  }

  @Rule(
      why = "A path without OPTIONS has preflights all the same.",
      source = Source.CORS_PREFLIGHT,
      lookAt = LookAt.EARLY)
  default void IN06_a_preflight_is_answered_before_routing() {
    Site site = site(CREDENTIALS);
    site.at("/only-put").preflight(APP, "PUT").permits(INCLUDE).notHandled();
    site.at("/only-get").preflight(APP, "PUT").permits(INCLUDE).notHandled();
  }

  @Rule(
      why = "The script is to see the 404 that its request gets, not a network error.",
      level = SHOULD,
      source = Source.CORS_PREFLIGHT,
      lookAt = LookAt.EARLY)
  default void IN07_a_preflight_for_a_path_that_is_missing_is_answered() {
    Site site = site(CREDENTIALS).at("/missing");
    site.preflight(APP, "PUT").permits(INCLUDE);
    site.from(APP, "PUT").status(404).shared(INCLUDE);
  }

  @Rule(
      why = "Two layers that both speak contradict each other; the policy has the last word.",
      source = Source.SYNTAX)
  default void IN08_the_policy_replaces_the_applications_own_headers() {
    site(CREDENTIALS)
        .at("/own-cors")
        .from(APP)
        .shared(INCLUDE)
        .has("Access-Control-Allow-Origin", APP)
        .has("Access-Control-Allow-Credentials", "true")
        .hides("X-Tck-Hidden");
  }

  @Rule(
      why = "What a handler once let everybody read is not to outlive the policy.",
      level = SECURITY)
  default void IN09_the_policy_removes_the_applications_own_headers_where_nothing_is_shared() {
    for (TestPolicy policy : List.of(LIST, CREDENTIALS, NONE)) {
      Site site = site(policy).at("/own-cors");
      site.from(EVIL).status(200).lacksCors();
      site.from("null").lacksCors();
      site.get().lacksCors();
    }
  }

  @Rule(
      why = "A policy without credentials has none, whatever the application says.",
      level = SECURITY,
      source = Source.CREDENTIALS)
  default void IN10_the_policy_removes_credentials_that_it_does_not_allow() {
    site(LIST).at("/own-cors").from(APP).shared().lacks("Access-Control-Allow-Credentials");
    site(ANY_ORIGIN)
        .at("/own-cors")
        .from(EVIL)
        .has("Access-Control-Allow-Origin", "*")
        .lacks("Access-Control-Allow-Credentials");
  }

  @Rule(
      why = "Requests in one connection come from different pages.",
      level = SECURITY,
      source = Source.MESSAGES,
      lookAt = LookAt.STATE)
  default void IN11_requests_in_one_connection_know_nothing_of_each_other() {
    Site site = site(CREDENTIALS);
    site.from(APP).shared(INCLUDE);
    site.from(EVIL).lacksCors();
    site.get().lacksCors();
    site.preflight(APP, "PUT").permits(INCLUDE);
    site.get().lacksCors();
    site.from(ADMIN).shared(INCLUDE).has("Access-Control-Allow-Origin", ADMIN);
  }

  @Rule(
      why = "A proxy may send the next request before the first is answered.",
      level = SECURITY,
      source = Source.PIPELINING,
      lookAt = LookAt.STATE)
  default void IN12_requests_in_a_row_get_each_its_own_answer() {
    Site site = site(CREDENTIALS);
    String[] origins = {APP, EVIL, ADMIN, APP};
    StringBuilder bytes = new StringBuilder();
    for (String origin : origins) {
      bytes.append("GET {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: ").append(origin);
      bytes.append("\r\n\r\n");
    }
    List<Observation> seen = site.raw(bytes.toString(), "GET", "GET", "GET", "GET");
    for (int i = 0; i < origins.length; i++) {
      answers(seen.get(i), origins[i]);
    }
  }

  @Rule(
      why = "Requests at the same time come from different pages.",
      level = SECURITY,
      source = Source.MESSAGES,
      lookAt = LookAt.STATE)
  default void IN13_requests_at_the_same_time_know_nothing_of_each_other() throws Exception {
    String[] origins = {APP, EVIL, ADMIN, "null"};
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Object>> pages = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        String origin = origins[thread % origins.length];
        // A site for each, so that each thread has connections of its own.
        Site site = site(CREDENTIALS);
        Site other = thread < 4 ? site : site.at("/async");
        pages.add(Executors.callable(() -> repeat(other, origin, 15)));
      }
      // To the end, even if one fails: what is left of the others would count in the next rule.
      for (Future<?> one : threads.invokeAll(pages)) {
        one.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AssertionError broken) {
        throw broken;
      }
      throw e;
    } finally {
      threads.shutdownNow();
    }
  }

  private static void repeat(Site site, String origin, int times) {
    for (int i = 0; i < times; i++) {
      answers(site.from(origin), origin);
    }
  }

  private static void answers(Observation seen, String origin) {
    if (List.of(APP, ADMIN).contains(origin)) {
      seen.has("Access-Control-Allow-Origin", origin);
    } else {
      seen.lacksCors();
    }
  }

  @Rule(
      why = "A query is not part of the path that a policy is about.",
      source = Source.CORS_PREFLIGHT,
      lookAt = "what is compared with the policy's paths: only the path")
  default void IN14_a_query_changes_nothing() {
    Site site = site(CREDENTIALS).at("/resource?origin=x&Access-Control=y");
    site.from(APP).status(200).shared(INCLUDE);
    site.preflight(APP, "PUT", "x-tck").permits(INCLUDE);
    site.from(EVIL).lacksCors();
  }

  @Rule(
      why = "An odd spelling of a path must not be a way around the policy.",
      level = SECURITY,
      source = Source.CORS_PREFLIGHT,
      lookAt = "whether the adapter and the router read the path differently")
  default void IN15_an_odd_spelling_of_a_path_is_no_way_around_the_policy() {
    for (String path :
        List.of("/./resource", "//resource", "/resource/", "/%72esource", "/resource;x=y")) {
      Site site = site(CREDENTIALS).at(path);
      site.from(EVIL).noServerError().notShared();
      site.preflight(EVIL, "PUT").noServerError().forbids().notHandled();
    }
  }

  @Rule(
      why = "What holds in HTTP/1.1 holds in HTTP/2, where names are in lower case.",
      source = Source.HTTP_2,
      lookAt = LookAt.READER)
  default void IN16_over_HTTP_2_the_answers_are_the_same() throws Exception {
    Site site = site(CREDENTIALS);
    Http2Client client = new Http2Client();
    site.over2(client, "GET", "Origin", APP).shared(INCLUDE).varies("Origin");
    site.over2(client, "GET", "Origin", EVIL).lacksCors().varies("Origin");
    site.over2(
            client,
            "OPTIONS",
            "Origin",
            APP,
            "Access-Control-Request-Method",
            "PUT",
            "Access-Control-Request-Headers",
            "x-tck")
        .permits(INCLUDE)
        .status(204);
  }

  @Rule(
      why = "CORS does not apply to WebSockets: their servers check Origin themselves.",
      source = Source.WEBSOCKETS,
      lookAt = "whether a WebSocket's handshake passes untouched")
  default void IN17_a_WebSocket_opens_from_every_origin() {
    Site site = site(CREDENTIALS).at("/socket");
    for (String[] headers : new String[][] {{}, {"Origin", APP}, {"Origin", EVIL}}) {
      site.handshake("websocket", headers)
          .status(101)
          .has("Sec-WebSocket-Accept", Site.WEB_SOCKET_ACCEPT);
    }
  }

  @Rule(
      why = "CORS adds headers, and changes nothing else.",
      lookAt = "whether the adapter touches what is not its own")
  default void IN18_the_applications_response_is_left_as_it_is() {
    for (String origin : List.of(APP, EVIL)) {
      Observation seen =
          site(CREDENTIALS)
              .from(origin)
              .status(200)
              .has("X-Tck-Exposed", "yes")
              .has("X-Tck-Hidden", "yes");
      if (!seen.response().text().equals("hello")) {
        throw seen.broken(
            "the content should be \"hello\", but is \"" + seen.response().text() + "\"");
      }
    }
  }

  @Rule(
      why = "The request's body is the application's.",
      source = Source.HTTP_REQUESTS,
      lookAt = LookAt.BODY)
  default void IN19_a_request_with_a_body_is_served() {
    Site site = site(CREDENTIALS);
    for (String method : List.of("POST", "PUT")) {
      site.sendWithBody(method, "{\"a\":1}", "Origin", APP, "Content-Type", "application/json")
          .status(200)
          .handled()
          .shared(INCLUDE);
    }
  }

  @Rule(why = "A refused origin must not learn anything about the application.", level = SECURITY)
  default void IN20_a_refused_preflight_says_nothing_of_the_application() {
    for (String path : List.of("/own-cors", "/cookie", "/options", "/protected")) {
      Observation seen =
          site(CREDENTIALS).at(path).preflight(EVIL, "GET", "x-tck").notHandled().lacksCors();
      if (seen.response().text().toLowerCase(Locale.ROOT).contains("secret")) {
        throw seen.broken("a refused preflight should show nothing of the application, but does");
      }
    }
  }

  @Rule(
      why = "A policy may be replaced at any time, also between two looks at one request.",
      lookAt = "where the adapter asks twice, and takes a part of each decision")
  default void IN21_every_answer_is_wholly_of_one_policy() {
    CorsPolicy one =
        CorsPolicy.builder()
            .allowOrigins(APP, ADMIN)
            .allowCredentials()
            .allowMethods("PUT")
            .exposeResponseHeaders("X-Tck-One")
            .maxAge(Duration.ofSeconds(1))
            .build();
    CorsPolicy other =
        CorsPolicy.builder()
            .allowOrigins(APP, ADMIN)
            .allowMethods("PATCH")
            .exposeResponseHeaders("X-Tck-Other")
            .maxAge(Duration.ofSeconds(2))
            .build();
    Site site = site(new Changing(one, other));
    for (int i = 0; i < 12; i++) {
      Observation seen = site.from(APP);
      boolean first = seen.header("Access-Control-Allow-Credentials").isPresent();
      seen.has("Access-Control-Expose-Headers", first ? "X-Tck-One" : "X-Tck-Other");
      Observation asked = site.preflight(APP, first ? "PUT" : "PATCH");
      boolean firstAsked = asked.header("Access-Control-Allow-Credentials").isPresent();
      asked.has("Access-Control-Allow-Methods", firstAsked ? "PUT" : "PATCH");
      asked.has("Access-Control-Max-Age", firstAsked ? "1" : "2");
    }
  }

  @Rule(
      why = "Browsers do not read these headers in an opening handshake.",
      level = SHOULD,
      source = Source.WEBSOCKETS,
      lookAt = "whether the headers are written to the response that opens a WebSocket")
  default void IN22_the_response_that_opens_a_WebSocket_has_no_header_of_CORS() {
    for (TestPolicy policy : List.of(CREDENTIALS, ANY_ORIGIN)) {
      site(policy).at("/socket").handshake("websocket", "Origin", APP).status(101).lacksCors();
    }
  }

  /** The worst that reloading can do: another policy each time that somebody asks. */
  final class Changing implements Cors {

    private final Cors one;
    private final Cors other;
    private final AtomicInteger asked = new AtomicInteger();

    Changing(Cors one, Cors other) {
      this.one = one;
      this.other = other;
    }

    @Override
    public <Q> CorsDecision decide(Q request, RequestReader<? super Q> reader) {
      return (asked.getAndIncrement() % 2 == 0 ? one : other).decide(request, reader);
    }
  }
}
