package dev.crosswalk.cors.cli.policy;

import static dev.crosswalk.cors.cli.Result.crosswalk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.cli.Crosswalk;
import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.cli.grant.PolicyFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.JsonNode;

/** {@code crosswalk policy show} and {@code diff}, as at a console. */
class PolicyTest {

  @TempDir private Path directory;

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  private String policy = "";

  @BeforeEach
  void aPolicy() throws IOException {
    policy =
        file(
            "cors.properties",
            """
            cors.policies.api.paths=/api
            cors.policies.api.allowed-origins=https://app.example.com, https://*.example.org
            cors.policies.api.dangerously-allowed-origins=https://preview-*.vercel.app
            cors.policies.api.allow-credentials=true
            cors.policies.api.allowed-methods=PUT, patch
            cors.policies.api.max-age=1h
            cors.policies.open.paths=/open-data
            cors.policies.open.allowed-origins=*
            cors.guard.enabled=true
            cors.guard.trusted-origins=https://admin.example.com
            """);
  }

  // ---------------------------------------------------------------------------------------- show

  @Test
  void show_begins_with_what_is_dangerous() {
    String[] lines = Result.unwrapped(crosswalk("policy", "show", policy).out()).split("\n");
    assertTrue(
        lines[0].startsWith("DANGER   https://preview-*.vercel.app may read /api and below: "),
        lines[0]);
    assertEquals(
        "OPEN     Every website may read /open-data and below, without credentials.", lines[1]);
    assertTrue(lines[2].startsWith("WARNING  " + policy + ":5: "), lines[2]);
  }

  @Test
  void show_says_that_a_pattern_is_open_to_everyone_who_has_such_a_domain() throws IOException {
    String open =
        file("open.properties", "cors.allowed-origins=https://app.example.com, https://*.com\n");
    String shown = Result.unwrapped(crosswalk("policy", "show", open).out());
    assertTrue(shown.startsWith("OPEN     " + open + ":1: "), shown);
    assertTrue(shown.contains("everyone who has a domain under \"com\" may read"), shown);
    assertFalse(shown.contains("already covers it"), shown);
    String meant =
        file("meant.properties", "cors.dangerously-allowed-origins=https://*.github.io\n");
    String gate = Result.unwrapped(crosswalk("policy", "show", meant).out());
    assertTrue(
        gate.startsWith(
            "DANGER   https://*.github.io may read every path: anyone can get a name under"
                + " \"github.io\""),
        gate);
    assertFalse(gate.contains("WARNING"), gate);
  }

  @Test
  void the_log_of_refusals_is_checked_and_not_written() throws IOException {
    String logs = "cors.allowed-origins=https://app.example.com\ncors.log-refusals=explained\n";
    Path file = Path.of(file("logs.properties", logs));
    assertInstanceOf(CorsPolicy.class, PolicyFile.read(file, Optional.empty()).cors());
    String wrong = file("loud.properties", logs.replace("explained", "loud"));
    assertTrue(crosswalk("policy", "show", wrong).err().contains("cors.log-refusals \"loud\""));
  }

  @Test
  void show_tells_who_may_do_what() {
    Result result = crosswalk("policy", "show", policy);
    assertEquals(0, result.exit());
    assertTrue(
        result
            .out()
            .contains(
                """
                /api and below
                  may read             https://app.example.com
                                       https://*.example.org
                                       https://preview-*.vercel.app (dangerous)
                  credentials          yes
                  methods              GET, HEAD, POST, PUT, patch
                  request headers      only those that every script may send
                  response headers     only those that every script may read
                  preflights kept for  1 h
                """),
        result.out());
    assertTrue(result.out().contains("change something: https://admin.example.com."), result.out());
  }

  @Test
  void show_of_a_path_is_the_policy_that_decides() {
    String out = crosswalk("policy", "show", policy, "--path", "/open-data/2026").out();
    assertTrue(out.contains("every origin") && !out.contains("app.example.com"), out);
    Result ambiguous = crosswalk("policy", "show", policy, "--path", "/open-data/%2e%2e/api");
    assertEquals(3, ambiguous.exit());
    assertTrue(ambiguous.err().contains("No policy covers"), ambiguous.err());
  }

