package dev.crosswalk.cors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.crosswalk.cors.CorsDecision.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What a problem or an explanation says to write, written: the policy builds, and it allows no
 * origin, method or name that the words in front of the remedy did not name.
 */
@DisplayName("A remedy")
class RemedyTest {

  private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** What a stranger might have, and what nobody asked for. */
  private static final List<String> STRANGERS =
      List.of(
          "https://evil.example",
          "http://evil.example",
          "https://example.com",
          "https://evilexample.com",
          "https://a.b.c.example.com",
          "https://me.github.io",
          "null");

  private static final List<String> HOSTS =
      List.of(
          "app.example.com",
          "*.example.com",
          "localhost",
          "127.0.0.1",
          "App.Example.com",
          "me.github.io",
          "*.github.io",
          "192.168.1.*",
          "b\u00fccher.example",
          "[::1]",
          "xn--58d",
          "app-*.example.com",
          "*example.com",
          "**.example.com",
          "app.*.example.com",
          "[*].example.com",
          "foo-.example.com",
          "(a|b).example.com",
          "([a-z]+)\\.example\\.com",
          ".*\\.example\\.com",
          "*",
          ".",
          "-");

  private static final List<String> SCHEMES =
      List.of(
          "https://",
          "http://",
          "",
          "HTTPS://",
          "wss://",
          "*://",
          "https:/",
          "^https://",
          "https?://",
          "app://",
          "chrome-extension://",
          "moz-extension://",
          "file://",
          "htps://");

  private static final List<String> ENDS =
      List.of(
          "",
          "",
          "",
          "/",
          "/path",
          ":443",
          ":8443",
          ":*",
          ":80*",
          ":[8080,9000]",
          "$",
          "?q",
          "#f",
          ".",
          "/8",
          "/*");

  private static final List<String> WORDS =
      List.of(
          "*",
          "none",
          "null",
          "all",
          "true",
          "+",
          "'self'",
          ".*",
          "/.*/",
          "^.*$",
          "",
          "${X}",
          "[\"https://a.example\"]");

  private static String any(Random random, List<String> some) {
    return some.get(random.nextInt(some.size()));
  }

  private static String origin(Random random) {
    if (random.nextInt(6) == 0) {
      return any(random, WORDS);
    }
    String origin = any(random, SCHEMES) + any(random, HOSTS) + any(random, ENDS);
    return switch (random.nextInt(12)) {
      case 0 -> "\"" + origin + "\"";
      case 1 -> origin + ", " + any(random, SCHEMES) + any(random, HOSTS);
      default -> origin;
    };
  }

  private static List<PolicyProblem> problems(CorsPolicy.Builder builder) {
    try {
      return builder.build().warnings();
    } catch (InvalidCorsPolicyException e) {
      return e.problems();
    }
  }

  /** Returns the values that a remedy says to write; empty if it says something else. */
  private static List<String> written(String remedy) {
    List<String> values = new ArrayList<>();
    if (remedy.matches("write (" + QUOTED + "(, )?)+")) {
      Matcher matcher = QUOTED.matcher(remedy);
      while (matcher.find()) {
        values.add(matcher.group(1));
      }
    }
    return values;
  }

  private static CorsPolicy.Builder origins(boolean credentials, List<String> origins) {
    CorsPolicy.Builder builder = CorsPolicy.builder().allowOrigins(origins);
    return credentials ? builder.allowCredentials() : builder;
  }

  private static boolean allows(CorsPolicy policy, String origin) {
    Message request = Message.actual(origin);
    return policy.decide(request, Message.READER).outcome() == Outcome.ALLOWED;
  }

