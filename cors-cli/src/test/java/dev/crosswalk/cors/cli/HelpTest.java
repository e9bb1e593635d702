package dev.crosswalk.cors.cli;

import static dev.crosswalk.cors.cli.Result.crosswalk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code --help} prints, and what a command with a typo. */
class HelpTest {

  @Test
  void the_version_is_that_of_the_build() throws IOException {
    Matcher version =
        Pattern.compile("<version>(.*)</version>").matcher(Files.readString(Path.of("pom.xml")));
    assertTrue(version.find());
    assertEquals("crosswalk " + version.group(1), crosswalk("--version").out().strip());
  }

  /** A line that is too long is broken at any dot, also inside a URL. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "check",
        "diagnose",
        "explain",
        "policy show",
        "policy diff",
        "policy import",
        "policy export"
      })
  void an_example_can_be_copied(String command) {
    Result help = crosswalk((command + " --help").split(" "));

    assertEquals(0, help.exit(), help.err());
    List<String> example =
        help.out().lines().dropWhile(line -> !line.equals("Example:")).skip(1).toList();
    assertTrue(example.get(0).startsWith("  crosswalk " + command), help.out());
    assertTrue(example.stream().allMatch(line -> line.startsWith("  ")), help.out());
  }

  @ParameterizedTest
  @CsvSource({
    "polcy diff a b, There is no command polcy. Did you mean policy?",
    "policy dif a b, There is no command dif. Did you mean diff?",
    "diff a b, There is no command diff. Did you mean policy diff?",
    "help diff, There is no command diff. Did you mean policy diff?",
    "help policy exprot, There is no command exprot. Did you mean export?",
    "policy export x.properties --to foo, There is no server \"foo\". There are nginx",
    "policy export x.properties --to ngnix, There is no server \"ngnix\". Did you mean nginx?",
    "policy export x.properties --to javalin, Crosswalk reads the policy there itself: add cors-javalin",
    "policy export x.properties --to spring, Crosswalk reads the policy there itself: add cors-spring",
    "explain --for ngnix x, There is no server \"ngnix\". Did you mean nginx?",
  })
  void a_typo_is_told_with_what_was_meant(String command, String sentence) {
    Result result = crosswalk(command.split(" "));

    assertTrue(result.err().contains(sentence), result.err());
  }

  @Test
  void a_message_or_a_url_without_a_command_is_told_its_command() {
    Result message = crosswalk("Access to fetch at 'https://api.example/x' has been blocked");
    assertTrue(message.err().contains("write crosswalk explain"), message.err());
    Result url = crosswalk("https://api.example/x");
    assertTrue(url.err().contains("write crosswalk diagnose URL --origin ORIGIN"), url.err());
  }

  @ParameterizedTest
  @CsvSource({
    "explain --har, --har needs a value: --har FILE.",
    "check --html --strict, --html needs a value: --html FILE.",
    "policy diff --json=x a b, '--json accepts true or false, and not \"x\".'",
    "policy diff a b --json --markdown, Write only one of --json and --markdown.",
    "policy show a --json --html, 'Write only one of --json, --markdown and --html.'",
    "diagnose http://a.example --json --markdown, Write only one of --markdown and --json.",
    "diagnose http://a.example --origin http://b.example -d x --data-json {}, Write only one of --data and --data-json.",
    "diagnose http://a.example --origin http://b.example --urls x, Write only one of --urls and URL.",
    "diagnose http://a.example --origin http://b.example --watch 0, '--watch accepts from 1 to 600 seconds, and not 0.'",
    "diagnose http://a.example --origin http://b.example --timeout 0, '--timeout accepts from 1 to 600 seconds, and not 0.'",
    "check http://a.example --timeout 0, '--timeout accepts from 1 to 600 seconds, and not 0.'",
    "check http://a.example --time-limit 0, '--time-limit accepts from 1 to 86400 seconds, and not 0.'",
    "check http://a.example --max-age -5, '--max-age accepts 0 seconds or more, and not -5.'",
    "check a.example, 'The URL a.example has no scheme: write https://a.example.'",
    "check a|b, 'a|b is not a URL, such as https://api.example.com/items.'",
    "diagnose localhost:3000 --origin http://b.example, 'The URL localhost:3000 has no scheme: write http://localhost:3000.'",
    "check http://a.example --rule PF15x, 'There is no rule \"PF15x\". Did you mean PF15? --all prints the id of each rule that runs.'",
    "check http://a.example --rule PF03, The rule PF03 cannot be tested from outside.",
    "diagnose http://a.example -X, --method needs a value: --method METHOD.",
    "policy export x.properties, --to SERVER is missing.",
    "policy diff a.properties, NEW is missing.",
    "check --timeout soon http://a.example, '--timeout accepts a whole number, and not \"soon\".'",
    "policy diff a b c, There is one argument too many: c.",
    "diagnose curl http://a.example --data-raw x, 'Save the request that you copied in a file, and name the file: crosswalk diagnose --copied request.txt.'",
    "diagnose @request.txt, 'Save the request that you copied in a file, and name the file: crosswalk diagnose --copied request.txt.'",
  })
  void what_is_missing_or_wrong_is_told_in_a_sentence(String command, String sentence) {
    Result result = crosswalk(command.split(" "));

    assertEquals("crosswalk: " + sentence, result.err().lines().findFirst().orElse(""));
  }

  /** With the option in front, and whatever is read. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "explain --har ",
        "diagnose --copied ",
        "diagnose --origin http://a.example --urls ",
        "diagnose http://a.example --origin http://b.example --cacert ",
        "check --servers ",
        "check http://a.example --expected-profile ",
        "policy show ",
        "policy import --from nginx ",
        "policy export --to nginx ",
        "policy diff cors.properties "
      })
  void files_that_cannot_be_read_are_told_alike(String command, @TempDir Path folder)
      throws IOException {
    String first = command.contains("diff") ? "" : command.replaceAll("^.* (?=--[\\w-]+ $)", "");
    String option = first.startsWith("--") && !command.startsWith("policy") ? first : "";
    Path empty = Files.createFile(folder.resolve("empty.conf"));
    Path absent = folder.resolve("absent.conf");
    for (String[] told :
        new String[][] {
          {absent.toString(), " cannot be read: there is no such file."},
          {folder.toString(), " cannot be read: it is a folder."},
          {empty.toString(), " is empty."}
        }) {
      Path good = Files.writeString(folder.resolve("x.properties"), "cors.allowed-origins=none");
      String line = command.replace("cors.properties", good.toString()) + told[0];
      Result result = crosswalk(line.split(" "));
      assertEquals(
          "crosswalk: " + option + told[0] + told[1],
          result.err().lines().findFirst().orElse(""),
          line);
    }
  }

  @Test
  void a_file_of_a_body_that_is_not_there_is_told_as_others_are() {
    Result result =
        crosswalk("diagnose", "http://a.example", "--origin", "http://b.example", "-d", "@absent");
    assertEquals(
        "crosswalk: --data @absent cannot be read: there is no such file.",
        result.err().lines().findFirst().orElse(""));
  }

  @Test
  void policy_alone_prints_its_help() {
    Result alone = crosswalk("policy");
    assertEquals(3, alone.exit());
    assertTrue(alone.err().startsWith("Usage: crosswalk policy"), alone.err());
  }

  @Test
  void help_of_a_command_below_another() {
    assertTrue(
        crosswalk("help", "policy", "diff").out().startsWith("Usage: crosswalk policy diff"));
    assertEquals(crosswalk("--help").out(), crosswalk("help").out());
  }

  /** So many names would hide the options. */
  @ParameterizedTest
  @ValueSource(strings = {"explain", "diagnose"})
  void the_names_of_servers_come_after_the_options(String command) {
    String help = crosswalk(command, "--help").out();

    assertTrue(help.indexOf("lighttpd") > help.indexOf("Servers:"), help);
    assertTrue(help.indexOf("Servers:") > help.indexOf("--version"), help);
    assertTrue(help.lines().allMatch(line -> line.length() <= 80), help);
  }

  /** Words of the parser of options that say the same in another form. */
  @ParameterizedTest
  @ValueSource(strings = {"", "help", "generate-completion", "policy", "check"})
  void all_help_is_in_our_words(String command) {
    String help = crosswalk((command + " --help").strip().split(" ")).out();

    assertFalse(help.contains("Show this help message"), help);
    assertFalse(help.contains("Display help"), help);
    assertFalse(help.contains("Generate bash"), help);
  }
}
