package dev.crosswalk.cors.cli.explain.meaning;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.layer.AskedRequest;
import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.explain.words.WordSigns;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.remedy.Trait;
import dev.crosswalk.cors.cli.remedy.answer.ResponseSigns;
import dev.crosswalk.cors.cli.remedy.redirect.LoginRemedy;
import dev.crosswalk.cors.cli.remedy.redirect.RefusedRedirect;
import dev.crosswalk.cors.cli.remedy.refusal.RefusalRemedy;
import dev.crosswalk.cors.cli.remedy.request.SchemeRemedy;
import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.CorsCheck;
import dev.crosswalk.cors.tck.browser.Initiator;
import dev.crosswalk.cors.tck.browser.Verdict;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Origin;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A cause of CORS itself, as a message tells it: a redirect to a login among them. */
public final class CorsCause {

  public static final Pattern NO_SERVER = Pattern.compile("^(?:file|data|blob|about):");

  private static final String ANY_PREFLIGHT =
      "The preflight (OPTIONS, which the browser sends first) failed: it was answered with an error"
          + " status, it was redirected, or it got no answer. Firefox prints the same line for all three.";

  private static final String ERROR_OR_REDIRECT =
      "The preflight (OPTIONS, which the browser sends first) was answered with an error status, or"
          + " with a redirect: Safari's line has the status at its end. Browsers accept only 200 to 299.";

  private static final String NO_ANSWER =
      "If OPTIONS has no status in the network panel, no answer came: open the URL in a tab. A warning"
          + " about the certificate means that Firefox does not trust it, and then a preflight fails without"
          + " a question: accept it there, or install it. No page at all: nothing listens there.";

  private static final String MAY_BE_NONE =
      " No status: no answer came; open the URL in a tab, which shows a certificate that is not trusted.";

  /** No public authority signed for such a host until 2025, and few do since. */
  private static final Pattern BARE_ADDRESS =
      Pattern.compile(
          "https://(?:(?:[0-9]{1,3}\\.){3}[0-9]{1,3}|\\[[0-9a-f:.]{2,45}]|localhost)(?=[:/]|$)");

  private static final String NULL_BY_REDIRECT =
      "If the page has an address of its own (http), null is the request's alone: browsers send it where"
          + " another origin has redirected the request. Look for that redirect in the network panel, and let"
          + " the page request the last URL itself (https, www., a slash at the end).";

  private static final String CORP_OR_NONE =
      "This is not CORS: the response has Cross-Origin-Resource-Policy, which keeps it from pages of"
          + " other origins; or it has none, and the page wants one from everything that it loads"
          + " (Cross-Origin-Embedder-Policy: require-corp). Firefox prints the same line for both.";

  private static final String OF_ISOLATION =
      "If the page sends Cross-Origin-Embedder-Policy, and need not be isolated (SharedArrayBuffer),"
          + " remove that header, or send credentialless instead of require-corp.";

  private static final String FAILED_REQUEST = "Chrome (a failed request)";

  private static final String NULL_OF_PAGE =
      "The origin null is most often that of a page which was opened from the disk, or is in a sandboxed"
          + " frame. Serve the page from a web server, for example at http://localhost: a server should"
          + " not allow null.";

  /** A request whose origin no server names. */
  private static final Where OF_SOMEBODY =
      new Where(false, Initiator.FETCH, "https://somebody.invalid", "", "", 0);

  private CorsCause() {}

  /**
   * The remedy of a message that is about CORS itself.
   *
   * @param code of its meaning
   * @param details of it and of what surrounds it
   * @return empty if the code is that of something else
   */
  static Optional<Remedy> told(String whose, String code, Details details) {
    Optional<Remedy> redirect = redirect(code, details);
    if (redirect.isPresent()) {
      return redirect;
    }
    return code.equals("AUTHORIZATION_WILDCARD")
        ? Optional.of(authorizationWildcard(details))
        : cause(code).map(cause -> remedy(whose, cause, details));
  }

