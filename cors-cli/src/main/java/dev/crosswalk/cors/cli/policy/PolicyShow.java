package dev.crosswalk.cors.cli.policy;

import dev.crosswalk.cors.cli.grant.Overview;
import dev.crosswalk.cors.cli.grant.OverviewPage;
import dev.crosswalk.cors.cli.grant.OverviewText;
import dev.crosswalk.cors.cli.grant.Policies;
import dev.crosswalk.cors.cli.terminal.ExitCode;
import dev.crosswalk.cors.cli.terminal.GivenOrigin;
import dev.crosswalk.cors.cli.terminal.Usage;
import dev.crosswalk.cors.tck.url.Printable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

/** {@code crosswalk policy show}: who may do what. */
@Command(
    name = "show",
    description = "Shows who may do what under a policy, and what is dangerous or doubtful in it.",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.POLICY_USAGE,
    exitCodeList = {
      "0:The policy is shown. With --origin, the origin may read.",
      "1:With --origin, the origin may not read.",
      "3:The command or the file is wrong."
    },
    footer = {
      "  crosswalk policy show cors.properties --profile prod \\",
      "    --origin https://app.example.com"
    })
final class PolicyShow implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The policy.")
  private @Nullable Path given;

  @Mixin private ProfileOption profile = new ProfileOption();

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description = "Shows only the policy that decides about this path.")
  private @Nullable String path;

  @Option(
      names = "--origin",
      paramLabel = "ORIGIN",
      description = "Says whether a page of this origin may read, and why.")
  private @Nullable String origin;

  @ArgGroup private Format format = new Format();

  /** One of these. */
  static final class Format {
    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Option(names = "--markdown", description = "Prints Markdown.")
    private boolean markdown;

    @Option(names = "--html", description = "Prints a page for a browser.")
    private boolean html;
  }

  @Override
  public Integer call() {
    CommandLine command = Usage.bound(spec).commandLine();
    Path file = Usage.bound(given);
    if (path != null && !path.startsWith("/")) {
      throw Usage.mistake(
          command,
          "--path "
              + Printable.printable(path)
              + " does not begin with a slash: write --path /"
              + Printable.printable(path)
              + ".");
    }
    Optional.ofNullable(origin)
        .flatMap(given -> GivenOrigin.mistake("--origin", given))
        .ifPresent(
            sentence -> {
              throw Usage.mistake(command, sentence + ".");
            });
    if (origin != null && (format.markdown || format.html)) {
      throw Usage.mistake(
          command, "--origin answers in a sentence or in JSON: leave out --markdown and --html.");
    }
    Policies policies = profile.read(command, file);
    Overview overview;
    try {
      overview = Overview.of(policies, Optional.ofNullable(path));
    } catch (IllegalArgumentException e) {
      throw Usage.mistake(command, String.valueOf(e.getMessage()));
    }
    if (origin != null) {
      List<Overview.Answer> answers = overview.answers(policies, origin);
      command
          .getOut()
          .print(
              format.json
                  ? OverviewPage.json(origin, answers)
                  : OverviewText.text(origin, answers));
      command.getOut().flush();
      return answers.stream().anyMatch(Overview.Answer::allowed) ? ExitCode.HOLDS : ExitCode.BROKEN;
    }
    command
        .getOut()
        .print(
            format.json
                ? OverviewPage.json(overview)
                : format.html
                    ? OverviewPage.html(file + profile.title(), overview)
                    : format.markdown
                        ? OverviewText.markdown(overview)
                        : OverviewText.text(overview));
    command.getOut().flush();
    return ExitCode.HOLDS;
  }
}
