package dev.crosswalk.cors.cli.explain.console;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.console.Sentences.Sentence;
import dev.crosswalk.cors.cli.explain.meaning.Speaker;
import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.explain.paste.PlainText;
import dev.crosswalk.cors.cli.explain.paste.Template;
import dev.crosswalk.cors.cli.remedy.answer.HeaderName;
import dev.crosswalk.cors.cli.remedy.redirect.LoginRemedy;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Origin;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Headers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the network panel, curl or a proxy show of an exchange, pasted instead of a message: headers
 * of a response, with or without those of the request, or rows of the panel's table.
 */
final class PanelText {

  /** An origin from which a person has left something out. */
  private static final Pattern SHORTENED = Pattern.compile("\\.\\.|…");

  /**
   * Behind the colon of a header without a value: the next line is another header, or there is
   * none.
   */
  static final String NO_VALUE =
      "[ \\t]*(?:\\r?\\n[ \\t<>|*]{0,8}(?:[A-Za-z][A-Za-z0-9-]{1,60}:(?:[ \\t]|\\r?\\n)|[A-Za-z]{1,20}-[A-Za-z-]{2,40}:(?![0-9])|`{3}|\\r?\\n)|(?:\\r?\\n)?\\z)";

  /** A name and its value, in one line or, as Chrome copies them, in two. */
  private static final Pattern FIELD =
      Pattern.compile(
          "(?im)^[ \\t<>|*]{0,8}(request url|request method|status code|origin|host|location|:method|:status|:authority|[a-z_-]{0,20}control[a-z_-]{1,30})"
              + "[ \\t]*(?::(?="
              + NO_VALUE
              + ")()|(?::[ \\t]*(?:\\r?\\n)?|\\r?\\n)[ \\t]*([^\\r\\n]{1,2000}))");

  /** An option of a CORS layer that has the header's name: a function, a list, or a string. */
  private static final Pattern IN_CODE = Pattern.compile("^[(\\[{'\"`]|=>|\\bfunction\\b|[,({]$");

  static final Pattern STATUS =
      Pattern.compile("(?m)^[ \\t]{0,12}(?:< ?)?HTTP/[0-9.]{1,3} ([1-5][0-9]{2})(?![0-9])");

  private static final Pattern REQUEST =
      Pattern.compile("(?m)^(?:> ?)?([A-Z]{3,7}) \\S+ HTTP/[0-9]");

  /** Headers that somebody, or a tool, tells to send: no answer has them. */
  private static final Pattern ADVISED =
      Pattern.compile(
          "(?im)^[^\\n]{0,300}\\b(?:(?:(?:is|are) (?:required|needed|missing)|should|must|expect(?:ing|ed|s)?|would (?:work|do|help))\\b[^\\n]{0,100}:"
              + "|(?:have|want|need|tr(?:y|ied|ying)|how|like) to (?:enable|add|set|send|return|include|get)\\b[^\\n]{0,60})[ \\t]*\\r?\\n"
              + "(?:[ \\t]*(?:```[a-z]{0,10})?[ \\t]*\\r?\\n){0,3}"
              + "(?:[ \\t>|*-]{0,8}access-control-[a-z-]{5,30}: ?[^\\n]{0,500}(?:\\n|\\z)){1,12}");

  /** Settings in YAML, some of which Quarkus calls like headers: no answer has them. */
  private static final Pattern SETTINGS =
      Pattern.compile(
          "(?m)^([ \\t]{2,40})cors:[ \\t]*\\r?\\n(?=[^:]{0,40}(?:origins|methods|headers|enabled|~)[\"']?:)"
              + "(?:\\1[ \\t]{1,40}[^\\n]{0,500}(?:\\n|\\z)){1,40}");

  /** As Envoy's log has it: {@code ':status', '404'}. */
  private static final Pattern QUOTED_FIELD =
      Pattern.compile("(?m)^[^'\\n]{0,80}'(:?[a-z-]{2,40})', '([^'\\n]{0,500})'");

  /** A value as Go prints it, in brackets, or some panels, in quotation marks: not one alone. */
  private static final Pattern PRINTED =
      Pattern.compile(
          "(?m)^([ \\t<>]{0,8}[A-Za-z][A-Za-z-]{1,60}: ?)(?:\\[([^\\[\\]\\n]*)]|\"([^\"\\n]*)\")[ \\t]{0,4}$");

