package dev.crosswalk.cors.cli.remedy.redirect;

import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.url.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What to change where a redirect itself is refused, so that the browser does not follow it. */
public final class RefusedRedirect {

  public static final String SHOWN_AS_PAGE =
      "That is an error page: the server refuses the request and shows the error by a redirect. Its"
          + " log says why. Then let it send the error itself, with its status and the headers below,"
          + " and no redirect (in Apache, ErrorDocument with a path and not a"
          + " URL; in nginx, error_page with a path and not a URL).";

  public static final String SETTING_OF_TLS =
      "A setting redirects to https: force_https of Talisman (Flask), SECURE_SSL_REDIRECT (Django),"
          + " force_ssl (Rails), UseHttpsRedirection (ASP.NET Core), or a rule of the proxy. Switch it off"
          + " on the developer's machine only: without TLS, anyone on the network reads what is sent.";

  private RefusedRedirect() {}

  /**
   * The remedy of such an answer.
   *
   * @param refused what is wrong with that answer
   * @param from the URL that redirects; empty if it is not known
   * @param to where it leads, as far as it is known
   */
  public static Remedy of(Remedy refused, String from, String to, RequiredGrant grant) {
    boolean missing = refused.code().equals(Cause.ACAO_MISSING.name());
    Optional<Redirect> redirect = Redirect.of(from, to);
    boolean sameHost = redirect.filter(Redirect::isOfSameHost).isPresent();
    boolean otherPort = redirect.filter(Redirect::isToOtherPort).isPresent();
    boolean portLost = redirect.filter(Redirect::isPortLost).isPresent();
    List<Advice> advice = new ArrayList<>();
    if (redirect.filter(Redirect::isToError).isPresent()) {
      advice.add(Advice.of(SHOWN_AS_PAGE));
    }
    boolean mixed =
        grant.origin().startsWith("https:")
            && redirect.filter(Redirect::isToMixedContent).isPresent();
    boolean itself = from.equals(to);
    boolean home = !sameHost && Url.parse(to).filter(url -> url.path().equals("/")).isPresent();
    if (home) {
      advice.add(
          Advice.of(
              "A path of / is most often a site's home page, which is made to be seen. Open it by"
                  + " location.href, or let your own server get it and pass it on: a script may read it only"
                  + " if that site allows your page, and with each redirect on the way."));
    }
    if (portLost) {
      advice.addAll(ofLostPort(redirect.get()));
    }
    if (mixed && !home) {
      advice.addAll(ofMixedContent(from, to));
    } else if (portLost && !home) {
      advice.add(
          Advice.of("Otherwise let the redirect have the headers below, too, and the right port."));
    } else if (itself) {
      advice.add(Topic.REDIRECT_TARGET.advice(ofItself(from)));
    } else if (!home) {
      advice.add(
          Topic.REDIRECT_TARGET.advice(
              redirect.map(each -> each.difference() + " ").orElse("")
                  + "Let the page request "
                  + to
                  + " itself, if that is what it needs."
                  + (sameHost && !otherPort || from.isEmpty()
                      ? ""
                      : " Then that server has to allow the page's origin.")));
    }
    if (redirect.filter(Redirect::isOfSamePort).isPresent() && to.startsWith("https:")) {
      advice.add(Advice.of(SETTING_OF_TLS));
    }
    if (!portLost && !mixed) {
      advice.add(
          Advice.of(
              "Otherwise let the redirect have the headers below, too. The browser checks every answer on the"
                  + " way, and then the last one."));
    }
    if (!home) {
      advice.add(
          Advice.of(
              "If it leads to a page that is made to be seen, such as a login, open it instead of fetching"
                  + " it."));
    }
    if (!missing) {
      advice.addAll(refused.advice());
    }
    return Remedy.granting(
        refused.code(),
        (from.isEmpty() ? "The server" : from)
            + " answers with a redirect to "
            + to
            + (missing
                ? ", and that redirect itself has no Access-Control-Allow-Origin for this page. So the"
                    + " browser does not follow it."
                : ", and the browser does not follow it. " + refused.cause()),
        advice,
        grant);
  }

  /** A person, or the browser, has shortened what differs. */
  private static String ofItself(String url) {
    return "Both URLs are the same in this line, so see the whole Location in the network panel, and let"
        + " the page request exactly that. Most often "
        + (url.endsWith("/") || url.contains("?")
            ? "http and https or the host differ."
            : "a slash is missing at the end (" + url + "/), or http and https differ.");
  }

  private static List<Advice> ofLostPort(Redirect redirect) {
    Url asked = redirect.from();
    String target = redirect.to().target();
    boolean samePath = asked.path().equals(redirect.to().path());
    return List.of(
        Advice.of(
            (samePath
                    ? "The redirect has lost the port."
                    : redirect.difference() + " And the redirect has lost the port.")
                + " Let the page request "
                + asked.scheme()
                + "://"
                + asked.authority()
                + target
                + " itself."),
        Advice.of(
            "The server behind a proxy does not know the port: "
                + RedirectBehindProxy.PASS_HOST_ON));
  }

  private static List<Advice> ofMixedContent(String from, String to) {
    List<String> downgrade = RedirectBehindProxy.downgrade(from, to);
    return downgrade.isEmpty()
        ? List.of(
            Advice.of(
                "The redirect leads to http, and no browser lets a page of https request that"
                    + " (mixed content), whatever the headers are. Let it lead to https, or let"
                    + " the page request https"
                    + to.substring("http".length())
                    + " itself. Then that server has to allow the page's origin."))
        : Advice.all(downgrade);
  }
}
