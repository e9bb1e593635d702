package dev.crosswalk.cors.tck.rules;

import static dev.crosswalk.cors.tck.browser.Request.Credentials.INCLUDE;
import static dev.crosswalk.cors.tck.rules.Rule.Level.MUST;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SECURITY;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SHOULD;
import static dev.crosswalk.cors.tck.rules.Rule.Needs.NOTHING;
import static dev.crosswalk.cors.tck.rules.Rule.Needs.PROFILE;
import static dev.crosswalk.cors.tck.rules.TestPolicy.*;

import dev.crosswalk.cors.tck.url.Origin;
import java.util.List;

/** Which origin may read an actual response. */
@Family(level = MUST, source = Source.CORS_CHECK, lookAt = LookAt.COMPARISON)
interface OriginRules extends RuleBook {

  @Rule(why = "This is what CORS is for.", lookAt = LookAt.HOOK, needs = PROFILE)
  default void OR01_an_allowed_origin_may_read() {
    Site site = site(CREDENTIALS);
    site.from(site.allowed()).shared(site.mode());
  }

  @Rule(
      why = "Each origin gets its own answer: not the first of the list, and not the list.",
      needs = PROFILE)
  default void OR02_a_second_allowed_origin_may_read() {
    Site site = site(LIST);
    site.from(site.alsoAllowed()).shared();
  }

  @Rule(
      why = "An origin that the policy does not allow reads nothing.",
      level = SECURITY,
      source = Source.HTTP_RESPONSES,
      needs = PROFILE)
  default void OR03_a_refused_origin_may_not_read() {
    Site site = site(CREDENTIALS);
    site.from(site.refused()).notShared();
  }

  @Rule(
      why = "A refused origin learns nothing about what others may do.",
      level = SECURITY,
      source = Source.HTTP_RESPONSES,
      lookAt = LookAt.KINDS)
  default void OR04_a_refused_origin_gets_no_header_of_CORS() {
    site(CREDENTIALS).from(EVIL).status(200).lacksCors();
    site(PATTERNS).from(EVIL).status(200).lacksCors();
  }

  @Rule(
      why = "A browser takes two lines, or two values, for no permission at all.",
      source = Source.SYNTAX,
      lookAt = LookAt.OWNER,
      needs = PROFILE)
  default void OR05_the_allowed_origin_is_sent_once() {
    Site site = site(LIST);
    site.from(site.allowed())
        .atMostOne(
            "Access-Control-Allow-Origin",
            "Access-Control-Allow-Credentials",
            "Access-Control-Expose-Headers");
    site.from(site.refused()).atMostOne("Access-Control-Allow-Origin");
  }

  @Rule(
      why = "The value is one origin, null or *: no list, no pattern, no path.",
      source = Source.ALLOW_ORIGIN,
      lookAt =
          "what is written to Access-Control-Allow-Origin: one origin, never a configured list",
      needs = PROFILE)
  default void OR06_the_allowed_origin_is_well_formed() {
    Site site = site(LIST);
    for (String origin : List.of(site.allowed(), site.refused())) {
      Observation seen = site.from(origin);
      for (String value : seen.response().headers().lines("Access-Control-Allow-Origin")) {
        if (!value.equals("*") && !Origin.isOriginOrNull(value)) {
          throw seen.broken(
              "Access-Control-Allow-Origin should be an origin, null or *, but is " + value);
        }
      }
    }
  }

  @Rule(why = "A port is part of an origin.")
  default void OR07_an_allowed_origin_with_a_port_gets_its_port_back() {
    site(LIST)
        .from("https://app.tck.example:8443")
        .shared()
        .has("Access-Control-Allow-Origin", "https://app.tck.example:8443");
  }

  @Rule(why = "Developers work on localhost and on addresses.", source = Source.ORIGIN_HEADER)
  default void OR08_loopback_origins_may_read_where_they_are_allowed() {
    Site site = site(LIST);
    site.from("http://localhost:3000").shared();
    site.from("http://127.0.0.1:3000").shared();
    site.from("http://[::1]:3000").shared();
  }

