package dev.crosswalk.cors.cli.remedy.redirect;

import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.answer.Gatekeeper;
import dev.crosswalk.cors.cli.remedy.answer.ResponseSigns;
import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Url;
import java.util.List;
import java.util.Optional;

/** What to change where a redirect sends a request to where people log in. */
public final class LoginRemedy {

  private static final String ANSWER_401 =
      "Let the server answer requests for data with 401 instead of the redirect, with the CORS"
          + " headers; and let the page itself go to the login, by location.href: no fetch() can.";

  private static final String LET_OPTIONS_PASS =
      "And let OPTIONS pass without authentication: a preflight never has a cookie.";

  private static final String OF_SPRING =
      " In Spring Security that is an HttpStatusEntryPoint for the API's paths.";

  private static final String OF_ASP_NET =
      " In ASP.NET Core those are the events OnRedirectToIdentityProvider (OpenIdConnectOptions) and"
          + " OnRedirectToLogin (cookies): set 401 there for the API's paths.";

  private static final String NO_LIST =
      " No list of origins in the login service%s applies to that page.";

  private static final String OF_KEYCLOAK = " (Keycloak's \"Web origins\")";

  private static final String SEND_SESSION =
      "If the session is a cookie, send it: credentials: \"include\" (fetch) or withCredentials"
          + " (XMLHttpRequest, axios). If it is a token, send it in Authorization.";

  private static final String LOST_COOKIE =
      "See whether the cookie is sent: it may have expired, or lack SameSite=None and Secure.";

  private static final String LOGIN_FAILED =
      "See what the script sends: a form login takes user name and password as a form"
          + " (application/x-www-form-urlencoded), and not as JSON, and may want a CSRF token as well.";

  private LoginRemedy() {}

  /**
   * Whether a redirect sends a request to where people log in. One that changes the scheme or the
   * slash of a login's own URL does not.
   *
   * @param from empty if it is not known
   */
  public static boolean isTo(Optional<Url> from, Url to) {
    boolean samePath =
        from.filter(url -> bare(url).equals(bare(to)) && !ResponseSigns.isLoginPage(to))
            .isPresent();
    return ResponseSigns.isLogin(to) && !samePath;
  }

  private static String bare(Url url) {
    return Bytes.lowerCase(url.path()).replaceFirst("(?<!/)/++$", "");
  }

  /**
   * For a request that is redirected to where people log in.
   *
   * @param credentials whether the request includes them already
   */
  public static Remedy request(Url to, boolean credentials, RequiredGrant grant) {
    return request(to, credentials, false, grant);
  }

  /**
   * For a request that is redirected to where people log in.
   *
   * @param credentials whether the request includes them already
   * @param preflight whether there the browser asks first, so that it cannot get further
   */
  public static Remedy request(
      Url to, boolean credentials, boolean preflight, RequiredGrant grant) {
    if (String.valueOf(to.query()).startsWith("error")) {
      return Remedy.of(
          "LOGIN_REDIRECT",
          cause(to, "the login that the script sent has failed"),
          List.of(LOGIN_FAILED, ANSWER_401),
          grant);
    }
    String session = credentials ? LOST_COOKIE : SEND_SESSION;
    Optional<String> gatekeeper = Gatekeeper.advice(to);
    return Remedy.of(
        "LOGIN_REDIRECT",
        cause(to, "it finds no session in the request"),
        gatekeeper.isPresent()
            ? List.of(gatekeeper.get(), session)
            : isAuthorization(to)
                ? List.of(ANSWER_401 + byProgram(to) + noList(to), session)
                : preflight
                    ? List.of(ANSWER_401 + " " + LET_OPTIONS_PASS, session)
                    : List.of(session, ANSWER_401),
        grant);
  }

  /** The server shows which program it is by the path to which the login service leads back. */
  private static String byProgram(Url to) {
    String whole = Bytes.lowerCase(to.toString()).replace("%2f", "/");
    if (whole.contains("/oauth2/authorization/") || whole.contains("/login/oauth2/code/")) {
      return OF_SPRING;
    }
    return whole.contains("/signin-oidc") || whole.contains("x-client-sku=id_net")
        ? OF_ASP_NET
        : "";
  }

  private static String noList(Url to) {
    return NO_LIST.formatted(to.path().contains("/openid-connect/") ? OF_KEYCLOAK : "");
  }

  private static String cause(Url to, String why) {
    return "The server redirects to a login page ("
        + place(to)
        + "): "
        + why
        + ". A script cannot log in there, so the browser mentions CORS.";
  }

  /**
   * The authorization endpoint of OAuth, which is made to be seen (RFC 6749, section 3.1), and that
   * with which Spring Security begins.
   */
  private static boolean isAuthorization(Url to) {
    return String.valueOf(to.query()).contains("response_type=")
        || to.path().contains("/oauth2/authorization/")
        || bare(to).endsWith("/authorize")
        || bare(to).endsWith("/openid-connect/auth");
  }

  /**
   * For a preflight that is redirected to where people log in.
   *
   * @param target as the server writes it
   * @param to the same, in full
   */
  public static Remedy preflight(String target, Url to, RequiredGrant grant) {
    return Remedy.of(
        Cause.PREFLIGHT_REDIRECT.name(),
        "The preflight is redirected to "
            + target
            + ". That looks like a login page: authentication answers the preflight, which never has"
            + " credentials, and no browser follows a redirect of a preflight.",
        Gatekeeper.advice(to)
            .map(List::of)
            .orElse(
                List.of(
                    "Put the CORS layer in front of authentication, or let OPTIONS pass it.",
                    ANSWER_401)),
        grant);
  }

  private static String place(Url url) {
    return url.withFragment(null).toString().split("[?]", 2)[0];
  }
}
