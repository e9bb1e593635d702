package dev.crosswalk.cors.tck.rules;

import static dev.crosswalk.cors.tck.browser.Request.Credentials.INCLUDE;
import static dev.crosswalk.cors.tck.rules.Rule.Level.CACHE;
import static dev.crosswalk.cors.tck.rules.Rule.Level.MUST;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SECURITY;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SHOULD;
import static dev.crosswalk.cors.tck.rules.TestPolicy.*;

import java.util.List;
import java.util.stream.Stream;

/**
 * The guard around a policy, which refuses writes from other origins, WebSockets among them. Core
 * decides; what an adapter can do wrong is to let a refused request go on, to lose the headers of
 * the refusal, or to tell core another request than the one that came.
 */
@Family(level = MUST, source = Source.SEC_FETCH_SITE, lookAt = LookAt.GUARD)
interface GuardRules extends RuleBook {

  private Site guarded() {
    return site(GUARDED);
  }

  /** What a browser sends along with a form of another website, and what else is said. */
  static String[] form(String origin, String... more) {
    String browser =
        "Sec-Fetch-Site cross-site Sec-Fetch-Mode navigate Sec-Fetch-Dest document Cookie session=1";
    return Stream.of(new String[] {"Origin", origin}, browser.split(" "), more)
        .flatMap(Stream::of)
        .toArray(String[]::new);
  }

  // Who passes.

  @Rule(
      why = "Links lead from every website to every other, and images are shown there.",
      source = Source.SAFE_METHODS,
      lookAt = LookAt.GUARDED_METHODS)
  default void GU01_what_changes_nothing_passes_from_every_website() {
    Site site = guarded();
    site.send("GET", form(EVIL)).status(200).handled();
    // Not every framework answers HEAD by the handler of GET.
    site.send("HEAD", form(EVIL)).status(200, 405);
    site.get("Sec-Fetch-Site", "same-site").status(200).handled();
  }

  @Rule(
      why = "OPTIONS asks what can be done, and does nothing.",
      source = Source.SAFE_METHODS,
      lookAt = LookAt.GUARDED_METHODS)
  default void GU02_OPTIONS_that_is_not_a_preflight_passes_from_every_website() {
    guarded().at("/options").options(form(EVIL)).status(200).handled().has("X-Tck-Options", "yes");
  }

