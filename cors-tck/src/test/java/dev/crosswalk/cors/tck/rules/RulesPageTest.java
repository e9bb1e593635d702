package dev.crosswalk.cors.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.tck.rules.Catalogue.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The page that lists the rules says what the code says. Run it with {@code -Drules.write=true} to
 * write the page anew.
 */
class RulesPageTest {

  private static final Path PAGE = Path.of("..", "docs", "rules.md");
  private static final String BEGIN = "<!-- begin of the rules, which are written by a test -->\n";
  private static final String END = "<!-- end of the rules -->\n";

  @Test
  void the_page_lists_the_rules_as_they_are() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    assertTrue(begin >= BEGIN.length() && end >= begin, "the page has lost its marks");
    if (Boolean.getBoolean("rules.write")) {
      Files.writeString(PAGE, page.substring(0, begin) + rules() + page.substring(end));
      return;
    }
    assertEquals(
        rules(),
        page.substring(begin, end),
        "docs/rules.md is not what the code says; regenerate it with -Drules.write=true");
  }

  private static String rules() {
    StringBuilder text = new StringBuilder();
    List<Entry> rules = Catalogue.rules();
    text.append("\n").append(rules.size()).append(" rules.\n");
    String family = "";
    for (Entry rule : rules) {
      if (!rule.family().equals(family)) {
        family = rule.family();
        text.append("\n## ").append(words(family)).append("\n\n");
        text.append("| id | level | rule | why | source | needs |\n");
        text.append("| --- | --- | --- | --- | --- | --- |\n");
      }
      text.append("| ").append(rule.id());
      text.append(" | ").append(lower(rule.level()));
      text.append(" | ").append(rule.sentence());
      text.append(" | ").append(rule.why().replace("<", "&lt;").replace("|", "\\|"));
      text.append(" | [").append(name(rule.source())).append("](");
      text.append(rule.source().replace(Source.PROJECT, "")).append(")");
      text.append(" | ").append(lower(rule.needs())).append(" |\n");
    }
    return text.append("\n").toString();
  }

  private static String words(String camelCase) {
    String words = camelCase.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** A link in a few letters. */
  private static String name(String url) {
    if (url.contains("fetch.spec.whatwg.org")) {
      return "Fetch " + url.substring(url.indexOf('#'));
    }
    if (url.contains("rfc-editor")) {
      return url.replaceFirst(".*/rfc(\\d+)#section-(.*)", "RFC $1 §$2");
    }
    if (url.startsWith(Source.PROJECT)) {
      return "this project";
    }
    return url.replaceFirst("https://([^/]+).*", "$1");
  }

  @Test
  void a_rule_about_our_own_API_has_a_page_of_ours_as_its_source_and_no_standard()
      throws IOException {
    Set<String> pages = new HashSet<>();
    for (Entry rule : Catalogue.rules()) {
      boolean isOurs = rule.source().startsWith(Source.PROJECT);
      if (rule.lookAt().matches(".*\\b(decideAgain|logWarnings|requirePolicy)\\b.*")) {
        assertTrue(isOurs, rule.id() + " has a source that does not know what it is about");
      }
      if (isOurs) {
        pages.add(rule.source().substring(Source.PROJECT.length()));
      }
    }
    assertTrue(pages.size() > 2, () -> "pages: " + pages);
    for (String page : pages) {
      int hash = page.indexOf('#');
      String anchor = page.substring(hash + 1);
      assertTrue(
          Files.readAllLines(PAGE.resolveSibling(page.substring(0, hash))).stream()
              .filter(line -> line.startsWith("#"))
              .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
              .map(heading -> heading.replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
              .anyMatch(anchor::equals),
          page + " is not there");
    }
  }

  @Test
  void every_rule_has_an_id_of_its_own_and_says_what_it_is_about() {
    Set<String> ids = new HashSet<>();
    for (Entry rule : Catalogue.rules()) {
      String id = rule.id();
      assertTrue(id.matches("[A-Z]{2}[0-9]{2}"), id);
      assertTrue(ids.add(id), id + " is there twice");
      assertTrue(rule.sentence().split(" ").length >= 3, id + " says too little");
      assertTrue(rule.source().startsWith("https://"), id + " has no source");
      assertTrue(rule.why().length() > 5, id + " says not why");
      assertTrue(rule.lookAt().length() > 20, id + " says not what to look at");
    }
    assertTrue(ids.size() >= 200, "rules: " + ids.size());
  }
}
