package dev.crosswalk.cors.cli.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.document.Facts;
import dev.crosswalk.cors.cli.explain.console.Console;
import dev.crosswalk.cors.cli.explain.meaning.Meaning;
import dev.crosswalk.cors.cli.explain.meaning.OriginCheck;
import dev.crosswalk.cors.cli.explain.message.ConsoleMessage;
import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Engine;
import dev.crosswalk.cors.tck.browser.Initiator;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The tables of sentences, read back, and what the browsers' model prints. */
class SentencesTest {

  /** What fills the holes of a sentence that is tried. */
  private static String filled(String words) {
    return words
        .replace("{url}", "https://api.example/x")
        .replace("{again}", "https://api.example/y")
        .replace("{initialUrl}", "https://api.example/z")
        .replace("{origin}", "https://app.example")
        .replace("{page}", "https://app.example/")
        .replace("{status}", "404")
        .replace("{rule...}", "\"script-src 'self'\"")
        .replace("{text...}", "x-word")
        .replaceAll("\\{[a-zA-Z]+}", "x-word");
  }

  @Test
  void every_sentence_of_the_table_is_found_in_its_own_words() {
    Map<String, String> wrong = new TreeMap<>();
    List<Sentence> sentences = Cases.each(11, sentences());
    for (Sentence sentence : sentences) {
      String message = filled(sentence.words());
      String code = ConsoleMessagesTest.code(message);
      // A variant is told under the code in front of its slash.
      if (!code.equals(sentence.code().split("/", 2)[0])) {
        wrong.put(message, code);
      }
    }
    assertEquals(Map.of(), wrong);
    assertTrue(sentences.size() > 283, "sentences: " + sentences.size());
  }

  private record Sentence(String code, String words) {}

  private static List<Sentence> sentences() {
    List<Sentence> all = new ArrayList<>();
    for (Facts.Block block : Meaning.blocks()) {
      String code = block.code();
      for (String line : block.lines()) {
        if (!line.matches("(cause|advice|header|element|grant)\\b.*") && !"<>".contains(code)) {
          all.add(new Sentence(code, line.substring(line.indexOf(": ") + 2)));
        }
      }
    }
    for (OriginCheck check : OriginCheck.all()) {
      check.says().forEach(words -> all.add(new Sentence(check.code(), words)));
    }
    return all;
  }

  /** What Firefox writes between brackets; every other message is a whole sentence. */
  static final Set<String> REASONS =
      Set.of(
          "DISABLED",
          "NETWORK",
          "ORIGIN_NOT_ADDED",
          "PREFLIGHT_REDIRECT",
          "SCHEME",
          "ACAO_MISSING",
          "ACAO_MULTIPLE",
          "ACAO_MISMATCH",
          "ACAO_WILDCARD_CREDENTIALS",
          "METHOD_NOT_ALLOWED",
          "ACAC_NOT_TRUE",
          "PREFLIGHT_STATUS",
          "ACAM_SYNTAX",
          "ACAH_SYNTAX",
          "HEADER_NOT_ALLOWED",
          "AUTHORIZATION_WILDCARD");

  private record Translation(String language, String code, String words) {

    String message() {
      return switch (code) {
        case "begins" -> words + ": xxxx https://api.example/x";
        case "FRAME_OR_REFUSED" -> "app.example " + whole(words);
        default ->
            REASONS.contains(code)
                ? "Xxxx: https://api.example/x. (Xxx: "
                    + words.replace("{value}", "x-word")
                    + "). Xxx: 404."
                : whole(quoted(words));
      };
    }

    /** The marks that Firefox writes around a value; without them it would be one word there. */
    private static String quoted(String words) {
      return words.replaceAll("(?<=\\p{L}\\p{M}?)(\\{[a-z]+})", "“$1”");
    }

    String expected() {
      return switch (code) {
        case "begins" -> "REASON_MISSING";
        // The value that is sent is no URL here.
        case "ACAO_MISMATCH" -> "ACAO_INVALID";
        // Without the URL of a socket, it is the page that does not come.
        case "WEBSOCKET" -> words.contains("{url}") ? code : "CONNECTION_REFUSED";
        // A variant is told under the code in front of the slash.
        default -> code.split("/", 2)[0];
      };
    }
  }

