package dev.crosswalk.cors.cli.explain.csp;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.address.OriginComparison;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.Topic;
import dev.crosswalk.cors.cli.terminal.Enumeration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What to change in the page's Content Security Policy. */
public final class PolicyRemedy {

  private static final Pattern WITHOUT_COLON = Pattern.compile("(?:https?|wss?)//.*");

  /** A list that is longer helps nobody in a terminal. */
  private static final int MAX_SOURCES = 400;

  private final PolicyViolation violation;
  private final String directive;
  private final String applied;
  private final Optional<List<String>> sources;

  private PolicyRemedy(PolicyViolation violation) {
    this.violation = violation;
    this.directive = violation.directive();
    this.applied = violation.applied();
    this.sources = violation.sources();
  }

  /**
   * What to write into the page's policy.
   *
   * @param violation what was refused, and why
   * @param url that was refused; empty if it is not known
   * @param page its origin; empty if it is not known
   * @param origins sources to add: its origin, or its scheme, and those of others; empty if they
   *     are not known
   */
  public static Remedy of(
      PolicyViolation violation, String url, String page, List<String> origins) {
    Remedy enforced = new PolicyRemedy(violation).enforced(url, page, origins);
    return violation.reported() ? enforced.withAdvice(0, NOTHING_BLOCKED) : enforced;
  }

  private static final Advice NOTHING_BLOCKED =
      Topic.REPORT_ONLY.advice(
          "Nothing has to be repaired: that policy only reports, and blocks nothing. If something of the"
              + " page fails, another line has the cause: paste that one.");

  private Remedy enforced(String url, String page, List<String> origins) {
    if (OF_EXTENSION.matcher(url).lookingAt()) {
      return ofExtension(url);
    }
    if (violation.isOfNonces()) {
      return withNonce(url);
    }
    if (allows(url, page)) {
      return redirected(url);
    }
    String secure = url.replaceFirst("^http:", "https:");
    if (url.startsWith("http:")
        && sources.filter(each -> PolicySource.anyAllows(each, secure)).isPresent()
        && sources.filter(each -> PolicySource.anyAllows(each, url)).isEmpty()) {
      return Remedy.of(
          "CSP",
          cause(url),
          List.of(
              "Request https instead of http: "
                  + secure
                  + ". The policy allows that URL, and a page on https may load nothing over http"
                  + " (mixed content).",
              "If that server has no https, it has to get it, or the page cannot show it."),
          Optional.empty(),
          List.of());
    }
    Optional<PolicySource> starred =
        sources.stream()
            .flatMap(List::stream)
            .flatMap(each -> PolicySource.of(each).stream())
            .filter(each -> each.withoutStar(url).isPresent())
            .findFirst();
    if (starred.isPresent() && !directive.isEmpty()) {
      return ofStar(url, starred.get());
    }
    List<String> added =
        origins.stream().map(each -> isByPath(url, each) ? withoutQuery(url) : each).toList();
    String named = added.isEmpty() ? "the URL's origin" : Enumeration.of(added);
    boolean fallback = !directive.isEmpty() && !applied.isEmpty() && !directive.equals(applied);
    List<String> advice = new ArrayList<>();
    if (directive.equals("form-action") && violation.has("'self'")) {
      advice.add(OF_OWN_FORM);
    }
    if (directive.isEmpty()) {
      advice.add(
          "Add "
              + named
              + " to the directive of what was loaded: connect-src (fetch, XMLHttpRequest,"
              + " WebSocket), script-src, style-src, img-src, font-src, media-src or frame-src.");
    } else if (fallback) {
      advice.add(
          "The policy has no "
              + directive
              + ", so "
              + applied
              + " applies. Write "
              + directive
              + (allowed(added).isEmpty()
                  ? " with " + named + " beside it."
                  : " with what " + applied + " allows, and " + named + " after it."));
    } else {
      advice.add(
          "Add "
              + named
              + " to "
              + directive
              + " in the page's Content-Security-Policy header or meta element.");
    }
    broken()
        .map(
            source ->
                source
                    + " has no colon, so it allows nothing: write "
                    + source.replaceFirst("//", "://")
                    + ".")
        .or(this::quoted)
        .or(() -> missed(url))
        .ifPresent(advice::add);
    ofOwnSite(url, page).ifPresent(own -> advice.add(0, own));
    advice.add(EACH_POLICY);
    String name = directive.isEmpty() ? "connect-src" : directive;
    return Remedy.of(
        "CSP",
        cause(url),
        advice,
        Optional.empty(),
        List.of(
            "Content-Security-Policy: ...; "
                + name
                + " "
                + allowed(added)
                + (added.isEmpty() ? "https://api.example.com" : String.join(" ", added))
                + "; ..."));
  }

