package dev.crosswalk.cors.cli.explain.meaning;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.remedy.Advice;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a page's Content Security Policy has refused: which directive applied, and which one to
 * change.
 *
 * @param directive to change; empty if the message does not tell what was loaded
 * @param applied the directive that refused; another one where the policy has none for what was
 *     loaded
 * @param sources that the directive allows; empty if the message does not tell
 * @param reported whether the policy only reports, so that nothing was blocked
 * @see <a href="https://www.w3.org/TR/CSP3/#directive-fallback-list">CSP 3, section 6.8</a>
 */
public record PolicyViolation(
    String directive, String applied, Optional<List<String>> sources, boolean reported) {

  private static final String NAMES =
      "(?:default|script|style|img|font|connect|media|object|frame|child|worker|manifest|prefetch"
          + "|fenced-frame)-src(?:-elem|-attr)?|frame-ancestors|form-action|base-uri|navigate-to";

  /** Firefox says in brackets what would have applied. */
  private static final Pattern WANTED = Pattern.compile("\\((" + NAMES + ")\\)");

  private static final Pattern NOT_SET =
      Pattern.compile("[Nn]ote (?:also )?that ['‘’\"]?(" + NAMES + ")['‘’\"]? was not explicitly");

  private static final Pattern APPLIED =
      Pattern.compile(
          "(['\"“‘`(]|directive: ?|because ?)("
              + NAMES
              + ")((?:\\s+(?:'[^'\\s]*'|[^\\s\"“”,;()]+))*)");

  private static final Pattern NEITHER =
      Pattern.compile("neither the (" + NAMES + ") directive nor the (" + NAMES + ")");

  /** What Edge before Chromium says of a directive that it does not know. */
  private static final Pattern UNKNOWN =
      Pattern.compile("(?i)unknown directive ['‘’\"]?[a-z-]+['‘’\"]?");

  private static final Pattern ANY = Pattern.compile("\\b(" + NAMES + ")\\b");

  /** A scheme, a host or a keyword; the words of a sentence have none of these. */
  private static final Pattern SOURCE =
      Pattern.compile(
          "'[^'\\s]*'|\\*|[a-z][a-z0-9+.-]*:|[^A-Z]*[.:/*][^A-Z]*|[a-z]+://.*|localhost");

  /** What browsers write where a policy only reports. */
  private static final Pattern REPORTED =
      Pattern.compile(
          "\\[report[ -]only]|\\(report-only policy\\)|policy is report-only|\\bwould (?:have )?block|settings observed the");

  private static final Pattern WITHOUT_COLON = Pattern.compile("(?:https?|wss?)//.*");

  /** What was loaded, where no directive tells: by the words of the browser, then by the file. */
  private static final Map<String, String> KINDS = new LinkedHashMap<>();

  static {
    KINDS.put("construct 'worker'", "worker-src");
    KINDS.put("construct 'sharedworker'", "worker-src");
    KINDS.put("inline event handler", "script-src");
    KINDS.put("inline script", "script-src");
    KINDS.put("inline style", "style-src");
    KINDS.put("connect to", "connect-src");
    KINDS.put("connecting to", "connect-src");
    KINDS.put("the stylesheet", "style-src");
    KINDS.put("the script", "script-src");
    KINDS.put("the image", "img-src");
    KINDS.put("the font", "font-src");
    KINDS.put("load media", "media-src");
    KINDS.put("loading media", "media-src");
    KINDS.put("plugin data", "object-src");
    KINDS.put("manifest from", "manifest-src");
    KINDS.put("worker from", "worker-src");
    KINDS.put("refused to frame", "frame-src");
    KINDS.put("framing ", "frame-src");
    KINDS.put("form data", "form-action");
    KINDS.put("base uri", "base-uri");
  }

  private static final Map<String, String> FILES = new HashMap<>();

  static {
    List.of(".js", ".mjs", ".wasm").forEach(each -> FILES.put(each, "script-src"));
    List.of(".css").forEach(each -> FILES.put(each, "style-src"));
    List.of(".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".ico")
        .forEach(each -> FILES.put(each, "img-src"));
    List.of(".woff", ".woff2", ".ttf", ".otf", ".eot").forEach(each -> FILES.put(each, "font-src"));
    // Playlists (.m3u8, .mpd) are absent: a script asks for them.
    List.of(".mp4", ".m4v", ".webm", ".ogv", ".mov", ".mp3", ".m4a", ".ogg", ".wav")
        .forEach(each -> FILES.put(each, "media-src"));
    List.of(".webmanifest").forEach(each -> FILES.put(each, "manifest-src"));
  }

  /** A list that is longer helps nobody in a terminal. */
  private static final int MAX_SOURCES = 400;

  /**
   * Reads a message.
   *
   * @param text from the sentence to the next one
   * @param url that was refused; empty if the message does not tell
   */
  public static PolicyViolation of(String text, String url) {
    return of(UNKNOWN.matcher(text).replaceAll(""), text.toLowerCase(Locale.ROOT), url);
  }

  private static PolicyViolation of(String text, String lower, String url) {
    Matcher found = APPLIED.matcher(text);
    String applied = "";
    Optional<List<String>> sources = Optional.empty();
    while (found.find() && applied.isEmpty()) {
      if (found.group(1).equals("(") && WANTED.matcher(text).find(found.start())) {
        continue;
      }
      applied = found.group(2);
      sources = sources(found.group(3));
    }
    Matcher neither = NEITHER.matcher(text);
    if (neither.find()) {
      return new PolicyViolation(neither.group(1), neither.group(2), Optional.empty(), false);
    }
    Matcher any = ANY.matcher(text);
    if (applied.isEmpty() && any.find()) {
      applied = any.group(1);
    }
    Matcher wanted = WANTED.matcher(text);
    Matcher notSet = NOT_SET.matcher(text);
    String effective =
        notSet.find()
            ? notSet.group(1)
            : wanted.find()
                ? wanted.group(1)
                : applied.isEmpty() || applied.equals("default-src") ? kind(lower, url) : applied;
    String general = effective.replaceAll("-(?:elem|attr)$", "");
    String directive = effective.equals(applied) || general.equals(applied) ? applied : general;
    boolean reported = REPORTED.matcher(lower).find();
    return new PolicyViolation(directive, applied, sources, reported);
  }

  private static Optional<List<String>> sources(String text) {
    List<String> sources = new ArrayList<>();
    for (String word : text.strip().split("\\s+", -1)) {
      String source = word.endsWith(".") ? word.substring(0, word.length() - 1) : word;
      if (!SOURCE.matcher(source).matches()) {
        break;
      }
      sources.add(source);
    }
    return sources.isEmpty() ? Optional.empty() : Optional.of(sources);
  }

  private static String kind(String lower, String url) {
    for (Map.Entry<String, String> kind : KINDS.entrySet()) {
      if (lower.contains(kind.getKey())) {
        return kind.getValue();
      }
    }
    String path = url.toLowerCase(Locale.ROOT).replaceAll("[?#].*", "");
    int dot = path.lastIndexOf('.');
    if (lower.contains("csp14312") && path.endsWith(".html")) {
      // Edge before Chromium does not say what loaded it; a page is loaded by a frame.
      return "frame-src";
    }
    return dot < 0 ? "" : FILES.getOrDefault(path.substring(dot), "");
  }

  /** Whether the message quotes just these sources. */
  boolean isOf(List<String> other) {
    return sources
        .map(each -> each.stream().map(s -> s.toLowerCase(Locale.ROOT)).collect(Collectors.toSet()))
        .filter(Set.copyOf(other)::equals)
        .isPresent();
  }

  /** Whether the framed page's policy refuses, and not that of the page around it. */
  boolean isOfFramedPage() {
    return applied.equals("frame-ancestors");
  }

  /** Which directives count for something, the most exact one first. */
  static List<String> fallbacks(String wanted) {
    String general = wanted.replaceAll("-(?:elem|attr)$", "");
    Stream<String> others =
        switch (general) {
          case "worker-src" -> Stream.of("child-src", "script-src", "default-src");
          case "frame-src" -> Stream.of("child-src", "default-src");
          case "form-action", "base-uri", "frame-ancestors" -> Stream.of();
          default -> Stream.of("default-src");
        };
    return Stream.concat(Stream.of(wanted, general), others).distinct().toList();
  }

  // -------------------------------------------------------------------------------- what to change

  /**
   * What to write into the page's policy.
   *
   * @param url that was refused; empty if it is not known
   * @param page its origin; empty if it is not known
   * @param origins sources to add: its origin, or its scheme, and those of others; empty if they
   *     are not known
   */
  Remedy remedy(String url, String page, List<String> origins) {
    Remedy enforced = enforced(url, page, origins);
    return reported ? enforced.withAdvice(0, NOTHING_BLOCKED) : enforced;
  }

  private static final Advice NOTHING_BLOCKED =
      Topic.REPORT_ONLY.advice(
          "Nothing has to be repaired: that policy only reports, and blocks nothing. If something of the"
              + " page fails, another line has the cause: paste that one.");

  private Remedy enforced(String url, String page, List<String> origins) {
    if (OF_EXTENSION.matcher(url).lookingAt()) {
      return ofExtension(url);
    }
    if (isOfNonces()) {
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
              "Ask for https instead of http: "
                  + secure
                  + ". The policy allows that URL, and a page on https may load nothing over http"
                  + " (mixed content).",
              "If that server has no https, it has to get it, or the page cannot show it."),
          Optional.empty(),
          List.of());
    }
    List<String> added =
        origins.stream().map(each -> isByPath(url, each) ? withoutQuery(url) : each).toList();
    String named = added.isEmpty() ? "the URL's origin" : listed(added);
    boolean fallback = !directive.isEmpty() && !applied.isEmpty() && !directive.equals(applied);
    List<String> advice = new ArrayList<>();
    if (directive.equals("form-action") && has("'self'")) {
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
    advice.add("If the page has several policies (headers, a meta element), each has to allow it.");
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
            "If it is yours: name the file in web_accessible_resources of its manifest.json, or run the"
                + " code by chrome.scripting.executeScript (world: \"MAIN\" where it needs the page's own"
                + " variables), for which the page's policy does not count. For a page of the extension"
                + " itself, content_security_policy in manifest.json counts."),
        Optional.empty(),
        List.of());
  }

  /** What counts only for scripts and styles. */
  private static final Pattern OF_CODE =
      Pattern.compile(
          "(?i)'(?:nonce-|sha(?:256|384|512)-|strict-dynamic|unsafe-|wasm-unsafe-|report-sample).*");

  private boolean has(String source) {
    return sources.stream().flatMap(List::stream).anyMatch(source::equalsIgnoreCase);
  }

  /** Whether only a nonce or a hash lets a script in, and no host does. */
  boolean isOfNonces() {
    return directive.startsWith("script-src") && has("'strict-dynamic'");
  }

  private Remedy withNonce(String url) {
    boolean named =
        sources.stream().flatMap(List::stream).anyMatch(each -> each.matches("(?i)'nonce-.*"));
    String file = url.isEmpty() ? "..." : url;
    return Remedy.of(
        "CSP",
        cause(url),
        List.of(
            "The policy has 'strict-dynamic'. Beside it neither 'self' nor https: nor a host counts"
                + " for scripts, so that no host that you add helps. "
                + (named
                    ? "The script element has to have the nonce of this very response."
                    : "It names no nonce, so that no script element with a src in the HTML is allowed:"
                        + " name one, which the server makes anew for each response, and write it on"
                        + " the script element."),
            "What an allowed script loads itself (createElement, import) needs none. An element that"
                + " document.write or innerHTML makes does. If the element has a nonce already, it is"
                + " that of another response: the page comes from a cache, or the nonce is made twice.",
            "If the page cannot have a nonce (a static file), remove 'strict-dynamic': then 'self' and"
                + " hosts count again."),
        Optional.empty(),
        List.of(
            "Content-Security-Policy: ...; script-src 'nonce-...' 'strict-dynamic'; ...",
            "<script nonce=\"...\" src=\"" + file + "\"></script>"));
  }

  /** Whether the sources that the message quotes have the URL already. */
  private boolean allows(String url, String page) {
    boolean own = has("'self'") && !page.isEmpty() && AskedUrl.origin(url).equals(page);
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
            "See that request in the network panel, and where its answer leads (Location): a login, a"
                + " CDN, www., http: in place of https:. Ask for the final URL, or correct the redirect"
                + (directive.isEmpty() ? "." : "; or add that host to " + directive + ", too."),
            "If nothing redirects: compare the URL with the policy letter by letter (scheme, port,"
                + " path). If the page has several policies (headers, a meta element), each has to"
                + " allow it."),
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
                    + " stands in quotation marks, and so it allows nothing: only keywords have them"
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

  /** Names in a sentence. */
  static String listed(List<String> names) {
    int last = names.size() - 1;
    return last < 1
        ? String.join("", names)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  private String cause(String url) {
    String what = url.isEmpty() ? "this URL" : url;
    if (reported) {
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
