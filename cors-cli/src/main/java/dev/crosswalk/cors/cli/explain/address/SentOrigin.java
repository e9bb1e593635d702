package dev.crosswalk.cors.cli.explain.address;

import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Origin;
import dev.crosswalk.cors.tck.url.Url;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Origin that a command, a test or a program writes into its request by hand, in a form in which
 * no browser sends one: with a slash, a path or a default port, or without a scheme. Then the
 * request is wrong, and not the server's list.
 *
 * @param written as the request has it
 * @param meant as a browser sends it; with {@code http} where no scheme is told
 * @param flaw what is wrong with it, as the end of a sentence
 * @param referer origin of the Referer beside it, where that is another one; or empty
 */
public record SentOrigin(String written, String meant, String flaw, String referer, String listed) {

  private static final String BARE = "without a scheme";

  private static final String VALUE = "([^\\s\"'`,;|)\\]}]{4,200})";

  /** Who writes it there. A script in a page is none of them, as browsers overwrite it. */
  private static final List<Pattern> WRITTEN =
      List.of(
          // curl, HTTPie, and the head of a request.
          Pattern.compile("(?i)(?:-H|--header)[ =]{0,3}[\"']?origin:[ \\t]{0,4}" + VALUE),
          Pattern.compile("(?i)\\b(?:http|https|xh) [^\\n]{1,200}?[\"' ]origin:" + VALUE),
          Pattern.compile(
              "(?im)^[> \\t]{0,8}(?:host|user-agent|accept[a-z-]{0,10}|referer|connection|authorization|content-type):[^\\n]{1,500}\\n"
                  + "(?:[> \\t]{0,8}[a-z-]{2,40}:[^\\n]{0,500}\\n){0,20}?[> \\t]{0,8}origin:[ \\t]{0,4}"
                  + VALUE),
          // Tests of servers, and clients of Java.
          Pattern.compile(
              "(?i)\\.(?:header|headers|set|setheader|addheader|withheader)\\(\\s{0,20}(?:[\"']origin[\"']|(?:[a-z]{1,20}\\.){0,2}origin)\\s{0,4},\\s{0,20}[\"']"
                  + VALUE),
          // Tests of Django and Rails.
          Pattern.compile(
              "(?i)(?:\\bhttp_origin[\"']?\\s{0,3}(?:=>|[=:])|[\"']origin[\"']\\s{0,3}=>)\\s{0,3}[\"']"
                  + VALUE),
          // Scripts in Python.
          Pattern.compile(
              "(?i)\\b(?:requests|httpx|client|session)\\.[a-z]{3,8}\\([^\\n]{1,300}?\\bheaders\\s{0,3}=\\s{0,3}\\{[^}]{0,200}?[\"']origin[\"']\\s{0,3}:\\s{0,3}[\"']"
                  + VALUE));

  /**
   * What a page's code, an app or an extension writes into a request. The browser compares the
   * answer with the page's own origin all the same, so that nobody learns the page from it.
   */
  private static final List<Pattern> OVERWRITTEN =
      List.of(
          Pattern.compile(
              "(?i)\\b\\w{0,20}headers(?:\\[\\s?[\"'`]origin[\"'`]\\s?]|\\.origin)\\s?=\\s?[\"'`]"
                  + VALUE),
          Pattern.compile(
              "(?i)\\.set(?:request)?header\\(\\s{0,20}[\"'`]origin[\"'`]\\s?,\\s?[\"'`]" + VALUE),
          Pattern.compile(
              "(?i)\\b\\w{0,20}headers[\"']?\\s?[:=]\\s?\\{[^{}]{0,400}?(?<![\\w-])origin[\"'`]?\\s?:\\s?[\"'`]"
                  + VALUE),
          // Rules of an extension.
          Pattern.compile(
              "(?i)[\"']?header[\"']?\\s?:\\s?[\"']origin[\"'][^{}]{0,200}?\\bvalue[\"']?\\s?:\\s?[\"']"
                  + VALUE));

  private static final Pattern REFERER =
      Pattern.compile(
          "(?i)\\breferer[\"']?[ \\t]{0,3}[:,][ \\t]{0,4}[\"']?(https?://[^\\s\"']{3,200})");

  /** An entry of a list of origins that is no more than a host either. */
  private static final Pattern LISTED =
      Pattern.compile(
          "(?i)\\b(?:allow(?:ed)?[-_]?)?origins?[\"']?\\s{0,3}(?:=>|[:=])\\s{0,3}[\\[({]?\\s{0,40}[\"']"
              + "((?:[a-z0-9-]{1,63}\\.){1,6}[a-z]{2,18}(?::[0-9]{1,5})?)[\"']");