  /** 'self' is the page's origin, and people take it for each address of its site. */
  private Optional<String> ofOwnSite(String url, String page) {
    String origin = AskedUrl.origin(url);
    if (!violation.has("'self'") || origin.isEmpty() || page.isEmpty()) {
      return Optional.empty();
    }
    OriginComparison both = new OriginComparison(page, origin);
    return both.isOfOneSite()
        ? Optional.of(
            "The policy has 'self', which is exactly the page's origin, "
                + page
                + ", and the URL is of "
                + origin
                + ": "
                + both.words()
                + ". Open the page at "
                + origin
                + ", or let it request the path alone: then the policy stays as it is.")
        : Optional.empty();
  }

  private static final String EACH_POLICY =
      "If the page has several policies (headers, a meta element), each has to allow it.";

  private Remedy ofStar(String url, PolicySource starred) {
    String instead = starred.withoutStar(url).orElse("");
    String kept =
        sources.stream()
            .flatMap(List::stream)
            .map(each -> each.equalsIgnoreCase(starred.written()) ? instead : each)
            .collect(Collectors.joining(" "));
    return Remedy.of(
        "CSP",
        cause(url),
        List.of(
            "Write "
                + instead
                + " instead of "
                + starred.written()
                + ". A * is a wildcard only in the host and as the port; in a path it is an"
                + " ordinary character. A path that ends with a slash matches all below it.",
            EACH_POLICY),
        Optional.empty(),
        List.of("Content-Security-Policy: ...; " + directive + " " + kept + "; ..."));
  }

  private static final String OF_OWN_FORM =
      "If that is an address of the page's own site, the answer to the form redirects to another"
          + " host (a login, a payment): Chrome and Safari check that step as well, and name the first URL."
          + " Then add that host, or let the page go there by a link.";

  private static final Pattern OF_EXTENSION =
      Pattern.compile("[a-z]+(?:-[a-z]+)?-extension://[^/]");

  private Remedy ofExtension(String url) {
    return Remedy.of(
        "CSP",
        cause(url),
        List.of(
            "That is a file of a browser extension, which puts it into the page. If the extension is"
                + " not yours, nothing has to change: the line comes up in this browser alone, and the"
                + " page's policy should not name it. A window without extensions shows that.",
            "If it is yours: name the file in web_accessible_resources of its manifest.json, or"
                + " run the code by chrome.scripting.executeScript (world: \"MAIN\" where it needs"
                + " the page's own variables), for which the page's policy has no effect. For a"
                + " page of the extension itself, content_security_policy in manifest.json"
                + " applies."),
        Optional.empty(),
        List.of());
  }

  /** What counts only for scripts and styles. */
  private static final Pattern OF_CODE =
      Pattern.compile(
          "(?i)'(?:nonce-|sha(?:256|384|512)-|strict-dynamic|unsafe-|wasm-unsafe-|report-sample).*");

  private Remedy withNonce(String url) {
    boolean named =
        sources.stream().flatMap(List::stream).anyMatch(each -> each.matches("(?i)'nonce-.*"));
    String file = url.isEmpty() ? "..." : url;
    return Remedy.of(
        "CSP",
        cause(url),
        List.of(
            "The policy has 'strict-dynamic'. Beside it neither 'self' nor https: nor a host"
                + " applies to scripts, so no host that you add helps. "
                + (named
                    ? "The script element has to have the nonce of this very response."
                    : "It names no nonce, so no script element with a src in the HTML is allowed:"
                        + " name one, which the server makes anew for each response, and write it"
                        + " on the script element."),
            "What an allowed script loads itself (createElement, import) needs none. An element that"
                + " document.write or innerHTML makes does. If the element has a nonce already, it is"
                + " that of another response: the page comes from a cache, or the nonce is made twice.",
            "If the page cannot have a nonce (a static file), remove 'strict-dynamic': then 'self'"
                + " and hosts apply again."),
        Optional.empty(),
        List.of(
            "Content-Security-Policy: ...; script-src 'nonce-...' 'strict-dynamic'; ...",
            "<script nonce=\"...\" src=\"" + file + "\"></script>"));
  }

