package dev.crosswalk.cors.cli.remedy;

import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What to change where a redirect is between the page and the answer. */
public final class RedirectRemedy {

  static final String SHOWN_AS_PAGE =
      "That is an error page: the server refuses the request and shows the error by a redirect. Its"
          + " log says why. Then let it send the error itself, with its status and the headers below,"
          + " and no redirect (in Apache, ErrorDocument with a path and not a"
          + " URL; in nginx, error_page with a path and not a URL).";

  private static final String PASS_HOST_ON =
      "let the proxy pass Host on with the port (proxy_set_header Host $http_host in nginx,"
          + " ProxyPreserveHost On in Apache).";

  /** A circle is told by at most this many URLs. */
  private static final int MAX_CIRCLE = 5;

  static final String SETTING_OF_TLS =
      "A setting redirects to https: force_https of Talisman (Flask), SECURE_SSL_REDIRECT (Django),"
          + " force_ssl (Rails), UseHttpsRedirection (ASP.NET Core), or a rule of the proxy. Switch it off"
          + " on the developer's machine only: without TLS, anyone on the network reads what is sent.";

  private RedirectRemedy() {}

  /**
   * For a redirect whose own answer is refused, so that the browser does not follow it.
   *
   * @param refused what is wrong with that answer
   * @param from the URL that redirects; empty if it is not known
   * @param to where it leads, as far as it is known
   */
  public static Remedy refused(Remedy refused, String from, String to, RequiredGrant grant) {
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
        Advice.of("The server behind a proxy does not know the port: " + PASS_HOST_ON));
  }

  private static List<Advice> ofMixedContent(String from, String to) {
    List<String> downgrade = downgrade(from, to);
    return downgrade.isEmpty()
        ? List.of(
            Advice.of(
                "The redirect leads to http, and no browser lets a page of https ask for that (mixed"
                    + " content), whatever the headers are. Let it lead to https, or let the page"
                    + " request https"
                    + to.substring("http".length())
                    + " itself. Then that server has to allow the page's origin."))
        : Advice.all(downgrade);
  }

  /** For an answer to which a redirect has led. */
  static Remedy followed(Remedy refused, Where where) {
    return followed(refused, where, refused.grant().map(RequiredGrant::method).orElse(""));
  }

  /**
   * The same.
   *
   * @param method of the page's own request; empty if it is not known
   */
  public static Remedy followed(Remedy refused, Where where, String method) {
    Optional<Redirect> redirect = Redirect.of(where.initialUrl(), where.url());
    boolean asNull =
        where.origin().equals("null")
            || redirect.filter(each -> each.isTainted(where.origin())).isPresent();
    String to = redirect.map(each -> each.to().toString()).orElse(where.url());
    List<String> advice = new ArrayList<>();
    if (WireResponse.isRedirectStatus(where.status())) {
      // What is to be asked for is where that one leads, and the rest of the advice has it.
    } else if (redirect.isEmpty()) {
      advice.add("Let the page request " + to + " itself.");
    } else if (redirect.get().isAfterForm(method)) {
      advice.add(
          "If "
              + to
              + " is a page to which the server leads after a form: let it answer scripts with data or"
              + " with 204, and not with a redirect.");
      advice.add("If the API is there, let the page request " + to + " itself.");
    } else if (redirect.get().isOfSameHost()) {
      advice.add(redirect.get().difference() + " Let the page request " + to + " itself.");
    } else if (asNull) {
      advice.add(
          "Let the page request "
              + to
              + " itself: then the browser sends the page's origin. Do not allow null there, as any"
              + " site can make its pages' origin null.");
      advice.add(
          "If that redirect is not meant, find out why the first server sends it: no session, or a"
              + " wrong path or method.");
    } else {
      advice.add(
          "The host differs. If the page needs "
              + to
              + ", let it ask for that itself. If not, find out why the first server redirects: no"
              + " session, or a wrong path or method.");
    }
    List<Advice> all = new ArrayList<>(Advice.all(advice));
    all.addAll(refused.advice());
    return new Remedy(
        refused.code(),
        "The request for "
            + where.initialUrl()
            + " was redirected to "
            + where.url()
            + (asNull
                ? ", from one origin to another, and from there on its Origin is null. "
                : ". ")
            + refused.cause(),
        all,
        refused.grant(),
        refused.write());
  }

  /** Whether redirects have led to another URL of the same origin, which answers by itself. */
  public static boolean isWithin(Where where) {
    return !WireResponse.isRedirectStatus(where.status())
        && where.origin().equals(where.page())
        && Url.of(where.url()).origin().isSameOrigin(Url.of(where.initialUrl()).origin());
  }

  /**
   * The same where the redirect changes neither the origin nor the method: whoever asks for the
   * last URL at once gets the same answer.
   */
  public static Remedy followedWithin(Remedy refused, Where where) {
    String difference =
        Redirect.of(where.initialUrl(), where.url())
            .map(redirect -> redirect.difference() + " ")
            .orElse("");
    return refused
        .withCause(
            "The request for "
                + where.initialUrl()
                + " was redirected to "
                + where.url()
                + ". "
                + refused.cause())
        .withAdvice(
            List.of(
                difference
                    + "Let the page request "
                    + where.url()
                    + " itself, too, so that nothing is redirected."));
  }

  /**
   * For a redirect to where nothing answers.
   *
   * @param unanswered what is said of that
   */
  static Remedy toNobody(Remedy unanswered, Where where) {
    boolean badPort = unanswered.code().equals("PORT");
    boolean answered =
        unanswered.code().startsWith("CERTIFICATE_") || unanswered.code().contains("TLS");
    Optional<Redirect> otherPort =
        Redirect.of(where.initialUrl(), where.url())
            .filter(redirect -> !badPort && redirect.isToOtherPort());
    String advice =
        otherPort.isPresent()
            ? (otherPort.get().isPortLost()
                    ? "The redirect has lost the port, as the server behind a proxy does not know it: "
                    : "The redirect names another port, most often that of the application behind a"
                        + " proxy: ")
                + PASS_HOST_ON
                + " Or let the page ask for the path of that URL itself,"
                + " at the host and port that it knows."
            : "See why the first server redirects there, and ask for the URL that is meant.";
    return unanswered
        .withCause(
            "The request for "
                + where.initialUrl()
                + " was redirected to "
                + where.url()
                + (badPort || answered ? ". " : ", and nothing answers there. ")
                + unanswered.cause())
        .withAdvice(0, Advice.of(advice));
  }

  /**
   * For an answer to which redirects have led from one origin to another, so that the request's
   * origin is null there.
   *
   * @param last where the redirects would end
   * @param direct whether the server there allows the page's own origin
   */
  public static Remedy asNull(
      Where where, String last, boolean direct, String method, RequiredGrant grant) {
    List<String> downgrade = downgrade(where.initialUrl(), where.url());
    if (!downgrade.isEmpty()) {
      return Remedy.of(
          "REDIRECT_DOWNGRADE",
          "The server redirects "
              + where.initialUrl()
              + " to "
              + where.url()
              + ": from https to http of the same host. That is another origin, so the request's Origin"
              + " is null from there on.",
          downgrade,
          grant);
    }
    boolean reads = method.equals("GET") || method.equals("HEAD");
    String ask =
        "Let the page request "
            + last
            + " itself"
            + (reads
                ? ", or let the first server answer with that URL as data instead of the redirect,"
                    + " or fetch it itself."
                : ". Find out why the first server redirects: a slash, http instead of https, or an"
                    + " old path.");
    String neverNull =
        "Do not allow null there: any site can make its pages' origin null."
            + (grant.credentials()
                ? ""
                : " If anybody may read what is there, that server may send"
                    + " Access-Control-Allow-Origin: *.");
    String cause =
        "The request for "
            + where.initialUrl()
            + " was redirected to "
            + where.url()
            + ", from one origin to another, and from there on its Origin is null. "
            + (last.equals(where.url()) ? "" : "That redirects it on to " + last + ". ");
    return direct
        ? Remedy.of(
            "REDIRECT_NULL_ORIGIN",
            cause
                + "Asked directly, that server allows "
                + grant.origin()
                + ": only the redirect is in the way.",
            List.of(ask, neverNull),
            Optional.empty(),
            List.of())
        : Remedy.of(
            "REDIRECT_NULL_ORIGIN",
            cause + "Asked directly, that server does not allow " + grant.origin() + ", either.",
            List.of(
                ask,
                "That server has to allow the page's origin then. The lines below help only where the"
                    + " page asks it directly.",
                neverNull),
            grant);
  }

  /**
   * For redirects that come back to where they were.
   *
   * @param urls each that was asked for, in order
   * @return empty if each of them leads somewhere else
   */
  public static Optional<Remedy> circle(List<String> urls) {
    for (int end = 1; end < urls.size(); end++) {
      int start = urls.subList(0, end).indexOf(urls.get(end));
      if (start >= 0) {
        return end - start > MAX_CIRCLE
            ? Optional.empty()
            : Optional.of(ofCircle(urls.subList(start, end + 1)));
      }
    }
    return Optional.empty();
  }

  /** For a redirect that does not say where it leads. */
  public static Remedy toNowhere(int status) {
    return Remedy.notCors(
        Cause.REDIRECT_LIMIT.name(),
        "This is not CORS: the server redirects ("
            + status
            + "), and its Location is empty. Chrome takes that for no redirect; others ask for the"
            + " same URL again, until they give up.",
        "Set Location to the URL that is meant: most often a variable or a setting has no value. If"
            + " nothing is to be asked for, answer with another status.");
  }

  /** The first URL is the last one, too. */
  private static Remedy ofCircle(List<String> circle) {
    String last = circle.get(0);
    boolean itself = circle.size() == 2;
    Optional<Url> from = Url.parse(last);
    Optional<Url> to = Url.parse(circle.get(1));
    boolean known = from.isPresent() && to.isPresent();
    String path = known ? from.get().path() : "";
    String next = known ? to.get().path() : "";
    List<String> advice = new ArrayList<>();
    if (itself) {
      advice.add(
          "Often it sets a cookie first, and waits for that: send credentials, or let the page ask for"
              + " a URL that needs no cookie. Or a proxy removes what the redirect adds.");
    } else if (known && (path + "/").equals(next) || (next + "/").equals(path)) {
      advice.add(
          "One layer adds the slash at the end, and another one removes it. Remove one of the two: a"
              + " rewrite or try_files in nginx, DirectorySlash or a RewriteRule in Apache,"
              + " APPEND_SLASH in Django, redirect_slashes in FastAPI, trailingSlash in Next.js.");
    } else if (known && !from.get().scheme().equals(to.get().scheme())) {
      advice.add(
          "One layer leads to https, and another one back to http: most often a proxy that ends TLS,"
              + " and an application that does not know it. Let the proxy send X-Forwarded-Proto, and"
              + " the application trust it.");
    } else {
      advice.add("Find the two rules that lead there and back, and remove one of them.");
    }
    return Remedy.notCors(
        Cause.REDIRECT_LIMIT.name(),
        itself
            ? "There are more than 20 redirects, and they go in a circle: the server redirects "
                + last
                + " to itself."
            : "There are more than 20 redirects, and they go in a circle: "
                + String.join(" leads to ", circle)
                + ".",
        advice.toArray(new String[0]));
  }

  /** A URL without the characters of a query that browsers leave, and some servers refuse. */
  public static String withQueryEncoded(String url) {
    int start = url.indexOf('?');
    if (start < 0) {
      return url;
    }
    StringBuilder encoded = new StringBuilder(url.substring(0, start));
    for (char c : url.substring(start).toCharArray()) {
      encoded.append("[]{}|^`".indexOf(c) >= 0 ? String.format("%%%02X", (int) c) : c);
    }
    return encoded.toString();
  }

  /** What a redirect names where the server behind a proxy does not know how it is asked. */
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
            "An application behind a proxy that ends TLS does so where it does not know that it was"
                + " asked by https. Tell it: proxy_set_header X-Forwarded-Proto $scheme in nginx; and let"
                + " it trust that header (uvicorn --proxy-headers with --forwarded-allow-ips,"
                + " SECURE_PROXY_SSL_HEADER in Django, ProxyFix in Flask, trust proxy in Express,"
                + " server.forward-headers-strategy in Spring Boot, TrustProxies in Laravel).",
            "Or let the page request https"
                + target.substring("http".length())
                + " itself, so that nothing is redirected.")
        : List.of();
  }
}
