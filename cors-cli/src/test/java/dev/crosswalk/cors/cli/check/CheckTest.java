package dev.crosswalk.cors.cli.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Crosswalk;
import dev.crosswalk.cors.cli.terminal.Usage;
import dev.crosswalk.cors.tck.JdkServer;
import dev.crosswalk.cors.tck.Mutant;
import dev.crosswalk.cors.tck.MutantServer;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.TestApplication;
import dev.crosswalk.cors.tck.rules.TestPolicy;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.wire.ScriptedServer;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command line, as its users see it: what it prints, what it writes, and its exit code. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class CheckTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final List<AutoCloseable> servers = new ArrayList<>();

  @TempDir Path directory;

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable server : servers) {
      server.close();
    }
  }

  private int run(String... arguments) {
    return Crosswalk.run(new PrintWriter(out), new PrintWriter(err), Ansi.OFF, arguments);
  }

  private int check(URI url, String... options) {
    List<String> arguments = new ArrayList<>(List.of("check", url.toString()));
    arguments.addAll(Arrays.asList(options));
    return run(arguments.toArray(new String[0]));
  }

  private URI serve(TestPolicy policy, MutantServer.Step step) throws Exception {
    ServerUnderTest server =
        new MutantServer(policy.cors(), new TestApplication(), step).underTest();
    servers.add(server.stop());
    return server.base().resolve("/resource");
  }

  private static final String[] PROFILE = {
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

  private static String[] profileAnd(String... more) {
    List<String> all = new ArrayList<>(Arrays.asList(PROFILE));
    all.addAll(Arrays.asList(more));
    return all.toArray(new String[0]);
  }

  // Servers that are as they should be, and others.

  @Test
  void a_server_that_keeps_its_policy_holds() throws Exception {
    int exit = check(serve(TestPolicy.CREDENTIALS, new MutantServer.Step()), PROFILE);
    assertEquals(0, exit, out + "\n" + err);
    assertEquals("", err.toString());
    assertTrue(out.toString().contains("holds   OR01  an allowed origin may read"), out::toString);
    assertTrue(out.toString().contains(" 0 broken"), out::toString);
    assertFalse(out.toString().contains("\u001b"), "no colours where there is no terminal");
  }

  @Test
  void the_whole_profile_leaves_few_rules_that_are_not_run() throws Exception {
    check(serve(TestPolicy.CREDENTIALS, new MutantServer.Step()), PROFILE);
    long held = out.toString().lines().filter(line -> line.startsWith("  holds")).count();
    assertTrue(held >= 70, "rules that hold: " + held);
    // A policy has credentials or has none.
    assertEquals(
        List.of(
            "  not run: 1 rule, because you did not give a policy without credentials (--no-credentials)"),
        out.toString().lines().filter(line -> line.startsWith("  not run")).toList());
  }

  @Test
  void without_a_profile_what_holds_everywhere_is_checked() throws Exception {
    assertEquals(0, check(serve(TestPolicy.CREDENTIALS, new MutantServer.Step())));
    assertTrue(out.toString().contains("holds   OR22"), out::toString);
    assertTrue(
        out.toString().contains("because you did not give an allowed origin (--allowed-origin)"),
        out::toString);
  }

  @Test
  void a_server_that_reflects_any_origin_is_found_out_without_a_profile() throws Exception {
    int exit = check(serve(TestPolicy.CREDENTIALS, Mutant.named("REFLECTS_ANY_ORIGIN").step()));
    assertEquals(1, exit);
    assertTrue(out.toString().contains("CAUSE   reflects any origin (security)"), out::toString);
    assertTrue(out.toString().contains("is why 3 rules are broken: NU02 OR22"), out::toString);
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

  // Profiles.

  @Test
  void a_profile_may_stand_in_a_file() throws Exception {
    Path file = directory.resolve("profile.properties");
    Files.writeString(
        file,
        "allowed-origin = https://app.tck.example, https://admin.tck.example\n"
            + "refused-origin = https://evil.example\ncredentials = true\nmethod = PUT\n"
            + "header = X-Tck\nmax-age = 600\n");
    URI url = serve(TestPolicy.CREDENTIALS, new MutantServer.Step());
    assertEquals(0, check(url, "--expected-profile", file.toString()), out + "\n" + err);
    assertTrue(out.toString().contains("holds   MA01"), out::toString);
  }

  @Test
  void an_option_takes_the_place_of_its_line_in_the_file() throws Exception {
    Path file = directory.resolve("profile.properties");
    Files.writeString(
        file, "allowed-origin = https://old.example\ncredentials = true\nmax-age = 600\n");
    URI url = serve(TestPolicy.CREDENTIALS, new MutantServer.Step());
    String[] options = {
      "--expected-profile", file.toString(), "--allowed-origin", "https://app.tck.example"
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
      assertTrue(err.toString().contains("'--" + key + "'"), err::toString);
      assertEquals(2, err.toString().lines().count(), err::toString);
    }
  }

  @Test
  void a_profile_with_a_key_that_there_is_not_is_refused() throws Exception {
    Path file = directory.resolve("profile.properties");
    Files.writeString(file, "allowed-origins = https://app.tck.example\n");
    assertEquals(2, run("check", "http://localhost/", "--expected-profile", file.toString()));
    assertTrue(err.toString().contains("\"allowed-origins\", which says nothing"), err::toString);
    assertTrue(err.toString().contains("allowed-origin,"), err::toString);
  }

  @Test
  void mistakes_in_the_command_are_told_in_a_sentence_with_the_remedy() {
    String[][] mistakes = {
      {"api.example.com/x", "write it whole, as https://"},
      {"ftp://api.example.com/", "is no URL of the web"},
      {"https://user:pw@api.example.com/", "drop it"},
      {"http://localhost/ --allowed-origin https://a.example/", "no slash at the end"},
      {"http://localhost/ --allowed-origin HTTPS://a.example", "in lower case"},
      {"http://localhost/ --allowed-origin app.example.com", "write the scheme"},
      {
        "http://localhost/ --allowed-origin https://a.example --refused-origin https://a.example",
        "cannot be allowed and refused"
      },
      {"http://localhost/ --method TRACE", "browsers forbid"},
      {"http://localhost/ --header x:y", "neither a method nor the name of a header"},
      {"http://localhost/ --rule XX99", "there is no rule XX99"},
      {"http://localhost/ --timeout 0", "at least 1 second"},
      {"http://localhost/ --timeout soon", "--timeout"},
      {"http://localhost/ --expected-profile /no/such/file", "cannot be read"},
      {"http://localhost/ --nonsense", "--nonsense"},
      {"", "URL"},
    };
    for (String[] mistake : mistakes) {
      err.getBuffer().setLength(0);
      String[] arguments = ("check " + mistake[0]).strip().split(" ");
      assertEquals(2, run(arguments), mistake[0]);
      assertTrue(err.toString().contains(mistake[1]), mistake[0] + ": " + err);
      assertFalse(err.toString().contains("\tat "), err::toString);
      assertTrue(err.toString().lines().count() <= 2, err::toString);
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

  // Servers that cannot be judged.

  @Test
  void a_server_that_is_not_there_is_one_sentence() throws Exception {
    ServerUnderTest server =
        new JdkServer(TestPolicy.LIST.cors(), new TestApplication()).underTest();
    server.stop().close();
    unjudged(server.base(), "connection refused");
  }

  @Test
  void a_name_that_there_is_not_is_one_sentence() {
    unjudged(URI.create("http://no-such-host.invalid/"), "no such host");
  }

  @Test
  void a_server_that_speaks_no_TLS_is_one_sentence() throws Exception {
    URI url = serve(TestPolicy.LIST, new MutantServer.Step());
    unjudged(URI.create("https://127.0.0.1:" + url.getPort() + "/"), "TLS");
  }

  @Test
  void a_server_that_hangs_is_one_sentence() throws Exception {
    unjudged(scripted(wire -> Thread.sleep(30_000)), "timed out after 1 s", "--timeout", "1");
  }

  @Test
  void a_server_that_answers_garbage_is_one_sentence() throws Exception {
    unjudged(scripted(wire -> wire.say("220 mail.example ESMTP\r\n")), "not HTTP");
  }

  private URI scripted(ScriptedServer.Script script) throws Exception {
    ScriptedServer server = ScriptedServer.start(script);
    servers.add(server);
    return URI.create("http://127.0.0.1:" + server.port() + "/");
  }

  private void unjudged(URI url, String sentence, String... options) {
    assertEquals(2, check(url, options), out + "\n" + err);
    assertTrue(err.toString().contains(sentence), err::toString);
    assertEquals(1, err.toString().lines().count(), err::toString);
  }

  @Test
  void a_server_that_dies_in_the_middle_leaves_the_rest_not_run() throws Exception {
    List<AutoCloseable> dying = new ArrayList<>();
    int[] left = {10};
    ServerUnderTest server =
        new MutantServer(
                TestPolicy.CREDENTIALS.cors(),
                new TestApplication(),
                MutantServer.flow(
                    (unused, exchange) -> {
                      unused.proceed(exchange);
                      if (--left[0] == 0) {
                        try {
                          dying.get(0).close();
                        } catch (Exception e) {
                          throw new IllegalStateException(e);
                        }
                      }
                    }))
            .underTest();
    dying.add(server.stop());
    int exit = check(server.base().resolve("/resource"), PROFILE);
    assertEquals(1, exit, out::toString);
    assertTrue(out.toString().contains("the server has gone"), out::toString);
  }

  @Test
  void the_time_limit_ends_it() throws Exception {
    URI url =
        serve(
            TestPolicy.CREDENTIALS,
            MutantServer.flow(
                (server, exchange) -> {
                  try {
                    Thread.sleep(300);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  server.proceed(exchange);
                }));
    check(url, profileAnd("--time-limit", "2"));
    assertTrue(out.toString().contains("the time limit of 2 s is over"), out::toString);
  }

  // Reports.

  @Test
  void the_reports_say_what_was_found() throws Exception {
    URI good = serve(TestPolicy.CREDENTIALS, new MutantServer.Step());
    URI bad = serve(TestPolicy.CREDENTIALS, Mutant.named("NULL_IS_ALLOWED").step());
    Path json = directory.resolve("report.json");
    Path junit = directory.resolve("report.xml");
    Path html = directory.resolve("report.html");
    int exit =
        run(
            Arrays.asList("check", good.toString(), bad.toString()),
            profileAnd(
                "--json", json.toString(), "--junit", junit.toString(), "--html", html.toString()));
    assertEquals(1, exit, err::toString);

    JsonNode report = JsonMapper.builder().build().readTree(Files.readString(json));
    assertEquals(2, report.get("servers").size());
    assertEquals(0, report.get("servers").get(0).get("broken").asInt());
    JsonNode broken = report.get("servers").get(1);
    assertTrue(broken.get("broken").asInt() >= 2, broken::toString);
    for (JsonNode rule : broken.get("rules")) {
      if (rule.get("id").asString().equals("NU02")) {
        assertEquals("broken", rule.get("status").asString());
        assertTrue(rule.get("message").asString().contains("null should never read"));
        assertTrue(rule.get("exchanges").get(0).asString().contains("> Origin: null"));
      }
    }

    Document suites =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(Files.readString(junit))));
    assertEquals(2, suites.getElementsByTagName("testsuite").getLength());
    assertEquals(1, broken.get("causes").size());
    assertEquals("trusts null", broken.get("causes").get(0).get("cause").asString());
    assertEquals(
        broken.get("broken").asInt() + 1, suites.getElementsByTagName("failure").getLength());
    assertTrue(
        Files.readString(junit).indexOf("trusts null")
            < Files.readString(junit).lastIndexOf("NU02"),
        "the cause comes first");

    String page = Files.readString(html);
    assertTrue(page.contains("<section class=\"cause security\" id=\"s2-trusts-null\">"));
    assertTrue(
        page.indexOf("id=\"s2-trusts-null\"") < page.indexOf("id=\"matrix\""),
        "the cause comes first");
    assertTrue(page.contains("class=\"cell broken security\" id=\"c2-NU02\""));
    assertTrue(page.contains("href=\"#d2-NU02\""), "a sign leads to what was asked");
    assertTrue(page.contains("id=\"d2-NU02\""), "and that is there");
    assertTrue(page.contains("class=\"cell holds must\""));
    assertTrue(page.contains("<span class=\"badge clean\">nothing found</span>"));
    assertTrue(page.contains("<span class=\"badge security\">security</span>"));
    assertTrue(page.contains("<code>--allowed-origin https://app.tck.example,"), "what is meant");
    assertTrue(
        page.contains("you did not give a policy without credentials"), "what is not tested");
    assertTrue(page.contains("crosswalk " + Usage.VERSION));
    assertFalse(page.contains("<script"), "readable without scripts");
    assertFalse(page.contains("src="), "needs no other file");
  }

  // Many servers, each with a profile of its own.

  @Test
  void servers_of_a_file_have_names_and_profiles_of_their_own() throws Exception {
    URI one = serve(TestPolicy.CREDENTIALS, new MutantServer.Step());
    URI other = serve(TestPolicy.SINGLE, new MutantServer.Step());
    Path file =
        Files.writeString(
            directory.resolve("servers.properties"),
            String.join(
                "\n",
                "refused-origin = https://evil.example",
                "credentials = true",
                "orders.name = The orders",
                "orders.url = " + one,
                "orders.allowed-origin = https://app.tck.example,https://admin.tck.example",
                "users.url = " + other,
                "users.software = JDK 17",
                "users.allowed-origin = https://app.tck.example",
                "users.method = PUT"));
    Path json = directory.resolve("report.json");
    assertEquals(0, run("check", "--servers", file.toString(), "--json", json.toString()));
    JsonNode report = JsonMapper.builder().build().readTree(Files.readString(json));
    assertEquals(2, report.get("servers").size());
    JsonNode orders = report.get("servers").get(0);
    JsonNode users = report.get("servers").get(1);
    assertEquals("The orders", orders.get("name").asString());
    assertEquals("users", users.get("name").asString());
    assertEquals("JDK 17", users.get("software").asString());
    assertEquals("clean", users.get("verdict").asString());
    assertTrue(users.get("options").toString().contains("--method PUT"), users::toString);
    assertFalse(orders.get("options").toString().contains("--method"), orders::toString);
    assertTrue(orders.get("options").toString().contains("--credentials"), orders::toString);
  }

  @Test
  void mistakes_in_a_file_of_servers_are_told_in_a_sentence() throws Exception {
    String[][] mistakes = {
      {"", "has no server"},
      {"orders.allowed-origin = https://a.example", "has no line orders.url"},
      {"orders.url = api.example.com", "write it whole, as https://"},
      {"url = http://localhost/", "write the server's name, a dot"},
      {"orders.url = http://localhost/\norders.alowed-origin = x", "orders.alowed-origin"},
      {"orders.url = http://localhost/\norders.max-age = soon", "orders: "},
      {"orders.url = http://localhost/\norders.url = http://b/", "twice"},
      {"orders.url = http://localhost/\norders.allowed-origin = a.example", "write the scheme"},
    };
    for (String[] mistake : mistakes) {
      err.getBuffer().setLength(0);
      Path file = Files.writeString(directory.resolve("servers.properties"), mistake[0]);
      assertEquals(2, run("check", "--servers", file.toString()), mistake[0]);
      assertTrue(err.toString().contains(mistake[1]), mistake[0] + ": " + err);
      assertEquals(2, err.toString().lines().count(), err::toString);
    }
    err.getBuffer().setLength(0);
    assertEquals(2, run("check", "--servers", "x", "http://localhost/"));
    assertTrue(err.toString().contains("into that file"), err::toString);
    assertEquals(2, run("check", "--servers", "/no/such/file"));
    assertTrue(err.toString().contains("cannot be read"), err::toString);
  }

  @Test
  void the_report_for_code_scanning_has_each_cause_and_each_rule_without_one() throws Exception {
    URI url = serve(TestPolicy.CREDENTIALS, Mutant.named("NULL_IS_ALLOWED").step());
    URI other = serve(TestPolicy.CREDENTIALS, Mutant.named("EXPOSES_ON_PREFLIGHT").step());
    Path sarif = directory.resolve("report.sarif");
    run(
        Arrays.asList("check", url.toString(), other.toString()),
        profileAnd("--sarif", sarif.toString()));
    JsonNode report = JsonMapper.builder().build().readTree(Files.readString(sarif));
    assertEquals("2.1.0", report.get("version").asString());
    JsonNode run = report.get("runs").get(0);
    JsonNode results = run.get("results");
    assertEquals(2, results.size(), results::toString);
    assertEquals("trusts-null", results.get(0).get("ruleId").asString());
    assertEquals("error", results.get(0).get("level").asString());
    assertEquals("PF14", results.get(1).get("ruleId").asString());
    assertEquals("warning", results.get(1).get("level").asString());
    List<String> rules = new ArrayList<>();
    run.get("tool")
        .get("driver")
        .get("rules")
        .forEach(rule -> rules.add(rule.get("id").asString()));
    assertEquals(List.of("trusts-null", "PF14"), rules);
    assertEquals(
        url.toString(),
        results.get(0).at("/locations/0/physicalLocation/artifactLocation/uri").asString());
  }

  private int run(List<String> first, String[] rest) {
    List<String> all = new ArrayList<>(first);
    all.addAll(Arrays.asList(rest));
    return run(all.toArray(new String[0]));
  }

  @Test
  void what_a_server_sends_is_no_markup_in_the_reports() throws Exception {
    URI url =
        scripted(
            wire -> {
              while (true) {
                String head = wire.readHead();
                boolean close = head.startsWith("HEAD");
                wire.say(
                    "HTTP/1.1 200 OK\r\n"
                        + "Access-Control-Allow-Origin: <script>alert(1)</script>\u0001\r\n"
                        + "Content-Length: 0\r\n\r\n");
                if (close) {
                  return;
                }
              }
            });
    Path html = directory.resolve("report.html");
    Path junit = directory.resolve("report.xml");
    assertEquals(1, check(url, profileAnd("--html", html.toString(), "--junit", junit.toString())));
    assertFalse(Files.readString(html).contains("<script>"));
    assertTrue(Files.readString(html).contains("&lt;script&gt;"));
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(Files.readString(junit))));
  }

  @Test
  void a_report_that_cannot_be_written_is_one_sentence() throws Exception {
    URI url = serve(TestPolicy.CREDENTIALS, new MutantServer.Step());
    assertEquals(
        2, check(url, "--rule", "OR22", "--json", directory.resolve("no/such").toString()));
    assertTrue(err.toString().contains("cannot be written"), err::toString);
  }
}
