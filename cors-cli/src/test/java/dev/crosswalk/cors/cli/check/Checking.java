package dev.crosswalk.cors.cli.check;

import dev.crosswalk.cors.cli.Crosswalk;
import dev.crosswalk.cors.tck.MutantServer;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.TestApplication;
import dev.crosswalk.cors.tck.rules.TestPolicy;
import dev.crosswalk.cors.tck.wire.ScriptedServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/** The command, as at a console, and servers for it that end with the test. */
class Checking {

  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();
  private final List<AutoCloseable> servers = new ArrayList<>();

  @TempDir Path directory;

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable server : servers) {
      server.close();
    }
  }

  final int run(String... arguments) {
    return Crosswalk.run(new PrintWriter(out), new PrintWriter(err), Ansi.OFF, arguments);
  }

  final int check(URI url, String... options) {
    List<String> arguments = new ArrayList<>(List.of("check", url.toString()));
    arguments.addAll(Arrays.asList(options));
    return run(arguments.toArray(new String[0]));
  }

  final URI serve(TestPolicy policy, MutantServer.Step step) throws Exception {
    ServerUnderTest server =
        new MutantServer(policy.cors(), new TestApplication(), step).underTest();
    servers.add(server.stop());
    return server.base().resolve("/resource");
  }

  static final String[] PROFILE = {
    "--allowed-origin",
    "https://app.tck.example,https://admin.tck.example",
    "--refused-origin",
    "https://evil.example",
    "--credentials",
    "--method",
    "PUT",
    "--refused-method",
    "PURGE",
    "--header",
    "X-Tck",
    "--refused-header",
    "X-Secret",
    "--exposed-header",
    "X-Tck-Exposed",
    "--max-age",
    "600",
    "--allow-post"
  };

  static String[] profileAnd(String... more) {
    List<String> all = new ArrayList<>(Arrays.asList(PROFILE));
    all.addAll(Arrays.asList(more));
    return all.toArray(new String[0]);
  }

  final URI scripted(ScriptedServer.Script script) throws Exception {
    ScriptedServer server = ScriptedServer.start(script);
    servers.add(server);
    return URI.create("http://127.0.0.1:" + server.port() + "/");
  }

  final int run(List<String> first, String[] rest) {
    List<String> all = new ArrayList<>(first);
    all.addAll(Arrays.asList(rest));
    return run(all.toArray(new String[0]));
  }
}
