package dev.crosswalk.cors.tck.rules;

import static dev.crosswalk.cors.tck.browser.Request.Credentials.INCLUDE;
import static dev.crosswalk.cors.tck.rules.Rule.Level.MUST;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SECURITY;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SHOULD;
import static dev.crosswalk.cors.tck.rules.Rule.Needs.NOTHING;
import static dev.crosswalk.cors.tck.rules.Rule.Needs.PROFILE;
import static dev.crosswalk.cors.tck.rules.TestPolicy.*;

import dev.crosswalk.cors.tck.url.Printable;
import java.util.List;

/**
 * What no browser sends. A server may refuse it with any status below 500, or by closing the
 * connection, and grants nothing.
 */
@Family(level = SECURITY, source = Source.FIELD_LIMITS, lookAt = LookAt.ECHO)
interface RobustnessRules extends RuleBook {

  @Rule(
      why = "A value that is not an origin is a refused origin, not a failure.",
      level = MUST,
      source = Source.SERVER_ERRORS,
      lookAt = "whether the parser of origins may throw",
      needs = NOTHING)
  default void RO01_what_is_not_an_origin_does_not_make_the_server_fail() {
    Site site = site(CREDENTIALS);
    for (String origin :
        List.of("%%%", "http://", "https://", "://", "https://[::1", "https://x:99999")) {
      site.tolerant("GET", "Origin", origin).ifPresent(Observation::noServerError);
    }
  }

  @Rule(
      why = "A value that is not an origin is granted nothing.",
      source = Source.ORIGIN_HEADER,
      lookAt = LookAt.COMPARISON)
  default void RO02_what_is_not_an_origin_is_granted_nothing() {
    for (TestPolicy policy : List.of(CREDENTIALS, PATTERNS, NULL_ORIGIN)) {
      Site site = site(policy);
      for (String origin :
          List.of(
              "%%%",
              "http://",
              "https://",
              "://",
              ":",
              "/",
              "https:",
              "https://[::1",
              "https://x:99999",
              "https://x:",
              "https://x:-1",
              "javascript:x",
              "%zz",
              "undefined",
              "true",
              "\"" + APP + "\"",
              "<" + APP + ">")) {
        site.hostile(Observation::lacksCors, "Origin", origin);
      }
    }
  }

  @Rule(
      why = "An empty Origin is present, and is not an origin.",
      level = MUST,
      source = Source.ORIGIN_HEADER,
      lookAt = "whether an empty Origin is taken for an absent one, or sent back")
  default void RO03_an_empty_origin_is_served_and_granted_nothing() {
    for (TestPolicy policy : List.of(LIST, PATTERNS)) {
      site(policy).get("Origin", "").status(200).handled().lacksCors().varies("Origin");
    }
    Observation any = site(ANY_ORIGIN).get("Origin", "").status(200);
    any.has("Access-Control-Allow-Origin", "*");
  }

  @Rule(why = "A long origin costs the server no more than reading it.", lookAt = LookAt.LIMITS)
  default void RO04_a_long_origin_is_refused_at_once() {
    for (TestPolicy policy : List.of(CREDENTIALS, PATTERNS)) {
      Site site = site(policy);
      for (String origin :
          List.of(
              "https://" + "a".repeat(6_000) + ".sub.tck.example",
              "https://" + "a.".repeat(3_000) + "sub.tck.example",
              "https://" + "a-".repeat(3_000) + ".sub.tck.example",
              "https://app-" + "x-team.".repeat(800) + "tck.example")) {
        atOnce("a long origin", () -> site.hostile(Observation::lacksCors, "Origin", origin));
      }
    }
  }

  @Rule(why = "A huge origin is refused, by whatever limit comes first.", lookAt = LookAt.LIMITS)
  default void RO05_a_huge_origin_is_refused() {
    site(CREDENTIALS).hostile(Observation::lacksCors, "Origin", "https://" + "a".repeat(65_536));
  }

