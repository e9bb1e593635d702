package dev.crosswalk.cors.cli.policy;

import dev.crosswalk.cors.cli.terminal.ExitCode;
import dev.crosswalk.cors.cli.terminal.Mistake;
import dev.crosswalk.cors.cli.terminal.Usage;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code crosswalk policy}: what a policy grants, without a server. */
@Command(
    name = "policy",
    description = {
      "Shows what a policy grants, and what a change of it grants.",
      "",
      "FILE is a cors.properties, or an application.yml or application.properties with settings"
          + " of cors. Environment variables and system properties are ignored."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeOnInvalidInput = ExitCode.POLICY_USAGE,
    subcommands = {PolicyShow.class, PolicyDiff.class, PolicyImport.class, PolicyExport.class})
public final class Policy implements Callable<Integer> {

  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  /** Alone it prints its help, as the program does. */
  @Override
  public Integer call() {
    CommandLine command = Usage.bound(spec).commandLine();
    command.usage(command.getErr());
    return ExitCode.POLICY_USAGE;
  }

  /** Picks one of some by its name; another word is a mistake, told with the nearest of them. */
  static <T> T named(
      CommandLine command, String word, String noun, T[] all, Function<T, String> name) {
    List<String> known = Arrays.stream(all).map(name).toList();
    int index = known.indexOf(word);
    if (index < 0) {
      throw Usage.mistake(command, Mistake.unknown(noun, word, known));
    }
    return all[index];
  }
}
