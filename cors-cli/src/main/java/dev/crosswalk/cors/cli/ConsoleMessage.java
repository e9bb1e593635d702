package dev.crosswalk.cors.cli;

import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.CorsCheck;
import dev.crosswalk.cors.tck.browser.Request.Initiator;
import dev.crosswalk.cors.tck.browser.Verdict;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Origin;
import dev.crosswalk.cors.tck.wire.Headers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A message that somebody has copied from a browser's console, and what it means.
 *
 * @param browser whose words they are
 * @param url that was asked for; empty if the message does not tell
 * @param origin of the page; empty if the message does not tell
 * @param remedy of what it complains of
 */
record ConsoleMessage(String browser, String url, String origin, Remedy remedy) {

  /** No browser's message is nearly as long, but URLs may be. */
  static final int MAX_LENGTH = 16 * 1024;

  private static final String CHROMIUM = "Chromium (Chrome, Edge)";
  private static final String FIREFOX = "Firefox";
  private static final String WEBKIT = "WebKit (Safari)";

  /**
   * A message that is known. Some say less than others: the holes are named {@code value}, {@code
   * subject} and {@code status}.
   */
  private record Known(String browser, Template template, Function<Holes, Remedy> meaning) {}

  /** Where the holes of a message's frame are found, whatever its reason. */
  private static final List<Template> FRAMES =
      List.of(
          Template.of(
              "Access to {kind} at '{url}' (redirected from '{initialUrl}') from origin '{origin}'"
                  + " has been blocked"),
          Template.of("Access to {kind} at '{url}' from origin '{origin}' has been blocked"),
          Template.of("Failed to load {url}: "),
          Template.of("cannot load {url}. "),
          Template.of("cannot load {url} due to access control checks"),
          Template.of("Origin '{origin}' is therefore not allowed access"),
          Template.of("the remote resource at '{url}'. (Reason"),
          Template.of("the remote resource at {url}. (Reason"),
          Template.of("the remote resource at {url} soon. (Reason"),
          Template.of("Origin {origin} is not allowed by Access-Control-Allow-Origin"),
          Template.of("Status code: {status}"),
          Template.of("HTTP status code {status}"));

  private static final List<Known> KNOWN = known();

  /** How many messages are known. */
  static int count() {
    return KNOWN.size();
  }

  /** Reads a message; empty if none that is known is in it. */
  static Optional<ConsoleMessage> read(String text) {
    int index = indexOf(text);
    if (index < 0) {
      return Optional.empty();
    }
    Known known = KNOWN.get(index);
    String plain = Template.plain(text + " ");
    Holes holes = new Holes(plain, known.template().find(plain).orElseThrow());
    return Optional.of(
        new ConsoleMessage(
            known.browser(), holes.url(), holes.get("origin"), known.meaning().apply(holes)));
  }

  /** Which of those that are known a text contains, the first of them; -1 if none. */
  static int indexOf(String text) {
    if (text.length() > MAX_LENGTH) {
      return -1;
    }
    String plain = Template.plain(text + " ");
    for (int i = 0; i < KNOWN.size(); i++) {
      if (KNOWN.get(i).template().find(plain).isPresent()) {
        return i;
      }
    }
    return -1;
  }

  /** What stands in a message's holes. */
  private static final class Holes {
    private final Map<String, String> values = new HashMap<>();
    private final boolean preflight;

    Holes(String plain, Map<String, String> own) {
      values.putAll(own);
      for (Template frame : FRAMES) {
        frame.find(plain).ifPresent(found -> found.forEach(values::putIfAbsent));
      }
      preflight =
          plain.contains("Response to preflight") || plain.contains("Response for preflight");
    }

    String get(String name) {
      return values.getOrDefault(name, "").strip();
    }

    String url() {
      String url = get("url");
      return url.contains("://") ? url : "";
    }

    int status() {
      String status = get("status");
      return status.length() >= 3 && Bytes.isDigits(status.substring(0, 3))
          ? Integer.parseInt(status.substring(0, 3))
          : 0;
    }

