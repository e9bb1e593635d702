package dev.crosswalk.cors.cli;

import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** The command {@code crosswalk}: looks at the CORS of any server, in any language. */
@Command(
    name = "crosswalk",
    description = "Looks at the CORS of any server, as browsers do.",
    mixinStandardHelpOptions = true,
    version = "crosswalk " + Crosswalk.VERSION,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {Check.class, Diagnose.class, Explain.class, CommandLine.HelpCommand.class})
public final class Crosswalk {

  static final String VERSION = "0.1.0";

  /** Everything is as it should be. */
  static final int EXIT_HOLDS = 0;

  /** The server is not as it should be. */
  static final int EXIT_BROKEN = 1;

  /** There is nothing to judge: a mistake in the command, or a server that does not answer. */
  static final int EXIT_USAGE = 2;

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

  /** Runs a command. Whatever goes wrong is told in a sentence, never by a stack trace. */
  static int run(PrintWriter out, PrintWriter err, Ansi ansi, String... arguments) {
    CommandLine commands = new CommandLine(new Crosswalk());
    // @FILE is a body's: elsewhere an argument that begins so is meant as it is written.
    commands.setExpandAtFiles(false);
    commands.setOut(out).setErr(err).setColorScheme(CommandLine.Help.defaultColorScheme(ansi));
    commands.setUsageHelpAutoWidth(true);
    commands.setParameterExceptionHandler(
        (e, unused) -> {
          err.println("crosswalk: " + e.getMessage());
          err.println("Try: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
          return EXIT_USAGE;
        });
    commands.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          err.println("crosswalk: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
          return EXIT_USAGE;
        });
    if (arguments.length == 0) {
      commands.usage(err);
      return EXIT_USAGE;
    }
    return commands.execute(arguments);
  }

  /** A mistake in the command, told in a sentence. */
  static ParameterException mistake(CommandLine command, String sentence) {
    return new ParameterException(command, sentence);
  }
}
