package dev.crosswalk.cors.tck.rules;

import static dev.crosswalk.cors.tck.browser.Request.Credentials.INCLUDE;
import static dev.crosswalk.cors.tck.rules.Rule.Level.MUST;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SECURITY;
import static dev.crosswalk.cors.tck.rules.Rule.Level.SHOULD;
import static dev.crosswalk.cors.tck.rules.TestPolicy.*;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.CrossOriginGuard;
import dev.crosswalk.cors.RequestReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The border between a framework and core: what an adapter reads, writes, and asks core for. */
@Family(level = MUST, source = Source.HTTP_RESPONSES, lookAt = LookAt.READER)
interface BorderRules extends RuleBook {

  private static CorsPolicy policy() {
    return CREDENTIALS.permissions().policy();
  }

  private static String get(Site site, String path, String... lines) {
    return "GET %s HTTP/1.1\r\nHost: {host}\r\n%s\r\n"
        .formatted(site.target(path), lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n");
  }

  /** Everything that the adapter said of the last request agrees with what was sent. */
  private static <T> int agrees(
      Witness witness, String what, @Nullable T sent, Function<Witness.Told, @Nullable T> told) {
    List<Witness.Told> all = witness.told();
    for (Witness.Told one : all) {
      if (!Objects.equals(told.apply(one), sent)) {
        throw new AssertionError(
            "core should be told the %s as it was sent, %s, but gets %s"
                .formatted(what, quoted(sent), quoted(told.apply(one))));
      }
    }
    return all.size();
  }

  private static void asked(int times) {
    if (times == 0) {
      throw new AssertionError("core should be asked about the request, but is not");
    }
  }

  private static String quoted(@Nullable Object value) {
    return value == null ? "null" : "\"" + value + "\"";
  }

  // What core gets of a request.

  @Rule(
      why = "Core compares paths itself, because routers and file servers read them differently.",
      level = SECURITY,
      source = Source.PATHS,
      lookAt = "which path core gets: whole, and neither decoded nor normalized")
  default void BO01_core_is_told_the_path_as_the_client_sent_it() {
    Witness witness = new Witness(policy());
    Site site = site(witness);
    int told = 0;
    for (String path :
        List.of(
            "/resource",
            "/resource/",
            "/RESOURCE",
            "/%72esource",
            "/resource%2Fx",
            "//resource",
            "/./resource",
            "/x/../resource",
            "/resource;x=y")) {
      // A server may refuse such a path before it asks anybody.
      site.tolerantRaw(get(site, path), "GET");
      told += agrees(witness, "path", site.target(path), Witness.Told::path);
    }
    asked(told);
  }

  @Rule(
      why = "A query is not part of the path.",
      source = Source.PATHS,
      lookAt = "which path core gets: without the query")
  default void BO02_core_is_told_the_path_without_the_query() {
    Witness witness = new Witness(policy());
    Site site = site(witness);
    site.raw(get(site, "/resource?path=/other&x=y?z"), "GET");
    asked(agrees(witness, "path", site.target("/resource"), Witness.Told::path));
  }

  @Rule(
      why = "A proxy sends the target in absolute form, and every server accepts it.",
      source = Source.ABSOLUTE_FORM,
      lookAt = "which path core gets where the target has a scheme and a host")
  default void BO03_of_a_target_in_absolute_form_core_is_told_the_path() {
    Witness witness = new Witness(policy());
    Site site = site(witness);
    site.tolerantRaw("GET http://{host}{path} HTTP/1.1\r\nHost: {host}\r\n\r\n", "GET");
    agrees(witness, "path", site.target("/resource"), Witness.Told::path);
  }

  @Rule(
      why = "Methods have a case, and a header that names another method comes from anybody.",
      level = SECURITY,
      source = Source.METHOD_CASE,
      lookAt = "which method core gets: the one on the wire, in its case")
  default void BO04_core_is_told_the_method_as_the_client_sent_it() {
    Witness witness = new Witness(policy());
    Site site = site(witness);
    int told = 0;
    for (String method : List.of("GET", "HEAD", "POST", "put", "PaTcH")) {
      site.tolerant(method, "X-HTTP-Method-Override", "DELETE", "X-HTTP-Method", "DELETE");
      told += agrees(witness, "method", method, Witness.Told::method);
    }
    asked(told);
  }

  @Rule(
      why = "An empty Origin makes a request a CORS request, and an absent one does not.",
      source = Source.CORS_REQUEST,
      lookAt = "what an absent header is to core: null, and an empty one is the empty string")
  default void BO05_a_header_that_is_absent_is_not_empty() {
    Witness witness = new Witness(policy());
    Site site = site(witness);
    site.raw(get(site, "/resource"), "GET");
    asked(agrees(witness, "absent Origin", null, Witness.Told::origin));
    site.raw(get(site, "/resource", "Origin:", "Sec-Fetch-Site:"), "GET");
    asked(agrees(witness, "empty Origin", "", Witness.Told::origin));
  }

  @Rule(
      why = "Two lines of a header are one value, or the second is a way around the policy.",
      level = SECURITY,
      source = Source.FIELD_LINES)
  default void BO06_several_lines_of_a_request_header_are_one_value() {
    Witness witness = new Witness(policy());
    Site site = site(witness);
    String[] lines = {
      "Access-Control-Request-Headers: x-one",
      "ACCESS-CONTROL-REQUEST-HEADERS: x-two,x-three",
      "Origin: " + APP,
      "origin: " + EVIL
    };
    site.raw(get(site, "/resource", lines), "GET");
    for (Witness.Told told : witness.told()) {
      if (!String.valueOf(told.names()).equals("x-one, x-two,x-three")
          || !String.valueOf(told.origin()).equals(APP + ", " + EVIL)) {
        throw new AssertionError(
            ("core should be told all lines of a header as one value, separated by a comma and a"
                    + " space, but gets %s and %s")
                .formatted(quoted(told.names()), quoted(told.origin())));
      }
    }
  }

  // What core finds in a response, and writes to it.

  @Rule(
      why = "Access-Control-Allow-Credentials: true, true is an error to every browser.",
      source = Source.SYNTAX,
      lookAt = "what ResponseWriter.get returns: the value of all field lines, equal ones too")
  default void BO07_equal_lines_of_the_application_become_one_line() {
    Observation seen = site(CREDENTIALS).at("/own-cors-twice").from(APP).shared(INCLUDE);
    seen.has("Access-Control-Allow-Origin", APP);
    seen.has("Access-Control-Allow-Credentials", "true");
    seen.atMostOne("Access-Control-Expose-Headers", "Vary");
  }

  @Rule(
      why = "Who may measure is part of the policy, where the policy says so.",
      level = SECURITY,
      source = Source.TIMING,
      lookAt = LookAt.OWNER)
  default void BO08_the_policy_owns_Timing_Allow_Origin_where_it_exposes_timing() {
    Site site = site(policy().toBuilder().exposeTiming().build()).at("/own-isolation");
    site.from(APP).has("Timing-Allow-Origin", APP);
    site.from(EVIL).lacks("Timing-Allow-Origin");
    Site other = site(policy()).at("/own-isolation");
    other.from(EVIL).has("Timing-Allow-Origin", "*");
  }

  @Rule(
      why =
          "Who may embed is part of the policy, and an application that allows less has a reason.",
      source = Source.RESOURCE_POLICY,
      lookAt = "what ResponseWriter.get returns: what the response would leave with now")
  default void BO09_the_policy_allows_embedding_and_the_application_less() {
    Site site = site(policy().toBuilder().allowEmbedding().build());
    site.from(APP).has("Cross-Origin-Resource-Policy", "cross-origin");
    site.at("/own-isolation").from(APP).has("Cross-Origin-Resource-Policy", "same-site");
  }

  @Rule(
      why = "Anybody can send the fields of a handshake to any resource.",
      source = Source.WEBSOCKET_HANDSHAKE,
      lookAt = "whether a response is taken for one that opens a WebSocket, because of the request")
  default void BO10_the_fields_of_a_handshake_change_nothing() {
    Site site = site(CREDENTIALS);
    for (String[] fields :
        new String[][] {
          {"Connection", "Upgrade", "Upgrade", "websocket", "Sec-WebSocket-Version", "13"},
          {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version", "13"}
        }) {
      sharedUnlessRefused(site.from(APP, "GET", fields));
      site.from(EVIL, "GET", fields).noServerError().lacksCors();
    }
    for (Site resource : List.of(site, site.at("/empty"), site.at("/no-content"))) {
      sharedUnlessRefused(resource.handshake("websocket", "Origin", APP));
      resource.handshake("websocket", "Origin", EVIL).noServerError().lacksCors();
    }
  }

  /** A server may refuse a handshake, or a part of one, before it asks anybody. */
  private static void sharedUnlessRefused(Observation seen) {
    if (seen.noServerError().response().status() != 400) {
      seen.shared(INCLUDE);
    }
  }

  @Rule(
      why = "A constant response that gathers headers tells one origin's page of another's.",
      level = SECURITY,
      source = Source.MESSAGES,
      lookAt = "whether the headers are written to an object that the application uses again")
  default void BO11_a_response_that_is_used_again_has_nothing_of_an_earlier_request() {
    Site site = site(new Covering(policy(), "/shared-reply"));
    site.at("/shared-reply").from(APP).shared(INCLUDE);
    site.at("/shared-reply-too").from(APP).status(200).lacksCors();
    site.at("/shared-reply").from(ADMIN).shared(INCLUDE);
    site.at("/shared-reply-too").get().status(200).lacksCors().lacks("Vary");
  }

  // What an adapter asks core for.

  @Rule(
      why = "Metrics count requests, and not how often an adapter asks.",
      level = SHOULD,
      source = Source.ASKED_TWICE,
      lookAt = "whether the second question about a request is asked by decideAgain")
  default void BO12_observers_are_told_of_each_request_once() {
    List<String> told = new CopyOnWriteArrayList<>();
    Site site =
        site(
            Cors.observed(
                CrossOriginGuard.around(policy()).build(), event -> told.add(event.toString())));
    site.from(APP);
    once(told, "a GET");
    site.from(EVIL);
    once(told, "a GET of a refused origin");
    site.preflight(APP, "PUT");
    once(told, "a preflight");
    site.preflight(EVIL, "PUT");
    once(told, "a refused preflight");
    site.send("POST", "Sec-Fetch-Site", "cross-site");
    once(told, "a write that the guard refuses");
    for (String path :
        List.of("/missing", "/throw", "/async", "/async-throw", "/stream", "/protected")) {
      site.at(path).from(APP);
      once(told, "a GET of " + path);
    }
  }

  private static void once(List<String> told, String request) {
    List<String> all = List.copyOf(told);
    told.clear();
    if (all.size() != 1) {
      throw new AssertionError("observers should hear of " + request + " once, but hear: " + all);
    }
  }

  @Rule(
      why = "A warning that comes with every request is read by nobody.",
      level = SHOULD,
      source = Source.REGISTRATION,
      lookAt = "whether the adapter calls Cors.logWarnings at registration, and nowhere else")
  default void BO13_the_warnings_of_the_policy_are_logged_once() {
    Witness witness = new Witness(policy());
    Site site = startedWith(witness);
    for (int i = 0; i < 3; i++) {
      site.from(APP);
      site.preflight(APP, "PUT");
    }
    if (witness.warned() != 1) {
      throw new AssertionError(
          "the warnings of the policy should be logged once, but are logged "
              + witness.warned()
              + " times");
    }
  }

  @Rule(
      why = "Without a policy nothing is decided, and nobody would notice.",
      level = SECURITY,
      source = Source.REGISTRATION,
      lookAt = "whether the adapter calls CorsAdapter.requirePolicy at registration")
  default void BO14_without_a_policy_nothing_starts_and_the_message_says_what_to_pass() {
    List<String> said = new ArrayList<>();
    for (Throwable e = startWithoutPolicy(); e != null; e = e.getCause()) {
      said.add(String.valueOf(e.getMessage()));
    }
    if (said.isEmpty()) {
      throw new AssertionError("an adapter should refuse null as its policy, but starts");
    }
    if (said.stream().noneMatch(message -> message.contains("CorsPolicy.none()"))) {
      throw new AssertionError(
          "an adapter that gets null should say what to pass instead, CorsPolicy.none(), but says: "
              + said);
    }
  }

  @Rule(
      why = "Where the policy does not apply, what a second layer writes still reaches browsers.",
      level = SHOULD,
      source = Source.SECOND_LAYER,
      lookAt = "what ResponseWriter.get returns: what others wrote, before it is replaced")
  default void BO15_a_second_CORS_layer_is_noticed_once() {
    // One at a time: the sentence does not say which server it is about.
    synchronized (BorderRules.class) {
      Logger logger = Logger.getLogger("dev.crosswalk.cors");
      List<String> heard = new CopyOnWriteArrayList<>();
      Filter filter = logger.getFilter();
      Level level = logger.getLevel();
      logger.setFilter(
          said -> {
            heard.add(String.valueOf(said.getMessage()));
            return filter == null || filter.isLoggable(said);
          });
      logger.setLevel(Level.WARNING);
      try {
        Site site = site(policy()).at("/own-exposed-headers");
        site.from(APP).shared(INCLUDE);
        site.from(APP).shared(INCLUDE);
      } finally {
        logger.setFilter(filter);
        logger.setLevel(level);
      }
      String noticed = "did not write: Access-Control-Expose-Headers.";
      long times = heard.stream().filter(said -> said.contains(noticed)).count();
      if (times != 1) {
        throw new AssertionError(
            ("a second layer that writes Access-Control-Expose-Headers should be noticed once,"
                    + " but is %d times")
                .formatted(times));
      }
    }
  }

  // What the guard gets as the request's host.

  /** A write to a host, as a page of an origin sends it in an old browser. */
  private static Observation write(Site site, String host, String origin) {
    return site.raw(
            "POST {path} HTTP/1.1\r\nHost: %s\r\nOrigin: %s\r\nContent-Length: 0\r\n\r\n"
                .formatted(host, origin),
            "POST")
        .get(0);
  }

  @Rule(
      why = "A host that is almost the server's own is somebody else's.",
      level = SECURITY,
      source = Source.SAME_ORIGIN,
      lookAt = "whether core gets Host as it came, whole")
  default void BO16_a_guard_refuses_an_origin_that_differs_by_a_character_from_the_host() {
    Site site = site(GUARDED);
    String authority = "api.tck.example:8443";
    write(site, authority, "https://" + authority).status(200).handled();
    for (int i = 0; i < authority.length(); i++) {
      char c = authority.charAt(i);
      String other =
          authority.substring(0, i)
              + (c == 'z' ? 'y' : c == '9' ? '8' : ++c)
              + authority.substring(i + 1);
      write(site, authority, "https://" + other).status(403).notHandled();
      String shorter = authority.substring(0, i) + authority.substring(i + 1);
      write(site, authority, "https://" + shorter).status(403).notHandled();
    }
  }

  @Rule(
      why = "A port that is the default of another scheme is a port like any other.",
      level = SECURITY,
      source = Source.SAME_ORIGIN,
      lookAt = LookAt.HOST)
  default void BO17_a_guard_tells_the_default_port_of_the_other_scheme_apart() {
    Site site = site(GUARDED);
    write(site, "api.tck.example", "https://api.tck.example").status(200).handled();
    write(site, "api.tck.example:443", "https://api.tck.example").status(200).handled();
    Map.of(
            "api.tck.example:80", "https://api.tck.example",
            "api.tck.example:443", "http://api.tck.example",
            "api.tck.example:8080", "http://api.tck.example")
        .forEach((host, origin) -> write(site, host, origin).status(403).notHandled());
  }

  /** A policy for one path, and none for the others: read as the client sent it. */
  final class Covering implements Cors {

    private static final Cors NOTHING = Cors.byPath(Map.of("/covers-nothing-else", policy()));

    private final Cors covered;
    private final String path;

    Covering(Cors covered, String path) {
      this.covered = covered;
      this.path = path;
    }

    @Override
    public <Q> CorsDecision decide(Q request, RequestReader<? super Q> reader) {
      return reader.path(request).endsWith(path)
          ? covered.decide(request, reader)
          : NOTHING.decide(request, reader);
    }
  }
}
