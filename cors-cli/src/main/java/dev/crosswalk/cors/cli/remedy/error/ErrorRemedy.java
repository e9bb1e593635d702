package dev.crosswalk.cors.cli.remedy.error;

import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.answer.OwnPage;
import dev.crosswalk.cors.cli.remedy.answer.ResponseSigns;
import dev.crosswalk.cors.cli.remedy.answer.Router;
import dev.crosswalk.cors.cli.remedy.answer.Server;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What to change where an error has no headers: the error itself, and who answers it. */
public final class ErrorRemedy {

  private ErrorRemedy() {}

  /**
   * For an error that has no headers, where other answers have them.
   *
   * @param elsewhere which answer allows the origin
   * @param replaced whether an application has given that one, so that it is asked here as well
   */
  public static Remedy errorsWithoutHeaders(
      WireResponse response, String elsewhere, boolean replaced, RequiredGrant grant) {
    int status = response.status();
    List<String> advice = new ArrayList<>();
    Optional<OwnPage> own = refusingMethod(response, grant.method());
    boolean ofApplication = List.of(401, 404, 500).contains(status);
    Optional<OwnPage> shown =
        OwnPage.of(response).filter(page -> replaced && ofApplication && own.isEmpty());
    if (shown.isPresent()) {
      advice.add(shown.get().headersOnErrors());
    }
    if (status == 401) {
      advice.add(ErrorStatus.LOGIN);
    } else if (own.isPresent()) {
      advice.add(own.get().refuses(grant.method(), status));
    } else if (status == 403 && new ResponseSigns(response).speaksOfAnotherSite()) {
      advice.add(
          "The body mentions a request from another site: a protection against forged requests"
              + " (CSRF) refuses it, by Sec-Fetch-Site, Origin or Referer. Add the page's origin"
              + " to those that it trusts (CSRF_TRUSTED_ORIGINS in Django, AddTrustedOrigin of"
              + " Go's CrossOriginProtection), and keep it for all others.");
    } else if (status == 403 && OwnPage.of(response).isPresent()) {
      advice.add(OwnPage.of(response).get().refusesAll());
    } else if (status == 403) {
      advice.add(
          "The server allows this origin elsewhere. So authorization, CSRF protection (by a token, or by"
              + " Sec-Fetch-Site, Origin or Referer) or a firewall refuses the request: its log, or the body"
              + " of the response, tells more.");
    } else {
      ErrorStatus.byStatus(status, Optional.of(response)).stream()
          .map(Advice::words)
          .forEach(advice::add);
    }
    String where = whereErrorsLoseHeaders(response);
    if (shown.isEmpty() && !advice.contains(where)) {
      advice.add(where);
    }
    Optional<String> tooLarge = ErrorStatus.tooLarge(response);
    return Remedy.of(
        "ERRORS_WITHOUT_HEADERS",
        tooLarge.map(words -> words + " ").orElse("")
            + "The server allows this origin in "
            + elsewhere
            + ", and this error ("
            + status
            + ") has no Access-Control-Allow-Origin. So the script cannot read the error.",
        advice,
        grant);
  }

  /** Whose rule about methods it is that refuses one; files refuse those that change something. */
  private static Optional<OwnPage> refusingMethod(WireResponse response, String method) {
    int status = response.status();
    boolean ofMethod =
        status == 405
            || status == 501
            || status == 403 && !method.equals("GET") && !method.equals("HEAD");
    return ofMethod ? OwnPage.of(response) : Optional.empty();
  }

  /**
   * For a 403 that does not depend on the origin.
   *
   * @param get whether GET gets it, too, where it is the answer to a preflight
   */
  public static Remedy refusedToAll(
      WireResponse response, boolean preflight, boolean get, RequiredGrant grant) {
    Optional<OwnPage> page = OwnPage.of(response);
    String who = page.map(OwnPage::title).map(title -> title + " itself").orElse("The server");
    String what =
        page.isPresent()
            ? "So a rule of its configuration refuses it, and not a CORS layer."
            : "So authorization, CSRF protection or a firewall refuses it, and not a CORS layer.";
    List<String> advice = new ArrayList<>();
    if (preflight && !get && page.isPresent()) {
      advice.add(page.get().refusesOptions(response.status()));
    } else {
      advice.add(
          preflight
              ? "A preflight never has credentials: let OPTIONS pass to the CORS layer."
              : page.isPresent()
                  ? page.get().refusesAll()
                  : "Solve the 403: send the token or cookie that the server requires, or see the"
                      + " firewall's log.");
    }
    if (get) {
      advice.add(
          "GET of this URL gets 403 as well: solve that, too."
              + page.filter(any -> preflight).map(own -> " " + own.refusesAll()).orElse(""));
    }
    advice.add("Put the CORS layer in front of what refuses, so the script can read the 403.");
    return Remedy.of(
        "FORBIDDEN",
        who
            + " refuses the request (403), whatever its origin: without Origin it gets the same. "
            + what,
        advice,
        grant);
  }

  /** What writes an error decides which headers it has. */
  private static String whereErrorsLoseHeaders(WireResponse response) {
    if (response.status() >= 500 && ErrorStatus.isOfStarlette(response)) {
      return ErrorStatus.OUTSIDE_OF_STARLETTE;
    }
    Optional<String> own =
        OwnPage.of(response).map(OwnPage::headersOnErrors).or(() -> Router.onErrors(response));
    if (own.isPresent()) {
      return own.get();
    }
    Optional<Server> server = Server.seen(response);
    if (server.equals(Optional.of(Server.NGINX))) {
      return "nginx adds headers to errors only with always. If an application behind it answers the"
          + " error, that is where they are missing; if nginx shows a page of its own instead"
          + " (error_page with proxy_intercept_errors on), turn that off for the API, or write"
          + " add_header with always into the location of that page.";
    }
    if (server.equals(Optional.of(Server.APACHE))) {
      return "Apache adds headers to errors only with Header always. If an application behind it"
          + " answers the error, that is where they are missing; if Apache shows a page of its own in"
          + " its place (ProxyErrorOverride On), turn that off for the API.";
    }
    String inApplication =
        "What answers the error runs outside the CORS layer, or throws away the headers that are"
            + " set already, as Koa's error handler and aiohttp's exceptions do. Put the CORS"
            + " layer in front of everything, authentication too; or set the headers again where"
            + " the error is answered (in Koa, @koa/cors keeps them).";
    return response.headers().has("Server")
        ? inApplication
        : inApplication
            + " In front of an application: nginx needs always for errors, Apache Header always.";
  }
}
