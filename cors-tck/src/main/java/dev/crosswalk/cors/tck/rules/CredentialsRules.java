package dev.crosswalk.cors.tck.rules;

import static dev.crosswalk.cors.tck.browser.Request.Credentials.INCLUDE;
import static dev.crosswalk.cors.tck.rules.Rule.Level.MUST;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SECURITY;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SHOULD;
import static dev.crosswalk.cors.tck.rules.Rule.Needs.NOTHING;
import static dev.crosswalk.cors.tck.rules.Rule.Needs.PROFILE;
import static dev.crosswalk.cors.tck.rules.TestPolicy.*;

import java.util.List;

/** Cookies, client certificates, HTTP authentication: what the user's browser adds by itself. */
@Family(level = MUST, source = Source.ALLOW_CREDENTIALS, lookAt = LookAt.CREDENTIALS)
interface CredentialsRules extends RuleBook {

  @Rule(
      why = "A script that includes credentials reads only where the server says true.",
      needs = PROFILE)
  default void CR01_an_allowed_origin_may_read_with_credentials() {
    Site site = site(CREDENTIALS).where(true);
    site.from(site.allowed()).shared(INCLUDE).has("Access-Control-Allow-Credentials", "true");
  }

  @Rule(
      why = "The preflight is checked in the credentials mode of the request that follows.",
      source = Source.CORS_PREFLIGHT,
      needs = PROFILE)
  default void CR02_a_preflight_allows_credentials() {
    Site site = site(CREDENTIALS).where(true);
    site.preflight(site.allowed(), "GET", site.requestHeader())
        .permits(INCLUDE)
        .has("Access-Control-Allow-Credentials", "true");
  }

  @Rule(
      why = "The header says true or is absent; it has no other value.",
      level = SHOULD,
      needs = PROFILE)
  default void CR03_without_credentials_the_header_is_absent() {
    Site site = site(LIST).where(false);
    site.from(site.allowed()).lacks("Access-Control-Allow-Credentials");
    site.preflight(site.allowed(), "GET", "x-tck").lacks("Access-Control-Allow-Credentials");
  }

  @Rule(
      why = "Credentials go to origins that are named, and to nobody else.",
      source = Source.CREDENTIALS,
      lookAt = LookAt.WILDCARDS,
      needs = NOTHING)
  default void CR04_a_star_never_goes_with_credentials() {
    for (TestPolicy policy : List.of(ANY_ORIGIN, CREDENTIALS, SINGLE)) {
      Site site = site(policy);
      for (Observation seen :
          List.of(site.get(), site.from(APP), site.preflight(APP, "GET", "x-tck"))) {
        if (seen.header("Access-Control-Allow-Origin").orElse("").equals("*")) {
          seen.lacks("Access-Control-Allow-Credentials");
        }
      }
    }
  }

  @Rule(
      why = "A refused origin is not told that others may include credentials.",
      level = SHOULD,
      source = Source.CREDENTIALS,
      needs = PROFILE)
  default void CR05_a_refused_origin_is_offered_no_credentials() {
    Site site = site(CREDENTIALS);
    for (Observation seen :
        List.of(site.from(site.refused()), site.preflight(site.refused(), "GET", "x-tck"))) {
      // One answer for all, to one origin, is not an offer to another.
      String granted = seen.header("Access-Control-Allow-Origin").orElse(site.refused());
      if (granted.equals(site.refused())) {
        seen.lacks("Access-Control-Allow-Credentials");
      }
    }
  }

  @Rule(
      why = "With credentials a * is a method called *.",
      source = Source.ALLOW_METHODS,
      lookAt = LookAt.WILDCARDS)
  default void CR06_with_credentials_any_method_is_spelled_out() {
    site(CREDENTIALS_ANY)
        .preflight(APP, "PURGE")
        .permits(INCLUDE)
        .listsNot("Access-Control-Allow-Methods", "*");
  }

