package dev.crosswalk.cors.cli.explain.console;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.address.Destination;
import dev.crosswalk.cors.cli.explain.message.ConsoleMessage;
import dev.crosswalk.cors.cli.explain.paste.Paste;
import dev.crosswalk.cors.cli.remedy.request.PrivateHost;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which URL a paste says was asked, where the message does not: in code, in a log, in words. */
final class PastedUrl {

  /** Where code asks for a URL, or a page loads it. */
  private static final Pattern CODE =
      Pattern.compile(
          "(?i)(?:\\b(?:use)?(?:fetch|axios|get|post|put|patch|delete|request|ajax|getjson|load|uri\\.parse|eventsource)(?:<[^>]{0,60}>)?\\(\\s{0,40}"
              + "(?:uri\\.parse\\(\\s{0,40})?|\\.open\\(\\s{0,9}['\"][a-z]{3,7}['\"]\\s{0,3},\\s{0,9}"
              + "|\\b(?:url|uri|base_?url|endpoint|api|[a-z_]{0,20}api_?url|[a-z_]{1,20}endpoint|href|src)['\"]?\\s{0,3}[:=]\\s{0,40})"
              + "['\"`](https?://[^\\s'\"`<>$]{1,500})");

  /** A line of a stack. */
  private static final Pattern SCRIPT =
      Pattern.compile("(?i)\\.(?:m?[jt]sx?|vue|dart|map)(?:\\?[^:]{0,200})?(?::[0-9]{1,7}){0,2}$");

  private static final Pattern URL = Pattern.compile("(?i)https?://[^\\s'\"`<>]{3,500}");

  /**
   * A pattern, a template, or the name of a machine behind a proxy: no browser asks there. Brackets
   * are also those of an address of IPv6.
   */
  private static final Pattern NO_ADDRESS =
      Pattern.compile(
          "[\\\\^|*{}$()]|\\[(?![0-9a-f:]+])|(?i)^https?://(?!localhost\\b)[a-z0-9_-]+(?=[:/;]|$)");

  /** The name of a vocabulary, or a site that has articles. */
  private static final Pattern TO_READ =
      Pattern.compile(
          "(?i)https?://(?:(?:blogs?|wiki|forums?|community|support|help|learn|schemas?|xmlns)\\.\\S"
              + "|(?:www\\.)?(?:springframework\\.org/schema|java\\.sun\\.com/xml|xmlns\\.jcp\\.org|jakarta\\.ee/xml|maven\\.apache\\.org|json-schema\\.org|apache\\.org/licenses))");

  /** Words in front of what somebody has read. */
  private static final String READ =
      "(?i)\\b(?:follow(?:ed|ing)?|tutorials?|articles?|according to|docs|documentation|guides?|see also|blog(?: ?posts?)?|threads?|xmlns(?::[a-z]{1,10})?=|schemalocation=|screenshots?)[^.\\n]{0,40}";

  /** Where a person came from, or another page. */
  private static final String VISITED =
      "(?i)\\b(?:pages?|website|front-?end|demo|(?:came|coming|comes|redirected|linked) from)(?: is| at| on|:)? ?[`'\"(<]?";

  /**
   * What a header has: the page, or where a server leads, and not what was asked; or an entry of an
   * object that says of each origin whether it may ask.
   */
  private static final Pattern VALUE_OF_HEADER =
      Pattern.compile(
          "(?i)\\b(?:access-control-allow-origin|(?<!from )origin|referr?er|location)['\"’”`]?[\\s:=,(]{1,4}['\"‘“`]?"
              + "https?://[^\\s'\"’”`<>]{1,500}"
              + "|['\"`]https?://[^\\s'\"`<>]{1,200}['\"`]\\s{0,3}:\\s{0,3}(?:1|true)\\b");

  /** What is left of Chrome's "Access to fetch at" if its first words are missing. */
  private static final Pattern BEFORE_ORIGIN =
      Pattern.compile("['\"‘“`](https?://[^'\"’”`\\n]{1,500})['\"’”`] from origin ");

  /** What a library writes in front of the browser's own words. */
  private static final Pattern BEFORE_FAILURE =
      Pattern.compile(
          "(?i)(https?://[^\\s'\"`<>]{3,500}?)['\"]?[:.,]?[ \\t]{1,3}(?:<no response> )?(?:TypeError: )?(?:failed to fetch|networkerror|load failed|network error)");