  @Rule(why = "The server's own pages write, and their browsers say that it is they.")
  default void GU03_a_write_of_the_servers_own_page_passes() {
    Site site = guarded();
    for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
      site.send(method, "Origin", site.origin(), "Sec-Fetch-Site", "same-origin")
          .status(200)
          .handled();
    }
  }

  @Rule(why = "A user who reloads a page starts the request herself; no website does.")
  default void GU04_a_write_that_no_website_has_started_passes() {
    guarded().send("POST", "Sec-Fetch-Site", "none").status(200).handled();
  }

  @Rule(
      why = "Programs other than browsers do not carry a user's cookies.",
      source = Source.SEC_FETCH)
  default void GU05_a_write_by_a_program_that_is_not_a_browser_passes() {
    Site site = guarded();
    for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
      site.send(method).status(200).handled();
    }
  }

  @Rule(
      why = "Old browsers, and browsers on sites without TLS, send only Origin.",
      source = Source.HOST,
      lookAt = LookAt.HOST)
  default void GU06_without_Sec_Fetch_Site_an_origin_that_is_the_requests_host_passes() {
    Site site = guarded();
    site.send("POST", "Origin", site.origin()).status(200).handled();
  }

  @Rule(
      why = "Where a proxy ends TLS, the page is https and the server does not know.",
      source = Source.HOST,
      lookAt = "whether the origin is compared only with Host, and not with the scheme")
  default void GU07_the_scheme_of_the_servers_own_origin_does_not_matter() {
    Site site = guarded();
    site.send("POST", "Origin", site.origin().replace("http:", "https:")).status(200).handled();
  }

  @Rule(
      why = "HTTP/2 has no Host, but an authority, which says the same.",
      source = Source.HTTP_2,
      lookAt = "whether core gets the authority where it asks for Host")
  default void GU08_over_HTTP_2_the_authority_is_the_requests_host() throws Exception {
    Site site = guarded();
    Http2Client client = new Http2Client();
    site.over2(client, "GET").status(200);
    site.over2(client, "POST", "Origin", site.origin()).status(200).handled();
    site.over2(client, "POST", "Origin", EVIL).status(403).notHandled();
  }

  @Rule(
      why = "Whom the site's owner trusts to write, writes, in old browsers, too.",
      source = Source.SEC_FETCH)
  default void GU09_a_trusted_origin_writes() {
    Site site = guarded();
    site.send("POST", form(ADMIN)).status(200).handled().shared(INCLUDE);
    site.send("POST", "Origin", ADMIN).status(200).handled().shared(INCLUDE);
  }

  @Rule(
      why = "The body of what passes is the application's.",
      source = Source.HTTP_REQUESTS,
      lookAt = LookAt.BODY)
  default void GU10_a_write_with_a_body_passes() {
    Site site = guarded();
    site.sendWithBody(
            "POST", "a=1&b=2", form(ADMIN, "Content-Type", "application/x-www-form-urlencoded"))
        .status(200)
        .handled();
    site.get().status(200).handled();
  }

  // Who does not.

  @Rule(
      why = "Another website's form is sent with the user's cookies, and without asking.",
      level = SECURITY)
  default void GU11_a_cross_site_write_is_refused_before_its_handler() {
    Site site = guarded();
    for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
      site.send(method, form(EVIL)).status(403).notHandled();
    }
    site.send("POST", "Sec-Fetch-Site", "cross-site").status(403).notHandled();
  }

  @Rule(why = "Every host below the same domain is of the same site.", level = SECURITY)
  default void GU12_a_same_site_write_is_refused_before_its_handler() {
    Site site = guarded();
    site.send("POST", "Origin", EVIL, "Sec-Fetch-Site", "same-site").status(403).notHandled();
    site.send("PUT", "Sec-Fetch-Site", "same-site").status(403).notHandled();
  }

  @Rule(
      why = "To pass an unknown value would be to trust it.",
      level = SECURITY,
      lookAt = "whether the value is compared byte for byte, all field lines combined")
  default void GU13_an_unknown_site_is_not_trusted() {
    Site site = guarded();
    for (String value : List.of("near-site", "Same-Origin", "same-origin, cross-site")) {
      site.send("POST", "Sec-Fetch-Site", value).status(403).notHandled();
    }
    site.send("POST", "Sec-Fetch-Site", "same-origin", "Sec-Fetch-Site", "cross-site")
        .status(403)
        .notHandled();
  }

  @Rule(
      why = "A redirect through other websites ends at the server's own origin.",
      level = SECURITY,
      lookAt = "whether Sec-Fetch-Site counts for more than Origin")
  default void GU14_a_cross_site_write_is_refused_though_its_origin_is_the_requests_host() {
    Site site = guarded();
    site.send("POST", "Origin", site.origin(), "Sec-Fetch-Site", "cross-site")
        .status(403)
        .notHandled();
  }

  @Rule(
      why = "Without Sec-Fetch-Site the origin is what tells.",
      level = SECURITY,
      source = Source.ORIGIN_HEADER,
      lookAt = "how an origin is compared with Host: whole, and not by a part of it")
  default void GU15_without_Sec_Fetch_Site_another_origin_is_refused() {
    Site site = guarded();
    String own = site.origin();
    String authority = own.substring("http://".length());
    for (String origin :
        List.of(
            EVIL,
            own + ".evil.example",
            "http://evil." + authority,
            "http://" + authority + "@evil.example",
            "http://evil@" + authority,
            own + "/",
            own + "0",
            authority)) {
      site.send("POST", "Origin", origin).status(403).notHandled();
    }
  }

  @Rule(
      why = "Every website can take on the origin null, by a sandboxed frame.",
      level = SECURITY,
      source = Source.ORIGIN_HEADER)
  default void GU16_null_does_not_write() {
    Site site = guarded();
    site.send("POST", "Origin", "null").status(403).notHandled();
    site.send("POST", form("null")).status(403).notHandled();
  }

  @Rule(
      why = "On one host, each port may be somebody else's.",
      level = SECURITY,
      source = Source.SAME_ORIGIN,
      lookAt = "whether core gets Host with its port")
  default void GU17_another_port_of_the_host_is_another_origin() {
    Site site = guarded();
    String host = site.origin().replaceFirst(":[0-9]+$", "");
    site.send("POST", "Origin", host).status(403).notHandled();
    site.send("POST", "Origin", host + ":1").status(403).notHandled();
  }

  @Rule(
      why = "Who may read is not who may write.",
      level = SECURITY,
      source = Source.SEC_FETCH,
      lookAt = "whether the policy's origins are trusted")
  default void GU18_an_allowed_origin_does_not_write_because_of_that() {
    Site site = guarded();
    site.send("POST", form(APP)).status(403).notHandled();
    site.send("POST", "Origin", APP).status(403).notHandled();
  }

  @Rule(
      why = "Who may write is not who may read.",
      level = SECURITY,
      source = Source.HTTP_RESPONSES,
      lookAt = "whether trusted origins are taken for the policy's")
  default void GU19_a_trusted_origin_does_not_read_because_of_that() {
    guarded().send("POST", form(PARTNER)).status(200).handled().lacksCors();
  }

  @Rule(
      why = "A browser sends these types without asking, and JSON dressed up as one of them.",
      level = SECURITY,
      source = Source.SAFE_METHODS,
      lookAt = "whether the type of the content matters")
  default void GU20_the_type_of_the_content_is_no_way_around_the_guard() {
    Site site = guarded();
    for (String type :
        List.of(
            "application/x-www-form-urlencoded",
            "text/plain",
            "multipart/form-data; boundary=x",
            "application/json")) {
      site.sendWithBody("POST", "{\"a\":1}", form(EVIL, "Content-Type", type))
          .status(403)
          .notHandled();
    }
    site.sendWithBody("POST", "{\"a\":1}", form(EVIL)).status(403).notHandled();
  }

  @Rule(
      why = "A header that gives a request another method may come from another website.",
      level = SECURITY,
      source = Source.METHOD_CASE,
      lookAt = "which method core gets: the one on the wire")
  default void GU21_a_method_in_a_header_is_no_way_around_the_guard() {
    for (String name : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method")) {
      guarded().send("POST", form(EVIL, name, "GET")).status(403).notHandled();
    }
    for (String name : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
      guarded().send("GET", form(EVIL, name, "PUT")).status(403).notHandled();
    }
  }

  @Rule(
      why = "The browser logs its user in by itself, for whatever website.",
      level = SECURITY,
      source = Source.FORBIDDEN,
      lookAt = LookAt.EARLY)
  default void GU22_a_cross_site_write_is_refused_before_authentication() {
    Site site = guarded().at("/protected");
    site.send("PUT", form(EVIL, "Authorization", Site.AUTHORIZATION)).status(403).notHandled();
    site.send("PUT", form(EVIL)).status(403).notHandled();
  }

  @Rule(
      why = "Other websites have no right to learn which paths exist.",
      level = SHOULD,
      source = Source.FORBIDDEN,
      lookAt = LookAt.EARLY)
  default void GU23_a_cross_site_write_is_refused_before_routing() {
    Site site = guarded();
    site.at("/missing").send("POST", form(EVIL)).status(403);
    site.at("/only-get").send("POST", form(EVIL)).status(403);
  }

  // What the refusal looks like.

  @Rule(
      why = "A page that may read must see a 403, not a network error.",
      level = SHOULD,
      source = Source.HTTP_RESPONSES,
      lookAt = "whether the decision's headers are written to the answer that it asks for")
  default void GU24_an_allowed_page_reads_the_refusal() {
    guarded()
        .send("POST", form(APP))
        .status(403)
        .shared(INCLUDE)
        .has("Access-Control-Allow-Origin", APP)
        .has("Access-Control-Allow-Credentials", "true")
        .lists("Access-Control-Expose-Headers", "X-Tck-Exposed");
  }

  @Rule(
      why = "A refusal is a response like any other.",
      level = SECURITY,
      source = Source.HTTP_RESPONSES,
      lookAt = "whether answers that no handler gives have headers of their own")
  default void GU25_another_page_does_not_read_the_refusal() {
    guarded().send("POST", form(EVIL)).status(403).lacksCors();
    guarded().send("POST", "Sec-Fetch-Site", "cross-site").status(403).lacksCors();
  }

  @Rule(
      why = "What is shared with one origin is not to be found in a cache by another.",
      level = CACHE,
      source = Source.CACHES,
      lookAt = LookAt.VARY)
  default void GU26_the_refusal_varies_as_every_response() {
    guarded().send("POST", form(APP)).status(403).varies("Origin");
    guarded().send("POST", form(EVIL)).status(403).varies("Origin");
  }

  @Rule(
      why = "Behind a refused request comes the next one, and not its body.",
      source = Source.MESSAGES,
      lookAt = "whether the body of a refused request is read, or the connection closed")
  default void GU27_after_a_refused_write_the_next_request_is_served() {
    Site site = guarded();
    String body = "GET /only-get HTTP/1.1\r\nHost: x\r\n\r\n".repeat(100);
    for (int i = 0; i < 3; i++) {
      site.sendWithBody("POST", body, form(EVIL)).status(403).notHandled();
      Observation next = site.get().status(200).handled();
      if (!next.response().text().equals("hello")) {
        throw next.broken("the content should be \"hello\", but is of another response");
      }
    }
  }

  // What is left alone.

  @Rule(
      why = "The policy decides who may ask; the guard decides about the request itself.",
      source = Source.CORS_PREFLIGHT,
      lookAt = LookAt.EARLY)
  default void GU28_a_preflight_is_answered_as_without_a_guard() {
    Site site = guarded();
    site.preflight(APP, "PUT", "x-tck").permits(INCLUDE).status(204).notHandled();
    site.options(
            form(
                APP,
                "Access-Control-Request-Method",
                "PUT",
                "Access-Control-Request-Headers",
                "x-tck"))
        .permits(INCLUDE)
        .status(204)
        .notHandled();
    site.preflight(EVIL, "PUT").status(403).forbids().notHandled();
  }

  @Rule(
      why = "What passes the guard ends as it would without one.",
      source = Source.HTTP_RESPONSES,
      lookAt = LookAt.ERROR_HOOK)
  default void GU29_errors_are_what_they_are_without_a_guard() {
    Site site = guarded();
    site.at("/missing").send("GET", form(APP)).status(404).shared(INCLUDE);
    site.at("/status/500").send("GET", form(APP)).status(500).shared(INCLUDE);
    site.at("/protected").send("GET", form(APP)).status(401).shared(INCLUDE);
    site.at("/only-get").send("POST", form(ADMIN)).status(404, 405).shared(INCLUDE);
  }
}
