package dev.crosswalk.cors.cli.explain.console;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.address.Destination;
import dev.crosswalk.cors.cli.explain.address.SentOrigin;
import dev.crosswalk.cors.cli.explain.lists.TriedOrigin;
import dev.crosswalk.cors.cli.explain.paste.Paste;
import dev.crosswalk.cors.cli.explain.settings.Settings;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Origin;
import dev.crosswalk.cors.tck.url.Url;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where a paste says that the page is, beside the message: in words, in a stack, in settings. */
final class PastedPage {

  /** A page that is a file, in a stack or in words. */
  private static final Pattern FILE_PAGE =
      Pattern.compile("(?i)file://[^\\s\"'`<>()]{0,300}?(?=[\\s\"'`<>()]|:[0-9]+|$)");

  /** Where somebody says in which page it happens, or pastes the head of the request. */
  private static final Pattern PAGE =
      Pattern.compile(
          "(?i)(?:(?<!allow-)(?<!supplied )\\b(?:page(?!\\.route\\()|(?<!cross-)(?<!same-)site|website|app|frontend|front-end|(?<!rest-)(?<!rest\\.)(?<!http-)(?<!http\\.)(?<!feign\\.)(?<!oauth2\\.)client|origin|referer|seite|página"
              + "|pagina|sitio|(?<=\\bi )am (?:at|on)(?= https?:))\\b|страниц|сайт|页面|ページ|페이지)(?:(?!request|call|fetch|load|server|==|\\bapi\\b|\\bto\\b|backend)[^\\n:/\\\\]){0,40}"
              + "(?:\\s{0,3}|:[*\\s]{0,3}(?:(?:runs?|running|served|hosted|deployed|is|on|at)\\s){0,3}[`'\"<(]?)"
              + "(https?://[a-z0-9.\\[\\]:-]{1,200}+)(?!…)");

  /** Where a person says at which port of this machine the page is. */
  private static final Pattern AT_PORT =
      Pattern.compile(
          "(?iU)(?:\\b(?:page|site|app|front-?end|front|client|ui|react|angular|vue|svelte|vite|next(?:\\.js)?)\\b|фронт(?:енд)?|клиент|страниц\\p{L}{0,2}|前端|页面|フロント)"
              + "(?:(?!\\b(?:server|api|back-?end|requests?|calls?|fetch\\p{L}{0,3}|asks?|proxy|proxies|to|flask|django|fastapi|express|spring|node|laravel|rails|go)\\b)[^\\n.;:/\\\\]){0,30}?"
              + "(?<![\\w/.-])(?:(?:localhost|127\\.0\\.0\\.1):|(?:port|порту?|端口|ポート):? ?|on (?=[3-9][0-9]{3}\\b))([0-9]{4,5})(?![\\w.:]*[\\w])");

  /** What no website can have as its origin, and what a WebView has for one. */
  private static final Pattern OF_APP =
      Pattern.compile(
          "(?i)(?<![\\w/:.-])((?:capacitor|ionic|tauri|app|wails)://(?:[a-z0-9.-]{0,80}[a-z0-9.])?|https?://(?:tauri\\.localhost|ionic\\.local))(?![\\w/:*-])");

  private static final Pattern ORIGIN_OF_WEBVIEW =
      Pattern.compile(
          "(?i)(?<!-)\\borigins?\\b(?!['\"]? header)[^\\n/]{0,20}[\\s:=`'\"‘“]{1,3}(https?://localhost)(?![:\\w/.-])");

  /** What is left of Chrome's "from origin" if somebody has cut off what stands before it. */
  private static final Pattern BLOCKED =
      Pattern.compile(
          "(?<!\\bat )['\"‘“`](https?://[^\\s/'\"’”`]{1,200})['\"’”`] has been blocked by CORS policy");

  /** What is behind the host where that is an API, and no page. */
  private static final Pattern ENDPOINT =
      Pattern.compile(
          "(?i)/(?:[^\\s\"'`<>?#/]{1,100}/){0,6}(?:exec|api|graphql|v[0-9])(?![a-z0-9.-])");

