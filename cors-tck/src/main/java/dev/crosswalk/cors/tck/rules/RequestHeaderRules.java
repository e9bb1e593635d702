package dev.crosswalk.cors.tck.rules;

import static dev.crosswalk.cors.tck.browser.Request.Credentials.INCLUDE;
import static dev.crosswalk.cors.tck.rules.Rule.Level.MUST;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SECURITY;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SHOULD;
import static dev.crosswalk.cors.tck.rules.Rule.Needs.PROFILE;
import static dev.crosswalk.cors.tck.rules.TestPolicy.*;

import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Request;
import java.util.List;

/** Which request headers a preflight allows, and how their names may be listed. */
@Family(level = SECURITY, source = Source.CORS_PREFLIGHT, lookAt = LookAt.LIST_PARSER)
interface RequestHeaderRules extends RuleBook {

  @Rule(why = "A script may set a header that the policy allows.", level = MUST, needs = PROFILE)
  default void RH01_an_allowed_request_header_passes() {
    Site site = site(CREDENTIALS);
    site.preflight(site.allowed(), "GET", site.requestHeader()).permits(site.mode());
  }

  @Rule(
      why = "A script may set no header that the policy does not allow.",
      lookAt = "how request headers are compared: name by name, each as a whole",
      needs = PROFILE)
  default void RH02_another_request_header_does_not_pass() {
    Site site = site(CREDENTIALS);
    site.preflight(site.allowed(), "GET", site.refusedRequestHeader()).forbids();
  }

  @Rule(why = "JSON is sent with a Content-Type that needs to be allowed.", level = MUST)
  default void RH03_JSON_with_a_token_passes_as_browsers_ask_for_it() {
    site(CREDENTIALS)
        .preflight(APP, "POST", "authorization", "content-type", "x-tck")
        .permits(INCLUDE);
  }

  @Rule(
      why = "Safelisted is a value, not a name: JSON is not.",
      lookAt = "whether Content-Type passes unasked for")
  default void RH04_content_type_does_not_pass_where_it_is_not_allowed() {
    site(SINGLE).preflight(APP, "POST", "content-type").forbids();
    site(MINIMAL).preflight(APP, "POST", "content-type").forbids();
  }

  @Rule(
      why = "All names must be allowed, or none passes.",
      lookAt = "whether only some of the names are looked at")
  default void RH05_one_refused_name_among_allowed_ones_fails_the_preflight() {
    for (TestPolicy policy : List.of(LIST, CREDENTIALS)) {
      site(policy)
          .preflight(APP, "PUT", "content-type", "x-secret", "x-tck")
          .forbids()
          .listsNot("Access-Control-Allow-Headers", "x-secret", "*");
    }
  }

  @Rule(why = "Field names have no case.", level = MUST, source = Source.FIELD_NAMES)
  default void RH06_the_case_of_a_name_does_not_matter() {
    site(LIST).preflightListing("X-TCK,Content-Type").permits();
    site(CREDENTIALS_ANY).preflightListing("X-One").permits(INCLUDE);
  }

  @Rule(why = "A list has no order.", level = SHOULD, source = Source.LISTS)
  default void RH07_the_order_of_the_names_does_not_matter() {
    site(LIST).preflightListing("x-tck,content-type,authorization").permits().status(204);
  }

  @Rule(
      why = "White space around a member is not part of it.",
      level = SHOULD,
      source = Source.LISTS)
  default void RH08_white_space_in_the_list_does_not_matter() {
    for (TestPolicy policy : List.of(LIST, CREDENTIALS_ANY)) {
      Site site = site(policy);
      site.preflightListing("content-type, x-tck").permits();
      site.preflightListing("content-type ,\tx-tck").permits();
      site.preflightListing("content-type     ,     x-tck").permits();
    }
  }

  @Rule(
      why = "A recipient must cope with a few empty members.",
      level = SHOULD,
      source = Source.LISTS)
  default void RH09_empty_members_do_not_matter() {
    for (TestPolicy policy : List.of(LIST, CREDENTIALS_ANY)) {
      Site site = site(policy);
      site.preflightListing(",x-tck,,").permits();
      site.preflightListing("content-type, ,x-tck").permits();
      site.preflightListing(",").permits();
    }
  }