  /** An origin in quotation marks, between lines of a request and not of code. */
  private static final Pattern QUOTED_ORIGIN =
      Pattern.compile(
          "(?im)^([ \\t>]{0,8}origin: ?)(['\"])([^'\"\\n]{1,300})\\2(?=[ \\t]{0,4}\\r?\\n[ \\t>]{0,8}access-control-request-)");

  /** A row of the panel's table, or a part of one. */
  private static final Pattern ROW =
      Pattern.compile("(?i)(?<![0-9])([1-5][0-9]{2})(?:[ \\t][a-z ]{1,30})?[ \\t]+preflight\\b");

  /** Any field of a head, to tell a whole head from a line. */
  static final Pattern ANY_FIELD =
      Pattern.compile("(?m)^[ \\t]{0,12}(?:< ?)?[A-Za-z][A-Za-z0-9-]{1,40}: ?\\S");

  /** The line of a status, and a field behind it: code in the same paste is no head. */
  private static final Pattern HEAD =
      Pattern.compile(
          STATUS.pattern() + "[^\\n]{0,100}\\n(?:[^\\n]{0,20}\\n)?" + ANY_FIELD.pattern());

  /** What no browser calls itself. */
  private static final Pattern OF_TOOL =
      Pattern.compile(
          "(?im)^[> \\t]{0,4}user-agent: ?(?:insomnia|postman|httpie|curl|wget|python|java|okhttp|apache-httpclient|go-http|thunder)");

  /** Whose answer it is, in the line in front of that. */
  private static final Pattern LED_BY_PREFLIGHT =
      Pattern.compile(
          "(?im)^[^\\n]{0,200}\\b(?:preflight|options)\\b[^.\\n]{0,80}\\n\\s{0,12}(?:< ?)?HTTP/[0-9.]{1,3} [1-5]");

  /** The answer to a preflight, in words. */
  private static final Pattern OF_PREFLIGHT =
      Pattern.compile("(?i)\\b(?:preflight|options)\\b[^.]{0,200}");

  /** What only the opening of a WebSocket has. */
  private static final Pattern SOCKET =
      Pattern.compile(
          "(?im)^[ \\t<>|*]{0,8}(?:sec-websocket-(?:version|key)|upgrade: {0,3}websocket)\\b");

  /** A request, with headers of an answer in it. */
  private static final Pattern SENT =
      Pattern.compile(
          "(?mi)^(?:GET|HEAD|POST|PUT|PATCH|DELETE) https?://\\S{1,2000}[ \\t]{0,4}\\r?\\n"
              + "(?:[a-z-]{2,40}: .{0,300}\\r?\\n){0,20}access-control-allow-");

  private static final String ALLOWED = "access-control-allow-origin:";

  /** So many fields, and it is not only a line of a head. */
  static final int WHOLE_HEAD = 3;

  /** What browsers before 2014 asked for as well, and no script can set. */
  private static final List<String> OF_OLD_BROWSER = List.of("accept", "origin", "referer");

  private static final Pattern HEADER_NAME = Pattern.compile("\\w[\\w.-]*");

  private static final Template NO_WORDS = Template.of("cors");

  private final String text;
  private final Map<String, String> values = new HashMap<>();

  private final List<Headers.Field> fields = new ArrayList<>();
  private final PastedCommand command;
  private final boolean curl;
  private boolean isWhole;
  private String host = "";
  private String location = "";
  private String wantedMethod = "GET";
  private List<String> wantedHeaders = List.of();

