package dev.crosswalk.cors.tck.rules;

import static dev.crosswalk.cors.tck.browser.Request.Credentials.INCLUDE;
import static dev.crosswalk.cors.tck.browser.Request.Credentials.OMIT;
import static dev.crosswalk.cors.tck.rules.Rule.Level.CACHE;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SECURITY;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SHOULD;
import static dev.crosswalk.cors.tck.rules.Rule.Needs.NOTHING;
import static dev.crosswalk.cors.tck.rules.Rule.Needs.PROFILE;
import static dev.crosswalk.cors.tck.rules.TestPolicy.*;

import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.Headers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What caches between a server and its users make of its responses: {@code Vary}. */
@Family(level = CACHE, source = Source.CACHES, lookAt = LookAt.VARY)
interface CacheRules extends RuleBook {

  @Rule(why = "One origin's response is not another's.", needs = PROFILE)
  default void CA01_a_shared_response_varies_by_origin_unless_it_is_for_everybody() {
    Site site = site(CREDENTIALS);
    Observation seen = site.from(site.allowed());
    if (!seen.corsHeaders().equals(site.get().corsHeaders())) {
      seen.varies("Origin");
    }
  }

  @Rule(why = "What is refused to one is stored for all, unless the response says otherwise.")
  default void CA02_a_refused_response_varies_by_origin() {
    for (TestPolicy policy : List.of(LIST, CREDENTIALS, PATTERNS)) {
      site(policy).from(EVIL).varies("Origin");
      site(policy).from("null").varies("Origin");
      site(policy).from("%%%").varies("Origin");
    }
  }

  @Rule(why = "One pattern is many origins.")
  default void CA03_a_response_to_an_origin_of_a_pattern_varies_by_origin() {
    site(PATTERNS).from("https://a.sub.tck.example").shared(INCLUDE).varies("Origin");
  }

  @Rule(
      why = "A response for everybody is stored once, not once for each origin.",
      level = SHOULD,
      lookAt = LookAt.CONSTANT)
  default void CA04_a_response_for_everybody_does_not_vary_by_origin() {
    for (TestPolicy policy : List.of(ANY_ORIGIN, ANYTHING)) {
      Site site = site(policy);
      site.get().variesNot("Origin");
      site.from(APP).variesNot("Origin");
      site.from("null").variesNot("Origin");
    }
  }

  @Rule(why = "What differs by origin says so, in each of its forms.", needs = NOTHING)
  default void CA05_responses_that_differ_by_origin_say_so() {
    Site site = site(CREDENTIALS);
    List<Observation> seen =
        List.of(site.get(), site.from(APP), site.from(EVIL), site.from(site.origin()));
    boolean differ =
        seen.stream()
                .map(one -> one.header("Access-Control-Allow-Origin").orElse(""))
                .distinct()
                .count()
            > 1;
    if (differ) {
      seen.forEach(one -> one.varies("Origin"));
    }
  }

  @Rule(
      why = "A cache first asked by a program, then by a page, must not break the page.",
      source = Source.CACHE_KEYS,
      needs = PROFILE)
  default void CA06_a_cache_primed_without_an_origin_serves_an_allowed_one() {
    Site site = site(CREDENTIALS);
    replay(site.get(), site.allowed(), site.from(site.allowed()));
  }

  @Rule(
      why = "A cache first asked by a refused origin must not break an allowed one.",
      source = Source.CACHE_KEYS,
      needs = PROFILE)
  default void CA07_a_cache_primed_by_a_refused_origin_serves_an_allowed_one() {
    Site site = site(LIST);
    replay(site.from(site.refused()), site.allowed(), site.from(site.allowed()));
  }

  @Rule(
      why = "A cache first asked by one allowed origin must not break another.",
      source = Source.CACHE_KEYS,
      needs = PROFILE)
  default void CA08_a_cache_primed_by_one_allowed_origin_serves_another() {
    Site site = site(CREDENTIALS);
    replay(site.from(site.allowed()), site.alsoAllowed(), site.from(site.alsoAllowed()));
  }

