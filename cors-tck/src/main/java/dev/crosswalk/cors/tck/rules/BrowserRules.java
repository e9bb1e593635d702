package dev.crosswalk.cors.tck.rules;

import static dev.crosswalk.cors.tck.browser.Request.Credentials.INCLUDE;
import static dev.crosswalk.cors.tck.browser.Request.Credentials.OMIT;
import static dev.crosswalk.cors.tck.rules.Rule.Level.MUST;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SECURITY;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SHOULD;
import static dev.crosswalk.cors.tck.rules.Rule.Needs.PROFILE;
import static dev.crosswalk.cors.tck.rules.TestPolicy.*;

import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Engine;
import dev.crosswalk.cors.tck.browser.Initiator;
import dev.crosswalk.cors.tck.browser.Outcome;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.browser.UserAgent;
import dev.crosswalk.cors.tck.browser.Verdict;

/** What scripts do, from end to end, in every browser. */
@Family(level = MUST, source = Source.MAIN_FETCH, lookAt = LookAt.PREFLIGHT_ANSWER)
interface BrowserRules extends RuleBook {

  private static void succeeds(Site site, Request request, int status, int preflights) {
    for (Engine engine : Engine.values()) {
      Outcome outcome = new UserAgent(engine).fetch(request, site.transport());
      if (!outcome.verdict().isShared()
          || outcome.status() != status
          || outcome.preflights().size() != preflights) {
        throw new AssertionError(
            "a script in %s should get %s after %s preflights, but gets %s after %s: %s"
                .formatted(
                    engine,
                    status,
                    preflights,
                    outcome.status(),
                    outcome.preflights().size(),
                    said(outcome, engine)));
      }
    }
  }

  private static void fails(Site site, Request request, Cause cause) {
    for (Engine engine : Engine.values()) {
      Outcome outcome = new UserAgent(engine).fetch(request, site.transport());
      if (!(outcome.verdict() instanceof Verdict.NotShared refusal)) {
        throw new AssertionError(
            "a script in %s should read nothing, but gets %s".formatted(engine, outcome.status()));
      }
      if (engine == Engine.CHROMIUM && refusal.cause() != cause) {
        throw new AssertionError(
            "the console should tell %s, but says: %s".formatted(cause, said(outcome, engine)));
      }
    }
  }

  private static String said(Outcome outcome, Engine engine) {
    return outcome.verdict() instanceof Verdict.NotShared refusal
        ? refusal.inTheWordsOf(engine)
        : "shared";
  }

  private static Request ask(Site site, String origin, String method) {
    return Request.from(origin, method, site.url());
  }

  @Rule(why = "fetch(url)", lookAt = LookAt.HOOK, needs = PROFILE)
  default void BR01_a_simple_fetch_succeeds_without_a_preflight() {
    Site site = site(LIST);
    int status = site.from(site.allowed()).response().status();
    if (status < 300 || status >= 400) {
      succeeds(site, ask(site, site.allowed(), "GET"), status, 0);
    }
  }

  @Rule(why = "fetch(url, {credentials: 'include'})", lookAt = LookAt.CREDENTIALS)
  default void BR02_a_fetch_with_credentials_succeeds() {
    Site site = site(CREDENTIALS);
    Request request = ask(site, APP, "GET").credentials(INCLUDE).cookie("a=b");
    succeeds(site, request, 200, 0);
  }

  @Rule(
      why = "What everybody may read must not depend on credentials.",
      level = SECURITY,
      source = Source.CORS_CHECK,
      lookAt = LookAt.CREDENTIALS)
  default void BR03_a_fetch_with_credentials_fails_where_anybody_may_read() {
    Site site = site(ANY_ORIGIN);
    fails(site, ask(site, APP, "GET").credentials(INCLUDE), Cause.ACAO_WILDCARD_CREDENTIALS);
  }

  @Rule(why = "What every application does: JSON, a token, PUT.")
  default void BR04_a_PUT_of_JSON_with_a_token_succeeds_after_one_preflight() {
    Site site = site(CREDENTIALS);
    Request request =
        ask(site, APP, "PUT")
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer x")
            .body("{}")
            .credentials(INCLUDE);
    succeeds(site, request, 200, 1);
  }

