package dev.crosswalk.cors.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.explain.console.Console;
import dev.crosswalk.cors.cli.explain.message.ConsoleMessage;
import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.cli.remedy.RequiredGrant;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What people have pasted into public threads and files, hosts and names replaced, each with the
 * right answer. A line {@code === kind | causes | name=value | ...} comes before each; {@code
 * first} is in the first advice, and {@code without} is nowhere in the answer.
 */
class PastedMessagesTest {

  /**
   * A paste, and what the answer has to name.
   *
   * @param causes in the order in which they are told
   */
  private record Pasted(String kind, List<String> causes, List<String> named, String text) {
    @Override
    public String toString() {
      return kind + ": " + text.lines().findFirst().orElse("");
    }
  }

  private static Stream<Pasted> tried() throws IOException {
    return Cases.each(4, pasted().toList(), Pasted::text).stream();
  }

  private static Stream<Pasted> pasted() throws IOException {
    try (InputStream in = PastedMessagesTest.class.getResourceAsStream("pasted.txt")) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(all.split("(?m)^=== ", -1))
          .filter(block -> !block.isBlank() && !block.startsWith("#"))
          .map(PastedMessagesTest::read);
    }
  }

  private static Pasted read(String block) {
    int end = block.indexOf('\n');
    List<String> head = List.of(block.substring(0, end).split(" \\| ", -1));
    return new Pasted(
        head.get(0),
        List.of(head.get(1).split(", ", -1)),
        head.subList(2, head.size()),
        block.substring(end + 1));
  }

  @Test
  void there_are_pastes_of_every_kind() throws IOException {
    Map<String, Integer> kinds = new TreeMap<>();
    pasted().forEach(pasted -> kinds.merge(pasted.kind(), 1, Integer::sum));
    assertTrue(kinds.size() > 1_215, () -> kinds.toString());
    assertTrue(kinds.values().stream().mapToInt(n -> n).sum() >= 6_035, () -> kinds.toString());
  }

  @ParameterizedTest
  @MethodSource("tried")
  void what_people_paste_is_explained(Pasted pasted) {
    List<ConsoleMessage> read = Console.read(pasted.text());
    assertEquals(pasted.causes(), read.stream().map(message -> message.remedy().code()).toList());
    ConsoleMessage message = read.get(0);
    List<String> missing = new ArrayList<>();
    for (String named : pasted.named()) {
      if (!names(message, named)) {
        missing.add(named);
      }
    }
    assertEquals(List.of(), missing, () -> message.toString());
  }

  private static boolean names(ConsoleMessage message, String expected) {
    String name = expected.replaceAll("(?s)=.*", "");
    String value = expected.substring(Math.min(expected.length(), name.length() + 1));
    Remedy remedy = message.remedy();
    List<String> policy = remedy.grant().map(RequiredGrant::policy).orElse(List.of());
    String text =
        remedy.cause()
            + remedy.words()
            + remedy.write()
            + policy
            + remedy.grant().map(RequiredGrant::onPreflight).orElse(List.of());
    return switch (name) {
      case "url" -> message.url().equals(value);
      case "origin" -> message.origin().equals(value);
      case "header" -> text.toLowerCase(Locale.ROOT).contains(value.toLowerCase(Locale.ROOT));
      case "status" -> remedy.cause().contains(value);
      case "method" -> message.method().equals(value);
      case "value" -> text.contains(value);
      case "preflight" -> isOfPreflight(remedy);
      case "null-origin" -> message.origin().equals("null");
      case "credentials" -> remedy.grant().filter(RequiredGrant::credentials).isPresent();
      case "policy" -> !policy.isEmpty();
      case "no-policy" -> policy.isEmpty();
      case "first" -> remedy.words().get(0).contains(value);
      case "without" -> !text.contains(value);
      default -> throw new IllegalArgumentException(expected);
    };
  }

  private static boolean isOfPreflight(Remedy remedy) {
    return remedy.code().startsWith("PREFLIGHT_")
        || remedy.grant().filter(RequiredGrant::preflighted).isPresent();
  }
}
