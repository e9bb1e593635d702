package dev.crosswalk.cors.cli.copied;

import dev.crosswalk.cors.tck.url.Printable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What a browser's "Copy as cURL" holds, for a shell of Unix or for Windows' cmd. */
final class CurlCommand {

  private static final Set<String> FLAGS =
      Set.of(
          "--compressed",
          "--silent",
          "--show-error",
          "--location",
          "--include",
          "--head",
          "--verbose",
          "--globoff",
          "--fail",
          "--http1.1",
          "--http2",
          "--insecure",
          "--no-progress-meter");

  /** Several may stand together: {@code -svI}. */
  private static final Pattern SHORT_FLAGS = Pattern.compile("-[sSLiIvgkfN#]{1,10}");

  /** They say nothing of what a page asks for. */
  private static final Set<String> IGNORED =
      Set.of(
          "-o",
          "--output",
          "-D",
          "--dump-header",
          "-m",
          "--max-time",
          "--connect-timeout",
          "-w",
          "--write-out",
          "-x",
          "--proxy",
          "-c",
          "--cookie-jar",
          "--cacert",
          "--resolve",
          "--retry");

  /** Their value may follow without a space: {@code -XPUT}. */
  private static final Pattern WITH_VALUE =
      Pattern.compile("-[XHdbAeuomFwDxc].{1,}", Pattern.DOTALL);

  private static final String BOUNDARY = "crosswalk";

  /** So cmd joins lines, also where nothing else is escaped. */
  private static final Pattern CARET_AT_END = Pattern.compile(" \\^\r?\n");

  private static final Pattern SEPARATOR = Pattern.compile("[;&]$");

  private final CopiedRequest request;

  private CurlCommand(CopiedRequest request) {
    this.request = request;
  }

  /**
   * Reads a command.
   *
   * @throws IllegalArgumentException if it has an option that is not known; the message is a
   *     sentence without its period
   */
  static void read(String text, CopiedRequest request) {
    boolean cmd = text.contains("^\"") || CARET_AT_END.matcher(text).find();
    new CurlCommand(request).read(ShellWords.of(cmd ? ShellWords.withoutCarets(text) : text));
    request.typeOfForm();
  }

  private void read(List<String> words) {
    requireOne(words);
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (FLAGS.contains(word) || SHORT_FLAGS.matcher(word).matches()) {
        continue;
      }
      if (WITH_VALUE.matcher(word).matches()) {
        option(word.substring(0, 2), word.substring(2));
        continue;
      }
      if (!word.startsWith("-")) {
        request.url(word);
        continue;
      }
      if (++i == words.size()) {
        throw new IllegalArgumentException("the curl command ends in an option without a value");
      }
      option(word, words.get(i));
    }
  }

  /** "Copy all as cURL" has one command for each request of the page. */
  private static void requireOne(List<String> words) {
    long commands =
        IntStream.range(1, words.size())
            .filter(i -> words.get(i).equals("curl") && SEPARATOR.matcher(words.get(i - 1)).find())
            .count();
    if (commands > 0) {
      throw new IllegalArgumentException(
          "it holds "
              + (commands + 1)
              + " requests: leave the one that the browser blocks. \"Copy as cURL\" copies one");
    }
  }

  private void option(String name, String value) {
    if (IGNORED.contains(name)) {
      return;
    }
    switch (name) {
      case "-X", "--request" -> request.method(value);
      case "-H", "--header" -> header(value);
      case "-b", "--cookie" -> request.header("Cookie", value);
      case "-A", "--user-agent" -> request.header("User-Agent", value);
      case "--url" -> request.url(value);
      case "-e", "--referer" -> request.referrer(value);
      case "-u", "--user" ->
          request.header(
              "Authorization",
              "Basic "
                  + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
      case "-d", "--data", "--data-raw", "--data-binary", "--data-ascii" -> {
        if (value.startsWith("@") && name.equals("--data-raw")) {
          throw new IllegalArgumentException("--data-raw that begins with @ is not supported");
        }
        request.data(value);
      }
      case "--json" -> {
        request.header("Content-Type", "application/json");
        request.data(value);
      }
      case "--data-urlencode" -> request.data(URLEncoder.encode(value, StandardCharsets.UTF_8));
      case "-F", "--form", "--form-string" -> {
        request.header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY);
        request.data(part(value));
      }
      default ->
          throw new IllegalArgumentException(
              "the curl option "
                  + Printable.shown(name, CopiedRequest.MAX_SHOWN)
                  + " is not supported");
    }
  }

  /** A part of a form; of a file there is its name alone. */
  private static String part(String value) {
    int equals = value.indexOf('=');
    String name = equals < 0 ? value : value.substring(0, equals);
    return "--"
        + BOUNDARY
        + "\r\nContent-Disposition: form-data; name=\""
        + name
        + "\"\r\n\r\n"
        + value.substring(equals + 1)
        + "\r\n--"
        + BOUNDARY
        + "--\r\n";
  }

  private void header(String line) {
    int colon = line.indexOf(':');
    if (colon >= 1) {
      request.header(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
    }
  }
}
