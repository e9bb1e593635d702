package dev.crosswalk.cors.tck.rules;

import static dev.crosswalk.cors.tck.browser.Request.Credentials.INCLUDE;
import static dev.crosswalk.cors.tck.rules.Rule.Level.MUST;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SECURITY;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SHOULD;
import static dev.crosswalk.cors.tck.rules.Rule.Needs.NOTHING;
import static dev.crosswalk.cors.tck.rules.TestPolicy.*;

import java.util.List;
import java.util.Optional;

/** What is a preflight, what is an actual request, and what is neither. */
@Family(level = MUST, source = Source.PREFLIGHT_REQUEST, lookAt = LookAt.CLASSIFICATION)
interface ClassificationRules extends RuleBook {

  @Rule(
      why = "Browsers send Origin with every POST, also to the page's own server.",
      source = Source.ORIGIN_HEADER,
      lookAt = LookAt.ACTUAL)
  default void CL01_a_POST_of_the_servers_own_page_is_served() {
    Site site = site(CREDENTIALS);
    site.from(site.origin(), "POST").status(200).handled();
  }

  @Rule(
      why = "Browsers send Origin with every method but GET and HEAD.",
      source = Source.ORIGIN_HEADER,
      lookAt = LookAt.ACTUAL)
  default void CL02_every_method_of_the_servers_own_page_is_served() {
    Site site = site(LIST);
    for (String method : List.of("PUT", "PATCH", "DELETE")) {
      site.from(site.origin(), method).status(200).handled();
    }
  }

  @Rule(
      why = "The server's own page posts, wherever the server is.",
      source = Source.ORIGIN_HEADER,
      lookAt = LookAt.ACTUAL,
      needs = NOTHING)
  default void CL03_a_POST_of_the_servers_own_page_fares_no_worse_than_one_without_an_origin() {
    Site site = site(SINGLE).writing();
    int without = site.send("POST").response().status();
    int with = site.from(site.origin(), "POST").response().status();
    if (with != without) {
      throw new AssertionError(
          ("a POST should get the same status with the server's own origin as without one, but"
                  + " %s is not %s")
              .formatted(with, without));
    }
  }

  @Rule(
      why = "A form of any site may post: CORS is about reading the answer.",
      source = Source.HTTP_RESPONSES,
      lookAt = LookAt.ACTUAL)
  default void CL04_an_actual_request_of_a_refused_origin_reaches_its_handler() {
    Site site = site(CREDENTIALS);
    site.from(EVIL).status(200).handled();
    site.from(EVIL, "POST").status(200).handled();
  }

  @Rule(why = "OPTIONS is a method of HTTP, with a meaning of its own.")
  default void CL05_OPTIONS_without_Origin_reaches_the_application() {
    site(LIST).at("/options").options().status(200).handled().has("X-Tck-Options", "yes");
  }

  @Rule(why = "OPTIONS of a script, which is an actual request, asks the application.")
  default void CL06_OPTIONS_with_Origin_and_no_requested_method_reaches_the_application() {
    site(LIST)
        .at("/options")
        .from(APP, "OPTIONS")
        .status(200)
        .handled()
        .has("X-Tck-Options", "yes");
  }

  @Rule(
      why = "The script that sent OPTIONS wants to read the answer.",
      source = Source.HTTP_RESPONSES)
  default void CL07_OPTIONS_that_is_not_a_preflight_is_shared_as_any_actual_request() {
    site(CREDENTIALS)
        .at("/options")
        .from(APP, "OPTIONS")
        .shared(INCLUDE)
        .lacks("Access-Control-Allow-Methods", "Access-Control-Max-Age");
  }

  @Rule(why = "Without Origin there is no CORS, whatever else a client sends.")
  default void CL08_OPTIONS_with_a_requested_method_and_no_Origin_reaches_the_application() {
    site(ANY_ORIGIN)
        .at("/options")
        .options("Access-Control-Request-Method", "PUT")
        .status(200)
        .handled();
  }

  @Rule(
      why = "An empty method asks for nothing, so that it makes no preflight.",
      level = SHOULD,
      source = Source.REQUEST_METHOD)
  default void CL09_OPTIONS_with_an_empty_requested_method_reaches_the_application() {
    site(LIST).at("/options").preflightWith(APP, "").handled();
  }

  @Rule(why = "Only OPTIONS asks first.")
  default void CL10_a_GET_with_a_requested_method_is_an_actual_request() {
    site(LIST)
        .get("Origin", APP, "Access-Control-Request-Method", "PUT")
        .status(200)
        .handled()
        .shared()
        .lacks("Access-Control-Allow-Methods");
  }

  @Rule(why = "Methods are case-sensitive: options is not OPTIONS.", source = Source.METHOD_CASE)
  default void CL11_options_in_lower_case_is_not_a_preflight() {
    site(LIST)
        .tolerant("options", "Origin", APP, "Access-Control-Request-Method", "PUT")
        .ifPresent(seen -> seen.lacks("Access-Control-Allow-Methods", "Access-Control-Max-Age"));
  }

  @Rule(
      why = "Nobody's handler expects to run because somebody asked whether it might.",
      level = SECURITY,
      lookAt = LookAt.EARLY)
  default void CL12_a_preflight_does_not_reach_the_applications_own_OPTIONS() {
    site(LIST).at("/options").preflight(APP, "PUT").notHandled().lacks("X-Tck-Options").permits();
  }

  @Rule(
      why = "A client that asks what a resource can do gets the answer.",
      source = Source.OPTIONS,
      needs = NOTHING)
  default void CL13_OPTIONS_without_Origin_grants_no_origin_but_a_constant_one() {
    Site site = site(CREDENTIALS);
    Observation options = site.options();
    Observation get = site.get();
    options.noServerError();
    Optional<String> granted = options.header("Access-Control-Allow-Origin");
    if (granted.isPresent() && !granted.equals(get.header("Access-Control-Allow-Origin"))) {
      throw options.broken(
          "without Origin, OPTIONS should grant what GET grants, %s, but grants %s"
              .formatted(
                  get.header("Access-Control-Allow-Origin").orElse("nothing"), granted.get()));
    }
  }

  @Rule(
      why = "An actual request proceeds whatever names its other headers have.",
      source = Source.HTTP_REQUESTS,
      lookAt = LookAt.ACTUAL)
  default void CL14_an_actual_request_with_an_unlisted_header_or_method_is_served() {
    Site site = site(MINIMAL);
    site.from(APP, "GET", "X-Secret", "1").status(200).handled().shared();
    site.from(APP, "DELETE").status(200).handled().shared();
  }
}