  @Test
  void show_answers_for_one_origin() {
    Result yes = crosswalk("policy", "show", policy, "--origin", "https://x.example.org");
    assertEquals(0, yes.exit());
    assertTrue(yes.out().startsWith("/api and below: yes. "), yes.out());
    Result no =
        crosswalk("policy", "show", policy, "--path", "/api", "--origin", "https://app.example.co");
    assertEquals(1, no.exit());
    assertTrue(no.out().startsWith("/api and below: no. "), no.out());
    assertTrue(no.out().contains("https://app.example.com"), no.out());
  }

  @Test
  void show_escapes_what_it_prints() throws IOException {
    String odd =
        file("odd.properties", "cors.allowed-origins=https://a.example\ncors.allowed-methods=A|B");
    String markdown = crosswalk("policy", "show", odd, "--markdown").out();
    assertTrue(markdown.contains("A\\|B"), markdown);
    String html = crosswalk("policy", "show", policy, "--html").out();
    assertTrue(html.contains("<div>https://*.example.org</div>"), html);
    JsonNode json = crosswalk("policy", "show", policy, "--json").json();
    assertEquals("/api", json.at("/policies/0/paths/0").asString());
  }

  @Test
  void show_reads_what_spring_and_quarkus_read() throws IOException {
    String yaml =
        file(
            "application.yml",
            """
            server: {port: 8080}
            cors:
              allowed-origins:
                - https://app.example.com
                - http://localhost:3000
            ---
            spring.config.activate.on-profile: prod
            cors:
              allowed-origins: https://app.example.com
            """);
    assertTrue(crosswalk("policy", "show", yaml).out().contains("localhost"));
    assertFalse(crosswalk("policy", "show", yaml, "--profile", "prod").out().contains("localhost"));
    String properties =
        file(
            "application.properties",
            """
            quarkus.http.port=8080
            cors.allowed-origins=http://localhost:3000
            %prod.cors.allowed-origins=https://app.example.com
            """);
    assertTrue(
        crosswalk("policy", "show", properties, "--profile", "prod").out().contains("https://app"));
  }

  @Test
  void a_profile_is_the_file_beside_it() throws IOException {
    file("cors-prod.properties", "cors.policies.api.allowed-methods=DELETE\n");
    String out = crosswalk("policy", "show", policy, "--profile", "prod").out();
    assertTrue(out.contains("GET, HEAD, POST, DELETE"), out);
    file("cors-empty.properties", "");
    assertEquals(0, crosswalk("policy", "show", policy, "--profile", "empty").exit());
    Result missing = crosswalk("policy", "show", policy, "--profile", "staging");
    assertEquals(3, missing.exit());
    assertTrue(missing.err().contains("cors-staging.properties"), missing.err());
  }

  @Test
  void the_profile_of_production_needs_no_file() throws IOException {
    for (String production : List.of("prod", "production")) {
      Result shown = crosswalk("policy", "show", policy, "--profile", production);
      assertEquals(0, shown.exit(), shown.err());
      assertEquals(0, crosswalk("policy", "diff", policy, policy, "--profile", production).exit());
    }
    String local = file("local.properties", "cors.allowed-origins=http://localhost:3000\n");
    Result refused = crosswalk("policy", "show", local, "--profile", "prod");
    assertTrue(refused.err().contains("http://localhost:3000"), refused.err());
  }

  @Test
  void the_problems_of_a_file_are_in_the_order_written() throws IOException {
    String wrong =
        file(
            "wrong.properties",
            """
            cors.max-age=soon
            cors.allowed-origins=https://app.example.com/, app.example.com
            cors.log-refusals=loud
            cors.allowed-methods=PUT PATCH
            """);
    List<String> lines =
        crosswalk("policy", "show", wrong)
            .err()
            .lines()
            .filter(line -> line.contains("wrong.properties:"))
            .map(line -> line.replaceAll(".*wrong.properties:([0-9]+):.*", "$1"))
            .toList();
    assertEquals(List.of("1", "2", "2", "3", "4"), lines);
  }