    NotShared because(Cause cause, boolean onPreflight) {
      String initialUrl = get("initialUrl").isEmpty() ? url() : get("initialUrl");
      return new NotShared(
          cause,
          get("subject"),
          values.containsKey("value") ? List.of(get("value")) : List.of(),
          new Where(
              onPreflight || preflight,
              Initiator.FETCH,
              get("origin"),
              initialUrl,
              url(),
              status()));
    }

    Grant grant(Cause cause) {
      String origin = get("origin");
      String subject = get("subject");
      boolean method = cause == Cause.METHOD_NOT_ALLOWED && Bytes.isToken(subject);
      boolean header = cause == Cause.HEADER_NOT_ALLOWED && Bytes.isToken(subject);
      return new Grant(
          Origin.isOriginOrNull(origin) ? origin : Grant.SOME_ORIGIN,
          method ? subject.equals("patch") ? "PATCH" : subject : "GET",
          header ? List.of(Bytes.lowerCase(subject)) : List.of(),
          cause == Cause.ACAO_WILDCARD_CREDENTIALS || cause == Cause.ACAC_NOT_TRUE);
    }
  }

  private static Function<Holes, Remedy> cause(Cause cause) {
    return holes -> Remedy.of(holes.because(cause, false), holes.grant(cause), Optional.empty());
  }

  private static Function<Holes, Remedy> ofPreflight(Cause cause) {
    return holes -> Remedy.of(holes.because(cause, true), holes.grant(cause), Optional.empty());
  }

  private static List<Known> known() {
    List<Known> known = new ArrayList<>();
    chromium(known);
    firefox(known);
    webkit(known);
    notCors(known);
    withoutReason(known);
    return List.copyOf(known);
  }

  private static void add(
      List<Known> known, String browser, String template, Function<Holes, Remedy> meaning) {
    known.add(new Known(browser, Template.of(template), meaning));
  }

