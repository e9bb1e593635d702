package dev.crosswalk.cors.cli.explain.console;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.address.Destination;
import dev.crosswalk.cors.cli.explain.address.OriginComparison;
import dev.crosswalk.cors.cli.explain.address.SentOrigin;
import dev.crosswalk.cors.cli.explain.lists.AllowList;
import dev.crosswalk.cors.cli.explain.lists.ElementLists;
import dev.crosswalk.cors.cli.explain.lists.TwoLists;
import dev.crosswalk.cors.cli.explain.meaning.OriginCheck;
import dev.crosswalk.cors.cli.explain.meaning.Speaker;
import dev.crosswalk.cors.cli.explain.message.ConsoleMessage;
import dev.crosswalk.cors.cli.explain.message.SettingsAdvice;
import dev.crosswalk.cors.cli.explain.page.DevelopmentProxy;
import dev.crosswalk.cors.cli.explain.page.PageCalls;
import dev.crosswalk.cors.cli.explain.page.PageRequest;
import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.explain.paste.Paste;
import dev.crosswalk.cors.cli.explain.paste.WorkingAnswers;
import dev.crosswalk.cors.cli.explain.settings.SettingFinding;
import dev.crosswalk.cors.cli.explain.settings.Settings;
import dev.crosswalk.cors.cli.explain.words.WordSigns;
import dev.crosswalk.cors.cli.remedy.Topic;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the rest of a paste tells of the request that a message complains of: its method and status,
 * the page, and the lists of the server.
 */
final class PastedRequest {

  /** An origin that somebody gives to curl, so that there is no page. */
  private static final Pattern ORIGIN_OF_COMMAND =
      Pattern.compile("(?i)-(?:H|-header)[ =]{1,3}['\"]?origin:");

  /** Somebody has asked by another program than a browser, which sends what it is told to. */
  private static final Pattern BY_HAND =
      Pattern.compile(
          "(?i)postmanruntime/|\\bcurl/[0-9]|\\bi(?:'m| am)? (?:use|used|using) {1,3}(?:postman|curl|insomnia)\\b"
              + "|\\boptions\\b[^.\\n]{0,60}(?<!works |working |fine )\\b(?:with|in|from|using|via|by) (?:postman|curl|insomnia|httpie)\\b"
              + "|\\bcurl\\b[^\\n]{0,80}(?:-x|--request) ?options\\b");

  /** The head of OPTIONS, or a command, that has all of a preflight but Origin. */
  private static final Pattern WITHOUT_ORIGIN =
      Pattern.compile(
          "(?is)\\A(?!.*(?<![\\w-])origin: ?\\S)(?=.*access-control-request-method: ?[a-z])"
              + ".*(?:\\n[> \\t]{0,4}options \\S{1,1000} http/[0-9]|\\bcurl\\b[^\\n]{0,300}(?:-x|--request) ?options\\b)");

  /** What a browser has said, or a preflight has. */
  private static final Pattern OF_BROWSER =
      Pattern.compile(
          "(?i)access-control-request-method|mozilla/[0-9]|\\bblocked\\b"
              + "|\\b(?:in|issued by|sent by) (?:the |my |a )?browser"
              // Code of a page, or a person who speaks of it.
              + "|(?<!node-)\\bfetch\\(|\\baxios\\b|xmlhttprequest|\\$\\.ajax\\(|\\b(?:react|angular|vue|svelte|jquery) (?:app|page|client|component)");

  /**
   * A line of an answer with two values in one header, which is how a proxy or a script joins two.
   */
  private static final Pattern TWO_ORIGINS =
      Pattern.compile(
          "(?im)^[>< \\t]{0,8}access-control-allow-origin: ?((?:\\*|null|https?://[^\\s,]{1,200})(?:, ?(?:\\*|null|https?://[^\\s,]{1,200})){1,3})[ \\t\\r]*$");

  /** The address in the head of a redirect. */
  private static final Pattern LOCATION =
      Pattern.compile(
          "(?im)^[>< \\t]{0,8}location:[ \\t]{0,4}((?:https?://|/)[^\\s\"'`<>]{1,1000})[ \\t\\r]*$");

  private static final Pattern ALLOWED_NAMES =
      Pattern.compile(
          "(?i)access-control-allow-(headers|methods)['\"]?\\s?(?::(?!"
              + PanelText.NO_VALUE
              + ")|[,=])\\s{0,40}(?:['\"]?value['\"]?\\s?[:=]\\s?)?['\"]?([^\\n'\")]{1,2000})");

  private static final Pattern SIGNED =
      Pattern.compile("(?i)[?&](?:x-amz-signature|awsaccesskeyid|x-goog-signature)=");

  /** The bucket itself, and none of its files. */
  private static final Pattern BUCKET =
      Pattern.compile("(?i)https?://[a-z0-9.-]{3,63}\\.s3[a-z0-9.-]{0,40}\\.amazonaws\\.com/?");

  private static final Pattern UPLOAD = Pattern.compile("(?i)upload|formdata|multipart");

