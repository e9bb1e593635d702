package dev.crosswalk.cors.cli.remedy;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.remedy.answer.OwnPage;
import dev.crosswalk.cors.cli.remedy.answer.ResponseSigns;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Origin;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What to change where {@code Access-Control-Allow-Origin} is absent or wrong. */
public final class OriginRemedy {

  /** What is said where nothing but the absence of the header is known. */
  public static final Advice ADD_ORIGIN =
      Topic.ADD_ORIGIN.advice(
          "If the server has a CORS layer, add the origin to its list, and check that it covers this path,"
              + " errors and preflights. If it has none, add one.");

  /** Where the answer shows no other fault. */
  static final String NOTHING_ELSE = " Nothing else of its CORS configuration is to be changed.";

  private OriginRemedy() {}

  /**
   * To allow an origin by a list, if whoever reads this may want that: a server refuses the origins
   * of strangers as well.
   *
   * @param list in the words of a sentence
   */
  static String add(String origin, String list) {
    return origin.equals("null")
        ? "Do not add null to "
            + list
            + ": any site can make its pages' origin null. Serve the page from a real origin, and add"
            + " that."
        : "If the pages of "
            + origin
            + " are yours, add "
            + origin
            + " to "
            + list
            + ", exactly like this: scheme, host and port, no slash at the end.";
  }

  // ---------------------------------------------------------------------------- no header at all

  static Remedy missing(Where where, RequiredGrant grant, Optional<WireResponse> response) {
    int status = where.status();
    if (response.filter(found -> isOfNobody(status, found)).isPresent()) {
      return Remedy.of(
          "UNAVAILABLE",
          "The server answered 503: it is down, overloaded or too slow. That answer has no CORS headers,"
              + " so the browser speaks of CORS and hides the status.",
          List.of(
              "See the server's log: a proxy answers so for an application that is down, and an"
                  + " application for a limit of its own, such as http.TimeoutHandler in Go.",
              "Then put the CORS layer around what answers 503, so that the script can read it."),
          grant);
    }
    Optional<String> proxy = response.flatMap(OriginRemedy::failingProxy);
    if (proxy.isPresent()) {
      return Remedy.notCors(
          "PROXY_ERROR",
          "This is not CORS: "
              + proxy.get()
              + " answered "
              + status
              + " itself, as the server behind it did not. That answer has no CORS headers, so the"
              + " browser speaks of CORS and hides the status.",
          "See why the server behind it is down, slow or not found; then ask again.",
          "If the proxy is what adds the CORS headers, let it add them to its own errors, too (always in"
              + " nginx, Header always in Apache, http-after-response in HAProxy). If the application"
              + " adds them, leave them to it: on good responses there would be two.");
    }
    boolean redirected = !where.url().equals(where.initialUrl());
    Optional<Url> target = response.flatMap(found -> target(found, where));
    if (target.filter(to -> LoginRemedy.isTo(Url.parse(where.url()), to)).isPresent()) {
      return LoginRemedy.request(target.get(), grant.credentials(), grant);
    }
    if (target.isPresent()) {
      Remedy refused = Remedy.of("ACAO_MISSING", Remedy.answer(where), List.of(), grant);
      return RedirectRemedy.refused(refused, where.url(), target.get().toString(), grant);
    }
    if (where.origin().equals("null") && !redirected) {
      return Remedy.of(
          "ACAO_MISSING",
          Remedy.answer(where)
              + " has no "
              + GrantHeaders.ALLOW_ORIGIN
              + ". And the page's origin is null: it was opened from the disk or a data: URL, or is"
              + " in a sandboxed frame. A server should not allow null, as any site can have it.",
          List.of(
              "Serve the page from a web server (in development, http://localhost with a port), or"
                  + " give the frame allow-same-origin.",
              "Then let the server allow the origin that the page has there."),
          Optional.of(grant),
          List.of());
    }
    List<Advice> advice = new ArrayList<>();
    if (where.preflight()) {
      advice.addAll(Advice.all(OptionsAnswer.whose(status, response, false)));
    } else if (status > 0) {
      advice.addAll(Advice.all(ErrorRemedy.byStatus(status, response)));
    }
    if (!where.preflight()
        && response.filter(found -> new ResponseSigns(found).isPage()).isPresent()) {
      advice.add(
          Advice.of(
              "It is an HTML page. If the script expects data, the URL is not that of the API, or the"
                  + " server shows a login or an error: open the URL in a tab of its own first."));
    }
    boolean measured =
        response.filter(found -> found.headers().has("Timing-Allow-Origin")).isPresent();
    if (measured && !where.preflight()) {
      advice.add(
          Advice.of(
              "The response has Timing-Allow-Origin, which only shows a page how long the response took."
                  + " Send Access-Control-Allow-Origin as well, so that the page may read it."));
    }
    if (advice.isEmpty() || status < 400) {
      // An application that answers OPTIONS by itself may have a layer for other paths.
      int place = where.preflight() ? 0 : advice.size();
      advice.addAll(
          place,
          response
              .map(found -> UnlistedOrigin.shownBy(found, where.preflight(), grant.origin()))
              .orElse(List.of(ADD_ORIGIN)));
    }
    if (status == 0 && !where.preflight() && response.isEmpty()) {
      advice.add(
          Advice.of(
              "Look at the status of the response in the network panel. On 4xx and 5xx the headers are"
                  + " often absent: then fix that error first."));
    }
    return Remedy.granting(
        "ACAO_MISSING",
        Remedy.answer(where) + " has no " + GrantHeaders.ALLOW_ORIGIN + why(where, response),
        advice,
        grant);
  }

