package dev.crosswalk.cors.cli.explain.page;

import dev.crosswalk.cors.cli.explain.paste.Details;
import dev.crosswalk.cors.tck.browser.Engine;
import dev.crosswalk.cors.tck.browser.Methods;
import dev.crosswalk.cors.tck.browser.RequestHeaders;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * The request that a page's code in a paste makes, in whatever library it is written.
 *
 * @param method as the browser sends it; empty if the code does not tell, or makes several requests
 * @param headers that the code sets, in its order; a value that is computed is {@code x}
 * @param credentials whether it includes cookies or a login
 */
public record PageRequest(String method, Headers headers, boolean credentials) {

  private static final String VERB = "(get|head|post|put|patch|delete)";

  /** A call that has its method in its name. */
  private static final Pattern CALL =
      Pattern.compile(
          "(?i)(?:\\b(?:axios|axiosinstance|axiosclient|instance|httpclient|http|jquery|ky|superagent|api"
              + "|apiclient|client|got|dio)|\\$http|\\$)\\."
              + VERB
              + "(?:<[^<>()\\n]{1,80}>)?\\(");

  /** An option of a call, or the first argument of XMLHttpRequest's open(). */
  private static final Pattern OPTION =
      Pattern.compile(
          "(?i)(?:\\b(?:method|type)['\"]?\\s?:\\s?|\\.open\\(\\s?)['\"`]" + VERB + "['\"`]");

  private static final Pattern FETCH =
      Pattern.compile("(?<![\\w.$])(?<!async )(?:window\\.)?fetch(?:<[^<>()\\n]{1,80}>)?\\(");

  /** Where a request begins, or its options do. */
  private static final Pattern REQUEST =
      Pattern.compile(
          "(?i)(?<![\\w.])(?<!async )fetch\\(|\\baxios\\b|\\$\\.ajax\\(|\\$fetch\\(|\\$http\\(|\\breq(?:uest)?\\.clone\\(|\\busefetch\\(|\\bhttp(?:client)?\\.[a-z]{3,7}\\("
              + "|\\bhttplink\\(|\\bapolloclient\\(|\\bnew request\\(|\\bdio\\b|\\bnetworkimage\\(|\\bimage\\.network\\("
              + "|\\btilelayer|\\bhttpheaders\\("
              + "|\\b(?:request|fetch|http|axios)?_?(?:options|opts|config)['\"]?\\s?[:=]\\s?\\{");

  /** Where an object with headers begins. */
  private static final Pattern OBJECT =
      Pattern.compile(
          "(?i)(?:\\b(?:extra|set)?headers?(?:dict|map|obj|object|options|params|config)?['\"]?\\s?[:=]\\s?(?:const\\s)?(?:<string,\\s?[a-z]{3,10}>)?"
              + "(?:new\\s[a-z.]{1,40}\\(\\s{0,9})?|\\bnew\\s(?:http)?headers\\(\\s{0,9})"
              // Not the fields that Angular's HttpHeaders print.
              + "\\{(?!\\s{0,40}['\"]?normalizedNames)");

  /**
   * What stands before the headers of an answer, of a test's own one, or of a development server.
   */
  private static final Pattern OF_ANSWER =
      Pattern.compile(
          "(?i)statuscode|\\bstatus['\"]?\\s?:\\s?[1-5][0-9]{2}|httpresponseinit|context\\.res\\b|response\\(|\\bjson\\(|\\bres(?:ponse)?\\.(?=[a-z])|writehead|\\bserver['\"]?\\s?:(?!\\s?(?:true|false))|devserver"
              + "|\\brouterules\\b|\\bsource['\"]?\\s?:|add_header|\\.next\\(|\\bfulfill\\(|\\.reply(?:once)?\\(|\\bintercept\\(");

  private static final Pattern ENTRY =
      Pattern.compile(
          "[{,\\n]\\s{0,40}['\"`]?([A-Za-z][A-Za-z0-9-]{0,60})['\"`]?\\s?:(?:\\s?['\"`]([^'\"`\\n]{0,120})['\"`])?");