  /** A path of which nobody knows whether a page is there. */
  private static final Pattern PATH = Pattern.compile("/(?![\\w/.-]*\\.html?)\\w");

  /** Where a person says where the page is. */
  private static final Pattern RUNS =
      Pattern.compile(
          "(?i)\\b(?:at|on|under|from)\\W{1,4}https?://|^(?:page|site|website|app|front-?end)\\b[^\\n:]{0,10}\\bis\\W{1,4}https?://");

  /** Where somebody says that the request does not leave the page's origin. */
  private static final Pattern SAME_ORIGIN =
      Pattern.compile("(?i)same[- ]origin(?![- ]*policy)|not (?:a )?cross[- ]origin");

  /** Where the page is, in the words of a report. */
  private static final Pattern OPEN_PAGE =
      Pattern.compile(
          "(?i)\\b(?:url|address bar|page(?!\\.route\\()|site|open(?:ed)?(?: it)? at)\\b[^\\n/]{0,20}(https?://[a-z0-9.\\[\\]:-]{1,200})");

  /** A name of this machine, or a number of it, without a scheme. */
  private static final String MACHINE =
      "(?:localhost|(?:[0-9]{1,3}\\.){3}[0-9]{1,3}|\\[::1?])(?::[0-9]{2,5})?(?![\\w.:-]*\\w)";

  /** Where a person says to have opened it. */
  private static final Pattern OPENED =
      Pattern.compile(
          "(?i)\\b(?:open(?:s|ed|ing)?|access(?:ed|ing)?(?!-)|address bar|reach(?:ed|ing)?|brows(?:e|ed|ing)|go(?:ing)?|went|visit(?:ed|ing)?|navigat(?:e|ed|ing)|live[ -]server|in (?:the|my) browser)\\b"
              + "(?:(?!\\b(?:api|server(?! \\()|back-?end|endpoint|curl|postman|calls?|requests?|fetch|get|post|docs)\\b)(?:[^\\n/:.]|\\.html?\\b)){0,40}?[:\\s(`'\"]{1,3}(https?://[a-z0-9.\\[\\]:-]{1,200}|"
              + MACHINE
              + ")");

  /** What a development server prints when it starts. */
  private static final Pattern STARTED =
      Pattern.compile(
          "(?im)(?:^[^\\n\\w]{0,8}local(?: address)?:[ \\t]{1,20}|\\bopen your browser on |\\bstarted server on [^\\n]{3,40} url: )(https?://[a-z0-9.\\[\\]:-]{3,80})");

  /** The command by which the page is served, and its port. */
  private static final Pattern SERVED =
      Pattern.compile(
          "(?i)\\b(?:next (?:dev|start)|vite(?: (?:dev|preview))?|ng serve|vue-cli-service serve|nuxt dev|astro dev|gatsby develop|live-server|http-server|http\\.server|(?:bun|npm|yarn|pnpm)(?: run)? (?:dev|start))\\b(?: -- )?[^\\n\"',&|;]{0,40}?(?:--port[= ]|-p ?|http\\.server )([0-9]{4,5})\\b"
              + "|\\bport=([0-9]{4,5}) {1,3}(?:react-scripts|next|vite|npm|yarn)\\b"
              + "|\\b(?:devserver|defineconfig\\([^;]{0,400}?\\bserver)[\"']?\\s?[:=]\\s?\\{[^{}]{0,200}?\\bport[\"']?\\s?:\\s?([0-9]{4,5})\\b");

  /** A person uses this name of the machine, and tells no port. */
  private static final Pattern USED_NAME =
      Pattern.compile(
          "(?im)^(?![*<>$#])[^\\n{}=;]{0,80}\\b(?:us(?:e|ed|ing)|open(?:ed|ing)?|visit(?:ed|ing)?|access(?:ed|ing)?|typed|brows(?:e|ed|ing))(?: the| it| page| with| at| on| by| via| from| to| only)* [`'\"]?(localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0)(?![\\w:/.-]*\\w)");