  /** With these a person may say which method fails, and the browser does not. */
  private static final List<String> IN_WORDS =
      List.of("REASON_MISSING", "HIDDEN", "METHOD_NOT_ALLOWED", "PREFLIGHT_ALONE", "IE_ACCESS");

  private static final List<String> OF_ADDRESS =
      List.of("ACAO_MISSING", "REASON_MISSING", "HIDDEN", "NETWORK");

  private final Paste paste;
  private final List<NetworkLine> lines;
  private final String text;
  private final String active;
  private final Settings settings;
  private final PastedPage page;
  private final PastedUrl asked;
  private final PageCalls calls;
  private @Nullable String said;

  PastedRequest(Paste paste) {
    this.paste = paste;
    text = paste.cut(0, paste.length());
    active = paste.active().cut(0, paste.active().length());
    lines = NetworkLine.in(WorkingAnswers.in(text).rest());
    settings = Settings.in(text, active);
    Set<String> origins =
        AllowList.of(
                AllowList.Kind.ORIGINS,
                ElementLists.flat(SentOrigin.without(text.toLowerCase(Locale.ROOT))))
            .values();
    page = new PastedPage(text, settings, origins);
    asked = new PastedUrl(text, !origins.isEmpty());
    calls = new PageCalls(active, WordSigns.has("server", paste.whole()));
  }

  /**
   * Fills in what the rest of the paste tells. The status is filled in only for complaints about
   * CORS headers: only those are certainly about that response.
   */
  Finding told(Finding found) {
    Finding complaint =
        isByHand(found, paste.whole().both())
            ? found.as("NOT_A_PREFLIGHT", Sentences.REASON)
            : withTwoOrigins(found);
    boolean compares = OriginCheck.isOf(complaint.sentence().whose(), complaint.sentence().code());
    // In a configuration, ORIGIN is what the program takes for its own.
    boolean configured = text.contains("ORIGIN=");
    if (compares
        && !configured
        && complaint.get("origin").isEmpty()
        && complaint.get("seen").isEmpty()) {
      complaint =
          complaint.filled(ServerRefusal.details(complaint.sentence().code(), paste.plain()));
    }
    String code = complaint.sentence().code();
    if (code.equals("ACAO_MISSING") && NetworkLine.isOfPreflight(complaint.get("url"), lines)) {
      complaint = complaint.filled("preflight", "true");
    }
    boolean preflight = complaint.details().isOfPreflight() || code.startsWith("PREFLIGHT");
    Details told = NetworkLine.about(complaint.get("url"), preflight, lines);
    boolean ofAnswer = code.startsWith("ACA") || code.equals("PREFLIGHT_STATUS");
    String first = complaint.get("initialUrl");
    PageRequest request = calls.about(first.isEmpty() ? complaint.get("url") : first);
    Details preflighted = NetworkLine.asked(text);
    Finding named =
        complaint
            // A server has to allow PATCH, however the script writes it.
            .filled("method", told.get("method", request.method().toUpperCase(Locale.ROOT)))
            .filled(preflighted)
            .filled(
                "method", ofAnswer || IN_WORDS.contains(code) ? MethodInWords.failing(text) : "")
            .filled("method", ofUpload(complaint.get("url"), preflight))
            .filled(
                "target", code.equals("PREFLIGHT_REDIRECT") ? location(complaint.get("url")) : "")
            .in(paste.whole())
            .filled("code", active)
            .filled("commented", paste.commentedOut().cors() ? "true" : "")
            .filled("proxyCommented", isProxyCommentedOut() ? "true" : "")
            .filled("setting", settings.name(code).orElse(""))
            .filled("settings", settings.names())
            .filled("base", AskedUrl.setting(complaint.get("url"), active))
            .filled("page", page.file())
            .filled("origin", PastedPage.named(complaint))
            .filled("origin", compares || code.equals("CSRF_REFUSED") ? page.opened(complaint) : "")
            .filled("value", allowedNames(code, complaint.get("subject")))
            .filled("url", code.startsWith("ACA") ? asked.beforeOrigin() : "")
            .filled("url", code.equals("HIDDEN") ? asked.beforeFailure() : "")
            .filled("url", code.equals("SERVER_REFUSES") ? asked.ofLog() : asked.ofCode(code, ""));
    named = named.filled("url", asked.other(named));
    // Older versions of Chrome name the origin of a font or a script alone.
    String origin = complaint.get("url");
    boolean whole = !origin.isEmpty() && AskedUrl.origin(origin).equals(origin);
    named = whole ? named.with("url", asked.ofCode(code, origin)) : named;
    named =
        named.filled(
            "origin",
            page.isAtServer(named) ? AskedUrl.origin(named.get("url")) : page.origin(named));
    // No browser has named it.
    named =
        complaint.get("origin").isEmpty() ? named.filled("toldPage", named.get("origin")) : named;
    named =
        withSettings(named.filled(request.details()).filled("asks", ofSoap()))
            .filled("said", said());
    if (complaint.details().has(RelatedLines.LATER)) {
      return named;
    }
    String status = told.get("status");
    return ofAnswer
        ? named
            .with("status", status)
            .filled(
                "status",
                preflight ? StatusInWords.ofPreflight(text) : inWords(complaint.get("url")))
        : named.filled(
            "status",
            switch (code) {
              case "ERROR_PAGE" -> StatusInWords.ofBody(paste.whole().both());
              case "BACKEND" -> status.isEmpty() ? StatusInWords.ofGateway(text) : status;
              default -> "";
            });
  }