  @Rule(
      why = "A name that is listed twice asks for nothing more.",
      level = SHOULD,
      source = Source.LISTS)
  default void RH10_a_name_may_be_listed_twice() {
    site(LIST).preflightListing("x-tck,x-tck").permits();
    site(CREDENTIALS_ANY).preflightListing("x-a,x-a").permits(INCLUDE);
  }

  @Rule(
      why = "Gateways split the list into several lines, which are one list.",
      level = MUST,
      source = Source.FIELD_LINES,
      lookAt = LookAt.READER)
  default void RH11_the_list_may_come_in_several_lines() {
    for (TestPolicy policy : List.of(LIST, CREDENTIALS, CREDENTIALS_ANY, ANYTHING)) {
      Site site = site(policy);
      Request.Credentials mode = site.mode();
      site.preflightListing("content-type", "x-tck").permits(mode);
      site.preflightListing("content-type", "x-tck-other", "x-tck").permits(mode);
    }
  }

  @Rule(
      why = "A refused name in the second line is refused.",
      source = Source.FIELD_LINES,
      lookAt = LookAt.READER)
  default void RH12_a_refused_name_in_a_later_line_fails_the_preflight() {
    site(LIST)
        .preflightListing("x-tck", "x-secret")
        .forbids()
        .listsNot("Access-Control-Allow-Headers", "x-secret");
  }

  @Rule(
      why = "What an allowed name contains, and what contains it, are other names.",
      lookAt = "how request headers are compared: name by name, each as a whole")
  default void RH13_a_part_of_an_allowed_name_does_not_pass() {
    Site site = site(LIST);
    for (String name : List.of("x-tc", "x-tckk", "tck", "-tck", "xx-tck")) {
      site.preflight(APP, "GET", name).forbids();
    }
  }

  @Rule(
      why = "A * does not cover Authorization: it has to be named.",
      level = MUST,
      source = Source.NON_WILDCARD_NAME,
      lookAt = LookAt.WILDCARDS)
  default void RH14_Authorization_passes_where_it_is_named_beside_a_star() {
    site(ANYTHING_AND_AUTHORIZATION)
        .preflight(EVIL, "GET", "authorization", "x-anything")
        .permits();
  }

  @Rule(
      why = "Any header is not Authorization, by the standard.",
      source = Source.NON_WILDCARD_NAME,
      lookAt = LookAt.WILDCARDS)
  default void RH15_Authorization_does_not_pass_under_a_star_alone() {
    // Every browser takes a * for Authorization, so the answer may not have one.
    site(ANYTHING).preflight(EVIL, "GET", "authorization").forbids(Cause.HEADER_NOT_ALLOWED);
  }

  @Rule(
      why = "Any header passes where any is allowed.",
      level = MUST,
      source = Source.ALLOW_HEADERS)
  default void RH16_any_request_header_passes_where_any_is_allowed() {
    site(ANYTHING)
        .preflight(EVIL, "GET", "x-anything", "x_a", "x.b", "x!c", "content-type")
        .permits();
    site(CREDENTIALS_ANY)
        .preflight(APP, "GET", "x-anything", "x_a", "x.b", "x!c", "content-type")
        .permits(INCLUDE);
  }

  @Rule(
      why = "One member that is not a header name fails the whole preflight.",
      level = MUST,
      source = Source.ALLOW_HEADERS,
      lookAt = "how the list of names is written: tokens, with commas between",
      needs = PROFILE)
  default void RH17_the_list_of_request_headers_is_well_formed() {
    Site site = site(LIST);
    site.preflight(site.allowed(), "GET", "x-tck").list("Access-Control-Allow-Headers");
  }