  @Test
  void of_an_origin_builds_and_lets_no_stranger_in() {
    long seed = Long.getLong("seed", 1);
    Random random = new Random(seed);
    int remedies = 0;
    int gates = 0;
    int values = 0;
    int rounds = Rounds.of(15_000);
    for (int i = 0; i < rounds; i++) {
      String origin = origin(random);
      boolean credentials = random.nextBoolean();
      for (PolicyProblem problem : problems(origins(credentials, List.of(origin)))) {
        String where = "seed " + seed + ", " + problem;
        String remedy = problem.remedy();
        List<String> instead = written(remedy);
        assertFalse(instead.contains("*") || instead.contains("null"), where);
        assertFalse(remedy.contains("allowCredentials") || remedy.contains("AnyOrigin"), where);
        Matcher gate =
            Pattern.compile("dangerouslyAllowOrigins\\((.*?)\\) instead").matcher(remedy);
        if (gate.find()) {
          // The one gate takes exactly what was written, and must open for it.
          assertEquals('"' + origin + '"', gate.group(1), where);
          CorsPolicy.Builder builder = CorsPolicy.builder().dangerouslyAllowOrigins(origin);
          (credentials ? builder.allowCredentials() : builder).build();
          gates++;
        } else {
          assertFalse(remedy.contains("dangerously"), where);
        }
        if (instead.isEmpty()) {
          continue;
        }
        remedies++;
        for (String value : instead) {
          values++;
          // It builds, or has a problem of another kind that was there before.
          for (PolicyProblem left : problems(origins(false, List.of(value)))) {
            assertEquals(PolicyProblem.Severity.WARNING, left.severity(), where + left);
          }
          CorsPolicy policy = origins(false, List.of(value)).build();
          for (String stranger : STRANGERS) {
            if (allows(policy, stranger)) {
              assertTrue(named(origin, stranger), where + " lets in " + stranger);
            }
          }
        }
      }
    }
    assertTrue(remedies > rounds / 8 && gates > rounds / 200, remedies + "/" + gates);
  }

  /**
   * Whether somebody who wrote this meant that. Read by hand: the last two labels, and a wildcard
   * or expression in front of them if there are more.
   */
  private static boolean named(String written, String stranger) {
    String plain = written.toLowerCase(Locale.ROOT).replaceAll("\\\\", "");
    String host = stranger.replaceFirst("^[a-z]+://", "");
    boolean isDeep = host.endsWith(".example.com") || host.endsWith(".github.io");
    String domain = isDeep ? host.replaceFirst(".*\\.(?=[^.]+\\.[^.]+$)", "") : host;
    return plain.contains(host)
        || isDeep && plain.contains("*") && plain.contains("." + domain)
        || isDeep && plain.contains("*" + domain);
  }

  /** "Already covered": without it the policy allows what it allowed with it. */
  @Test
  void of_what_is_covered_loses_no_origin() {
    Random random = new Random(Long.getLong("seed", 1));
    List<String> hosts =
        List.of(
            "app.example.com",
            "*.example.com",
            "*.app.example.com",
            "app-*.example.com",
            "app-x-*.example.com",
            "*-x.example.com",
            "app-x.example.com",
            "example.com",
            "localhost",
            "127.0.0.1",
            "[::1]");
    int dropped = 0;
    for (int i = 0; i < Rounds.of(4_000); i++) {
      List<String> origins = new ArrayList<>();
      for (int j = 0; j < 3; j++) {
        String scheme = any(random, List.of("https://", "http://", "tauri://", "app://"));
        origins.add(scheme + any(random, hosts) + any(random, List.of("", ":*", ":8443")));
      }
      CorsPolicy policy = origins(false, origins).build();
      for (PolicyProblem covered : policy.warnings()) {
        if (covered.code() == ProblemCode.ORIGIN_REDUNDANT) {
          dropped++;
          List<String> left = new ArrayList<>(origins);
          String origin = left.remove(covered.index());
          for (String label : List.of("x", "x-y", "x.y")) {
            String one = origin.replace("://*.", "://" + label + ".");
            one = one.replaceFirst("(://[^:]*)\\*", "$1" + label.replace('.', '-'));
            for (String asked : List.of(one.replace(":*", ""), one.replace(":*", ":99"))) {
              assertEquals(
                  allows(policy, asked),
                  allows(origins(false, left).build(), asked),
                  () -> covered + " " + asked + " " + origins);
            }
          }
        }
      }
    }
    assertTrue(dropped > Rounds.of(200), "only " + dropped);
  }