  @Rule(
      why = "No matter who asks first, everybody gets what the policy says.",
      source = Source.CACHE_KEYS)
  default void CA09_a_cache_serves_all_what_the_policy_says_no_matter_who_asks_first() {
    for (TestPolicy policy : List.of(LIST, ANY_ORIGIN, SINGLE, PATTERNS, NULL_ORIGIN, NONE)) {
      Site site = site(policy);
      Map<String, Observation> direct = new LinkedHashMap<>();
      for (String origin : List.of(APP, EVIL, "null", "http://localhost:5173")) {
        direct.put(origin, site.from(origin));
      }
      List<Observation> primers = new ArrayList<>(direct.values());
      primers.add(site.get());
      for (Observation primer : primers) {
        direct.forEach((origin, seen) -> replay(primer, origin, seen));
      }
    }
  }

  /** What a cache hands out must be shared as what the server itself answers. */
  private static void replay(Observation primer, String origin, Observation direct) {
    SharedCache cache = new SharedCache();
    cache.store(primer);
    Headers asked = Headers.of("Origin", origin, "User-Agent", Site.USER_AGENT);
    Optional<Observation> stored = cache.answer(asked);
    if (stored.isEmpty()) {
      return;
    }
    for (Request.Credentials mode : List.of(OMIT, INCLUDE)) {
      boolean expected = direct.isSharedWith(origin, mode);
      if (stored.get().isSharedWith(origin, mode) != expected) {
        throw direct.broken(
            "a cache that has stored the response to %s may hand it to %s, because Vary is %s; %s"
                .formatted(
                    primer.request().headers().get("Origin").orElse("no origin"),
                    origin,
                    primer.header("Vary").orElse("absent"),
                    expected
                        ? "a browser then refuses what the server allows"
                        : "a browser then shares what the server refuses"));
      }
    }
  }

  @Rule(
      why = "What the application says its response depends on stays true.",
      source = Source.VARY,
      lookAt = LookAt.VARY_MERGE)
  default void CA10_the_applications_Vary_is_kept() {
    for (String origin : List.of(APP, EVIL)) {
      site(CREDENTIALS).at("/vary").from(origin).status(200).varies("Accept-Encoding", "Origin");
    }
    site(CREDENTIALS).at("/vary").get().varies("Accept-Encoding", "Origin");
  }

  @Rule(
      why = "Where CORS adds nothing it takes nothing, either.",
      source = Source.VARY,
      lookAt = LookAt.VARY_MERGE)
  default void CA11_the_applications_Vary_is_kept_where_the_policy_has_none() {
    for (TestPolicy policy : List.of(ANY_ORIGIN, NONE)) {
      site(policy).at("/vary").from(APP).varies("Accept-Encoding").variesNot("Origin");
    }
  }

  @Rule(
      why = "Vary may come in several lines, which are one list.",
      source = Source.VARY,
      lookAt = LookAt.VARY_MERGE)
  default void CA12_the_applications_Vary_in_several_lines_is_kept() {
    site(LIST).at("/vary-lines").from(APP).varies("Accept-Encoding", "Accept-Language", "Origin");
  }

  @Rule(
      why = "Once is enough; field names have no case.",
      level = SHOULD,
      source = Source.VARY,
      lookAt = LookAt.VARY_MERGE)
  default void CA13_Vary_names_Origin_once() {
    Site site = site(LIST);
    for (String path : List.of("/resource", "/vary", "/vary-origin", "/throw")) {
      for (String origin : List.of(APP, EVIL)) {
        Observation seen = site.at(path).from(origin);
        long times = seen.vary().stream().filter("origin"::equals).count();
        if (times > 1) {
          throw seen.broken("Vary should name Origin once, but does so " + times + " times");
        }
      }
    }
  }

  @Rule(why = "A * says it all.", level = SHOULD, source = Source.VARY, lookAt = LookAt.VARY_MERGE)
  default void CA14_a_Vary_of_star_is_left_alone() {
    site(LIST).at("/vary-star").from(APP).has("Vary", "*");
  }