  private static void chromium(List<Known> known) {
    add(
        known,
        CHROMIUM,
        "Cross origin requests are not allowed by request mode",
        cause(Cause.MODE_SAME_ORIGIN));
    add(known, CHROMIUM, "blocked by CORS policy: The response is invalid", invalidResponse());
    add(
        known,
        CHROMIUM,
        "must not be the wildcard '*' when the request's credentials mode is 'include'",
        cause(Cause.ACAO_WILDCARD_CREDENTIALS));
    add(
        known,
        CHROMIUM,
        "A wildcard '*' cannot be used in the 'Access-Control-Allow-Origin' header when the"
            + " credentials flag is true",
        cause(Cause.ACAO_WILDCARD_CREDENTIALS));
    add(
        known,
        CHROMIUM,
        "The 'Access-Control-Allow-Origin' header contains multiple values '{value}', but only one"
            + " is allowed",
        cause(Cause.ACAO_MULTIPLE));
    add(
        known,
        CHROMIUM,
        "The 'Access-Control-Allow-Origin' header contains the invalid value '{value}'.",
        cause(Cause.ACAO_INVALID));
    add(
        known,
        CHROMIUM,
        "The 'Access-Control-Allow-Origin' header has a value '{value}' that is not equal to the"
            + " supplied origin",
        cause(Cause.ACAO_MISMATCH));
    add(
        known,
        CHROMIUM,
        "The value of the 'Access-Control-Allow-Credentials' header in the response is '{value}'"
            + " which must be 'true'",
        cause(Cause.ACAC_NOT_TRUE));
    add(
        known,
        CHROMIUM,
        "Credentials flag is 'true', but the 'Access-Control-Allow-Credentials' header is"
            + " '{value}'.",
        cause(Cause.ACAC_NOT_TRUE));
    add(
        known,
        CHROMIUM,
        "Cross origin requests are only supported for protocol schemes: {schemes}.",
        cause(Cause.SCHEME));
    add(known, CHROMIUM, "It does not have HTTP ok status", ofPreflight(Cause.PREFLIGHT_STATUS));
    add(
        known,
        CHROMIUM,
        "Response for preflight has invalid HTTP status code {status}",
        ofPreflight(Cause.PREFLIGHT_STATUS));
    add(
        known,
        CHROMIUM,
        "Redirect is not allowed for a preflight request",
        ofPreflight(Cause.PREFLIGHT_REDIRECT));
    add(
        known,
        CHROMIUM,
        "Response for preflight is invalid (redirect)",
        ofPreflight(Cause.PREFLIGHT_REDIRECT));
    // After the status and the redirect: older versions said those and this in one breath.
    add(
        known,
        CHROMIUM,
        "No 'Access-Control-Allow-Origin' header is present on the requested resource",
        cause(Cause.ACAO_MISSING));
    add(
        known,
        CHROMIUM,
        "Cannot parse Access-Control-Allow-Methods response header field in preflight response",
        ofPreflight(Cause.ACAM_SYNTAX));
    add(
        known,
        CHROMIUM,
        "Cannot parse Access-Control-Allow-Headers response header field in preflight response",
        ofPreflight(Cause.ACAH_SYNTAX));
    add(
        known,
        CHROMIUM,
        "Method {subject} is not allowed by Access-Control-Allow-Methods in preflight response",
        ofPreflight(Cause.METHOD_NOT_ALLOWED));
    add(
        known,
        CHROMIUM,
        "Request header field {subject} is not allowed by Access-Control-Allow-Headers in preflight"
            + " response",
        ofPreflight(Cause.HEADER_NOT_ALLOWED));
    add(
        known,
        CHROMIUM,
        "Redirect location '{subject}' contains a username and password, which is disallowed",
        cause(Cause.REDIRECT_USERINFO));
    add(
        known,
        CHROMIUM,
        "The request client is not a secure context and the resource is in more-private address"
            + " space `{space}`",
        insecureLocalNetwork());
    add(
        known,
        CHROMIUM,
        "Request had a target IP address space of `{wanted}` yet the resource is in address space"
            + " `{space}`",
        wrongAddressSpace());
    add(
        known,
        CHROMIUM,
        "Permission was denied for this request to access the `{space}` address space",
        localNetworkDenied());
    add(
        known,
        CHROMIUM,
        "No 'Access-Control-Allow-Private-Network' header was present in the preflight response for"
            + " this private network request targeting the `{space}` address space",
        privateNetworkHeader());
    add(
        known,
        CHROMIUM,
        "The 'Access-Control-Allow-Private-Network' header in the preflight response for this"
            + " private network request targeting the `{space}` address space had a value of"
            + " '{value}', not 'true'",
        privateNetworkHeader());
    add(
        known,
        CHROMIUM,
        "Request had no target IP address space, yet the resource is in address space `{space}`",
        wrongAddressSpace());
    add(known, CHROMIUM, "Refused to get unsafe header \"{subject}\"", cause(Cause.NOT_EXPOSED));
  }

