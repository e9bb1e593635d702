package dev.crosswalk.cors.cli;

import dev.crosswalk.cors.InvalidCorsPolicyException;
import dev.crosswalk.cors.PolicyProblem;
import dev.crosswalk.cors.cli.policy.Policies;
import dev.crosswalk.cors.cli.policy.PolicyFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
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
          + " of cors. What the environment sets is left out."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeOnInvalidInput = Policy.EXIT_MISTAKE,
    subcommands = {PolicyShow.class, PolicyDiff.class})
final class Policy implements Runnable {

  /** A mistake in the command, or in a file; 1 and 2 are answers of {@code diff}. */
  static final int EXIT_MISTAKE = 3;

  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public void run() {
    throw Crosswalk.mistake(
        spec().commandLine(),
        "Say what to do: "
            + spec().subcommands().keySet().stream().sorted().collect(Collectors.joining(", ")));
  }

  private CommandLine.Model.CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("picocli sets it before it calls");
    }
    return spec;
  }

  /** Reads a file; what is wrong with it is a mistake in the command, told line by line. */
  static Policies read(CommandLine command, Path file, @Nullable String profile) {
    try {
      return PolicyFile.read(file, Optional.ofNullable(profile));
    } catch (InvalidCorsPolicyException e) {
      throw Crosswalk.mistake(
          command,
          file
              + " is not a policy:\n"
              + e.problems().stream()
                  .map(PolicyProblem::toString)
                  .collect(Collectors.joining("\n  ", "  ", "")));
    } catch (NoSuchFileException e) {
      throw Crosswalk.mistake(command, "there is no file " + e.getFile());
    } catch (IOException e) {
      throw Crosswalk.mistake(command, file + " cannot be read: " + e.getMessage());
    }
  }
}
