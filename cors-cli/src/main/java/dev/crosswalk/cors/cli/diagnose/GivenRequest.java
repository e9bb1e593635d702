package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.cli.copied.CopiedRequest;
import dev.crosswalk.cors.cli.terminal.Lines;
import dev.crosswalk.cors.cli.terminal.Usage;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.browser.Request.Credentials;
import dev.crosswalk.cors.tck.browser.Request.Redirect;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.Transport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The request that a page makes, as somebody gives it: by options, or as a browser copies it. */
final class GivenRequest {

  /** What Chrome sends since it has been "reduced": many servers and filters look at it. */
  private static final String CHROME =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0"
          + " Safari/537.36";

  private static final List<String> SAFE = List.of("GET", "HEAD");

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "URL",
      description = "What the page requests; with ws: or wss:, the WebSocket that it opens.")
  private String url = "";

  @Option(
      names = "--copied",
      paramLabel = "FILE",
      description = {
        "Takes URL, origin, method, headers and body from a file that holds what the browser's"
            + " network panel copies: as cURL, as PowerShell, or as fetch. Other options replace what it says."
      })
  private @Nullable Path copied;

  @Option(
      names = "--origin",
      paramLabel = "ORIGIN",
      description =
          "The page's origin, such as https://app.example.com; or null, as of a sandboxed frame.")
  private String origin = "";

  @Option(
      names = {"-X", "--method"},
      paramLabel = "METHOD",
      description = "The method; GET by default, or POST if there is a body.")
  private @Nullable String method;

  @Option(
      names = {"-H", "--header"},
      paramLabel = "'NAME: VALUE'",
      description = {
        "A header that the script sets. You can give several.",
        "Cookie means what the browser holds: it is sent only with --credentials."
      })
  private List<String> headers = new ArrayList<>();

  @Option(
      names = {"-d", "--data"},
      paramLabel = "DATA",
      description = {
        "The request's body, or @FILE to read it from a file. The method is then POST, and"
            + " Content-Type text/plain, as fetch does it, if you say nothing else."
      })
  private @Nullable String data;

  @Option(
      names = "--data-json",
      paramLabel = "JSON",
      description =
          "The same, with Content-Type: application/json. Browsers then send a preflight.")
  private @Nullable String dataJson;

  @Option(
      names = "--credentials",
      description =
          "Sends credentials, as credentials: \"include\" does in fetch, and withCredentials in"
              + " XMLHttpRequest and axios.")
  private boolean credentials;

  @Option(
      names = "--redirects",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Follows redirects, as fetch does; --no-redirects stops at the first.")
  private boolean redirects = true;

  @Option(
      names = {"-A", "--user-agent"},
      paramLabel = "TEXT",
      description =
          "The User-Agent. It is Chrome's by default, because some servers answer only browsers.")
  private String userAgent = CHROME;

  String url() {
    return url;
  }

  boolean hasUrl() {
    return !url.isEmpty();
  }

  /** Puts another URL in its place. */
  void ask(String other) {
    url = other;
  }

  List<String> headers() {
    return List.copyOf(headers);
  }

  boolean isWebSocket() {
    return RequestArguments.isWebSocket(url);
  }

  boolean hasMethodOrBody() {
    return method != null || data != null || dataJson != null;
  }

  /** Whether it changes nothing on a server that keeps to HTTP. */
  boolean onlyReads() {
    return method == null ? data == null && dataJson == null : SAFE.contains(method);
  }

  /** Some servers, and most filters of bots, answer only browsers. */
  Transport asBrowser(Transport transport) {
    boolean chrome = userAgent.equals(CHROME);
    return BrowserHeaders.over(transport, userAgent, origin, chrome);
  }

  /** Takes from the file of {@code --copied} what no option says; nothing if there is no file. */
  void takeCopied() {
    if (copied != null) {
      take(copied);
    }
  }

  private void take(Path file) {
    Usage.requireFile(command(), "--copied " + printable(file.toString()), file);
    try {
      take(CopiedRequest.read(file));
    } catch (IOException e) {
      throw Usage.unreadable(command(), "--copied " + printable(file.toString()), e);
    } catch (IllegalArgumentException e) {
      throw mistake("--copied: " + sentence(e));
    }
  }

  private void take(CopiedRequest request) {
    url = url.isEmpty() ? request.url() : url;
    origin = origin.isEmpty() ? request.origin().orElse("") : origin;
    if (method == null && request.isPreflightOfFetch()) {
      throw mistake(
          "--copied: it is a request with the method OPTIONS, so most likely the preflight itself, which"
              + " diagnose sends as a browser does. Copy the request behind it instead, or write -X"
              + " with its method.");
    }
    method = method == null ? request.method().orElse(null) : method;
    data = data == null && dataJson == null ? request.data().orElse(null) : data;
    userAgent = userAgent.equals(CHROME) ? request.userAgent().orElse(CHROME) : userAgent;
    List<String> all = new ArrayList<>(request.headers());
    all.addAll(headers);
    credentials |= request.credentials();
    if (!request.cookie().isEmpty()) {
      all.add("Cookie: " + request.cookie());
    }
    headers = all;
  }

  void requireOptions() {
    Usage.requireOne(
        command(), new TreeMap<>(Map.of("--data", data != null, "--data-json", dataJson != null)));
    if (origin.isEmpty()) {
      throw mistake(
          "The page's origin is missing: write --origin https://app.example.com, with your page's"
              + " scheme, host and port.");
    }
  }

  private Optional<byte[]> body() {
    String text = data == null ? dataJson : data;
    if (text == null) {
      return Optional.empty();
    }
    return Optional.of(RequestArguments.body(text));
  }

  /** Whatever is asked for, as HTTP. */
  Request request() {
    RequestArguments.insteadOfPreflight(method, headers)
        .ifPresent(
            words -> {
              throw mistake(words);
            });
    Request request;
    try {
      Optional<byte[]> body = body();
      String verb = method != null ? method : body.isPresent() ? "POST" : "GET";
      String asked =
          RequestArguments.withoutUserInfo(RequestArguments.asHttp(RequestArguments.url(url)));
      request = Request.from(RequestArguments.origin(origin), verb, asked);
      for (String header : headers) {
        int colon = header.indexOf(':');
        if (colon < 1) {
          throw mistake(
              "-H "
                  + printable(header.strip().split(" ", 2)[0]) // What follows may be a secret.
                  + " has no name and colon: write -H 'Name: value'.");
        }
        String name = header.substring(0, colon).strip();
        String value = header.substring(colon + 1).strip();
        request =
            Bytes.equalIgnoringCase(name, "Cookie")
                ? request.cookie(value)
                : request.header(name, value);
      }
      if (body.isPresent()) {
        request = withBody(request, body.get());
      }
    } catch (ParameterException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw mistake(sentence(e));
    }
    return request
        .credentials(credentials ? Credentials.INCLUDE : Credentials.SAME_ORIGIN)
        .redirect(redirects ? Redirect.FOLLOW : Redirect.MANUAL);
  }

  /** With the Content-Type that fetch() gives to a string, if there is none. */
  private Request withBody(Request request, byte[] body) {
    Request with = request.body(body);
    if (request.headers().has("Content-Type")) {
      return with;
    }
    return with.header(
        "Content-Type", dataJson != null ? "application/json" : "text/plain;charset=UTF-8");
  }

  /** Which of the headers browsers do not send. */
  void tellWhatIsLeftOut(Request request) {
    PrintWriter err = command().getErr();
    for (String header : headers) {
      String name = header.substring(0, header.indexOf(':')).strip();
      if (Bytes.equalIgnoringCase(name, "Cookie")) {
        if (!credentials) {
          Lines.complain(err, "Not sent, because cookies go only with --credentials: " + name);
        }
      } else if (!request.headers().has(name)) {
        Lines.complain(err, "Not sent, because browsers let no script set it: " + name);
      }
    }
  }

  /** Request says what a browser's fetch() would throw for, without a period. */
  static String sentence(IllegalArgumentException e) {
    String sentence = printable(String.valueOf(e.getMessage()));
    return sentence.endsWith(".") ? sentence : sentence + ".";
  }

  private static String printable(String text) {
    return RequestArguments.printable(text);
  }

  private ParameterException mistake(String sentence) {
    return Usage.mistake(command(), sentence);
  }

  private CommandLine command() {
    return Usage.bound(spec).commandLine();
  }
}