  /** An option that names the object with the headers, which is built above it. */
  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?<![\\w.])headers['\"]?\\s?:\\s?(?!null|undefined)([A-Za-z_$][\\w$]{1,30})\\s{0,40}[,})]");

  /** One header alone, by a call or an assignment. */
  private static final Pattern SINGLE =
      Pattern.compile(
          "(?i)(?:\\bsetrequestheader\\(\\s?|\\bdefaultrequestheaders\\.add\\(\\s?"
              + "|(?<!\\bresp?\\.)(?<!\\b(?:response|reply)\\.)\\bheaders(?:\\.(?:common|get|post|put|patch|delete))?\\[)"
              + "['\"`]([a-z][a-z0-9-]{0,60})['\"`](?:\\]\\s?=|\\s?,)(?:\\s?['\"`]([^'\"`\\n]{0,120})['\"`])?");

  /** In a server's code, as in a controller of Rails, these are the headers of its answer. */
  private static final Pattern OWN_HEADERS =
      Pattern.compile("(?i)(?<![.\\w])headers\\[(?=['\"]access-control-)");

  /** The same, where the name needs no quotation marks. */
  private static final Pattern PROPERTY =
      Pattern.compile(
          "(?<!\\bresp?\\.)(?<!\\b(?:response|reply)\\.)\\bheaders(?:\\.common)?\\.([A-Z][A-Za-z]{2,40})\\s?=(?!=)(?:\\s?['\"`]([^'\"`\\n]{0,120})['\"`])?");

  /**
   * Angular's headers, and those of fetch, are built by calls, one behind the other; those of
   * Ktor's client in a block.
   */
  private static final Pattern BUILT =
      Pattern.compile(
          "(?i)(?:(?:(?<!\\bresp?\\.)(?<!\\b(?:response|reply)\\.)\\bheaders|headers\\(\\)\\s{0,20}|[\\w'\"`)]\\)\\s{0,20})\\.(?:set|append)"
              + "|(?:\\bheaders\\s?\\{\\s{0,40}|\"\\)\\s{1,40})append)\\(\\s?"
              + "['\"`]([a-z][a-z0-9-]{0,60})['\"`]\\s?,(?:\\s?['\"`]([^'\"`\\n]{0,120})['\"`])?");

  /** jQuery's option for the type of the body. */
  private static final Pattern CONTENT_TYPE =
      Pattern.compile("\\bcontentType\\s?:\\s?['\"]([^'\"\\n]{1,120})['\"]");

  /** axios and Angular send an object as JSON. */
  private static final Pattern BODY =
      Pattern.compile(
          "(?i)\\b(?:axios|http|httpclient)\\.(?:post|put|patch)(?:<[^<>()\\n]{1,80}>)?"
              + "\\([^(){},\\n]{1,200},\\s{0,40}(?:\\{(?!\\s{0,40}headers)"
              // The name of an object; one that is called a form or a text is another body.
              + "|(?!(?:null|undefined|[a-z]{0,20}(?:form|data|file|param|body|text|string|query|qs|config|option|fd)[a-z]{0,20})\\b)[a-z_$][\\w$.]{0,40}\\s{0,4}[,)])");

  private static final Pattern CREDENTIALS =
      Pattern.compile(
          "(?i)\\bwithcredentials['\"]?\\s?[:=]\\s?true\\b|\\bcredentials['\"]?\\s?:\\s?['\"`]include['\"`]");

  /** Names that browsers write themselves, whatever a script sets. */
  private static final Pattern OF_BROWSER =
      Pattern.compile(
          "accept-(?:charset|encoding)|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive"
              + "|origin|referer|user-agent|set-cookie|te|trailer|transfer-encoding|upgrade|via"
              + "|(?:proxy|sec)-.*");

  private static final String OF_RESPONSE = "access-control-";

  /** Only the browser writes these. */
  private static final String OF_PREFLIGHT = "access-control-request-";

  private static final int MAX_BEFORE = 120;

  /** The headers of a request stand so near to its call. */
  private static final int MAX_REQUEST = 400;

  private static final int MAX_OBJECT = 900;

  private static final int MAX_HEADERS = 40;

  /**
   * Reads the code of a page.
   *
   * @param text without what is commented out
   * @param server whether the text has code of a server, too: then only what stands beside a
   *     request is of one
   */
  public static PageRequest in(String text, boolean server) {
    return new PageRequest(method(text), headers(text, server), CREDENTIALS.matcher(text).find());
  }

  /** The same by another method. */
  PageRequest by(String other) {
    return new PageRequest(other, headers, credentials);
  }

  /** What of it a message needs; an empty one is not known. */
  public Details details() {
    return Details.NONE
        .with("method", method)
        .with("asks", String.join(" ", asked()))
        .with("includes", credentials ? "true" : "")
        .with("sendsResponseHeaders", sendsResponseHeaders() ? "true" : "")
        .with(
            "sendsTypeWithoutBody",
            sendsTypeWithoutBody() ? asked().size() == 1 ? "alone" : "true" : "");
  }

  /** The names of which a server must be asked first, in lower case. */
  List<String> asked() {
    return RequestHeaders.unsafeNames(headers, Engine.STANDARD).stream()
        .filter(name -> !OF_BROWSER.matcher(name).matches() && !name.startsWith(OF_RESPONSE))
        .toList();
  }

  /** Whether it sends what belongs to the answer. */
  boolean sendsResponseHeaders() {
    return StreamSupport.stream(headers.spliterator(), false)
        .map(field -> Bytes.lowerCase(field.name()))
        .anyMatch(name -> name.startsWith(OF_RESPONSE) && !name.startsWith(OF_PREFLIGHT));
  }

  /** Whether it tells the type of a body that it does not have. */
  boolean sendsTypeWithoutBody() {
    return method.equals("GET") && headers.has("Content-Type") && asked().contains("content-type");
  }

  /** The one method of all calls. */
  private static String method(String text) {
    List<String> methods = new ArrayList<>();
    CALL.matcher(text)
        .results()
        .forEach(call -> methods.add(call.group(1).toUpperCase(Locale.ROOT)));
    Matcher options = OPTION.matcher(text);
    boolean told = false;
    while (options.find()) {
      methods.add(options.group(1));
      told = true;
    }
    if (!told && FETCH.matcher(text).find()) {
      methods.add("get");
    }
    List<String> distinct = methods.stream().map(Methods::normalize).distinct().toList();
    return distinct.size() == 1 ? distinct.get(0) : "";
  }

  private static Headers headers(String text, boolean server) {
    List<Headers.Field> fields = new ArrayList<>();
    Matcher objects = OBJECT.matcher(text);
    while (objects.find() && fields.size() < MAX_HEADERS) {
      if (isOfRequest(text, objects.start(), server)) {
        add(fields, ENTRY, object(text, objects.end() - 1));
      }
    }
    REFERENCE
        .matcher(text)
        .results()
        .filter(found -> isOfRequest(text, found.start(), server))
        .map(found -> Pattern.quote(found.group(1)))
        .distinct()
        .forEach(name -> addNamed(fields, name, text));
    add(fields, SINGLE, server ? OWN_HEADERS.matcher(text).replaceAll("answer[") : text);
    add(fields, PROPERTY, text);
    if (!text.contains("Params(")) {
      addBuilt(fields, text, server);
    }
    Matcher types = CONTENT_TYPE.matcher(text);
    if (types.find()) {
      add(fields, "content-type", types.group(1));
    } else if (BODY.matcher(text).find()) {
      add(fields, "content-type", "application/json");
    }
    return Headers.of(fields);
  }

  /** The headers of an object, by its name: as it is written, and what is added to it. */
  private static void addNamed(List<Headers.Field> fields, String name, String text) {
    Matcher written =
        Pattern.compile("(?<![\\w.$])" + name + "\\s?(?::[^=\\n]{1,40})?=\\s{0,40}\\{")
            .matcher(text);
    if (written.find()) {
      add(fields, ENTRY, object(text, written.end() - 1));
    }
    add(
        fields,
        Pattern.compile(
            "(?<![\\w.$])"
                + name
                + "\\.(?:append|set)\\(\\s?['\"`]([A-Za-z][A-Za-z0-9-]{0,60})['\"`]\\s?,(?:\\s?['\"`]([^'\"`\\n]{0,120})['\"`])?"),
        text);
  }

  private static boolean isOfRequest(String text, int at, boolean server) {
    String near = text.substring(Math.max(0, at - MAX_BEFORE), at);
    if (!server) {
      return !OF_ANSWER.matcher(near).find();
    }
    String before = text.substring(Math.max(0, at - MAX_REQUEST), at + 1);
    Matcher requests = REQUEST.matcher(before);
    int begins = -1;
    while (requests.find()) {
      begins = requests.end();
    }
    return begins >= 0
        && !isClosed(before, begins)
        && !OF_ANSWER.matcher(before.substring(begins)).find();
  }

  /** Whether the call that begins there has ended, so that what follows is of something else. */
  private static boolean isClosed(String text, int begins) {
    int depth = 0;
    boolean opened = false;
    for (int at = begins - 1; at < text.length() - 1; at++) {
      char c = text.charAt(at);
      depth += c == '(' || c == '{' ? 1 : c == ')' || c == '}' ? -1 : 0;
      opened |= depth > 0;
    }
    return opened && depth <= 0;
  }

  private static void add(List<Headers.Field> fields, Pattern entry, String text) {
    Matcher entries = entry.matcher(text);
    while (entries.find() && fields.size() < MAX_HEADERS) {
      add(fields, entries.group(1), Optional.ofNullable(entries.group(2)).orElse("x"));
    }
  }

  /** A server builds headers in the same way, but not with the classes of a client. */
  private static void addBuilt(List<Headers.Field> fields, String text, boolean server) {
    Matcher built = BUILT.matcher(text);
    while (built.find() && fields.size() < MAX_HEADERS) {
      String before = text.substring(Math.max(0, built.start() - MAX_REQUEST), built.end());
      if (!server || before.contains("HttpHeaders(") || before.contains("HttpClient(")) {
        add(fields, built.group(1), Optional.ofNullable(built.group(2)).orElse("x"));
      }
    }
  }

  private static void add(List<Headers.Field> fields, String name, String value) {
    if (Bytes.isToken(name)) {
      fields.add(new Headers.Field(name, value));
    }
  }

  /** From a brace to the one that closes it. */
  private static String object(String text, int open) {
    int depth = 0;
    int end = Math.min(text.length(), open + MAX_OBJECT);
    for (int at = open; at < end; at++) {
      depth += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
      if (depth == 0) {
        return text.substring(open, at);
      }
    }
    return text.substring(open, end);
  }
}
