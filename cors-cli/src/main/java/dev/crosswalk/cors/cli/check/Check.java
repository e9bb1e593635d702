package dev.crosswalk.cors.cli.check;

import dev.crosswalk.cors.cli.remedy.ServerRemedy;
import dev.crosswalk.cors.cli.remedy.answer.ResponseSigns;
import dev.crosswalk.cors.cli.terminal.ExitCode;
import dev.crosswalk.cors.cli.terminal.GivenOrigin;
import dev.crosswalk.cors.cli.terminal.IgnoredProxy;
import dev.crosswalk.cors.cli.terminal.Lines;
import dev.crosswalk.cors.cli.terminal.Mistake;
import dev.crosswalk.cors.cli.terminal.Secrets;
import dev.crosswalk.cors.cli.terminal.Usage;
import dev.crosswalk.cors.tck.rules.Catalogue;
import dev.crosswalk.cors.tck.rules.Profile;
import dev.crosswalk.cors.tck.rules.Rule;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.WireException;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code crosswalk check}: runs every rule that needs no cooperation from the server. */
@Command(
    name = "check",
    description = {
      "Reports what a server allows that it should not, and which pages cannot work, by every rule"
          + " that can be tested from outside.",
      "",
      "The more you say about what the server is meant to allow, the more rules run. Only GET, HEAD"
          + " and OPTIONS are sent, one at a time, unless --allow-post is given."
    },
    mixinStandardHelpOptions = true,
    exitCodeList = {
      "0:Nothing is found, or only notes.",
      "1:A defect or a security finding; with --strict, any broken rule.",
      "2:The command is wrong, or a server does not answer."
    },
    footer = {
      "  crosswalk check https://api.example.com/items \\",
      "    --allowed-origin https://app.example.com --credentials \\",
      "    --refused-origin https://evil.example --method PUT --header X-Token"
    })
public final class Check implements Callable<Integer> {

  private static final int MAX_TIMEOUT = 600;