  @Test
  void of_a_method_or_name_builds_and_names_nothing_new() {
    long seed = Long.getLong("seed", 1);
    Random random = new Random(seed);
    List<String> parts =
        List.of(
            "put",
            "PUT",
            "patch",
            "ALL",
            "any",
            "DELETE",
            "TRACE",
            "P*",
            "*",
            "OPTIONS",
            "X-*",
            "Cookie",
            "Content-Type: application/json",
            "ETag",
            "etag",
            "Accept",
            "Set-Cookie",
            "a b",
            "\"PUT\"",
            "['X']",
            "Authorization",
            "Access-Control-Allow-Origin",
            "\u00e4");
    int remedies = 0;
    int rounds = Rounds.of(10_000);
    for (int i = 0; i < rounds; i++) {
      int kind = random.nextInt(3);
      List<String> members = new ArrayList<>();
      for (int j = random.nextInt(3); j >= 0; j--) {
        members.add(any(random, parts) + any(random, List.of("", "", "", " ", ",PUT", ";x")));
      }
      for (PolicyProblem problem : problems(names(kind, members))) {
        String where = "seed " + seed + ", " + problem;
        assertFalse(problem.remedy().contains("redentials"), where);
        for (String value : written(problem.remedy().replaceFirst(", and write it.*", ""))) {
          remedies++;
          String named = problem.value() == null ? "" : problem.value();
          assertTrue(
              named.toLowerCase(Locale.ROOT).contains(value.toLowerCase(Locale.ROOT)), where);
          assertFalse(value.equals("*") && !named.matches("\\W*\\*\\W*"), where);
        }
      }
    }
    assertTrue(remedies > rounds / 10, "only " + remedies);
  }

  private static CorsPolicy.Builder names(int kind, List<String> members) {
    CorsPolicy.Builder builder = CorsPolicy.builder().allowOrigins("https://app.example.com");
    String[] names = members.toArray(new String[0]);
    return switch (kind) {
      case 0 -> builder.allowMethods(names);
      case 1 -> builder.allowRequestHeaders(names);
      default -> builder.exposeResponseHeaders(names);
    };
  }

  @Test
  void of_a_path_is_no_shorter_than_the_path() {
    List<String> paths =
        List.of(
            "/tenants/*/api",
            "/api/{id}/x",
            "/api/**",
            "/api/*",
            "api/",
            "/a/b/",
            "/api*",
            "/api/@me",
            "/**",
            "/*");
    int remedies = 0;
    for (String path : paths) {
      try {
        Cors.byPath(Map.of(path, CorsPolicy.none()));
        fail(path);
      } catch (InvalidCorsPolicyException e) {
        for (String value : written(e.problems().get(0).remedy())) {
          remedies++;
          Cors.byPath(Map.of(value, CorsPolicy.none()));
          assertEquals(
              path.replaceAll("^/|/?\\**$|/$", ""), value.substring(1), path + " -> " + value);
        }
      }
    }
    assertTrue(remedies >= 4, "only " + remedies);
  }

  /** Those that a remedy says to write, as far as the sentence says it in one way. */
  private static final Pattern GATE =
      Pattern.compile("write (cors\\.\\S*dangerously-allowed-origins)=(\\S+) instead");

  private static final Pattern KEY = Pattern.compile("write (cors\\.[a-z.-]+)(, .*)?");

  /**
   * Every problem there is, by the table of all codes: what it says to write is written instead of
   * what was, in the file. The problem is gone then, and nobody may read who was not named.
   */
  @Test
  void of_every_code_is_applied_to_what_was_written() throws IOException {
    Set<ProblemCode> codes = EnumSet.noneOf(ProblemCode.class);
    Map<String, Integer> applied = new TreeMap<>();
    for (String line : Files.readAllLines(PolicyProblemTest.TABLE)) {
      if (!line.startsWith("| `")) {
        continue;
      }
      List<String> written = PolicyProblemTest.row(line).written();
      for (PolicyProblem problem : PolicyProblemTest.problems(written)) {
        codes.add(problem.code());
        String remedy = problem.remedy();
        String where = written + " -> " + problem;
        assertFalse(written(remedy).contains("*") || written(remedy).contains("null"), where);
        assertFalse(remedy.matches(".*(allowCredentials|[Aa]llowAny|exposeAny).*"), where);
        Matcher gate = GATE.matcher(remedy);
        Matcher key = KEY.matcher(remedy);
        List<String> changed = new ArrayList<>(written);
        String kind;
        if (gate.find()) {
          assertEquals(problem.value(), gate.group(2), where);
          replaceMember(changed, problem, List.of());
          changed.removeIf(text -> text.endsWith("allowed-origins="));
          changed.add(gate.group(1) + "=" + gate.group(2));
          kind = "gates";
        } else if (!written(remedy).isEmpty() && written.get(0).matches("(cors|CORS).*=.*")) {
          replaceMember(changed, problem, written(remedy));
          kind = "values";
        } else if (problem.value() == null && key.matches()) {
          changed.replaceAll(text -> text.replace(problem.setting() + "=", key.group(1) + "="));
          assertFalse(
              key.group(1).matches(".*(dangerous|credentials).*")
                  && !problem.setting().matches("(?i).*(danger|credential).*"),
              where);
          kind = "keys";
        } else {
          applied.merge("words", 1, Integer::sum);
          continue;
        }
        assertNotEquals(written, changed, where);
        List<PolicyProblem> left = PolicyProblemTest.problems(changed);
        assertFalse(
            left.stream()
                .anyMatch(
                    other ->
                        other.code() == problem.code()
                            && other.index() == problem.index()
                            && other.setting().equals(problem.setting())),
            () -> where + " -> " + changed + " -> " + left);
        applied.merge(kind, 1, Integer::sum);
        boolean isForAnybody = written.stream().anyMatch(t -> t.endsWith("allowed-origins=*"));
        if (!isForAnybody
            && left.stream().allMatch(p -> p.severity() == PolicyProblem.Severity.WARNING)) {
          Cors cors = PolicyProblemTest.load(changed);
          for (String stranger : STRANGERS) {
            Outcome outcome = cors.decide(Cors.Request.of("GET", "/").from(stranger)).outcome();
            assertFalse(
                outcome == Outcome.ALLOWED
                    && !kind.equals("gates") // which take exactly what was written, see above
                    && !named(String.join(" ", written), stranger),
                where + " lets in " + stranger);
          }
          applied.merge("loaded", 1, Integer::sum);
        }
      }
    }
    assertEquals(EnumSet.allOf(ProblemCode.class), codes);
    assertTrue(
        applied.get("values") > 50
            && applied.get("gates") > 5
            && applied.get("keys") > 3
            && applied.get("loaded") > 50,
        applied::toString);
  }

