package dev.crosswalk.cors.tck.rules;

import static dev.crosswalk.cors.tck.browser.Request.Credentials.INCLUDE;
import static dev.crosswalk.cors.tck.rules.Rule.Level.MUST;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SECURITY;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SHOULD;
import static dev.crosswalk.cors.tck.rules.Rule.Needs.NOTHING;
import static dev.crosswalk.cors.tck.rules.Rule.Needs.PROFILE;
import static dev.crosswalk.cors.tck.rules.TestPolicy.*;

import dev.crosswalk.cors.tck.browser.Cause;
import java.util.List;

/** Which methods a preflight allows. */
@Family(level = MUST, source = Source.CORS_PREFLIGHT, lookAt = LookAt.METHODS)
interface MethodRules extends RuleBook {

  @Rule(why = "A script may use a method that the policy allows.", needs = PROFILE)
  default void ME01_an_allowed_method_passes() {
    Site site = site(CREDENTIALS);
    site.preflight(site.allowed(), site.method()).permits(site.mode());
  }

  @Rule(
      why = "A script may use no method that the policy does not allow.",
      level = SECURITY,
      needs = PROFILE)
  default void ME02_another_method_does_not_pass() {
    Site site = site(CREDENTIALS);
    site.preflight(site.allowed(), site.refusedMethod()).forbids();
  }

  @Rule(why = "Allowing only origins allows no method beyond GET, HEAD and POST.", level = SECURITY)
  default void ME03_where_no_method_is_allowed_none_but_the_safelisted_pass() {
    Site site = site(MINIMAL);
    for (String method : List.of("PUT", "DELETE", "PATCH")) {
      site.preflight(APP, method).forbids();
    }
    site.preflight(APP, "HEAD").permits();
  }

  @Rule(
      why = "GET, HEAD and POST need nobody's permission, listed or not.",
      source = Source.SAFELISTED_METHOD)
  default void ME04_safelisted_methods_pass_though_they_are_not_listed() {
    Site site = site(SINGLE);
    for (String method : List.of("GET", "HEAD", "POST")) {
      site.preflight(APP, method, "x-tck").permits(INCLUDE).status(204);
    }
  }

  @Rule(
      why = "PATCH is the method that browsers do not put into upper case for the script.",
      source = Source.METHODS)
  default void ME05_PATCH_passes_where_it_is_allowed() {
    site(CREDENTIALS).preflight(APP, "PATCH").permits(INCLUDE);
  }

  @Rule(
      why = "patch is not PATCH: a server that says it is makes the script fail later.",
      source = Source.METHOD_CASE)
  default void ME06_patch_in_lower_case_does_not_pass_for_PATCH() {
    site(LIST).preflight(APP, "patch").forbids(Cause.METHOD_NOT_ALLOWED);
  }

  @Rule(why = "No browser sends put; what it would mean is not PUT.", source = Source.METHOD_CASE)
  default void ME07_put_in_lower_case_is_not_granted() {
    Observation seen = site(LIST).preflight(APP, "put").noServerError();
    if (seen.list("Access-Control-Allow-Methods").contains("put")) {
      throw seen.broken("Access-Control-Allow-Methods should not list put, but does");
    }
  }

  @Rule(why = "A method is any token.", source = Source.METHODS)
  default void ME08_a_method_of_the_policys_own_passes() {
    site(CREDENTIALS).preflight(APP, "CHICKEN").permits(INCLUDE);
    site(CREDENTIALS).preflight(APP, "QUERY").permits(INCLUDE);
    site(CREDENTIALS).preflight(APP, "PROPFIND").permits(INCLUDE);
  }

  @Rule(why = "The case of a method is part of it.", source = Source.METHOD_CASE)
  default void ME09_a_method_in_mixed_case_passes_as_it_is_written() {
    Site site = site(LIST);
    site.preflight(APP, "TacO").permits();
    site.preflight(APP, "TACO").forbids();
  }

  @Rule(
      why = "One member that is not a method fails the whole preflight.",
      source = Source.ALLOW_METHODS,
      lookAt = "how the list of methods is written: tokens, with commas between",
      needs = PROFILE)
  default void ME10_the_list_of_methods_is_well_formed() {
    Site site = site(LIST);
    site.preflight(site.allowed(), "GET", "x-tck").list("Access-Control-Allow-Methods");
  }

