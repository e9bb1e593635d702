package dev.crosswalk.cors.cli.remedy.origin;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.remedy.answer.FrontProxy;
import dev.crosswalk.cors.cli.remedy.answer.OwnPage;
import dev.crosswalk.cors.cli.remedy.answer.ResponseSigns;
import dev.crosswalk.cors.cli.remedy.answer.Server;
import dev.crosswalk.cors.cli.remedy.error.ErrorStatus;
import dev.crosswalk.cors.cli.remedy.layer.KnownLayer;
import dev.crosswalk.cors.cli.remedy.layer.LayerList;
import dev.crosswalk.cors.cli.remedy.layer.OptionsAnswer;
import dev.crosswalk.cors.cli.remedy.layer.TwoLayers;
import dev.crosswalk.cors.cli.remedy.redirect.LoginRemedy;
import dev.crosswalk.cors.cli.remedy.redirect.RefusedRedirect;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Origin;
import dev.crosswalk.cors.tck.url.Printable;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What to change where {@code Access-Control-Allow-Origin} is absent or wrong. */
public final class OriginRemedy {

  /** So many characters of a server's Allow are shown. */
  private static final int MAX_ALLOW = 100;

  private OriginRemedy() {}

  // ---------------------------------------------------------------------------- no header at all

  public static Remedy missing(Where where, RequiredGrant grant, Optional<WireResponse> response) {
    if (response.filter(found -> isOfNobody(where.status(), found)).isPresent()) {
      return unavailable(grant);
    }
    Optional<String> proxy = response.flatMap(OriginRemedy::failingProxy);
    if (proxy.isPresent()) {
      return proxyError(proxy.get(), where.status());
    }
    Optional<Url> target = response.flatMap(found -> target(found, where));
    if (target.filter(to -> LoginRemedy.isTo(Url.parse(where.url()), to)).isPresent()) {
      return LoginRemedy.request(target.get(), grant.credentials(), grant);
    }
    if (target.isPresent()) {
      Remedy refused = Remedy.of("ACAO_MISSING", Remedy.answer(where), List.of(), grant);
      return RefusedRedirect.of(refused, where.url(), target.get().toString(), grant);
    }
    if (where.origin().equals("null") && where.url().equals(where.initialUrl())) {
      return ofPageWithoutOrigin(where, grant);
    }
    return Remedy.granting(
        "ACAO_MISSING",
        Remedy.answer(where) + " has no " + GrantHeaders.ALLOW_ORIGIN + why(where, response),
        add(where, grant, response),
        grant);
  }

  private static Remedy unavailable(RequiredGrant grant) {
    return Remedy.of(
        "UNAVAILABLE",
        "The server answered 503: it is down, overloaded or too slow. That answer has no CORS"
            + " headers, so the browser mentions CORS and hides the status.",
        List.of(
            "See the server's log: a proxy answers so for an application that is down, and an"
                + " application for a limit of its own, such as http.TimeoutHandler in Go.",
            "Then put the CORS layer around what answers 503, so the script can read it."),
        grant);
  }

  private static Remedy proxyError(String proxy, int status) {
    return Remedy.notCors(
        "PROXY_ERROR",
        "This is not CORS: "
            + proxy
            + " answered "
            + status
            + " itself, as the server behind it did not. That answer has no CORS headers, so the"
            + " browser mentions CORS and hides the status.",
        status == 504
            ? "The server behind it takes longer than the proxy waits, or is not there: see what it waits for"
                + " in its own log. If the request may take so long, let the proxy wait longer"
                + " (proxy_read_timeout in nginx, ProxyTimeout in Apache, timeout server in HAProxy)."
            : "See why the server behind it is down, slow or not found; then try again.",
        "If the proxy is what adds the CORS headers, let it add them to its own errors, too (always in"
            + " nginx, Header always in Apache, http-after-response in HAProxy). If the application"
            + " adds them, leave them to it: on good responses there would be two.");
  }

