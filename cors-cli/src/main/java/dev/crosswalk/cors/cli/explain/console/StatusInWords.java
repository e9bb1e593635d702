package dev.crosswalk.cors.cli.explain.console;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The status of a response, where a person or the body of an error tells it. */
final class StatusInWords {

  /** A status in a sentence: {@code they answer 401}, {@code a 500 error}. */
  private static final Pattern ERROR_IN_WORDS =
      Pattern.compile(
          "(?i)(?:\\b(?:GET|POST|PUT|PATCH|DELETE) [^\\s|]{1,300}[\\s|*`:→>=-]{1,9}|(?<![.])\\b(?:status(?: ?code|kod)?|c[oó]digo de estado|codice di stato|kod stanu|durum kodu|код состояния|状态码|http(?:/[0-9.]{1,3})?|returns?|returned|respond(?:s|ed)?|answers?|throws?|gives?|gave|get"
              + "|(?:response|answer|result) (?:is|was)|renvoie|retourne|r[ée]pond|devuelve|retorna|responde|restituisce|liefert|antwortet|zwraca|geeft|возвращает|返回|gets|got|getting|receiv(?:e|es|ed|ing)|an?|they|it|error|erro|erreur|errore|fehler|ошибк[ау])(?: (?:with|avec|con|mit|com|un|une|ein|einen))?(?: an?)?[ :(`*]{1,4})"
              + "(4(?:0[0134569]|1[0-9]|2[0-9])|50[0-4])\\b(?![.:]?[0-9]| ?(?:ms|px|mb|kb|gb|%))");

  /** The same, in front of the method: {@code 500 with POST}. */
  private static final Pattern ERROR_OF_METHOD =
      Pattern.compile(
          "(?i)\\b(4(?:0[0134569]|1[0-9]|2[0-9])|50[0-4])\\b[a-z ()`*]{0,25} (?:with|for|on|in|from|to) (?:(?:the|a|an|my|actual|real) ){0,3}`?(?:GET|POST|PUT|PATCH|DELETE)\\b");

  /** The same, of the preflight, and not of another method beside it. */
  private static final Pattern OF_OPTIONS =
      Pattern.compile(
          "(?i)\\boptions\\b(?:(?!\\b20[0-9]\\b)[^.\\n]){0,25}?\\b(40[01345]|50[0-4])\\b(?! (?:with|for|on) (?:the )?(?:get|post|put|patch|delete)\\b)");

  /** What a program without CORS gets for the same request. */
  private static final Pattern OF_TOOL =
      Pattern.compile(
          "(?i)\\b(?:postman|insomnia|curl|httpie|thunder client|bruno)\\b[^.\\n0-9]{0,40}?[ :(](50[0-4])\\b(?![.:]?[0-9]| ?(?:ms|px|mb|kb|gb|%))");

  /** A line that has the status, and nothing else. */
  private static final Pattern LINE =
      Pattern.compile(
          "(?im)^[ \\t]{0,8}(?:status(?: code)?:? )?(40[01345]|50[0-4]) ?\\(?(?:unauthorized|forbidden|bad request|not found|method not allowed|internal server error|not implemented|bad gateway|service unavailable|gateway timeout)?\\)?(?: \\([a-z ]{3,40}\\))?[ \\t]{0,4}\\r?$");

  /** What a proxy or a platform answers for the server behind it; IIS adds a number of its own. */
  private static final Pattern OF_GATEWAY =
      Pattern.compile(
          "(?i)(?<![0-9.:])(50[234]|52[0-6])(?![.]?[0-9]|:[0-9]| ?(?:ms|px|mb|kb|gb|%))"
              + "|\\bhttp error (50[0-4])[.][0-9]");

  /** What another program than a browser gets, which sends something else. */
  private static final Pattern TOOL =
      Pattern.compile("(?i)\\b(?:postman|curl|insomnia|httpie|swagger)\\b");

  /** Another file, or what somebody gets who leaves out what the page sends. */
  private static final Pattern OTHER =
      Pattern.compile(
          "(?i)\\b(?:favicon|source ?-?maps?|stylesheets?)\\b|\\bwithout (?:the |a |an |my |any )?(?:vpn|token|login|logging in|cookies?|api key|credentials)\\b");