  /** A file goes by PUT to a signed URL, and by POST, as a form, to the bucket itself. */
  private String ofUpload(String url, boolean preflight) {
    if (preflight && SIGNED.matcher(url).find()) {
      return "PUT";
    }
    return BUCKET.matcher(url).matches() && UPLOAD.matcher(text).find() ? "POST" : "";
  }

  /** A client of SOAP sets two headers by itself. */
  private String ofSoap() {
    return WordSigns.has("page.soap", paste.whole()) ? "soapaction content-type" : "";
  }

  /** Where the one redirect in the text leads, as curl or a network panel shows it. */
  private String location(String url) {
    List<String> locations =
        LOCATION.matcher(text).results().map(line -> line.group(1)).distinct().limit(2).toList();
    // A program behind a proxy that ends TLS may write http, which no page is to ask.
    boolean insecure = url.startsWith("https:") && locations.toString().contains("[http:");
    return locations.size() == 1 && !insecure ? locations.get(0) : "";
  }

  /** Why the server refuses, by the body of an answer in the text. */
  private String said() {
    if (said == null) {
      said = AnswerBody.reason(text);
    }
    return said;
  }

  /** Older versions of Firefox, and Safari, do not tell the value; the answer in the text does. */
  private Finding withTwoOrigins(Finding found) {
    String code = found.sentence().code();
    String whose = found.sentence().whose();
    boolean untold =
        code.equals("ACAO_MISMATCH") && found.get("value").contains("(null)")
            || code.equals("ACAO_MISSING") && whose.endsWith("Safari");
    Matcher two = TWO_ORIGINS.matcher(text);
    return untold && two.find()
        ? found.as("ACAO_MULTIPLE", Sentences.REASON).with("value", two.group(1))
        : found;
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
    Details compared = known ? complaint.details() : complaint.details().without("url");
    if (compared.has("origin")) {
      compared = compared.with("origin", ConsoleMessage.origin(compared.origin()));
    }
    Optional<SettingFinding> told =
        settings.told(complaint.sentence().code(), OriginComparison.of(compared));
    return told.map(complaint::with).orElse(complaint);
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
                  complaint.with(
                      new SettingFinding(
                          Topic.SETTING.advice(
                              name
                                  + " in your paste has "
                                  + value
                                  + ", and the server sends that: write "
                                  + (origin.isEmpty() ? "the page's origin" : origin)
                                  + " there, and restart the program."),
                          name,
                          "",
                          false)));
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
                .map(name -> name + " in your paste has that address. Write")
                .orElse("write into the page's setting for the API (or the program's public URL)")
            + " the address at which a browser reaches the server, and rebuild or restart it.";
    Finding visited = complaint.with(new SettingFinding(Topic.SETTING.advice(words), "", "", true));
    return Optional.of(
        PastedUrl.isLocal(origin) ? visited : visited.with(SettingsAdvice.AS_WELL, "true"));
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

  /** OPTIONS that is not a preflight: no browser sent it, and it lacks what a browser sends. */
  private static boolean isByHand(Finding complaint, String text) {
    boolean ofServer =
        complaint.isOfLog()
            || complaint.sentence().whose().equals(Speaker.PERSON)
            || complaint.sentence().code().equals("OPTIONS_NOT_ROUTED")
                && !complaint.sentence().whose().equals("CouchDB");
    return ofServer
        && List.of("PREFLIGHT_STATUS", "OPTIONS_NOT_ROUTED").contains(complaint.sentence().code())
        && (BY_HAND.matcher(text).find() && !OF_BROWSER.matcher(text).find()
            || WITHOUT_ORIGIN.matcher(text).find());
  }

  private String inWords(String url) {
    return StatusInWords.ofError(url.contains(":") ? NetworkLine.withoutOthers(text, url) : text);
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
        || WordSigns.has("page", paste.whole()) && !WordSigns.has("server", paste.whole())) {
      return "";
    }
    Optional<String> received = TwoLists.in(paste.whole(), active).received(subject);
    if (received.isPresent()) {
      return received.get();
    }
    Matcher lists = ALLOWED_NAMES.matcher(active);
    String first = "";
    while (lists.find()) {
      // Behind a star there is only what somebody says of it.
      String list =
          lists
              .group(2)
              .strip()
              .replaceFirst("^\\* +(?=[a-z]{2,20} ).*", "*")
              .replaceFirst("\\s{0,4}\\(.*", "");
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
}