  private static void firefox(List<Known> known) {
    add(known, FIREFOX, "(Reason: CORS disabled)", corsDisabled());
    add(
        known,
        FIREFOX,
        "CORS header 'Origin' cannot be added",
        holes ->
            Remedy.notCors(
                "ORIGIN_NOT_ADDED",
                "Firefox could not add the header Origin to the request.",
                "An add-on or a setting of this browser interferes: try a new profile."));
    add(
        known,
        FIREFOX,
        "CORS request external redirect not allowed",
        ofPreflight(Cause.PREFLIGHT_REDIRECT));
    add(known, FIREFOX, "CORS request not http", cause(Cause.SCHEME));
    add(
        known,
        FIREFOX,
        "Multiple CORS header 'Access-Control-Allow-Origin' not allowed",
        cause(Cause.ACAO_MULTIPLE));
    add(
        known,
        FIREFOX,
        "CORS header 'Access-Control-Allow-Origin' missing",
        cause(Cause.ACAO_MISSING));
    // One message for three causes; the value tells them apart.
    add(
        known,
        FIREFOX,
        "CORS header 'Access-Control-Allow-Origin' does not match '{value}')",
        holes -> {
          NotShared mismatch = holes.because(Cause.ACAO_MISMATCH, false);
          Verdict verdict =
              CorsCheck.of(
                  Headers.of("Access-Control-Allow-Origin", holes.get("value")),
                  true,
                  mismatch.where());
          return cause(verdict instanceof NotShared refusal ? refusal.cause() : mismatch.cause())
              .apply(holes);
        });
    add(
        known,
        FIREFOX,
        "Credential is not supported if the CORS header 'Access-Control-Allow-Origin' is '*'",
        cause(Cause.ACAO_WILDCARD_CREDENTIALS));
    add(
        known,
        FIREFOX,
        "Did not find method in CORS header 'Access-Control-Allow-Methods'",
        ofPreflight(Cause.METHOD_NOT_ALLOWED));
    add(
        known,
        FIREFOX,
        "expected 'true' in CORS header 'Access-Control-Allow-Credentials'",
        cause(Cause.ACAC_NOT_TRUE));
    add(
        known,
        FIREFOX,
        "CORS preflight response did not succeed",
        ofPreflight(Cause.PREFLIGHT_STATUS));
    add(
        known,
        FIREFOX,
        "CORS preflight channel did not succeed",
        ofPreflight(Cause.PREFLIGHT_STATUS));
    add(
        known,
        FIREFOX,
        "invalid token '{subject}' in CORS header 'Access-Control-Allow-Methods'",
        ofPreflight(Cause.ACAM_SYNTAX));
    add(
        known,
        FIREFOX,
        "invalid token '{subject}' in CORS header 'Access-Control-Allow-Headers'",
        ofPreflight(Cause.ACAH_SYNTAX));
    add(
        known,
        FIREFOX,
        "header '{subject}' is not allowed according to header 'Access-Control-Allow-Headers'",
        ofPreflight(Cause.HEADER_NOT_ALLOWED));
    add(
        known,
        FIREFOX,
        "missing token '{subject}' in CORS header 'Access-Control-Allow-Headers'",
        ofPreflight(Cause.HEADER_NOT_ALLOWED));
    add(
        known,
        FIREFOX,
        "the `Authorization` header is not covered",
        holes ->
            new Remedy(
                "AUTHORIZATION_WILDCARD",
                "A warning: Access-Control-Allow-Headers is *, which by the standard does not cover"
                    + " Authorization. Browsers let it pass as yet.",
                List.of("List Authorization in Access-Control-Allow-Headers."),
                Optional.of(new Grant(Grant.SOME_ORIGIN, "GET", List.of("authorization"), false))));
    add(known, FIREFOX, "CORS request did not succeed", cause(Cause.NETWORK));
    add(known, FIREFOX, "(Reason: CORS request failed", cause(Cause.NETWORK));
  }

