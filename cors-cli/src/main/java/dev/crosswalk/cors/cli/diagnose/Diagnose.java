package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.cli.copied.CopiedRequest;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.answer.Server;
import dev.crosswalk.cors.cli.terminal.ExitCode;
import dev.crosswalk.cors.cli.terminal.IgnoredProxy;
import dev.crosswalk.cors.cli.terminal.Lines;
import dev.crosswalk.cors.cli.terminal.Usage;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.browser.Request.Credentials;
import dev.crosswalk.cors.tck.browser.Request.Redirect;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.Transport;
import dev.crosswalk.cors.tck.wire.WireClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code crosswalk diagnose}: plays browsers for one request, and tells why they block it. */
@Command(
    name = "diagnose",
    description = {
      "Tells why browsers block a request, and what to change on the server.",
      "",
      "Sends what Chrome, Firefox and Safari send: the preflight if there is one, the request, and"
          + " whatever it is redirected to. The request is sent for real, once: a DELETE deletes."
          + " What is wrong is marked with !. The values of Authorization and of cookies are not"
          + " shown."
    },
    mixinStandardHelpOptions = true,
    exitCodeList = {
      "0:The script may read the response.",
      "1:A browser blocks it, or the server does not answer.",
      "2:The command is wrong."
    },
    footer = {
      "  crosswalk diagnose https://api.example.com/items \\",
      "    --origin https://app.example.com -X PUT \\",
      "    -H 'Content-Type: application/json' --credentials"
    })
public final class Diagnose implements Callable<Integer> {

  private static final long MAX_SECONDS = 600;

  /** What is asked once more is worth less time: many servers leave a path without an answer. */
  private static final long AGAIN_SECONDS = 4;

  private static final Duration WATCHES = Duration.ofHours(1);
  private static final List<String> SAFE = List.of("GET", "HEAD");