  @Rule(
      why = "With credentials a * is a header called *.",
      source = Source.ALLOW_HEADERS,
      lookAt = LookAt.WILDCARDS)
  default void CR07_with_credentials_any_request_header_is_spelled_out() {
    site(CREDENTIALS_ANY)
        .preflight(APP, "PUT", "x-one", "x-two", "authorization")
        .permits(INCLUDE)
        .listsNot("Access-Control-Allow-Headers", "*");
  }

  @Rule(
      why = "With credentials a * exposes a header called *.",
      source = Source.EXPOSE_HEADERS,
      lookAt = LookAt.WILDCARDS,
      needs = NOTHING)
  default void CR08_with_credentials_no_star_is_exposed() {
    Observation seen = site(CREDENTIALS).from(APP);
    if (seen.response().headers().has("Access-Control-Allow-Credentials")) {
      seen.listsNot("Access-Control-Expose-Headers", "*");
    }
  }

  @Rule(
      why = "Browsers compare byte for byte with true: True, 1 and yes are nothing.",
      needs = NOTHING)
  default void CR09_the_header_is_true_or_absent() {
    for (TestPolicy policy : List.of(CREDENTIALS, LIST)) {
      Site site = site(policy);
      for (Observation seen :
          List.of(
              site.get(), site.from(APP), site.from(EVIL), site.preflight(APP, "GET", "x-tck"))) {
        if (seen.response().headers().has("Access-Control-Allow-Credentials")) {
          seen.has("Access-Control-Allow-Credentials", "true");
        }
      }
    }
  }

  @Rule(
      why = "Whether a request has a cookie says nothing about the script's credentials mode.",
      source = Source.HTTP_RESPONSES,
      lookAt = "whether the decision depends on Cookie or Authorization")
  default void CR10_a_cookie_does_not_change_the_answer() {
    Site site = site(CREDENTIALS);
    Observation without = site.from(APP);
    Observation with = site.from(APP, "GET", "Cookie", "a=b", "Authorization", "x y");
    if (!with.corsHeaders().equals(without.corsHeaders())) {
      throw with.broken(
          "a cookie should change nothing, but it makes %s of %s"
              .formatted(with.corsHeaders(), without.corsHeaders()));
    }
  }

  @Rule(
      why = "CORS has no part in setting cookies.",
      level = SHOULD,
      source = Source.CREDENTIALS,
      lookAt = LookAt.OWNER)
  default void CR11_a_cookie_that_the_application_sets_stays() {
    site(CREDENTIALS).at("/cookie").from(APP).shared(INCLUDE).has("Set-Cookie", "tck=1");
  }

  @Rule(
      why = "A preflight carries no credentials, and nobody reads what its answer sets.",
      level = SHOULD,
      source = Source.HTTP_REQUESTS,
      lookAt = LookAt.EARLY,
      needs = PROFILE)
  default void CR12_a_preflight_sets_no_cookie() {
    Site site = site(CREDENTIALS);
    site.preflight(site.allowed(), "GET", "x-tck").lacks("Set-Cookie");
  }

  @Rule(
      why = "Where credentials are not allowed, no answer may let them pass.",
      level = SECURITY,
      source = Source.CREDENTIALS)
  default void CR13_a_policy_without_credentials_shares_nothing_with_them() {
    for (TestPolicy policy : List.of(LIST, ANY_ORIGIN, MINIMAL)) {
      Observation seen = site(policy).from(APP).shared();
      if (seen.isSharedWith(APP, INCLUDE)) {
        throw seen.broken("without credentials means without, but every browser lets them pass");
      }
    }
  }

  @Rule(why = "What may be read with credentials may be read without.")
  default void CR14_a_policy_with_credentials_shares_without_them_too() {
    Site site = site(CREDENTIALS);
    site.from(ADMIN).shared();
    site.preflight(ADMIN, "PUT", "x-tck").permits();
  }
}
