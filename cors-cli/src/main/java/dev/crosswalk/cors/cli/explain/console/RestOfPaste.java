package dev.crosswalk.cors.cli.explain.console;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.address.Destination;
import dev.crosswalk.cors.cli.explain.address.OriginComparison;
import dev.crosswalk.cors.cli.explain.meaning.ConsoleMessage;
import dev.crosswalk.cors.cli.explain.meaning.OriginCheck;
import dev.crosswalk.cors.cli.explain.meaning.SettingsAdvice;
import dev.crosswalk.cors.cli.explain.meaning.Signs;
import dev.crosswalk.cors.cli.explain.paste.Paste;
import dev.crosswalk.cors.cli.explain.settings.AllowList;
import dev.crosswalk.cors.cli.explain.settings.DevelopmentProxy;
import dev.crosswalk.cors.cli.explain.settings.PageCalls;
import dev.crosswalk.cors.cli.explain.settings.PageRequest;
import dev.crosswalk.cors.cli.explain.settings.Settings;
import dev.crosswalk.cors.cli.explain.settings.ToldSetting;
import dev.crosswalk.cors.cli.remedy.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the rest of a paste tells of the request that a message complains of: its method and status,
 * the page, and the lists of the server.
 */
final class RestOfPaste {

  /** A page that is a file, in a stack or in words. */
  private static final Pattern FILE_PAGE =
      Pattern.compile("(?i)file://[^\\s\"'`<>()]{0,300}?(?=[\\s\"'`<>()]|:[0-9]+|$)");

  /** Where somebody says in which page it happens, or pastes the head of the request. */
  private static final Pattern PAGE =
      Pattern.compile(
          "(?i)(?:(?<!allow-)\\b(?:page(?!\\.route\\()|site|website|app|frontend|front-end|client|origin|referer|seite|página"
              + "|pagina|sitio)\\b|страниц|сайт|页面|ページ|페이지)(?:(?!request|call|fetch|load|server|==|\\bapi\\b|\\bto\\b|backend)[^\\n:/]){0,40}"
              + "(?:\\s{0,3}|:[*\\s]{0,3}(?:(?:runs?|running|served|hosted|deployed|is|on|at)\\s){0,3}[`'\"<(]?)"
              + "(https?://[a-z0-9.\\[\\]:-]{1,200})");

  /** What is behind the host where that is an API, and no page. */
  private static final Pattern ENDPOINT =
      Pattern.compile(
          "(?i)/(?:[^\\s\"'`<>?#/]{1,100}/){0,6}(?:exec|api|graphql|v[0-9])(?![a-z0-9.-])");

  /** Where a person says where the page is. */
  private static final Pattern RUNS =
      Pattern.compile("(?i)\\b(?:at|on|under|from)\\W{1,4}https?://");

  /** Where somebody says that the request does not leave the page's origin. */
  private static final Pattern SAME_ORIGIN =
      Pattern.compile("(?i)same[- ]origin(?![- ]*policy)|not (?:a )?cross[- ]origin");

  /** An origin that somebody gives to curl, so that there is no page. */
  private static final Pattern ORIGIN_OF_COMMAND =
      Pattern.compile("(?i)-(?:H|-header)[ =]{1,3}['\"]?origin:");

  /** Where the page is, in the words of a report. */
  private static final Pattern OPEN_PAGE =
      Pattern.compile(
          "(?i)\\b(?:url|page(?!\\.route\\()|site|open(?:ed)?(?: it)? at)\\b[^\\n/]{0,20}(https?://[a-z0-9.\\[\\]:-]{1,200})");

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

  /** What is left of Chrome's "Access to fetch at" if its first words are missing. */
  private static final Pattern BEFORE_ORIGIN =
      Pattern.compile("['\"‘“`](https?://[^'\"’”`\\n]{1,500})['\"’”`] from origin ");

  private static final List<String> WITHOUT_URL =
      List.of("ACAO_MISSING", "REASON_MISSING", "HIDDEN", "PREFLIGHT_STATUS", "HEADER_NOT_ALLOWED");

  /** Which request a server's log is about. */
  private static final Pattern ASKED =
      Pattern.compile("(?i)\\brequest starting http/[0-9.]{1,3} [a-z]{3,7} (https?://\\S{1,2000})");

  /** Somebody has asked by another program than a browser, which sends what it is told to. */
  private static final Pattern BY_HAND =
      Pattern.compile(
          "(?i)postmanruntime/|\\bcurl/[0-9]|\\bi(?:'m| am)? (?:use|used|using) {1,3}(?:postman|curl|insomnia)\\b"
              + "|\\boptions\\b[^.\\n]{0,60}(?<!works |working |fine )\\b(?:with|in|from|using|via|by) (?:postman|curl|insomnia|httpie)\\b"
              + "|\\bcurl\\b[^\\n]{0,80}(?:-x|--request) ?options\\b");

