package dev.crosswalk.cors.cli.remedy.refusal;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.remedy.error.MalformedHead;
import dev.crosswalk.cors.cli.remedy.layer.TwoLayers;
import dev.crosswalk.cors.cli.remedy.origin.OriginRemedy;
import dev.crosswalk.cors.cli.remedy.origin.OtherOrigin;
import dev.crosswalk.cors.cli.remedy.origin.SeveralOrigins;
import dev.crosswalk.cors.cli.remedy.redirect.FollowedRedirect;
import dev.crosswalk.cors.cli.remedy.request.NetworkRemedy;
import dev.crosswalk.cors.cli.remedy.request.SchemeRemedy;
import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.List;
import java.util.Optional;

/** The remedy of what a browser refuses, by the cause that it names. */
public final class RefusalRemedy {

  /** What is said of the answer to which a redirect leads. */
  private static final List<Cause> OF_LAST_ANSWER =
      List.of(
          Cause.ACAO_MISSING,
          Cause.ACAO_MULTIPLE,
          Cause.ACAO_INVALID,
          Cause.ACAO_MISMATCH,
          Cause.ACAO_WILDCARD_CREDENTIALS,
          Cause.ACAC_NOT_TRUE);

  private RefusalRemedy() {}

  /**
   * The remedy of what a browser refuses.
   *
   * @param refusal its verdict; a status of 0 if it is not known
   * @param grant what the page wants
   * @param response that was refused; empty if it is not known
   */
  public static Remedy of(NotShared refusal, RequiredGrant grant, Optional<WireResponse> response) {
    Remedy remedy = ofAnswer(refusal, grant, response);
    Where where = refusal.where();
    boolean led = !where.url().equals(where.initialUrl()) && !where.url().isEmpty();
    if (led && (refusal.cause() == Cause.NETWORK || refusal.cause() == Cause.PORT)) {
      return FollowedRedirect.toNobody(remedy, where);
    }
    if (!led || !OF_LAST_ANSWER.contains(refusal.cause())) {
      return remedy;
    }
    boolean reads = List.of("GET", "HEAD").contains(grant.method());
    return response.isPresent() && reads && FollowedRedirect.isWithin(where)
        ? FollowedRedirect.within(remedy, where)
        : FollowedRedirect.of(remedy, where);
  }