  /** Puts other members in the place of the one that has a problem. */
  private static void replaceMember(
      List<String> lines, PolicyProblem problem, List<String> instead) {
    lines.replaceAll(
        line -> {
          String variable =
              problem.setting().toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
          int equals = line.indexOf('=');
          String key = line.substring(0, Math.max(0, equals));
          if (!key.equals(problem.setting()) && !key.equals(variable)) {
            return line;
          }
          if (problem.index() < 0) {
            return key + "=" + instead.get(0);
          }
          List<String> members =
              new ArrayList<>(List.of(line.substring(equals + 1).split(",", -1)));
          members.remove(problem.index());
          members.addAll(problem.index(), instead);
          return key + "=" + String.join(",", members);
        });
  }

  /** What an explanation offers for pasting is exactly what was asked for, and builds. */
  @Test
  void of_a_refusal_allows_what_was_asked_for_alone() {
    long seed = Long.getLong("seed", 1);
    Random random = new Random(seed);
    Pattern call = Pattern.compile("\\.(\\w+)\\((.*?)\\)");
    int offers = 0;
    int rounds = Rounds.of(10_000);
    for (int i = 0; i < rounds; i++) {
      boolean credentials = random.nextBoolean();
      CorsPolicy policy =
          origins(credentials, List.of("https://app.example.com", "https://*.example.org"))
              .allowMethods("PUT")
              .build();
      String origin =
          any(random, STRANGERS.subList(0, 6)).concat(any(random, List.of("", "", ":8443", "/")));
      origin = random.nextInt(3) == 0 ? "https://app.example.com" : origin;
      String method = any(random, List.of("PUT", "DELETE", "patch", "*", "TRACE", "GET"));
      String name = any(random, List.of("x-a", "*", "authorization", "x y", "cookie"));
      Message request =
          random.nextBoolean() ? Message.actual(origin) : Message.preflight(origin, method, name);
      String explanation =
          policy.decide(request, Message.READER).explanation(request, Message.READER);
      String where = "seed " + seed + ", " + request + ": " + explanation;
      assertFalse(explanation.contains("dangerously") || explanation.contains("allowAny"), where);
      Matcher matcher = call.matcher(explanation);
      while (matcher.find()) {
        offers++;
        String value = matcher.group(2).replace("\"", "");
        switch (matcher.group(1)) {
          case "allowOrigins" -> assertEquals(origin, value, where);
          // The case that people mean is named in front of it.
          case "allowMethods" ->
              assertEquals(method.toUpperCase(Locale.ROOT), value.toUpperCase(Locale.ROOT), where);
          case "allowRequestHeaders" -> assertEquals(name, value, where);
          default -> fail(where);
        }
        assertFalse(value.equals("*"), where);
      }
    }
    assertTrue(offers > rounds / 10, "only " + offers);
  }
}