  @Rule(
      why = "No script can send them, so that listing them only worries the reader.",
      level = SHOULD,
      source = Source.FORBIDDEN_METHOD,
      lookAt = "whether the list is made of all methods that the server knows",
      needs = NOTHING)
  default void ME11_no_forbidden_method_is_listed() {
    site(CREDENTIALS_ANY)
        .preflight(APP, "PUT")
        .listsNot("Access-Control-Allow-Methods", "CONNECT", "TRACE", "TRACK");
  }

  @Rule(
      why = "Any method does not mean those that Fetch forbids to scripts.",
      level = SECURITY,
      source = Source.FORBIDDEN_METHOD,
      lookAt = "whether the requested method is repeated without a look at it")
  default void ME12_a_forbidden_method_is_not_granted_where_any_is() {
    Site site = site(CREDENTIALS_ANY);
    for (String method : List.of("TRACE", "CONNECT", "TRACK", "trace")) {
      site.preflight(APP, method).noServerError().listsNot("Access-Control-Allow-Methods", method);
    }
  }

  @Rule(
      why = "What is not a method is not repeated: it may be meant for another header.",
      level = SECURITY,
      source = Source.REQUEST_METHOD,
      lookAt = LookAt.ECHO)
  default void ME13_what_is_not_a_method_is_not_repeated() {
    for (TestPolicy policy : List.of(CREDENTIALS_ANY, ANYTHING)) {
      Site site = site(policy);
      for (String method : List.of("GET;x", "P UT", "<script>", "PUT, PATCH", "\"PUT\"")) {
        site.tolerant("OPTIONS", "Origin", APP, "Access-Control-Request-Method", method)
            .ifPresent(seen -> seen.noServerError().echoesNot(method));
      }
    }
  }

  @Rule(
      why = "Two methods are not a method.",
      level = SHOULD,
      source = Source.FIELD_ORDER,
      lookAt = LookAt.READER)
  default void ME14_two_requested_methods_are_not_granted() {
    site(CREDENTIALS_ANY)
        .tolerant(
            "OPTIONS",
            "Origin",
            APP,
            "Access-Control-Request-Method",
            "PURGE",
            "Access-Control-Request-Method",
            "DROP")
        .ifPresent(
            seen ->
                seen.noServerError()
                    .listsNot("Access-Control-Allow-Methods", "PURGE", "DROP", "*"));
  }

  @Rule(
      why = "Any method without credentials passes, by a * or by its name.",
      source = Source.ALLOW_METHODS)
  default void ME15_any_method_passes_where_any_is_allowed() {
    Site site = site(ANYTHING);
    for (String method : List.of("PUT", "PURGE", "patch", "x!y")) {
      site.preflight(EVIL, method).permits();
    }
  }

  @Rule(
      why = "Any method with credentials passes by its name.",
      source = Source.ALLOW_METHODS,
      lookAt = LookAt.WILDCARDS)
  default void ME16_any_method_passes_with_credentials_where_any_is_allowed() {
    Site site = site(CREDENTIALS_ANY);
    for (String method : List.of("PUT", "PURGE", "patch", "x!y")) {
      site.preflight(ADMIN, method).permits(INCLUDE);
    }
  }

  @Rule(
      why = "No browser reads Allow.",
      source = Source.ALLOW_METHODS,
      lookAt = "whether the framework has answered OPTIONS by itself")
  default void ME17_Allow_does_not_replace_the_list_of_methods() {
    site(LIST)
        .at("/only-put")
        .preflight(APP, "PUT")
        .permits()
        .lists("Access-Control-Allow-Methods", "PUT");
  }

  @Rule(
      why = "What an allowed method contains, and what contains it, are other methods.",
      level = SECURITY)
  default void ME18_a_part_of_an_allowed_method_does_not_pass() {
    Site site = site(LIST);
    for (String method : List.of("PU", "PUTT", "APUT", "T")) {
      site.preflight(APP, method).forbids();
    }
  }
}
