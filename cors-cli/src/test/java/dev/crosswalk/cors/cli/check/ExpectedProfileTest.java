package dev.crosswalk.cors.cli.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.tck.MutantServer;
import dev.crosswalk.cors.tck.rules.TestPolicy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a server is meant to allow, from a file. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class ExpectedProfileTest extends Checking {

  @Test
  void a_profile_may_be_a_file() throws Exception {
    Path file = directory.resolve("profile.properties");
    Files.writeString(
        file,
        "allowed-origin = https://app.tck.example, https://admin.tck.example\n"
            + "refused-origin = https://evil.example\ncredentials = true\nmethod = PUT\n"
            + "header = X-Tck\nmax-age = 600\n");
    URI url = serve(TestPolicy.CREDENTIALS, new MutantServer.Step());
    assertEquals(0, check(url, "--all", "--expected-profile", file.toString()), out + "\n" + err);
    assertTrue(out.toString().contains("holds   MA01"), out::toString);
  }

  @Test
  void an_option_takes_the_place_of_its_line_in_the_file() throws Exception {
    Path file = directory.resolve("profile.properties");
    Files.writeString(
        file, "allowed-origin = https://old.example\ncredentials = true\nmax-age = 600\n");
    URI url = serve(TestPolicy.CREDENTIALS, new MutantServer.Step());
    String[] options = {
      "--all", "--expected-profile", file.toString(), "--allowed-origin", "https://app.tck.example"
    };
    assertEquals(0, check(url, options), out + "\n" + err);
    assertTrue(out.toString().contains("holds   CR01"), "credentials = true\n" + out);

    out.getBuffer().setLength(0);
    String[] more = Arrays.copyOf(options, options.length + 1);
    more[options.length] = "--no-credentials";
    check(url, more);
    assertFalse(out.toString().contains("  CR01"), out::toString);

    out.getBuffer().setLength(0);
    more[options.length] = "--credentials";
    assertEquals(0, check(url, more), out + "\n" + err);
    assertTrue(out.toString().contains("holds   CR01"), out::toString);
  }

  @Test
  void a_profile_with_a_value_that_is_none_is_refused() throws Exception {
    for (String line : new String[] {"credentials = maybe", "max-age = soon"}) {
      err.getBuffer().setLength(0);
      Path file = Files.writeString(directory.resolve("profile.properties"), line);
      assertEquals(2, run("check", "http://localhost/", "--expected-profile", file.toString()));
      String key = line.substring(0, line.indexOf(' '));
      assertTrue(err.toString().contains("--" + key + " accepts "), err::toString);
      assertEquals(2, err.toString().lines().count(), err::toString);
    }
  }

  @Test
  void a_profile_with_a_key_that_there_is_not_is_refused() throws Exception {
    Path file = directory.resolve("profile.properties");
    Files.writeString(file, "allowed-origins = https://app.tck.example\n");
    assertEquals(2, run("check", "http://localhost/", "--expected-profile", file.toString()));
    assertTrue(err.toString().contains("\"allowed-origins\", which is not known"), err::toString);
    assertTrue(err.toString().contains("allowed-origin,"), err::toString);
  }
}
