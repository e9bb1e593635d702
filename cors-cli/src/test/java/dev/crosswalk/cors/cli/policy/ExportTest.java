package dev.crosswalk.cors.cli.policy;

import static dev.crosswalk.cors.cli.Result.crosswalk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.crosswalk.cors.CorsConfiguration;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.cli.configuration.Snippet;
import dev.crosswalk.cors.cli.configuration.Target;
import dev.crosswalk.cors.cli.grant.Comparison;
import dev.crosswalk.cors.cli.grant.Difference;
import dev.crosswalk.cors.cli.grant.Policies;
import dev.crosswalk.cors.cli.policy.from.Format;
import dev.crosswalk.cors.cli.policy.from.Imported;
import dev.crosswalk.cors.tck.rules.TestPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** {@code crosswalk policy export}: what other servers are told, read back by {@code import}. */
class ExportTest {

  @TempDir private Path directory;

  private static final CorsPolicy PATTERNS =
      CorsPolicy.builder()
          .allowOrigins(
              "https://app.example.com",
              "https://*.example.org",
              "https://x-*-y.example.net",
              "http://localhost:*")
          .allowCredentials()
          .allowMethods("PUT", "DELETE")
          .allowRequestHeaders("Authorization", "Content-Type")
          .exposeResponseHeaders("Location")
          .maxAge(java.time.Duration.ofHours(1))
          .build();

  /** Two readers of a configuration, and of a policy, that share nothing but core. */
  @TestFactory
  Stream<DynamicTest> what_is_exported_is_never_wider() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Target target : Target.values()) {
      for (TestPolicy policy : TestPolicy.values()) {
        CorsPolicy original = policy.permissions().policy();
        tests.add(dynamicTest(policy + " to " + target.word(), () -> isNotWider(target, original)));
      }
      tests.add(dynamicTest("patterns to " + target.word(), () -> isNotWider(target, PATTERNS)));
    }
    return tests.stream();
  }

  private static void isNotWider(Target target, CorsPolicy original) {
    Snippet snippet = target.write(original);
    Imported back = readBack(target, snippet.text());
    if (back.settings().isEmpty()) {
      assertFalse(original == PATTERNS, () -> snippet.text() + back.findings());
      return;
    }
    List<Difference> differences =
        Comparison.of(Policies.of(original), Policies.of(CorsConfiguration.of(back.settings())));
    List<Difference> wider =
        differences.stream()
            .filter(one -> one.kind() == Difference.Kind.WIDER)
            // Where no list means every header; it is said.
            .filter(
                one ->
                    !one.sentence().endsWith("set the request header accept") || !isSaid(snippet))
            .toList();
    assertEquals(List.of(), wider, () -> snippet.text() + back.findings());
  }

  private static Imported readBack(Target target, String text) {
    String whole = target == Target.CADDY ? ":80 {\n" + text + "}\n" : text;
    String file = target == Target.QUARKUS ? "a.properties" : "a";
    return Format.of(target.word()).orElseThrow().read(file, whole);
  }

  private static boolean isSaid(Snippet snippet) {
    return snippet.limits().stream().anyMatch(limit -> limit.text().contains("Accept is listed"));
  }

  /** What these can hold whole, they do. */
  @TestFactory
  Stream<DynamicTest> what_servers_hold_is_the_same() {
    return Stream.of(Target.NGINX, Target.APACHE, Target.HAPROXY, Target.CADDY)
        .map(target -> dynamicTest(target.word(), () -> isTheSame(target)));
  }

  private static void isTheSame(Target target) {
    String text = target.write(PATTERNS).text();
    Imported back = readBack(target, text);
    assertEquals(
        List.of(),
        Comparison.of(Policies.of(PATTERNS), Policies.of(CorsConfiguration.of(back.settings()))),
        () -> text + back.findings());
  }

  private Result exported(String policy, String... more) throws IOException {
    Path file = Files.writeString(directory.resolve("cors.properties"), policy);
    List<String> arguments = new ArrayList<>(List.of("policy", "export", file.toString()));
    arguments.addAll(List.of(more));
    return crosswalk(arguments.toArray(String[]::new));
  }

  @Test
  void what_is_only_worth_knowing_leaves_nothing_out() throws IOException {
    Result result = exported("cors.allowed-origins=https://app.example.com\n", "--to", "haproxy");
    assertEquals(0, result.exit(), result.err());
    assertTrue(
        result.err().startsWith("Limit: HAProxy's own 400 for a request that is not HTTP"),
        result.err());
    assertTrue(result.out().startsWith("# Limit: HAProxy's own 400"), result.out());
  }

  @Test
  void what_cannot_be_held_is_said_in_a_comment_and_on_standard_error() throws IOException {
    Result result =
        exported(
            "cors.allowed-origins=https://x-*-y.example.org,https://a.example.org\n"
                + "cors.expose-timing=true\n",
            "--to",
            "gateway-api");
    assertEquals(1, result.exit());
    assertTrue(result.out().startsWith("# Not exported: cors.expose-timing"), result.out());
    assertTrue(result.err().contains("Not exported: https://x-*-y.example.org is left out"));
    assertFalse(result.out().contains("allowOrigins: [\"https://x"), result.out());
  }

  @Test
  void where_no_origin_is_left_nothing_is_allowed() throws IOException {
    for (Target target : Target.values()) {
      Result result = exported("cors.allowed-origins=none\n", "--to", target.word());
      assertFalse(result.out().contains("'.*'"), result.out());
      assertFalse(result.out().contains("\"*\""), result.out());
      assertFalse(result.out().contains("enable-cors"), result.out());
    }
  }

  @Test
  void names_that_mean_something_else_there_are_left_out() throws IOException {
    Result result =
        exported(
            "cors.allowed-origins=https://a.example.org\ncors.allowed-methods=PUT, A$http_host, B`C\n",
            "--to",
            "nginx");
    assertEquals(1, result.exit());
    assertFalse(result.out().contains("\"PUT, A"), result.out());
    assertTrue(result.err().contains("the name A$http_host is left out"), result.err());
  }

  @Test
  void of_several_policies_one_is_named() throws IOException {
    String policy =
        "cors.policies.a.paths=/a\ncors.policies.a.allowed-origins=https://a.example.org\n"
            + "cors.policies.b.paths=/b\ncors.policies.b.allowed-origins=*\n";
    Result several = exported(policy, "--to", "nginx");
    assertEquals(3, several.exit());
    assertTrue(several.err().contains("Choose one by --path: /a, /b"), several.err());
    assertEquals(0, exported(policy, "--to", "nginx", "--path", "/b").exit());
    assertEquals(3, exported(policy, "--to", "nginx", "--path", "/c").exit());
  }

  @Test
  void an_unknown_server_is_named_with_the_nearest_one() throws IOException {
    Result result = exported("cors.allowed-origins=*\n", "--to", "trafik");
    assertEquals(3, result.exit());
    assertTrue(result.err().contains("Did you mean traefik?"), result.err());
  }
}