  private static Remedy ofPageWithoutOrigin(Where where, RequiredGrant grant) {
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

  /** How the server gets to send it: first what the answer shows, and then what is always so. */
  private static List<Advice> add(
      Where where, RequiredGrant grant, Optional<WireResponse> response) {
    int status = where.status();
    Optional<WireResponse> ofProgram =
        response.filter(found -> found.hasOkStatus() && KnownLayer.ofProgram(found).isPresent());
    if (ofProgram.isPresent()) {
      return UnlistedOrigin.shownBy(ofProgram.get(), where.preflight(), grant.origin());
    }
    List<Advice> advice = new ArrayList<>();
    if (where.preflight()) {
      advice.addAll(OptionsAnswer.withoutHeader(status, response));
      response.flatMap(OriginRemedy::notPassedOn).map(Advice::of).ifPresent(advice::add);
    } else if (status > 0) {
      advice.addAll(ErrorStatus.advice(status, response, grant.method()));
    }
    if (!where.preflight()) {
      response.ifPresent(found -> addSeen(found, advice));
    }
    if (advice.isEmpty() || status < 400) {
      // An application that answers OPTIONS by itself may have a layer for other paths.
      // Flask's layer adds its headers to that answer, and none for an origin that is not listed.
      boolean itself =
          response
              .filter(OriginRemedy::isAnsweredByFramework)
              .filter(found -> !Server.seen(found).equals(Optional.of(Server.FLASK)))
              .isPresent();
      int place = where.preflight() && !itself ? 0 : advice.size();
      advice.addAll(
          place,
          response
              .map(found -> UnlistedOrigin.shownBy(found, where.preflight(), grant.origin()))
              .orElse(List.of(LayerList.ADD_ORIGIN)));
    }
    if (status == 0 && !where.preflight() && response.isEmpty()) {
      advice.add(
          Topic.SEE_STATUS.advice(
              "Look at the status of the response in the network panel. On 4xx and 5xx the headers are"
                  + " often absent: then fix that error first."));
    }
    return advice;
  }

  /** Most layers let an OPTIONS without Origin through, and then the routes answer it. */
  private static Optional<String> notPassedOn(WireResponse response) {
    return FrontProxy.name(response)
        .filter(proxy -> ResponseSigns.isOfRouting(response.status()))
        .filter(proxy -> OwnPage.of(response).isEmpty())
        .map(
            proxy ->
                "If the application has a CORS layer already, "
                    + proxy
                    + " may keep Origin from it, so it treats the preflight as any other OPTIONS: "
                    + TwoLayers.removesOrigin(response)
                    + ".");
  }

  /** What a response is or has that is mistaken for what the page needs. */
  private static void addSeen(WireResponse response, List<Advice> advice) {
    if (new ResponseSigns(response).isPage()) {
      advice.add(
          Advice.of(
              "It is an HTML page. If the script expects data, the URL is not that of the API, or the"
                  + " server shows a login or an error: open the URL in a tab of its own first."));
    }
    if (response.headers().has("Timing-Allow-Origin")) {
      advice.add(
          Advice.of(
              "The response has Timing-Allow-Origin, which only shows a page how long the response"
                  + " took. Send Access-Control-Allow-Origin as well, so the page may read it."));
    }
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
    Optional<String> allow =
        response
            .filter(found -> where.preflight() && isAnsweredByFramework(found))
            .flatMap(found -> found.headers().get("Allow"));
    if (allow.isPresent()) {
      return ": the framework or the server gives that answer automatically (Allow: "
          + Printable.shown(allow.get(), MAX_ALLOW)
          + "), and nothing adds the header to it.";
    }
    if (status == 413) {
      return ": it is an error, as the body of the request is too large."
          + response.flatMap(ErrorStatus::tooLarge).map(" "::concat).orElse("");
    }
    Optional<ResponseSigns> signs =
        status >= 400 ? Optional.empty() : response.map(ResponseSigns::new);
    if (signs.filter(found -> found.hasHeadersOfCors() || found.variesByOrigin()).isPresent()) {
      return ". A CORS layer is there, as the rest of the response shows: "
          + (signs.get().hasHeadersOfCors() && !signs.get().variesByOrigin()
              ? "most likely it does not allow this origin."
              : response
                  .flatMap(FrontProxy::name)
                  .map(
                      proxy ->
                          "it does not allow this origin, or "
                              + proxy
                              + " does not pass Origin on to it, or removes the header.")
                  .orElse("most likely it does not allow this origin."));
    }
    return ", so the browser does not let a page of another origin read it.";
  }

  /** Whether it says which methods there are, and shows nothing of a CORS layer. */
  private static boolean isAnsweredByFramework(WireResponse response) {
    ResponseSigns signs = new ResponseSigns(response);
    return response.hasOkStatus()
        && response.headers().has("Allow")
        && !signs.hasHeadersOfCors()
        && !signs.variesByOrigin();
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

  public static Remedy invalid(NotShared refusal, RequiredGrant grant) {
    String value = refusal.value().strip();
    String answer = Remedy.answer(refusal.where());
    List<Advice> advice = new ArrayList<>();
    if (OriginValue.isServers(value, refusal.where().url())) {
      advice.add(OriginValue.ofServer(value, refusal.where().origin()));
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
  static Optional<Advice> meant(String value, String page) {
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
                || OriginValue.isInOwnLetters(value, origin)
                || OriginValue.isSchemeMisspelled(bare, origin)
                || MistypedOrigin.difference(bare, origin).isPresent()
                || Bytes.equalIgnoringCase(bare, origin.substring(origin.indexOf("://") + 3)));
    return same
        ? Optional.of(
            Topic.NOTHING_ELSE.advice(
                "Where the server has that value, write "
                    + origin
                    + " instead, exactly like this."
                    + Remedy.NOTHING_ELSE))
        : Optional.empty();
  }
}