  @Rule(
      why = "The request is not even sent.",
      level = SECURITY,
      source = Source.CORS_PREFLIGHT,
      lookAt = LookAt.LIST_PARSER)
  default void BR05_a_fetch_with_a_refused_request_header_is_never_sent() {
    Site site = site(LIST);
    isNeverSent(site, ask(site, APP, "GET").header("X-Secret", "1"), Cause.HEADER_NOT_ALLOWED);
  }

  @Rule(
      why = "The request is not even sent.",
      level = SECURITY,
      source = Source.CORS_PREFLIGHT,
      lookAt = LookAt.METHODS)
  default void BR06_a_fetch_with_a_refused_method_is_never_sent() {
    Site site = site(MINIMAL);
    isNeverSent(site, ask(site, APP, "DELETE"), Cause.METHOD_NOT_ALLOWED);
  }

  @Rule(
      why = "The request is not even sent.",
      level = SECURITY,
      source = Source.CORS_PREFLIGHT,
      lookAt = LookAt.COMPARISON)
  default void BR07_a_PUT_of_a_refused_origin_is_never_sent() {
    Site site = site(CREDENTIALS);
    isNeverSent(site, ask(site, EVIL, "PUT"), Cause.ACAO_MISSING);
  }

  private static void isNeverSent(Site site, Request request, Cause cause) {
    int before = site.calls();
    fails(site, request, cause);
    if (site.calls() != before) {
      throw new AssertionError("no request should reach the application, but one has");
    }
  }

  @Rule(
      why = "A simple request is sent, and its response is not shared.",
      level = SECURITY,
      source = Source.CORS_CHECK,
      lookAt = LookAt.COMPARISON)
  default void BR08_a_simple_fetch_of_a_refused_origin_reads_nothing() {
    Site site = site(CREDENTIALS);
    fails(site, ask(site, EVIL, "GET"), Cause.ACAO_MISSING);
    fails(site, ask(site, EVIL, "GET").credentials(INCLUDE), Cause.ACAO_MISSING);
  }

  @Rule(
      why = "fetch(url, {method: 'patch'}) fails, and the console names the method.",
      level = SHOULD,
      source = Source.METHODS,
      lookAt = LookAt.METHODS)
  default void BR09_a_fetch_with_patch_in_lower_case_fails_by_its_method() {
    Site site = site(LIST);
    fails(site, ask(site, APP, "patch"), Cause.METHOD_NOT_ALLOWED);
  }

  @Rule(
      why = "A script reads the status of a failure.",
      source = Source.HTTP_RESPONSES,
      lookAt = LookAt.ERROR_HOOK)
  default void BR10_a_script_sees_the_status_of_a_failure() {
    Site site = site(CREDENTIALS);
    Site failing = site.at("/throw");
    succeeds(failing, ask(failing, APP, "GET").credentials(INCLUDE), 500, 0);
    Site locked = site.at("/protected");
    succeeds(locked, ask(locked, APP, "PUT").credentials(INCLUDE), 401, 1);
  }

  @Rule(
      why = "response.headers.get(name)",
      source = Source.FILTERED_RESPONSE,
      lookAt = LookAt.EXPOSED)
  default void BR11_a_script_reads_exposed_headers_and_no_others() {
    Site site = site(CREDENTIALS);
    Request request = ask(site, APP, "GET").credentials(INCLUDE);
    Outcome outcome = new UserAgent().fetch(request, site.transport());
    if (!outcome.header("X-Tck-Exposed").orElse("").equals("yes")
        || outcome.header("X-Tck-Hidden").isPresent()) {
      throw new AssertionError(
          "a script should read X-Tck-Exposed and not X-Tck-Hidden, but reads "
              + outcome.headers());
    }
  }

  @Rule(
      why = "A sandboxed frame has the origin null, no matter who put it into the page.",
      level = SECURITY,
      source = Source.CORS_CHECK,
      lookAt = LookAt.NULL)
  default void BR12_a_script_in_a_sandboxed_frame_reads_nothing() {
    Site site = site(CREDENTIALS);
    fails(site, ask(site, "null", "GET"), Cause.ACAO_MISSING);
    fails(site, ask(site, "null", "PUT"), Cause.ACAO_MISSING);
  }