  @Rule(
      why = "Bytes beyond ASCII are in no origin, and are not sent back.",
      source = Source.FIELD_VALUES)
  default void RO06_bytes_beyond_ASCII_in_an_origin_are_not_granted() {
    for (TestPolicy policy : List.of(CREDENTIALS, PATTERNS)) {
      Site site = site(policy);
      site.hostile(Observation::lacksCors, "Origin", "https://\u00e4.sub.tck.example");
      site.hostile(Observation::lacksCors, "Origin", "https://\u00c3\u00a4.sub.tck.example");
      site.hostile(Observation::lacksCors, "Origin", "http://localhost:\u00b2");
    }
  }

  @Rule(
      why = "A line break that gets through makes another header of what follows.",
      source = Source.FIELD_VALUES)
  default void RO07_control_bytes_in_an_origin_make_no_header() {
    Site site = site(PATTERNS);
    for (String control : List.of("\0", "\r", "\u000b", "\u007f", "%0d%0a", "\\r\\n")) {
      site.tolerantRaw(
              "GET {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: https://a"
                  + control
                  + "X-Injected: 1.sub.tck.example\r\n\r\n",
              "GET")
          .forEach(
              seen -> {
                seen.noServerError().lacks("X-Injected");
                if (seen.response().status() < 300) {
                  seen.lacksCors();
                }
              });
    }
  }

  @Rule(
      why = "OPTIONS * is about the server as a whole, and has no resource.",
      level = SHOULD,
      source = Source.OPTIONS,
      lookAt = "whether a target that is not a path makes the adapter fail",
      needs = PROFILE)
  default void RO08_OPTIONS_star_does_not_make_the_server_fail() {
    Site site = site(LIST);
    site.tolerantRaw(
            "OPTIONS * HTTP/1.1\r\nHost: {host}\r\nOrigin: "
                + site.allowed()
                + "\r\nAccess-Control-Request-Method: PUT\r\nConnection: close\r\n\r\n",
            "OPTIONS")
        .forEach(Observation::noServerError);
  }

  @Rule(
      why = "Old programs ask without saying whom.",
      level = SHOULD,
      source = Source.HOST,
      lookAt = "whether an absent Host makes the adapter fail",
      needs = PROFILE)
  default void RO09_a_request_without_Host_in_old_HTTP_does_not_make_the_server_fail() {
    Site site = site(CREDENTIALS);
    for (String origin : List.of("", "Origin: " + site.allowed() + "\r\n")) {
      site.tolerantRaw("GET {path} HTTP/1.0\r\n" + origin + "\r\n", "GET")
          .forEach(Observation::noServerError);
    }
  }

  @Rule(
      why = "A response is not to grow with what a client sends.",
      source = Source.REQUEST_METHOD,
      lookAt = LookAt.LIMITS)
  default void RO10_a_huge_method_is_not_repeated() {
    String method = "X".repeat(5_000);
    site(CREDENTIALS_ANY)
        .tolerant("OPTIONS", "Origin", APP, "Access-Control-Request-Method", method)
        .ifPresent(seen -> seen.noServerError().echoesNot(method));
  }

  @Rule(why = "Many lines of one header are one hostile value.", lookAt = LookAt.READER)
  default void RO11_many_Origin_lines_are_granted_nothing() {
    String[] lines = new String[100];
    for (int i = 0; i < lines.length; i += 2) {
      lines[i] = "Origin";
      lines[i + 1] = APP;
    }
    site(CREDENTIALS).tolerant("GET", lines).ifPresent(seen -> seen.noServerError().lacksCors());
  }

  @Rule(
      why = "A malformed list means a refused preflight, not a failure.",
      level = MUST,
      source = Source.SERVER_ERRORS,
      lookAt = LookAt.LIST_PARSER)
  default void RO12_a_malformed_list_of_request_headers_does_not_make_the_server_fail() {
    for (TestPolicy policy : List.of(LIST, CREDENTIALS_ANY, ANYTHING)) {
      Site site = site(policy);
      for (String names :
          List.of(
              ",,",
              "x--y",
              "-",
              "x y;z=\"1\"",
              "\"",
              "=",
              "x:y",
              "\u00e4",
              "x,\t,y,",
              "(",
              "x\\")) {
        site.tolerantListing(names)
            .ifPresent(
                seen -> {
                  seen.noServerError();
                  seen.list("Access-Control-Allow-Headers");
                });
      }
    }
  }

