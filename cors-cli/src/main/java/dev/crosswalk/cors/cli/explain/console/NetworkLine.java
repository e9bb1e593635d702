package dev.crosswalk.cors.cli.explain.console;

import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.explain.paste.Paste;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is beside a message and tells more of its request: the line that Chrome's console prints for
 * each request that failed, {@code POST https://... net::ERR_FAILED 413 (...)}, or the head of a
 * response.
 *
 * @param method empty if it is not told
 * @param url empty if it is not told
 * @param status empty if it is not told
 */
record NetworkLine(String method, String url, String status, boolean failed) {

  private static final Pattern REQUEST =
      Pattern.compile(
          "\\b(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|QUERY) (https?://[^\\s\"'`<>]{1,2000})"
              + "(?:\\s+net::ERR_[A-Z_]{1,40})?(?:\\s+([1-5][0-9]{2})(?![0-9])|[ \\t]+([\\w@.-]{1,80}\\.js:[0-9]{1,6})(?![0-9]))?");

  /** A line of a server's log, or of somebody's own: it has the path alone, or nothing of it. */
  private static final Pattern LOGGED =
      Pattern.compile(
          "\\b(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|QUERY) (?:(/[^\\s\"'`<>]{0,1000}) HTTP/[0-9.]{1,3}\"? ([45][0-9]{2})(?![0-9])"
              + "|(/[^\\s\"'`<>]{0,1000})?(?: ?(?:->|→|=>|:))? ?(?<![0-9])([45][0-9]{2})(?=\\.?[ \\t]*(?:\\r?$| \\([A-Z]|(?i: unauthorized| forbidden| not found| method not allowed| internal server error)\\b)))",
          Pattern.MULTILINE);

  /** What the network panel shows of a request, as it is copied. */
  private static final Pattern PANEL =
      Pattern.compile(
          "(?i)request url:?\\s+(https?://[^\\s\"'`<>]{1,2000})\\s+request method:?\\s+([a-z]{3,10})"
              + "\\s+status code:?\\s+([1-5][0-9]{2})(?![0-9])");

  /** A line without its beginning; and what curl or a network panel shows of a response. */
  private static final Pattern STATUS =
      Pattern.compile(
          "(?mi)(?:net::ERR_FAILED |^(?:< )?(?:HTTP/[0-9.]{1,3} |:?status:? )"
              + "|^(?!.{0,300}(?:favicon|\\.(?:map|css|png|jpe?g|svg|ico)\\b)).{0,300}?"
              + "responded with a status of )([1-5][0-9]{2})(?![0-9])");

  /** Which file Chrome's console names in front of such a line; its page has no name there. */
  private static final Pattern RESOURCE =
      Pattern.compile(
          "(?m)^[ \\t]{0,8}([^\\s()]{1,300}?):[0-9]{1,6}:? {1,8}Failed to load resource\\b");

  /** A script that says something else right behind such a line: that request may be its own. */
  private static final Pattern OF_SCRIPT =
      Pattern.compile(
          "[^\\n]{0,60}\\n\\s{0,20}[\\w@./-]{1,80}\\.(?:js|jsx|mjs|ts|tsx|vue|svelte):[0-9]{1,6}(?::[0-9]{1,6})? (?![^\\n]{0,300}(?:https?:|cors\\b|\\b[45][0-9]{2}\\b|access to|xmlhttprequest|axios|network error))",
          Pattern.CASE_INSENSITIVE);

  /** In front of the beginning of a URL that is not shown. */
  private static final String REST = "…";

  /** What a preflight in the text asks for, as a network panel or a log shows it. */
  private static final Pattern ASKED =
      Pattern.compile(
          "(?mi)^[>\\s-]{0,8}access-control-request-(method|headers):[ \\t]{0,4}([a-z0-9_, \\t-]{1,600})\\r?$");

  /** The rest of a head, up to the header that lets pages read the answer. */
  private static final Pattern ALLOWED =
      Pattern.compile(
          "(?i)[^\\n]{0,200}\\n(?:[<> \\t]{0,8}[a-z][a-z0-9-]{1,60}: ?[^\\n]{0,2000}\\n){0,40}?[<> \\t]{0,8}access-control-allow-origin: ?\\S");

  private static final String OPTIONS = "OPTIONS";

  private NetworkLine(String method, String url, String status) {
    this(method, url, status, status.matches("[45].."));
  }

  static List<NetworkLine> in(String text) {
    List<NetworkLine> lines = new ArrayList<>();
    Matcher requests = REQUEST.matcher(text);
    while (requests.find()) {
      String status = Optional.ofNullable(requests.group(3)).orElse("");
      String url = Paste.withoutPunctuation(requests.group(2));
      // Chrome's console names the script only of a request that has failed.
      boolean failed = status.matches("[45]..") || requests.group(4) != null;
      lines.add(new NetworkLine(requests.group(1), url, status, failed));
    }
    Matcher logged = LOGGED.matcher(text);
    while (logged.find()) {
      boolean log = logged.group(3) != null;
      String path = Optional.ofNullable(logged.group(log ? 2 : 4)).orElse("");
      lines.add(new NetworkLine(logged.group(1), path, logged.group(log ? 3 : 5)));
    }
    Matcher panels = PANEL.matcher(text);
    while (panels.find()) {
      String method = panels.group(2).toUpperCase(Locale.ROOT);
      lines.add(new NetworkLine(method, panels.group(1), panels.group(3)));
    }
    if (lines.stream().allMatch(line -> line.status().isEmpty())) {
      Matcher statuses = STATUS.matcher(text);
      while (statuses.find()) {
        Matcher resource = RESOURCE.matcher(statuses.group());
        boolean named = resource.find();
        boolean ofOther =
            !named && OF_SCRIPT.matcher(text).region(statuses.end(), text.length()).lookingAt();
        if (!ofOther && !isWithHeader(statuses.group(1), text, statuses.end())) {
          String url = named ? REST + resource.group(1) : "";
          lines.add(new NetworkLine("", url, statuses.group(1)));
        }
      }
    }
    return lines;
  }

  /**
   * What the lines say about a request.
   *
   * @param url of the request
   * @param preflight whether the answer to a preflight is complained of: of that, Chrome's line for
   *     the request itself does not have the status
   */
  static Details about(String url, boolean preflight, List<NetworkLine> lines) {
    Details told = Details.NONE;
    List<String> statuses = new ArrayList<>();
    for (NetworkLine line : lines) {
      boolean same =
          line.url().equals(Paste.withoutPunctuation(url))
              || line.url().startsWith("/") && line.url().equals(path(url))
              || line.url().startsWith(REST) && url.contains(line.url().substring(REST.length()));
      boolean options = line.method().equals(OPTIONS);
      if (same && !options) {
        told = told.filled("method", line.method());
      }
      boolean other = !line.method().isEmpty() && options != preflight;
      if (!line.status().isEmpty() && !other && (same || line.url().isEmpty())) {
        statuses.add(line.status());
      }
    }
    boolean one = statuses.stream().distinct().count() == 1;
    return one ? told.with("status", statuses.get(0)) : told;
  }

  /**
   * Whether a request failed by its preflight: older versions of Chrome do not say so in the
   * message, and the line of the request that got an error is that of OPTIONS.
   */
  static boolean isOfPreflight(String url, List<NetworkLine> lines) {
    List<NetworkLine> same =
        lines.stream()
            .filter(line -> line.url().equals(Paste.withoutPunctuation(url)))
            .filter(line -> line.failed() || !line.status().isEmpty())
            .toList();
    return !same.isEmpty()
        && same.stream().allMatch(line -> line.method().equals(OPTIONS) && line.failed());
  }

  /** The method and the headers for which a preflight in the text asks. */
  static Details asked(String text) {
    Details told = Details.NONE;
    Matcher fields = ASKED.matcher(text);
    while (fields.find()) {
      String value = fields.group(2).strip();
      told =
          fields.group(1).equalsIgnoreCase("method")
              ? told.filled("method", value.toUpperCase(Locale.ROOT))
              : told.filled(
                  "asks", String.join(" ", value.toLowerCase(Locale.ROOT).split("[, \\t]+")));
    }
    return told;
  }

  /** Whether the head of a good answer has the header: it is none of which a browser complains. */
  private static boolean isWithHeader(String status, String text, int end) {
    return status.startsWith("2") && ALLOWED.matcher(text).region(end, text.length()).lookingAt();
  }

  /** A text without the lines of requests to other URLs. */
  static String withoutOthers(String text, String url) {
    return REQUEST
        .matcher(text)
        .replaceAll(
            line ->
                line.group(2).startsWith(Paste.withoutPunctuation(url))
                    ? Matcher.quoteReplacement(line.group())
                    : "");
  }

  private static String path(String url) {
    return url.replaceFirst("^https?://[^/]*", "");
  }
}