  /** What Chrome sends since it has been "reduced": many servers and filters look at it. */
  private static final String CHROME =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0"
          + " Safari/537.36";

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "URL",
      description = "What the page asks for; with ws: or wss:, the WebSocket that it opens.")
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
      names = "--timeout",
      defaultValue = "10",
      paramLabel = "SECONDS",
      description = "How many seconds one exchange may take; ${DEFAULT-VALUE} by default.")
  private long timeout = 10;

  @Option(
      names = {"-A", "--user-agent"},
      paramLabel = "TEXT",
      description =
          "The User-Agent. It is Chrome's by default, because some servers answer only browsers.")
  private String userAgent = CHROME;

  @Option(
      names = "--cacert",
      paramLabel = "FILE",
      description = "Trusts the certificates in a PEM file, too.")
  private @Nullable Path authorities;

  @Option(
      names = "--insecure",
      description = "Trusts every certificate. A browser does not: use it to see what comes next.")
  private boolean insecure;

  @Option(
      names = "--for",
      paramLabel = "SERVER",
      description =
          "Writes the remedy for one of the servers below; by default for the one that answers.")
  private @Nullable Server server;

  @Option(
      names = "--urls",
      paramLabel = "FILE",
      description = "Requests each URL in a file, one per line, and prints one line for each.")
  private @Nullable Path urls;

  @Option(
      names = "--watch",
      paramLabel = "SECONDS",
      description =
          "Asks again every so many seconds, prints what changes, and ends when the script may read"
              + " the response.")
  private @Nullable Long watch;

  @ArgGroup private Format format = new Format();

  /** One of these. */
  static final class Format {
    @Option(names = "--markdown", description = "Prints Markdown for a ticket.")
    private boolean markdown;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;
  }

  @Override
  public Integer call() {
    if (copied != null) {
      take(copied);
    }
    requireOptions();
    IgnoredProxy.of(System.getenv(), "diagnose", url)
        .ifPresent(sentence -> Lines.complain(command().getErr(), sentence));
    if (urls != null) {
      return list(urls);
    }
    return watch == null ? print(diagnosis()) : watch(watch);
  }

  private Diagnosis diagnosis() {
    Request request = request();
    if (RequestArguments.isWebSocket(url)) {
      return webSocket(request);
    }
    if (RequestArguments.hasUserInfo(url)) {
      return BlockedUrl.userInfo(request);
    }
    Diagnosis diagnosis;
    try (WireClient client = client();
        WireClient again = client.timeout(Duration.ofSeconds(Math.min(timeout, AGAIN_SECONDS)))) {
      Optional<Server> wanted = Optional.ofNullable(server);
      diagnosis = Diagnosis.of(request, asBrowser(client), asBrowser(again), wanted);
      diagnosis = OverHttp2.of(diagnosis, client, this::asBrowser, wanted);
    } catch (IllegalArgumentException e) {
      throw mistake(sentence(e));
    }
    if (diagnosis.unknown().isPresent()) {
      throw mistake(
          printable(diagnosis.unknown().get())
              + ", and HTTP/2 got no answer either. So diagnose cannot tell what a browser gets. Paste"
              + " the browser's message into explain.");
    }
    return diagnosis;
  }

  /** A script can give a WebSocket its subprotocols, and nothing else. */
  private Diagnosis webSocket(Request request) {
    if (method != null || data != null || dataJson != null) {
      throw mistake("A WebSocket has no method and no body: leave out -X, --data and --data-json.");
    }
    try (WireClient client = client()) {
      return Handshake.of(request, url, headers, asBrowser(client));
    } catch (IllegalArgumentException e) {
      throw mistake(sentence(e));
    }
  }

  private int print(Diagnosis diagnosis) {
    PrintWriter out = command().getOut();
    tellWhatIsLeftOut(diagnosis.request());
    if (format.json) {
      out.println(DiagnosisJson.of(diagnosis));
    } else if (format.markdown) {
      out.print(DiagnosisMarkdown.of(diagnosis));
    } else {
      new DiagnosisText(out, command().getColorScheme().ansi().enabled()).print(diagnosis);
    }
    out.flush();
    return diagnosis.isFine() ? ExitCode.HOLDS : ExitCode.BROKEN;
  }

  /** Until the page may read the response, or nobody looks any more. */
  private int watch(long seconds) {
    boolean reads = method == null ? data == null && dataJson == null : SAFE.contains(method);
    if (!reads) {
      throw mistake("--watch asks again and again, so it takes only GET and HEAD.");
    }
    Diagnosis diagnosis = diagnosis();
    print(diagnosis);
    for (long end = System.nanoTime() + WATCHES.toNanos();
        !diagnosis.isFine() && System.nanoTime() < end; ) {
      LockSupport.parkNanos(Duration.ofSeconds(seconds).toNanos());
      Diagnosis next = diagnosis();
      if (!next.remedy().map(Remedy::cause).equals(diagnosis.remedy().map(Remedy::cause))) {
        command().getOut().println();
        print(next);
      }
      diagnosis = next;
    }
    return diagnosis.isFine() ? ExitCode.HOLDS : ExitCode.BROKEN;
  }

  /** One line for each URL, and on standard error what the codes in them mean. */
  private int list(Path file) {
    if (format.json || format.markdown || watch != null) {
      throw mistake("--urls prints a line for each URL: leave out --json, --markdown and --watch.");
    }
    int exit = ExitCode.HOLDS;
    Map<String, String> causes = new LinkedHashMap<>();
    for (String line : UrlsFile.read(file, command())) {
      url = line;
      Diagnosis diagnosis = diagnosis();
      String verdict =
          diagnosis
              .remedy()
              .map(remedy -> (diagnosis.isUnanswered() ? "FAILED   " : "BLOCKED  ") + remedy.code())
              .orElse("ALLOWED");
      command().getOut().println(verdict + "  " + printable(line));
      diagnosis.remedy().ifPresent(remedy -> causes.putIfAbsent(remedy.code(), remedy.cause()));
      exit = diagnosis.isFine() ? exit : ExitCode.BROKEN;
    }
    causes.forEach((code, cause) -> Lines.complain(command().getErr(), code + ": " + cause));
    return exit;
  }

  private WireClient client() {
    WireClient client =
        new WireClient().timeout(Duration.ofSeconds(timeout)).notAwaitingBodies().orHttp2();
    if (insecure) {
      return client.trustingEveryCertificate();
    }
    return authorities == null
        ? client
        : client.trusting(RequestArguments.certificates(authorities));
  }

  /** Some servers, and most filters of bots, answer only browsers. */
  private Transport asBrowser(Transport transport) {
    boolean chrome = userAgent.equals(CHROME);
    return BrowserHeaders.over(transport, userAgent, origin, chrome);
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

  private void requireOptions() {
    Usage.requireRange(command(), "--timeout", timeout, 1, MAX_SECONDS);
    if (watch != null) {
      Usage.requireRange(command(), "--watch", watch, 1, MAX_SECONDS);
    }
    if (authorities != null) {
      Usage.requireFile(command(), "--cacert " + printable(authorities.toString()), authorities);
    }
    requireOne("URL", !url.isEmpty(), "--urls", urls != null);
    requireOne("--data", data != null, "--data-json", dataJson != null);
    requireOne("--cacert", authorities != null, "--insecure", insecure);
    if (url.isEmpty() && urls == null) {
      throw mistake("The URL is missing: write crosswalk diagnose URL --origin ORIGIN.");
    }
    if (origin.isEmpty()) {
      throw mistake(
          "The page's origin is missing: write --origin https://app.example.com, with your page's"
              + " scheme, host and port.");
    }
  }

  private void requireOne(String one, boolean hasOne, String other, boolean hasOther) {
    Usage.requireOne(command(), new TreeMap<>(Map.of(one, hasOne, other, hasOther)));
  }

  private Optional<byte[]> body() {
    String text = data == null ? dataJson : data;
    if (text == null) {
      return Optional.empty();
    }
    return Optional.of(RequestArguments.body(text));
  }

  private Request request() {
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

  private void tellWhatIsLeftOut(Request request) {
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
  private static String sentence(IllegalArgumentException e) {
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
