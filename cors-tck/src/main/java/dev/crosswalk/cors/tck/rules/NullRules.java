package dev.crosswalk.cors.tck.rules;

import static dev.crosswalk.cors.tck.browser.Request.Credentials.INCLUDE;
import static dev.crosswalk.cors.tck.browser.Request.Credentials.OMIT;
import static dev.crosswalk.cors.tck.rules.Rule.Level.MUST;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SECURITY;
import static dev.crosswalk.cors.tck.rules.Rule.Needs.NOTHING;
import static dev.crosswalk.cors.tck.rules.Rule.Needs.PROFILE;
import static dev.crosswalk.cors.tck.rules.TestPolicy.*;

import java.util.List;

/** The opaque origin, which is serialized as {@code null} and which every site can take on. */
@Family(
    level = SECURITY,
    source = Source.ALLOW_ORIGIN,
    lookAt = "whether null is ever granted together with credentials")
interface NullRules extends RuleBook {

  @Rule(
      why = "Every site can take on the origin null, by a sandboxed frame.",
      lookAt = LookAt.NULL,
      needs = PROFILE)
  default void NU01_null_may_not_read_where_it_is_not_allowed() {
    Site site = site(LIST);
    site.refusesNull();
    site.from("null").notShared();
  }

  @Rule(why = "With credentials, null is any origin.", source = Source.CREDENTIALS, needs = NOTHING)
  default void NU02_null_may_never_read_with_credentials() {
    Observation seen = site(CREDENTIALS).from("null");
    if (seen.isSharedWith("null", INCLUDE)) {
      throw seen.broken("null should never read with credentials, but every browser lets it");
    }
  }

  @Rule(
      why = "A refused null learns nothing.",
      source = Source.HTTP_RESPONSES,
      lookAt = "whether null is treated as no origin, and gets what everybody gets")
  default void NU03_a_refused_null_gets_no_header_of_CORS() {
    site(CREDENTIALS).from("null").status(200).handled().lacksCors();
    site(PATTERNS).from("null").lacksCors();
    site(MINIMAL).preflight("null", "PUT").lacksCors().forbids();
  }

  @Rule(
      why = "For everybody includes null: a * does, and nothing else need.",
      level = MUST,
      lookAt = LookAt.CONSTANT)
  default void NU04_under_any_origin_null_may_read_by_a_star() {
    site(ANY_ORIGIN).from("null").shared().has("Access-Control-Allow-Origin", "*");
  }

  @Rule(
      why = "A policy that allows null by name means it.",
      level = MUST,
      source = Source.CORS_CHECK,
      lookAt = "whether null, once allowed, passes the parser of origins")
  default void NU05_null_may_read_where_it_is_allowed() {
    Site site = site(NULL_ORIGIN);
    site.from("null").shared(OMIT).has("Access-Control-Allow-Origin", "null").varies("Origin");
    site.preflight("null", "PUT", "x-tck").permits();
  }

  @Rule(
      why = "Allowing null is dangerous enough without the user's cookies.",
      source = Source.CREDENTIALS)
  default void NU06_an_allowed_null_reads_without_credentials_only() {
    site(NULL_ORIGIN).from("null").lacks("Access-Control-Allow-Credentials");
  }

  @Rule(
      why = "null is four bytes in lower case.",
      level = MUST,
      source = Source.ORIGIN_HEADER,
      lookAt = LookAt.COMPARISON)
  default void NU07_null_in_another_case_is_not_an_origin() {
    Site site = site(NULL_ORIGIN);
    site.hostile(Observation::lacksCors, "Origin", "NULL");
    site.hostile(Observation::lacksCors, "Origin", "Null");
  }

  @Rule(
      why = "Allowing null allows nobody else.",
      source = Source.CORS_CHECK,
      lookAt = "whether an allowed null opens the policy to other origins")
  default void NU08_where_null_is_allowed_other_origins_are_not() {
    Site site = site(NULL_ORIGIN);
    site.from(EVIL).lacksCors();
    site.from(APP).shared();
  }

  @Rule(
      why = "A browser takes an Access-Control-Allow-Origin of null for a permission to null.",
      level = MUST,
      lookAt = "whether null is written where there is no origin to write",
      needs = NOTHING)
  default void NU09_null_is_never_written_for_another_origin() {
    Site site = site(LIST);
    for (Observation seen : List.of(site.get(), site.from("https://tck-unknown.example"))) {
      if (seen.header("Access-Control-Allow-Origin").orElse("").equals("null")) {
        throw seen.broken(
            "Access-Control-Allow-Origin should not be null for an origin that is not, because"
                + " every site can take on the origin null");
      }
    }
  }
}