  private static Remedy ofAnswer(
      NotShared refusal, RequiredGrant grant, Optional<WireResponse> response) {
    String subject = "\"" + refusal.subject() + "\"";
    return switch (refusal.cause()) {
      case ACAO_MISSING -> OriginRemedy.missing(refusal.where(), grant, response);
      case ACAO_MULTIPLE ->
          SeveralOrigins.remedy(refusal, grant)
              .withAdvice(response.flatMap(TwoLayers::whereTwice).stream().toList());
      case ACAO_INVALID -> OriginRemedy.invalid(refusal, grant);
      case ACAO_MISMATCH -> OtherOrigin.of(refusal, grant, response);
      case ACAO_WILDCARD_CREDENTIALS -> CredentialsRemedy.wildcard(refusal, grant, response);
      case ACAC_NOT_TRUE ->
          CredentialsRemedy.notTrue(refusal, grant)
              .withAdvice(lost(refusal, response, GrantHeaders.ALLOW_CREDENTIALS));
      case PREFLIGHT_STATUS -> PreflightRemedy.status(refusal.where(), grant, response);
      case PREFLIGHT_REDIRECT -> PreflightRemedy.redirect(refusal, grant);
      case ACAM_SYNTAX, ACAH_SYNTAX -> UnlistedName.syntax(refusal, grant);
      case METHOD_NOT_ALLOWED ->
          orLost(
              UnlistedName.method(refusal, grant, response),
              lost(refusal, response, GrantHeaders.ALLOW_METHODS));
      case HEADER_NOT_ALLOWED ->
          orNotAsked(
              orLost(
                  UnlistedName.header(refusal, grant, response),
                  lost(refusal, response, GrantHeaders.ALLOW_HEADERS)),
              response.filter(found -> refusal.lines().isEmpty()));
      case NOT_EXPOSED -> notExposed(refusal);
      case REDIRECT_USERINFO ->
          Remedy.notCors(
              "REDIRECT_USERINFO",
              "A redirect leads to a URL with a user name or password in it"
                  + ". Requests to another origin do not follow such a redirect.",
              "Remove them from the header Location. Or let the page request the final URL, and send"
                  + " the header Authorization.");
      case REDIRECT_SCHEME ->
          Remedy.notCors(
              "REDIRECT_SCHEME",
              "A redirect leads to something that is not http or https"
                  + (refusal.subject().isEmpty() ? "." : ": " + subject + "."),
              "Correct the header Location. A script cannot open an app or a file by fetching it:"
                  + " navigate to it instead.");
      case REDIRECT_LIMIT ->
          Remedy.notCors(
              "REDIRECT_LIMIT",
              "There are more than 20 redirects. Most likely they go in a circle.",
              "Request the final URL, or correct what redirects. Often there are two layers: one"
                  + " adds a slash or https, and the other removes it.");
      case REDIRECT_LOCATION ->
          Remedy.notCors(
              "REDIRECT_LOCATION",
              "The header Location of a redirect is not a URL"
                  + (refusal.subject().isEmpty() ? "." : ": " + subject + "."),
              "Send one Location, with an absolute URL or a path.");
      case REDIRECT_STREAM ->
          Remedy.notCors(
              "REDIRECT_STREAM",
              "A redirect needs the streamed body again, and it has been sent already.",
              "Request the final URL: " + subject + ".");
      case REDIRECT_MODE ->
          Remedy.notCors(
              "REDIRECT_MODE",
              "The server redirects, and the request allows no redirect (redirect: \"error\").",
              "Request the final URL, or remove redirect: \"error\" from the script.");
      case MODE_SAME_ORIGIN ->
          Remedy.notCors(
              "MODE_SAME_ORIGIN",
              "The page's own request says mode: \"same-origin\", and the URL is of another origin.",
              "Remove the mode from the script: \"cors\" is the default.");
      case NO_CORS_REDIRECT ->
          Remedy.notCors(
              "NO_CORS_REDIRECT",
              "The page's own request says mode: \"no-cors\" together with a redirect mode other"
                  + " than \"follow\".",
              "Remove both from the script. With no-cors it cannot read the response in any case.");
      case SCHEME -> SchemeRemedy.of(refusal);
      case PORT ->
          Remedy.notCors(
              "PORT",
              "Browsers do not connect to "
                  + (refusal.subject().isEmpty() ? "this port" : "port " + refusal.subject())
                  + ": it belongs to another protocol.",
              "Let the server listen on another port.");
      case CORP ->
          Remedy.of(
              "CORP",
              "This is not CORS: the response has Cross-Origin-Resource-Policy, which keeps it from"
                  + " pages of other origins.",
              List.of(
                  "On the server of the resource, send the header below. same-site is enough where"
                      + " both are on one host (localhost with two ports) or below one domain."
                      + " Or load the resource with CORS (the attribute crossorigin, or fetch without mode: \"no-cors\"), and"
                      + " let that server allow the page's origin.",
                  "If that server is not yours, it does not want other sites to show this: keep a copy of"
                      + " your own, if you may.",
                  "Express sets it by helmet: crossOriginResourcePolicy: { policy:"
                      + " \"cross-origin\" }."),
              Optional.empty(),
              List.of("Cross-Origin-Resource-Policy: cross-origin"));
      case RESPONSE_HEAD -> MalformedHead.of(refusal);
      case NETWORK -> NetworkRemedy.of(refusal);
    };
  }

  /** The same, and beside "add it" that it may be there and get lost. */
  private static Remedy orLost(Remedy remedy, List<String> lost) {
    return remedy.withOnlyAdvice(
        remedy.advice().stream()
            .map(
                each ->
                    each.isAbout(Topic.ADD_NAME, Topic.ADD_TYPE)
                        ? each.worded(
                            words -> String.join(" ", words, String.join(" ", lost)).strip())
                        : each)
            .toList());
  }

  /** The same, and first that no name reaches a layer that would allow each. */
  private static Remedy orNotAsked(Remedy remedy, Optional<WireResponse> response) {
    return response
        .flatMap(TwoLayers::namesAreNotAsked)
        .map(words -> remedy.withAdvice(0, Advice.of(words)))
        .orElse(remedy);
  }

  /** For a header that is absent, and not wrong. */
  private static List<String> lost(
      NotShared refusal, Optional<WireResponse> response, String header) {
    return refusal.lines().isEmpty()
        ? response.flatMap(found -> TwoLayers.oneIsLost(found, header)).stream().toList()
        : List.of();
  }

  private static Remedy notExposed(NotShared refusal) {
    String name = refusal.subject();
    if (Bytes.lowerCase(name).startsWith("set-cookie")) {
      return Remedy.notCors(
          "NOT_EXPOSED",
          "The response has the header " + name + ", and no script may ever read that one.",
          "The browser keeps the cookie automatically. If the script needs a value, send it in the"
              + " body, or in a header of your own.");
    }
    return Remedy.of(
        "NOT_EXPOSED",
        "The response is allowed, but the script may not read its header " + name + ".",
        List.of(
            "Let the server expose it, by the header below on the response (not on the preflight)."
                + " With Crosswalk: .exposeResponseHeaders(\""
                + name
                + "\")",
            "In the CORS rules of a bucket (S3, R2) it is ExposeHeaders: [\"" + name + "\"]."),
        Optional.empty(),
        List.of("Access-Control-Expose-Headers: " + name));
  }
}
