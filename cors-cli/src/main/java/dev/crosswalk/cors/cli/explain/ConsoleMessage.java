package dev.crosswalk.cors.cli.explain;

import dev.crosswalk.cors.cli.remedy.Grant;
import dev.crosswalk.cors.cli.remedy.RedirectRemedy;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.ResponseSigns;
import dev.crosswalk.cors.cli.remedy.SchemeRemedy;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A message that somebody has copied from a console, and what it means.
 *
 * @param whose browser's or program's it is
 * @param url that was asked for; empty if the message does not tell
 * @param otherUrls how many others have the same trouble
 * @param origin of the page; empty if the message does not tell
 * @param method of the request, as it was sent; {@code GET} if the message does not tell
 * @param remedy of what it complains of
 */
public record ConsoleMessage(
    String whose, String url, int otherUrls, String origin, String method, Remedy remedy) {

  /** What it is a message of; of a HAR file, which request it is. */
  String title() {
    if (whose.startsWith("a description")) {
      return "A description, not a browser message";
    }
    if (whose.startsWith("no browser")) {
      return "Not a known browser message";
    }
    if (whose.equals("the network panel")) {
      return "An answer of a server";
    }
    return whose.startsWith("request ") ? "R" + whose.substring(1) : "A message of " + whose;
  }

  /** Apps have origins that no website can have, such as app://. in Electron. */
  private static final Pattern OF_APP =
      Pattern.compile("(?!https?:|wss?:|file:|data:)[a-z][a-z0-9+.-]{1,40}://[!-~]{0,200}");

  /** The right remedy, and two more: whoever reads more of them follows none. */
  private static final int MAX_ADVICE = 3;

  private static final String ANY_PREFLIGHT =
      "The preflight (OPTIONS, which the browser sends first) failed: it was answered with an error"
          + " status, it was redirected, or it got no answer. Firefox prints the same line for all three.";

  /** Without a URL and a page a policy for somebody's page is no help. */
  private static final List<String> HIDDEN = List.of("HIDDEN", "SERVICE_WORKER");

  private static final Pattern NO_SERVER = Pattern.compile("^(?:file|data|blob|about):");

  /** A request whose origin no server names. */
  private static final Where OF_SOMEBODY =
      new Where(false, Initiator.FETCH, "https://somebody.invalid", "", "", 0);

  /**
   * What a sentence means.
   *
   * @param code of its meaning
   * @param holes of the sentence and of what surrounds it, by their names
   */
  static ConsoleMessage of(String whose, String code, Map<String, String> holes, int otherUrls) {
    Map<String, String> values = new HashMap<>(holes);
    values.put("origin", origin(holes.getOrDefault("origin", holes.getOrDefault("seen", ""))));
    if (holes.getOrDefault("origin", "").equals("undefined")) {
      values.put("seen", "undefined");
    }
    String url = url(holes.getOrDefault("url", ""));
    values.put("url", url);
    String subject = holes.getOrDefault("subject", "");
    if (code.equals("SCHEME") && url.isEmpty() && subject.isEmpty()) {
      String asked = holes.getOrDefault("url", "");
      values.put("subject", asked.contains(":") ? asked.substring(0, asked.indexOf(':')) : "");
    }
    boolean method = code.equals("METHOD_NOT_ALLOWED") && Bytes.isToken(subject);
    return new ConsoleMessage(
        OriginCheck.called(whose, code, values),
        url,
        Math.max(0, otherUrls),
        values.getOrDefault("origin", ""),
        method ? subject : values.getOrDefault("method", "GET"),
        shortened(whose, remedy(whose, code, values), values, url));
  }

  /** A remedy, and what is known of that server by its URL. */
  public static Remedy ofKnownServer(Remedy remedy, String url, String origin) {
    return KnownServer.told(remedy, url, origin, "", 0);
  }

  private static Remedy shortened(
      String whose, Remedy remedy, Map<String, String> values, String url) {
    Remedy told = withUrl(known(whose, remedy, values), url);
    int most = Math.max(MAX_ADVICE, remedy.advice().size());
    List<String> advice = told.advice();
    boolean nobody =
        HIDDEN.contains(remedy.code())
            && url.isEmpty()
            && values.getOrDefault("origin", "").isEmpty();
    return new Remedy(
        told.code(),
        told.cause(),
        advice.subList(0, Math.min(most, advice.size())),
        told.grant().filter(grant -> !nobody),
        told.write());
  }

  /**
   * What is known of the server, and of who asks it, is looked at first; but not where its own
   * message has told which program it is.
   */
  private static Remedy known(String whose, Remedy remedy, Map<String, String> values) {
    String paste = values.getOrDefault("paste", "");
    String header =
        remedy.code().equals("HEADER_NOT_ALLOWED") ? values.getOrDefault("subject", "") : "";
    String url = values.getOrDefault("url", "");
    Remedy told =
        OriginCheck.isKnown(whose, remedy.code(), values)
            ? remedy
            : KnownServer.told(
                remedy, url, values.getOrDefault("origin", ""), paste, status(values));
    // A server has to have answered before the form of its path counts.
    Optional<String> oddity = AskedUrl.oddity(url).filter(each -> told.grant().isPresent());
    int ofServer =
        remedy.advice().isEmpty()
            ? told.advice().size()
            : Math.max(0, told.advice().indexOf(remedy.advice().get(0)));
    Remedy beside = Beside.told(told, ofServer, values);
    int known = Math.max(0, beside.advice().size() - remedy.advice().size());
    return Clue.told(withAdvice(beside, oddity), paste, header, known);
  }

  /** A URL that was put together wrongly is looked at before any server. */
  private static Remedy withUrl(Remedy remedy, String url) {
    return withAdvice(
        remedy, AskedUrl.defect(url).filter(each -> !remedy.code().startsWith("CSP")));
  }

  private static Remedy withAdvice(Remedy remedy, Optional<String> first) {
    if (first.isEmpty()) {
      return remedy;
    }
    List<String> advice = new ArrayList<>(List.of(first.get()));
    advice.addAll(remedy.advice());
    return new Remedy(remedy.code(), remedy.cause(), advice, remedy.grant(), remedy.write());
  }

  /** People write the origin as they write a URL, and leave a mark beside it. */
  private static String origin(String pasted) {
    if (pasted.startsWith("file:")) {
      return "file://";
    }
    String marked =
        pasted
            .replaceFirst("^[<(\\[]+", "")
            .replaceFirst("['\"’]+/*$", "")
            .replaceFirst("[\\\\%|*~_]+$", "");
    if (OF_APP.matcher(marked).matches() && marked.matches(".*://[.]?")) {
      return marked;
    }
    String plain = Paste.withoutPunctuation(marked).replaceFirst("/+$", "");
    // No browser writes one in upper case; who hides a name does.
    String origin = plain.startsWith("http") ? Bytes.lowerCase(plain) : plain;
    return Origin.isOriginOrNull(origin) || OF_APP.matcher(origin).matches() ? origin : "";
  }

  /** Without the line breaks of a narrow window, and without what a forum puts around it. */
  private static String url(String pasted) {
    String url = pasted.replaceAll("\\s*[\\r\\n]\\s*", "").replaceFirst("^[<(\\[]", "");
    return url.contains("://")
        ? withHost(Paste.withoutPunctuation(url))
        : NO_SERVER.matcher(url).find() ? url.replaceFirst("['\")\\].,;]+$", "") : "";
  }

  /** Who hides a URL leaves its scheme: {@code http://......}. */
  private static String withHost(String url) {
    return url.endsWith("://") ? "" : url;
  }

  private static final String LOG = "a server's log";

  /** A browser has blocked something, for whatever reason. */
  private static final List<String> BLOCKED =
      List.of("ACAO_MISSING", "REASON_MISSING", "SCHEME", "NETWORK", "HIDDEN");

  /** These do not speak of CORS alone, or are said of requests to the page's own origin, too. */
  private static final List<String> ANY_REFUSAL = List.of("HIDDEN", "SERVER_REFUSES");

  /**
   * What is said otherwise of a page that is a file, as then each file has an origin of its own.
   */
  private static final Map<String, String> OF_FILES =
      Map.of("CANVAS", "CANVAS_FILE", "FRAME_ACCESS", "FRAME_FILE", "STYLESHEET", "FRAME_FILE");

  private static boolean isFile(String url, Map<String, String> values) {
    return url.startsWith("file:") || values.getOrDefault("page", "").startsWith("file:");
  }

  private static Remedy remedy(String whose, String code, Map<String, String> values) {
    String url = values.getOrDefault("url", "");
    String origin = values.getOrDefault("origin", "");
    if (code.equals("SCHEME")
        && url.isEmpty()
        && origin.equals("null")
        && values.getOrDefault("subject", "").isEmpty()) {
      return Meaning.of("FILE", values);
    }
    if (code.equals("FILE") && SchemeRemedy.isOfApp(url)) {
      return SchemeRemedy.fileOfApp();
    }
    if (code.equals("WORKER") && (url.startsWith("file:") || origin.equals("null"))) {
      return SchemeRemedy.isOfApp(url) ? SchemeRemedy.fileOfApp() : Meaning.of("FILE", values);
    }
    if (ANY_REFUSAL.contains(code)
        && !url.isEmpty()
        && AskedUrl.origin(url).equalsIgnoreCase(origin)) {
      return Meaning.of(code.equals("HIDDEN") ? "SAME_ORIGIN" : "SAME_ORIGIN_REFUSED", values);
    }
    Optional<Remedy> check = OriginCheck.told(whose, code, values);
    if (check.isPresent()) {
      return check.get();
    }
    if (OF_FILES.containsKey(code) && isFile(url, values)) {
      return Meaning.of(String.valueOf(OF_FILES.get(code)), values);
    }
    if (BLOCKED.contains(code)) {
      if (url.startsWith("data:") || url.startsWith("about:")) {
        return SchemeRemedy.replaced("a " + url.substring(0, url.indexOf(':') + 1) + " URL");
      }
      if (SchemeRemedy.isSchemeOfApp(url)) {
        return ofCause(whose, Cause.SCHEME, values);
      }
      boolean file = origin.startsWith("file:") || url.startsWith("file:");
      if (file && !code.equals("SCHEME")) {
        return SchemeRemedy.isOfApp(url) ? SchemeRemedy.fileOfApp() : Meaning.of("FILE", values);
      }
    }
    if (whose.equals(LOG) && status(values) / 100 == 2) {
      return Meaning.of("PREFLIGHT_ANSWERED", values);
    }
    Optional<Remedy> redirect = redirect(code, values);
    if (redirect.isPresent()) {
      return redirect.get();
    }
    if (code.equals("AUTHORIZATION_WILDCARD")) {
      return authorizationWildcard(values);
    }
    return cause(code).isPresent()
        ? ofCause(whose, cause(code).get(), values)
        : Meaning.of(code, values);
  }

  private static Optional<Cause> cause(String code) {
    return Arrays.stream(Cause.values()).filter(cause -> cause.name().equals(code)).findFirst();
  }

  private static Remedy ofCause(String whose, Cause cause, Map<String, String> values) {
    NotShared refusal = refusal(precise(whose, cause, values), values);
    Grant grant = grant(refusal.cause(), values);
    if (cause == Cause.REDIRECT_SCHEME && NO_SERVER.matcher(refusal.subject()).find()) {
      return SchemeRemedy.replaced(refusal.subject());
    }
    Remedy remedy = Remedy.of(refusal, grant, Optional.empty());
    boolean ambiguous = whose.endsWith("Safari") && refusal.cause() == Cause.ACAO_MISSING;
    Remedy told =
        ambiguous
            ? missingOrAnother(remedy, values.getOrDefault("origin", ""), status(values))
            : remedy;
    if (cause == Cause.PREFLIGHT_STATUS && whose.startsWith("Firefox") && status(values) == 0) {
      told = withCause(told, ANY_PREFLIGHT);
    }
    String target = values.getOrDefault("target", "");
    return target.isEmpty() || refusal.cause() == Cause.PREFLIGHT_REDIRECT
        ? told
        : RedirectRemedy.refused(told, values.getOrDefault("url", ""), target, grant);
  }

  /** A redirect, or a URL, that leads to where people log in. */
  private static Optional<Remedy> redirect(String code, Map<String, String> values) {
    boolean redirected = !values.getOrDefault("initialUrl", "").isEmpty();
    String target = values.getOrDefault("target", "");
    String last =
        values.getOrDefault(code.equals("REDIRECT_AFTER_PREFLIGHT") ? "subject" : "url", "");
    String to = target.isEmpty() ? last : target;
    Optional<Url> login = Url.parse(to).filter(ResponseSigns::isLogin);
    boolean origin =
        code.startsWith("ACA")
            || code.equals("REDIRECT_AFTER_PREFLIGHT")
            || code.equals("PREFLIGHT_REDIRECT") && redirected;
    if (login.isEmpty() || !origin) {
      return Optional.empty();
    }
    if (values.getOrDefault("kind", "").equals("manifest")) {
      return Optional.of(Meaning.of("MANIFEST", values));
    }
    Grant grant = grant(Cause.ACAO_MISSING, values);
    String from = values.getOrDefault(redirected ? "initialUrl" : "url", "");
    if (!to.equals(from)) {
      if (!RedirectRemedy.isToLogin(Url.parse(from), login.get())) {
        return Optional.empty();
      }
      if (Url.parse(from).filter(ResponseSigns::isLoginStart).isPresent()) {
        Map<String, String> more = new HashMap<>(values);
        more.put("login", to.replaceFirst("[?].*", ""));
        more.putIfAbsent("initialUrl", from);
        return Optional.of(Meaning.of("LOGIN_START", more));
      }
      return Optional.of(RedirectRemedy.login(login.get(), false, grant));
    }
    return code.equals("ACAO_MISSING") && ResponseSigns.isLoginPage(login.get())
        ? Optional.of(Meaning.of("LOGIN_PAGE", values))
        : Optional.empty();
  }

  // ------------------------------------------------------------------------------ causes of CORS

  /** Firefox has one message for three causes, and Safari for two: a value tells them apart. */
  private static Cause precise(String whose, Cause cause, Map<String, String> values) {
    String value = values.getOrDefault("value", "").strip();
    if (value.equals("(null)") && cause == Cause.ACAO_MISMATCH) {
      return Cause.ACAO_MISSING;
    }
    if (cause == Cause.ACAO_MISMATCH
        && whose.startsWith("Firefox")
        && values.containsKey("value")) {
      Verdict verdict =
          CorsCheck.of(Headers.of("Access-Control-Allow-Origin", value), true, OF_SOMEBODY);
      return verdict instanceof NotShared refusal ? refusal.cause() : cause;
    }
    boolean redirect = cause == Cause.PREFLIGHT_STATUS && status(values) / 100 == 3;
    return redirect ? Cause.PREFLIGHT_REDIRECT : cause;
  }

  private static NotShared refusal(Cause cause, Map<String, String> values) {
    String url = values.getOrDefault("url", "");
    String initialUrl = values.getOrDefault("initialUrl", "");
    boolean preflight =
        values.containsKey("preflight")
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
    String value = values.getOrDefault("value", "").strip();
    boolean redirected = cause == Cause.PREFLIGHT_REDIRECT && values.containsKey("target");
    return new NotShared(
        cause,
        values.getOrDefault(redirected ? "target" : "subject", ""),
        values.containsKey("value") && !value.equals("(null)") ? List.of(value) : List.of(),
        new Where(
            preflight,
            Initiator.FETCH,
            values.containsKey("target") && values.getOrDefault("origin", "").equals("null")
                ? ""
                : values.getOrDefault("origin", ""),
            initialUrl.isEmpty() ? url : initialUrl,
            url,
            status(values)));
  }

  private static int status(Map<String, String> values) {
    String status = values.getOrDefault("status", "");
    boolean number = status.length() >= 3 && Bytes.isDigits(status.substring(0, 3));
    return number ? Integer.parseInt(status.substring(0, 3)) : 0;
  }

  private static Grant grant(Cause cause, Map<String, String> values) {
    String origin = values.getOrDefault("origin", "");
    String subject = values.getOrDefault("subject", "");
    boolean method = cause == Cause.METHOD_NOT_ALLOWED && Bytes.isToken(subject);
    boolean header = cause == Cause.HEADER_NOT_ALLOWED && Bytes.isToken(subject);
    boolean response = Bytes.lowerCase(subject).startsWith("access-control-");
    return new Grant(
        isPages(origin, values) ? origin : Grant.SOME_ORIGIN,
        method ? subject : values.getOrDefault("method", "GET"),
        header && !response ? List.of(Bytes.lowerCase(subject)) : List.of(),
        cause == Cause.ACAO_WILDCARD_CREDENTIALS || cause == Cause.ACAC_NOT_TRUE,
        refusal(cause, values).where().preflight());
  }

  /** After a redirect the origin null is the request's, and not the page's. */
  private static boolean isPages(String origin, Map<String, String> values) {
    boolean redirected = values.containsKey("initialUrl") || values.containsKey("target");
    return Origin.isOriginOrNull(origin) && !(redirected && origin.equals("null"));
  }

  private static Remedy withCause(Remedy remedy, String cause) {
    return new Remedy(remedy.code(), cause, remedy.advice(), remedy.grant(), remedy.write());
  }

  private static Remedy missingOrAnother(Remedy remedy, String origin, int status) {
    return new Remedy(
        remedy.code(),
        "The response"
            + (status == 0 ? "" : " (" + status + ")")
            + " has no Access-Control-Allow-Origin, or it does not name "
            + (origin.isEmpty() ? "the page's origin" : origin)
            + ". Safari prints the same line for both.",
        remedy.advice(),
        remedy.grant(),
        remedy.write());
  }

  private static Remedy authorizationWildcard(Map<String, String> values) {
    String origin = values.getOrDefault("origin", "");
    return Remedy.of(
        "AUTHORIZATION_WILDCARD",
        "A warning, not an error: Access-Control-Allow-Headers is *, which by the standard does not"
            + " cover Authorization. Browsers still accept it.",
        List.of("List Authorization in Access-Control-Allow-Headers."),
        new Grant(
            Origin.isOriginOrNull(origin) ? origin : Grant.SOME_ORIGIN,
            "GET",
            List.of("authorization"),
            false,
            true));
  }

  /** A page with TLS asks for a URL without it. */
  public static Remedy mixedContent(String url) {
    return Meaning.of("MIXED_CONTENT", Map.of("url", url));
  }
}
