package dev.crosswalk.cors.cli.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.tck.Mutant;
import dev.crosswalk.cors.tck.MutantServer;
import dev.crosswalk.cors.tck.rules.TestPolicy;
import dev.crosswalk.cors.tck.url.Bytes;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The command line, as its users see it: what it prints, and its exit code. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class CheckTest extends Checking {

  // Servers that are as they should be, and others.

  @Test
  void a_server_that_keeps_its_policy_holds() throws Exception {
    int exit = check(serve(TestPolicy.CREDENTIALS, new MutantServer.Step()), PROFILE);
    assertEquals(0, exit, out + "\n" + err);
    assertEquals("", err.toString());
    assertFalse(out.toString().contains("  holds "), "what holds is counted, and not listed");
    assertTrue(out.toString().contains(" rules hold, 0 broken"), out::toString);
    assertFalse(out.toString().contains("\u001b"), "no colors where there is no terminal");
  }

  @Test
  void a_host_may_end_in_a_dot() throws Exception {
    URI served = serve(TestPolicy.CREDENTIALS, new MutantServer.Step());
    URI url = URI.create("http://localhost.:" + served.getPort() + served.getRawPath());
    assertEquals(0, check(url, PROFILE), out + "\n" + err);
  }

  @Test
  void the_whole_profile_leaves_few_rules_that_are_not_run() throws Exception {
    check(serve(TestPolicy.CREDENTIALS, new MutantServer.Step()), profileAnd("--all"));
    assertTrue(out.toString().contains("holds   OR01  an allowed origin may read"), out::toString);
    long held = out.toString().lines().filter(line -> line.startsWith("  holds")).count();
    assertTrue(held >= 70, "rules that hold: " + held);
    // A policy has credentials or has none.
    assertEquals(
        List.of("  not run: 1 rule, because you did not give --no-credentials (1)"),
        out.toString().lines().filter(line -> line.startsWith("  not run")).toList());
  }

  @Test
  void without_a_profile_what_holds_everywhere_is_checked() throws Exception {
    assertEquals(0, check(serve(TestPolicy.CREDENTIALS, new MutantServer.Step()), "--all"));
    assertTrue(out.toString().contains("holds   OR22"), out::toString);
    List<String> notRun =
        out.toString().lines().filter(line -> line.startsWith("  not run")).toList();
    assertEquals(2, notRun.size(), out::toString);
    assertTrue(notRun.get(1).contains("rules, because you did not give "), out::toString);
    assertTrue(out.toString().contains("--allowed-origin ("), out::toString);
  }

  @Test
  void without_a_profile_it_says_that_most_rules_did_not_run_and_how_they_do() throws Exception {
    URI url = serve(TestPolicy.CREDENTIALS, new MutantServer.Step());
    check(url);
    String text = out.toString().replaceAll("\\s+", " ");
    assertTrue(text.contains("Nothing is found, but most rules did not run."), text);
    assertTrue(
        out.toString()
            .contains(
                "crosswalk check "
                    + url
                    + " --allowed-origin https://app.example.com --refused-origin"
                    + " https://evil.example --credentials"),
        text);
    assertTrue(text.contains("a second --allowed-origin ("), text);
  }

  @Test
  void what_needs_a_policy_that_refuses_null_names_its_option() throws Exception {
    check(
        serve(TestPolicy.CREDENTIALS, new MutantServer.Step()),
        "--allowed-origin",
        "https://app.tck.example",
        "--rule",
        "NU01");
    assertTrue(
        out.toString().contains("not run: 1 rule, because you did not give --refused-origin"),
        out::toString);
  }

  @Test
  void a_report_that_cannot_be_written_is_told_before_the_first_request() throws Exception {
    List<String> asked = new ArrayList<>();
    URI url =
        scripted(
            wire -> {
              asked.add(wire.readHead());
              wire.say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            });
    Path file = directory.resolve("report");
    String[][] wrong = {
      {"--html", directory.resolve("absent") + "/r.html", "its folder is not there."},
      {"--sarif", directory.toString(), "it is a folder."},
      {"--json", file + " --html " + file, "--json and --html name the same file."}
    };
    for (String[] each : wrong) {
      err.getBuffer().setLength(0);
      assertEquals(2, check(url, (each[0] + " " + each[1]).split(" ")), each[2]);
      assertTrue(Result.unwrapped(err.toString()).contains(each[2]), err::toString);
    }
    assertEquals(List.of(), asked);
  }

  @Test
  void where_everybody_is_allowed_no_other_origin_is_asked_for() throws Exception {
    check(
        serve(TestPolicy.ANY_ORIGIN, new MutantServer.Step()),
        "--allowed-origin",
        "*",
        "--no-credentials");
    assertTrue(
        out.toString()
            .contains(
                " rules, because everybody is allowed, so there is no origin to compare with"),
        out::toString);
    assertFalse(out.toString().contains("-origin)"), out::toString);
  }

  @Test
  void a_server_that_reflects_any_origin_is_found_out_without_a_profile() throws Exception {
    int exit = check(serve(TestPolicy.CREDENTIALS, Mutant.named("REFLECTS_ANY_ORIGIN").step()));
    assertEquals(1, exit);
    assertTrue(out.toString().contains("CAUSE   reflects any origin (security)"), out::toString);
    assertTrue(
        out.toString()
            .contains(
                "3 rules are broken because of \"reflects any origin\" (security): NU02 OR22"),
        out::toString);
  }

  @Test
  void what_a_server_should_do_breaks_nothing_unless_one_is_strict() throws Exception {
    URI url = serve(TestPolicy.CREDENTIALS, Mutant.named("EXPOSES_ON_PREFLIGHT").step());
    assertEquals(0, check(url, PROFILE));
    assertTrue(out.toString().contains("BROKEN  PF14"), out::toString);
    assertEquals(1, check(url, profileAnd("--strict")));
  }

  @Test
  void only_the_rules_that_are_named_are_run() throws Exception {
    check(
        serve(TestPolicy.CREDENTIALS, new MutantServer.Step()), profileAnd("--rule", "OR01,OR03"));
    assertTrue(out.toString().contains("holds   OR01  an allowed origin may read"), out::toString);
    assertTrue(out.toString().contains("2 rules hold, 0 broken, 0 not run"), out::toString);
  }

  @Test
  void exchanges_are_shown_when_asked_for() throws Exception {
    check(serve(TestPolicy.CREDENTIALS, Mutant.named("NO_VARY").step()), profileAnd("--exchanges"));
    assertTrue(out.toString().contains("> Origin: https://app.tck.example"), out::toString);
    assertTrue(
        Bytes.lowerCase(out.toString()).contains("< access-control-allow-origin: "), out::toString);
  }

  @Test
  void no_request_is_sent_that_may_change_something() throws Exception {
    List<String> methods = new ArrayList<>();
    URI url =
        serve(
            TestPolicy.CREDENTIALS,
            MutantServer.flow(
                (server, exchange) -> {
                  synchronized (methods) {
                    methods.add(exchange.getRequestMethod());
                  }
                  server.proceed(exchange);
                }));
    check(url, Arrays.copyOf(PROFILE, PROFILE.length - 1));
    methods.removeAll(List.of("GET", "HEAD", "OPTIONS"));
    assertEquals(List.of(), methods);
    assertTrue(out.toString().contains("POST may change something"), out::toString);
  }

  @Test
  void mistakes_in_the_command_are_told_in_a_sentence_with_the_remedy() {
    String[][] mistakes = {
      {"api.example.com/x", "write https://api.example.com/x"},
      {"ftp://api.example.com/", "is not a web URL"},
      {"https://user:pw@api.example.com/", "Remove what is before the @"},
      {
        "http://localhost/ --allowed-origin https://a.example/",
        "write --allowed-origin https://a.example."
      },
      {
        "http://localhost/ --allowed-origin HTTPS://a.example",
        "write --allowed-origin https://a.example."
      },
      {
        "http://localhost/ --allowed-origin app.example.com",
        "has no scheme: write --allowed-origin https://app.example.com."
      },
      {
        "http://localhost/ --allowed-origin https://a.example --refused-origin https://a.example",
        "cannot be allowed and refused"
      },
      {
        "http://localhost/ --allowed-origin https://a.example:443",
        "write --allowed-origin https://a.example."
      },
      {"http://localhost/ --method put", "Browsers send put as PUT"},
      {"http://localhost/ --max-age -5", "accepts 0 seconds or more"},
      {"http://localhost/ --method TRACE", "browsers forbid"},
      {"http://localhost/ --header x:y", "neither a method nor the name of a header"},
      {"http://localhost/ --rule XX99", "There is no rule \"XX99\""},
      {"http://localhost/ --timeout 0", "accepts from 1 to 600 seconds"},
      {"http://localhost/ --timeout soon", "--timeout"},
      {"http://localhost/ --expected-profile /no/such/file", "cannot be read"},
      {"http://localhost/ --nonsense", "--nonsense"},
      {"", "URL"},
    };
    for (String[] mistake : mistakes) {
      err.getBuffer().setLength(0);
      String[] arguments = ("check " + mistake[0]).strip().split(" ");
      assertEquals(2, run(arguments), mistake[0]);
      String complaint = Result.unwrapped(err.toString());
      assertTrue(complaint.contains(mistake[1]), mistake[0] + ": " + err);
      assertFalse(complaint.contains("\tat "), err::toString);
      assertTrue(complaint.lines().count() <= 2, err::toString);
      String sentence = complaint.lines().findFirst().orElse("");
      assertTrue(sentence.matches("crosswalk: (?![a-z]+ ).*[.]"), sentence);
    }
  }

  @Test
  void help_tells_every_option_and_exit_code() {
    assertEquals(0, run("check", "--help"));
    for (String part :
        new String[] {
          "--allowed-origin",
          "--refused-origin",
          "--credentials",
          "--method",
          "--header",
          "--expected-profile",
          "--html",
          "--json",
          "--junit",
          "Exit codes",
          "Example"
        }) {
      assertTrue(out.toString().contains(part), part);
    }
    assertEquals(0, run("--help"));
    assertEquals(2, run());
  }
}
