package dev.crosswalk.cors.cli.check;

import static dev.crosswalk.cors.cli.check.FlawedServer.APP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.Crosswalk;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Servers with one mistake each, on real sockets: {@code check} finds it, and names it. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
class RootCauseTest {

  private static final String[] PROFILE = {
    "--allowed-origin",
    APP,
    "--refused-origin",
    "https://evil.example",
    "--credentials",
    "--header",
    "X-Token,X-Trace",
    "--method",
    "PUT,PATCH"
  };

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path directory;

  private JsonNode check(URI url, String... options) throws Exception {
    Path json = directory.resolve("report.json");
    List<String> arguments = new ArrayList<>(List.of("check", url.toString()));
    arguments.addAll(Arrays.asList(options));
    arguments.addAll(List.of("--json", json.toString()));
    int exit =
        Crosswalk.run(
            new PrintWriter(out), new PrintWriter(err), Ansi.OFF, arguments.toArray(new String[0]));
    assertEquals("", err.toString());
    JsonNode server =
        JsonMapper.builder().build().readTree(Files.readString(json)).get("servers").get(0);
    boolean serious = false;
    for (JsonNode cause : server.get("causes")) {
      serious |= !cause.get("severity").asString().equals("note");
    }
    assertTrue(exit == 1 || !serious, "a cause that is no note breaks the build");
    return server;
  }

  private static List<String> causes(JsonNode server) {
    List<String> names = new ArrayList<>();
    for (JsonNode cause : server.get("causes")) {
      String name = cause.get("cause").asString();
      names.add(name.replaceAll("[:?].*", "") + " / " + cause.get("severity").asString());
    }
    return names;
  }

  // One mistake each.

  private static Arguments origins(String mistake, String cause, Predicate<String> origins) {
    return Arguments.of(mistake, cause, new FlawedServer(origins));
  }

  private static Arguments regex(String expression, String cause) {
    Pattern pattern = Pattern.compile(expression);
    return origins(expression, cause, origin -> pattern.matcher(origin).find());
  }