  private static List<Translation> translations(String file) {
    List<Translation> all = new ArrayList<>();
    for (String line : Facts.lines(Console.class, file)) {
      String[] parts = line.split(" \\| ");
      for (String words : List.of(parts).subList(2, parts.length)) {
        all.add(new Translation(parts[0], parts[1], words));
      }
    }
    return all;
  }

  /**
   * Where the words of the table are those of another message, too; LanguagesTest asks it whole.
   */
  private static final Set<String> KNOWN_AS_A_WHOLE =
      Set.of(
          "en-CA SERVICE_WORKER_FETCH",
          "en-CA SERVICE_WORKER_REDIRECT",
          "eo FRAME_ALLOW_FROM",
          "km MIXED_CONTENT",
          "ko LNA_DENIED",
          "sq AUDIO_TAINT");

  @Test
  void firefox_is_understood_in_every_language() {
    are_understood(translations("firefox.txt"), 37, 80, 8_000);
  }

  @Test
  void what_chrome_writes_in_place_of_a_page_is_understood_in_every_language() {
    are_understood(translations("chrome.txt"), 7, 50, 150);
  }

  private static void are_understood(
      List<Translation> all, int step, int languages, int sentences) {
    Map<String, String> wrong = new TreeMap<>();
    for (Translation translation : Cases.each(step, all)) {
      String message = translation.message();
      List<ConsoleMessage> read = Console.read(message);
      String code = read.isEmpty() ? "(not known)" : read.get(0).remedy().code();
      String url = message.contains("https://api") ? "https://api.example/x" : "";
      boolean isRight = code.equals(translation.expected()) && read.get(0).url().equals(url);
      if (!isRight
          && !KNOWN_AS_A_WHOLE.contains(translation.language() + " " + translation.code())) {
        wrong.put(translation.language() + ": " + message, translation.expected() + " " + read);
      }
    }
    assertEquals(Map.of(), wrong);
    assertTrue(all.stream().map(Translation::language).distinct().count() > languages);
    assertTrue(all.size() > sentences, "sentences: " + all.size());
  }

  private static String whole(String sentence) {
    return sentence
        .replace("{url}", "https://api.example/x")
        .replace("{rule...}", "connect-src 'self'")
        .replace("{status}", "404")
        .replaceAll("\\{(page|origin|target|any)}", "https://app.example")
        .replaceAll("\\{[a-z]+}", "x-word");
  }

  // --------------------------------------------------------------------------- from the model

  @Test
  void what_the_model_of_each_browser_prints_is_understood() {
    Map<String, String> wrong = new TreeMap<>();
    int messages = 0;
    for (Engine engine : List.of(Engine.CHROMIUM, Engine.FIREFOX, Engine.WEBKIT)) {
      for (Initiator initiator : List.of(Initiator.FETCH, Initiator.XHR)) {
        for (Cause cause : Cause.values()) {
          NotShared refusal = refusal(cause, initiator);
          if (refusal.inTheWordsOf(engine).startsWith("(nothing")) {
            continue;
          }
          messages++;
          // Of the lines that a console has about one request, one cause is told.
          List<ConsoleMessage> read = Console.read(String.join("\n", refusal.console(engine)));
          if (read.isEmpty() || read.size() > 1 && cause != Cause.REDIRECT_SCHEME) {
            wrong.put(engine + " " + cause, refusal.inTheWordsOf(engine));
          }
        }
      }
    }
    assertEquals(Map.of(), wrong);
    assertTrue(messages > 120, "messages: " + messages);
  }

  private static NotShared refusal(Cause cause, Initiator initiator) {
    boolean preflight =
        List.of(
                Cause.PREFLIGHT_STATUS,
                Cause.PREFLIGHT_REDIRECT,
                Cause.ACAM_SYNTAX,
                Cause.ACAH_SYNTAX,
                Cause.METHOD_NOT_ALLOWED,
                Cause.HEADER_NOT_ALLOWED)
            .contains(cause);
    int status =
        cause == Cause.PREFLIGHT_STATUS ? 404 : cause == Cause.PREFLIGHT_REDIRECT ? 302 : 200;
    return new NotShared(
        cause,
        "x-subject",
        List.of("https://b.example"),
        new Where(
            preflight,
            initiator,
            "https://app.example",
            "https://api.example/x",
            "https://api.example/x",
            status));
  }
}
