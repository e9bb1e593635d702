package dev.crosswalk.cors.cli.explain.csp;

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
  public boolean isOf(List<String> other) {
    return sources
        .map(each -> each.stream().map(s -> s.toLowerCase(Locale.ROOT)).collect(Collectors.toSet()))
        .filter(Set.copyOf(other)::equals)
        .isPresent();
  }

  /** Whether the framed page's policy refuses, and not that of the page around it. */
  public boolean isOfFramedPage() {
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

  /** Whether the directive has a keyword or another source. */
  boolean has(String source) {
    return sources.stream().flatMap(List::stream).anyMatch(source::equalsIgnoreCase);
  }

  /** Whether only a nonce or a hash lets a script in, and no host does. */
  public boolean isOfNonces() {
    return directive.startsWith("script-src") && has("'strict-dynamic'");
  }
}
