package dev.crosswalk.cors.cli.policy;

import static dev.crosswalk.cors.cli.ProcessorTime.assertAtMost;
import static dev.crosswalk.cors.cli.Result.crosswalk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsConfiguration;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.cli.document.BrokenDocumentException;
import dev.crosswalk.cors.cli.policy.from.Format;
import dev.crosswalk.cors.cli.policy.from.Imported;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code crosswalk policy import}. Each file of {@code import} is a configuration as people have
 * it, named {@code NAME.FORMAT}, in the folder of its format; what the command says of it is in
 * {@code NAME.FORMAT.answer}, which {@code -Danswers.write=true} writes anew for a person to read.
 */
class ImportTest {

  private static final Path FILES =
      Path.of("src/test/resources/dev/crosswalk/cors/cli/policy/import");

  @TempDir private Path directory;

  private static List<Path> configurations() throws IOException {
    try (Stream<Path> files = Files.walk(FILES)) {
      return files
          .filter(file -> Files.isRegularFile(file) && !file.toString().endsWith(".answer"))
          .sorted()
          .toList();
    }
  }

  private static String format(Path file) {
    return file.getFileName().toString().split("\\.")[1];
  }

  private static Result imported(Path file) {
    return crosswalk("policy", "import", file.toString(), "--from", format(file));
  }

  @TestFactory
  Stream<DynamicTest> each_configuration_has_its_answer() throws IOException {
    return configurations().stream()
        .map(file -> dynamicTest(file.getFileName().toString(), () -> hasItsAnswer(file)));
  }

  private static void hasItsAnswer(Path file) throws IOException {
    Result result = imported(file);
    String said = result.out() + "---\n" + result.err() + "exit " + result.exit() + "\n";
    said = said.replace(file.getParent() + "/", "");
    Path answer = file.resolveSibling(file.getFileName() + ".answer");
    if (Boolean.getBoolean("answers.write")) {
      Files.writeString(answer, said);
    }
    assertEquals(Files.readString(answer), said);
  }

  @Test
  void every_format_has_a_configuration() throws IOException {
    Set<String> all = new TreeSet<>();
    configurations().forEach(file -> all.add(format(file)));
    Set<String> known =
        Stream.of(Format.values()).map(Format::word).collect(Collectors.toCollection(TreeSet::new));
    assertEquals(known, all);
  }

  /** Whatever the original let in by mistake, the policy does not. */
  @TestFactory
  Stream<DynamicTest> no_policy_lets_strangers_in() throws IOException {
    return configurations().stream()
        .map(file -> dynamicTest(file.getFileName().toString(), () -> letsNoStrangersIn(file)));
  }

  private static void letsNoStrangersIn(Path file) throws IOException {
    Map<String, String> settings;
    try {
      Format format = Format.of(format(file)).orElseThrow();
      settings = format.read(file.getFileName().toString(), Files.readString(file)).settings();
    } catch (BrokenDocumentException e) {
      return; // Its answer says so.
    }
    if (settings.isEmpty() || settings.containsValue("*")) {
      return;
    }
    List<String> paths =
        settings.entrySet().stream()
            .filter(setting -> setting.getKey().endsWith(".paths"))
            .flatMap(setting -> Stream.of(setting.getValue().split(", ", -1)))
            .toList();
    Cors cors = CorsConfiguration.of(settings);
    for (String path : paths.isEmpty() ? List.of("/") : paths) {
      for (String stranger :
          List.of(
              "https://evil.example",
              "https://shop.example.evil.example",
              "https://www.shop.example.evil.example",
              "https://evilshop.example",
              "https://shopxexample",
              "https://devxexample.net",
              "http://app.example.com",
              "null")) {
        CorsDecision decision = cors.decide(Cors.Request.of("GET", path).from(stranger));
        assertNotEquals(
            CorsDecision.Outcome.ALLOWED, decision.outcome(), () -> stranger + " by " + settings);
      }
    }
  }