  /** Why it has none, as far as the response tells; what to do is said besides. */
  private static String why(Where where, Optional<WireResponse> response) {
    int status = where.status();
    if (where.preflight() && status == 401) {
      return ": authentication gives that answer, and a preflight never has credentials.";
    }
    if (where.preflight() && ResponseSigns.isOfRouting(status)) {
      return ": no CORS layer gives that answer.";
    }
    if (status == ErrorRemedy.CONTENT_TOO_LARGE) {
      return ": it is an error, as the body of the request is too large.";
    }
    Optional<ResponseSigns> signs =
        status >= 400 ? Optional.empty() : response.map(ResponseSigns::new);
    if (signs.filter(found -> found.hasHeadersOfCors() || found.variesByOrigin()).isPresent()) {
      return ". A CORS layer is there, as the rest of the response shows: "
          + (signs.get().hasHeadersOfCors()
              ? "most likely it does not allow this origin."
              : response
                  .flatMap(TwoLayers::proxy)
                  .map(
                      proxy ->
                          "it does not allow this origin, or "
                              + proxy
                              + " does not pass Origin on to it, or takes the header away.")
                  .orElse("most likely it does not allow this origin."));
    }
    return ", so the browser does not let a page of another origin read it.";
  }

  /** Where a redirect leads that is to be followed. */
  private static Optional<Url> target(WireResponse response, Where where) {
    return where.preflight() || !response.hasRedirectStatus()
        ? Optional.empty()
        : response
            .headers()
            .get("Location")
            .flatMap(location -> Url.parse(where.url()).flatMap(url -> url.resolve(location)));
  }

  /** Whether a 503 does not tell who answers it: an application may do so, too. */
  private static boolean isOfNobody(int status, WireResponse response) {
    return status == 503
        && !response.headers().has("Server")
        && !response.headers().has("Via")
        && OwnPage.of(response).isEmpty();
  }

  /** The gateway's statuses, and any server error that came by way of somebody. */
  private static Optional<String> failingProxy(WireResponse response) {
    int status = response.status();
    Optional<String> via = response.headers().get("Via");
    if (status < 500 || (!ResponseSigns.isGateway(status) && via.isEmpty())) {
      return Optional.empty();
    }
    Optional<String> page = OwnPage.of(response).map(OwnPage::title);
    Optional<String> name = response.headers().get("Server").or(() -> via).or(() -> page);
    return Optional.of("the proxy" + name.map(known -> " (" + known + ")").orElse(""));
  }

  // ------------------------------------------------------------------------------ not an origin

