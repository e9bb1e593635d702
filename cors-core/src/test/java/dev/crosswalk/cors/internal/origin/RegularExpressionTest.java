package dev.crosswalk.cors.internal.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.internal.origin.OriginPatternParser.Flawed;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Expressions in the shapes that public configurations of Django, Rails, Express, FastAPI, nginx,
 * Spring, Quarkus and Micronaut have. What the JDK finds with them is the oracle.
 */
@DisplayName("A regular expression for origins")
class RegularExpressionTest {

  private static final List<String> TRANSLATED =
      List.of(
          "^https://app\\.example\\.com$ = https://app.example.com",
          "^https:\\/\\/.*\\.example\\.com$ = https://*.example.com",
          "/^https:\\/\\/.+\\.example\\.com$/i = https://*.example.com",
          "^https://(.*\\.)?example\\.pl$ = https://example.pl, https://*.example.pl",
          "^https:\\/\\/([a-z0-9-]+\\.)*example\\.uz$ = https://example.uz, https://*.example.uz",
          "https://(?:[a-z0-9-]+\\.)+example\\.com = https://*.example.com",
          "^http://127\\.0\\.0\\.1(:\\d+)?$ = http://127.0.0.1:*",
          "/^http:\\/\\/localhost(:[0-9]{0,4})?\\/?$/ = http://localhost:*",
          "^https?:\\/\\/(localhost|127\\.0\\.0\\.1)(:\\d+)?$ = http://localhost:*,"
              + " http://127.0.0.1:*, https://localhost:*, https://127.0.0.1:*",
          "/\\Ahttps?:\\/\\/localhost(:\\d+)?\\z/ = http://localhost:*, https://localhost:*",
          "%r{\\Ahttps://app\\.example\\.com\\z} = https://app.example.com",
          "http[s]{0,1}:\\/\\/(localhost)(:[0-9]{1,5}){0,1} = http://localhost:*,"
              + " https://localhost:*",
          "^http(|s)://www\\.example\\.com$ = http://www.example.com, https://www.example.com",
          "(https|http)://app[.]example[.]com = https://app.example.com, http://app.example.com",
          "~^https://(app|www)\\.example\\.com$ = https://app.example.com, https://www.example.com",
          "~*^https://app\\.example\\.com$ = https://app.example.com",
          "(?i)^https://app\\.example\\.com$ = https://app.example.com",
          "/.*\\.example\\.app$/ = https://*.example.app",
          "/\\.example\\.com$/ = https://*.example.com",
          "^https://.*\\.example\\.app$|^http://localhost:3000$ = https://*.example.app,"
              + " http://localhost:3000",
          "^(https://app\\.example\\.com|https://www\\.example\\.com)$ = https://app.example.com,"
              + " https://www.example.com",
          "^https://app\\.example\\.com(/.*)?$ = https://app.example.com",
          "^https?://((.*\\.)?docker\\.localhost(:[0-9]+)?|localhost(:[0-9]+)?)$ ="
              + " http://docker.localhost:*, http://*.docker.localhost:*, http://localhost:*,"
              + " https://docker.localhost:*, https://*.docker.localhost:*, https://localhost:*",
          "^https://app\\.example\\.com\\Z = https://app.example.com",
          "^https://app[\\.]example[\\.]com$ = https://app.example.com",
          "^http://localhost(:[\\d]+)?$ = http://localhost:*",
          "^https://[a-z0-9.-]+\\.example\\.com$ = https://*.example.com",
          "^https://.*?\\.example\\.com$ = https://*.example.com",
          "^capacitor://localhost$ = capacitor://localhost",
          "\\Ahttps://app\\.example\\.com\\z = https://app.example.com",
          "^(https?://(?:.+\\.)?example\\.com(?::\\d{1,5})?)$ = http://example.com:*,"
              + " http://*.example.com:*, https://example.com:*, https://*.example.com:*");

  private static List<String> suggestions(String expression) {
    Flawed flawed = assertInstanceOf(Flawed.class, OriginPatternParser.parse(expression));
    return flawed.suggestions();
  }

  private static Pattern jdks(String expression) {
    return Pattern.compile(
        expression
            .replaceFirst("^~\\*?", "")
            .replaceFirst("^(%r\\{|/)(.*)(}|/)i?$", "$2")
            .replace("\\z", "$"));
  }

  private static Stream<String> origins(String pattern) {
    List<String> hosts = new ArrayList<>(List.of(pattern));
    if (pattern.contains("*.")) {
      hosts = List.of(pattern.replace("*.", "a."), pattern.replace("*.", "a-1.b."));
    }
    return hosts.stream()
        .flatMap(
            origin ->
                origin.endsWith(":*")
                    ? Stream.of(origin.replace(":*", ""), origin.replace(":*", ":8080"))
                    : Stream.of(origin));
  }

