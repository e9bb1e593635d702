package dev.crosswalk.cors.cli.explain.console;

import dev.crosswalk.cors.cli.explain.address.AskedUrl;
import dev.crosswalk.cors.cli.explain.console.Sentences.Sentence;
import dev.crosswalk.cors.cli.explain.meaning.Speaker;
import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.cli.explain.paste.PlainText;
import dev.crosswalk.cors.cli.explain.paste.Template;
import dev.crosswalk.cors.cli.remedy.LoginRemedy;
import dev.crosswalk.cors.cli.remedy.answer.HeaderName;
import dev.crosswalk.cors.tck.browser.CorsCheck;
import dev.crosswalk.cors.tck.browser.Initiator;
import dev.crosswalk.cors.tck.browser.Methods;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
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
import java.util.regex.MatchResult;
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

  /** A name and its value, in one line or, as Chrome copies them, in two. */
  private static final Pattern FIELD =
      Pattern.compile(
          "(?im)^[ \\t<>|*]{0,8}(request url|request method|status code|origin|host|location|:method|:status|:authority|[a-z_-]{0,20}control[a-z_-]{1,30})"
              + "[ \\t]*(?::[ \\t]*(?:\\r?\\n)?|\\r?\\n)[ \\t]*([^\\r\\n]{1,2000})");

  private static final Pattern STATUS =
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

  /** What somebody has asked by a command, of curl or of HTTPie. */
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?m)^\\W{0,8}(?:curl\\b[^\\n]{0,300}?\\b|(?:https?|xh) +(?:-\\S+ +){0,5})((?i:OPTIONS|GET|POST|PUT|PATCH|DELETE))\\b");

  /** A command of curl, to the end of its line or of those that a backslash continues. */
  private static final Pattern CURL =
      Pattern.compile(
          "(?im)^(?:\\W{0,4}|[^\\n]{0,80}[$#%>] ?)curl\\b((?:[^\\n\\\\]|\\\\\\r?\\n|\\\\.){0,2000}+)");

  /** What follows an option, and is not the URL, though it may look like one. */
  private static final Pattern VALUE_OF_OPTION =
      Pattern.compile(
          "(?<!\\S)(?:-[A-Za-z]{0,3}[HdAeubowxXFT]|--(?:header|data[a-z-]{0,10}|referer|user-agent|user|cookie|output|proxy|request|form))[ =]{0,3}"
              + "(?:'[^']*+'|\"[^\"]*+\"|\\S++)");

  private static final Pattern URL_OF_COMMAND =
      Pattern.compile(
          "(?i)https?://[^\\s'\"]{1,2000}|\\blocalhost(?::[0-9]{1,5})?(?:/[^\\s'\"]{0,1000})?"
              + "|(?<![^\\s'\"])(?:[a-z0-9-]{1,63}\\.){1,8}[a-z0-9]{1,20}(?::[0-9]{1,5})?(?:/[^\\s'\"]{0,1000})?(?![^\\s'\"])");

  private static final Pattern FIELD_OF_COMMAND =
      Pattern.compile(
          "(?i)(?:-H|--header)[ =]{0,2}['\"]?(origin|access-control-request-(?:method|headers)):"
              + "[ \\t]*([^'\"\\r\\n]{1,2000})");

  private static final Pattern ORIGIN_OF_COMMAND = Pattern.compile("(?i)\\borigin ?: ?http");

  /** A row of the panel's table, or a part of one. */
  private static final Pattern ROW =
      Pattern.compile("(?i)(?<![0-9])([1-5][0-9]{2})(?:[ \\t][a-z ]{1,30})?[ \\t]+preflight\\b");

  /** Any field of a head, to tell a whole head from a line. */
  private static final Pattern ANY_FIELD =
      Pattern.compile("(?m)^[ \\t]{0,12}(?:< ?)?[A-Za-z][A-Za-z0-9-]{1,40}: ?\\S");

  /** A request of HTTPie, which sends no Origin by itself, like curl. */
  private static final Pattern HTTPIE =
      Pattern.compile(
          "(?m)^[^\\n\\w]{0,8}(?:https?|xh) (?!.{0,400}\\borigin:)[^\\n]{0,200}(?:[:/.]\\S)");

  /** What curl prints of a request with -v. */
  private static final Pattern VERBOSE = Pattern.compile("(?m)^> [A-Z]{3,7} \\S+ HTTP/[0-9]");

  /** What no browser calls itself. */
  private static final Pattern OF_TOOL =
      Pattern.compile(
          "(?im)^[> \\t]{0,4}user-agent: ?(?:insomnia|postman|httpie|curl|wget|python|java|okhttp|apache-httpclient|go-http|thunder)");

  /** Whose answer it is, in the line in front of that. */
  private static final Pattern LED_BY_PREFLIGHT =
      Pattern.compile(
          "(?im)^[^\\n]{0,200}\\b(?:preflight|options)\\b[^.\\n]{0,80}\\n\\s{0,12}(?:< ?)?HTTP/[0-9.]{1,3} [1-5]");

  /** Somebody misses it, or has switched it on. */
  private static final Pattern MISSES_CREDENTIALS =
      Pattern.compile(
          "(?i)(?:cors[_-]?credentials[\"']?\\s?[:=]\\s?[\"']?true|\\b(?:no|not|without|missing|lacks?|never|n't)\\b[^.\\n]{0,60}access-control-allow-credentials\\b(?!:))");

  /** The answer to a preflight, in words. */
  private static final Pattern OF_PREFLIGHT =
      Pattern.compile("(?i)\\b(?:preflight|options)\\b[^.]{0,200}");

  /** What only the opening of a WebSocket has. */
  private static final Pattern SOCKET =
      Pattern.compile(
          "(?im)^[ \\t<>|*]{0,8}(?:sec-websocket-(?:version|key)|upgrade: {0,3}websocket)\\b");

  /** Somebody says that the page sends a token. */
  private static final Pattern SENDS_TOKEN =
      Pattern.compile(
          "\\b(?:uses?|using|utili[sz]es?|sends?|sending|needs?|requires?|add(?:s|ed|ing)?|lacks?|missing|without|not include)\\b"
              + "[^.]{0,60}\\bauthorization\\b");

  /** The page includes cookies, as its code or somebody says. */
  private static final Pattern WITH_CREDENTIALS =
      Pattern.compile("(?i)\\bwithcredentials\\W{1,6}true\\b|\\bcredentials\\W{1,6}include\\b");

  private static final String ALLOWED = "access-control-allow-origin:";

  private static final int WHOLE_HEAD = 3;

  /** What browsers before 2014 asked for as well, and no script can set. */
  private static final List<String> OF_OLD_BROWSER = List.of("accept", "origin", "referer");

  private static final Template NO_WORDS = Template.of("cors");

  private final String text;
  private final Map<String, String> values = new HashMap<>();

  /** A request, with headers of an answer in it. */
  private static final Pattern SENT =
      Pattern.compile(
          "(?mi)^(?:GET|HEAD|POST|PUT|PATCH|DELETE) https?://\\S{1,2000}[ \\t]{0,4}\\r?\\n"
              + "(?:[a-z-]{2,40}: .{0,300}\\r?\\n){0,20}access-control-allow-");

  private final List<Headers.Field> fields = new ArrayList<>();
  private final boolean byCommand;
  private boolean isWhole;
  private String host = "";
  private String location = "";
  private String wantedMethod = "GET";
  private List<String> wantedHeaders = List.of();
  private boolean curl;

  private PanelText(String pasted, Details before) {
    String fields = QUOTED_FIELD.matcher(pasted).replaceAll("$1: $2");
    boolean printed = PRINTED.matcher(fields).results().limit(2).count() == 2;
    String plain = printed ? PRINTED.matcher(fields).replaceAll("$1$2$3") : fields;
    text = SETTINGS.matcher(ADVISED.matcher(plain).replaceAll("")).replaceAll("");
    values.putAll(before.holes());
    Matcher field = FIELD.matcher(text);
    while (field.find()) {
      keep(Bytes.lowerCase(field.group(1)), field.group(1), field.group(2).strip());
    }
    Matcher command = COMMAND.matcher(text);
    byCommand = command.find();
    if (byCommand) {
      values.putIfAbsent("asked", command.group(1).toUpperCase(Locale.ROOT));
    }
    Matcher curled = CURL.matcher(text);
    if (curled.find()) {
      curl = true;
      url(curled.group(1))
          .ifPresent(url -> values.put("url", url.startsWith("http") ? url : "http://" + url));
    }
    curl = curl || HTTPIE.matcher(text).find() || VERBOSE.matcher(text).find();
    Matcher asked = FIELD_OF_COMMAND.matcher(text);
    while (asked.find()) {
      keep(Bytes.lowerCase(asked.group(1)), asked.group(1), asked.group(2).strip());
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

  private static Optional<String> url(String command) {
    Matcher url = URL_OF_COMMAND.matcher(VALUE_OF_OPTION.matcher(command).replaceAll(" "));
    return url.find() ? Optional.of(url.group()) : Optional.empty();
  }

  /** Whether two commands of curl ask for two URLs. */
  private boolean asksTwo() {
    return CURL.matcher(text)
            .results()
            .map(curled -> url(curled.group(1)).orElse(""))
            .distinct()
            .count()
        > 1;
  }

  /** Whether two commands of curl ask the same, one with an Origin and one without. */
  private boolean sendsOriginOnce() {
    List<String> commands = CURL.matcher(text).results().map(MatchResult::group).toList();
    return commands.size() == 2
        && commands.stream().noneMatch(each -> each.contains("OPTIONS"))
        && commands.stream().filter(each -> ORIGIN_OF_COMMAND.matcher(each).find()).count() == 1;
  }

  private void keep(String lower, String name, String value) {
    switch (lower) {
      case "request url" -> values.put("url", value);
      case "request method", ":method" -> values.put("asked", value);
      case "status code", ":status" ->
          values.put("status", value.substring(0, Math.min(3, value.length())));
      case "origin" -> values.put("origin", value);
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
                .filter(each -> !OF_OLD_BROWSER.contains(Bytes.lowerCase(each)))
                .toList();
        values.put("asks", String.join(" ", wantedHeaders).toLowerCase(Locale.ROOT));
      }
      default -> {
        boolean response = lower.startsWith("access-control-") && !lower.contains("-request-");
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

  private Optional<String> code() {
    if (LED_BY_PREFLIGHT.matcher(text).find()) {
      values.putIfAbsent("asked", "OPTIONS");
    }
    boolean preflight = values.getOrDefault("asked", "").equals("OPTIONS");
    if (preflight) {
      values.put("preflight", "true");
    }
    String status = values.getOrDefault("status", "");
    boolean own = values.getOrDefault("origin", "").replaceFirst("^https?://", "").equals(host);
    if (own && !host.isEmpty() && status.equals("403")) {
      return Optional.of("OWN_ORIGIN_REFUSED");
    }
    if (SOCKET.matcher(text).find() && !status.isEmpty() && !status.equals("101")) {
      return Optional.of("WEBSOCKET");
    }
    if (isOnSome(text)) {
      return Optional.of(
          !preflight && asksTwo()
              ? "HEADERS_OF_ONE_URL"
              : sendsOriginOnce() ? "HEADERS_WITH_ORIGIN" : "HEADERS_ON_SOME");
    }
    if (status.startsWith("3") && toLogin()) {
      return Optional.of(preflight ? "PREFLIGHT_REDIRECT" : "ACAO_MISSING");
    }
    boolean origin = values.containsKey("origin");
    boolean fails = !status.isEmpty() && !status.matches("2..|40[45]");
    boolean verbose =
        VERBOSE.matcher(text).find() && !text.toLowerCase(Locale.ROOT).contains(ALLOWED);
    boolean unasked = byCommand && !isWhole && fields.stream().noneMatch(PanelText::isOfPreflight);
    boolean byTool = !isWhole && OF_TOOL.matcher(text).find();
    if (preflight && !fails && (unasked || (verbose || byTool) && !origin)) {
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
      return Optional.of(judged(new ArrayList<>(fields)));
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
    if (curl && !origin && !preflight && !error && shown > 0) {
      return Optional.of("NO_ORIGIN_SENT");
    }
    if (!whole && !error && shown > 0 && OF_PREFLIGHT.matcher(text).find()) {
      values.put("preflight", "true");
      return Optional.of("HEADERS_NONE");
    }
    boolean missing = error || isWhole && origin;
    return whole ? Optional.of(missing ? "ACAO_MISSING" : "HEADERS_NONE") : Optional.empty();
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

  private static boolean isOfPreflight(Headers.Field field) {
    String name = Bytes.lowerCase(field.name());
    return name.startsWith("access-control-allow-methods")
        || name.startsWith("access-control-allow-headers");
  }

  /** Of two good answers in one paste, one has the header, and the other has not. */
  static boolean isOnSome(String text) {
    List<Integer> starts =
        STATUS
            .matcher(text)
            .results()
            .filter(answer -> answer.group(1).startsWith("2"))
            .map(MatchResult::start)
            .toList();
    int with = 0;
    int without = 0;
    for (int i = 0; i < starts.size(); i++) {
      int end = i + 1 < starts.size() ? starts.get(i + 1) : text.length();
      String answer = text.substring(starts.get(i), end);
      boolean has = Bytes.lowerCase(answer).contains(ALLOWED);
      with += has ? 1 : 0;
      without += !has && ANY_FIELD.matcher(answer).results().count() >= WHOLE_HEAD ? 1 : 0;
    }
    return with > 0 && without > 0;
  }

  private String judged(List<Headers.Field> shown) {
    Headers headers = Headers.of(shown);
    Optional<String> typo = HeaderName.misspelled(headers);
    if (typo.isPresent()) {
      values.put("subject", typo.get());
      values.put("value", HeaderName.meant(typo.get()).orElse(""));
      return "HEADER_TYPO";
    }
    String origin = values.getOrDefault("origin", "");
    Where where = new Where(false, Initiator.FETCH, origin, "", "", 0);
    String allowed = String.join(", ", headers.lines("Access-Control-Allow-Origin"));
    values.put("value", allowed);
    Optional<String> unlisted =
        wantedHeaders.stream()
            .filter(name -> !lists(headers, "Access-Control-Allow-Headers", name))
            .findFirst();
    boolean excerpt = allowed.isEmpty() && !values.containsKey("status");
    if (excerpt && unlisted.isPresent() && headers.has("Access-Control-Allow-Headers")) {
      keepUnlisted(headers, "Access-Control-Allow-Headers", unlisted.get());
      return "HEADER_NOT_ALLOWED";
    }
    if (CorsCheck.of(headers, false, where) instanceof NotShared refusal) {
      boolean plain =
          origin.isEmpty()
              && !allowed.contains("*")
              && Url.parse(allowed)
                  .filter(url -> url.origin().serialize().equals(allowed))
                  .isPresent();
      if (!plain) {
        return refusal.cause().name();
      }
    }
    if (values.containsKey("preflight")
        && !Methods.isSafelisted(wantedMethod)
        && !lists(headers, "Access-Control-Allow-Methods", wantedMethod)) {
      keepUnlisted(headers, "Access-Control-Allow-Methods", wantedMethod);
      return "METHOD_NOT_ALLOWED";
    }
    if (unlisted.isPresent()) {
      keepUnlisted(headers, "Access-Control-Allow-Headers", unlisted.get());
      return "HEADER_NOT_ALLOWED";
    }
    if (headers.has("Access-Control-Allow-Headers")
        && !lists(headers, "Access-Control-Allow-Headers", "authorization")
        && SENDS_TOKEN.matcher(PlainText.ofWords(text)).find()) {
      keepUnlisted(headers, "Access-Control-Allow-Headers", "authorization");
      return "HEADER_NOT_ALLOWED";
    }
    boolean included =
        WITH_CREDENTIALS.matcher(text).find() || MISSES_CREDENTIALS.matcher(text).find();
    if (included
        && (allowed.equals("*") || !origin.isEmpty())
        && !headers.get("Access-Control-Allow-Credentials").orElse("").equals("true")
        && CorsCheck.of(headers, true, where) instanceof NotShared refusal) {
      if (!allowed.equals("*")) {
        values.remove("value");
      }
      return refusal.cause().name();
    }
    values.put(
        "value", allowed.equals("*") ? "any page, without credentials," : "a page of " + allowed);
    String credentials = headers.get("Access-Control-Allow-Credentials").orElse("");
    boolean any = allowed.equals("*");
    if (!any && credentials.equalsIgnoreCase("true") && !credentials.equals("true")) {
      values.put("value", credentials);
      return "ACAC_NOT_TRUE";
    }
    if (any && credentials.equals("true")) {
      return "HEADERS_WILDCARD";
    }
    return "HEADERS_FINE";
  }

  private void keepUnlisted(Headers headers, String header, String wanted) {
    values.put("subject", wanted);
    if (headers.has(header)) {
      values.put("value", String.join(", ", headers.lines(header)));
    } else {
      values.remove("value");
    }
  }

  private static boolean lists(Headers headers, String header, String wanted) {
    return headers.lines(header).stream()
        .flatMap(line -> Stream.of(line.split("[, ]+")))
        .anyMatch(each -> each.equals("*") || Bytes.equalIgnoringCase(each, wanted));
  }
}