  @Rule(why = "Errors are stored, too.", lookAt = LookAt.ERROR_HOOK)
  default void CA15_errors_vary_by_origin() {
    Site site = site(CREDENTIALS);
    for (String path : List.of("/status/404", "/status/500", "/missing")) {
      site.at(path).from(APP).varies("Origin");
      site.at(path).from(EVIL).varies("Origin");
      site.at(path).get().varies("Origin");
    }
  }

  @Rule(why = "Not every failure comes from a handler that answers.", lookAt = LookAt.ERROR_HOOK)
  default void CA16_a_failure_varies_by_origin() {
    Site site = site(CREDENTIALS).at("/throw");
    site.from(APP).varies("Origin");
    site.from(EVIL).varies("Origin");
  }

  @Rule(
      why = "A 304 has the Vary that a 200 would have had, and freshens what is stored.",
      source = Source.NOT_MODIFIED,
      lookAt = LookAt.ERROR_HOOK)
  default void CA17_a_304_varies_by_origin_and_is_shared() {
    Site site = site(CREDENTIALS).at("/not-modified");
    site.from(APP).status(304).shared(INCLUDE).varies("Origin");
    site.from(EVIL).status(304).notShared().varies("Origin");
  }

  @Rule(
      why = "Redirects are stored, too, and for longest.",
      source = Source.REDIRECT,
      lookAt = LookAt.REDIRECTS)
  default void CA18_redirects_vary_by_origin() {
    Site site = site(CREDENTIALS);
    for (String path : List.of("/redirect/301", "/redirect/302", "/redirect/308")) {
      site.at(path).from(APP).varies("Origin");
      site.at(path).from(EVIL).varies("Origin");
    }
  }

  @Rule(why = "No cache is to store answers to OPTIONS. Some do all the same.")
  default void CA19_a_preflight_varies_by_all_that_it_asks() {
    for (TestPolicy policy : List.of(LIST, CREDENTIALS_ANY, PATTERNS)) {
      for (String origin : List.of(APP, EVIL)) {
        site(policy)
            .preflight(origin, "PUT", "x-tck")
            .varies("Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers");
      }
    }
  }

  @Rule(
      why = "A preflight's answer is for the browser that asks.",
      level = SHOULD,
      lookAt = "whether a filter for caching runs before the preflight is answered",
      needs = PROFILE)
  default void CA20_a_preflight_is_not_marked_as_cacheable() {
    Site site = site(CREDENTIALS);
    Observation seen = site.preflight(site.allowed(), "GET", "x-tck");
    String control = Bytes.lowerCase(seen.header("Cache-Control").orElse(""));
    if (control.contains("public") && !seen.vary().contains("origin")) {
      throw seen.broken("a preflight that does not vary by Origin should not be public, but is");
    }
  }

  @Rule(
      why = "Public and credentials do not go together, unless each origin has its own copy.",
      level = SECURITY,
      needs = NOTHING)
  default void CA21_a_response_with_credentials_is_public_only_if_it_varies() {
    Site site = site(CREDENTIALS);
    Observation seen = site.from(APP);
    String control = Bytes.lowerCase(seen.header("Cache-Control").orElse(""));
    boolean same = seen.corsHeaders().equals(site.get().corsHeaders());
    if (seen.response().headers().has("Access-Control-Allow-Credentials")
        && control.contains("public")
        && !same) {
      seen.varies("Origin");
    }
  }

  @Rule(
      why = "One list, one line: some caches read the first line only.",
      lookAt = LookAt.VARY_MERGE)
  default void CA22_Vary_is_one_line_where_the_application_has_none() {
    Site site = site(LIST);
    site.from(APP).has("Vary", "Origin");
    site.preflight(APP, "PUT").atMostOne("Vary");
  }

  @Rule(
      why = "A response that comes later, from another thread, is a response like any other.",
      lookAt = LookAt.COMMIT)
  default void CA23_asynchronous_and_streamed_responses_keep_their_Vary() {
    Site site = site(CREDENTIALS);
    for (String path : List.of("/async", "/stream")) {
      for (String origin : List.of(APP, EVIL)) {
        site.at(path).from(origin).varies("Accept-Encoding", "Origin");
      }
    }
  }
}