  private static Optional<Cause> cause(String code) {
    return Arrays.stream(Cause.values()).filter(cause -> cause.name().equals(code)).findFirst();
  }

  static Remedy remedy(String whose, Cause cause, Details details) {
    NotShared refusal = refusal(precise(whose, cause, details), details);
    RequiredGrant grant = grant(refusal.cause(), details);
    if (cause == Cause.REDIRECT_SCHEME && NO_SERVER.matcher(refusal.subject()).find()) {
      return SchemeRemedy.replaced(refusal.subject());
    }
    Remedy remedy = RefusalRemedy.of(refusal, grant, Optional.empty());
    Remedy told =
        refusal.cause() == Cause.ACAO_MISSING
            ? remedy.withCause(missing(whose, remedy.cause(), details))
            : remedy;
    if (cause == Cause.CORP && whose.startsWith("Firefox")) {
      told = told.withCause(CORP_OR_NONE).withAdvice(1, Advice.of(OF_ISOLATION));
    }
    if (cause == Cause.PREFLIGHT_STATUS && whose.startsWith("Firefox") && details.status() == 0) {
      told = told.withCause(ANY_PREFLIGHT);
      told =
          BARE_ADDRESS.matcher(details.url()).lookingAt()
              ? told.withAdvice(0, Advice.of(NO_ANSWER))
              : told.withOnlyAdvice(
                  told.advice().stream()
                      .map(
                          each ->
                              each.isAbout(Topic.SEE_PREFLIGHT)
                                  ? each.worded(words -> words + MAY_BE_NONE)
                                  : each)
                      .toList());
    }
    if (refusal.cause() == Cause.PREFLIGHT_STATUS
        && whose.equals("Safari")
        && details.status() == 0) {
      told = told.withCause(ERROR_OR_REDIRECT);
    }
    if (refusal.cause() == Cause.ACAO_MISSING
        && details.origin().equals("null")
        && isPages("null", details)
        && details.url().matches("(?:https?:.*)?")) {
      boolean browser = WordSigns.has("remark.other-browser", details.paste());
      told = told.withAdvice(browser ? 0 : 1, Advice.of(NULL_BY_REDIRECT).with(Trait.PERHAPS));
    }
    String target = details.get("target");
    return target.isEmpty() || refusal.cause() == Cause.PREFLIGHT_REDIRECT
        ? told
        : behindItself(RefusedRedirect.of(told, details.url(), target, grant), details);
  }

  /** No other host has led there, so that the origin null is the page's. */
  private static Remedy behindItself(Remedy told, Details details) {
    return details.origin().equals("null") && details.get("target").equals(details.url())
        ? told.withAdvice(1, Advice.of(NULL_OF_PAGE).with(Trait.PERHAPS))
        : told;
  }

  /** A redirect, or a URL, that leads to where people log in. */
  private static Optional<Remedy> redirect(String code, Details details) {
    boolean redirected = !details.get("initialUrl").isEmpty();
    String target = details.get("target");
    String last = details.get(code.equals("REDIRECT_AFTER_PREFLIGHT") ? "subject" : "url");
    String to = target.isEmpty() ? last : target;
    Optional<Url> login = Url.parse(to).filter(ResponseSigns::isLogin);
    boolean origin =
        code.startsWith("ACA")
            || code.equals("REDIRECT_AFTER_PREFLIGHT")
            || code.equals("PREFLIGHT_REDIRECT") && redirected;
    if (login.isEmpty() || !origin) {
      return Optional.empty();
    }
    if (details.get("kind").equals("manifest")) {
      return Optional.of(Meaning.of("MANIFEST", details));
    }
    RequiredGrant grant = grant(Cause.ACAO_MISSING, details);
    String from = details.get(redirected ? "initialUrl" : "url");
    if (!to.equals(from)) {
      if (!LoginRemedy.isTo(Url.parse(from), login.get())) {
        return Optional.empty();
      }
      if (Url.parse(from).filter(CorsCause::isAuthorization).isPresent()) {
        return Optional.of(Meaning.of("LOGIN_PAGE", details));
      }
      if (Url.parse(from).filter(ResponseSigns::isLoginStart).isPresent()) {
        String page = to.replaceFirst("[?].*", "");
        return Optional.of(
            Meaning.of("LOGIN_START", details.with("login", page).filled("initialUrl", from)));
      }
      return Optional.of(
          LoginRemedy.request(login.get(), false, code.equals("PREFLIGHT_REDIRECT"), grant));
    }
    return code.equals("ACAO_MISSING") && ResponseSigns.isLoginPage(login.get())
        ? Optional.of(Meaning.of("LOGIN_PAGE", details))
        : Optional.empty();
  }