  static Stream<Arguments> servers() {
    return Stream.of(
        origins("sends back what comes", "reflects any origin / security", origin -> true),
        origins("any https", "reflects any origin / security", o -> o.startsWith("https://")),
        Arguments.of(
            "sends * without credentials",
            "grants * to everyone / note",
            new FlawedServer(origin -> true) {
              @Override
              String allowOrigin(String origin) {
                return "*";
              }

              @Override
              boolean credentials() {
                return false;
              }
            }),
        Arguments.of(
            "sends back what comes, without credentials",
            "reflects any origin / note",
            new FlawedServer(origin -> true) {
              @Override
              boolean credentials() {
                return false;
              }
            }),
        origins("startsWith", "compares by prefix / security", o -> o.startsWith(APP)),
        regex("^https://app\\.example\\.com", "compares by prefix / security"),
        origins(
            "endsWith a domain", "compares by suffix / security", o -> o.endsWith("example.com")),
        origins(
            "endsWith a host", "compares by suffix / security", o -> o.endsWith("app.example.com")),
        regex("^https://.*example\\.com$", "compares by suffix / security"),
        regex("https://.*\\.?example\\.com$", "compares by suffix / security"),
        origins(
            "contains a domain", "compares by contains / security", o -> o.contains("example.com")),
        regex("app\\.example\\.com", "compares by contains / security"),
        origins(
            "the list contains it",
            "compares the wrong way round / security",
            o -> o.startsWith("https://") && (APP + ",https://b.test").contains(o)),
        regex("^https://app.example\\.com$", "an unescaped dot / security"),
        regex("^https://app\\.example.com$", "an unescaped dot / note"),
        regex(
            "^https://app\\.example\\.com([^.a-z0-9:/-].*)?$",
            "lets odd characters end a host / security"),
        origins("null", "trusts null / security", Set.of(APP, "null")::contains),
        origins(
            "http, too",
            "ignores the scheme / security",
            o -> o.matches("https?://app\\.example\\.com")),
        origins(
            "any port",
            "ignores the port / security",
            o -> o.matches("https://app\\.example\\.com(:\\d+)?")),
        origins("equalsIgnoreCase", "ignores the case / note", APP::equalsIgnoreCase),
        origins(
            "any subdomain of the domain",
            "trusts every subdomain / security",
            o -> o.matches("https://([a-z0-9_-]+\\.)+example\\.com")),
        origins(
            "any subdomain of the host",
            "trusts every subdomain / security",
            o -> o.matches("https://([a-z0-9_-]+\\.)*app\\.example\\.com")),
        origins(
            "the apex",
            "trusts the parent domain / security",
            Set.of(APP, "https://example.com")::contains),
        origins(
            "a dot at the end",
            "ignores a dot at the end / note",
            o -> o.matches("https://app\\.example\\.com\\.?")),
        origins(
            "a slash at the end",
            "ignores a slash at the end / note",
            o -> o.matches("https://app\\.example\\.com/?")),
        origins(
            "localhost for developers",
            "trusts any localhost / security",
            o -> o.equals(APP) || o.matches("http://localhost(:\\d+)?")),
        origins(
            "one localhost in the list",
            "trusts one localhost / security",
            Set.of(APP, "http://localhost:8081")::contains),
        origins(
            "one more port in the list",
            "grants one more port / security",
            Set.of(APP, APP + ":8443")::contains),
        origins(
            "the office",
            "trusts private addresses / security",
            o -> o.equals(APP) || o.matches("http://192\\.168\\.\\d+\\.\\d+")),
        origins(
            "previews",
            "trusts names that anybody can get / security",
            o -> o.equals(APP) || o.matches("https://[a-z0-9-]+\\.vercel\\.app")),
        origins(
            "letters that look alike",
            "takes letters that look alike for the same / security",
            o -> o.equals(APP) || o.startsWith("https://app.xn--")),
        origins(
            "startsWith localhost",
            "takes a name that begins like a local address for one / security",
            o -> o.equals(APP) || o.startsWith("http://localhost")),
        origins(
            "startsWith a network",
            "takes a name that begins like a local address for one / security",
            o -> o.equals(APP) || o.startsWith("http://192.168.")),
        regex("^https://app\\.example\\.[a-z.-]+$", "does not compare the last label / security"),
        origins(
            "subdomains without TLS",
            "ignores the scheme / security",
            o -> o.equals(APP) || o.matches("http://[a-z0-9-]+\\.example\\.com")),
        origins(
            "code pens",
            "trusts names that anybody can get / security",
            Set.of(APP, "https://codepen.io")::contains),
        origins(
            "a character that browsers send between dots",
            "lets odd characters end a host / security",
            o -> o.matches("https://app\\.example\\.com(\\.[^a-z0-9.:/]\\..*)?")),
        origins(
            "80 and 443", "reads the port as a number / note", Set.of(APP, APP + ":443")::contains),
        Arguments.of(
            "no Vary on errors",
            "no Vary on errors, so a shared cache may mix / defect",
            new FlawedServer() {
              @Override
              String varyOnErrors(String origin) {
                return "";
              }
            }),
        origins(
            "the second of two",
            "refuses an origin that is meant to be allowed / defect",
            "https://old.example.com"::equals),
        Arguments.of(
            "403 for whoever may not read",
            "answers 4xx to the requests of a refused origin / note",
            new FlawedServer() {
              @Override
              boolean refusesRequests() {
                return true;
              }
            }),
        Arguments.of(
            "GET alone",
            "headers missing on HEAD / defect",
            new FlawedServer() {
              @Override
              boolean onHead() {
                return false;
              }
            }),
        Arguments.of(
            "no Vary",
            "no Vary, so a shared cache may mix / defect",
            new FlawedServer() {
              @Override
              String vary(String origin) {
                return "";
              }
            }),
        Arguments.of(
            "Vary with an Origin alone",
            "no Vary where there is no Origin, so a shared cache may mix / defect",
            new FlawedServer() {
              @Override
              String vary(String origin) {
                return origin.isEmpty() ? "" : "Origin";
              }
            }),
        Arguments.of(
            "no headers on errors",
            "headers missing on errors / note",
            new FlawedServer() {
              @Override
              boolean onErrors() {
                return false;
              }
            }),
        Arguments.of(
            "preflights of anybody",
            "grants preflights of any origin / security",
            new FlawedServer() {
              @Override
              boolean preflights(String origin) {
                return true;
              }
            }),
        Arguments.of(
            "headers by case",
            "compares the names of headers by case / defect",
            new FlawedServer() {
              @Override
              boolean permitsHeaders(String names) {
                return Set.of("X-Token", "X-Trace").containsAll(List.of(names.split(",")));
              }
            }),
        Arguments.of(
            "headers as one text",
            "compares the list of headers as one text / defect",
            new FlawedServer() {
              @Override
              boolean permitsHeaders(String names) {
                return Set.of("x-token", "x-trace").contains(names.toLowerCase(Locale.ROOT));
              }
            }),
        Arguments.of(
            "a method forgotten",
            "refuses a method that is meant to be allowed / defect",
            new FlawedServer() {
              @Override
              boolean permitsMethod(String method) {
                return !method.equals("PATCH") && super.permitsMethod(method);
              }
            }),
        Arguments.of(
            "a method in lower case",
            "knows a method in lower case alone / defect",
            new FlawedServer() {
              @Override
              boolean permitsMethod(String method) {
                return method.equals("patch")
                    || (!method.equals("PATCH") && super.permitsMethod(method));
              }
            }));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("servers")
  void a_mistake_is_found_and_named(String mistake, String cause, FlawedServer server)
      throws Exception {
    try (server) {
      JsonNode seen = check(server.start(), PROFILE);
      assertEquals(List.of(cause), causes(seen), mistake + "\n" + out);
      assertEquals(3, seen.get("causes").get(0).get("exploit").size());
      assertFalse(seen.get("causes").get(0).get("exchanges").isEmpty());
      assertEquals(
          Set.of(), // Nothing but what a guest may send.
          new TreeSet<>(server.methods())
              .stream()
                  .filter(method -> !Set.of("GET", "HEAD", "OPTIONS").contains(method))
                  .collect(Collectors.toSet()));
    }
  }

  @Test
  void the_corpus_has_at_least_twenty_mistakes() {
    assertTrue(servers().count() >= 20, "mistakes: " + servers().count());
  }

  @Test
  void the_order_of_the_headers_makes_no_difference() throws Exception {
    for (String headers : new String[] {"X-Token,x-trace", "x-trace,X-Token"}) {
      try (FlawedServer server =
          new FlawedServer() {
            @Override
            boolean permitsHeaders(String names) {
              return Set.of("X-Token", "x-trace").containsAll(List.of(names.split(",")));
            }
          }) {
        JsonNode seen =
            check(server.start(), "--allowed-origin", APP, "--credentials", "--header", headers);
        assertEquals(
            List.of("compares the names of headers by case / defect"), causes(seen), headers);
      }
    }
  }

  // What is as it should be.

  static Stream<Arguments> policies() {
    return Stream.of(
        Arguments.of("one origin", new FlawedServer(), PROFILE),
        Arguments.of(
            "subdomains",
            new FlawedServer(o -> o.matches("https://([a-z0-9_-]+\\.)+example\\.com")),
            new String[] {
              "--allowed-origin",
              "https://*.example.com",
              "--refused-origin",
              "https://evil.example",
              "--credentials"
            }),
        Arguments.of(
            "localhost on any port",
            new FlawedServer(o -> o.matches("http://localhost(:[0-9]{1,5})?")),
            new String[] {"--allowed-origin", "http://localhost:*", "--credentials"}),
        Arguments.of(
            "public data",
            new FlawedServer(o -> true) {
              @Override
              String allowOrigin(String origin) {
                return "*";
              }

              @Override
              boolean credentials() {
                return false;
              }
            },
            new String[] {"--allowed-origin", "*", "--no-credentials"}),
        Arguments.of(
            "one origin for everybody",
            new FlawedServer(o -> true) {
              @Override
              String allowOrigin(String origin) {
                return APP;
              }

              @Override
              boolean withoutOrigin() {
                return true;
              }

              @Override
              String vary(String origin) {
                return "";
              }
            },
            PROFILE),
        Arguments.of(
            "null, without credentials",
            new FlawedServer(Set.of(APP, "null")::contains) {
              @Override
              boolean credentials() {
                return false;
              }
            },
            new String[] {
              "--allowed-origin",
              APP + ",null",
              "--refused-origin",
              "https://evil.example",
              "--no-credentials"
            }),
        Arguments.of(
            "a name with an underscore",
            new FlawedServer("https://my_app.example.com"::equals),
            new String[] {"--allowed-origin", "https://my_app.example.com", "--credentials"}),
        Arguments.of("nobody", new FlawedServer(o -> false), new String[0]));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("policies")
  void a_server_without_a_mistake_has_no_finding(
      String policy, FlawedServer server, String[] profile) throws Exception {
    try (server) {
      JsonNode seen = check(server.start(), profile);
      assertEquals(List.of(), causes(seen), policy + "\n" + out);
      int most = OriginProbe.MAX_REQUESTS + 500;
      assertTrue(server.methods().size() < most, "requests: " + server.methods().size());
    }
  }

  // What is told.

  @Test
  void the_exploit_begins_with_the_name_that_anybody_can_register() throws Exception {
    try (FlawedServer server = new FlawedServer(origin -> origin.endsWith("example.com"))) {
      JsonNode cause = check(server.start(), PROFILE).get("causes").get(0);
      assertEquals(
          "Anyone can register crosswalk-checkexample.com, and put a page on it.",
          cause.get("exploit").get(0).asString());
      assertTrue(cause.get("exploit").get(1).asString().contains("credentials: \"include\""));
    }
  }

  @Test
  void a_pattern_that_is_known_in_part_is_a_note() throws Exception {
    try (FlawedServer server = new FlawedServer(o -> o.matches("https://[a-z]+\\.example\\.com"))) {
      JsonNode seen =
          check(
              server.start(),
              "--allowed-origin",
              "https://*.example.com",
              "--refused-origin",
              "https://evil.example",
              "--credentials");
      assertEquals(
          List.of("refuses an origin that a declared pattern includes / note"), causes(seen));
    }
  }

  @Test
  void the_remedy_is_in_the_words_of_the_server() throws Exception {
    try (FlawedServer server =
        new FlawedServer(origin -> true) {
          @Override
          String software() {
            return "nginx/1.29.3";
          }
        }) {
      JsonNode seen = check(server.start(), PROFILE);
      assertEquals("nginx/1.29.3", seen.get("software").asString());
      assertEquals("nginx", seen.get("remedy").get("server").asString());
      assertTrue(seen.get("remedy").get("lines").toString().contains("add_header"), seen::toString);
      assertTrue(out.toString().contains("REMEDY  for nginx"), out::toString);
    }
    try (FlawedServer server = new FlawedServer(origin -> true)) {
      assertFalse(check(server.start(), PROFILE).has("remedy"), "it does not say what it is");
    }
  }

  @Test
  void a_wildcard_inside_a_label_ends_with_the_label() throws Exception {
    for (String expression :
        List.of(
            "https://app-.*-team\\.vercel\\.app", "https://(my)?app-[a-z]+-team\\.vercel\\.app")) {
      try (FlawedServer server = new FlawedServer(o -> o.matches(expression))) {
        JsonNode seen =
            check(
                server.start(),
                "--allowed-origin",
                "https://app-*-team.vercel.app",
                "--credentials");
        assertEquals(
            List.of("lets a wildcard take more than a part of one label / security"),
            causes(seen),
            expression);
      }
    }
  }

  @Test
  void the_exploit_says_which_browsers_send_an_odd_origin() throws Exception {
    try (FlawedServer server =
        new FlawedServer(o -> o.matches("https://app\\.example\\.com(\\{.*)?"))) {
      JsonNode cause = check(server.start(), PROFILE).get("causes").get(0);
      assertEquals("security", cause.get("severity").asString());
      assertTrue(
          cause.get("exploit").get(0).asString().endsWith("; Chromium and Safari send it."),
          cause::toString);
    }
  }

  @Test
  void two_mistakes_are_two_causes_the_worse_first() throws Exception {
    try (FlawedServer server =
        new FlawedServer(Set.of(APP, "null")::contains) {
          @Override
          String vary(String origin) {
            return "";
          }
        }) {
      assertEquals(
          List.of("trusts null / security", "no Vary, so a shared cache may mix / defect"),
          causes(check(server.start(), PROFILE)));
    }
  }

  @Test
  void a_server_that_reflects_is_one_cause_and_not_thirty_rows() throws Exception {
    try (FlawedServer server = new FlawedServer(origin -> true)) {
      JsonNode seen = check(server.start(), PROFILE);
      JsonNode cause = seen.get("causes").get(0);
      assertEquals("reflects any origin", cause.get("cause").asString());
      assertTrue(cause.get("rules").size() >= 20, cause.get("rules")::toString);
      String text = out.toString();
      assertTrue(text.indexOf("CAUSE   reflects any origin") < text.indexOf("  holds "), text);
      long rows = text.lines().filter(line -> line.startsWith("  BROKEN")).count();
      assertTrue(rows <= seen.get("broken").asInt() - cause.get("rules").size(), text);
    }
  }
}
