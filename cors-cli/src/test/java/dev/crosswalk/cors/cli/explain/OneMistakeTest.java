package dev.crosswalk.cors.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.explain.console.Console;
import dev.crosswalk.cors.cli.remedy.Remedy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Right code of many CORS layers, each with one mistake, and with the message that a browser then
 * prints: the answer names that mistake. Code without a mistake is not said to have one.
 */
class OneMistakeTest {

  private static final String PAGE = "https://acme-shop.com";

  private static final String SCRIPT =
      """
      fetch('{url}', {
        method: 'PUT',
        credentials: 'include',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
        body: JSON.stringify(order)
      })
      """;

  private static final Pattern ACCUSES =
      Pattern.compile(
          "that is another origin|An origin has no path|the (?:scheme|port) differs|www\\. makes"
              + "|server's own origin|commented out|is a mistake for|list of exposed headers"
              + "|credentials (?:on:|off)|has no CORS layer|most likely not read it");

  /**
   * All of them would take too long in each build; this prime has all layers and mistakes in it.
   */
  private static final int EACH = 13;

  private record Mistake(String name, String message, String replaced, String by, String named) {}

  /**
   * A layer with right code.
   *
   * @param facts by their names: how it replies, and what cannot be asked of it
   * @param own replacements where those of all layers do not fit
   */
  private record Layer(
      String name, Map<String, String> facts, Map<String, String[]> own, String code) {

    boolean has(String fact, String value) {
      return List.of(facts.getOrDefault(fact, "").split(", ", -1)).contains(value);
    }

    /** The code with a mistake; the same if it cannot have that one. */
    String with(Mistake mistake) {
      String[] change = own.getOrDefault(mistake.name, new String[] {mistake.replaced, mistake.by});
      String wrong = code.replaceAll(change[0], change[1].replace("\\n", "\n"));
      return mistake.name.equals("variable") && !wrong.equals(code)
          ? wrong + "\n# .env\nCLIENT_URL=" + PAGE + "/\n"
          : wrong;
    }
  }

  private final Map<String, List<String>> messages = new HashMap<>();
  private final List<Mistake> mistakes = new ArrayList<>();
  private final List<Layer> layers = new ArrayList<>();

  OneMistakeTest() throws IOException {
    try (InputStream in = OneMistakeTest.class.getResourceAsStream("mistakes.txt")) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String[] parts = all.split("(?m)^=== ", -1);
      for (String line : parts[0].lines().filter(each -> each.startsWith("*** ")).toList()) {
        String[] cells = line.substring(4).split(" \\| ", -1);
        mistakes.add(new Mistake(cells[0], cells[1], cells[2], cells[3], cells[4]));
      }
      for (String block : parts[0].split("(?m)^\\*\\*\\* ", 2)[0].split("(?m)^\\+\\+\\+ ", -1)) {
        List<String> lines = block.lines().filter(each -> !each.isBlank()).toList();
        if (!lines.isEmpty())
          messages.put(
              lines.get(0),
              lines.stream().skip(1).map(each -> each.replaceFirst("^[A-Z]\\w+: ", "")).toList());
      }
      Arrays.stream(parts).skip(1).map(OneMistakeTest::layer).forEach(layers::add);
    }
  }

  private static Layer layer(String block) {
    String[] halves = block.split("\n---\n", 2);
    List<String> head = halves[0].lines().toList();
    Map<String, String> facts = new HashMap<>();
    Map<String, String[]> own = new HashMap<>();
    for (String line : head.subList(1, head.size())) {
      String[] cells = (line + " ").split(" \\| ", -1);
      if (cells.length > 1) {
        own.put(cells[0], new String[] {cells[1], cells[2].replaceFirst(" $", "")});
      } else {
        String[] fact = line.split(": ", 2);
        facts.put(fact[0], fact[1]);
      }
    }
    return new Layer(head.get(0), facts, own, halves[1]);
  }

  /** What a browser prints; each of the three has its turn. */
  private String message(Layer layer, Mistake mistake, int turn) {
    String header = mistake.message;
    boolean fixed = layer.has("replies", "fixed");
    String kind =
        switch (mistake.message) {
          case "origin" ->
              fixed ? mistake.name.equals("no scheme") ? "invalid" : "mismatch" : "missing";
          case "authorization", "content-type" ->
              layer.has("refuses", "headers") ? "missing" : "header";
          case "method" -> layer.has("refuses", "methods") ? "missing" : "method";
          default -> mistake.message;
        };
    List<String> said = messages.get(kind);
    return said.get(turn % said.size())
        .replace(" Fetch API", "\nFetch API")
        .replace("{value}", mistake.name.equals("variable") ? PAGE + "/" : mistake.by)
        .replace("{header}", header);
  }

  @Test
  void the_answer_names_the_one_mistake_in_the_code() {
    Map<String, int[]> counts = new LinkedHashMap<>();
    List<String> lost = new ArrayList<>();
    List<String> found = new ArrayList<>();
    int turn = 0;
    for (Layer layer : layers) {
      for (Mistake mistake : mistakes) {
        turn++;
        boolean right = mistake.name.startsWith("nothing");
        String code = layer.with(mistake);
        if (turn % EACH != 0
            || layer.has("not", mistake.name)
            || code.equals(layer.code) && !right) {
          continue;
        }
        String url = layer.facts.getOrDefault("url", "https://api.acme-shop.com/orders");
        String text = message(layer, mistake, turn) + "\n\n" + SCRIPT + "\n" + code;
        Remedy remedy = Console.read(text.replace("{url}", url)).get(0).remedy();
        String answer = remedy.cause() + String.join("*", remedy.words());
        boolean named =
            Pattern.compile(mistake.named).matcher(answer).find()
                && !(right && ACCUSES.matcher(answer).find());
        int[] count = counts.computeIfAbsent(mistake.name, each -> new int[2]);
        count[0] += named ? 1 : 0;
        count[1]++;
        if (named == layer.has("later", mistake.name)) {
          (named ? found : lost).add(layer.name + ", " + mistake.name + ": " + answer);
        }
      }
    }
    counts.forEach((name, count) -> System.out.println(name + ": " + count[0] + " of " + count[1]));
    assertEquals(List.of(), lost);
    assertEquals(List.of(), found, "no longer for later");
    assertTrue(counts.values().stream().mapToInt(count -> count[1]).sum() > 50);
  }
}
