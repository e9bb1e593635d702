package dev.crosswalk.cors.cli;

import dev.crosswalk.cors.tck.url.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a browser's "Copy as cURL" holds, for a shell of Unix or for Windows' cmd: the request that
 * a page made. What the browser added of itself is left out, as no script set it.
 */
final class CurlCommand {

  /** A pasted command is at most so long. */
  static final int MAX_CHARS = 1024 * 1024;

  /** Set by the browser, though a script could set them too, and then would be asked about. */
  private static final Set<String> OF_THE_BROWSER =
      Set.of(
          "user-agent",
          "origin",
          "referer",
          "cookie",
          "host",
          "connection",
          "content-length",
          "accept-encoding",
          "dnt",
          "te",
          "priority",
          "cache-control",
          "pragma",
          "upgrade-insecure-requests",
          "if-none-match",
          "if-modified-since");

  private static final Set<String> FLAGS =
      Set.of(
          "--compressed",
          "-s",
          "--silent",
          "-S",
          "--show-error",
          "-L",
          "--location",
          "-i",
          "--include",
          "-v",
          "--verbose",
          "--globoff",
          "-g",
          "--http1.1",
          "--http2",
          "-k",
          "--insecure");

  private @Nullable String url;
  private @Nullable String method;
  private @Nullable String origin;
  private @Nullable String userAgent;
  private @Nullable String data;
  private String cookie = "";
  private boolean typed;
  private final List<String> headers = new ArrayList<>();

  private CurlCommand() {}

  /**
   * Reads a command.
   *
   * @throws IllegalArgumentException if it is not one, or has an option that is not known; the
   *     message is a sentence without its period
   */
  static CurlCommand of(String text) {
    if (text.length() > MAX_CHARS) {
      throw new IllegalArgumentException(
          "the curl command is longer than " + MAX_CHARS + " characters");
    }
    List<String> words = words(text.contains("^\"") ? withoutCarets(text) : text);
    if (words.isEmpty() || !(words.get(0).equals("curl") || words.get(0).equals("curl.exe"))) {
      throw new IllegalArgumentException(
          "this is not a curl command: choose \"Copy as cURL\" in the browser's network panel");
    }
    CurlCommand command = new CurlCommand();
    command.read(words);
    if (command.url == null) {
      throw new IllegalArgumentException("the curl command has no URL");
    }
    if (command.data != null && !command.typed) {
      command.headers.add("Content-Type: application/x-www-form-urlencoded");
    }
    return command;
  }

  private void read(List<String> words) {
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (FLAGS.contains(word)) {
        continue;
      }
      if (!word.startsWith("-")) {
        url = word;
        continue;
      }
      if (++i == words.size()) {
        throw new IllegalArgumentException("the curl command ends in an option without a value");
      }
      option(word, words.get(i));
    }
  }

  private void option(String name, String value) {
    switch (name) {
      case "-X", "--request" -> method = value;
      case "-H", "--header" -> header(value);
      case "-b", "--cookie" -> cookie = value;
      case "-A", "--user-agent" -> userAgent = value;
      case "--url" -> url = value;
      case "-e", "--referer" -> {}
      case "-u", "--user" ->
          headers.add(
              "Authorization: Basic "
                  + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
      case "-d", "--data", "--data-raw", "--data-binary", "--data-ascii" -> {
        if (value.startsWith("@") && name.equals("--data-raw")) {
          throw new IllegalArgumentException("--data-raw that begins with @ is not supported");
        }
        data = data == null ? value : data + "&" + value;
      }
      default ->
          throw new IllegalArgumentException("the curl option " + name + " is not supported");
    }
  }

  private void header(String line) {
    int colon = line.indexOf(':');
    if (colon < 1) {
      return;
    }
    String name = Bytes.lowerCase(line.substring(0, colon).strip());
    String value = line.substring(colon + 1).strip();
    switch (name) {
      case "origin" -> origin = value;
      case "cookie" -> cookie = value;
      case "user-agent" -> userAgent = value;
      default -> {
        if (!OF_THE_BROWSER.contains(name) && !name.startsWith("sec-")) {
          typed |= name.equals("content-type");
          headers.add(line);
        }
      }
    }
  }

  // -------------------------------------------------------------------------------------- its
  // words

  /** What cmd's carets keep from being special; one at the end of a line joins it with the next. */
  private static String withoutCarets(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '^' && i + 1 < text.length()) {
        i++;
        if (text.charAt(i) == '\r' && i + 1 < text.length()) {
          i++;
        }
        plain.append(text.charAt(i) == '\n' ? ' ' : text.charAt(i));
      } else {
        plain.append(text.charAt(i));
      }
    }
    return plain.toString();
  }

  /** As a shell splits them: quotation marks of both kinds, {@code $'…'}, and backslashes. */
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    char quote = 0;
    boolean escapes = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean more = i + 1 < text.length();
      if (quote == 0 && Character.isWhitespace(c)) {
        if (begun) {
          words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
      } else if (quote == 0 && c == '$' && more && text.charAt(i + 1) == '\'') {
        escapes = true;
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
        begun = true;
      } else if (c == quote) {
        quote = 0;
        escapes = false;
      } else if (c == '\\' && more && (quote != '\'' || escapes)) {
        char next = text.charAt(++i);
        if (escapes && next == 'u' && isHex(text, i + 1)) {
          word.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
          i += 4;
        } else if (next == '\n' || next == '\r') {
          // The line goes on.
          i += next == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n' ? 1 : 0;
        } else {
          begun = true;
          word.append(escapes && next == 'n' ? '\n' : next);
        }
      } else {
        begun = true;
        word.append(c);
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("the curl command ends inside of quotation marks");
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }

  private static boolean isHex(String text, int from) {
    return from + 4 <= text.length()
        && text.substring(from, from + 4).chars().allMatch(Bytes::isHexDigit);
  }

  // ----------------------------------------------------------------------------------- what it
  // says

  String url() {
    return String.valueOf(url);
  }

  Optional<String> method() {
    return Optional.ofNullable(method);
  }

  /** The page's; empty where the browser sent none, as in a request of one origin. */
  Optional<String> origin() {
    return Optional.ofNullable(origin);
  }

  Optional<String> userAgent() {
    return Optional.ofNullable(userAgent);
  }

  Optional<String> data() {
    return Optional.ofNullable(data);
  }

  /** Empty if the browser sent none. */
  String cookie() {
    return cookie;
  }

  /** Those that the script set, as {@code name: value}. */
  List<String> headers() {
    return List.copyOf(headers);
  }
}