  private final String text;
  private final Settings settings;
  private final Set<String> allowed;

  /**
   * @param allowed the origins that the server's own lists name, none of which is told as the page
   */
  PastedPage(String text, Settings settings, Set<String> allowed) {
    this.text = SentOrigin.withoutOverwritten(text);
    this.settings = settings;
    this.allowed = allowed;
  }

  /** The file that the page is, or an empty text. */
  String file() {
    Matcher file = FILE_PAGE.matcher(text);
    return file.find() ? Paste.withoutPunctuation(file.group()) : "";
  }

  /** The page that the message itself names. */
  static String named(Finding complaint) {
    String page = complaint.get("page");
    return page.startsWith("http") ? AskedUrl.origin(page) : "";
  }

  /** Where a person says to have opened the page, and the message does not tell what was sent. */
  String opened(Finding complaint) {
    if (!complaint.get("seen").isEmpty()
        || !complaint.get("origin").isEmpty()
        || complaint.sentence().code().equals("HOST_CHECK")) {
      return "";
    }
    String opened = opened();
    return opened.isEmpty() ? settings.elsewhere(text).orElse("") : opened;
  }

  /** The first address that a person has opened; one without a scheme is served without TLS. */
  private String opened() {
    Matcher opened = OPENED.matcher(text);
    return opened.find() ? withScheme(Paste.withoutPunctuation(opened.group(1))) : "";
  }

  private static String withScheme(String address) {
    return address.contains("://") ? address : "http://" + address;
  }

  /** The page that somebody has opened, and that no message names. */
  private String openedHere(Finding complaint) {
    String opened = opened();
    if (opened.isEmpty()
        || AskedUrl.origin(complaint.get("url")).equals(opened)
        || complaint.get("value").equals(opened)) {
      return otherName();
    }
    Matcher path = PATH.matcher(text).region(text.indexOf(opened) + opened.length(), text.length());
    boolean page =
        Destination.isOfNetwork(opened)
            ? opened.matches(".*:[0-9]{2,5}")
                && !ENDPOINT.matcher(text).region(path.regionStart(), text.length()).lookingAt()
            : !path.lookingAt() && isOfSite(opened, complaint.get("url"));
    return page ? opened : otherName();
  }

  /** Whether it is of the site of the server, or of a page that its list has. */
  private boolean isOfSite(String opened, String asked) {
    Optional<Url> page = Url.parse(opened).filter(each -> each.host() != null);
    return !AskedUrl.isReference(opened)
        && !opened.contains("//api.")
        && Stream.concat(Stream.of(asked), allowed.stream())
            .flatMap(each -> Url.parse(each).filter(url -> url.host() != null).stream())
            .anyMatch(
                each ->
                    page.filter(
                            at ->
                                at.origin()
                                    .isSchemelesslySameSite(
                                        each.origin(), Origin.SOME_PUBLIC_SUFFIXES))
                        .isPresent());
  }

  /** The Origin of a command by the other name of the machine, which the person uses. */
  private String otherName() {
    Optional<String> command = SentOrigin.ofCommand(text);
    Matcher used = USED_NAME.matcher(text);
    if (command.isEmpty() || !used.find()) {
      return "";
    }
    String origin = command.get();
    String port = origin.replaceFirst("^.*?(?=:[0-9]+$|$)", "");
    String other = origin.substring(0, origin.indexOf("://") + 3) + used.group(1) + port;
    return Destination.isLoopback(origin) && !other.equals(origin) ? other : "";
  }

  /** Where a development server, or the command that starts it, says that it serves the page. */
  private String served(Finding complaint) {
    String asked = AskedUrl.origin(complaint.get("url"));
    List<String> started =
        Stream.concat(
                STARTED.matcher(text).results().map(found -> found.group(1)),
                SERVED
                    .matcher(text)
                    .results()
                    .map(
                        found ->
                            "http://localhost:"
                                + Stream.of(1, 2, 3)
                                    .map(found::group)
                                    .filter(Objects::nonNull)
                                    .findFirst()
                                    .orElseThrow()))
            .map(AskedUrl::origin)
            .filter(each -> !each.equals(asked))
            .distinct()
            .limit(2)
            .toList();
    return started.size() == 1 ? started.get(0) : "";
  }