  private static void webkit(List<Known> known) {
    add(
        known,
        WEBKIT,
        "Preflight response is not successful",
        holes ->
            ofPreflight(
                    holes.status() >= 300 && holes.status() < 400
                        ? Cause.PREFLIGHT_REDIRECT
                        : Cause.PREFLIGHT_STATUS)
                .apply(holes));
    add(
        known,
        WEBKIT,
        "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true",
        cause(Cause.ACAO_WILDCARD_CREDENTIALS));
    add(
        known,
        WEBKIT,
        "Access-Control-Allow-Origin cannot contain more than one origin",
        cause(Cause.ACAO_MULTIPLE));
    add(
        known,
        WEBKIT,
        "Origin {origin} is not allowed by Access-Control-Allow-Origin",
        holes ->
            new Remedy(
                "ACAO_MISSING",
                "The response has no Access-Control-Allow-Origin, or another than "
                    + holes.get("origin")
                    + ".",
                cause(Cause.ACAO_MISSING).apply(holes).advice(),
                Optional.of(holes.grant(Cause.ACAO_MISSING))));
    add(
        known,
        WEBKIT,
        "Credentials flag is true, but Access-Control-Allow-Credentials is not \"true\"",
        cause(Cause.ACAC_NOT_TRUE));
    add(
        known,
        WEBKIT,
        "Header Access-Control-Allow-Methods has an invalid value: {value}",
        ofPreflight(Cause.ACAM_SYNTAX));
    add(
        known,
        WEBKIT,
        "Header Access-Control-Allow-Headers has an invalid value: {value}",
        ofPreflight(Cause.ACAH_SYNTAX));
    add(
        known,
        WEBKIT,
        "Method {subject} is not allowed by Access-Control-Allow-Methods",
        ofPreflight(Cause.METHOD_NOT_ALLOWED));
    add(
        known,
        WEBKIT,
        "Request header field {subject} is not allowed by Access-Control-Allow-Headers",
        ofPreflight(Cause.HEADER_NOT_ALLOWED));
    add(known, WEBKIT, "CORS-preflight request was blocked", cause(Cause.NETWORK));
    add(known, WEBKIT, "Preflight response was blocked", cause(Cause.NETWORK));
    String redirection =
        "Cross-origin redirection to {subject} denied by Cross-Origin Resource Sharing policy: ";
    add(
        known,
        WEBKIT,
        redirection + "not allowed to follow a cross-origin CORS redirection with non CORS scheme",
        cause(Cause.REDIRECT_SCHEME));
    add(
        known,
        WEBKIT,
        redirection + "redirection URL {again} has credentials",
        cause(Cause.REDIRECT_USERINFO));
    add(known, WEBKIT, "Load cannot follow more than 20 redirections", cause(Cause.REDIRECT_LIMIT));
    add(
        known,
        WEBKIT,
        "Not allowed to follow a redirection while loading {url} ",
        cause(Cause.REDIRECT_MODE));
    add(
        known,
        WEBKIT,
        "Cancelled load to {url} because it violates the resource's Cross-Origin-Resource-Policy",
        cause(Cause.CORP));
    add(
        known,
        WEBKIT,
        "Cross-origin script load denied by Cross-Origin Resource Sharing policy",
        cause(Cause.ACAO_MISSING));
  }

  private static void notCors(List<Known> known) {
    add(
        known,
        CHROMIUM,
        "Mixed Content: The page at '{page}' was loaded over HTTPS, but requested an insecure"
            + " {kind} '{url}'.",
        holes -> mixedContent(holes.url()));
    add(
        known,
        FIREFOX,
        "Blocked loading mixed active content \"{url}\"",
        holes -> mixedContent(holes.url()));
    add(
        known,
        WEBKIT,
        "requested insecure content from {url}. This content was blocked",
        holes -> mixedContent(holes.url()));
    add(
        known,
        WEBKIT,
        "was not allowed to run insecure content from {url}.",
        holes -> mixedContent(holes.url()));
    add(known, CHROMIUM, "net::ERR_TOO_MANY_REDIRECTS", cause(Cause.REDIRECT_LIMIT));
    add(known, CHROMIUM, "net::ERR_UNSAFE_REDIRECT", cause(Cause.REDIRECT_SCHEME));
    add(known, CHROMIUM, "net::ERR_INVALID_REDIRECT", cause(Cause.REDIRECT_LOCATION));
    add(known, CHROMIUM, "net::ERR_BLOCKED_BY_RESPONSE", cause(Cause.CORP));
    add(known, CHROMIUM, "net::ERR_CONNECTION_REFUSED", network("server: connection refused"));
    add(known, CHROMIUM, "net::ERR_NAME_NOT_RESOLVED", network("server: no such host"));
    add(known, CHROMIUM, "net::ERR_CERT_{code} ", network("server: the TLS handshake failed"));
    add(known, CHROMIUM, "net::ERR_SSL_{code} ", network("server: the TLS handshake failed"));
    add(known, CHROMIUM, "net::ERR_CONNECTION_TIMED_OUT", network("server: timed out"));
    add(known, CHROMIUM, "net::ERR_TIMED_OUT", network("server: timed out"));
    add(
        known,
        CHROMIUM,
        "net::ERR_BLOCKED_BY_CLIENT",
        holes ->
            Remedy.notCors(
                "BLOCKED_BY_CLIENT",
                "This is not CORS: an extension of the browser, most often an ad blocker, blocked"
                    + " the request.",
                "Try it in a window without extensions. A URL with words such as ads or track"
                    + " invites them."));
  }