  /** The messages that often name none. */
  private static final List<String> WITHOUT_URL =
      List.of("ACAO_MISSING", "REASON_MISSING", "HIDDEN", "PREFLIGHT_STATUS", "HEADER_NOT_ALLOWED");

  /** Which request a server's log is about. */
  private static final Pattern ASKED =
      Pattern.compile("(?i)\\brequest starting http/[0-9.]{1,3} [a-z]{3,7} (https?://\\S{1,2000})");

  /** A URL that a page has. */
  private static final Pattern OF_PAGE =
      Pattern.compile("(?i)https?://[^/]{1,300}/?|[^?#]{1,2000}(?:/|\\.html?)(?:[?#].*)?");

  private final String text;
  private final boolean listsOrigins;
  private final List<String> ofCode;
  private final List<String> ofText;

  /**
   * @param listsOrigins whether the paste has a server's list of origins: any URL may be one of
   *     them
   */
  PastedUrl(String text, boolean listsOrigins) {
    this.text = text;
    this.listsOrigins = listsOrigins;
    ofCode =
        CODE.matcher(text)
            .results()
            .map(url -> Paste.withoutPunctuation(url.group(1)))
            .filter(url -> !AskedUrl.isReference(url))
            .toList();
    ofText =
        URL.matcher(withoutHeaders(text))
            .results()
            .map(url -> Paste.withoutPunctuation(url.group()))
            .filter(url -> !AskedUrl.isReference(url) && !SCRIPT.matcher(url).find())
            .filter(url -> !NO_ADDRESS.matcher(url).find() && !TO_READ.matcher(url).lookingAt())
            .filter(url -> !isReadOf(url))
            .toList();
  }

  private boolean isReadOf(String url) {
    String quoted = Pattern.quote(url);
    return Pattern.compile(READ + quoted + "|" + VISITED + quoted).matcher(text).find();
  }

  String beforeOrigin() {
    return first(BEFORE_ORIGIN);
  }

  String beforeFailure() {
    String url = first(BEFORE_FAILURE);
    // A link to a page about the error.
    return url.contains("#") || AskedUrl.isReference(url) ? "" : url;
  }

  String ofLog() {
    return first(ASKED);
  }

  /** The one server that the code in a paste asks; empty if there is none, or more. */
  String ofCode(String code, String origin) {
    if (!WITHOUT_URL.contains(code) && !code.equals("EVENT_STREAM")) {
      return "";
    }
    List<String> servers = ofCode.stream().map(AskedUrl::origin).distinct().toList();
    return servers.size() == 1 && servers.get(0).startsWith(origin) ? ofCode.get(0) : "";
  }

  /** Where a message names the page alone: the one other server that the text speaks of. */
  String other(Finding complaint) {
    String page = complaint.get("origin");
    boolean hidden = complaint.sentence().code().equals("HIDDEN");
    boolean needsOne = WITHOUT_URL.contains(complaint.sentence().code());
    if (!needsOne || !complaint.get("target").isEmpty() || listsOrigins) {
      return "";
    }
    List<String> urls =
        ofText.stream().filter(url -> !AskedUrl.origin(url).equalsIgnoreCase(page)).toList();
    List<String> servers = urls.stream().map(AskedUrl::origin).distinct().toList();
    // A script's own error names neither: a URL of this machine is then that of a server.
    boolean told =
        page.startsWith("http")
            || hidden && servers.stream().allMatch(PastedUrl::isLocal)
            || urls.stream().allMatch(PastedUrl::isService);
    return told && servers.size() == 1 ? urls.get(0) : "";
  }

  /** The same text without the URLs that its headers have. */
  static String withoutHeaders(String text) {
    return VALUE_OF_HEADER.matcher(text).replaceAll(" ");
  }

  /** A page is at a store as well, and files of code are shown by a link. */
  private static boolean isService(String url) {
    return ConsoleMessage.isOfService(url)
        && !OF_PAGE.matcher(url).matches()
        && !AskedUrl.origin(url).equals("https://github.com");
  }

  static boolean isLocal(String origin) {
    return Destination.at(origin).filter(place -> PrivateHost.isLocal(place.host())).isPresent();
  }

  private String first(Pattern pattern) {
    Matcher found = pattern.matcher(text);
    return found.find() ? found.group(1) : "";
  }
}