  @Test
  void an_unknown_format_is_named_with_the_nearest_one() throws IOException {
    Path file = configurations().get(0);
    Result result = crosswalk("policy", "import", file.toString(), "--from", "ngnix");
    assertEquals(3, result.exit());
    assertTrue(result.err().contains("There is no format \"ngnix\". Did you mean nginx?"));
    Result far = crosswalk("policy", "import", file.toString(), "--from", "lighttpd");
    assertTrue(far.err().contains("There are nginx, apache"), far.err());
    assertTrue(
        far.err().contains("compare it with the running server by crosswalk check"), far.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          nginx | server {\\n location / {\\n }\\n | :1: the block that begins here has no }
          nginx | server {\\n add_header A B\\n} | :3: expected ; in front of }
          nginx | add_header A "B | :1: expected " at the end of a text
          nginx | }\\n | :1: there is a } without a {
          apache | <Location />\\nHeader set A B\\n | :1: <Location> has no </Location>
          apache | </Location> | :1: </Location> closes what is not open
          caddy | a {\\n b {\\n | :2: the block that begins here has no }
          s3 | [{"AllowedOrigins": ["a"} | :1: this is not JSON
          tomcat | <web-app><filter></web-app> | :1: this is not XML
          tomcat | <!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a> | :1: a document type is not read
          spring-cloud-gateway | a: [b | :1: this is not YAML
          spring-cloud-gateway | a: b\\na: c | a is set twice
          """)
  void a_broken_file_has_its_line(String format, String text, String message) throws IOException {
    Path file = Files.writeString(directory.resolve("broken"), text.replace("\\n", "\n"));
    Result result = crosswalk("policy", "import", file.toString(), "--from", format);
    assertEquals(3, result.exit(), result::out);
    assertTrue(result.err().contains("broken"), result::err);
    assertTrue(result.err().contains(message), result::err);
    assertFalse(result.err().contains("root:"), result::err);
  }

  /**
   * As the programs read it; nginx refuses the file, and Apache httpd takes the 1 for another word.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          nginx | add_header Access-Control-Allow-Origin "https://app.example.com"1;
          apache | Header set Access-Control-Allow-Origin "https://app.example.com"1
          caddy | :80 {\\n header Access-Control-Allow-Origin "https://app.example.com"1\\n}
          """)
  void what_follows_a_text_is_not_a_part_of_it(String format, String text) {
    Imported imported = Format.of(format).orElseThrow().read("file", text.replace("\\n", "\n"));
    assertFalse(imported.settings().toString().contains("com1"), imported::toString);
  }

  /** As nginx 1.22 and Apache httpd 2.4 read it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          nginx | map $http_origin $o { "~^https://app\\\\.example\\\\.com$" $http_origin; } add_header Access-Control-Allow-Origin $o;
          nginx | map $http_origin $o { ~^https://app\\\\.example\\\\.com$ $http_origin; } add_header Access-Control-Allow-Origin $o;
          apache | SetEnvIf Origin "^https://app\\\\.example\\\\.com$" O=$0\\nHeader set Access-Control-Allow-Origin %{O}e env=O
          apache | SetEnvIf Origin ^https://app\\\\.example\\\\.com$ O=$0\\nHeader set Access-Control-Allow-Origin %{O}e env=O
          """)
  void two_backslashes_are_one(String format, String text) {
    Imported imported = Format.of(format).orElseThrow().read("file", text.replace("\\n", "\n"));
    assertEquals(
        Map.of("cors.allowed-origins", "https://app.example.com"),
        imported.settings(),
        imported::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          nginx | {
          caddy | a {\\n
          apache | <If a>\\n
          s3 | [
          tomcat | <a>
          spring-cloud-gateway | [
          """)
  void depth_is_bounded(String format, String opening) throws IOException {
    String deep = opening.replace("\\n", "\n").repeat(50_000);
    Path file = Files.writeString(directory.resolve("deep"), deep);
    assertEquals(3, crosswalk("policy", "import", file.toString(), "--from", format).exit());
  }

  /** Texts whose reading takes time, or memory, that grows faster than they do. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          nginx | `x{ `
          nginx | `x{`
          nginx | `x{\n`
          nginx | `"`
          nginx | `if ($a = `
          nginx | `set $a $a; add_header Access-Control-Allow-Origin $a; `
          nginx | `if ($a) { set $a "1"; add_header Access-Control-Allow-Origin $http_origin; } `
          caddy | `(a) {\nimport a\nimport b\n}\n(b) {\nimport a\n}\n:80 {\nimport a\n}\n`
          caddy | `a\\\n`
          apache | `a\\\n`
          apache | `<`
          haproxy | `acl a hdr(origin) -m str `
          quarkus.properties | `\\\\\\`
          spring-cloud-gateway.properties | `a.`
          spring-cloud-gateway.properties | `[a].b`
          traefik | `[`
          tomcat | `<a/>`
          s3 | `{"a":`
          """)
  void time_grows_no_faster_than_the_file(String name, String part) throws IOException {
    String text = part.replace("\\n", "\n").replace("\\\\", "\\");
    Path file =
        Files.writeString(
            directory.resolve("long." + name), text.repeat(100_000 / text.length()) + "\n");
    assertAtMost(
        Duration.ofSeconds(5), () -> assertTrue(List.of(1, 3).contains(imported(file).exit())));
  }

  @Test
  void a_condition_that_is_too_long_is_not_read() throws IOException {
    String header = "Header set Access-Control-Allow-Origin \"%{O}e\" ";
    for (String lines :
        List.of(
            header + "\"expr=!" + " ".repeat(100_000) + "x\"",
            "RewriteCond %{HTTP:Origin} a\nRewriteRule ^ - ["
                + "E=O:%{HTTP:Origin},".repeat(5_000)
                + "\n"
                + header
                + "env=O")) {
      Path file = Files.writeString(directory.resolve("condition.apache"), lines + "\n");
      assertAtMost(
          Duration.ofSeconds(5), () -> assertEquals(1, imported(file).exit(), lines::toString));
    }
  }

  /** Anchors that make a thousand million values out of nine lines, and entities that do. */
  @Test
  void values_that_multiply_are_not_read() throws IOException {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    StringBuilder xml = new StringBuilder("<!DOCTYPE a [<!ENTITY e0 \"x\">");
    for (int i = 1; i < 10; i++) {
      String alias = "*a" + (i - 1);
      yaml.append("a" + i + ": &a" + i + " [" + (alias + ", ").repeat(9) + alias + "]\n");
      xml.append("<!ENTITY e" + i + " \"" + ("&e" + (i - 1) + ";").repeat(10) + "\">");
    }
    refuses("anchors.spring-cloud-gateway", yaml.toString(), "Number of aliases");
    refuses("itself.spring-cloud-gateway", "a: &a [*a]\n", "this value contains itself");
    refuses(
        "merged.spring-cloud-gateway", "a: &a {b: c}\nd: {<<: *a}\n", "merging (<<) is not read");
    refuses("entities.tomcat", xml + "]><a>&e9;</a>", "a document type is not read");
    refuses(
        "outside.tomcat",
        "<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/a.dtd\"><a/>",
        "a document type is not read");
    refuses("entity.tomcat", "<a>&b;</a>", "this is not XML");
    refuses("object.spring-cloud-gateway", "a: !!java.net.URL [x]\n", "Global tag is not allowed");
  }

  /** To match the second takes as long without reading a character as to write the first. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "^https://((((a{99}){99}){99}){99}){99}\\.example\\.com$",
        "(?:(?:(?:(?:(?:^){99}){99}){99}){99}){99}https"
      })
  void repetitions_that_multiply_are_not_followed(String expression) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("repeated.nginx"),
            "server {\n  if ($http_origin ~ \""
                + expression
                + "\") {\n    add_header Access-Control-Allow-Origin $http_origin;\n  }\n}\n");
    assertAtMost(Duration.ofSeconds(5), () -> assertEquals(1, imported(file).exit()));
  }

  @Test
  void what_is_too_long_is_not_read() throws IOException {
    for (String name :
        List.of("long.nginx", "long.spring-cloud-gateway", "long.tomcat", "long.s3")) {
      Path file = directory.resolve(name);
      try (RandomAccessFile long100MB = new RandomAccessFile(file.toFile(), "rw")) {
        long100MB.setLength(100L * 1024 * 1024);
      }
      Result result = imported(file);
      assertEquals(3, result.exit());
      assertTrue(result.err().contains("the file is longer than"), result::err);
    }
    refuses(
        "many.spring-cloud-gateway",
        "a:\n" + "  - {b: c}\n".repeat(30_000),
        "more than 20000 values");
    refuses("wide.spring-cloud-gateway", "a: " + "x".repeat(5_000_000), "the YAML is longer than");
  }

  private void refuses(String name, String text, String reason) throws IOException {
    Path file = Files.writeString(directory.resolve(name), text);
    Result result = imported(file);
    assertTrue(result.exit() == 3 || result.exit() == 1, result::err);
    assertEquals("", result.out());
    assertTrue(result.err().contains(reason), result::err);
    assertTrue(result.err().contains(name), result::err);
    assertFalse(result.err().contains("Exception"), result::err);
  }

  @Test
  void an_expression_that_takes_forever_is_given_up() throws IOException {
    String expression = "^https://(([a-z]+)*)*\\\\.shop\\\\.example!$";
    Path file =
        Files.writeString(
            directory.resolve("slow"),
            "map $http_origin $o { \"~"
                + expression
                + "\" $http_origin; }\n"
                + "server { add_header Access-Control-Allow-Origin $o always; }\n");
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          Result result = crosswalk("policy", "import", file.toString(), "--from", "nginx");
          assertEquals(1, result.exit(), result::err);
          assertEquals("", result.out());
        });
  }

  private static Imported nginx(String text) {
    return Format.NGINX.read("nginx.conf", text);
  }

  private static String location(String path, String more) {
    return "location "
        + path
        + " { add_header Access-Control-Allow-Origin https://a.example always; "
        + more
        + " }\n";
  }

  private static final String CREDENTIALS =
      "add_header Access-Control-Allow-Credentials true always;";

  /** Otherwise the second would have the credentials of the first. */
  @Test
  void two_paths_that_give_one_name_stay_two_policies() {
    Imported imported = nginx(location("/a/b/", CREDENTIALS) + location("/a-b/", ""));
    assertEquals(
        Map.of(
            "cors.policies.a-b.paths", "/a/b",
            "cors.policies.a-b.allowed-origins", "https://a.example",
            "cors.policies.a-b.allow-credentials", "true",
            "cors.policies.a-b-2.paths", "/a-b",
            "cors.policies.a-b-2.allowed-origins", "https://a.example"),
        imported.settings());
  }

  @Test
  void the_policy_of_the_root_is_that_of_the_whole() {
    Imported imported = nginx("server { " + location("/", "") + "}\n" + location("/", CREDENTIALS));
    assertEquals(Map.of("cors.allowed-origins", "https://a.example"), imported.settings());
    assertTrue(imported.findings().toString().contains("there is a policy before this one"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"/a\ncors.allow-credentials=true\"",
        "\"/a,/b\"",
        "/a\\\\",
        "\"/a b\"",
        "/ä",
        "/a/../b",
      })
  void a_path_that_is_not_a_policys_is_left_out(String path) {
    Imported imported = nginx(location(path, ""));
    assertEquals(Map.of(), imported.settings());
    assertTrue(
        imported.findings().stream().anyMatch(finding -> finding.sentence().contains("left out")));
  }

  @Test
  void of_two_paths_that_differ_in_case_the_first_is_carried_over() {
    Imported imported = nginx(location("/Api/", "") + location("/api/", ""));
    assertEquals("/Api", imported.settings().get("cors.policies.api.paths"));
    assertEquals(2, imported.settings().size());
    assertTrue(imported.findings().toString().contains("is the path /Api in another case"));
  }

  @Test
  void what_is_quoted_of_a_file_is_no_command_of_a_terminal() {
    String named = "\u001B[2J" + "x".repeat(5_000);
    String said = nginx(location("@" + named, "")).findings().toString();
    assertTrue(said.contains("\\x1B[2Jx"), said);
    assertTrue(said.chars().noneMatch(Character::isISOControl), said);
    assertTrue(said.length() < 3_000, said);
    BrokenDocumentException e =
        assertThrows(
            BrokenDocumentException.class,
            () -> Format.APACHE.read("httpd.conf", "</" + named + ">\n"));
    assertTrue(e.getMessage().chars().noneMatch(Character::isISOControl), e.getMessage());
    assertTrue(e.getMessage().length() < 1_000, e.getMessage());
  }
}
