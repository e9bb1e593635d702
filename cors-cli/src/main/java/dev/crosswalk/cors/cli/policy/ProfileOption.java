package dev.crosswalk.cors.cli.policy;

import dev.crosswalk.cors.InvalidCorsPolicyException;
import dev.crosswalk.cors.PolicyProblem;
import dev.crosswalk.cors.cli.document.BrokenDocumentException;
import dev.crosswalk.cors.cli.grant.Policies;
import dev.crosswalk.cors.cli.grant.PolicyFile;
import dev.crosswalk.cors.cli.policy.from.Format;
import dev.crosswalk.cors.cli.terminal.Usage;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The option {@code --profile}, and how a policy is read with it. */
final class ProfileOption {

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Also reads the file of this profile, such as prod, and applies its rules.")
  private @Nullable String name;

  /** Returns what a title says of it; empty if there is none. */
  String title() {
    return name == null ? "" : ", profile " + name;
  }

  /** What to write for a file without any setting of ours, as a server's own configuration. */
  private static Optional<String> instead(Path file) {
    String text;
    try {
      text = PolicyFile.text(file);
    } catch (IOException | BrokenDocumentException e) {
      return Optional.empty();
    }
    if (PolicyFile.hasSettings(text)) {
      return Optional.empty();
    }
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    String format =
        Arrays.stream(Format.values())
            .map(Format::word)
            .filter(name::contains)
            .findFirst()
            .orElse("FORMAT");
    return Optional.of(
        file
            + " is not a policy: no line in it begins with cors. If it is the configuration of a"
            + " server, write crosswalk policy import "
            + file
            + " --from "
            + format
            + ".");
  }

  /** Reads a policy; what is wrong with it is a mistake in the command, told line by line. */
  Policies read(CommandLine command, Path file) {
    Usage.requireFile(command, file.toString(), file);
    try {
      return PolicyFile.read(file, Optional.ofNullable(name));
    } catch (InvalidCorsPolicyException e) {
      throw Usage.mistake(
          command,
          instead(file)
              .orElseGet(
                  () ->
                      file
                          + " is not a policy:\n"
                          + e.problems().stream()
                              .map(PolicyProblem::toString)
                              .collect(Collectors.joining("\n  ", "  ", ""))));
    } catch (BrokenDocumentException e) {
      throw Usage.mistake(command, instead(file).orElse(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      // It may be the profile's own file.
      String unread =
          e instanceof FileSystemException failed && failed.getFile() != null
              ? failed.getFile()
              : file.toString();
      throw Usage.unreadable(command, unread, e);
    }
  }
}
