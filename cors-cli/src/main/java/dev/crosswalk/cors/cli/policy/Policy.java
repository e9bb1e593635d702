package dev.crosswalk.cors.cli.policy;

import dev.crosswalk.cors.InvalidCorsPolicyException;
import dev.crosswalk.cors.PolicyProblem;
import dev.crosswalk.cors.cli.grant.Policies;
import dev.crosswalk.cors.cli.grant.PolicyFile;
import dev.crosswalk.cors.cli.terminal.Usage;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
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
    subcommands = {PolicyShow.class, PolicyDiff.class, PolicyImport.class, PolicyExport.class})
public final class Policy implements Runnable {

  /** A mistake in the command, or in a file; 1 and 2 are answers of {@code diff}. */
  static final int EXIT_MISTAKE = 3;

  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Override
  public void run() {
    throw Usage.mistake(
        spec().commandLine(),
        "Say what to do: "
            + spec().subcommands().keySet().stream().sorted().collect(Collectors.joining(", ")));
  }

  private CommandLine.Model.CommandSpec spec() {
    return Usage.bound(spec);
  }

  /** A word that is none of some, and the nearest of them. */
  static String unknown(String word, String noun, Iterable<String> known) {
    String all = String.join(", ", known);
    String nearest = "";
    int least = 4;
    for (String one : known) {
      int distance = distance(word.toLowerCase(Locale.ROOT), one);
      if (distance < least) {
        least = distance;
        nearest = one;
      }
    }
    return "there is no "
        + noun
        + " \""
        + word
        + "\""
        + (nearest.isEmpty() ? "" : "; did you mean " + nearest + "?")
        + (nearest.isEmpty() ? "; there are " : " There are ")
        + all;
  }

  /** How many characters have to be changed, added or removed (Levenshtein). */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }

  /** Reads a file; what is wrong with it is a mistake in the command, told line by line. */
  static Policies read(CommandLine command, Path file, @Nullable String profile) {
    try {
      return PolicyFile.read(file, Optional.ofNullable(profile));
    } catch (InvalidCorsPolicyException e) {
      throw Usage.mistake(
          command,
          file
              + " is not a policy:\n"
              + e.problems().stream()
                  .map(PolicyProblem::toString)
                  .collect(Collectors.joining("\n  ", "  ", "")));
    } catch (NoSuchFileException e) {
      throw Usage.mistake(command, "there is no file " + e.getFile());
    } catch (IOException e) {
      throw Usage.mistake(command, file + " cannot be read: " + e.getMessage());
    }
  }
}