  private static final Pattern WITH_SCHEME =
      Pattern.compile("(?i)(https?)://([a-z0-9.-]{1,200}|\\[[0-9a-f:]{2,45}])(:[0-9]{1,5})?(/.*)?");

  private static final Pattern WITHOUT_SCHEME =
      Pattern.compile(
          "(?i)(?:localhost|[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|(?:[a-z0-9-]{1,63}\\.){1,6}[a-z]{2,18})(?::[0-9]{1,5})?/?");

  /**
   * The first one that is wrong.
   *
   * @param text as it was pasted
   */
  public static Optional<SentOrigin> in(String text) {
    return WRITTEN.stream()
        .flatMap(pattern -> pattern.matcher(text).results())
        .flatMap(found -> of(found.group(1), text).stream())
        .findFirst();
  }

  /** The origin that a command of curl sends, as a browser would; empty if there is none. */
  public static Optional<String> ofCommand(String text) {
    return WRITTEN
        .get(0)
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .filter(Origin::isOriginOrNull)
        .findFirst();
  }

  /** A text without those values, so that nobody takes one for an entry of a list. */
  public static String without(String text) {
    return without(WRITTEN, withoutOverwritten(text));
  }

  /** A text without those values that tell of no page. */
  public static String withoutOverwritten(String text) {
    return without(OVERWRITTEN, text);
  }

  private static String without(List<Pattern> patterns, String text) {
    String rest = text;
    for (Pattern pattern : patterns) {
      Matcher written = pattern.matcher(rest);
      rest =
          written.replaceAll(
              found ->
                  Matcher.quoteReplacement(
                      found.group().substring(0, found.start(1) - found.start())));
    }
    return rest;
  }

  private static Optional<SentOrigin> of(String written, String text) {
    if (Origin.isOriginOrNull(written)) {
      return Optional.empty();
    }
    if (WITHOUT_SCHEME.matcher(written).matches()) {
      String meant = "http://" + Bytes.lowerCase(written).replaceFirst("/$", "");
      return Optional.of(new SentOrigin(written, meant, BARE, "", listed(text)));
    }
    Matcher parts = WITH_SCHEME.matcher(written);
    String meant =
        parts.matches() ? Url.parse(written).map(url -> url.origin().serialize()).orElse("") : "";
    // People hide a name in upper case.
    if (!Origin.isOriginOrNull(meant) || Bytes.equalIgnoringCase(meant, written)) {
      return Optional.empty();
    }
    String path = parts.group(4) == null ? "" : parts.group(4);
    String flaw =
        path.equals("/")
            ? "with a slash at its end"
            : !path.isEmpty() ? "with a path" : "with the port that its scheme has by itself";
    return Optional.of(new SentOrigin(written, meant, flaw, referer(meant, text), ""));
  }

  private static String listed(String text) {
    Matcher entry = LISTED.matcher(without(text));
    return entry.find() ? entry.group(1) : "";
  }

  /** In a browser's request both are of one page. */
  private static String referer(String origin, String text) {
    Matcher referer = REFERER.matcher(text);
    return referer.find()
        ? Optional.of(AskedUrl.origin(referer.group(1)))
            .filter(page -> !page.isEmpty() && !page.equals(origin))
            .orElse("")
        : "";
  }

  /** Whether it is no more than a host. */
  public boolean isBare() {
    return flaw.equals(BARE);
  }

  /** What to do about it. */
  public String words() {
    if (!listed.isEmpty()) {
      return "The request in your paste names the origin "
          + written
          + ", and the list "
          + listed
          + ": "
          + (listed.equalsIgnoreCase(written) ? "both" : "another one, and both")
          + " without a scheme. A browser sends it always, and servers compare the whole: write https://"
          + listed
          + " into the list (http://, if the page has that), and test with the same Origin.";
    }
    return "The request in your paste names the origin "
        + written
        + ", "
        + flaw
        + ". No browser sends it so, and servers compare it exactly: correct the request, and"
        + " not the server's list. Test again with Origin: "
        + meant
        + (isBare() ? ", or with https, as the page has it." : ".")
        + (referer.isEmpty()
            ? ""
            : " Its Referer is of "
                + referer
                + ", which is another origin: list the one at which the page is opened.");
  }
}