  // Last: whoever pastes one of these with a reason wants to know of the reason.
  private static void withoutReason(List<Known> known) {
    add(known, WEBKIT, "cannot load {url} due to access control checks", cause(Cause.NETWORK));
    add(known, CHROMIUM, "net::ERR_FAILED", cause(Cause.NETWORK));
    add(known, CHROMIUM, "Failed to fetch", cause(Cause.NETWORK));
    add(known, FIREFOX, "NetworkError when attempting to fetch resource", cause(Cause.NETWORK));
    add(known, WEBKIT, "Load failed", cause(Cause.NETWORK));
    add(known, "axios", "AxiosError: Network Error", cause(Cause.NETWORK));
  }

  private static Function<Holes, Remedy> network(String complaint) {
    return holes ->
        Remedy.of(
            new NotShared(
                Cause.NETWORK, complaint, List.of(), holes.because(Cause.NETWORK, false).where()),
            holes.grant(Cause.NETWORK),
            Optional.empty());
  }

  private static Function<Holes, Remedy> invalidResponse() {
    return holes ->
        Remedy.notCors(
            "INVALID_RESPONSE",
            "A service worker answered with a response that this request cannot have, such as an"
                + " opaque one.",
            "Look at the page's service worker: what it fetches with mode no-cors it cannot give to"
                + " a script.");
  }

  private static Function<Holes, Remedy> corsDisabled() {
    return holes ->
        Remedy.notCors(
            "DISABLED",
            "CORS is switched off in this Firefox.",
            "Set content.cors.disable to false in about:config.");
  }

  /** A page with TLS asks for a URL without it. */
  static Remedy mixedContent(String url) {
    String secure = url.startsWith("http:") ? "https:" + url.substring(5) : "the https URL";
    return Remedy.notCors(
        "MIXED_CONTENT",
        "This is not CORS: it is mixed content. A page of https may not ask for a URL of http, so"
            + " the browser sends nothing.",
        "Serve the API over TLS, and ask for " + secure + ".",
        "In development only: serve the page over http, too, or the API from localhost.");
  }

  private static Function<Holes, Remedy> insecureLocalNetwork() {
    return holes ->
        Remedy.notCors(
            "LNA_INSECURE",
            "This is not CORS: a page without TLS asks for a more private network ("
                + holes.get("space")
                + ") than its own.",
            "Serve the page over https; then the browser asks the user for permission. No header of"
                + " the server mends it.");
  }

  private static Function<Holes, Remedy> wrongAddressSpace() {
    return holes ->
        Remedy.notCors(
            "LNA_SPACE",
            "This is not CORS: the server is on the network "
                + holes.get("space")
                + ", and the request was not made for that.",
            "Set the option targetAddressSpace of fetch() to where the server is, or take it out.");
  }

  private static Function<Holes, Remedy> localNetworkDenied() {
    return holes ->
        Remedy.notCors(
            "LNA_DENIED",
            "This is not CORS: the user, or a policy of the browser, denied the page access to the"
                + " network "
                + holes.get("space")
                + ".",
            "Grant the site the permission for the local network in the browser's settings. No"
                + " header of the server mends it.");
  }

  private static Function<Holes, Remedy> privateNetworkHeader() {
    return holes ->
        Remedy.notCors(
            "PNA",
            "A version of Chrome that asked servers on private networks"
                + " for Access-Control-Allow-Private-Network.",
            "Update the browser: it asks the user instead, and the header has no effect any more.",
            "Until then, answer the preflight with Access-Control-Allow-Private-Network: true.");
  }
}