  /** A login service's own page, also where its query is cut off. */
  private static boolean isAuthorization(Url url) {
    return ResponseSigns.isLoginPage(url) || Bytes.lowerCase(url.path()).endsWith("/authorize");
  }

  /** What Firefox prints in place of a value that is not there. */
  private static final String NOTHING = "(null)";

  /** Firefox has one message for three causes, and Safari for two: a value tells them apart. */
  private static Cause precise(String whose, Cause cause, Details details) {
    String value = details.value().strip();
    if (value.equals(NOTHING) && cause == Cause.ACAO_MISMATCH) {
      return Cause.ACAO_MISSING;
    }
    if (cause == Cause.ACAO_MISMATCH && whose.startsWith("Firefox") && details.has("value")) {
      Verdict verdict =
          CorsCheck.of(Headers.of("Access-Control-Allow-Origin", value), true, OF_SOMEBODY);
      return verdict instanceof NotShared refusal ? refusal.cause() : cause;
    }
    boolean redirect =
        cause == Cause.PREFLIGHT_STATUS && WireResponse.isRedirectStatus(details.status());
    return redirect ? Cause.PREFLIGHT_REDIRECT : cause;
  }

  private static NotShared refusal(Cause cause, Details details) {
    String url = details.url();
    String initialUrl = details.get("initialUrl");
    boolean preflight =
        details.isOfPreflight()
            || switch (cause) {
              case PREFLIGHT_STATUS,
                  PREFLIGHT_REDIRECT,
                  ACAM_SYNTAX,
                  ACAH_SYNTAX,
                  METHOD_NOT_ALLOWED,
                  HEADER_NOT_ALLOWED ->
                  true;
              default -> false;
            };
    String value = details.value().strip();
    boolean redirected = cause == Cause.PREFLIGHT_REDIRECT && details.has("target");
    return new NotShared(
        cause,
        details.get(redirected ? "target" : "subject"),
        details.has("value") && !value.equals(NOTHING) ? List.of(value) : List.of(),
        new Where(
            preflight,
            Initiator.FETCH,
            (details.has("target") || isToldOfRedirect(details)) && details.origin().equals("null")
                ? ""
                : details.origin(),
            initialUrl.isEmpty() ? url : initialUrl,
            url,
            details.status()));
  }

  /** The request that a message is about, for those who read the code beside it. */
  public static AskedRequest request(String code, Details details) {
    String url = details.url();
    String subject = details.subject();
    List<String> headers = new ArrayList<>(details.requestHeaders());
    if (code.equals("HEADER_NOT_ALLOWED") && !headers.contains(subject) && !subject.isEmpty()) {
      headers.add(subject);
    }
    return new AskedRequest(
        details.origin(),
        AskedUrl.origin(url),
        // What is only an origin is not what a browser asked for.
        Url.parse(url)
            .filter(asked -> asked.host() != null && !url.equals(AskedUrl.origin(url)))
            .map(Url::path)
            .orElse(""),
        code.equals("METHOD_NOT_ALLOWED") && !subject.isEmpty() ? subject : details.get("method"),
        headers,
        details.sendsCredentials(),
        details.isOfPreflight()
            || code.startsWith("PREFLIGHT")
            || code.equals("METHOD_NOT_ALLOWED")
            || code.equals("HEADER_NOT_ALLOWED"),
        details.status(),
        code.equals("HEADER_NOT_READ") ? subject : "");
  }

