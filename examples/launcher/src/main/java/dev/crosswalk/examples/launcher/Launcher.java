package dev.crosswalk.examples.launcher;

import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.tck.browser.Outcome;
import dev.crosswalk.cors.tck.browser.UserAgent;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.examples.launcher.Example.Running;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts the four services with one policy, and shows that they answer alike. */
@Command(
    name = "examples/run",
    mixinStandardHelpOptions = true,
    description = {
      "Starts the same service on JAX-RS, Javalin, Micronaut and Vert.x with one CORS policy, sends"
          + " six requests to each, and prints what came back, what a browser would do, and why."
          + " The services stay up until Ctrl-C, and a page in which your own browser asks them.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:All four answered alike and as expected.",
      "1:They did not.",
      "2:Bad usage, or a port in use."
    })
public final class Launcher implements Callable<Integer> {

  /** What pages of other origins may do, on all four. */
  static final CorsPolicy CORS =
      CorsPolicy.builder()
          .allowOrigins("https://app.example.com", "http://localhost:*")
          .allowMethods("PUT", "DELETE")
          .allowRequestHeaders("Authorization", "Content-Type")
          .exposeResponseHeaders("Location")
          .allowCredentials()
          .maxAge(Duration.ofHours(1))
          .build();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8081",
      description = "The first of four ports in a row; 0 for any that are free. Default: 8081")
  private int port = 8081;

  @Option(
      names = "--page-port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "The port of the page; 0 for any that is free. Default: 8080")
  private int pagePort = 8080;

  @Option(names = "--once", description = "End after the table.")
  private boolean once;

  // Picocli puts the real one here.
  @Spec private CommandSpec spec = CommandSpec.create();

  /**
   * Runs the command and ends the program.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String[] arguments) {
    // The table is the output. Each framework logs the failure that is part of it.
    LogManager.getLogManager().reset();
    System.exit(command().execute(arguments));
  }

  static CommandLine command() {
    return new CommandLine(new Launcher())
        .setParameterExceptionHandler(
            (wrong, arguments) -> {
              wrong.getCommandLine().getErr().println(wrong.getMessage());
              return ExitCode.USAGE;
            });
  }

  @Override
  public Integer call() throws InterruptedException {
    int last = Example.values().length - 1;
    if (port < 0 || port > 65_535 - last) {
      throw usage("--port is from 0 to " + (65_535 - last) + ", not " + port + ".");
    }
    for (int i = 0; port != 0 && i <= last; i++) {
      if (isInUse(port + i)) {
        throw usage("Port " + (port + i) + " is in use: choose four others with --port.");
      }
    }
    if (pagePort < 0 || pagePort > 65_535) {
      throw usage("--page-port is from 0 to 65535, not " + pagePort + ".");
    }
    if (!once && pagePort != 0 && isInUse(pagePort)) {
      throw usage("Port " + pagePort + " is in use: choose another with --page-port.");
    }
    PrintWriter out = spec.commandLine().getOut();
    // Nobody looks at the page of a program that ends at once.
    try (Playground playground = Playground.start(once ? 0 : pagePort, port, CORS)) {
      List<Running> servers = playground.servers();
      servers.forEach(server -> out.printf("%-9s  %s%n", server.example(), server.url("")));
      out.println();
      boolean asExpected = compare(servers, out);
      if (!once) {
        printCommands(servers, out);
        out.println();
        out.println("Or see your browser do it: " + playground.url("localhost"));
        out.println("The same, from an origin that is refused: " + playground.url("127.0.0.1"));
        new CountDownLatch(1).await();
      }
      return asExpected ? 0 : 1;
    } catch (IOException e) {
      throw usage("The page does not start: " + e.getMessage() + ".");
    }
  }

  private ParameterException usage(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  private static boolean isInUse(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress("localhost", port));
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  static boolean compare(List<Running> servers, PrintWriter out) {
    AnswerTable table = new AnswerTable(out, CORS);
    List<String> surprises = new ArrayList<>();
    table.printHead();
    try (WireClient wire = new WireClient()) {
      for (int i = 0; i < Scenario.ALL.size(); i++) {
        Scenario scenario = Scenario.ALL.get(i);
        Map<Example, Outcome> outcomes = new EnumMap<>(Example.class);
        for (Running server : servers) {
          // A new one each time, so that none remembers a preflight.
          outcomes.put(server.example(), new UserAgent().fetch(scenario.to(server), wire));
        }
        table.print(i + 1, scenario, outcomes);
        surprises.addAll(surprises(i + 1, scenario, outcomes));
      }
    }
    table.printFoot(surprises);
    return surprises.isEmpty();
  }

  private static List<String> surprises(
      int number, Scenario scenario, Map<Example, Outcome> outcomes) {
    List<String> surprises = new ArrayList<>();
    outcomes.forEach(
        (example, outcome) -> {
          scenario
              .surprise(outcome)
              .ifPresent(surprise -> surprises.add(number + " on " + example + ": " + surprise));
        });
    long answers =
        outcomes.values().stream()
            .map(outcome -> outcome.exchanges().stream().map(AnswerTable::answer).toList())
            .distinct()
            .count();
    if (answers > 1) {
      surprises.add(number + ": there are " + answers + " different answers.");
    }
    return surprises;
  }

  private static void printCommands(List<Running> servers, PrintWriter out) {
    out.println();
    out.println("Try it; Ctrl-C ends it:");
    for (Running server : servers) {
      out.println("  curl -i -H 'Origin: " + Scenario.ALLOWED + "' " + server.url("/notes"));
    }
  }
}