  private PanelText(String pasted, Details before) {
    String unquoted = QUOTED_ORIGIN.matcher(pasted).replaceAll("$1$3");
    String fields = QUOTED_FIELD.matcher(unquoted).replaceAll("$1: $2");
    boolean printed = PRINTED.matcher(fields).results().limit(2).count() == 2;
    String plain = printed ? PRINTED.matcher(fields).replaceAll("$1$2$3") : fields;
    text = SETTINGS.matcher(ADVISED.matcher(plain).replaceAll("")).replaceAll("");
    values.putAll(before.holes());
    command = new PastedCommand(text);
    curl = command.isThere();
    Matcher field = FIELD.matcher(text);
    while (field.find()) {
      String name = Bytes.lowerCase(field.group(1));
      if (field.group(2) == null) {
        keep(name, field.group(1), field.group(3).strip());
      } else if (name.startsWith("access-control-allow-")) {
        keep(name, field.group(1), "");
      }
    }
    command.method().ifPresent(method -> values.putIfAbsent("asked", method));
    command.url().ifPresent(url -> values.put("url", url));
    for (Headers.Field sent : command.fields()) {
      keep(Bytes.lowerCase(sent.name()), sent.name(), sent.value());
    }
    Matcher status = STATUS.matcher(text);
    if (status.find()) {
      values.putIfAbsent("status", status.group(1));
    }
    Matcher request = REQUEST.matcher(text);
    if (request.find()) {
      values.putIfAbsent("asked", request.group(1));
    }
  }

  private void keep(String lower, String name, String value) {
    switch (lower) {
      case "request url" -> values.put("url", value);
      case "request method", ":method" -> values.put("asked", value);
      case "status code", ":status" ->
          values.put("status", value.substring(0, Math.min(3, value.length())));
      case "origin" -> {
        if (!IN_CODE.matcher(value).find()) {
          values.put("origin", value);
        }
      }
      case "location" -> location = value;
      case "host", ":authority" -> host = value;
      case "access-control-request-method" -> {
        isWhole = true;
        values.put("asked", "OPTIONS");
        wantedMethod = value;
        values.put("method", value);
      }
      case "access-control-request-headers" -> {
        wantedHeaders =
            Stream.of(value.split("[, ]+"))
                .filter(each -> HEADER_NAME.matcher(each).matches())
                .filter(each -> !OF_OLD_BROWSER.contains(Bytes.lowerCase(each)))
                .toList();
        values.put("asks", String.join(" ", wantedHeaders).toLowerCase(Locale.ROOT));
      }
      default -> {
        boolean response = lower.startsWith("access-control-") && !lower.contains("-request-");
        Optional<String> asked =
            HeaderName.meant(name).filter(meant -> meant.startsWith("Access-Control-Request-"));
        if (asked.isPresent()) {
          // Whoever writes a request down by hand may misspell what a browser spells right.
          if (!curl) {
            keep(Bytes.lowerCase(asked.get()), asked.get(), value);
          }
          return;
        }
        // Traefik and others have settings with such names.
        boolean setting = name.matches("[a-z]+[A-Z][A-Za-z]*");
        if (!setting
            && (response && Headers.isValue(value) || HeaderName.meant(name).isPresent())) {
          fields.add(new Headers.Field(name, value));
        }
      }
    }
  }

  /**
   * What is wrong with what the panel shows; empty if it shows no exchange.
   *
   * @param before what an exchange in front of it tells
   */
  static Optional<Fragment> read(String text, Details before) {
    PanelText panel = new PanelText(text, before);
    return panel
        .code()
        .map(
            code -> {
              Sentence sentence =
                  new Sentence(Speaker.PANEL, code, Sentences.CONSEQUENCE, NO_WORDS);
              return new Fragment(sentence, 0, 0, new Details(panel.values));
            });
  }

  /** What the exchange tells of its request and its answer. */
  static Details details(String text) {
    return new Details(new PanelText(text, Details.NONE).values);
  }