  private static RequiredGrant grant(Cause cause, Details details) {
    String origin = details.origin();
    String subject = details.subject();
    boolean method = cause == Cause.METHOD_NOT_ALLOWED && Bytes.isToken(subject);
    boolean header = cause == Cause.HEADER_NOT_ALLOWED && Bytes.isToken(subject);
    boolean response = Bytes.lowerCase(subject).startsWith("access-control-");
    boolean preflight = refusal(cause, details).where().preflight();
    Set<String> headers = new LinkedHashSet<>();
    if (header && !response) {
      headers.add(Bytes.lowerCase(subject));
    }
    if (preflight) {
      headers.addAll(details.requestHeaders());
    }
    return new RequiredGrant(
        isPages(origin, details)
            ? origin
            : cause == Cause.ACAO_MULTIPLE && origin.isEmpty()
                ? repeated(details.value()).orElse(RequiredGrant.SOME_ORIGIN)
                : RequiredGrant.SOME_ORIGIN,
        method ? subject : details.method(),
        List.copyOf(headers),
        cause == Cause.ACAO_WILDCARD_CREDENTIALS
            || cause == Cause.ACAC_NOT_TRUE
            || details.sendsCredentials(),
        preflight);
  }

  /** Where all layers name one origin, it is the page's, or the one that is to be allowed. */
  private static Optional<String> repeated(String value) {
    List<String> values = Stream.of(value.strip().split("[, ]+")).distinct().toList();
    return Optional.of(values.get(0))
        .filter(each -> values.size() == 1 && !value.strip().equals(each))
        .filter(each -> each.startsWith("http") && Origin.isOriginOrNull(each));
  }

  /** Old versions of Chrome do not name the redirect, and a person does. */
  private static boolean isToldOfRedirect(Details details) {
    return REDIRECT.matcher(details.paste().both()).find();
  }

  private static final Pattern REDIRECT =
      Pattern.compile(
          "\\b30[1278]\\b[^.]{0,20}\\bredirect|\\bredirect(?:s|ed|ion)?\\b[^.]{0,40}\\b(?:log-? ?in|sign-? ?in|sso)\\b");

  /** After a redirect the origin null is the request's, and not the page's. */
  private static boolean isPages(String origin, Details details) {
    boolean redirected =
        details.has("initialUrl") || details.has("target") || isToldOfRedirect(details);
    return Origin.isOriginOrNull(origin) && !(redirected && origin.equals("null"));
  }

  /** Safari, and Chrome's line for a request that failed, do not tell whether it is missing. */
  private static String missing(String whose, String known, Details details) {
    String origin = details.origin();
    String missing =
        " has no Access-Control-Allow-Origin, or it does not name "
            + (origin.isEmpty() ? "the page's origin" : origin)
            + ". ";
    int status = details.status();
    if (whose.endsWith("Safari")) {
      return "The response"
          + (status == 0 ? "" : " (" + status + ")")
          + missing
          + (whose.equals("Safari") ? whose : "The browser")
          + " prints the same line for both.";
    }
    if (details.value().strip().equals(NOTHING)) {
      return "The response has no Access-Control-Allow-Origin, or an empty one: Firefox writes "
          + NOTHING
          + " for it. So the browser does not let a page of another origin read the response.";
    }
    return whose.equals(FAILED_REQUEST)
        ? "The server answered "
            + status
            + ", and Chrome did not give the response to the page. This is CORS: the response"
            + missing
            + "The line about CORS policy above this one tells which."
        : known;
  }

  private static Remedy authorizationWildcard(Details details) {
    String origin = details.origin();
    return Remedy.of(
        "AUTHORIZATION_WILDCARD",
        "A warning, not an error: Access-Control-Allow-Headers is *, which by the standard does not"
            + " cover Authorization. Browsers still accept it.",
        List.of("List Authorization in Access-Control-Allow-Headers."),
        new RequiredGrant(
            Origin.isOriginOrNull(origin) ? origin : RequiredGrant.SOME_ORIGIN,
            "GET",
            List.of("authorization"),
            false,
            true));
  }
}
