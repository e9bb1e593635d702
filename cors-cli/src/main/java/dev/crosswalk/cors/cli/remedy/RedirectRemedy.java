package dev.crosswalk.cors.cli.remedy;

import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Host;
import dev.crosswalk.cors.tck.url.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What to change where a redirect is between the page and the answer. */
public final class RedirectRemedy {

  private RedirectRemedy() {}

  // --------------------------------------------------------------------------- who allows the page

  /**
   * Of a redirect whose own answer is refused, so that the browser does not follow it.
   *
   * @param refused what is wrong with that answer
   * @param from the URL that redirects; empty if it is not known
   * @param to where it leads, as far as it is known
   */
  public static Remedy refused(Remedy refused, String from, String to, RequiredGrant grant) {
    boolean missing = refused.code().equals(Cause.ACAO_MISSING.name());
    Optional<Url> asked = Url.parse(from);
    Optional<Url> target = Url.parse(to);
    boolean sameHost =
        asked.isPresent() && target.isPresent() && isHostOf(asked.get(), target.get());
    boolean error = asked.isPresent() && target.isPresent() && isToError(asked.get(), target.get());
    boolean portLost =
        asked.isPresent() && target.isPresent() && isPortLost(asked.get(), target.get());
    List<String> advice = new ArrayList<>();
    if (error) {
      advice.add(SHOWN_AS_PAGE);
    }
    boolean mixed =
        grant.origin().startsWith("https:")
            && asked.filter(url -> !isMixedContent(url)).isPresent()
            && target.filter(RedirectRemedy::isMixedContent).isPresent();
    boolean home = !sameHost && target.filter(url -> url.path().equals("/")).isPresent();
    if (home) {
      advice.add(
          "A path of / is most often a site's home page, which is made to be seen. Open it by"
              + " location.href, or let your own server get it and pass it on: a script may read it only"
              + " if that site allows your page, and with each redirect on the way.");
    }
    if (portLost) {
      String there = asked.get().scheme() + "://" + asked.get().authority() + target.get().target();
      boolean samePath = asked.get().path().equals(target.get().path());
      advice.add(
          (samePath
                  ? "The redirect has lost the port."
                  : difference(asked.get(), target.get()) + " And the redirect has lost the port.")
              + " Let the page request "
              + there
              + " itself.");
      advice.add("The server behind a proxy does not know the port: " + PASS_HOST_ON);
    }
    if (mixed && !home) {
      List<String> downgrade = downgrade(from, to);
      advice.addAll(
          downgrade.isEmpty()
              ? List.of(
                  "The redirect leads to http, and no browser lets a page of https ask for that (mixed"
                      + " content), whatever the headers are. Let it lead to https, or let the page"
                      + " request https"
                      + to.substring("http".length())
                      + " itself. Then that server has to allow the page's origin.")
              : downgrade);
    } else if (!home) {
      advice.add(
          portLost
              ? "Otherwise let the redirect have the headers below, too, and the right port."
              : (asked.isPresent() && target.isPresent()
                      ? difference(asked.get(), target.get()) + " "
                      : "")
                  + "Let the page request "
                  + to
                  + " itself, if that is what it needs."
                  + (sameHost || from.isEmpty()
                      ? ""
                      : " Then that server has to allow the page's origin."));
    }
    if (!portLost && !mixed) {
      advice.add(
          "Otherwise let the redirect have the headers below, too. The browser checks every answer on the"
              + " way, and then the last one.");
    }
    if (!home) {
      advice.add(
          "If it leads to a page that is made to be seen, such as a login, open it instead of fetching"
              + " it.");
    }
    List<Advice> all =
        advice.stream()
            .map(
                each ->
                    each.contains("Let the page request " + to + " itself")
                        ? Topic.REDIRECT_TARGET.advice(each)
                        : Advice.of(each))
            .collect(Collectors.toCollection(ArrayList::new));
    if (!missing) {
      all.addAll(refused.advice());
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
        all,
        grant);
  }

  /** Of an answer to which a redirect has led. */
  static Remedy followed(Remedy refused, Where where) {
    return followed(refused, where, refused.grant().map(RequiredGrant::method).orElse(""));
  }