  /** A day. */
  private static final int MAX_TIME_LIMIT = 86_400;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "URL",
      description = "What to request: a resource that answers GET. You can give several.")
  private List<String> urls = List.of();

  @Option(
      names = "--servers",
      paramLabel = "FILE",
      description = {
        "Checks the servers of a properties file, each with options of its own:",
        "orders.url = https://orders.example.com/items",
        "orders.allowed-origin = https://app.example.com"
      })
  private @Nullable Path servers;

  @Mixin private ExpectedProfile expected = new ExpectedProfile();

  @Option(
      names = "--expected-profile",
      paramLabel = "FILE",
      description = {
        "A properties file with these options, one on each line:",
        "allowed-origin = https://app.example.com",
        "An option on the command line replaces its line."
      })
  private @Nullable Path expectedProfile;

  @Option(
      names = "--allow-post",
      description = "Sends POST without content, too. It may change something.")
  private boolean allowPost;

  @Option(names = "--rule", split = ",", paramLabel = "ID", description = "Runs only these rules.")
  private List<String> rules = new ArrayList<>();

  @Option(
      names = "--strict",
      description = "Fails on notes, too: any broken rule gives the exit code 1.")
  private boolean strict;

  @Option(
      names = "--exchanges",
      description = "Shows the requests that were sent for each broken" + " rule.")
  private boolean exchanges;

  @Option(names = "--all", description = "Lists the rules that hold, too.")
  private boolean all;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "How many seconds a request may take; ${DEFAULT-VALUE} by default.")
  private int timeout;

  @Option(
      names = "--time-limit",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description =
          "How many seconds one URL may take; then the rest is not run; ${DEFAULT-VALUE} by default.")
  private int timeLimit;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes a report for programs.")
  private @Nullable Path json;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Writes a report for build servers: JUnit's XML.")
  private @Nullable Path junit;

  @Option(
      names = "--sarif",
      paramLabel = "FILE",
      description = "Writes a report for code scanning: SARIF.")
  private @Nullable Path sarif;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Writes a report for people: one page that needs no other file.")
  private @Nullable Path html;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (expectedProfile != null && command().getDefaultValueProvider() == null) {
      return callAgain(expectedProfile);
    }
    List<Target> targets = targets();
    rules.forEach(this::requireRule);
    Usage.requireRange(command(), "--timeout", timeout, 1, MAX_TIMEOUT);
    Usage.requireRange(command(), "--time-limit", timeLimit, 1, MAX_TIME_LIMIT);
    requireWritable();
    targets.stream()
        .flatMap(target -> ignoredProxy(target.url()).stream())
        .distinct()
        .forEach(sentence -> Lines.complain(command().getErr(), sentence));
    // A user who names a rule wants to know what comes of it.
    boolean whatHolds = all || !rules.isEmpty();
    TextReport text =
        new TextReport(out(), command().getColorScheme().ansi().enabled(), exchanges, whatHolds);
    List<Report.Column> columns = new ArrayList<>();
    boolean silent = false;
    for (Target target : targets) {
      Optional<Report.Column> column = check(target, text);
      column.ifPresent(columns::add);
      silent |= column.isEmpty();
    }
    write(new Report(columns));
    boolean broken = columns.stream().anyMatch(column -> column.isBroken(strict));
    return silent ? ExitCode.USAGE : broken ? ExitCode.BROKEN : ExitCode.HOLDS;
  }

  /** One server, and what it is meant to allow. */
  private record Target(
      String name, Url url, String software, ExpectedProfile expected, Profile profile) {}

  private List<Target> targets() {
    if (servers == null && urls.isEmpty()) {
      throw mistake("The URL is missing: write crosswalk check URL.");
    }
    if (servers != null && !(urls.isEmpty() && expected.options().isEmpty())) {
      throw mistake(
          "--servers says what to request and what to expect. Write the URL and its options into"
              + " that file.");
    }
    List<Target> targets = new ArrayList<>();
    if (servers == null) {
      Profile profile = expected.profile(command(), allowPost);
      urls.forEach(url -> targets.add(new Target(url, target(url), "", expected, profile)));
    } else {
      ServersFile.read(servers, command())
          .forEach(
              entry ->
                  targets.add(
                      new Target(
                          entry.name(),
                          target(entry.url()),
                          entry.software(),
                          entry.expected(),
                          entry.expected().profile(command(), allowPost))));
    }
    return targets;
  }

  private static Optional<String> ignoredProxy(Url url) {
    return IgnoredProxy.of(System.getenv(), "check", url.toString());
  }

  /** Checks one server; empty if it does not answer. */
  private Optional<Report.Column> check(Target target, TextReport text)
      throws InterruptedException {
    text.begin(target.name());
    UrlUnderTest server =
        new UrlUnderTest(
            target.url(),
            target.profile(),
            Duration.ofSeconds(timeout),
            Duration.ofSeconds(timeLimit));
    WireResponse first;
    try {
      first = server.probe();
    } catch (WireException e) {
      Lines.complain(command().getErr(), "crosswalk: " + e.getMessage());
      return Optional.empty();
    }
    List<RootCause> causes =
        rules.isEmpty() ? server.causes(target.expected().declaredOrigins()) : List.of();
    Optional<ServerRemedy> remedy =
        causes.isEmpty()
            ? Optional.empty()
            : server.remedy(first, target.expected().declaredOrigins());
    text.causes(causes);
    remedy.ifPresent(text::remedy);
    Report.Heading heading =
        new Report.Heading(
            target.name(),
            target.url().toString(),
            target.software().isEmpty() ? ResponseSigns.software(first) : target.software(),
            target.expected().options());
    Report.Column column =
        server.run(heading, Set.copyOf(rules), causes, remedy, row -> text.row(row, causes));
    text.end(column);
    return Optional.of(column);
  }

  /** Parses the command again, now with what the file says where the command says nothing. */
  private int callAgain(Path file) {
    command().setDefaultValueProvider(ExpectedProfile.read(file, command()));
    List<String> words = command().getParseResult().originalArgs();
    return command().getParent().execute(words.toArray(new String[0]));
  }

  private Url target(String text) {
    GivenOrigin.withoutScheme(text)
        .ifPresent(
            sentence -> {
              throw mistake(sentence + ".");
            });
    Optional<Url> url = Url.parse(text);
    if (url.isEmpty() || !url.get().isHttp()) {
      throw mistake(
          "The URL "
              + text
              + " is not a web URL: write the whole URL, such as https://api.example.com/path.");
    }
    if (url.get().includesCredentials()) {
      throw mistake(
          "The URL has a user name or a password, and fetch() refuses such a URL. Remove what is"
              + " before the @.");
    }
    return url.get();
  }

  private void requireRule(String id) {
    List<String> all =
        Catalogue.rules().stream()
            .filter(rule -> rule.needs() != Rule.Needs.KIT)
            .map(Catalogue.Entry::id)
            .toList();
    if (all.contains(id)) {
      return;
    }
    boolean ofKit = Catalogue.rules().stream().anyMatch(rule -> rule.id().equals(id));
    if (ofKit) {
      throw mistake("The rule " + id + " cannot be tested from outside.");
    }
    throw mistake(
        "There is no rule "
            + Mistake.nameAndMeant(id, all)
            + " --all prints the id of each rule that runs.");
  }

  /** By their options; none that was not asked for. */
  private Map<String, Path> reports() {
    Map<String, Path> reports = new LinkedHashMap<>();
    put(reports, "--json", json);
    put(reports, "--junit", junit);
    put(reports, "--sarif", sarif);
    put(reports, "--html", html);
    return reports;
  }

  private static void put(Map<String, Path> reports, String option, @Nullable Path file) {
    if (file != null) {
      reports.put(option, file);
    }
  }

  /** Before the first request: a check may take minutes. */
  private void requireWritable() {
    Map<Path, String> options = new HashMap<>();
    reports()
        .forEach(
            (option, file) -> {
              Path folder = file.toAbsolutePath().getParent();
              String other = options.put(file.toAbsolutePath().normalize(), option);
              if (other != null) {
                throw mistake(other + " and " + option + " name the same file.");
              }
              if (Files.isDirectory(file)) {
                throw unwritable(option, file, "it is a folder");
              }
              if (folder == null || !Files.isDirectory(folder)) {
                throw unwritable(option, file, "its folder is not there");
              }
              if (!Files.isWritable(Files.exists(file) ? file : folder)) {
                throw unwritable(option, file, "you may not write it");
              }
            });
  }

  private CommandLine.ParameterException unwritable(String option, Path file, String why) {
    return mistake(option + " " + file + " cannot be written: " + why + ".");
  }

  private void write(Report report) {
    Map<String, Path> files = reports();
    write("--json", files, () -> JsonReport.of(report));
    write("--junit", files, () -> JUnitReport.of(report));
    write("--sarif", files, () -> SarifReport.of(report));
    write("--html", files, () -> HtmlReport.of(report));
  }

  private void write(String option, Map<String, Path> files, Supplier<String> text) {
    Path file = files.get(option);
    if (file == null) {
      return;
    }
    try {
      Files.writeString(file, Secrets.hidden(text.get()), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw unwritable(option, file, Usage.reason(e));
    }
  }

  private CommandLine.ParameterException mistake(String sentence) {
    return Usage.mistake(command(), sentence);
  }

  private PrintWriter out() {
    return command().getOut();
  }

  private CommandLine command() {
    return Usage.bound(spec).commandLine();
  }
}
