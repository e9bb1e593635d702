package dev.crosswalk.cors.cli;

import dev.crosswalk.cors.cli.check.Check;
import dev.crosswalk.cors.cli.diagnose.Diagnose;
import dev.crosswalk.cors.cli.explain.Explain;
import dev.crosswalk.cors.cli.policy.Policy;
import dev.crosswalk.cors.cli.terminal.ExitCode;
import dev.crosswalk.cors.cli.terminal.JsonOutput;
import dev.crosswalk.cors.cli.terminal.Lines;
import dev.crosswalk.cors.cli.terminal.Mistake;
import dev.crosswalk.cors.cli.terminal.Secrets;
import dev.crosswalk.cors.cli.terminal.Usage;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;

/** The command {@code crosswalk}: looks at the CORS of any server, in any language. */
@Command(
    name = "crosswalk",
    description = {
      "Looks at the CORS of any server, as browsers do.",
      "",
      "If a browser says \"blocked by CORS policy\", begin with explain."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Crosswalk.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      Explain.class,
      Diagnose.class,
      Check.class,
      Policy.class,
      AutoComplete.GenerateCompletion.class,
      Help.class
    })
public final class Crosswalk {

  /** What {@code --version} prints. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"crosswalk " + Usage.VERSION};
    }
  }

  private Crosswalk() {}

  /**
   * Runs a command and ends the program with its exit code.
   *
   * @param arguments {@code --help} tells
   */
  public static void main(String... arguments) {
    PrintWriter out = writer(System.out);
    PrintWriter err = writer(System.err);
    System.exit(run(out, err, Ansi.AUTO, arguments));
  }

  /** Of a failure that is not an answer. Java itself would end with 1, which is one. */
  private static int failed(String... arguments) {
    return arguments.length > 0 && arguments[0].equals("policy")
        ? ExitCode.POLICY_USAGE
        : ExitCode.USAGE;
  }

  /**
   * In the terminal's encoding; in UTF-8 if that does not have what Firefox prints, as where no
   * locale is set.
   */
  private static PrintWriter writer(PrintStream stream) {
    String named = System.getProperty("stdout.encoding");
    Charset charset = named == null ? Charset.defaultCharset() : Charset.forName(named);
    boolean has = charset.canEncode() && charset.newEncoder().canEncode("‘Origin’");
    return new PrintWriter(
        new OutputStreamWriter(stream, has ? charset : StandardCharsets.UTF_8), true);
  }

  /**
   * Runs a command. Every failure is one sentence, never a stack trace. What may be a secret in a
   * URL is not shown.
   *
   * @param out what the command says
   * @param err what is wrong with the command
   * @param ansi whether to use colors
   * @param arguments {@code --help} tells
   * @return the exit code
   */
  public static int run(PrintWriter out, PrintWriter err, Ansi ansi, String... arguments) {
    PrintWriter shown = Secrets.hidingIn(out);
    PrintWriter complaints = Secrets.hidingIn(err);
    try {
      int exit = answer(shown, complaints, ansi, arguments);
      shown.flush();
      return exit;
    } catch (Throwable e) {
      complain(complaints, "the program failed: " + e);
      return failed(arguments);
    } finally {
      complaints.flush();
    }
  }

  private static int answer(PrintWriter out, PrintWriter err, Ansi ansi, String... arguments) {
    if (isMessageAlone(arguments)) {
      // Without the parser of options, which takes longer than the explanation.
      List<String> words = List.of(arguments).subList(1, arguments.length);
      Explain.Answer answer = Explain.answer(words, Optional.empty(), false, ansi.enabled(), out);
      answer.complaint().ifPresent(sentence -> complain(err, sentence, "crosswalk explain"));
      return answer.exit();
    }
    CommandLine commands = new CommandLine(new Crosswalk());
    // @FILE is a body's: elsewhere an argument that begins so is meant as it is written.
    commands.setExpandAtFiles(false);
    Help.arrange(commands);
    commands.setOut(out).setErr(err).setColorScheme(CommandLine.Help.defaultColorScheme(ansi));
    Usage.columns()
        .ifPresentOrElse(commands::setUsageHelpWidth, () -> commands.setUsageHelpAutoWidth(true));
    // check writes its JSON into a file.
    boolean json = List.of(arguments).contains("--json") && !arguments[0].equals("check");
    commands.setParameterExceptionHandler(
        (e, words) -> {
          String sentence = Mistake.copied(words).orElseGet(() -> Mistake.sentence(e));
          if (json) {
            out.println(JsonOutput.ofMistake(arguments[0], sentence));
          }
          complain(err, sentence, e.getCommandLine().getCommandSpec().qualifiedName());
          return e.getCommandLine().getCommandSpec().exitCodeOnInvalidInput();
        });
    commands.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          String sentence = e.getMessage() == null ? e.toString() : e.getMessage();
          if (json) {
            out.println(JsonOutput.ofMistake(arguments[0], sentence));
          }
          complain(err, sentence);
          return command.getCommandSpec().exitCodeOnInvalidInput();
        });
    if (arguments.length == 0) {
      commands.usage(err);
      return ExitCode.USAGE;
    }
    return commands.execute(arguments);
  }

  private static boolean isMessageAlone(String... arguments) {
    return arguments.length > 0
        && arguments[0].equals("explain")
        && Stream.of(arguments).noneMatch(argument -> argument.startsWith("-"));
  }

  private static void complain(PrintWriter err, String sentence) {
    Lines.complain(err, "crosswalk: " + sentence);
  }

  private static void complain(PrintWriter err, String sentence, String command) {
    complain(err, sentence);
    err.println("Try: " + command + " --help");
    err.flush();
  }
}
