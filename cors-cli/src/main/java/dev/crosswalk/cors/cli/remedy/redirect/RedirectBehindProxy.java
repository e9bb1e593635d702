package dev.crosswalk.cors.cli.remedy.redirect;

import dev.crosswalk.cors.cli.remedy.request.PrivateHost;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.url.Url;
import java.util.List;
import java.util.Optional;

/** What a redirect names where the server behind a proxy does not know how it is asked. */
public final class RedirectBehindProxy {

  static final String PASS_HOST_ON =
      "let the proxy pass Host on with the port (proxy_set_header Host $http_host in nginx,"
          + " ProxyPreserveHost On in Apache).";

  private RedirectBehindProxy() {}

  /** What is said where it names the address behind the proxy; empty if it does not. */
  public static List<String> innerAddress(Request request, String target) {
    Optional<Url> to = Url.parse(target);
    boolean inner =
        to.filter(url -> !new Redirect(Url.of(request.url()), url).isOfSameHost())
            .filter(
                url ->
                    !request.url().equals(target)
                        && PrivateHost.isInner(String.valueOf(url.host())))
            .isPresent();
    return inner
        ? List.of(
            "The redirect names the inner address of the server behind a proxy: let the proxy pass Host"
                + " on (proxy_set_header Host $http_host in nginx), or rewrite Location"
                + " (proxy_redirect; ProxyPassReverse in Apache).")
        : List.of();
  }

  /**
   * What is said where a redirect leads from https to http of the same host; empty if it does not.
   *
   * @param from an absolute URL
   * @param target to which it is redirected
   */
  public static List<String> downgrade(String from, String target) {
    return Redirect.of(from, target).filter(Redirect::isDowngrade).isPresent()
        ? List.of(
            "An application behind a proxy that ends TLS does so where it does not know that it"
                + " was called over https. Tell it: proxy_set_header X-Forwarded-Proto $scheme in"
                + " nginx; and let it trust that header (uvicorn --proxy-headers with"
                + " --forwarded-allow-ips, SECURE_PROXY_SSL_HEADER in Django, ProxyFix in Flask,"
                + " trust proxy in Express, server.forward-headers-strategy in Spring Boot,"
                + " TrustProxies in Laravel).",
            "Or let the page request https"
                + target.substring("http".length())
                + " itself, so nothing is redirected.")
        : List.of();
  }
}