  /** The page's own request, sent by a tool: its error is no matter of CORS. */
  private static final Pattern SAME =
      Pattern.compile(
          "(?i)\\b(?:the )?(?:very )?(?:same|identical)(?: exact)? (?:\\w{1,12} )?(?:call|request|url|endpoint|query|one|thing|error|status|500|502|503|504)\\b"
              + "|\\b(?:la misma (?:solicitud|petición|llamada)|a mesma (?:requisição|chamada)|la même requête|la stessa richiesta|dieselbe anfrage|die gleiche anfrage)(?!\\p{L})");

  private static final Pattern BROWSER =
      Pattern.compile(
          "(?i)\\b(?:browsers?|chrome|firefox|safari|edge|page|site|app|front-?end|react|angular|vue|axios|fetch|but|while|whereas|however|though)\\b");

  private static final Pattern SENTENCE = Pattern.compile("[^.\\n]*+(?:[.\\n]|\\z)");

  /** How a sentence ends that is about another request, whose error is right. */
  private static final Pattern AS_EXPECTED =
      Pattern.compile(
          "(?i)\\b(?:fine|as expected|fixed|solved|resolved|no longer|not (?:an? )?[45][0-9]{2}|(?:is|are) (?:ok|correct|right)|(?:this|that|which) works)\\b[^.\\n]{0,40}[.\\n]");

  /** So much of such a sentence is about that request. */
  private static final int MAX_EXPECTED = 200;

  private static final Pattern STATUS_OF_BODY =
      Pattern.compile("\\bstatus(?:_?code)?\\W{1,4}([45][0-9]{2})\\b");

  /** RFC 9110 §15. */
  private static final List<Map.Entry<String, String>> PHRASES =
      List.of(
          Map.entry("unauthorized", "401"),
          Map.entry("forbidden", "403"),
          Map.entry("permission to access", "403"),
          Map.entry("method not allowed", "405"),
          Map.entry("internal server error", "500"));

  private StatusInWords() {}

  /** The one error that somebody speaks of; empty if there is none, or more. */
  static String ofError(String text) {
    String unexpected =
        SENTENCE
            .matcher(text)
            .replaceAll(
                sentence -> isOfOther(sentence.group()) ? " " : unexpected(sentence.group()));
    List<String> statuses =
        Stream.of(ERROR_IN_WORDS, ERROR_OF_METHOD, OF_TOOL, LINE)
            .flatMap(pattern -> pattern.matcher(unexpected).results())
            .map(found -> found.group(1))
            .distinct()
            .toList();
    return statuses.size() == 1 ? statuses.get(0) : "";
  }

  /** The one status of a gateway in a text; empty if there is none, or more. */
  static String ofGateway(String text) {
    List<String> statuses =
        OF_GATEWAY
            .matcher(text)
            .results()
            .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
            .distinct()
            .toList();
    return statuses.size() == 1 ? statuses.get(0) : "";
  }

  private static boolean isOfOther(String sentence) {
    return OTHER.matcher(sentence).find()
        || TOOL.matcher(sentence).find()
            && !BROWSER.matcher(sentence).find()
            && !SAME.matcher(sentence).find();
  }

  private static String unexpected(String sentence) {
    Matcher end = AS_EXPECTED.matcher(sentence);
    return Matcher.quoteReplacement(
        end.find() ? sentence.substring(0, Math.max(0, end.start() - MAX_EXPECTED)) : sentence);
  }

  /** The error that OPTIONS gets; empty if nobody tells it. */
  static String ofPreflight(String text) {
    return Stream.of(OF_OPTIONS, LINE)
        .map(pattern -> pattern.matcher(text))
        .filter(Matcher::find)
        .map(status -> status.group(1))
        .findFirst()
        .orElse("");
  }

  /** The status that the body of an error names, or its reason phrase. */
  static String ofBody(String plain) {
    Matcher status = STATUS_OF_BODY.matcher(plain);
    return status.find()
        ? status.group(1)
        : PHRASES.stream()
            .filter(each -> plain.contains(each.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse("");
  }
}