  /** What a browser has said, or a preflight has. */
  private static final Pattern OF_BROWSER =
      Pattern.compile(
          "(?i)access-control-request-method|mozilla/[0-9]|\\bblocked\\b"
              + "|\\b(?:in|issued by|sent by) (?:the |my |a )?browser");

  private static final Pattern ALLOWED_NAMES =
      Pattern.compile(
          "(?i)access-control-allow-(headers|methods)['\"]?\\s?[:,=]\\s?['\"]?([^\\n'\")]{1,2000})");

  private final Paste paste;
  private final List<NetworkLine> lines;
  private final String text;
  private final String active;
  private final Settings settings;
  private final Set<String> origins;
  private final PageCalls calls;
  private @Nullable String inWords;

  RestOfPaste(Paste paste) {
    this.paste = paste;
    text = paste.cut(0, paste.length());
    active = paste.active().cut(0, paste.active().length());
    lines = NetworkLine.in(text);
    settings = Settings.in(text, active);
    origins = AllowList.of(AllowList.Kind.ORIGINS, text.toLowerCase(Locale.ROOT)).values();
    calls = new PageCalls(active, Signs.has("server", paste.whole()));
  }

  /**
   * Fills in what the rest of the paste tells. The status is filled in only for complaints about
   * CORS headers: only those are certainly about that response.
   */
  Finding told(Finding found) {
    Finding complaint =
        isByHand(found, paste.whole()) ? found.as("NOT_A_PREFLIGHT", Sentences.REASON) : found;
    boolean compares = OriginCheck.isOf(complaint.sentence().whose(), complaint.sentence().code());
    // In a configuration, ORIGIN is what the program takes for its own.
    boolean configured = text.contains("ORIGIN=");
    if (compares
        && !configured
        && complaint.get("origin").isEmpty()
        && complaint.get("seen").isEmpty()) {
      for (var value : Refusal.values(complaint.sentence().code(), paste.plain()).entrySet()) {
        complaint = complaint.filled(value.getKey(), value.getValue());
      }
    }
    String code = complaint.sentence().code();
    boolean preflight = complaint.values().containsKey("preflight") || code.startsWith("PREFLIGHT");
    Map<String, String> told = NetworkLine.about(complaint.get("url"), preflight, lines);
    boolean ofAnswer = code.startsWith("ACA") || code.equals("PREFLIGHT_STATUS");
    PageRequest request = calls.about(complaint.get("url"));
    Matcher file = FILE_PAGE.matcher(text);
    Finding named =
        complaint
            // A server has to allow PATCH, however the script writes it.
            .filled(
                "method", told.getOrDefault("method", request.method().toUpperCase(Locale.ROOT)))
            .filled("paste", paste.whole())
            .filled("commented", paste.commentedOut().cors() ? "true" : "")
            .filled("proxyCommented", isProxyCommentedOut() ? "true" : "")
            .filled("setting", settings.name(code).orElse(""))
            .filled("settings", settings.names())
            .filled("base", AskedUrl.setting(complaint.get("url"), active))
            .filled("page", file.find() ? Paste.withoutPunctuation(file.group()) : "")
            .filled("origin", ofPage(complaint))
            .filled("origin", compares || code.equals("CSRF_REFUSED") ? opened(complaint) : "")
            .filled("value", allowedNames(code, complaint.get("subject")))
            .filled("url", code.startsWith("ACA") ? first(BEFORE_ORIGIN, text) : "")
            .filled(
                "url", code.equals("SERVER_REFUSES") ? first(ASKED, text) : ofCode(text, code, ""));
    named = named.filled("url", isAlone(named, code) ? otherUrl(named) : "");
    // Older versions of Chrome name the origin of a font or a script alone.
    String origin = complaint.get("url");
    boolean whole = !origin.isEmpty() && AskedUrl.origin(origin).equals(origin);
    named = whole ? named.with("url", ofCode(text, code, origin)) : named;
    named =
        named.filled(
            "origin",
            sameOrigin(named, text) ? AskedUrl.origin(named.get("url")) : page(complaint));
    for (var value : request.values().entrySet()) {
      named = named.filled(value.getKey(), value.getValue());
    }
    named = withSettings(named);
    String status = told.getOrDefault("status", "");
    return ofAnswer
        ? named
            .with("status", status)
            .filled(
                "status",
                code.equals("PREFLIGHT_STATUS")
                    ? StatusInWords.ofPreflight(text)
                    : preflight ? "" : inWords())
        : named.filled(
            "status", code.equals("ERROR_PAGE") ? StatusInWords.ofBody(paste.whole()) : "");
  }

  /** Whether the proxy of the development server is, and there is no other one. */
  private boolean isProxyCommentedOut() {
    return paste.commentedOut().proxy() && DevelopmentProxy.in(active).isEmpty();
  }

