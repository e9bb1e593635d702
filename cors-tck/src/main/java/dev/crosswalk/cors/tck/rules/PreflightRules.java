package dev.crosswalk.cors.tck.rules;

import static dev.crosswalk.cors.tck.browser.Request.Credentials.INCLUDE;
import static dev.crosswalk.cors.tck.rules.Rule.Level.MUST;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SECURITY;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SHOULD;
import static dev.crosswalk.cors.tck.rules.Rule.Needs.NOTHING;
import static dev.crosswalk.cors.tck.rules.Rule.Needs.PROFILE;
import static dev.crosswalk.cors.tck.rules.TestPolicy.*;

import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.url.Bytes;
import java.util.List;

/** The answer to a preflight as a whole. */
@Family(level = MUST, source = Source.CORS_PREFLIGHT, lookAt = LookAt.PREFLIGHT_ANSWER)
interface PreflightRules extends RuleBook {

  @Rule(why = "A script of an allowed origin may send what the policy allows.", needs = PROFILE)
  default void PF01_a_preflight_of_an_allowed_origin_succeeds() {
    Site site = site(CREDENTIALS);
    site.preflight(site.allowed(), site.method(), site.requestHeader()).permits(site.mode());
  }

  @Rule(
      why = "A browser goes on after a status from 200 to 299 only.",
      lookAt = LookAt.EARLY,
      needs = PROFILE)
  default void PF02_a_preflight_has_an_ok_status() {
    Site site = site(LIST);
    site.preflight(site.allowed(), site.method()).ok();
  }

  @Rule(
      why = "There is nothing to say beyond the headers.",
      level = SHOULD,
      source = Source.NO_CONTENT)
  default void PF03_a_preflight_is_answered_with_204_and_no_content() {
    Observation seen = site(LIST).preflight(APP, "PUT", "x-tck").status(204);
    seen.lacks("Transfer-Encoding", "Content-Type");
    if (!seen.header("Content-Length").orElse("0").equals("0")) {
      throw seen.broken("a 204 should announce no content, but its Content-Length is not 0");
    }
  }

  @Rule(
      why = "No browser follows a redirect of a preflight.",
      lookAt = "redirects to https, to a login, or to a path with a slash: they come too early",
      needs = PROFILE)
  default void PF04_a_preflight_is_not_redirected() {
    Site site = site(LIST);
    Observation seen = site.preflight(site.allowed(), "GET", "x-tck");
    if (seen.response().hasRedirectStatus()) {
      throw seen.broken("a preflight should not be redirected, but the status is a redirect");
    }
  }

  @Rule(
      why = "An origin that the policy does not allow may not even send.",
      level = SECURITY,
      lookAt = LookAt.COMPARISON,
      needs = PROFILE)
  default void PF05_a_preflight_of_a_refused_origin_fails() {
    Site site = site(CREDENTIALS);
    site.preflight(site.refused(), "PUT", "x-tck").forbids();
  }

  @Rule(
      why = "A refused origin does not learn what others may.",
      level = SECURITY,
      source = Source.HTTP_RESPONSES,
      lookAt = LookAt.KINDS)
  default void PF06_a_refused_preflight_gets_403_and_no_header_of_CORS() {
    for (TestPolicy policy : List.of(LIST, CREDENTIALS, PATTERNS)) {
      site(policy).preflight(EVIL, "PUT", "x-tck").status(403).lacksCors();
    }
  }

  @Rule(why = "Asking whether one may is not doing.", level = SECURITY, lookAt = LookAt.EARLY)
  default void PF07_no_handler_sees_a_preflight() {
    Site site = site(LIST);
    site.preflight(APP, "PUT").notHandled();
    site.preflight(EVIL, "PUT").notHandled();
    site.preflight(APP, "PURGE").notHandled();
  }

  @Rule(
      why = "A script that only sets a header, or listens to an upload, asks for GET or POST.",
      lookAt = LookAt.METHODS)
  default void PF08_a_preflight_for_a_safelisted_method_succeeds() {
    Site site = site(CREDENTIALS);
    for (String method : List.of("GET", "HEAD", "POST")) {
      site.preflight(APP, method, "x-tck").permits(INCLUDE);
    }
  }

  @Rule(
      why = "Listening to an upload asks first, though the request itself is safelisted.",
      source = Source.USE_PREFLIGHT)
  default void PF09_a_preflight_without_request_headers_succeeds() {
    site(MINIMAL).preflight(APP, "POST").permits().status(204);
    site(LIST).preflight(APP, "DELETE").permits();
    site(CREDENTIALS).preflight(APP, "PUT").permits(INCLUDE);
  }

