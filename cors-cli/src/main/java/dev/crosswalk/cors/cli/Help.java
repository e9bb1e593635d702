package dev.crosswalk.cors.cli;

import dev.crosswalk.cors.cli.terminal.ExitCode;
import dev.crosswalk.cors.cli.terminal.Mistake;
import dev.crosswalk.cors.cli.terminal.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.ListResourceBundle;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code crosswalk help}, and how the help of all commands looks. */
@Command(
    name = "help",
    description = "Shows the help of a command.",
    helpCommand = true,
    mixinStandardHelpOptions = true)
final class Help implements Callable<Integer> {

  /** The words of picocli's own options. */
  private static final class Words extends ListResourceBundle {
    @Override
    protected Object[][] getContents() {
      return new Object[][] {
        {"mixinStandardHelpOptions.help", "Shows this help."},
        {"mixinStandardHelpOptions.version", "Shows the version."}
      };
    }
  }

  private static final String NAMES = "names";

  @Spec private @Nullable CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "Such as policy diff.")
  private List<String> names = List.of();

  @Override
  public Integer call() {
    CommandLine shown = Usage.bound(spec).parent().commandLine();
    for (String name : names) {
      CommandLine next = shown.getSubcommands().get(name);
      if (next == null) {
        throw Usage.mistake(shown, Mistake.noCommand(shown, name));
      }
      shown = next;
    }
    shown.usage(shown.getOut());
    return ExitCode.HOLDS;
  }

  /** Lets all commands speak as ours do. */
  static void arrange(CommandLine commands) {
    commands.setResourceBundle(new Words());
    headings(commands);
    below(commands, "generate-completion")
        .getCommandSpec()
        .usageMessage()
        .description(
            "Prints a script that completes commands and options in bash and zsh.",
            "",
            "For the shell that is open:",
            "",
            "  source <(crosswalk generate-completion)",
            "");
    list(below(commands, "diagnose"));
    list(below(commands, "explain"));
  }

  /** Of those that have exit codes, which all have but what only leads to others. */
  private static void headings(CommandLine command) {
    UsageMessageSpec help = command.getCommandSpec().usageMessage();
    if (!help.exitCodeList().isEmpty()) {
      help.sortOptions(false)
          .parameterListHeading("%nParameters:%n")
          .optionListHeading("%nOptions:%n")
          .exitCodeListHeading("%nExit codes:%n")
          .footerHeading("%nExample:%n");
    }
    command.getSubcommands().values().forEach(Help::headings);
  }

  private static CommandLine below(CommandLine commands, String name) {
    return Objects.requireNonNull(commands.getSubcommands().get(name));
  }

  /** The names of servers come last: they are so many that they hide the options. */
  private static void list(CommandLine command) {
    List<String> sections = new ArrayList<>(command.getHelpSectionKeys());
    sections.add(sections.indexOf(UsageMessageSpec.SECTION_KEY_FOOTER_HEADING), NAMES);
    command.setHelpSectionKeys(sections);
    command
        .getHelpSectionMap()
        .put(
            NAMES,
            help -> {
              int width = help.commandSpec().usageMessage().width();
              TextTable names =
                  TextTable.forColumns(help.colorScheme(), new Column(width, 2, Overflow.WRAP));
              Iterable<String> servers =
                  help.commandSpec().findOption("--for").completionCandidates();
              names.addRowValues(String.join(", ", servers));
              return help.createHeading("%nServers:%n") + names;
            });
  }
}