  @Rule(
      why = "Field names have no case, in a preflight either.",
      level = MUST,
      source = Source.FIELD_NAMES,
      lookAt = LookAt.READER)
  default void RO13_the_case_of_a_preflights_field_names_does_not_matter() {
    site(CREDENTIALS)
        .options(
            "ORIGIN",
            APP,
            "access-control-request-method",
            "PUT",
            "ACCESS-CONTROL-REQUEST-HEADERS",
            "x-tck")
        .permits(INCLUDE);
  }

  @Rule(
      why = "Browsers write an address in one way only.",
      source = Source.SAME_ORIGIN,
      lookAt = LookAt.COMPARISON)
  default void RO14_another_spelling_of_an_allowed_address_is_refused() {
    Site site = site(LIST);
    for (String origin :
        List.of(
            "http://[0:0:0:0:0:0:0:1]:3000",
            "http://[::0001]:3000",
            "http://127.1:3000",
            "http://2130706433:3000",
            "http://0x7f.0.0.1:3000",
            "http://[127.0.0.1]:3000",
            "http://[::ffff:127.0.0.1]:3000",
            "http://localhost.:3000")) {
      site.hostile(Observation::lacksCors, "Origin", origin);
    }
  }

  @Rule(why = "For everybody is a *, not whatever has been sent.", source = Source.ALLOW_ORIGIN)
  default void RO15_under_any_origin_what_is_not_an_origin_is_not_sent_back() {
    Site site = site(ANY_ORIGIN);
    for (String origin : List.of("%%%", "<script>", "https://a, https://b", "x".repeat(400))) {
      site.tolerant("GET", "Origin", origin)
          .ifPresent(seen -> seen.noServerError().echoesNot(origin));
    }
  }

  @Rule(
      why = "A value with a control byte is a trap for the next reader.",
      level = MUST,
      source = Source.FIELD_VALUES,
      needs = NOTHING)
  default void RO16_no_header_of_CORS_has_a_control_byte() {
    Site site = site(CREDENTIALS);
    for (Observation seen : List.of(site.get(), site.from(APP), site.preflight(APP, "GET"))) {
      for (String line : seen.corsHeaders()) {
        if (line.chars().anyMatch(c -> c < 0x20 || c == 0x7F)) {
          throw seen.broken(
              "no header should have a control byte, but: " + Printable.printable(line));
        }
      }
    }
  }

  @Rule(
      why = "One client must not wait for the answer to another.",
      level = MUST,
      source = Source.MESSAGES,
      lookAt = "whether a refused request leaves the connection in order")
  default void RO17_after_a_hostile_request_the_next_is_served() {
    Site site = site(CREDENTIALS);
    site.tolerantAndKept("GET", "Origin", "%%%");
    site.tolerantAndKept(
        "OPTIONS", "Origin", "\u00e4", "Access-Control-Request-Method", "x".repeat(1_000));
    site.from(APP).status(200).handled().shared(INCLUDE);
  }

  @Rule(
      why = "A method that nobody knows is refused as such.",
      level = SHOULD,
      source = Source.METHODS,
      lookAt = LookAt.ERROR_HOOK)
  default void RO18_an_unknown_method_is_refused_without_a_failure() {
    site(LIST)
        .tolerant("CHICKEN", "Origin", EVIL)
        .ifPresent(seen -> seen.noServerError().lacks("Access-Control-Allow-Origin"));
  }

  /**
   * Asks what costs a server no time, however long it is. It is asked again if it takes a second: a
   * busy machine may stall.
   */
  static void atOnce(String what, Runnable asked) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3 && least >= 1_000_000_000; i++) {
      long before = System.nanoTime();
      asked.run();
      least = Math.min(least, System.nanoTime() - before);
    }
    if (least >= 1_000_000_000) {
      throw new AssertionError(
          what + " should take no time, but takes " + least / 1_000_000 + " ms");
    }
  }
}
