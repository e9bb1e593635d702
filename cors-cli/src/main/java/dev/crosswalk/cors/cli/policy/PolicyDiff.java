package dev.crosswalk.cors.cli.policy;

import dev.crosswalk.cors.cli.grant.Comparison;
import dev.crosswalk.cors.cli.grant.Difference;
import dev.crosswalk.cors.cli.grant.DifferenceText;
import dev.crosswalk.cors.cli.grant.OverviewPage;
import dev.crosswalk.cors.cli.terminal.ExitCode;
import dev.crosswalk.cors.cli.terminal.Usage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code crosswalk policy diff}: what a change of a policy grants. */
@Command(
    name = "diff",
    description = {
      "Shows what a new policy grants that the old one did not, and what it no longer grants.",
      "",
      "Policies are compared as sets, not as text: every difference comes with a request that the"
          + " two decide differently."
    },
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.POLICY_USAGE,
    exitCodeList = {
      "0:The two decide the same.",
      "1:They differ, and the new one grants nothing that the old one did not.",
      "2:The new one grants something that the old one did not.",
      "3:The command or a file is wrong."
    },
    footer = "  crosswalk policy diff main/cors.properties cors.properties --profile prod")
final class PolicyDiff implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "OLD", description = "The old policy.")
  private @Nullable Path old;

  @Parameters(index = "1", paramLabel = "NEW", description = "The new policy.")
  private @Nullable Path now;

  @Mixin private ProfileOption profile = new ProfileOption();

  @ArgGroup private Format format = new Format();

  /** One of these. */
  static final class Format {
    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Option(names = "--markdown", description = "Prints Markdown, for a pull request.")
    private boolean markdown;
  }

  @Override
  public Integer call() {
    CommandLine command = Usage.bound(spec).commandLine();
    List<Difference> differences =
        Comparison.of(
            profile.read(command, Usage.bound(old)), profile.read(command, Usage.bound(now)));
    command
        .getOut()
        .print(
            format.json
                ? OverviewPage.json(differences)
                : format.markdown
                    ? DifferenceText.markdown(differences)
                    : DifferenceText.text(differences));
    command.getOut().flush();
    return differences.isEmpty()
        ? ExitCode.HOLDS
        : differences.stream().anyMatch(one -> one.kind() == Difference.Kind.WIDER)
            ? ExitCode.WIDER
            : ExitCode.BROKEN;
  }
}