  static Remedy invalid(NotShared refusal, RequiredGrant grant) {
    String value = refusal.value().strip();
    String answer = Remedy.answer(refusal.where());
    List<Advice> advice = new ArrayList<>();
    if (OriginValue.isServers(value, refusal.where().url())) {
      advice.add(Advice.of(OriginValue.OF_SERVER));
    } else if (OriginValue.isInnerAddress(value, refusal.where().origin())) {
      advice.add(Advice.of(OriginValue.OF_INNER_SERVER));
    } else {
      advice.addAll(Advice.all(OriginValue.whyInvalid(value)));
      meant(value, refusal.where().origin()).ifPresent(advice::add);
    }
    advice.add(
        Advice.of(
            "An origin is a scheme, a host, and a port if it is not the default, and nothing else:"
                + " https://app.example.com"));
    return Remedy.granting(
        "ACAO_INVALID",
        value.isEmpty()
            ? answer + " has the header " + GrantHeaders.ALLOW_ORIGIN + ", and it is empty."
            : answer
                + " has "
                + (value.contains("\"") ? value : "\"" + value + "\"")
                + " in "
                + GrantHeaders.ALLOW_ORIGIN
                + ", which is not an origin.",
        advice,
        grant);
  }

  /** Where the page's origin is meant, and written wrong, nothing else is to be changed. */
  private static Optional<Advice> meant(String value, String page) {
    String bare =
        OriginValue.unescaped(value)
            .replaceAll("[\"'\\[\\]\\s]", "")
            .replaceFirst("(?<!/)/++$|[.;,]$", "");
    String origin = page.isEmpty() && Origin.isOriginOrNull(bare) ? bare : page;
    boolean same =
        !origin.isEmpty()
            && !origin.equals("null")
            && !value.equals(origin)
            && (Bytes.equalIgnoringCase(bare, origin)
                || Url.parse(bare)
                    .filter(url -> origin.equals(url.origin().serialize()))
                    .isPresent()
                || value.startsWith(origin + "/")
                || OriginValue.isSchemeMisspelled(bare, origin)
                || Bytes.equalIgnoringCase(bare, origin.substring(origin.indexOf("://") + 3)));
    return same
        ? Optional.of(
            Topic.VALUE_ALONE.advice(
                "Where the server has that value, write "
                    + origin
                    + " instead, exactly like this."
                    + NOTHING_ELSE))
        : Optional.empty();
  }

  // --------------------------------------------------------------------------- the wrong origin

