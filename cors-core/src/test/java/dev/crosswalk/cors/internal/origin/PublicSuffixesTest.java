package dev.crosswalk.cors.internal.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.InvalidCorsPolicyException;
import dev.crosswalk.cors.PolicyProblem;
import dev.crosswalk.cors.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Public suffixes")
class PublicSuffixesTest {

  private static String read(String resource) throws IOException {
    try (InputStream stream = PublicSuffixesTest.class.getResourceAsStream(resource)) {
      assertNotNull(stream, resource);
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<String> rules() throws IOException {
    List<String> rules = new ArrayList<>();
    for (String line : read("public_suffix_list.dat").lines().toList()) {
      if (!line.isBlank() && !line.startsWith("//")) {
        rules.add(line.strip());
      }
    }
    assertTrue(rules.size() > 9_000, "only " + rules.size());
    return rules;
  }

  @Test
  void the_resource_is_what_the_list_says() throws IOException {
    assertEquals(
        PublicSuffixResource.resource(
            read("public_suffix_list.dat"), CorsPolicy.publicSuffixListVersion()),
        read("public-suffixes.txt"),
        "Run java src/test/java/dev/crosswalk/cors/internal/origin/PublicSuffixResource.java and the list's date");
  }

  @Test
  void the_date_of_the_list_is_readable() {
    assertTrue(
        LocalDate.parse(CorsPolicy.publicSuffixListVersion()).isAfter(LocalDate.of(2026, 1, 1)));
  }

  @Test
  void the_notice_of_the_list_is_kept() throws IOException {
    assertTrue(read("public-suffixes.txt").contains("Mozilla Public"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com",
        "uk",
        "co.uk",
        "github.io",
        "vercel.app",
        "netlify.app",
        "x.kobe.jp",
        "ck",
        "x.ck",
        "xn--p1ai",
        "s3.amazonaws.com",
        "herokuapp.com",
        "onion",
        "unheard-of"
      })
  void are_suffixes(String host) {
    assertTrue(PublicSuffixes.isSuffix(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.com",
        "example.co.uk",
        "me.github.io",
        "amazonaws.com",
        "google.com",
        "www.ck",
        "city.kobe.jp",
        "a.x.ck",
        "localhost",
        "local",
        "internal",
        "test",
        "home.arpa",
        "xn--p1ai.example.com",
        "corp.example.com",
        "unheard-of.example"
      })
  void are_no_suffixes(String host) {
    assertFalse(PublicSuffixes.isSuffix(host));
  }

  @ParameterizedTest
  @CsvSource({
    "amazonaws.com, true",
    "windows.net, true",
    "core.windows.net, true",
    "jp, true",
    "compute.amazonaws.com, true",
    "github.io, false",
    "example.com, false",
    "azonaws.com, false",
    "www.ck, false",
  })
  void knows_what_has_suffixes_below(String host, boolean has) {
    assertEquals(has, PublicSuffixes.suffixBelow(host) != null, host);
  }

  @Test
  void names_one_that_is_below() {
    assertEquals("*.kobe.jp", PublicSuffixes.suffixBelow("kobe.jp"));
  }

  /** The oracle reads the list as its publisher explains it, rule by rule. */
  @Test
  void agrees_with_the_list_on_every_name_in_it_and_around_it() throws IOException {
    Set<String> rules = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (String rule : rules()) {
      String ascii =
          rule.startsWith("!") ? "!" + Punycode.toAscii(rule.substring(1)) : Punycode.toAscii(rule);
      rules.add(ascii);
      String name = ascii.replace("!", "").replace("*", "some-label");
      names.add("below." + name);
      while (true) {
        names.add(name);
        names.add("beside-" + name);
        if (name.indexOf('.') < 0) {
          break;
        }
        name = name.substring(name.indexOf('.') + 1);
      }
    }
    Set<String> parents = new HashSet<>();
    for (String rule : rules) {
      for (int dot = rule.indexOf('.'); dot >= 0 && !rule.startsWith("!"); ) {
        parents.add(rule.substring(dot + 1));
        dot = rule.indexOf('.', dot + 1);
      }
    }
    int suffixes = 0;
    for (String name : names) {
      // Everybody has a network of that name at home (RFC 8375), as with "local".
      boolean expected = prevails(name, rules) && !name.equals("home.arpa");
      suffixes += expected ? 1 : 0;
      assertEquals(expected, PublicSuffixes.isSuffix(name), name);
      assertEquals(parents.contains(name), PublicSuffixes.suffixBelow(name) != null, name);
    }
    assertTrue(suffixes > 9_000 && names.size() > 2 * suffixes, suffixes + "/" + names.size());
  }

  private static boolean prevails(String name, Set<String> rules) {
    String parent = name.indexOf('.') < 0 ? "" : name.substring(name.indexOf('.') + 1);
    if (rules.contains("!" + name)) {
      return false;
    }
    return rules.contains(name) || rules.contains("*." + parent) || parent.isEmpty();
  }

  private static List<ProblemCode> problems(CorsPolicy.Builder builder) {
    try {
      return builder.build().warnings().stream().map(PolicyProblem::code).toList();
    } catch (InvalidCorsPolicyException e) {
      return e.problems().stream().map(PolicyProblem::code).toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://*.corp, ORIGIN_PUBLIC_SUFFIX",
    "https://*.uk.com, ORIGIN_PUBLIC_SUFFIX",
    "https://*.github.io:*, ORIGIN_PUBLIC_SUFFIX",
    "https://app-*.vercel.app, ORIGIN_PUBLIC_SUFFIX",
    "https://*-team.netlify.app, ORIGIN_PUBLIC_SUFFIX",
    "https://*.amazonaws.com, ORIGIN_PUBLIC_SUFFIX_PARENT",
    "https://*.windows.net, ORIGIN_PUBLIC_SUFFIX_PARENT",
    "https://*.example.com, ",
    "https://*.me.github.io, ",
    "https://a-*.amazonaws.com, ",
    "https://me.github.io:*, ",
    "https://me.github.io, ",
    "https://*.city.kobe.jp, ",
    "https://*.internal, ",
    "https://*.local:*, ",
    "https://*.test, ",
    "https://*.home.arpa, ",
    "http://*.localhost, ",
    "capacitor://*.com, ",
  })
  void need_the_gate_with_credentials_and_have_a_warning_without(String origin, ProblemCode code) {
    List<ProblemCode> expected = code == null ? List.of() : List.of(code);
    assertEquals(expected, problems(CorsPolicy.builder().allowOrigins(origin).allowCredentials()));
    assertEquals(
        code == null || origin.endsWith(".corp")
            ? List.of()
            : List.of(ProblemCode.ORIGIN_PUBLIC_SUFFIX_WITHOUT_CREDENTIALS),
        problems(CorsPolicy.builder().allowOrigins(origin)),
        "no credentials");
    assertEquals(
        code == null ? List.of(ProblemCode.DANGER_UNUSED) : List.of(),
        problems(CorsPolicy.builder().dangerouslyAllowOrigins(origin).allowCredentials()),
        "through the gate");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://*.com",
        "https://*.com:*",
        "https://*.com:8443",
        "http://*.com",
        "https://app-*.com",
        "https://*-shop.co.uk",
        "https://*.co.uk",
        "http://*.co.uk:*",
        "https://*.xn--p1ai",
        "https://*.xn--55qx5d.cn",
        "https://*.onion",
        "https://*.kobe.jp",
        "https://*.x.kobe.jp",
        "https://*.sch.uk",
        "https://*.google",
      })
  void are_not_opened_by_any_gate_with_credentials_where_domains_are_registered(String origin) {
    for (CorsPolicy.Builder builder :
        List.of(
            CorsPolicy.builder().allowOrigins(origin),
            CorsPolicy.builder().dangerouslyAllowOrigins(origin),
            CorsPolicy.builder()
                .allowOrigins("https://a.example")
                .dangerouslyAllowOrigins(origin))) {
      InvalidCorsPolicyException e =
          assertThrows(
              InvalidCorsPolicyException.class, () -> builder.allowCredentials().build(), origin);
      assertEquals(
          List.of(ProblemCode.ORIGIN_ANY_DOMAIN),
          e.problems().stream().map(PolicyProblem::code).toList());
      assertEquals(
          "list your own hosts", e.problems().get(0).remedy(), "no hint at what opens more");
    }
    assertEquals(
        List.of(ProblemCode.ORIGIN_ANY_DOMAIN_WITHOUT_CREDENTIALS),
        problems(CorsPolicy.builder().allowOrigins(origin)),
        "no credentials");
    assertEquals(
        List.of(), problems(CorsPolicy.builder().dangerouslyAllowOrigins(origin)), "it is meant");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://*.com", "https://*.github.io", "https://*.amazonaws.com"})
  void make_no_origin_redundant_because_they_are_what_has_to_go(String open) {
    String narrow = open.replace("*", "app.team");
    assertEquals(
        List.of(1),
        CorsPolicy.builder().allowOrigins(narrow, open).build().warnings().stream()
            .map(PolicyProblem::index)
            .toList());
    String wider = narrow.replace("app", "*");
    assertEquals(
        List.of(ProblemCode.ORIGIN_REDUNDANT),
        problems(CorsPolicy.builder().allowOrigins(narrow, wider)));
  }

  /** The oracle is the text of the list: its first section is that of the registries. */
  @Test
  void of_registries_are_never_covered_with_credentials_and_all_others_through_the_gate_only()
      throws IOException {
    List<String> rules = rules();
    String list = read("public_suffix_list.dat");
    String registries = list.substring(0, list.indexOf("===END ICANN DOMAINS==="));
    Set<String> ofRegistries = new HashSet<>(registries.lines().map(String::strip).toList());
    int refused = 0;
    int gated = 0;
    for (String rule : rules) {
      if (rule.startsWith("!")) {
        continue;
      }
      // *.ck covers what *.x.ck covers, too.
      String name = Punycode.toAscii(rule.startsWith("*.") ? rule.substring(2) : rule);
      String origin = "https://*." + name;
      boolean ofRegistry = ofRegistries.contains(rule);
      boolean isRefused =
          problems(CorsPolicy.builder().dangerouslyAllowOrigins(origin).allowCredentials())
              .contains(ProblemCode.ORIGIN_ANY_DOMAIN);
      // The parent of a private rule may be a registry's: *.x.example is private, x.example is not.
      if (ofRegistry || !rule.startsWith("*.")) {
        assertEquals(ofRegistry && !name.equals("home.arpa"), isRefused, rule);
      }
      refused += isRefused ? 1 : 0;
      gated += isRefused ? 0 : 1;
      List<ProblemCode> ungated =
          problems(CorsPolicy.builder().allowOrigins(origin).allowCredentials());
      assertEquals(name.equals("home.arpa"), ungated.isEmpty(), rule);
    }
    assertTrue(refused > 6_000 && gated > 2_500, refused + " refused, " + gated + " gated");
  }

  @Test
  void are_not_loaded_unless_a_host_has_a_wildcard() throws Exception {
    URL classes = CorsPolicy.class.getProtectionDomain().getCodeSource().getLocation();
    List<String> asked = new ArrayList<>();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {classes}, null) {
          @Override
          public URL findResource(String name) {
            asked.add(name);
            return super.findResource(name);
          }
        }) {
      build(loader, "https://app.example.com", true);
      build(loader, "https://app.example.com:*", false);
      build(loader, "http://localhost:*", true);
      assertFalse(asked.stream().anyMatch(name -> name.endsWith(".txt")), asked::toString);
      build(loader, "https://*.example.com", false);
      assertTrue(
          asked.contains("dev/crosswalk/cors/internal/origin/public-suffixes.txt"),
          asked::toString);
    }
  }

  private static void build(ClassLoader loader, String origin, boolean credentials)
      throws ReflectiveOperationException {
    Class<?> policy = loader.loadClass("dev.crosswalk.cors.CorsPolicy");
    Object builder = policy.getMethod("builder").invoke(null);
    builder
        .getClass()
        .getMethod("allowOrigins", String[].class)
        .invoke(builder, (Object) new String[] {origin});
    if (credentials) {
      builder.getClass().getMethod("allowCredentials").invoke(builder);
    }
    assertNotNull(builder.getClass().getMethod("build").invoke(builder));
    assertSame(loader, policy.getClassLoader());
  }
}