  @Test
  void every_problem_of_a_file_has_its_line() throws IOException {
    String wrong =
        file(
            "wrong.yml",
            """
            cors:
              allowed-origins:
                - https://app.example.com
                - https://app.example.com/
              alow-credentials: true
            """);
    Result result = crosswalk("policy", "show", wrong);
    assertEquals(3, result.exit());
    assertTrue(result.err().contains("wrong.yml:4: cors.allowed-origins[1]"), result.err());
    assertTrue(result.err().contains("wrong.yml:5: cors.alow-credentials"), result.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\n"
            + "d: [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\n",
        "a: &a\n  b: *a\n",
        "a: !!javax.script.ScriptEngineManager [1\n",
        "cors:\n  <<: {allowed-origins: '*'}\n",
        "cors: {allowed-origins: a, allowed-origins: b}\n",
        "cors:\n\t- tab\n"
      })
  void hostile_yaml_is_a_mistake_in_the_file(String yaml) throws IOException {
    Result result = crosswalk("policy", "show", file("hostile.yml", yaml));
    assertEquals(3, result.exit(), result::err);
    assertTrue(result.err().startsWith("crosswalk: "), result.err());
    assertTrue(result.err().contains("hostile.yml"), result.err());
  }

  @Test
  void deep_yaml_is_a_mistake_in_the_file() throws IOException {
    Result result = crosswalk("policy", "show", file("deep.yml", "[".repeat(100_000)));
    assertEquals(3, result.exit(), result::err);
  }

  // ---------------------------------------------------------------------------------------- diff

  private static final String OLD = "cors.allowed-origins=https://*.example.org\n";

  @Test
  void diff_is_narrower_where_two_hosts_replace_a_wildcard() throws IOException {
    String now = "cors.allowed-origins=https://a.example.org, https://b.example.org\n";
    Result result =
        crosswalk("policy", "diff", file("old.properties", OLD), file("new.properties", now));
    assertEquals(1, result.exit());
    assertEquals(
        """
        The new policy is narrower.

        No longer granted
          - every path: https://*.example.org (except https://a.example.org, https://b.example.org) may no
            longer read.
              GET / from https://some.example.org: the old policy allows it, the new one refuses it
        """,
        result.out());
  }

  @Test
  void diff_is_wider_where_credentials_are_added() throws IOException {
    String old = file("old.properties", OLD);
    String now = file("new.properties", OLD + "cors.allow-credentials=true\n");
    Result result = crosswalk("policy", "diff", old, now);
    assertEquals(2, result.exit());
    assertTrue(
        result.out().contains("+ every path: every allowed origin may send credentials."),
        result.out());
    Result markdown = crosswalk("policy", "diff", old, now, "--markdown");
    assertEquals(2, markdown.exit());
    assertTrue(markdown.out().contains("| Newly granted | paths | for example |"));
    JsonNode json = crosswalk("policy", "diff", old, now, "--json").json();
    assertEquals("wider", json.at("/differences/0/kind").asString());
    assertEquals("credentials", json.at("/differences/0/witness/right").asString());
  }

  /** The first policy of the page is the old one; each further one has its answer below it. */
  @Test
  void the_page_shows_what_diff_prints() throws IOException {
    String page = Files.readString(Path.of("../docs/policies.md"));
    Matcher blocks = Pattern.compile("(?s)```(properties|text)\n(.*?)```").matcher(page);
    List<String> policies = new ArrayList<>();
    int answers = 0;
    while (blocks.find()) {
      if (blocks.group(1).equals("properties")) {
        policies.add(blocks.group(2));
        continue;
      }
      String old = file("old.properties", policies.get(0));
      String now = file("new.properties", policies.get(policies.size() - 1));
      assertEquals(blocks.group(2), crosswalk("policy", "diff", old, now).out());
      answers++;
    }
    assertTrue(answers >= 2, "the page shows no differences");
  }

