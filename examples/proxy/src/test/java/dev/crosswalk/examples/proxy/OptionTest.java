package dev.crosswalk.examples.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command says of its options. */
class OptionTest extends ProxySetup {

  @Test
  void a_secret_that_everybody_can_use_is_warned_of() throws Exception {
    Files.writeString(policy, "cors.allowed-origins=*\n");
    assertTrue(
        told("--upstream=/weather=http://127.0.0.1:9", "--secret-header=/weather=X-Key:KEY")
            .contains("any page can use your key"));
    assertEquals("", told("--upstream=/weather=http://127.0.0.1:9"));
    Files.writeString(policy, "cors.allowed-origins=" + PAGE + "\n");
    assertEquals(
        "", told("--upstream=/weather=http://127.0.0.1:9", "--secret-header=/weather=X-Key:KEY"));
  }

  private String told(String... options) {
    StringWriter err = new StringWriter();
    Proxy proxy = new Proxy(Map.of("KEY", "s3cret", "EMPTY", "", "LINES", "s3cret\nX: y"));
    List<String> arguments = new ArrayList<>(List.of(options));
    if (arguments.stream().noneMatch(option -> option.startsWith("--port"))) {
      arguments.add("--port=0");
    }
    if (arguments.stream().noneMatch(option -> option.startsWith("--cors"))) {
      arguments.add("--cors=" + policy);
    }
    int code =
        proxy
            .command()
            .setOut(new PrintWriter(Writer.nullWriter()))
            .setErr(new PrintWriter(err, true))
            .execute(arguments.toArray(new String[0]));
    proxy.close();
    String text = err.toString();
    boolean isError = text.startsWith("cors-proxy: ");
    assertEquals(isError ? 2 : 0, code, text);
    assertEquals(isError, proxy.port() == 0, "nothing was started");
    assertFalse(text.contains("s3cret"), text);
    return text;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--upstream=/a=api.example/v1 | has no scheme",
        "--upstream=/a=ftp://api.example | has no scheme",
        "--upstream=https://api.example | does not begin with a path",
        "--upstream=/=https://api.example | does not begin with a path",
        "--upstream=/a/../b=https://api.example | does not begin with a path",
        "--upstream=/a=https://api example | is not a URL",
        "--upstream=/a=https:///v1 | no host",
        "--upstream=/a=https://b\u00fccher.example | no host",
        "--upstream=/a=https://user:s3cret@api.example | has a user",
        "--upstream=/a=https://api.example?key=1 | has a query",
        "--upstream=/a=https://api.example/v1;x | not in normal form",
        "--upstream=/a=https://api.example:99999 | impossible port",
        "--upstream=/b=http://c.example | Two --upstream options have the same path",
        "--secret-header=/b=X-Key:MISSING | MISSING is not set",
        "--secret-header=/b=X-Key:EMPTY | EMPTY has a value that a header cannot have",
        "--secret-header=/b=X-Key:LINES | LINES has a value that a header cannot have",
        "--secret-header=/c=X-Key:KEY | no --upstream has this path",
        "--secret-header=/b=X-Key: s3cret | must be /path=Name:VARIABLE",
        "--cors=/nowhere/cors.properties | The CORS policy has 1 problem",
        "--port=70000 | --port is from 0 to 65535",
        "--head-timeout=0 | at least one second",
        "--idle-timeout=30 | must be longer",
        "--max-body=-1 | is negative",
        "--frob | Unknown option"
      })
  void a_mistake_is_told_in_a_sentence_and_nothing_starts(String option, String expected) {
    String text = told("--upstream=/b=https://api.example", option);
    assertTrue(text.contains(expected), text);
    assertFalse(text.contains("\tat "), text);
  }

  @Test
  void a_second_secret_for_an_upstream_is_not_dropped_in_silence() {
    String text =
        told(
            "--upstream=/b=https://api.example",
            "--secret-header=/b=X-Key:KEY",
            "--secret-header=/b=X-Other:KEY");
    assertTrue(text.contains("--secret-header is given twice for /b"), text);
  }

  @Test
  void all_problems_of_a_policy_are_told() throws Exception {
    Files.writeString(policy, "cors.allowed-origins=https://a.example/\ncors.max-age=never\n");
    String text = told("--upstream=/b=https://api.example");
    assertTrue(text.contains("The CORS policy has 2 problems"), text);
    assertTrue(text.contains("https://a.example/"), text);
  }

  @Test
  void a_port_in_use_is_told() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String text = told("--upstream=/b=https://api.example", "--port=" + taken.getLocalPort());
      assertTrue(text.contains("Address already in use"), text);
    }
  }

  @Test
  void without_a_policy_or_an_upstream_it_says_what_is_missing() {
    StringWriter err = new StringWriter();
    int code = new Proxy(Map.of()).command().setErr(new PrintWriter(err, true)).execute();
    assertEquals(2, code);
    assertTrue(err.toString().contains("--upstream"), err::toString);
  }
}
