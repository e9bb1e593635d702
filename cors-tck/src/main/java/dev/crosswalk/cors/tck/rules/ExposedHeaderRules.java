package dev.crosswalk.cors.tck.rules;

import static dev.crosswalk.cors.tck.browser.Request.Credentials.INCLUDE;
import static dev.crosswalk.cors.tck.browser.Request.Credentials.OMIT;
import static dev.crosswalk.cors.tck.rules.Rule.Level.MUST;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SECURITY;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SHOULD;
import static dev.crosswalk.cors.tck.rules.Rule.Needs.NOTHING;
import static dev.crosswalk.cors.tck.rules.Rule.Needs.PROFILE;
import static dev.crosswalk.cors.tck.rules.TestPolicy.*;

import java.util.List;

/** Which headers of a shared response a script may read. */
@Family(level = MUST, source = Source.EXPOSE_HEADERS, lookAt = LookAt.EXPOSED)
interface ExposedHeaderRules extends RuleBook {

  @Rule(why = "A script may read the headers that the policy exposes.")
  default void EX01_an_exposed_header_may_be_read() {
    site(LIST).from(APP).exposes("X-Tck-Exposed", OMIT);
    site(CREDENTIALS).from(APP).exposes("X-Tck-Exposed", INCLUDE);
    site(SINGLE).from(APP).exposes("X-Tck-Exposed", INCLUDE);
    site(ANY_ORIGIN).from(EVIL).exposes("X-Tck-Exposed", OMIT);
  }

  @Rule(
      why = "A script may read no other header.",
      level = SECURITY,
      source = Source.FILTERED_RESPONSE)
  default void EX02_another_header_may_not_be_read() {
    site(LIST).from(APP).shared().hides("X-Tck-Hidden");
    site(CREDENTIALS).from(APP).shared().hides("X-Tck-Hidden");
    site(MINIMAL).from(APP).shared().hides("X-Tck-Exposed");
  }

  @Rule(
      why = "The names are in one list, with commas between: one bad member hides them all.",
      lookAt = "how the list of exposed names is written: tokens, with commas between",
      needs = PROFILE)
  default void EX03_the_list_of_exposed_names_is_well_formed() {
    Site site = site(LIST);
    site.from(site.allowed()).list("Access-Control-Expose-Headers");
  }

  @Rule(why = "All names that are configured are sent.", needs = PROFILE)
  default void EX04_the_configured_names_are_listed() {
    Site site = site(LIST);
    Observation seen = site.from(site.allowed());
    if (!seen.list("Access-Control-Expose-Headers").contains("*")) {
      seen.lists("Access-Control-Expose-Headers", site.exposedHeader());
    }
  }

  @Rule(why = "Without credentials a * exposes all.")
  default void EX05_any_header_may_be_read_where_any_is_exposed() {
    site(ANYTHING).from(EVIL).exposes("X-Tck-Exposed", OMIT).exposes("X-Tck-Hidden", OMIT);
  }

  @Rule(
      why = "The header that says how long to wait comes with an error.",
      lookAt = LookAt.ERROR_HOOK)
  default void EX06_names_are_exposed_on_errors_too() {
    Site site = site(CREDENTIALS);
    for (String path : List.of("/status/404", "/status/429", "/status/500", "/missing")) {
      site.at(path)
          .from(APP)
          .lists("Access-Control-Expose-Headers", "X-Tck-Exposed", "ETag", "Content-Range");
    }
  }

  @Rule(
      why = "A refused origin is not told what there is to read.",
      level = SHOULD,
      source = Source.HTTP_RESPONSES,
      lookAt = LookAt.KINDS,
      needs = PROFILE)
  default void EX07_nothing_is_exposed_to_a_refused_origin() {
    Site site = site(LIST);
    Observation seen = site.from(site.refused());
    if (!seen.response().headers().has("Access-Control-Allow-Origin")) {
      seen.lacks("Access-Control-Expose-Headers");
    }
  }

  @Rule(
      why = "No browser shows Set-Cookie to a script.",
      level = SHOULD,
      source = Source.FORBIDDEN_RESPONSE_HEADER,
      lookAt = "whether the exposed names are those of the response",
      needs = NOTHING)
  default void EX08_Set_Cookie_is_not_listed() {
    Site site = site(CREDENTIALS);
    Observation seen = site.isOfTheKit() ? site.at("/cookie").from(APP) : site.get();
    seen.listsNot("Access-Control-Expose-Headers", "Set-Cookie", "Set-Cookie2");
  }

  @Rule(why = "Where nothing is exposed, nothing is said; an empty value is a mistake to some.")
  default void EX09_where_nothing_is_exposed_the_header_is_absent() {
    site(MINIMAL).from(APP).lacks("Access-Control-Expose-Headers");
    site(PATTERNS).from("http://localhost:5173").lacks("Access-Control-Expose-Headers");
  }

  @Rule(
      why = "A part of a file is of no use without its range.",
      source = Source.FILTERED_RESPONSE,
      lookAt = LookAt.HOOK)
  default void EX10_the_range_of_a_partial_response_may_be_read() {
    site(LIST).at("/partial").from(APP).status(206).shared().exposes("Content-Range", OMIT);
  }

  @Rule(
      why = "Two lists are one list; but which is the policy's, if they differ?",
      lookAt = LookAt.OWNER)
  default void EX11_the_exposed_names_are_sent_in_one_line() {
    for (String path : List.of("/resource", "/own-cors")) {
      site(CREDENTIALS).at(path).from(APP).atMostOne("Access-Control-Expose-Headers");
    }
  }
}
