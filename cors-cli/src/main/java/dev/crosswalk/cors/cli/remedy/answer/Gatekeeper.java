package dev.crosswalk.cors.cli.remedy.answer;

import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Url;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What stands in front of a server and sends to a login: by the URL to which it sends. */
public enum Gatekeeper {
  CLOUDFLARE_ACCESS(
      to -> String.valueOf(to.host()).endsWith(".cloudflareaccess.com"),
      "This is Cloudflare Access. In the settings of its application, allow the page's origin and"
          + " credentials under CORS: then it answers preflights. Or let it bypass OPTIONS requests to"
          + " the server. The user has to sign in at that host first: only then there is a cookie"
          + " CF_Authorization, which the browser sends with credentials."),
  OAUTH2_PROXY(
      to ->
          to.path().equals("/oauth2/start")
              || to.path().equals("/oauth2/sign_in")
              || query(to).contains("%2foauth2%2fcallback"),
      "This is oauth2-proxy: --skip-auth-preflight=true lets preflights pass, and --api-route=^/api"
          + " answers requests for data below /api with 401 instead of the redirect."),
  APP_SERVICE(
      to -> to.path().startsWith("/.auth/login/") || query(to).contains(".auth%2flogin%2f"),
      "This is the authentication of Azure App Service, which answers before any code of the"
          + " application, so a policy in the code cannot let the preflight pass. List the page in"
          + " App Service's own CORS setting (API > CORS), which answers preflights, and let"
          + " unauthenticated requests get HTTP 401 instead of the redirect. Or let them pass, or"
          + " leave the path out (excludedPaths), and check the token in the code."),
  IDENTITY_AWARE_PROXY(
      to -> query(to).contains("iap.googleapis.com"),
      "This is Google's Identity-Aware Proxy: its setting"
          + " access_settings.cors_settings.allow_http_options lets preflights pass (gcloud iap"
          + " settings set)."),
  LOAD_BALANCER_OF_AWS(
      to -> query(to).contains("%2foauth2%2fidpresponse"),
      "This is a load balancer of AWS. Add a rule in front that forwards the method OPTIONS without"
          + " authentication; and for the API's paths set OnUnauthenticatedRequest to deny, which"
          + " answers 401 instead of the redirect."),
  AUTHELIA(
      to -> query(to).contains("rd=http") && query(to).contains("rm="),
      "This is Authelia: in access_control, a rule for this host with methods: [OPTIONS] and policy:"
          + " bypass lets preflights pass."),
  POMERIUM(
      to -> to.path().startsWith("/.pomerium/"),
      "This is Pomerium: cors_preflight: true in its route lets preflights pass.");

  private final Predicate<Url> isOfIt;
  private final String advice;

  Gatekeeper(Predicate<Url> isOfIt, String advice) {
    this.isOfIt = isOfIt;
    this.advice = advice;
  }

  /** What to set there; empty if the URL does not tell whose it is. */
  public static Optional<String> advice(Url to) {
    return Stream.of(values())
        .filter(keeper -> keeper.isOfIt.test(to))
        .map(keeper -> keeper.advice)
        .findFirst();
  }

  private static String query(Url url) {
    return Bytes.lowerCase(String.valueOf(url.query()));
  }
}
