package dev.crosswalk.cors.cli.policy;

import dev.crosswalk.cors.cli.grant.PolicyFile;
import dev.crosswalk.cors.cli.policy.from.Format;
import dev.crosswalk.cors.cli.policy.from.Imported;
import dev.crosswalk.cors.cli.terminal.ExitCode;
import dev.crosswalk.cors.cli.terminal.Lines;
import dev.crosswalk.cors.cli.terminal.Mistake;
import dev.crosswalk.cors.cli.terminal.Typo;
import dev.crosswalk.cors.cli.terminal.Usage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code crosswalk policy import}: another server's policy, as Crosswalk writes it. */
@Command(
    name = "import",
    description = {
      "Reads the CORS of another server's or framework's configuration, and prints the policy as"
          + " Crosswalk writes it.",
      "",
      "What was dangerous, what never worked, and what could not be carried over is listed on"
          + " standard error, with file and line. So is what the policy grants beyond the original."
    },
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.POLICY_USAGE,
    exitCodeList = {
      "0:The policy says all that the original said.",
      "1:Something was dangerous, never worked, or could not be carried over.",
      "3:The command or the file is wrong."
    },
    footer = "  crosswalk policy import nginx.conf --from nginx > cors.properties")
final class PolicyImport implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The configuration.")
  private @Nullable Path given;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "FORMAT",
      description = "Its format: ${COMPLETION-CANDIDATES}.",
      completionCandidates = Words.class)
  private String from = "";

  /** The formats by their names. */
  static final class Words implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Format.values()).map(Format::word).iterator();
    }
  }

  @Override
  public Integer call() {
    CommandLine command = Usage.bound(spec).commandLine();
    Path file = Usage.bound(given);
    List<String> known = Arrays.stream(Format.values()).map(Format::word).toList();
    if (!known.contains(from) && Typo.nearest(from, known).isEmpty()) {
      throw Usage.mistake(
          command,
          Mistake.unknown("format", from, known)
              + " For any other format, and for code, write what it grants into a policy, and compare it"
              + " with the running server by crosswalk check.");
    }
    Format format = Policy.named(command, from, "format", Format.values(), Format::word);
    Usage.requireFile(command, file.toString(), file);
    String text;
    try {
      text = PolicyFile.text(file);
    } catch (IOException e) {
      throw Usage.unreadable(command, file.toString(), e);
    }
    if (PolicyFile.isOurs(text)) {
      throw Usage.mistake(
          command,
          file
              + " is a policy of Crosswalk already. To see it, write crosswalk policy show "
              + file
              + ".");
    }
    Imported imported = format.read(file.toString(), text);
    command.getOut().print(imported.file());
    command.getOut().flush();
    PrintWriter err = command.getErr();
    imported.findings().stream()
        .sorted(Comparator.comparing(Imported.Finding::level))
        .map(finding -> Lines.labelled(finding.level(), finding + "."))
        .forEach(lines -> lines.forEach(err::println));
    err.flush();
    return imported.findings().isEmpty() ? ExitCode.HOLDS : ExitCode.BROKEN;
  }
}
