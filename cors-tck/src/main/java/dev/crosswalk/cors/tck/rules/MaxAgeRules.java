package dev.crosswalk.cors.tck.rules;

import static dev.crosswalk.cors.tck.rules.Rule.Level.MUST;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SHOULD;
import static dev.crosswalk.cors.tck.rules.Rule.Needs.NOTHING;
import static dev.crosswalk.cors.tck.rules.Rule.Needs.PROFILE;
import static dev.crosswalk.cors.tck.rules.TestPolicy.*;

import dev.crosswalk.cors.tck.browser.Engine;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.browser.UserAgent;
import dev.crosswalk.cors.tck.wire.ListValues;
import java.util.List;

/** For how long browsers keep the answer to a preflight. */
@Family(level = MUST, source = Source.MAX_AGE, lookAt = LookAt.MAX_AGE)
interface MaxAgeRules extends RuleBook {

  @Rule(why = "Browsers keep the answer for as long as the policy says.", needs = PROFILE)
  default void MA01_the_max_age_is_sent() {
    Site site = site(CREDENTIALS);
    site.preflight(site.allowed(), "GET", site.requestHeader())
        .has("Access-Control-Max-Age", Long.toString(site.maxAge()));
  }

  @Rule(why = "0 means not at all; an absent header means 5 seconds.")
  default void MA02_a_max_age_of_zero_is_sent_as_zero() {
    Observation seen = site(NEVER_KEPT).preflight(APP, "PUT").permits();
    seen.has("Access-Control-Max-Age", "0");
    for (Engine engine : Engine.values()) {
      if (seen.maxAge(engine) != 0) {
        throw seen.broken("no browser should keep the answer, but " + engine + " does");
      }
    }
  }

  @Rule(why = "A policy without a max-age leaves it to the browser.")
  default void MA03_without_a_max_age_the_header_is_absent() {
    for (TestPolicy policy : List.of(MINIMAL, ANYTHING)) {
      site(policy).preflight(APP, "GET").lacks("Access-Control-Max-Age");
    }
  }

  @Rule(why = "Browsers read digits, and take all else for nothing.", needs = NOTHING)
  default void MA04_the_max_age_is_digits_on_one_line() {
    Observation seen = site(LIST).preflight(APP, "GET", "x-tck");
    if (seen.response().headers().extractListValues("Access-Control-Max-Age")
        instanceof ListValues.Malformed malformed) {
      throw seen.broken(
          "Access-Control-Max-Age should be digits, on one line, but is " + malformed.element());
    }
  }

  @Rule(
      why = "A refusal is not to be kept: the policy may change.",
      level = SHOULD,
      source = Source.PREFLIGHT_CACHE,
      lookAt = LookAt.KINDS,
      needs = PROFILE)
  default void MA05_a_refused_origin_gets_no_max_age() {
    Site site = site(CREDENTIALS);
    Observation seen = site.preflight(site.refused(), "PUT");
    // One answer for all goes to everybody.
    if (!seen.response().headers().has("Access-Control-Allow-Origin")) {
      seen.lacks("Access-Control-Max-Age");
    }
  }

  @Rule(why = "A cached preflight saves a round trip.", source = Source.PREFLIGHT_CACHE)
  default void MA06_a_browser_asks_once_and_then_remembers() {
    Site site = site(CREDENTIALS);
    UserAgent browser = new UserAgent();
    Request request =
        Request.from(APP, "PUT", site.url())
            .header("X-Tck", "1")
            .credentials(Request.Credentials.INCLUDE);
    int first = browser.fetch(request, site.transport()).preflights().size();
    int second = browser.fetch(request, site.transport()).preflights().size();
    if (first != 1 || second != 0) {
      throw new AssertionError(
          "a browser should ask the first time and not the second, but asks %s and %s times"
              .formatted(first, second));
    }
  }
}
