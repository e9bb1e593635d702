package dev.crosswalk.cors.tck.rules;

import static dev.crosswalk.cors.tck.browser.Request.Credentials.INCLUDE;
import static dev.crosswalk.cors.tck.rules.Rule.Level.MUST;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SECURITY;
import static dev.crosswalk.cors.tck.rules.TestPolicy.*;

import java.util.List;

/** Which origins a pattern stands for: subdomains, ports, and parts of a label. */
@Family(level = SECURITY, source = Source.LOOK_ALIKES, lookAt = LookAt.PATTERNS)
interface PatternRules extends RuleBook {

  @RuleTable(
      level = MUST,
      source = Source.CORS_CHECK,
      rows =
          """
          PA01 | kit | a subdomain is granted                               | https://a.sub.tck.example              | The pattern says any host below.
          PA02 | kit | a subdomain at any depth is granted                  | https://a.b.c.sub.tck.example          | The wildcard stands for one or more labels.
          PA03 | kit | a subdomain with an underscore or a digit is granted | https://my_app-1.sub.tck.example       | Browsers send such hosts.
          PA04 | kit | an origin on any port is granted                     | http://localhost:5173                  | The pattern says any port.
          PA05 | kit | an origin on no port where any may be is granted     | http://localhost                       | Any port is also the default one.
          PA06 | kit | an origin on the highest port is granted             | http://localhost:65535                 | Ports end at 65535.
          PA07 | kit | a label that matches a wildcard inside is granted    | https://app-42-team.tck.example        | Previews of a site differ in one label.
          PA08 | kit | a label whose wildcard has hyphens is granted        | https://app-feature-x-team.tck.example | A wildcard inside a label stands for characters of a label.
          """)
  default void PA_an_origin_of_a_pattern_is_granted(RuleTable.Row row) {
    Site site = site(PATTERNS);
    String origin = row.origin(site);
    site.from(origin).shared(INCLUDE).has("Access-Control-Allow-Origin", origin);
    site.preflight(origin, "PUT", "x-tck").permits(INCLUDE);
  }

  @RuleTable(
      rows =
          """
          PA09 | kit | the apex of a subdomain pattern is refused              | https://sub.tck.example                 | The wildcard stands for at least one label; the apex is named apart.
          PA10 | kit | an empty label is refused                               | https://.sub.tck.example                | No host begins with a dot.
          PA11 | kit | an empty label in the middle is refused                 | https://a..sub.tck.example              | No host has two dots in a row.
          PA12 | kit | a suffix that begins within a label is refused          | https://evilsub.tck.example             | A pattern ends at a dot.
          PA13 | kit | a host that goes on after the pattern is refused        | https://a.sub.tck.example.evil.example  | A pattern ends where the host ends.
          PA14 | kit | a subdomain without TLS is refused                      | http://a.sub.tck.example                | A pattern has one scheme.
          PA15 | kit | a subdomain on another port is refused                  | https://a.sub.tck.example:8443          | A pattern without a port has none.
          PA16 | kit | a subdomain with a dot at its end is refused            | https://a.sub.tck.example.              | With the dot it is another host.
          PA17 | kit | a subdomain after a user is refused                     | https://evil.example@a.sub.tck.example  | What is before the @ is not a label.
          PA18 | kit | a subdomain after a slash is refused                    | https://evil.example/.sub.tck.example   | What follows a slash is not a host.
          PA19 | kit | a subdomain after a question mark is refused            | https://evil.example?.sub.tck.example   | What follows a question mark is not a host.
          PA20 | kit | a subdomain after a number sign is refused              | https://evil.example#.sub.tck.example   | What follows a number sign is not a host.
          PA21 | kit | a subdomain after a backslash is refused                | https://evil.example\\.sub.tck.example  | Browsers take a backslash for a slash.
          PA22 | kit | a subdomain after an encoded byte is refused            | https://evil.example%00.sub.tck.example | Origins are not encoded.
          PA23 | kit | a subdomain after a comma is refused                    | https://evil.example,.sub.tck.example   | No host contains a comma.
          PA24 | kit | a subdomain after a space is refused                    | https://evil.example .sub.tck.example   | No host contains a space.
          PA25 | kit | a subdomain after a port is refused                     | https://evil.example:80.sub.tck.example | A port ends an origin.
          PA26 | kit | a subdomain in upper case is refused                    | https://A.sub.tck.example               | Browsers send hosts in lower case.
          PA27 | kit | a literal star for a label is refused                   | https://*.sub.tck.example               | A pattern is not an origin.
          PA30 | kit | a port beyond the highest is refused                    | http://localhost:65536                  | Ports end at 65535.
          PA31 | kit | port zero is refused                                    | http://localhost:0                      | No page is served on port 0.
          PA32 | kit | a port with a leading zero is refused                   | http://localhost:08080                  | Browsers write ports without zeros in front.
          PA33 | kit | a default port written out where any may be is refused  | http://localhost:80                     | Browsers leave the default port out.
          PA34 | kit | an empty port where any may be is refused               | http://localhost:                       | A colon calls for a port.
          PA35 | kit | a port that is not a number is refused                     | http://localhost:80a                    | A port is a number.
          PA36 | kit | a host after the port where any may be is refused       | http://localhost:80.evil.example        | A port ends an origin.
          PA37 | kit | an empty wildcard inside a label is refused             | https://app--team.tck.example           | The wildcard stands for at least one character.
          PA38 | kit | a wildcard inside a label that crosses a dot is refused | https://app-x.evil-team.tck.example     | Such a host may be registered by anybody, where labels are.
          PA39 | kit | a label that goes on after its pattern is refused       | https://app-x-team2.tck.example         | A pattern ends where the label ends.
          PA40 | kit | a label that begins before its pattern is refused       | https://myapp-x-team.tck.example        | A pattern begins where the label begins.
          """)
  default void PA_an_origin_beside_a_pattern_is_refused(RuleTable.Row row) {
    refuses(row.origin(site(PATTERNS)));
  }

  private void refuses(String origin) {
    site(PATTERNS).hostile(Observation::lacksCors, "Origin", origin);
  }

  @Rule(why = "Labels have 63 characters at most.")
  default void PA28_a_label_longer_than_a_label_is_is_refused() {
    refuses("https://" + "a".repeat(64) + ".sub.tck.example");
  }

  @Rule(why = "Hosts have 253 characters at most.")
  default void PA29_a_host_longer_than_a_host_is_is_refused() {
    refuses("https://" + "a.".repeat(130) + "sub.tck.example");
  }

  @Rule(why = "A match that is not exact grants an origin that no pattern covers.")
  default void PA41_no_origin_that_is_one_step_from_one_of_a_pattern_is_granted() {
    Site site = site(PATTERNS);
    for (String origin : List.of("https://a.sub.tck.example", "https://app-x-team.tck.example")) {
      LookAlikeRules.refuses(site, PATTERNS.permissions(), origin);
    }
  }
}