  @ParameterizedTest
  @FieldSource("TRANSLATED")
  void is_translated_into_patterns_each_of_whose_origins_it_matches(String row) {
    String expression = row.substring(0, row.indexOf(" = "));
    List<String> patterns = List.of(row.substring(row.indexOf(" = ") + 3).split(", "));
    assertEquals(patterns, suggestions(expression));
    for (String pattern : patterns) {
      assertFalse(origins(pattern).toList().isEmpty());
      origins(pattern)
          .forEach(origin -> assertTrue(jdks(expression).matcher(origin).find(), origin));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "example\\.com$ https://evilexample.com",
        "/localhost|134.209.255.104/ https://evillocalhost",
        "~example\\.com https://evilexample.com",
        "^http:\\/\\/127.0.0.1$ ''",
        "^example\\.com$ ''",
        "\\Ahttps://app\\.example\\.com https://app.example.com.evil.example",
        "/localhost/ https://evillocalhost",
        "https://app-[0-9]+.example.com https://app-8xexample.com",
        "^https://.*.example\\.com$ https://axexample.com",
        "^https://app-.?-b\\.example\\.com$ https://app-x-b.example.com",
        "^https://app\\.example\\.com https://app.example.com.evil.example",
        "^https://app\\.example\\.com|^http://localhost$ https://app.example.com.evil.example",
        "https://(a|b).example.com https://axexample.com",
        "^https://app\\.example\\.com$|^https://b.example$ https://bxexample",
      })
  void that_matches_more_than_was_meant_comes_with_an_origin_that_it_matches(
      String expression, String witness) {
    Flawed flawed = assertInstanceOf(Flawed.class, OriginPatternParser.parse(expression));
    if (witness.isEmpty()) {
      assertFalse(flawed.flaw() == OriginFlaw.REGULAR_EXPRESSION_WIDER);
      return;
    }
    assertEquals(OriginFlaw.REGULAR_EXPRESSION_WIDER, flawed.flaw());
    assertEquals(List.of('"' + witness + '"'), flawed.arguments());
    assertTrue(jdks(expression).matcher(witness).find());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^http:\\/\\/localhost:*([0-9]+)?$",
        "^http[s]*?://(foo\\.example|.+\\.foo\\.example)",
        "//(.*?\\.example\\.com|example\\.com)$",
        "(^|^[^:]+:\\/\\/|[^\\.]+\\.)example\\.online",
        "%r{^(?:https?:\\/\\/)?(?:\\S*\\.)?abc\\.(\\bcom|\\bnet)(([\\/?#])?|[\\/\\?\\#].{0,})$}",
        "%r{\\Ahttps?://name.github.io/.+}",
        "^https://[a-z0-9]+(-[a-z0-9]+)*\\.example\\.com$",
        "^https://(?!evil).*\\.example\\.com$",
        "/\\Ahttp:\\/\\/192\\.168\\.1\\.\\d{1,3}(:\\d+)?\\z/",
        "|null",
        "(https://a.example",
        "https://a.example)$",
        "^(https://a$",
        "^$",
        "//",
        "^|$",
        "[",
        "https://[^",
        "a{",
        "^(a$|b)$",
        "\\",
        "^https://a\\",
        "^https://a\uE000\\.example\\.com$",
        "^https://a\\s\\.example\\.com$",
        "^https://[a\\]b]\\.example\\.com$",
        "^https://[a-z0-9-]{2\\.example\\.com$",
        "^https://app-[a-z0-9-]\\.example\\.com$",
        "%r{^https://app\\.example\\.com$",
      })
  void that_no_pattern_can_say_or_that_is_broken_is_not_translated(String expression) {
    assertEquals(List.of(), suggestions(expression));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "^https://([a-z0-9-]+)\\.example\\.com$ https://*.example.com",
        "/^https:\\/\\/(?:[a-z]+\\.)?example\\.com$/ https://*.example.com",
        "https://[\\w-]+\\.example\\.com(:[0-9]+)? https://*.example.com:*",
      })
  void for_one_label_is_told_the_pattern_that_allows_more_and_not_told_to_write_it(
      String expression, String deeper) {
    Flawed flawed = assertInstanceOf(Flawed.class, OriginPatternParser.parse(expression));
    assertEquals(OriginFlaw.REGULAR_EXPRESSION_LABEL, flawed.flaw());
    assertEquals(List.of('"' + deeper + '"'), flawed.arguments());
    assertEquals(List.of(), flawed.suggestions());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "^https://app-[0-9]+\\.example\\.com$ https://app-*.example.com https://app-x.example.com",
        "^https://pr-\\d+\\.example\\.com$ https://pr-*.example.com https://pr-x.example.com",
        "^https://pr-[a-z]+\\.example\\.com$ https://pr-*.example.com https://pr-8.example.com",
        "^https://app-\\w+\\.example\\.com$ https://app-*.example.com https://app-a-a.example.com",
        "^https://[a-z0-9-]{8}--app\\.example\\.app$ https://*--app.example.app"
            + " https://a--app.example.app",
        "^https://pr-\\d{1,2}\\.example\\.com$ https://pr-*.example.com https://pr-888.example.com",
        "^http://localhost:[0-9]+$ http://localhost:* http://localhost",
        "^https://app\\.example\\.com:\\d{4}$ https://app.example.com:* https://app.example.com:8",
        "^https://app-[a-z0-9]+\\.example\\.com$ https://app-*.example.com"
            + " https://app-a-a.example.com",
        "^https://app-[\\w]+\\.example\\.com$ https://app-*.example.com"
            + " https://app-a-a.example.com",
        "^https://app-[^-z]+\\.example\\.com$ https://app-*.example.com https://app-z.example.com",
        "^https://app-[xz-]+\\.example\\.com$ https://app-*.example.com https://app-8.example.com",
        "^https://app-[a-ce-z\\d-]+\\.example\\.com$ https://app-*.example.com"
            + " https://app-d.example.com",
        "^https://app-[a-z0-9-]?-b\\.example\\.com$ https://app-*-b.example.com"
            + " https://app-a-a-b.example.com",
        "^https://app-[^x]+\\.example\\.com$ https://app-*.example.com https://app-x.example.com",
      })
  void for_some_texts_is_told_an_origin_that_the_pattern_allows_and_it_does_not_match(
      String expression, String pattern, String stranger) {
    Flawed flawed = assertInstanceOf(Flawed.class, OriginPatternParser.parse(expression));
    assertEquals(OriginFlaw.REGULAR_EXPRESSION_PART, flawed.flaw());
    assertEquals(List.of('"' + pattern + '"', '"' + stranger + '"'), flawed.arguments());
    assertEquals(List.of(), flawed.suggestions());
    assertFalse(jdks(expression).matcher(stranger).find());
    Cors cors = CorsPolicy.builder().allowOrigins(pattern).build();
    assertEquals(
        CorsDecision.Outcome.ALLOWED,
        cors.decide(Cors.Request.of("GET", "/").from(stranger)).outcome());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "^https://app-[a-z0-9-]+\\.example\\.com$ https://app-*.example.com",
        "^https://app-[\\w-]+\\.example\\.com$ https://app-*.example.com",
        "^https://app-[a-z\\d-]+\\.example\\.com$ https://app-*.example.com",
        "^https://app-[^.]*\\.example\\.com$ https://app-*.example.com",
        "^https://app-[A-Z0-9-]{1,63}\\.example\\.com$ https://app-*.example.com",
      })
  void for_any_text_in_a_label_is_translated(String expression, String pattern) {
    assertEquals(List.of(pattern), suggestions(expression));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".*", ".+", "http.*", "^.+$", "/.*/", "^https?://.*$", "https://.*", "/^.*$/"})
  void for_every_origin_is_told_to_be_one(String expression) {
    Flawed flawed = assertInstanceOf(Flawed.class, OriginPatternParser.parse(expression));
    assertEquals(OriginFlaw.REGULAR_EXPRESSION_ANY, flawed.flaw());
    assertEquals(List.of(), flawed.suggestions());
  }

  @Test
  void that_matches_more_than_was_meant_is_not_translated_where_patterns_allow_more_still() {
    assertEquals(List.of(), suggestions("^https://[a-z0-9-]+\\.example\\.com"));
    assertEquals(List.of(), suggestions("^https://app-[0-9]+\\.example\\.com"));
    assertEquals(List.of("https://app.example.com"), suggestions("^https://app\\.example\\.com"));
  }

  @Test
  void has_at_most_32_alternatives() {
    List<String> hosts = IntStream.range(0, 33).mapToObj(i -> "a" + i).toList();
    List<String> most = hosts.subList(0, 32);
    assertEquals(
        most.stream().map(host -> "https://" + host + ".example").toList(),
        suggestions("^https://(" + String.join("|", most) + ")\\.example$"));
    assertEquals(List.of(), suggestions("^https://(" + String.join("|", hosts) + ")\\.example$"));
  }

  /** With another character for the dot, the label is too long for a host. */
  @Test
  void may_lack_a_backslash_where_no_host_has_another_character_beside_no_wildcard() {
    String host = "b".repeat(62) + "\\.example$";
    assertEquals(
        List.of("https://a." + "b".repeat(62) + ".example"), suggestions("^https://a." + host));
    assertEquals(List.of(), suggestions("^https://[a-z0-9-]+." + host));
    assertEquals(List.of(), suggestions("^https://[a-z]+." + host));
  }
}
