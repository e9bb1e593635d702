package dev.crosswalk.cors.cli.policy;

import dev.crosswalk.cors.cli.configuration.Limit;
import dev.crosswalk.cors.cli.configuration.Snippet;
import dev.crosswalk.cors.cli.configuration.Target;
import dev.crosswalk.cors.cli.grant.Policies;
import dev.crosswalk.cors.cli.terminal.ExitCode;
import dev.crosswalk.cors.cli.terminal.Lines;
import dev.crosswalk.cors.cli.terminal.Usage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code crosswalk policy export}: a policy as another server's configuration. */
@Command(
    name = "export",
    description = {
      "Prints a policy as the configuration of another server or framework.",
      "",
      "It grants what the policy grants, or less. What the server cannot express is in comments,"
          + " and on standard error."
    },
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = ExitCode.POLICY_USAGE,
    exitCodeList = {
      "0:The whole policy is exported.",
      "1:The server cannot express something of it.",
      "3:The command or the file is wrong."
    },
    footer = "  crosswalk policy export cors.properties --to nginx")
final class PolicyExport implements Callable<Integer> {

  /** Where an adapter applies a policy, and by which artifact. */
  private static final Map<String, String> READS_ITSELF =
      Map.of(
          "javalin", "cors-javalin",
          "spring", "cors-spring",
          "spring-boot", "cors-spring",
          "spring-security", "cors-spring",
          "webflux", "cors-spring",
          "servlet", "cors-servlet",
          "vertx", "cors-vertx",
          "jaxrs", "cors-jaxrs",
          "jax-rs", "cors-jaxrs");

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The policy.")
  private @Nullable Path given;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "SERVER",
      description = "The server or framework to write for: ${COMPLETION-CANDIDATES}.",
      completionCandidates = Words.class)
  private String to = "";

  @Mixin private ProfileOption profile = new ProfileOption();

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description = "Writes the policy of this path, if there are several policies.")
  private @Nullable String path;

  /** The servers by their names. */
  static final class Words implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Target.values()).map(Target::word).iterator();
    }
  }

  @Override
  public Integer call() {
    CommandLine command = Usage.bound(spec).commandLine();
    Path file = Usage.bound(given);
    if (READS_ITSELF.containsKey(to)) {
      throw Usage.mistake(
          command,
          "Crosswalk reads the policy there itself: add "
              + READS_ITSELF.get(to)
              + ", and keep the settings of "
              + file
              + " as they are. Nothing has to be exported.");
    }
    Target target = Policy.named(command, to, "server", Target.values(), Target::word);
    Policies policies = profile.read(command, file);
    List<String> paths = Target.paths(policies);
    if (path == null && paths.size() > 1) {
      throw Usage.mistake(
          command,
          "There are several policies. Choose one by --path: " + String.join(", ", paths) + ".");
    }
    Snippet snippet;
    try {
      snippet = target.write(policies, path == null ? paths.get(0) : path);
    } catch (IllegalArgumentException e) {
      throw Usage.mistake(command, String.valueOf(e.getMessage()));
    }
    command.getOut().print(snippet.text());
    command.getOut().flush();
    snippet.limits().forEach(limit -> Lines.complain(command.getErr(), limit.toString()));
    return snippet.limits().stream().anyMatch(Limit::isLeftOut) ? ExitCode.BROKEN : ExitCode.HOLDS;
  }
}
