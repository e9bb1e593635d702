package dev.crosswalk.cors.tck.rules;

import static dev.crosswalk.cors.tck.rules.Rule.Level.SECURITY;
import static dev.crosswalk.cors.tck.rules.TestPolicy.*;

import java.util.List;

/**
 * Origins that look like an allowed one to a comparison that is less than exact. Each is what an
 * attacker registers, or makes a program send.
 */
@Family(level = SECURITY, source = Source.LOOK_ALIKES, lookAt = LookAt.COMPARISON)
interface LookAlikeRules extends RuleBook {

  /** Not granted to an actual request, nor to a preflight. */
  @RuleTable(
      rows =
          """
          LA01 | profile | a name that begins with an allowed one is refused                       | {allowed}.evil.example                       | Anybody can register a name that begins like another.
          LA02 | kit     | a name that ends with an allowed one is refused                         | https://evilapp.tck.example                  | Anybody can register a name that ends like another.
          LA03 | kit     | a name that ends with an allowed one after a hyphen is refused          | https://not-app.tck.example                  | A hyphen is not a dot.
          LA04 | kit     | a subdomain of an allowed origin is refused                             | https://x.app.tck.example                    | A subdomain may be somebody else's.
          LA05 | kit     | the parent domain of an allowed origin is refused                       | https://tck.example                          | A parent domain may be somebody else's.
          LA06 | kit     | an allowed origin without TLS is refused                                | http://app.tck.example                       | Anybody on the network can forge a page without TLS.
          LA07 | kit     | an allowed origin with another port is refused                          | https://app.tck.example:444                  | A port is part of an origin.
          LA08 | kit     | an allowed origin with its default port is refused                      | https://app.tck.example:443                  | No browser writes a default port, so a client that does is not a browser.
          LA09 | kit     | an allowed origin in upper case is refused                              | https://APP.tck.example                      | Browsers send hosts in lower case; an echo in upper case fails the browser's check.
          LA10 | kit     | an allowed origin with its scheme in upper case is refused              | HTTPS://app.tck.example                      | Browsers send schemes in lower case.
          LA11 | profile | an allowed origin with a slash at its end is refused                    | {allowed}/                                   | An origin has no path, not even an empty one.
          LA12 | profile | an allowed origin with a dot at its end is refused                      | {allowed}.                                   | With the dot it is another host to a browser.
          LA13 | profile | an allowed origin as the user of another is refused                     | {allowed}@evil.example                       | What is before the @ is a user's name; the host comes after it.
          LA14 | profile | an allowed origin with a user is refused                                | {scheme}://evil.example@{host}               | An origin has no user.
          LA15 | profile | an allowed origin with a path is refused                                | {allowed}/index.html                         | An origin has no path.
          LA16 | profile | an allowed origin with a query is refused                               | {allowed}?x                                  | An origin has no query.
          LA17 | profile | an allowed origin with a fragment is refused                            | {allowed}#x                                  | An origin has no fragment.
          LA18 | profile | an allowed origin before a backslash is refused                         | {allowed}\\.evil.example                     | Some parsers end the host at a backslash, and some do not.
          LA19 | profile | an allowed origin with an encoded dot is refused                        | {scheme}://{label}%2e{rest}                  | An origin is not decoded.
          LA20 | profile | an allowed origin after an encoded slash is refused                     | {scheme}://evil.example%2f.{host}            | Some parsers decode before they split.
          LA21 | kit     | a name with another character where an allowed one has a dot is refused | https://appXtck.example                      | In a regular expression a dot is any character.
          LA22 | profile | a name with an underscore where an allowed one has a dot is refused     | {scheme}://{label}_{rest}                    | Browsers do send underscores.
          LA23 | profile | an allowed origin before an odd character is refused                    | {allowed}`.evil.example                      | Some browsers send such hosts, and some comparisons end there.
          LA24 | profile | a list that ends with an allowed origin is refused                      | https://evil.example, {allowed}              | A list is not an origin.
          LA25 | profile | a list that begins with an allowed origin is refused                    | {allowed} https://evil.example               | A list is not an origin; an old standard had lists with spaces.
          LA26 | profile | an allowed origin with an empty port is refused                         | {allowed}:                                   | A colon calls for a port.
          LA27 | profile | an allowed origin with a port in letters is refused                     | {allowed}:https                              | A port is a number.
          LA28 | kit     | an allowed origin with a port that overflows to its own is refused      | https://app.tck.example:65979                | 65979 is 443 in sixteen bits.
          LA29 | profile | a literal star is refused                                               | *                                            | No origin is called *.
          LA30 | kit     | a pattern is refused                                                    | https://*.tck.example                        | A pattern is what a policy says, not what a browser sends.
          LA31 | kit     | a name that looks like an allowed one is refused                        | https://xn--pp-6kc.tck.example               | A Cyrillic letter looks like a Latin one, and is another.
          LA32 | profile | a name in bytes beyond ASCII is refused                                 | {scheme}://\u00d0\u00b0{tail}                | Browsers send ASCII.
          LA33 | profile | an allowed origin without its scheme is refused                         | //{host}                                     | Without a scheme it is not an origin.
          LA34 | profile | the host of an allowed origin is refused                                | {host}                                       | A host is not an origin.
          LA35 | kit     | the origin of a file is refused                                         | file://                                      | Every file that the user opens has it.
          LA36 | profile | a data URL is refused                                                   | data:,x                                      | It is not an origin; browsers send null for it.
          LA37 | profile | an allowed origin with a slash too many is refused                      | {scheme}:///{host}                           | A parser that repairs it is a browser's, not a server's.
          LA38 | profile | an allowed origin with no slashes is refused                            | {scheme}:{host}                              | A parser that repairs it is a browser's, not a server's.
          LA39 | kit     | an allowed name twice is refused                                        | https://app.tck.example.tck.example          | What contains an allowed name is not allowed.
          LA40 | kit     | an allowed name in brackets is refused                                  | https://[app.tck.example]                    | Brackets hold addresses of IPv6.
          LA41 | kit     | an allowed origin inside another is refused                             | https://evil.example/https://app.tck.example | What contains an allowed origin is not allowed.
          LA42 | kit     | an allowed origin that lacks its last letter is refused                 | https://app.tck.exampl                       | What an allowed origin contains is not allowed.
          """)
  default void LA_an_origin_that_looks_like_an_allowed_one_is_refused(RuleTable.Row row) {
    Site site = site(CREDENTIALS);
    // Where any origin may read, there is nothing to look like.
    site.refused();
    site.hostile(
        seen -> {
          if (site.isOfTheKit()) {
            seen.lacksCors();
          }
        },
        "Origin",
        row.origin(site));
  }

  @Rule(why = "A comparison that is not exact grants an origin that nobody has listed.")
  default void LA43_no_origin_that_is_one_step_from_an_allowed_one_is_granted() {
    for (TestPolicy policy : List.of(CREDENTIALS, LIST)) {
      refuses(site(policy), policy.permissions(), APP);
    }
  }

  /** What is one step from an origin is refused, unless the policy allows it. */
  static void refuses(Site site, Permissions permissions, String origin) {
    for (String near : NearOrigins.of(origin)) {
      if (!permissions.allowOrigin(near)) {
        site.tolerant("GET", "Origin", near).ifPresent(seen -> seen.noServerError().lacksCors());
      }
    }
  }
}