  static Remedy mismatch(NotShared refusal, RequiredGrant grant, Optional<WireResponse> response) {
    Where where = refusal.where();
    String value = refusal.value();
    if (OriginValue.isWord(value)) {
      return invalid(refusal, grant);
    }
    String cause =
        Remedy.answer(where)
            + (value.isEmpty() ? " has another origin" : " has \"" + value + "\"")
            + " in "
            + GrantHeaders.ALLOW_ORIGIN
            + ", and the page's origin is ";
    if (where.origin().equals("null")) {
      boolean redirected = !where.url().equals(where.initialUrl());
      return Remedy.of(
          "ACAO_MISMATCH",
          redirected
              ? cause.replace("the page's origin is ", "the request's origin is null.")
              : cause + "null.",
          redirected
              ? List.of()
              : List.of(
                  "A sandboxed frame, a file and a data: URL have the origin null. Serve the page"
                      + " from a web server, or give the frame allow-same-origin."),
          grant);
    }
    Optional<String> defect = value.isEmpty() ? Optional.empty() : OriginValue.defect(value);
    if (where.origin().isEmpty() && defect.isPresent()) {
      boolean servers = OriginValue.isServers(value, where.url());
      return Remedy.granting(
          "ACAO_MISMATCH",
          Remedy.answer(where)
              + " has \""
              + value
              + "\" in "
              + GrantHeaders.ALLOW_ORIGIN
              + ", and no page has that origin: "
              + defect.get()
              + ".",
          List.of(
              servers
                  ? Advice.of(OriginValue.OF_SERVER)
                  : meant(value, "")
                      .orElse(
                          Advice.of(
                              "Keep a list of origins on the server. If the request's Origin is in the"
                                  + " list, send that one back: https://app.example.com, for example. If"
                                  + " anyone may read the resource, such as a font, send only *."))),
          grant);
    }
    boolean known = !where.origin().isEmpty() && !value.isEmpty();
    List<Advice> advice = new ArrayList<>();
    if (value.equals("null")) {
      advice.add(
          Advice.of(
              "Some layers send null to every origin that is not on their list (GraphQL Yoga, for"
                  + " example): then add "
                  + (where.origin().isEmpty() ? "the page's origin" : where.origin())
                  + " to the list, if its pages are yours."));
      advice.add(Advice.of("Otherwise never send null: any site can make its pages' origin null."));
    }
    boolean own = !value.isEmpty() && OriginValue.isServers(value, where.url());
    if (own) {
      advice.add(Advice.of(OriginValue.OF_SERVER));
      advice.add(Advice.of(OriginValue.ECHOED));
    }
    if (!own) {
      development(value, where.origin()).map(Topic.OTHER_STAGE::advice).ifPresent(advice::add);
    }
    Optional<Advice> meant = meant(value, where.origin());
    meant.ifPresent(advice::add);
    String difference = known ? OriginValue.difference(value, where.origin()) : "";
    if (difference.equals(OriginValue.SCHEME) && !own) {
      advice.add(
          Advice.of(
              "People open the page over "
                  + where.origin().substring(0, where.origin().indexOf(':'))
                  + ": where the server has "
                  + value
                  + ", write "
                  + where.origin()
                  + ". If they open it over both, list both on the server."));
    }
    if (known && value.equals(where.origin() + "/")) {
      advice.add(
          Advice.of(
              "If nobody has written it there, the code sends back the header Referer: let it take"
                  + " Origin instead, and compare that with a list."));
    }
    if (meant.isEmpty() && !value.equals(where.origin())) {
      advice.add(
          difference.equals(OriginValue.ANOTHER) && !own
              ? besides(value, where, response)
              : Advice.of(
                  "Keep a list of origins on the server. If the request's Origin is in the list, send that"
                      + " one back. Both are compared character by character."));
    }
    if (difference.equals(OriginValue.CUT)) {
      advice.add(0, Advice.of(OriginValue.TOO_SHORT));
    }
    boolean varies =
        response.filter(found -> new ResponseSigns(found).variesByOrigin()).isPresent();
    if (difference.equals(OriginValue.ANOTHER) && varies && !own) {
      boolean inner =
          Url.parse(value)
              .filter(url -> PrivateHost.isInner(String.valueOf(url.host())))
              .filter(url -> !isLocal(value))
              .isPresent();
      // No browser opens a page at such a name, but a proxy asks a server there.
      advice.add(inner ? 0 : advice.size(), Advice.of(OriginValue.SENT_BY_A_PROXY));
    }
    if (value.contains("*") && known) {
      advice.add(
          Advice.of(
              "For all subdomains, compare Origin with a regular expression on the server, and send back"
                  + " the origin itself: in nginx by map, in Express by origin: [/^https:\\/\\/[a-z0-9-]+"
                  + "\\.example\\.com$/], in Spring by allowedOriginPatterns."));
    }
    if (!value.equals("null") && difference.equals(OriginValue.ANOTHER) && !varies && !own) {
      advice.add(
          Advice.of(
              "If it should be allowed, a cache may have kept the answer for another origin: send Vary:"
                  + " Origin on every response."));
    }
    return Remedy.granting(
        "ACAO_MISMATCH",
        known
            ? cause + where.origin() + ": " + difference + "."
            : cause + (where.origin().isEmpty() ? "not that." : where.origin() + "."),
        advice,
        grant);
  }

  /** The server has one origin, or it sends one back of those that it has. */
  private static Advice besides(String value, Where where, Optional<WireResponse> response) {
    String list =
        response
            .flatMap(found -> where.preflight() ? KnownLayer.byServer(found) : KnownLayer.of(found))
            .map(KnownLayer::origins)
            .orElse("the server's list of origins");
    return Advice.of(
        "If the pages of "
            + where.origin()
            + " are yours, add "
            + where.origin()
            + " to "
            + list
            + ", beside "
            + value
            + ". The server then has to send back the one that asks, which is in the header Origin of the"
            + " request. Both are compared character by character.");
  }

  /** One of the two is a page of development, and the other one is not. */
  private static Optional<String> development(String value, String origin) {
    if (isLocal(value) == isLocal(origin) || origin.isEmpty() || !value.startsWith("http")) {
      return Optional.empty();
    }
    return Optional.of(
        isLocal(value)
            ? "The application still allows only the development page. Set its own setting for that"
                + " (an environment variable, most often) to "
                + origin
                + ", and start it again. A proxy in front cannot replace the header by adding one."
            : "The server allows only the deployed page. Add "
                + origin
                + " to its list in development only, or let the development server's proxy ask it.");
  }

  /** Whether an origin is of a page on this machine, as in development. */
  public static boolean isLocal(String origin) {
    return origin.matches("https?://(?:localhost|127\\.0\\.0\\.1|\\[::1])(?::[0-9]+)?/?");
  }
}