  @Rule(
      why = "An empty list asks for no header.",
      source = Source.REQUEST_HEADERS,
      lookAt = LookAt.LIST_PARSER)
  default void PF10_a_preflight_with_an_empty_list_of_request_headers_succeeds() {
    site(LIST).preflightWith(APP, "PUT", "Access-Control-Request-Headers", "").permits();
  }

  @Rule(
      why = "With an ok status and the true list, every browser names the method.",
      level = SHOULD)
  default void PF11_a_refused_method_is_told_from_a_refused_origin() {
    site(LIST).preflight(APP, "PURGE").forbids(Cause.METHOD_NOT_ALLOWED).status(204);
  }

  @Rule(
      why = "With an ok status and the true list, every browser names the header.",
      level = SHOULD)
  default void PF12_a_refused_request_header_is_told_from_a_refused_origin() {
    site(LIST).preflight(APP, "PUT", "x-secret").forbids(Cause.HEADER_NOT_ALLOWED).status(204);
  }

  @Rule(
      why = "Browsers keep what the answer lists: the whole list saves the next preflight.",
      level = SHOULD,
      source = Source.PREFLIGHT_CACHE)
  default void PF13_a_preflight_is_answered_with_the_whole_lists() {
    site(LIST)
        .preflight(APP, "GET", "x-tck")
        .lists("Access-Control-Allow-Methods", "PUT", "PATCH", "DELETE", "QUERY")
        .lists("Access-Control-Allow-Headers", "content-type", "authorization", "x-tck");
  }

  @Rule(
      why = "A browser reads the exposed names of the actual response, and of no other.",
      level = SHOULD,
      source = Source.EXPOSE_HEADERS,
      lookAt = LookAt.KINDS,
      needs = PROFILE)
  default void PF14_a_preflight_exposes_no_header() {
    Site site = site(LIST);
    site.preflight(site.allowed(), "GET", "x-tck").lacks("Access-Control-Expose-Headers");
  }

  @Rule(
      why = "What answers a preflight says nothing on an actual response.",
      level = SHOULD,
      source = Source.HTTP_RESPONSES,
      lookAt = LookAt.KINDS,
      needs = PROFILE)
  default void PF15_an_actual_response_has_nothing_of_a_preflight() {
    Site site = site(LIST);
    site.from(site.allowed())
        .lacks(
            "Access-Control-Allow-Methods",
            "Access-Control-Allow-Headers",
            "Access-Control-Max-Age");
  }

  @Rule(
      why = "A single origin's preflight succeeds, and another origin's browser sees which one.",
      lookAt = LookAt.CONSTANT)
  default void PF16_a_single_origin_is_told_to_everybody_who_asks() {
    Site site = site(SINGLE);
    // A 204 or a 403, by the origin: a cache has to know.
    site.preflight(APP, "PUT", "x-tck").permits(INCLUDE).varies("Origin");
    site.preflight(EVIL, "PUT", "x-tck")
        .forbids()
        .has("Access-Control-Allow-Origin", APP)
        .varies("Origin");
  }

  @Rule(why = "Where anybody may read, anybody may ask.", lookAt = LookAt.CONSTANT)
  default void PF17_under_any_origin_every_preflight_succeeds() {
    for (String origin : List.of(EVIL, "null", "https://example.com.")) {
      site(ANY_ORIGIN)
          .preflight(origin, "PUT", "x-tck")
          .permits()
          .has("Access-Control-Allow-Origin", "*");
    }
  }

  @Rule(
      why = "The answer does not depend on what a browser says beside the question.",
      lookAt = "whether a filter refuses by Sec-Fetch-*, Accept or the like before the preflight",
      needs = PROFILE)
  default void PF18_a_preflight_with_all_that_browsers_send_succeeds() {
    Site site = site(LIST);
    site.preflightWith(
            site.allowed(),
            site.method(),
            "Access-Control-Request-Headers",
            Bytes.lowerCase(site.requestHeader()),
            "Accept",
            "*/*",
            "Accept-Language",
            "en",
            "Accept-Encoding",
            "gzip, deflate, br, zstd",
            "Referer",
            site.allowed() + "/",
            "Sec-Fetch-Site",
            "cross-site",
            "Sec-Fetch-Mode",
            "cors",
            "Sec-Fetch-Dest",
            "empty",
            "Priority",
            "u=4, i",
            "DNT",
            "1")
        .permits();
  }

  @Rule(
      why = "A preflight that asks for what the server cannot produce is a preflight.",
      lookAt = LookAt.EARLY)
  default void PF19_content_negotiation_does_not_refuse_a_preflight() {
    site(LIST)
        .preflightWith(
            APP,
            "PUT",
            "Accept",
            "application/x-nobody-has-this",
            "Content-Type",
            "application/x-nobody-has-this")
        .permits();
  }

