package dev.crosswalk.cors.cli.remedy.refusal;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.remedy.layer.OptionsAnswer;
import dev.crosswalk.cors.cli.remedy.redirect.LoginRemedy;
import dev.crosswalk.cors.cli.remedy.redirect.Redirect;
import dev.crosswalk.cors.cli.remedy.redirect.RefusedRedirect;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What to change where the answer to a preflight is none: it is an error, or it redirects. */
public final class PreflightRemedy {

  /** What is said where the status of the preflight's answer is not known. */
  public static final Advice SEE_OPTIONS =
      Topic.SEE_PREFLIGHT.advice(
          "Look at the OPTIONS request in the network panel. 401 or 403: authentication or a"
              + " firewall answers before the CORS layer, and a preflight has no credentials. 404 or"
              + " 405: nothing answers OPTIONS at this path. 5xx: the server's log tells why.");

  private PreflightRemedy() {}

  static Remedy status(Where where, RequiredGrant grant, Optional<WireResponse> response) {
    List<Advice> advice =
        new ArrayList<>(OptionsAnswer.advice(where.status(), response, isAllowed(where, response)));
    if (advice.isEmpty()) {
      advice.add(SEE_OPTIONS);
      advice.add(
          Topic.LOGIN_BEFORE_CORS.advice(
              "Put the CORS layer in front of authentication and routing: it answers every preflight"
                  + " with 204 or 200."));
    }
    return Remedy.granting(
        "PREFLIGHT_STATUS",
        "The preflight (OPTIONS, which the browser sends first) was answered with "
            + (where.status() == 0 ? "an error status" : "the status " + where.status())
            + ". Browsers accept only 200 to 299, whatever headers the answer has.",
        advice,
        grant);
  }

  private static boolean isAllowed(Where where, Optional<WireResponse> response) {
    return response
        .flatMap(found -> found.headers().get(GrantHeaders.ALLOW_ORIGIN))
        .filter(value -> value.equals("*") || value.equals(where.origin()))
        .isPresent();
  }

  static Remedy redirect(NotShared refusal, RequiredGrant grant) {
    String target = refusal.subject();
    List<Advice> advice = new ArrayList<>();
    Optional<Url> from = Url.parse(refusal.where().url());
    Optional<Url> to = from.isPresent() ? from.get().resolve(target) : Url.parse(target);
    if (!target.isEmpty() && to.filter(url -> LoginRemedy.isTo(from, url)).isPresent()) {
      return LoginRemedy.preflight(target, to.orElseThrow(), grant);
    }
    if (target.isEmpty() || from.isEmpty() || to.isEmpty()) {
      advice.add(
          Topic.FINAL_URL.advice(
              "Let the page request the final URL, which Location in the answer to OPTIONS has: often"
                  + " https instead of http, or with or without a slash at the end. If it leads to a"
                  + " login page, authentication answers the preflight: put the CORS layer in front of it."));
    } else {
      Redirect redirect = new Redirect(from.get(), to.get());
      String difference = redirect.difference();
      if (redirect.isToError()) {
        advice.add(Advice.of(RefusedRedirect.SHOWN_AS_PAGE));
      } else {
        advice.add(
            Advice.of(
                redirect.isOfSamePort()
                    ? difference
                    : difference + " Let the page request " + to.get() + " itself."));
      }
    }
    boolean toTls =
        from.isPresent()
            && to.isPresent()
            && from.get().scheme().equals("http")
            && to.get().scheme().equals("https");
    if (toTls) {
      advice.add(Advice.of(RefusedRedirect.SETTING_OF_TLS));
    }
    advice.add(Topic.FINAL_URL.advice("Or answer OPTIONS before anything redirects."));
    return Remedy.granting(
        "PREFLIGHT_REDIRECT",
        "The preflight is redirected"
            + (target.isEmpty() ? "" : " to " + target)
            + ", and no browser follows a redirect of a preflight. A request that needs no preflight is"
            + " redirected as usual, and so may work.",
        advice,
        grant);
  }
}