  @Rule(why = "xhr.upload.onprogress", source = Source.USE_PREFLIGHT)
  default void BR13_a_POST_whose_upload_is_listened_to_succeeds_after_a_preflight() {
    Site site = site(MINIMAL);
    Request request =
        ask(site, APP, "POST")
            .initiator(Initiator.XHR)
            .withUploadListeners()
            .header("Content-Type", "text/plain")
            .body("hello");
    succeeds(site, request, 200, 1);
  }

  @Rule(why = "<script crossorigin>, fonts, modules", lookAt = LookAt.HOOK)
  default void BR14_an_element_loads_what_is_shared() {
    Site site = site(LIST);
    Request request = ask(site, APP, "GET").initiator(Initiator.ELEMENT);
    succeeds(site, request, 200, 0);
    fails(site, ask(site, EVIL, "GET").initiator(Initiator.ELEMENT), Cause.ACAO_MISSING);
  }

  @Rule(why = "new EventSource(url, {withCredentials: true})", lookAt = LookAt.COMMIT)
  default void BR15_an_EventSource_with_credentials_succeeds() {
    Site site = site(CREDENTIALS).at("/events");
    Request request =
        ask(site, APP, "GET")
            .initiator(Initiator.ELEMENT)
            .header("Accept", "text/event-stream")
            .credentials(INCLUDE);
    succeeds(site, request, 200, 0);
  }

  @Rule(why = "An image of another page is served, as it always was.", lookAt = LookAt.ACTUAL)
  default void BR16_a_request_without_CORS_is_served_and_opaque() {
    Site site = site(CREDENTIALS);
    Request request = ask(site, EVIL, "POST").mode(Request.Mode.NO_CORS);
    int before = site.calls();
    Outcome outcome = new UserAgent().fetch(request, site.transport());
    if (outcome.type() != Outcome.Type.OPAQUE || site.calls() != before + 1) {
      throw new AssertionError(
          "a request without CORS should be served, and opaque to the script, but is "
              + outcome.type());
    }
  }

  @Rule(
      why = "No preflight that a browser can send fails where its request is allowed.",
      source = Source.CORS_PREFLIGHT)
  default void BR17_any_fetch_succeeds_where_anything_is_allowed() {
    Site site = site(ANYTHING_AND_AUTHORIZATION);
    Request request =
        ask(site, EVIL, "PUT")
            .header("Authorization", "Bearer x")
            .header("X-Anything", "1")
            .header("Content-Type", "application/json")
            .credentials(OMIT);
    succeeds(site, request, 200, 1);
  }

  @Rule(
      why = "Whatever a script asks for: it reads the response if and only if the policy says so.",
      lookAt = "the policy and the command that the failure shows; other rules tell more")
  default void BR18_what_scripts_may_do_is_what_the_policy_says() {
    // A fixed seed: a rule that holds today is to hold tomorrow.
    RequestSample sample = new RequestSample(42, false);
    for (TestPolicy policy : TestPolicy.values()) {
      if (policy == MANY) {
        continue;
      }
      Site site = site(policy);
      for (int i = 0; i < 20; i++) {
        Request request = sample.next(site.url());
        Engine engine = Engine.values()[i % Engine.values().length];
        Outcome outcome = new UserAgent(engine).fetch(request, site.transport());
        boolean allowed = policy.permissions().allow(request, engine);
        boolean exposed = allowed && policy.permissions().expose("X-Tck-Hidden");
        boolean read = outcome.verdict().isShared();
        if (read != allowed
            || (outcome.status() == 200 && outcome.header("X-Tck-Hidden").isPresent() != exposed)) {
          throw new AssertionError(
              "a script in %s%s read the response, but: %s\n%s\n%s"
                  .formatted(
                      engine,
                      allowed ? " should" : " should not",
                      said(outcome, engine),
                      RequestSample.curl(request),
                      policy.permissions()));
        }
      }
    }
  }
}
