package dev.crosswalk.cors.tck.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.tck.Mutant;
import java.net.IDN;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The wrong comparisons decide about any origin: each is wrong about servers that no rule knows,
 * and about origins that no rule spells out. One that is made of what a rule asks for is not.
 */
class WrongComparisonTest {

  private static final long SEED = Long.getLong("seed", 20_261_126);
  private static final int SERVERS = 12;

  @Test
  void every_wrong_comparison_is_wrong_about_servers_that_no_rule_knows() {
    Map<String, String> exact = new TreeMap<>();
    int comparisons = 0;
    for (Mutant mutant : Mutant.all()) {
      if (mutant.isComparison()) {
        comparisons++;
        int wrong = wrongServers(mutant);
        if (wrong < SERVERS / 3) {
          exact.put(mutant.name(), "wrong about " + wrong + " of " + SERVERS + " servers");
        }
      }
    }
    assertTrue(comparisons >= 50, "comparisons: " + comparisons);
    assertEquals(Map.of(), exact);
  }

  private static int wrongServers(Mutant mutant) {
    Random random = new Random(SEED);
    int wrong = 0;
    for (int i = 0; i < SERVERS; i++) {
      // One in three has a list so long that nobody looks at its end.
      List<String> configured = configured(i % 3 == 0 ? 510 : 10 + i % 2, random);
      Permissions permissions = Permissions.to(configured.toArray(new String[0]));
      wrong +=
          asked(configured, random).stream()
                  .anyMatch(
                      origin ->
                          permissions.allowOrigin(origin)
                              != permissions.allowOrigin(mutant.takenFor(configured, origin)))
              ? 1
              : 0;
    }
    return wrong;
  }

  /** Origins and patterns of every form, none of them a rule's. */
  private static List<String> configured(int size, Random random) {
    List<String> origins = new ArrayList<>();
    String domain = name(random) + "." + name(random) + ".test";
    origins.add("https://" + name(random) + "." + domain);
    origins.add("https://*." + name(random) + "." + domain);
    origins.add("http://" + name(random) + ":*");
    origins.add("https://" + name(random) + "-*-" + name(random) + "." + domain);
    origins.add("http://" + name(random) + "." + domain + ":" + (1_024 + random.nextInt(60_000)));
    origins.add("https://" + name(random) + "_" + name(random) + "." + domain);
    origins.add("http://[::" + (1 + random.nextInt(9)) + "]:8" + random.nextInt(10) + "00");
    origins.add("http://127.0.0." + (1 + random.nextInt(9)));
    origins.add(name(random) + "://" + name(random));
    origins.add("https://" + IDN.toASCII(name(random) + "\u00fc") + "." + domain);
    if (size % 2 == 1) {
      origins.add("null");
    }
    while (origins.size() < size) {
      origins.add("https://" + name(random) + "." + name(random) + ".test");
    }
    return origins;
  }

  /** Ten letters, so that no two are alike. */
  private static String name(Random random) {
    return random
        .ints(10, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** What is configured, examples of the patterns, and whatever is one step from them. */
  private static List<String> asked(List<String> configured, Random random) {
    if (configured.size() > 500) {
      return configured.subList(500, configured.size());
    }
    List<String> asked = new ArrayList<>(List.of("null", "NULL"));
    for (String one : configured.subList(0, 10)) {
      String example = one.replace(":*", ":8080").replace("*", name(random));
      asked.add(example);
      asked.add(one.replace(":*", "").replace("*", "a.b"));
      asked.add(one.replace(":*", ":54321").replace("*", ""));
      asked.add(one.replace("://*.", "://"));
      asked.add(one.replace("://*.", "://evil"));
      asked.add(one.replace("*", "x.evil"));
      asked.add(one.replace("*", "evil.example/"));
      asked.add(one.replace("*", "a".repeat(64)));
      asked.add(one.replace("[::", "[0::").replace("127.0.0.", "127."));
      asked.add(one.replace("://", "://\u0430").replaceFirst("://(.)a?", "://$1"));
      asked.add(one.replace('a', '\u00e4'));
      asked.add(one.replace("://", "://evil.example%2f."));
      asked.addAll(NearOrigins.of(example));
    }
    return asked;
  }
}