  /**
   * The same.
   *
   * @param method of the page's own request; empty if it is not known
   */
  public static Remedy followed(Remedy refused, Where where, String method) {
    Optional<Url> from = Url.parse(where.initialUrl());
    Optional<Url> to = Url.parse(where.url());
    boolean asNull = where.origin().equals("null") || isTainted(where.origin(), from, to);
    List<String> advice = new ArrayList<>();
    if (from.isEmpty() || to.isEmpty()) {
      advice.add("Let the page request " + where.url() + " itself.");
    } else if (isAfterForm(method, from.get(), to.get())) {
      advice.add(
          "If "
              + to.get()
              + " is a page to which the server leads after a form: let it answer scripts with data or"
              + " with 204, and not with a redirect.");
      advice.add("If the API is there, let the page request " + to.get() + " itself.");
    } else if (isHostOf(from.get(), to.get())) {
      advice.add(
          difference(from.get(), to.get()) + " Let the page request " + to.get() + " itself.");
    } else if (asNull) {
      advice.add(
          "Let the page request "
              + to.get()
              + " itself: then the browser sends the page's origin. Do not allow null there, as any"
              + " site can make its pages' origin null.");
      advice.add(
          "If that redirect is not meant, find out why the first server sends it: no session, or a"
              + " wrong path or method.");
    } else {
      advice.add(
          "The host differs. If the page needs "
              + to.get()
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

  /** Whether what changes something is answered by the way to another path. */
  private static boolean isAfterForm(String method, Url from, Url to) {
    return isHostOf(from, to)
        && difference(from, to).equals(OTHER_PATH)
        && !List.of("", "GET", "HEAD").contains(method);
  }

  private static final String OTHER_PATH = "The path differs.";

  /**
   * Whether a redirect leads from one origin that is not the page's to another, so that the browser
   * sends null from there on (Fetch, "redirect-tainted origin").
   */
  private static boolean isTainted(String page, Optional<Url> from, Optional<Url> to) {
    return from.isPresent()
        && to.isPresent()
        && page.startsWith("http")
        && !from.get().origin().serialize().equals(page)
        && !from.get().origin().serialize().equals(to.get().origin().serialize());
  }

  /**
   * Of a redirect to where nothing answers.
   *
   * @param unanswered what is said of that
   */
  static Remedy toNobody(Remedy unanswered, Where where) {
    Optional<Url> from = Url.parse(where.initialUrl());
    Optional<Url> to = Url.parse(where.url());
    boolean badPort = unanswered.code().equals("PORT");
    boolean answered =
        unanswered.code().startsWith("CERTIFICATE_") || unanswered.code().contains("TLS");
    boolean portLost =
        !badPort && from.isPresent() && to.isPresent() && isPortAlone(from.get(), to.get());
    String advice =
        portLost
            ? "The redirect has lost the port, as the server behind a proxy does not know it: "
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
   * Of an answer to which redirects have led from one origin to another, so that the request's
   * origin is null there.
   *
   * @param direct whether that server allows the page's own origin
   */
  public static Remedy asNull(Where where, boolean direct, String method, RequiredGrant grant) {
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
            + where.url()
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
            + ", from one origin to another, and from there on its Origin is null. ";
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

  private static final String PASS_HOST_ON =
      "let the proxy pass Host on with the port (proxy_set_header Host $http_host in nginx,"
          + " ProxyPreserveHost On in Apache).";

  private static boolean isPortAlone(Url from, Url to) {
    return isHostOf(from, to)
        && from.scheme().equals(to.scheme())
        && from.effectivePort() != to.effectivePort();
  }

  private static boolean isPortLost(Url from, Url to) {
    return isPortAlone(from, to) && to.effectivePort() == (to.scheme().equals("https") ? 443 : 80);
  }

  /** Of so many URLs a circle is told, at most. */
  private static final int MAX_CIRCLE = 5;

  /**
   * Of redirects that come back to where they were.
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

  /** Of a redirect that does not say where it leads. */
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

  // ------------------------------------------------------------------------------ to an error page

  private static final Pattern ERROR_PAGE =
      Pattern.compile(
          "/(?:[45]\\d\\d|errors?|denied|access-?denied|forbidden|unauthori[sz]ed|blocked"
              + "|not-?found|maintenance|unavailable)(?:\\.[a-z]{2,5})?/?$");

  static final String SHOWN_AS_PAGE =
      "That is an error page: the server refuses the request and shows the error by a redirect. Its"
          + " log says why. Then let it send the error itself, with its status and the headers below,"
          + " and no redirect (in Apache, ErrorDocument with a path and not a"
          + " URL; in nginx, error_page with a path and not a URL).";

  /** Whether an error of the request is shown somewhere else; what asks for that page is not. */
  static boolean isToError(Url from, Url to) {
    return !from.path().equals(to.path()) && ERROR_PAGE.matcher(Bytes.lowerCase(to.path())).find();
  }

  // --------------------------------------------------------------------------------- what differs

  static String difference(Url from, Url to) {
    boolean sameHost = isHostOf(from, to);
    if (sameHost && from.path().equals(to.path()) && !from.scheme().equals(to.scheme())) {
      return "Only the scheme differs"
          + (isSamePort(from, to)
              ? ", and not the port: one port seldom speaks both, so correct the redirect, or remove"
                  + " it. If the server has a port for TLS, ask for that."
              : ".");
    }
    if (sameHost && (from.path() + "/").equals(to.path())) {
      return "Only the slash at the end is missing.";
    }
    if (sameHost && (to.path() + "/").equals(from.path())) {
      return "There is an extra slash at the end.";
    }
    if (sameHost && from.path().equals(to.path())) {
      return "Both URLs look alike here. In the network panel, compare the whole Location with the request's"
          + " URL: http and https, a slash at the end, the host.";
    }
    if (sameHost && Bytes.equalIgnoringCase(from.path(), to.path())) {
      return "Upper and lower case differ in the path.";
    }
    return sameHost ? OTHER_PATH : "The host differs.";
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
        to.filter(url -> !isHostOf(Url.of(request.url()), url))
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
    Optional<Url> asked = Url.parse(from);
    Optional<Url> to = Url.parse(target);
    boolean down =
        asked.isPresent()
            && to.isPresent()
            && asked.get().scheme().equals("https")
            && to.get().scheme().equals("http")
            && isHostOf(asked.get(), to.get());
    return down
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

  /** Then what the redirect names is most often nothing that answers. */
  static boolean isSamePort(Url from, Url to) {
    return !from.scheme().equals(to.scheme()) && from.effectivePort() == to.effectivePort();
  }

  /** What no page of https may ask for. */
  private static boolean isMixedContent(Url url) {
    return url.scheme().equals("http") && !Host.isLoopback(String.valueOf(url.host()));
  }

  private static boolean isHostOf(Url from, Url to) {
    return String.valueOf(from.host()).equals(String.valueOf(to.host()));
  }
}
