package dev.crosswalk.cors.tck.rules;

import static dev.crosswalk.cors.tck.browser.Request.Credentials.INCLUDE;
import static dev.crosswalk.cors.tck.rules.Rule.Level.MUST;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SECURITY;
import static dev.crosswalk.cors.tck.rules.Rule.Needs.NOTHING;
import static dev.crosswalk.cors.tck.rules.Rule.Needs.PROFILE;
import static dev.crosswalk.cors.tck.rules.TestPolicy.*;

import dev.crosswalk.cors.tck.browser.Outcome;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.browser.UserAgent;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.Transport;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.Optional;

/** Redirects: a browser checks every hop. */
@Family(level = MUST, source = Source.REDIRECT, lookAt = LookAt.REDIRECTS)
interface RedirectRules extends RuleBook {

  private static void redirect(RuleBook book, int status) {
    Site site = book.site(CREDENTIALS).at("/redirect/" + status);
    site.from(APP).status(status).handled().shared(INCLUDE);
    site.from(EVIL).status(status).notShared();
  }

  @Rule(why = "A redirect that is not shared is a network error to the script.")
  default void RD01_a_301_is_shared() {
    redirect(this, 301);
  }

  @Rule(why = "A redirect that is not shared is a network error to the script.")
  default void RD02_a_302_is_shared() {
    redirect(this, 302);
  }

  @Rule(why = "A redirect that is not shared is a network error to the script.")
  default void RD03_a_303_is_shared() {
    redirect(this, 303);
  }

  @Rule(why = "A redirect that is not shared is a network error to the script.")
  default void RD04_a_307_is_shared() {
    redirect(this, 307);
  }

  @Rule(why = "A redirect that is not shared is a network error to the script.")
  default void RD05_a_308_is_shared() {
    redirect(this, 308);
  }

  @Rule(why = "The script sees the last response, and needs no hop to be special.")
  default void RD06_a_browser_follows_a_redirect_to_the_end() {
    Site site = site(CREDENTIALS).at("/redirect/302");
    Request request = Request.from(APP, "GET", site.url()).credentials(INCLUDE);
    Outcome outcome = new UserAgent().fetch(request, site.transport());
    if (outcome.status() != 200 || outcome.actuals().size() != 2) {
      throw new AssertionError(
          "a browser should follow the redirect and show the script a 200, but: "
              + outcome.verdict());
    }
  }

  @Rule(why = "A request that needed permission at the first URL needs it at the second, too.")
  default void RD07_a_preflighted_request_is_redirected_and_asks_again() {
    Site site = site(CREDENTIALS).at("/redirect/307");
    Request request =
        Request.from(APP, "GET", site.url()).header("X-Tck", "1").credentials(INCLUDE);
    Outcome outcome = new UserAgent().fetch(request, site.transport());
    if (outcome.status() != 200 || outcome.preflights().size() != 2) {
      throw new AssertionError(
          "a browser should ask at both URLs and show the script a 200, but: " + outcome.verdict());
    }
  }

  @Rule(
      why = "After a redirect from another origin to a third, the script's origin is null.",
      level = SECURITY,
      lookAt = LookAt.NULL)
  default void RD08_who_comes_by_another_origins_redirect_is_refused_as_null() {
    Site site = site(CREDENTIALS);
    Outcome outcome = fetchByWayOf("http://elsewhere.tck.example", site);
    if (outcome.verdict().isShared()) {
      throw new AssertionError(
          "a script whose request was redirected from a third origin should read nothing, but"
              + " does");
    }
  }

  @Rule(
      why = "What is for everybody is also for those who come by a redirect.",
      lookAt = LookAt.CONSTANT)
  default void RD09_who_comes_by_another_origins_redirect_may_read_what_is_for_everybody() {
    Outcome outcome = fetchByWayOf("http://elsewhere.tck.example", site(ANY_ORIGIN));
    if (!outcome.verdict().isShared() || outcome.status() != 200) {
      throw new AssertionError(
          "a script whose request was redirected from a third origin should read what is for"
              + " everybody, but: "
              + outcome.verdict());
    }
  }

  /** A script of an allowed origin asks another server first, which sends it on to this one. */
  private static Outcome fetchByWayOf(String elsewhere, Site site) {
    Transport transport =
        request ->
            request.url().startsWith(elsewhere)
                ? new WireResponse(
                    302, Headers.of("Location", site.url(), "Access-Control-Allow-Origin", APP))
                : site.transport().send(request);
    return new UserAgent().fetch(Request.from(APP, "GET", elsewhere + "/"), transport);
  }

  @Rule(
      why = "A browser follows no redirect to a URL with a user name.",
      lookAt = "how Location is made: it must not repeat a user name or a password",
      needs = NOTHING)
  default void RD10_no_redirect_leads_to_a_URL_with_a_user_name() {
    Site site = site(LIST);
    Observation seen = site.isOfTheKit() ? site.at("/redirect/302").from(APP) : site.from(APP);
    Optional<String> location = seen.header("Location");
    if (location.isPresent()
        && Url.of(seen.request().url())
            .resolve(location.get())
            .map(Url::includesCredentials)
            .orElse(false)) {
      throw seen.broken("Location should name no user, but is " + location.get());
    }
  }

  @Rule(
      why = "A script cannot log in by a redirect: it needs a 401 that it may read.",
      lookAt = "whether a login is answered with a redirect; answer 401 to scripts",
      needs = PROFILE)
  default void RD11_a_redirect_is_shared_as_any_response() {
    Site site = site(LIST);
    Observation seen = site.from(site.allowed());
    if (seen.response().hasRedirectStatus()) {
      seen.shared();
    }
  }
}
