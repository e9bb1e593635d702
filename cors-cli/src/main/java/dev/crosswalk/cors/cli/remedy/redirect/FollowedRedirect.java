package dev.crosswalk.cors.cli.remedy.redirect;

import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What to change where a redirect has led to the answer that is refused. */
public final class FollowedRedirect {

  private FollowedRedirect() {}

  /** For an answer to which a redirect has led. */
  public static Remedy of(Remedy refused, Where where) {
    return of(refused, where, refused.grant().map(RequiredGrant::method).orElse(""));
  }

  /**
   * The same.
   *
   * @param method of the page's own request; empty if it is not known
   */
  public static Remedy of(Remedy refused, Where where, String method) {
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
              + ", let it request that itself. If not, find out why the first server redirects: no"
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
  public static Remedy within(Remedy refused, Where where) {
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
                    + " itself, too, so nothing is redirected."));
  }

  /**
   * For a redirect to where nothing answers.
   *
   * @param unanswered what is said of that
   */
  public static Remedy toNobody(Remedy unanswered, Where where) {
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
                + RedirectBehindProxy.PASS_HOST_ON
                + " Or let the page request the path of that URL itself, at the host and port that"
                + " it knows."
            : "See why the first server redirects there, and request the URL that is meant.";
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
    List<String> downgrade = RedirectBehindProxy.downgrade(where.initialUrl(), where.url());
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
                + "Called directly, that server allows "
                + grant.origin()
                + ": only the redirect is in the way.",
            List.of(ask, neverNull),
            Optional.empty(),
            List.of())
        : Remedy.of(
            "REDIRECT_NULL_ORIGIN",
            cause + "Called directly, that server does not allow " + grant.origin() + ", either.",
            List.of(
                ask,
                "That server has to allow the page's origin then. The lines below help only where"
                    + " the page calls it directly.",
                neverNull),
            grant);
  }
}
