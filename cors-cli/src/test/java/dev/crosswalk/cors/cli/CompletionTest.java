package dev.crosswalk.cors.cli;

import static dev.crosswalk.cors.cli.Result.crosswalk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A real shell completes what the real commands have. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "The script is for bash and zsh.")
class CompletionTest {

  @Test
  void bash_completes_commands_and_options(@TempDir Path directory) throws Exception {
    Result script = crosswalk("generate-completion");
    assertEquals(0, script.exit(), script.err());
    Path file = Files.writeString(directory.resolve("crosswalk.bash"), script.out());

    assertEquals(List.of("diagnose"), completed(file, "crosswalk", "dia"));
    assertEquals(List.of("diff"), completed(file, "crosswalk", "policy", "di"));
    assertTrue(completed(file, "crosswalk", "explain", "--").contains("--har"));
    assertTrue(
        completed(file, "crosswalk", "explain", "--for", "light").contains("lighttpd"), "--for");
    assertTrue(completed(file, "crosswalk", "").containsAll(List.of("check", "policy")));
  }

  /** What bash offers for the last word, as it does when the tabulator is pressed. */
  private static List<String> completed(Path script, String... words) throws Exception {
    String line = String.join(" ", words);
    String quoted = "'" + String.join("' '", words) + "'";
    Process bash =
        new ProcessBuilder(
                "bash",
                "-c",
                "source '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s'; COMP_POINT=%d;"
                        .formatted(script, quoted, words.length - 1, line, line.length())
                    + " _complete_crosswalk crosswalk; printf '%s\\n' \"${COMPREPLY[@]}\"")
            .redirectErrorStream(true)
            .start();
    String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, bash.waitFor(), out);
    return List.copyOf(new TreeSet<>(out.lines().map(String::strip).toList()));
  }
}
