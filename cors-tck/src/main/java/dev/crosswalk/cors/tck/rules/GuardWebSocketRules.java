package dev.crosswalk.cors.tck.rules;

import static dev.crosswalk.cors.tck.rules.Rule.Level.MUST;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SECURITY;
import static dev.crosswalk.cors.tck.rules.TestPolicy.*;

import java.util.List;

/** WebSockets, which open by a GET, with the user's cookies: the guard is asked about them, too. */
@Family(level = MUST, source = Source.WEBSOCKET_HANDSHAKE, lookAt = LookAt.GUARD)
interface GuardWebSocketRules extends RuleBook {

  @Rule(
      why = "A WebSocket opens with the user's cookies, from whatever website, by a GET.",
      level = SECURITY,
      source = Source.WEBSOCKET_ORIGIN,
      lookAt = "whether a handshake goes its own way past the decision")
  default void GU34_a_cross_site_WebSocket_is_refused() {
    Site site = site(GUARDED).at("/socket");
    for (String origin : List.of(EVIL, APP, "null")) {
      site.handshake("websocket", "Origin", origin).status(403);
    }
    site.handshake(
            "websocket",
            "Origin",
            site.origin(),
            "Sec-Fetch-Site",
            "cross-site",
            "Sec-Fetch-Mode",
            "websocket")
        .status(403);
  }

  @Rule(
      why = "Servers read Upgrade in any case, and as a list.",
      level = SECURITY,
      lookAt = "how Upgrade is read: in any case, member by member, all field lines")
  default void GU35_a_cross_site_WebSocket_is_refused_in_whatever_case_it_is_asked_for() {
    Site site = site(GUARDED).at("/socket");
    for (String upgrade : List.of("WebSocket", "h2c, websocket", "WEBSOCKET ,x")) {
      site.handshake(upgrade, "Origin", EVIL).status(403);
    }
    site.handshake("x", "Upgrade", "websocket", "Origin", EVIL).status(403);
  }

  @Rule(why = "The server's own pages open WebSockets.", source = Source.WEBSOCKET_ORIGIN)
  default void GU36_a_WebSocket_of_the_servers_own_page_is_not_refused() {
    Site site = site(GUARDED).at("/socket");
    Observation seen = site.handshake("websocket", "Origin", site.origin());
    if (seen.response().status() == 403) {
      throw seen.broken("the handshake of the server's own page should pass, but is refused");
    }
  }

  @Rule(
      why = "The server's own pages, trusted ones, and programs open WebSockets.",
      lookAt = "whether a handshake that passes the guard still opens a WebSocket")
  default void GU37_a_WebSocket_opens_for_an_origin_that_may_write() {
    Site site = site(GUARDED).at("/socket");
    site.handshake("websocket", "Origin", site.origin()).status(101);
    site.handshake("websocket", "Origin", site.origin(), "Sec-Fetch-Site", "same-origin")
        .status(101);
    site.handshake("websocket", "Origin", ADMIN, "Sec-Fetch-Site", "cross-site").status(101);
    site.handshake("websocket").status(101).has("Sec-WebSocket-Accept", Site.WEB_SOCKET_ACCEPT);
  }
}