  @Rule(
      why = "Another port of the developer's machine is another program.",
      level = SECURITY,
      source = Source.SAME_ORIGIN)
  default void OR09_other_ports_and_spellings_of_a_loopback_origin_may_not_read() {
    Site site = site(LIST);
    for (String origin :
        List.of(
            "http://localhost",
            "http://localhost:3001",
            "https://localhost:3000",
            "http://127.0.0.2:3000",
            "http://[::2]:3000",
            "http://[::1]")) {
      site.from(origin).lacksCors();
    }
  }

  @Rule(
      why = "Apps and extensions have origins of schemes of their own.",
      level = SHOULD,
      source = Source.ORIGIN_HEADER,
      lookAt = "whether origins are parsed as web addresses: a scheme need not be http or https")
  default void OR10_an_origin_of_another_scheme_may_read_where_it_is_allowed() {
    Site site = site(LIST);
    site.from("capacitor://localhost").shared();
    site.from("chrome-extension://abcdefghijklmnopabcdefghijklmnop").shared();
  }

  @Rule(why = "Browsers send international names in ASCII.", source = Source.ORIGIN_HEADER)
  default void OR11_an_international_origin_may_read_where_it_is_allowed() {
    site(LIST).from("https://xn--bcher-kva.tck.example").shared();
  }

  @Rule(
      why = "Browsers do send hosts with an underscore, though no host name has one.",
      source = Source.ORIGIN_HEADER,
      lookAt = "whether origins are parsed by java.net.URI, which knows no such host")
  default void OR12_an_origin_with_an_underscore_may_read_where_it_is_allowed() {
    site(LIST).from("https://my_app.tck.example").shared();
  }

  @Rule(
      why = "Where anybody may read, the answer is the same for all.",
      source = Source.ALLOW_ORIGIN,
      lookAt = LookAt.CONSTANT)
  default void OR13_under_any_origin_everybody_may_read() {
    Site site = site(ANY_ORIGIN);
    for (String origin :
        List.of(
            EVIL,
            "null",
            "http://intranet",
            "https://[::1]:8080",
            "https://my_host.example",
            "capacitor://localhost",
            "https://example.com.")) {
      site.from(origin).shared().has("Access-Control-Allow-Origin", "*");
    }
  }

  @Rule(
      why = "HEAD is GET without the content: the same headers.",
      source = Source.HEAD,
      lookAt = LookAt.HOOK)
  default void OR14_HEAD_is_shared_as_GET_is() {
    Site site = site(CREDENTIALS);
    site.from(APP, "HEAD").shared(INCLUDE);
    site.from(EVIL, "HEAD").notShared();
  }

