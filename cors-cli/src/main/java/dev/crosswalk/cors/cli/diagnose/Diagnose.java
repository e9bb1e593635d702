package dev.crosswalk.cors.cli.diagnose;

import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.answer.Server;
import dev.crosswalk.cors.cli.terminal.ExitCode;
import dev.crosswalk.cors.cli.terminal.IgnoredProxy;
import dev.crosswalk.cors.cli.terminal.Lines;
import dev.crosswalk.cors.cli.terminal.Usage;
import dev.crosswalk.cors.tck.browser.Request;
import dev.crosswalk.cors.tck.wire.WireClient;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

  @Spec private @Nullable CommandSpec spec;

  @Mixin private GivenRequest given = new GivenRequest();

  @Option(
      names = "--timeout",
      defaultValue = "10",
      paramLabel = "SECONDS",
      description = "How many seconds one exchange may take; ${DEFAULT-VALUE} by default.")
  private long timeout = 10;

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
          "Sends the request again every so many seconds, prints what changes, and ends when the"
              + " script may read the response.")
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
    given.takeCopied();
    requireOptions();
    IgnoredProxy.of(System.getenv(), "diagnose", given.url())
        .ifPresent(sentence -> Lines.complain(command().getErr(), sentence));
    if (urls != null) {
      return list(urls);
    }
    return watch == null ? print(diagnosis()) : watch(watch);
  }

  private Diagnosis diagnosis() {
    Request request = given.request();
    if (given.isWebSocket()) {
      return webSocket(request);
    }
    if (RequestArguments.hasUserInfo(given.url())) {
      return BlockedUrl.userInfo(request);
    }
    Diagnosis diagnosis;
    try (WireClient client = client();
        WireClient again = client.timeout(Duration.ofSeconds(Math.min(timeout, AGAIN_SECONDS)))) {
      Optional<Server> wanted = Optional.ofNullable(server);
      diagnosis = Diagnosis.of(request, given.asBrowser(client), given.asBrowser(again), wanted);
      diagnosis = OverHttp2.of(diagnosis, client, given::asBrowser, wanted);
    } catch (IllegalArgumentException e) {
      throw mistake(GivenRequest.sentence(e));
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
    if (given.hasMethodOrBody()) {
      throw mistake("A WebSocket has no method and no body: leave out -X, --data and --data-json.");
    }
    try (WireClient client = client()) {
      return Handshake.of(request, given.url(), given.headers(), given.asBrowser(client));
    } catch (IllegalArgumentException e) {
      throw mistake(GivenRequest.sentence(e));
    }
  }

  private int print(Diagnosis diagnosis) {
    PrintWriter out = command().getOut();
    given.tellWhatIsLeftOut(diagnosis.request());
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
    if (!given.onlyReads()) {
      throw mistake("--watch sends the request again and again, so it accepts only GET and HEAD.");
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
      given.ask(line);
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

  private void requireOptions() {
    Usage.requireRange(command(), "--timeout", timeout, 1, MAX_SECONDS);
    if (watch != null) {
      Usage.requireRange(command(), "--watch", watch, 1, MAX_SECONDS);
    }
    if (authorities != null) {
      Usage.requireFile(command(), "--cacert " + printable(authorities.toString()), authorities);
    }
    requireOne("URL", given.hasUrl(), "--urls", urls != null);
    requireOne("--cacert", authorities != null, "--insecure", insecure);
    if (!given.hasUrl() && urls == null) {
      throw mistake("The URL is missing: write crosswalk diagnose URL --origin ORIGIN.");
    }
    given.requireOptions();
  }

  private void requireOne(String one, boolean hasOne, String other, boolean hasOther) {
    Usage.requireOne(command(), new TreeMap<>(Map.of(one, hasOne, other, hasOther)));
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
