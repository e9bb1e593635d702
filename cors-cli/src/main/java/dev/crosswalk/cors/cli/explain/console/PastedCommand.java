package dev.crosswalk.cors.cli.explain.console;

import dev.crosswalk.cors.tck.wire.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody has asked by a command, of curl or of HTTPie.
 *
 * @param text the command, and often what it printed
 */
record PastedCommand(String text) {

  private static final Pattern METHOD =
      Pattern.compile(
          "(?m)^(?:\\W{0,8}|[^\\n]{0,80}[$#%>] ?)(?:curl\\b[^\\n]{0,300}?\\b|(?:https?|xh) +(?:-\\S+ +){0,5})((?i:OPTIONS|GET|POST|PUT|PATCH|DELETE))\\b");

  /** A command of curl, to the end of its line or of those that a backslash continues. */
  private static final Pattern CURL =
      Pattern.compile(
          "(?im)^(?:\\W{0,4}|[^\\n]{0,80}[$#%>] ?)curl\\b((?:[^\\n\\\\]|\\\\\\r?\\n|\\\\.){0,2000}+)");

  /** What follows an option, and is not the URL, though it may look like one. */
  private static final Pattern VALUE_OF_OPTION =
      Pattern.compile(
          "(?<!\\S)(?:-[A-Za-z]{0,3}[HdAeubowxXFT]|--(?:header|data[a-z-]{0,10}|referer|user-agent|user|cookie|output|proxy|request|form))[ =]{0,3}"
              + "(?:'[^']*+'|\"[^\"]*+\"|\\S++)");

  private static final Pattern URL =
      Pattern.compile(
          "(?i)https?://[^\\s'\"]{1,2000}|\\blocalhost(?::[0-9]{1,5})?(?:/[^\\s'\"]{0,1000})?"
              + "|(?<![^\\s'\"])(?:[a-z0-9-]{1,63}\\.){1,8}[a-z0-9]{1,20}(?::[0-9]{1,5})?(?:/[^\\s'\"]{0,1000})?(?![^\\s'\"])");

  private static final Pattern FIELD =
      Pattern.compile(
          "(?i)(?:-H|--header)[ =]{0,2}['\"]?(origin|access-control-request-(?:method|headers)):"
              + "[ \\t]*([^'\"\\r\\n]{1,2000})");

  /** A request of HTTPie, which sends no Origin by itself, like curl. */
  private static final Pattern HTTPIE =
      Pattern.compile(
          "(?m)^[^\\n\\w]{0,8}(?:https?|xh) (?!.{0,400}\\borigin:)[^\\n]{0,200}(?:[:/.]\\S)");

  /** What curl prints of a request with -v. */
  private static final Pattern VERBOSE = Pattern.compile("(?m)^> [A-Z]{3,7} \\S+ HTTP/[0-9]");

  /** The method that it names; empty if it names none. */
  Optional<String> method() {
    Matcher command = METHOD.matcher(text);
    return command.find()
        ? Optional.of(command.group(1).toUpperCase(Locale.ROOT))
        : Optional.empty();
  }

  /** Whether a tool asks that sends no Origin by itself. */
  boolean isThere() {
    return hasCurl() || HTTPIE.matcher(text).find() || isVerbose();
  }

  private boolean hasCurl() {
    return CURL.matcher(text).find();
  }

  /** Whether what curl prints of a request with -v is there. */
  boolean isVerbose() {
    return VERBOSE.matcher(text).find();
  }

  /** What curl asks for; empty if there is no curl, or no URL with it. */
  Optional<String> url() {
    Matcher command = CURL.matcher(text);
    return command.find()
        ? url(command.group(1)).map(url -> url.startsWith("http") ? url : "http://" + url)
        : Optional.empty();
  }

  private static Optional<String> url(String command) {
    Matcher url = URL.matcher(VALUE_OF_OPTION.matcher(command).replaceAll(" "));
    return url.find() ? Optional.of(url.group()) : Optional.empty();
  }

  /** What it sends of Origin, and of what a preflight asks. */
  List<Headers.Field> fields() {
    return FIELD
        .matcher(text)
        .results()
        .map(field -> new Headers.Field(field.group(1), field.group(2).strip()))
        .toList();
  }
}