  private Optional<String> code() {
    if (LED_BY_PREFLIGHT.matcher(text).find()) {
      values.putIfAbsent("asked", "OPTIONS");
    }
    boolean preflight = values.getOrDefault("asked", "").equals("OPTIONS");
    if (preflight) {
      values.put("preflight", "true");
    }
    String status = values.getOrDefault("status", "");
    if (status.isEmpty() && isWhole && values.containsKey("origin")) {
      // The headers of a preflight are shown, and a person tells what came back.
      status = StatusInWords.ofError(text);
      if (!status.isEmpty()) {
        values.put("status", status);
      }
      if (Question.says("refused.by-preflight", PlainText.ofWords(text))) {
        return Optional.of("REFUSES_PAGES");
      }
    }
    boolean own = values.getOrDefault("origin", "").replaceFirst("^https?://", "").equals(host);
    if (own && !host.isEmpty() && status.equals("403")) {
      return Optional.of("OWN_ORIGIN_REFUSED");
    }
    if (SOCKET.matcher(text).find() && !status.isEmpty() && !status.equals("101")) {
      return Optional.of("WEBSOCKET");
    }
    if (status.startsWith("3") && toLogin()) {
      return Optional.of(preflight ? "PREFLIGHT_REDIRECT" : "ACAO_MISSING");
    }
    boolean origin = values.containsKey("origin");
    boolean fails = !status.isEmpty() && !status.matches("2..|40[45]");
    boolean verbose = command.isVerbose() && !text.toLowerCase(Locale.ROOT).contains(ALLOWED);
    boolean unasked =
        command.method().isPresent()
            && !isWhole
            && fields.stream().noneMatch(PanelText::isOfPreflight);
    boolean byTool = !isWhole && OF_TOOL.matcher(text).find();
    boolean bare = !isWhole && !wantedHeaders.isEmpty() && !host.isEmpty() && !curl;
    if (preflight && !fails && (unasked || (verbose || byTool || bare) && !origin)) {
      if (origin) {
        values.put("lacks", "no Access-Control-Request-Method");
      }
      return Optional.of("NOT_A_PREFLIGHT");
    }
    String sent = values.getOrDefault("origin", "");
    boolean foreign = origin && !Origin.isOriginOrNull(sent) && !SHORTENED.matcher(sent).find();
    if (curl && foreign && !text.toLowerCase(Locale.ROOT).contains(ALLOWED)) {
      values.put("sent", sent);
      return Optional.of("ORIGIN_FORM");
    }
    if (curl && origin && !preflight && fields.isEmpty() && status.equals("403")) {
      return Optional.of("ORIGIN_REFUSED");
    }
    if (preflight && !status.isEmpty() && !status.startsWith("2")) {
      return Optional.of("PREFLIGHT_STATUS");
    }
    if (status.isEmpty() && SENT.matcher(text).find()) {
      return Optional.empty();
    }
    if (!fields.isEmpty()) {
      return Optional.of(
          new ShownHeaders(Headers.of(fields), wantedMethod, wantedHeaders, text, values).code());
    }
    Matcher row = ROW.matcher(text);
    if (row.find()) {
      values.put("status", row.group(1));
      values.put("preflight", "true");
      boolean failed = text.toLowerCase(Locale.ROOT).contains("cors error");
      return row.group(1).startsWith("2")
          ? failed ? Optional.of("PREFLIGHT_ROW") : Optional.empty()
          : Optional.of("PREFLIGHT_STATUS");
    }
    long shown = STATUS.matcher(text).find() ? ANY_FIELD.matcher(text).results().count() : 0;
    boolean whole = shown >= WHOLE_HEAD;
    boolean error = status.startsWith("4") || status.startsWith("5");
    if (curl && origin && !error && shown > 0) {
      return Optional.of("HEADERS_NONE_FOR_ORIGIN");
    }
    if (curl && origin && error && shown > 0) {
      return Optional.of("ACAO_MISSING");
    }
    if (!whole && error && values.containsKey("asked")) {
      return Optional.of("ERROR_PAGE");
    }
    if (curl && !origin && !preflight && !error && shown > 0 && HEAD.matcher(text).find()) {
      return Optional.of("NO_ORIGIN_SENT");
    }
    if (!whole && !error && shown > 0 && OF_PREFLIGHT.matcher(text).find()) {
      values.put("preflight", "true");
      return Optional.of("HEADERS_NONE");
    }
    boolean missing = error || isWhole && origin;
    return whole ? Optional.of(missing ? "ACAO_MISSING" : "HEADERS_NONE") : Optional.empty();
  }

  private static boolean isOfPreflight(Headers.Field field) {
    String name = Bytes.lowerCase(field.name());
    return name.startsWith("access-control-allow-methods")
        || name.startsWith("access-control-allow-headers");
  }

  /** Whether the answer sends its reader to where people log in. */
  private boolean toLogin() {
    String url = values.getOrDefault("url", "");
    String server = url.isEmpty() && !host.isEmpty() ? "https://" + host : AskedUrl.origin(url);
    Optional<Url> to = Url.parse(location).or(() -> Url.parse(server + location));
    boolean login = to.filter(each -> LoginRemedy.isTo(Url.parse(url), each)).isPresent();
    to.filter(each -> login).ifPresent(each -> values.put("target", each.toString()));
    return login;
  }
}
