package dev.crosswalk.cors.cli.remedy;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What is wrong, and what to change.
 *
 * @param code of the cause, for programs: {@link Cause}'s, or of what is not CORS
 * @param cause one sentence, or two
 * @param advice what to do, in the order in which to follow them
 * @param grant what the server has to grant; empty if no CORS header changes it
 * @param write what to write word for word, where it is not CORS: header lines, or an element
 */
public record Remedy(
    String code,
    String cause,
    List<Advice> advice,
    Optional<RequiredGrant> grant,
    List<String> write) {

  /** Solved first by something else than headers. */
  private static final List<String> OTHERWISE =
      List.of(
          "LOGIN_REDIRECT",
          "RATE_LIMIT",
          "FORBIDDEN",
          "CSRF_REFUSED",
          "CACHED_FOR_ANOTHER_ORIGIN",
          "WRONG_PATH",
          "REDIRECT_DOWNGRADE",
          "PREFLIGHT_REDIRECT",
          "ALLOW_ORIGIN_REMOVED",
          "ORIGIN_REMOVED",
          "PREFLIGHT_STRIPPED");

  /** What is said of the answer to which a redirect leads. */
  private static final List<Cause> OF_LAST_ANSWER =
      List.of(
          Cause.ACAO_MISSING,
          Cause.ACAO_MULTIPLE,
          Cause.ACAO_INVALID,
          Cause.ACAO_MISMATCH,
          Cause.ACAO_WILDCARD_CREDENTIALS,
          Cause.ACAC_NOT_TRUE);

  public Remedy {
    advice = List.copyOf(advice);
    write = List.copyOf(write);
  }

  /** What to do, only in words. */
  public List<String> words() {
    return advice.stream().map(Advice::words).toList();
  }

  /** On what condition the grant helps; empty if there is none. */
  Optional<String> condition() {
    return switch (code) {
      case "HIDDEN", "NOT_A_BROWSER" -> Optional.of("If it turns out to be CORS");
      case "SERVER_REFUSES", "ORIGIN_REFUSED" -> Optional.of("If that origin is yours");
      default -> Optional.empty();
    };
  }

  /** What a server has to grant, if that alone helps. */
  public Optional<RequiredGrant> byHeaders() {
    boolean otherwise =
        OTHERWISE.contains(code)
            || advice.stream()
                .anyMatch(each -> each.isAbout(Topic.VALUE_ALONE, Topic.NOTHING_ELSE));
    return otherwise ? Optional.empty() : grant;
  }

  /** The same, so that it keeps what the server's answers list already. */
  public Remedy keeping(ExistingGrant kept) {
    return new Remedy(code, cause, advice, grant.map(wanted -> wanted.keeping(kept)), write);
  }

  /** The same, with credentials, which the server allows this page already; over http to nobody. */
  public Remedy keepingCredentials() {
    return new Remedy(
        code,
        cause,
        advice,
        grant.map(
            wanted -> {
              RequiredGrant all = wanted.withCredentials();
              return all.policy().isEmpty() ? wanted : all;
            }),
        write);
  }

  /** The same, and what else its answer shows. */
  public Remedy andThen(List<String> next) {
    return next.isEmpty()
        ? this
        : withOnlyAdvice(
                advice.stream()
                    .map(
                        each ->
                            each.isAbout(Topic.NOTHING_ELSE)
                                ? each.about(Topic.NONE)
                                    .worded(words -> words.replace(OriginRemedy.NOTHING_ELSE, ""))
                                : each)
                    .toList())
            .withAdvice(next);
  }

  /** The same, and more to do. */
  public Remedy withAdvice(List<String> more) {
    List<Advice> all = new ArrayList<>(advice);
    Advice.all(more).stream().filter(each -> !all.contains(each)).forEach(all::add);
    return withOnlyAdvice(all);
  }

  /**
   * The same, and one thing more to do.
   *
   * @param place how many others come before it; it is the last if there are fewer
   */
  public Remedy withAdvice(int place, Advice more) {
    List<Advice> all = new ArrayList<>(advice);
    all.add(Math.min(place, all.size()), more);
    return withOnlyAdvice(all);
  }

  /** The same, and beside "add it" that it may be there and get lost. */
  private Remedy orLost(List<String> lost) {
    return withOnlyAdvice(
        advice.stream()
            .map(
                each ->
                    each.isAbout(Topic.ADD_NAME, Topic.ADD_TYPE)
                        ? each.worded(
                            words -> String.join(" ", words, String.join(" ", lost)).strip())
                        : each)
            .toList());
  }

  /** The same, and first that no name reaches a layer that would allow each. */
  private Remedy orNotAsked(Optional<WireResponse> response) {
    return response
        .flatMap(TwoLayers::namesAreNotAsked)
        .map(words -> withAdvice(0, Advice.of(words)))
        .orElse(this);
  }

  /** The same, with this to do and nothing else. */
  public Remedy withOnlyAdvice(List<Advice> all) {
    return new Remedy(code, cause, all, grant, write);
  }

  /** The same, with this to grant. */
  public Remedy granting(RequiredGrant all) {
    return new Remedy(code, cause, advice, Optional.of(all), write);
  }

  /** The same, with each text changed. */
  public Remedy worded(UnaryOperator<String> change) {
    return new Remedy(
        code,
        change.apply(cause),
        advice.stream().map(each -> each.worded(change)).toList(),
        grant,
        write.stream().map(change).toList());
  }

  /** The same, with what is wrong in other words. */
  public Remedy withCause(String words) {
    return new Remedy(code, words, advice, grant, write);
  }

  public static Remedy of(String code, String cause, List<String> advice, RequiredGrant grant) {
    return of(code, cause, advice, Optional.of(grant), List.of());
  }

  /** With advice of which none has a topic. */
  public static Remedy of(
      String code,
      String cause,
      List<String> advice,
      Optional<RequiredGrant> grant,
      List<String> write) {
    return new Remedy(code, cause, Advice.all(advice), grant, write);
  }

  /** What a server has to grant, with advice that may have topics. */
  static Remedy granting(String code, String cause, List<Advice> advice, RequiredGrant grant) {
    return new Remedy(code, cause, advice, Optional.of(grant), List.of());
  }

  static Remedy notCors(String code, String cause, String... advice) {
    return of(code, cause, List.of(advice), Optional.empty(), List.of());
  }

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
          UnlistedName.method(refusal, grant, response)
              .orLost(lost(refusal, response, GrantHeaders.ALLOW_METHODS));
      case HEADER_NOT_ALLOWED ->
          UnlistedName.header(refusal, grant, response)
              .orLost(lost(refusal, response, GrantHeaders.ALLOW_HEADERS))
              .orNotAsked(response.filter(found -> refusal.lines().isEmpty()));
      case NOT_EXPOSED -> notExposed(refusal);
      case REDIRECT_USERINFO ->
          notCors(
              "REDIRECT_USERINFO",
              "A redirect leads to a URL with a user name or password in it"
                  + ". Requests to another origin do not follow such a redirect.",
              "Remove them from the header Location. Or let the page request the final URL, and send"
                  + " the header Authorization.");
      case REDIRECT_SCHEME ->
          notCors(
              "REDIRECT_SCHEME",
              "A redirect leads to something that is not http or https"
                  + (refusal.subject().isEmpty() ? "." : ": " + subject + "."),
              "Correct the header Location. A script cannot open an app or a file by fetching it:"
                  + " navigate to it instead.");
      case REDIRECT_LIMIT ->
          notCors(
              "REDIRECT_LIMIT",
              "There are more than 20 redirects. Most likely they go in a circle.",
              "Request the final URL, or correct what redirects. Often there are two layers: one"
                  + " adds a slash or https, and the other removes it.");
      case REDIRECT_LOCATION ->
          notCors(
              "REDIRECT_LOCATION",
              "The header Location of a redirect is not a URL"
                  + (refusal.subject().isEmpty() ? "." : ": " + subject + "."),
              "Send one Location, with an absolute URL or a path.");
      case REDIRECT_STREAM ->
          notCors(
              "REDIRECT_STREAM",
              "A redirect needs the streamed body again, and it has been sent already.",
              "Request the final URL: " + subject + ".");
      case REDIRECT_MODE ->
          notCors(
              "REDIRECT_MODE",
              "The server redirects, and the request allows no redirect (redirect: \"error\").",
              "Request the final URL, or remove redirect: \"error\" from the script.");
      case MODE_SAME_ORIGIN ->
          notCors(
              "MODE_SAME_ORIGIN",
              "The page's own request says mode: \"same-origin\", and the URL is of another origin.",
              "Remove the mode from the script: \"cors\" is the default.");
      case NO_CORS_REDIRECT ->
          notCors(
              "NO_CORS_REDIRECT",
              "The page's own request says mode: \"no-cors\" together with a redirect mode other"
                  + " than \"follow\".",
              "Remove both from the script. With no-cors it cannot read the response in any case.");
      case SCHEME -> SchemeRemedy.of(refusal);
      case PORT ->
          notCors(
              "PORT",
              "Browsers do not connect to "
                  + (refusal.subject().isEmpty() ? "this port" : "port " + refusal.subject())
                  + ": it belongs to another protocol.",
              "Let the server listen on another port.");
      case CORP ->
          of(
              "CORP",
              "This is not CORS: the response has Cross-Origin-Resource-Policy, which keeps it from"
                  + " pages of other origins.",
              List.of(
                  "On the server of the resource, send the header below. Or load the resource with"
                      + " CORS (the attribute crossorigin, or fetch without mode: \"no-cors\"), and"
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

  /** Which answer, by its role and status, at the start of a sentence. */
  static String answer(Where where) {
    return (where.preflight() ? "The answer to the preflight" : "The response")
        + (where.status() == 0 ? "" : " (" + where.status() + ")");
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
      return notCors(
          "NOT_EXPOSED",
          "The response has the header " + name + ", and no script may ever read that one.",
          "The browser keeps the cookie by itself. If the script needs a value, send it in the body,"
              + " or in a header of your own.");
    }
    return of(
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
