package dev.crosswalk.cors.tck.rules;

import static dev.crosswalk.cors.tck.browser.Request.Credentials.INCLUDE;
import static dev.crosswalk.cors.tck.browser.Request.Credentials.OMIT;
import static dev.crosswalk.cors.tck.rules.Rule.Level.CACHE;
import static dev.crosswalk.cors.tck.rules.Rule.Level.MUST;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SECURITY;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SHOULD;
import static dev.crosswalk.cors.tck.rules.Rule.Needs.PROFILE;
import static dev.crosswalk.cors.tck.rules.TestPolicy.*;

import java.util.List;

/** Requests without {@code Origin}, and policies that allow no one. */
@Family(level = MUST, source = Source.HTTP_RESPONSES, lookAt = LookAt.VARY)
interface NotCorsRules extends RuleBook {

  @Rule(
      why = "Programs that are not browsers, and pages of the server itself, know no CORS.",
      source = Source.CORS_REQUEST,
      lookAt = LookAt.ACTUAL)
  default void NC01_a_request_without_an_origin_is_served() {
    site(LIST).get().status(200).handled();
  }

  @Rule(
      why = "A method that scripts need permission for needs none without a script.",
      source = Source.CORS_REQUEST,
      lookAt = LookAt.ACTUAL)
  default void NC02_an_unlisted_origin_is_no_reason_to_refuse_a_PUT_that_has_none() {
    site(CREDENTIALS).send("PUT").status(200).handled();
  }

  @Rule(
      why = "Where the answer depends on the origin, no origin is granted nothing.",
      level = SECURITY)
  default void NC03_without_an_origin_a_list_grants_nothing() {
    site(CREDENTIALS).get().lacksCors();
  }

  @Rule(
      why = "A cache that has stored this response must not hand it to a page of an origin.",
      level = CACHE,
      source = Source.CACHES)
  default void NC04_without_an_origin_the_response_varies_by_it_under_a_list() {
    site(LIST).get().varies("Origin");
  }

  @Rule(
      why = "A response for everybody may be stored when anybody asks, and used for scripts.",
      level = CACHE,
      source = Source.CACHES,
      lookAt = LookAt.CONSTANT)
  default void NC05_without_an_origin_any_origin_is_granted_all_the_same() {
    site(ANY_ORIGIN)
        .get()
        .has("Access-Control-Allow-Origin", "*")
        .has("Access-Control-Expose-Headers", "X-Tck-Exposed")
        .variesNot("Origin");
  }

  @Rule(
      why = "One origin is one answer: it may be stored when anybody asks, and used for it.",
      level = CACHE,
      source = Source.CACHES,
      lookAt = LookAt.CONSTANT)
  default void NC06_without_an_origin_a_single_one_is_granted_or_the_response_varies() {
    Observation seen = site(SINGLE).get();
    if (!seen.vary().contains("origin")) {
      seen.sharedWith(APP, INCLUDE).sharedWith(APP, OMIT);
    }
  }

  @Rule(
      why = "What answers a preflight says nothing on any other response.",
      level = SHOULD,
      lookAt = LookAt.KINDS)
  default void NC07_without_an_origin_nothing_of_a_preflight_is_sent() {
    for (TestPolicy policy : List.of(ANYTHING, SINGLE)) {
      site(policy)
          .get()
          .lacks(
              "Access-Control-Allow-Methods",
              "Access-Control-Allow-Headers",
              "Access-Control-Max-Age");
    }
  }

  @Rule(
      why = "A policy that allows no one grants nothing.",
      level = SECURITY,
      lookAt = "what an empty policy does: it must not mean any origin")
  default void NC08_a_policy_for_no_one_sends_no_header_of_CORS() {
    Site site = site(NONE);
    site.get().status(200).lacksCors();
    site.from(APP).status(200).lacksCors().handled();
    site.from("null").lacksCors();
    site.preflight(APP, "PUT").lacksCors().forbids();
  }

  @Rule(
      why = "What is the same for everybody need not be stored for each.",
      level = SHOULD,
      source = Source.VARY)
  default void NC09_a_policy_for_no_one_varies_by_nothing() {
    Site site = site(NONE);
    site.get().variesNot("Origin");
    site.from(APP).variesNot("Origin");
  }

  @Rule(
      why = "A server that fails without Origin fails for search engines and monitors.",
      source = Source.HTTP_REQUESTS,
      lookAt = "whether an absent Origin is read as null and then used",
      needs = PROFILE)
  default void NC10_a_request_without_an_origin_never_fails_the_server() {
    site(PATTERNS).get().noServerError();
  }
}