  /** With what the settings in the paste tell of it. */
  private Finding withSettings(Finding complaint) {
    Optional<Finding> settled = settled(complaint);
    if (settled.isPresent()) {
      return settled.get();
    }
    boolean known =
        complaint.sentence().code().equals("HOST_CHECK")
            || !complaint.get("seen").isEmpty()
            || !complaint.get("origin").isEmpty();
    Map<String, String> values = new HashMap<>(complaint.values());
    if (!known) {
      values.remove("url");
    }
    values.computeIfPresent("origin", (name, origin) -> ConsoleMessage.origin(origin));
    Optional<ToldSetting> told =
        settings.told(complaint.sentence().code(), OriginComparison.of(values));
    return told.map(each -> complaint.filled(each.holes())).orElse(complaint);
  }

  /** What a setting has, a server sends, or a page asks. */
  private Optional<Finding> settled(Finding complaint) {
    String origin = ConsoleMessage.origin(complaint.get("origin"));
    String value = Paste.unquoted(complaint.get("value"));
    if (isSent(complaint.sentence().code(), value, new OriginComparison(origin, value))) {
      return settings
          .withOnly(value, origin)
          .map(
              name ->
                  complaint.filled(
                      new ToldSetting(
                              Topic.SETTING.advice(
                                  name
                                      + " in the paste has "
                                      + value
                                      + ", and the server sends that: write "
                                      + (origin.isEmpty() ? "the page's origin" : origin)
                                      + " there, and restart the program."),
                              name,
                              "",
                              false)
                          .holes()));
    }
    if (!OF_ADDRESS.contains(complaint.sentence().code())
        || !origin.matches("https?://.*")
        || ORIGIN_OF_COMMAND.matcher(text).find()
        || !Destination.isLoopback(complaint.get("url"))
        || Destination.isLoopback(origin)) {
      return Optional.empty();
    }
    String asked = AskedUrl.origin(complaint.get("url"));
    String words =
        "The page is at "
            + origin
            + ", and asks "
            + asked
            + ", which is the visitor's own machine. If the server is not there: "
            + settings
                .with(asked)
                .map(name -> name + " in the paste has that address. Write")
                .orElse("write into the page's setting for the API (or the program's public URL)")
            + " the address at which a browser reaches the server, and rebuild or restart it.";
    Finding visited =
        complaint.filled(new ToldSetting(Topic.SETTING.advice(words), "", "", true).holes());
    return Optional.of(isLocal(origin) ? visited : visited.with(SettingsAdvice.AS_WELL, "true"));
  }

  /** Whether the header has a value that is meant to be the page's origin. */
  private static boolean isSent(String code, String value, OriginComparison compared) {
    String host = value.replaceFirst("/$", "");
    return code.equals("ACAO_MISMATCH")
            && value.contains(":")
            && (compared.seen().isEmpty() || compared.part() != OriginComparison.Part.UNKNOWN)
        || code.equals("ACAO_INVALID")
            && !value.isEmpty()
            && List.of(compared.seen(), compared.seenHost(), compared.seenName()).contains(host);
  }

  private static final List<String> OF_ADDRESS =
      List.of("ACAO_MISSING", "REASON_MISSING", "HIDDEN", "NETWORK");

  /** OPTIONS that is not a preflight: no browser sent it, and it lacks what a browser sends. */
  private static boolean isByHand(Finding complaint, String text) {
    boolean ofServer =
        complaint.isOfLog()
            || complaint.sentence().whose().startsWith("a description")
            || complaint.sentence().code().equals("OPTIONS_NOT_ROUTED")
                && !complaint.sentence().whose().equals("CouchDB");
    return ofServer
        && List.of("PREFLIGHT_STATUS", "OPTIONS_NOT_ROUTED").contains(complaint.sentence().code())
        && BY_HAND.matcher(text).find()
        && !OF_BROWSER.matcher(text).find();
  }

  private String inWords() {
    if (inWords == null) {
      inWords = StatusInWords.ofError(text);
    }
    return inWords;
  }

  /** The one server that the code in a paste asks; empty if there is none, or more. */
  private static String ofCode(String text, String code, String origin) {
    if (!WITHOUT_URL.contains(code)) {
      return "";
    }
    List<String> urls =
        CODE.matcher(text).results().map(url -> Paste.withoutPunctuation(url.group(1))).toList();
    List<String> servers = urls.stream().map(AskedUrl::origin).distinct().toList();
    return servers.size() == 1 && servers.get(0).startsWith(origin) ? urls.get(0) : "";
  }

  private static boolean isAlone(Finding complaint, String code) {
    return WITHOUT_URL.contains(code) && complaint.get("target").isEmpty();
  }