  /** Whether the sources that the message quotes have the URL already. */
  private boolean allows(String url, String page) {
    boolean own = violation.has("'self'") && !page.isEmpty() && AskedUrl.origin(url).equals(page);
    return own || sources.filter(each -> PolicySource.anyAllows(each, url)).isPresent();
  }

  private Remedy redirected(String url) {
    return Remedy.of(
        "CSP",
        "This is not CORS. The policy that the line quotes allows "
            + url
            + ", so the request was most likely redirected: the browser checks each step by the page's"
            + " Content Security Policy, and names the first URL.",
        List.of(
            "Look at that request in the network panel, and at where its answer leads (Location):"
                + " a login, a CDN, www., http: in place of https:. Request the final URL, or"
                + " correct the redirect"
                + (directive.isEmpty() ? "." : "; or add that host to " + directive + ", too."),
            "If nothing redirects: check that the policy has exactly that URL (scheme, port,"
                + " path). "
                + EACH_POLICY),
        Optional.empty(),
        List.of());
  }

  /** Whether the policy names that host by single paths, so that another path is enough. */
  private boolean isByPath(String url, String origin) {
    String host = origin.replaceFirst(".*://", "").toLowerCase(Locale.ROOT);
    return AskedUrl.origin(url).equals(origin)
        && sources.stream()
            .flatMap(List::stream)
            .flatMap(each -> PolicySource.of(each).stream())
            .anyMatch(each -> each.path().length() > 1 && each.host().equals(host));
  }

  private static String withoutQuery(String url) {
    return url.replaceFirst("[?#].*", "");
  }

  /** A host in the quotation marks that belong to keywords. */
  private static final Pattern QUOTED_HOST =
      Pattern.compile("'([a-z]+://[^']+|[a-z0-9*-]+(?:\\.[a-z0-9-]+)+[^']*)'");

  private Optional<String> quoted() {
    return sources.stream()
        .flatMap(List::stream)
        .filter(QUOTED_HOST.asMatchPredicate())
        .findFirst()
        .map(
            source ->
                source
                    + " is in quotation marks, and so it allows nothing: only keywords have them"
                    + " ('self'). Write it without.");
  }

  /** Which of the sources seems to stand for the URL, and does not. */
  private Optional<String> missed(String url) {
    return sources.stream()
        .flatMap(List::stream)
        .flatMap(each -> PolicySource.of(each).stream())
        .flatMap(each -> each.misses(url).stream())
        .findFirst();
  }

  private String cause(String url) {
    String what = url.isEmpty() ? "this URL" : url;
    if (violation.reported()) {
      return "This is not CORS, and nothing is blocked: the page's own Content Security Policy does"
          + " not allow "
          + what
          + ", and it only reports that.";
    }
    return "This is not CORS. The page's own Content Security Policy does not allow "
        + what
        + ", so the browser sends nothing. The server is not involved.";
  }

  private Optional<String> broken() {
    return sources.stream()
        .flatMap(List::stream)
        .filter(WITHOUT_COLON.asMatchPredicate())
        .findFirst();
  }

  private String allowed(List<String> added) {
    if (sources.isEmpty()) {
      return "... ";
    }
    String list =
        sources.get().stream()
            .filter(s -> !s.equals("'none'"))
            .filter(
                s -> directive.matches("(?:script|style)-src.*") || !OF_CODE.matcher(s).matches())
            .map(s -> WITHOUT_COLON.matcher(s).matches() ? s.replaceFirst("//", "://") : s)
            .map(s -> QUOTED_HOST.matcher(s).replaceFirst("$1"))
            .filter(s -> !added.contains(s))
            .collect(Collectors.joining(" "));
    return list.isEmpty() ? "" : list.length() > MAX_SOURCES ? "... " : list + " ";
  }
}