  @Rule(
      why = "Browsers gave this header up; it neither helps nor harms.",
      level = SHOULD,
      source = Source.PRIVATE_NETWORK,
      lookAt = "whether a request header that is not understood refuses a preflight")
  default void PF20_a_question_about_private_networks_is_ignored() {
    for (String value : List.of("true", "false")) {
      site(LIST)
          .preflightWith(APP, "PUT", "Access-Control-Request-Private-Network", value)
          .permits()
          .lacks("Access-Control-Allow-Private-Network");
    }
  }

  @Rule(
      why = "An answer that changes from time to time cannot be tested, nor trusted.",
      level = SHOULD,
      source = Source.HTTP_RESPONSES,
      lookAt = "whether the lists are sets without an order")
  default void PF21_the_same_preflight_gets_the_same_answer() {
    Site site = site(LIST);
    Observation first = site.preflight(APP, "PUT", "x-tck");
    Observation second = site.preflight(APP, "PUT", "x-tck");
    if (!first.corsHeaders().equals(second.corsHeaders())) {
      throw second.broken(
          "the same preflight should get the same answer, but gets %s after %s"
              .formatted(second.corsHeaders(), first.corsHeaders()));
    }
  }

  @Rule(
      why = "A browser takes two lines for no permission; an empty one permits nothing.",
      source = Source.SYNTAX,
      lookAt = LookAt.OWNER)
  default void PF22_each_header_of_a_preflight_is_sent_once_and_with_a_value() {
    for (TestPolicy policy : List.of(LIST, MINIMAL, CREDENTIALS_ANY, ANYTHING)) {
      Observation seen = site(policy).preflight(APP, "GET");
      for (String name :
          List.of(
              "Access-Control-Allow-Origin",
              "Access-Control-Allow-Credentials",
              "Access-Control-Allow-Methods",
              "Access-Control-Allow-Headers",
              "Access-Control-Max-Age")) {
        seen.atMostOne(name);
        if (seen.header(name).orElse("x").isEmpty()) {
          throw seen.broken(name + " should have a value or be absent, but is empty");
        }
      }
    }
  }

  @Rule(
      why = "What the preflight says, the actual response has to keep, and the other way round.",
      lookAt = "whether preflights and actual requests are decided by the same policy")
  default void PF23_preflight_and_actual_response_agree_about_the_origin() {
    for (TestPolicy policy : List.of(CREDENTIALS, PATTERNS, NULL_ORIGIN)) {
      Site site = site(policy);
      for (String origin :
          List.of(APP, ADMIN, EVIL, "null", "http://localhost:5173", "https://a.sub.tck.example")) {
        Observation actual = site.from(origin);
        Observation preflight = site.preflight(origin, "PUT", "x-tck");
        if (actual.isSharedWith(origin, Request.Credentials.OMIT)) {
          preflight.permits();
        } else {
          preflight.forbids();
        }
      }
    }
  }

  @Rule(
      why = "A body that nobody wants must not be taken for the next request.",
      source = Source.MESSAGES,
      lookAt = "whether the body of a preflight is read, or the connection closed")
  default void PF24_a_preflight_with_a_body_does_not_spoil_the_connection() {
    Site site = site(LIST);
    site.sendWithBody(
            "OPTIONS",
            "hello",
            "Origin",
            APP,
            "Access-Control-Request-Method",
            "PUT",
            "Content-Length",
            "5")
        .permits();
    site.from(ADMIN).shared();
  }

  @Rule(
      why = "No answer to a preflight makes the server fail.",
      lookAt = LookAt.CLASSIFICATION,
      needs = NOTHING)
  default void PF25_a_preflight_of_an_unknown_origin_never_fails_the_server() {
    site(CREDENTIALS).preflight("https://tck-unknown.example", "GET").noServerError();
  }

  @Rule(
      why = "An origin that nobody has heard of before may not send with credentials.",
      level = SECURITY,
      lookAt = LookAt.REFLECTION,
      needs = NOTHING)
  default void PF26_a_preflight_of_an_unknown_origin_with_credentials_fails() {
    String unknown = "https://tck-" + Long.toHexString(System.nanoTime()) + ".example";
    Observation seen = site(CREDENTIALS).preflight(unknown, "GET", "x-tck");
    if (seen.isSharedWith(unknown, INCLUDE)) {
      throw seen.broken(
          "a preflight of an origin made up a moment ago, "
              + unknown
              + ", should not be granted credentials, but is");
    }
  }

  @Rule(
      why = "The opaque origin asks like any other, and is refused like any other.",
      level = SECURITY,
      lookAt = LookAt.NULL,
      needs = PROFILE)
  default void PF27_a_preflight_of_null_fails_where_it_is_not_allowed() {
    Site site = site(CREDENTIALS);
    site.refusesNull();
    site.preflight("null", "PUT", "x-tck").forbids();
  }
}