  @Rule(why = "Whatever the method, the script wants the answer.", lookAt = LookAt.HOOK)
  default void OR15_the_answer_to_every_method_is_shared() {
    Site site = site(CREDENTIALS);
    for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
      site.from(APP, method).status(200).handled().shared(INCLUDE);
    }
  }

  @Rule(
      why = "One origin is sent to everybody, so that a browser can say what differs.",
      source = Source.HTTP_RESPONSES,
      lookAt = LookAt.CONSTANT)
  default void OR16_a_single_origin_may_read_and_no_other() {
    Site site = site(SINGLE);
    site.from(APP).shared(INCLUDE);
    site.from(ADMIN).notShared();
    site.from(EVIL).notShared();
  }

  @Rule(
      why = "Two origins are not an origin, whichever comes first.",
      level = SECURITY,
      source = Source.FIELD_ORDER,
      lookAt = LookAt.READER)
  default void OR17_of_two_Origin_lines_none_is_granted() {
    Site site = site(CREDENTIALS);
    String[][] pairs = {
      {APP, EVIL},
      {EVIL, APP},
      {APP, ADMIN}
    };
    for (String[] pair : pairs) {
      site.hostile(Observation::lacksCors, "Origin", pair[0], "Origin", pair[1]);
    }
  }

  @Rule(
      why = "No browser sends Origin twice, so a client that does is not a browser.",
      level = SHOULD,
      source = Source.FIELD_ORDER,
      lookAt = LookAt.READER)
  default void OR18_the_same_Origin_in_two_lines_is_not_granted() {
    site(CREDENTIALS).hostile(Observation::lacksCors, "Origin", APP, "Origin", APP);
  }

  @Rule(
      why = "Nothing but Origin tells the origin.",
      level = SECURITY,
      source = Source.ORIGIN_HEADER,
      lookAt = LookAt.ORIGIN_ALONE)
  default void OR19_no_other_header_makes_up_for_a_refused_origin() {
    site(CREDENTIALS)
        .get(
            "Origin",
            EVIL,
            "Referer",
            APP + "/",
            "X-Forwarded-Host",
            "app.tck.example",
            "X-Forwarded-Proto",
            "https",
            "X-Original-Origin",
            APP)
        .lacksCors();
  }

  @Rule(
      why = "A request that says only by Referer where it comes from is not CORS.",
      level = SECURITY,
      source = Source.ORIGIN_HEADER,
      lookAt = LookAt.ORIGIN_ALONE)
  default void OR20_no_other_header_replaces_an_absent_origin() {
    site(CREDENTIALS).get("Referer", APP + "/").lacksCors();
  }

  @Rule(
      why = "A site that takes on the server's name by a forged Host is another site.",
      level = SECURITY,
      source = Source.ORIGIN_HEADER,
      lookAt = "whether an origin is granted because it resembles Host")
  default void OR21_an_origin_is_not_granted_for_resembling_Host() {
    Site site = site(CREDENTIALS);
    site.get("Host", "evil.example", "Origin", "https://evil.example").lacksCors();
    site.get("Host", "evil.example", "Origin", "http://evil.example").lacksCors();
  }

  @Rule(
      why = "An origin that nobody has heard of before is not trusted with the user's data.",
      level = SECURITY,
      source = Source.LOOK_ALIKES,
      lookAt = LookAt.REFLECTION,
      needs = NOTHING)
  default void OR22_an_unknown_origin_may_not_read_with_credentials() {
    Site site = site(CREDENTIALS);
    String unknown = "https://tck-" + Long.toHexString(System.nanoTime()) + ".example";
    Observation seen = site.from(unknown);
    if (seen.isSharedWith(unknown, INCLUDE)) {
      throw seen.broken(
          "an origin made up a moment ago, "
              + unknown
              + ", should not read with credentials, but every browser lets it");
    }
  }

  @Rule(
      why = "Field names have no case; HTTP/2 sends them all in lower case.",
      source = Source.FIELD_NAMES,
      lookAt = LookAt.READER)
  default void OR23_the_case_of_the_field_name_Origin_does_not_matter() {
    Site site = site(CREDENTIALS);
    site.get("origin", APP).shared(INCLUDE);
    site.get("oRiGiN", APP).shared(INCLUDE);
    site.get("ORIGIN", EVIL).lacksCors();
  }

  @Rule(
      why = "White space around a value is not part of it.",
      source = Source.FIELD_VALUES,
      lookAt = LookAt.READER)
  default void OR24_white_space_around_an_origin_is_not_part_of_it() {
    site(LIST)
        .raw(
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: \t https://app.tck.example \t\r\n\r\n",
            "GET")
        .forEach(Observation::shared);
  }

  @Rule(why = "A list may be long: software for many customers has many origins.")
  default void OR25_of_a_thousand_origins_each_may_read_and_no_other() {
    Site site = site(MANY);
    site.from("https://tenant-1.tck.example").shared();
    site.from("https://tenant-500.tck.example").shared();
    site.from("https://tenant-1000.tck.example").shared();
    site.from("https://tenant-1001.tck.example").lacksCors();
    site.from("https://tenant-0.tck.example").lacksCors();
  }
}
