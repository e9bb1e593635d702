package dev.crosswalk.cors.cli.check;

import dev.crosswalk.cors.cli.remedy.ServerRemedy;
import dev.crosswalk.cors.cli.remedy.answer.ResponseSigns;
import dev.crosswalk.cors.cli.terminal.ExitCode;
import dev.crosswalk.cors.cli.terminal.IgnoredProxy;
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
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
      "Tells what a server grants that it is not meant to grant, and which pages do not work, by"
          + " every rule that can be tested from outside.",
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

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "URL",
      description = "What to ask for: a resource that answers GET. You can give several.")
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

  @Option(names = "--exchanges", description = "Shows what was asked for each broken rule.")
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
    known(rules);
    if (timeout < 1 || timeLimit < 1) {
      throw mistake("--timeout and --time-limit are at least 1 second.");
    }
    targets.stream()
        .flatMap(target -> ignoredProxy(target.url()).stream())
        .distinct()
        .forEach(command().getErr()::println);
    // A user who names a rule wants to know what comes of it.
    boolean whatHolds = all || !rules.isEmpty();
    TextReport text =
        new TextReport(out(), command().getColorScheme().ansi(), exchanges, whatHolds);
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
      throw mistake("There is no URL. Write one, such as https://api.example.com/items.");
    }
    if (servers != null && !(urls.isEmpty() && expected.options().isEmpty())) {
      throw mistake(
          "--servers says what to ask for and what to expect. Write the URL and its options into"
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
      command().getErr().println("crosswalk: " + e.getMessage());
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
    Optional<Url> url = Url.parse(text);
    if (url.isEmpty() || !url.get().isHttp()) {
      throw mistake(
          "\""
              + text
              + "\" is not a web URL. Write the whole URL, such as https://api.example.com/path.");
    }
    if (url.get().includesCredentials()) {
      throw mistake(
          "The URL has a user name or a password, and fetch() refuses such a URL. Remove what is"
              + " before the @.");
    }
    return url.get();
  }

  private static void known(List<String> ids) {
    Set<String> all =
        Catalogue.rules().stream()
            .filter(rule -> rule.needs() != Rule.Needs.KIT)
            .map(Catalogue.Entry::id)
            .collect(Collectors.toCollection(TreeSet::new));
    for (String id : ids) {
      if (!all.contains(id)) {
        throw new IllegalArgumentException(
            "There is no rule "
                + id
                + " that runs against a URL. There are "
                + String.join(", ", all)
                + ".");
      }
    }
  }

  private void write(Report report) {
    write(json, JsonReport.of(report));
    write(junit, JUnitReport.of(report));
    write(sarif, SarifReport.of(report));
    write(html, HtmlReport.of(report));
  }

  private void write(@Nullable Path file, String text) {
    if (file == null) {
      return;
    }
    try {
      Files.writeString(file, Secrets.hidden(text), StandardCharsets.UTF_8);
    } catch (IOException e) {
      String why = e instanceof NoSuchFileException ? "its folder is not there" : Usage.reason(e);
      throw mistake("The report " + file + " cannot be written: " + why + ".");
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