  @Test
  void show_refuses_a_path_and_an_origin_that_no_request_has() {
    Result path = crosswalk("policy", "show", policy, "--path", "x");
    assertEquals(3, path.exit(), path.out());
    assertTrue(
        path.err().contains("--path x does not begin with a slash: write --path /x."), path.err());
    Result origin = crosswalk("policy", "show", policy, "--origin", "app.example.com");
    assertEquals(3, origin.exit(), origin.out());
    assertTrue(origin.err().contains("write --origin https://app.example.com."), origin.err());
    Result slash = crosswalk("policy", "show", policy, "--origin", "https://app.example.com/");
    assertTrue(slash.err().contains("write --origin https://app.example.com."), slash.err());
    String other = "https://other_1.example.com";
    assertEquals(
        1, crosswalk("policy", "show", policy, "--path", "/api", "--origin", other).exit());
  }

  @Test
  void show_says_why_a_policy_above_a_path_does_not_cover_it() throws IOException {
    String file =
        file(
            "two.properties",
            """
            cors.policies.all.paths=/
            cors.policies.all.allowed-origins=https://app.example.com
            cors.policies.api.paths=/api
            cors.policies.api.allowed-origins=https://admin.example.com
            """);
    Result result = crosswalk("policy", "show", file, "--path", "/API");
    assertEquals(3, result.exit(), result.out());
    assertTrue(
        result.err().contains("No policy covers /API: servers may read this path in several ways"),
        result.err());
  }

  @Test
  void the_configuration_of_a_server_is_told_from_a_policy() throws IOException {
    String nginx = file("nginx.conf", "server {\n  location / {\n  }\n}\n");
    Result shown = crosswalk("policy", "show", nginx);
    assertEquals(3, shown.exit());
    assertTrue(
        shown.err().contains("write crosswalk policy import " + nginx + " --from nginx."),
        shown.err());
    Result imported = crosswalk("policy", "import", policy, "--from", "nginx");
    assertEquals(3, imported.exit());
    assertTrue(
        imported.err().contains(policy + " is a policy of Crosswalk already."), imported.err());
  }

  @Test
  void an_answer_for_one_origin_has_no_page() {
    Result page = crosswalk("policy", "show", policy, "--html", "--origin", "https://a.example");
    assertEquals(3, page.exit(), page.out());
    assertTrue(page.err().contains("leave out --markdown and --html."), page.err());
  }

  @Test
  void diff_of_one_and_the_same_is_nothing() throws IOException {
    Result result = crosswalk("policy", "diff", policy, policy);
    assertEquals(0, result.exit());
    assertEquals("The two policies decide the same.\n", result.out());
  }

  @Test
  void a_mistake_is_no_answer_of_diff() throws IOException {
    String old = file("old.properties", OLD);
    assertEquals(3, crosswalk("policy", "diff", old).exit());
    assertEquals(3, crosswalk("policy", "diff", old, old + "x").exit());
    assertEquals(3, crosswalk("policy", "diff", old, old, "--json", "--markdown").exit());
    assertEquals(3, crosswalk("policy", "diff", old, file("bad.properties", "a=b")).exit());
    assertEquals(3, crosswalk("policy", "dif").exit());
    assertEquals(3, crosswalk("policy").exit());
  }

  @Test
  void a_program_that_fails_gives_no_answer_of_diff() throws IOException {
    String old = file("old.properties", OLD);
    PrintWriter broken =
        new PrintWriter(Writer.nullWriter()) {
          @Override
          public void write(String text, int from, int length) {
            throw new StackOverflowError();
          }
        };
    StringWriter err = new StringWriter();
    int exit =
        Crosswalk.run(broken, new PrintWriter(err, true), Ansi.OFF, "policy", "diff", old, old);
    assertEquals(3, exit);
    assertEquals("crosswalk: the program failed: java.lang.StackOverflowError\n", err.toString());
  }
}