  /** Safari speaks of access control, too, where a request to the page's own origin fails. */
  boolean isAtServer(Finding complaint) {
    String origin = AskedUrl.origin(complaint.get("url"));
    if (!complaint.sentence().code().equals("HIDDEN")
        || !complaint.sentence().whose().contains("Safari")
        || origin.isEmpty()) {
      return false;
    }
    return SAME_ORIGIN.matcher(text).find()
        || OPEN_PAGE
            .matcher(text)
            .results()
            .anyMatch(page -> Paste.withoutPunctuation(page.group(1)).equalsIgnoreCase(origin));
  }

  /** The page's origin, where the message does not name it and one other text does. */
  String origin(Finding complaint) {
    Matcher blocked = BLOCKED.matcher(text);
    if (blocked.find()) {
      return blocked.group(1);
    }
    String opened = openedHere(complaint);
    if (!opened.isEmpty()) {
      return opened;
    }
    Matcher pages = PAGE.matcher(text);
    while (pages.find()) {
      String origin = Paste.withoutPunctuation(pages.group(1));
      // A list of origins is the server's, and names no page.
      boolean ofList =
          !RUNS.matcher(pages.group()).find()
              && allowed.stream()
                  .anyMatch(each -> each.startsWith(origin.toLowerCase(Locale.ROOT)));
      if (!ofList
          && !AskedUrl.isReference(origin + text.substring(pages.end()).split("\\s", 2)[0])
          && !ENDPOINT.matcher(text).region(pages.end(), text.length()).lookingAt()
          && !complaint.get("url").startsWith(origin)
          && !complaint.get("value").equals(origin)) {
        return origin;
      }
    }
    String app = allowed.isEmpty() ? ofApp(complaint) : "";
    return Stream.<Supplier<String>>of(
            () -> app, () -> atPort(complaint), () -> tried(complaint), () -> served(complaint))
        .map(Supplier::get)
        .filter(each -> !each.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** Who tries an address in a list of origins means the page's. */
  private String tried(Finding complaint) {
    return TriedOrigin.in(Bytes.lowerCase(text))
        .map(AskedUrl::origin)
        .filter(origin -> !Bytes.lowerCase(complaint.get("url")).startsWith(origin))
        .orElse("");
  }

  /** The page's origin, of which a person tells the port, and which is on the server's machine. */
  private String atPort(Finding complaint) {
    String asked =
        complaint.get("url").isEmpty() ? listedHere() : AskedUrl.origin(complaint.get("url"));
    return Destination.isLoopback(asked)
        ? AT_PORT
            .matcher(text)
            .results()
            .map(found -> asked.replaceFirst(":[0-9]{1,5}$", "") + ":" + found.group(1))
            .filter(origin -> !origin.equals(asked))
            .findFirst()
            .orElse("")
        : "";
  }

  /** The one name of this machine that the server's lists have; empty if there is none, or more. */
  private String listedHere() {
    List<String> names =
        allowed.stream()
            .filter(Destination::isLoopback)
            .map(each -> each.replaceFirst("(?<=\\w|]):[0-9]+/?$", ""))
            .distinct()
            .toList();
    return names.size() == 1 ? names.get(0) : "";
  }

  /** The origin of an app's page, which a person may name anywhere. */
  private String ofApp(Finding complaint) {
    return Stream.of(OF_APP, ORIGIN_OF_WEBVIEW)
        .flatMap(pattern -> pattern.matcher(text).results())
        .map(found -> found.group(1))
        .filter(origin -> !complaint.get("url").startsWith(origin))
        .filter(origin -> !complaint.get("value").equals(origin))
        .findFirst()
        .orElse("");
  }
}