  @Rule(
      why = "What is not a header name is not repeated: it may be meant for another header.",
      source = Source.REQUEST_HEADERS,
      lookAt = LookAt.ECHO)
  default void RH18_what_is_not_a_header_name_is_not_repeated() {
    for (TestPolicy policy : List.of(CREDENTIALS_ANY, ANYTHING)) {
      Site site = site(policy);
      for (String names :
          List.of("x y", "\"x\"", "x:y", "<script>", "x-a, x;z=\"1\"", "x-a, x/y")) {
        site.tolerantListing(names)
            .ifPresent(
                seen -> {
                  seen.noServerError().echoesNot(names.substring(names.indexOf(',') + 1).strip());
                  seen.list("Access-Control-Allow-Headers");
                });
      }
    }
  }

  @Rule(
      why = "Any header does not mean those that only the browser sets.",
      source = Source.FORBIDDEN_REQUEST_HEADER,
      lookAt = "whether the requested names are repeated without a look at them")
  default void RH19_a_forbidden_name_is_not_granted_where_any_is() {
    Site site = site(CREDENTIALS_ANY);
    for (String name : List.of("cookie", "host", "origin", "sec-fetch-site", "proxy-x")) {
      site.preflightListing(name).noServerError().listsNot("Access-Control-Allow-Headers", name);
    }
  }

  @Rule(
      why = "A client that asks for * is not told that everything is allowed.",
      lookAt = LookAt.ECHO)
  default void RH20_a_requested_star_does_not_open_the_policy() {
    for (TestPolicy policy : List.of(LIST, CREDENTIALS)) {
      site(policy)
          .preflightListing("*")
          .noServerError()
          .listsNot("Access-Control-Allow-Headers", "*");
    }
  }

  @Rule(why = "Tracing adds headers of its own to every request.", level = MUST)
  default void RH21_tracing_headers_pass_where_they_are_allowed() {
    site(CREDENTIALS).preflight(APP, "GET", "traceparent", "tracestate").permits(INCLUDE);
  }

  @Rule(
      why = "A name is any token.",
      level = MUST,
      source = Source.FIELD_NAMES,
      lookAt = "whether names are checked by a narrower grammar than that of tokens")
  default void RH22_a_name_with_odd_characters_passes_where_it_is_allowed() {
    site(CREDENTIALS).preflight(APP, "GET", "x_tck.special!").permits(INCLUDE);
  }

  @Rule(
      why = "A safelisted name is asked for where its value is not safe: it needs permission.",
      level = SHOULD,
      lookAt = "whether Accept and the like pass unasked for")
  default void RH23_a_safelisted_name_with_an_unsafe_value_does_not_pass_unasked_for() {
    site(LIST).preflight(APP, "GET", "accept-language").forbids();
    site(ANYTHING).preflight(APP, "GET", "accept", "range").permits();
  }

  @Rule(
      why = "A long list costs the server no more than reading it.",
      source = Source.FIELD_LIMITS,
      lookAt = LookAt.LIMITS)
  default void RH24_a_long_list_is_answered_or_refused_at_once() {
    for (TestPolicy policy : List.of(LIST, CREDENTIALS_ANY)) {
      Site site = site(policy);
      for (String names : List.of(",".repeat(4_000), "a,".repeat(2_000), "x".repeat(6_000))) {
        RobustnessRules.atOnce(
            "a long list", () -> site.tolerantListing(names).ifPresent(Observation::noServerError));
      }
    }
  }

  @Rule(
      why = "A response is not to grow with what a client sends.",
      source = Source.FIELD_LIMITS,
      lookAt = LookAt.LIMITS)
  default void RH25_a_huge_list_is_not_repeated() {
    String names = "x-" + "y,x-".repeat(10_000) + "z";
    site(CREDENTIALS_ANY)
        .tolerantListing(names)
        .ifPresent(
            seen -> {
              seen.noServerError();
              if (seen.header("Access-Control-Allow-Headers").orElse("").length() > 16_384) {
                throw seen.broken("a list of 40 000 characters should not be repeated, but is");
              }
            });
  }

  @Rule(
      why = "Where no header is allowed, one that needs permission has none.",
      level = MUST,
      lookAt = "what an absent list of request headers means: none, not any")
  default void RH26_where_no_request_header_is_allowed_none_passes() {
    site(MINIMAL).preflight(APP, "GET", "x-tck").forbids();
    site(NEVER_KEPT).preflight(APP, "PUT", "authorization").forbids();
  }
}
