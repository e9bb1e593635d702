package dev.crosswalk.cors.cli.explain;

import dev.crosswalk.cors.cli.remedy.Grant;
import dev.crosswalk.cors.cli.remedy.Remedy;
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
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
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
    return whose.startsWith("request ") ? "R" + whose.substring(1) : "A message of " + whose;
  }

  /** A hole in a meaning, and what stands there if it is empty. */
  private static final Pattern HOLE = Pattern.compile("\\{([a-zA-Z]+)(?:\\|([^{}]*))?}");

  /** A request whose origin no server names. */
  private static final Where OF_SOMEBODY =
      new Where(false, Initiator.FETCH, "https://somebody.invalid", "", "", 0);

  private static final Pattern NOT_SET =
      Pattern.compile("Note that '?([a-z-]+)'? was not explicitly");

  /**
   * What a sentence means.
   *
   * @param code of its meaning
   * @param holes of the sentence and of what surrounds it, by their names
   */
  static ConsoleMessage of(String whose, String code, Map<String, String> holes, int otherUrls) {
    Map<String, String> values = new HashMap<>(holes);
    values.put("origin", origin(holes.getOrDefault("origin", "")));
    String url = url(holes.getOrDefault("url", ""));
    values.put("url", url);
    String subject = holes.getOrDefault("subject", "");
    boolean method = code.equals("METHOD_NOT_ALLOWED") && Bytes.isToken(subject);
    return new ConsoleMessage(
        whose,
        url,
        Math.max(0, otherUrls),
        values.getOrDefault("origin", ""),
        method ? subject : "GET",
        remedy(whose, code, values));
  }

  /** People write the origin as they write a URL. */
  private static String origin(String pasted) {
    if (pasted.startsWith("file:")) {
      return "file://";
    }
    String origin = pasted.endsWith("/") ? pasted.substring(0, pasted.length() - 1) : pasted;
    return Origin.isOriginOrNull(origin) ? origin : "";
  }

  /** Without the line breaks of a narrow window, and without what a forum puts around it. */
  private static String url(String pasted) {
    String url = pasted.replaceAll("\\s*[\\r\\n]\\s*", "").replaceFirst("^[<(\\[]", "");
    return url.contains("://") ? Paste.withoutPunctuation(url) : "";
  }

  private static Remedy remedy(String whose, String code, Map<String, String> values) {
    String url = values.getOrDefault("url", "");
    String origin = values.getOrDefault("origin", "");
    boolean blocked = code.equals("ACAO_MISSING") || code.equals("REASON_MISSING");
    if (blocked && (origin.startsWith("file:") || url.startsWith("file:"))) {
      return meaning("FILE", values);
    }
    Optional<Cause> known =
        Arrays.stream(Cause.values()).filter(cause -> cause.name().equals(code)).findFirst();
    if (code.equals("AUTHORIZATION_WILDCARD")) {
      return authorizationWildcard(values);
    }
    if (known.isEmpty()) {
      return meaning(code, values);
    }
    NotShared refusal = refusal(precise(whose, known.get(), values), values);
    Remedy remedy = Remedy.of(refusal, grant(refusal.cause(), values), Optional.empty());
    boolean ambiguous = whose.equals("Safari") && refusal.cause() == Cause.ACAO_MISSING;
    return ambiguous ? missingOrAnother(remedy, origin, status(values)) : remedy;
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
    return new NotShared(
        cause,
        values.getOrDefault("subject", ""),
        values.containsKey("value") && !value.equals("(null)") ? List.of(value) : List.of(),
        new Where(
            preflight,
            Initiator.FETCH,
            values.getOrDefault("origin", ""),
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
        Origin.isOriginOrNull(origin) ? origin : Grant.SOME_ORIGIN,
        method ? subject : "GET",
        header && !response ? List.of(Bytes.lowerCase(subject)) : List.of(),
        cause == Cause.ACAO_WILDCARD_CREDENTIALS || cause == Cause.ACAC_NOT_TRUE,
        refusal(cause, values).where().preflight());
  }

  private static Remedy missingOrAnother(Remedy remedy, String origin, int status) {
    return new Remedy(
        remedy.code(),
        "The response"
            + (status == 0 ? "" : " (" + status + ")")
            + " has no Access-Control-Allow-Origin, or it does not name "
            + (origin.isEmpty() ? "the page's origin" : origin)
            + ". Safari says the same of both.",
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

  // ------------------------------------------------------------------------------------ all others

  /** A page with TLS asks for a URL without it. */
  public static Remedy mixedContent(String url) {
    return meaning("MIXED_CONTENT", Map.of("url", url));
  }

  private static Remedy meaning(String code, Map<String, String> holes) {
    Sentences.Meaning meaning =
        Sentences.all()
            .meaning(code)
            .orElseThrow(() -> new IllegalStateException("no meaning of " + code));
    Map<String, String> values = new HashMap<>(holes);
    String url = values.getOrDefault("url", "");
    values.put("site", site(url));
    values.put("file", url.startsWith("file:") ? url : "");
    values.put("secure", url.startsWith("http:") ? "https:" + url.substring(5) : "");
    values.put("directive", directive(values));
    List<String> write =
        java.util.stream.Stream.concat(meaning.headers().stream(), meaning.elements().stream())
            .map(line -> filled(line, values))
            .toList();
    return new Remedy(
        code,
        filled(meaning.cause(), values),
        meaning.advice().stream().map(line -> filled(line, values)).toList(),
        meaning.grant().map(words -> grant(words, values)),
        write);
  }

  private static Grant grant(String words, Map<String, String> values) {
    String origin = values.getOrDefault("origin", "");
    boolean usable =
        Origin.isOriginOrNull(origin) && !origin.equals("null") && !words.contains("placeholder");
    return new Grant(
        usable ? origin : Grant.SOME_ORIGIN,
        "GET",
        List.of(),
        words.contains("credentials"),
        false);
  }

  /** The source that a policy has to name for a URL. */
  private static String site(String url) {
    return Url.parse(url)
        .filter(parsed -> parsed.host() != null)
        .map(parsed -> url.substring(0, url.indexOf("://") + 3) + authority(url))
        .orElse("");
  }

  private static String authority(String url) {
    String rest = url.substring(url.indexOf("://") + 3);
    int end = 0;
    while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    return rest.substring(rest.lastIndexOf('@', end) + 1, end);
  }

  /** The directive of a Content Security Policy to change. */
  private static String directive(Map<String, String> values) {
    String rule = values.getOrDefault("rule", "");
    Matcher fallback = NOT_SET.matcher(rule);
    if (fallback.find()) {
      return fallback.group(1);
    }
    String first = values.getOrDefault("directive", rule).replaceAll("[^a-z -].*", "").strip();
    String name = first.contains(" ") ? first.substring(0, first.indexOf(' ')) : first;
    return name.endsWith("-src") && !name.equals("default-src") ? name : "";
  }

  private static String filled(String words, Map<String, String> values) {
    Matcher holes = HOLE.matcher(words);
    return holes.replaceAll(
        hole -> {
          String value = values.getOrDefault(hole.group(1), "");
          String otherwise = hole.group(2) == null ? "" : hole.group(2);
          return Matcher.quoteReplacement(value.isEmpty() ? otherwise : value);
        });
  }
}