  /** Where a message names the page alone: the one other server that the text speaks of. */
  private String otherUrl(Finding complaint) {
    String page = complaint.get("origin");
    boolean hidden = complaint.sentence().code().equals("HIDDEN");
    if (!origins.isEmpty()) {
      return "";
    }
    List<String> urls =
        URL.matcher(text)
            .results()
            .map(url -> Paste.withoutPunctuation(url.group()))
            .filter(url -> !AskedUrl.origin(url).equalsIgnoreCase(page))
            .filter(url -> !AskedUrl.isReference(url) && !SCRIPT.matcher(url).find())
            .toList();
    List<String> servers = urls.stream().map(AskedUrl::origin).distinct().toList();
    // A script's own error names neither: a URL of this machine is then that of a server.
    boolean told =
        page.startsWith("http")
            || hidden && servers.stream().allMatch(RestOfPaste::isLocal)
            || urls.stream().allMatch(RestOfPaste::isService);
    return told && servers.size() == 1 ? urls.get(0) : "";
  }

  /** A page is at a store as well, and files of code are shown by a link. */
  private static boolean isService(String url) {
    return ConsoleMessage.isOfService(url)
        && !OF_PAGE.matcher(url).matches()
        && !AskedUrl.origin(url).equals("https://github.com");
  }

  private static final Pattern OF_PAGE =
      Pattern.compile("(?i)https?://[^/]{1,300}/?|[^?#]{1,2000}(?:/|\\.html?)(?:[?#].*)?");

  private static boolean isLocal(String origin) {
    return Destination.at(origin).filter(place -> Destination.isLocal(place.host())).isPresent();
  }

  /** The page that the message itself names. */
  private static String ofPage(Finding complaint) {
    String page = complaint.get("page");
    return page.startsWith("http") ? AskedUrl.origin(page) : "";
  }

  /** Where a person says to have opened the page, and the message does not tell what was sent. */
  private String opened(Finding complaint) {
    if (!complaint.get("seen").isEmpty()
        || !complaint.get("origin").isEmpty()
        || complaint.sentence().code().equals("HOST_CHECK")) {
      return "";
    }
    String opened = first(OPENED, text);
    return opened.isEmpty()
        ? settings.elsewhere(text).orElse("")
        : Paste.withoutPunctuation(opened);
  }

  private static final Pattern OPENED =
      Pattern.compile(
          "(?i)\\b(?:open(?:ed|ing)?|access(?:ed|ing)?|address bar|reach(?:ed|ing)?|brows(?:e|ed|ing)|go(?:ing)?|went)(?: (?:it|the (?:page|site|app|ui)))?"
              + "(?: (?:at|by|via|under|on|from|through|as|is|to|with)|:)? (https?://[a-z0-9.\\[\\]:-]{1,200})");

  private static String first(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    return found.find() ? found.group(1) : "";
  }

  /** Safari speaks of access control, too, where a request to the page's own origin fails. */
  private static boolean sameOrigin(Finding complaint, String text) {
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

  /** A list that is pasted beside a complaint about it; the one that has the name, if one does. */
  private String allowedNames(String code, String subject) {
    String header =
        switch (code) {
          case "HEADER_NOT_ALLOWED" -> "headers";
          case "METHOD_NOT_ALLOWED" -> "methods";
          default -> "";
        };
    // A script that sends such a list with its request has not got it from the server.
    if (header.isEmpty()
        || Signs.has("page", paste.whole()) && !Signs.has("server", paste.whole())) {
      return "";
    }
    Matcher lists = ALLOWED_NAMES.matcher(active);
    String first = "";
    while (lists.find()) {
      // Behind a star there is only what somebody says of it.
      String list = lists.group(2).strip().replaceFirst("^\\* +(?=[a-z]{2,20} ).*", "*");
      if (lists.group(1).equalsIgnoreCase(header)) {
        first = first.isEmpty() ? list : first;
        if (List.of(list.toLowerCase(Locale.ROOT).split("[, ]+"))
            .contains(subject.toLowerCase(Locale.ROOT))) {
          return list;
        }
      }
    }
    return first;
  }

  /** The page's origin, where the message does not name it and one other text does. */
  private String page(Finding complaint) {
    Matcher pages = PAGE.matcher(text);
    while (pages.find()) {
      String origin = Paste.withoutPunctuation(pages.group(1));
      // A list of origins is the server's, and names no page.
      boolean ofList =
          !RUNS.matcher(pages.group()).find()
              && origins.stream()
                  .anyMatch(each -> each.startsWith(origin.toLowerCase(Locale.ROOT)));
      if (!ofList
          && !ENDPOINT.matcher(text).region(pages.end(), text.length()).lookingAt()
          && !complaint.get("url").startsWith(origin)
          && !complaint.get("value").equals(origin)) {
        return origin;
      }
    }
    return "";
  }
}
