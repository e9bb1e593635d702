package dev.crosswalk.cors.cli.explain.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many readers have English as a third language. A word that no native developer would write costs
 * them a look at a dictionary.
 */
class WordsTest {

  private static final Path DATA = Path.of("src/main/resources/dev/crosswalk/cors/cli");

  private static final Pattern SENTENCE =
      Pattern.compile(
          "(?:advice[^:]{0,40}|cause|note|proxy|paths|host|list|scheme|null|order|place|step|remedy|trap|write): .*"
              // The rules of signs.txt have no key.
              + "|(?:@[A-Z_]+ )*(?!.{0,60}\\|)[A-Z{][^:\\\\]{15}.* .*[.:)]");

  /** Nine tenths of what each file has today. */
  private static final Map<String, Integer> AT_LEAST =
      Map.ofEntries(
          Map.entry("answers.txt", 106),
          Map.entry("askers.txt", 101),
          Map.entry("bodies.txt", 246),
          Map.entry("causes.txt", 188),
          Map.entry("clouds.txt", 126),
          Map.entry("code.txt", 89),
          Map.entry("console.txt", 691),
          Map.entry("errors.txt", 45),
          Map.entry("facts.txt", 35),
          Map.entry("frameworks.txt", 262),
          Map.entry("gateways.txt", 98),
          Map.entry("handlers.txt", 40),
          Map.entry("headers.txt", 63),
          Map.entry("known.txt", 441),
          Map.entry("layer-faults.txt", 103),
          Map.entry("layer-keys.txt", 30),
          Map.entry("layer-words.txt", 55),
          Map.entry("layers.txt", 48),
          Map.entry("limits.txt", 172),
          Map.entry("lists.txt", 152),
          Map.entry("mistakes.txt", 169),
          Map.entry("origin-checks.txt", 320),
          Map.entry("origin-mistakes.txt", 68),
          Map.entry("preflights.txt", 8),
          Map.entry("products.txt", 78),
          Map.entry("routers.txt", 28),
          Map.entry("services.txt", 702),
          Map.entry("signs.txt", 294),
          Map.entry("unread.txt", 76),
          Map.entry("uses.txt", 30),
          Map.entry("remarks.txt", 39));

  static Stream<Arguments> a_word_and_what_to_write_instead() {
    return Stream.of(
        Arguments.of("[Bb]y (?:itself|themselves)", "by default, or automatically"),
        Arguments.of(
            "ask(?:s|ed|ing)? (?:it|that|this|these|them|another|its own|for only|by|first|once"
                + " more|OPTIONS|a server|the (?!user|browser|host to|server whether))",
            "call, request, or send a request to"),
        Arguments.of(
            "counts? (?:for|only|there|here|then|in)", "applies, has an effect, or matters"),
        Arguments.of("do(?:es)? not count(?! preflights)", "has no effect, or does not apply"),
        Arguments.of("fits?", "matches, or suits"),
        Arguments.of("letter by letter|character by character", "exactly"),
        Arguments.of("in the (?:text|paste)", "in your paste"),
        Arguments.of("the text (?:has|names|shows|says|sets|lists)", "your paste"),
        Arguments.of("(?:and |[.:;,] )[Ss]ee that(?! (?:status|request|header))", "make sure that"),
        Arguments.of(
            "as (?:in|with|after|from) (?!your paste|the address bar|POST|for|a browser|the)",
            "such as, or for example"),
        Arguments.of("[Aa] bean of [A-Z]\\w+", "the name in front: a CorsFilter bean"),
        Arguments.of("stands? (?!for|only for|out|together)", "is, or appears"),
        Arguments.of("belongs? into", "belongs in"),
        Arguments.of("(?:inside|outside) of", "inside, or outside"),
        Arguments.of("speaks? of", "mentions"),
        Arguments.of("speaks? (?:its|their) language", "is compatible with"),
        Arguments.of("[Ww]hat lacks is|still lacks?", "is missing"),
        Arguments.of("(?:certificate|key) of one's own", "self-signed"),
        Arguments.of("[Pp]rotection of forge\\w+", "protection against forgery"),
        Arguments.of("Best let|Better name", "it is best to let, it is better to name"),
        Arguments.of("anew", "again"));
  }

  @ParameterizedTest
  @MethodSource("a_word_and_what_to_write_instead")
  void no_sentence_has_words_that_no_native_developer_writes(String words, String instead)
      throws IOException {
    Pattern unwanted = Pattern.compile("(?<![\\w{-])(?:" + words + ")(?![\\w}-])");
    Map<String, List<String>> found = new TreeMap<>();
    sentences()
        .forEach(
            (file, sentences) -> {
              List<String> wrong =
                  sentences.stream().filter(each -> unwanted.matcher(each).find()).toList();
              if (!wrong.isEmpty()) {
                found.put(file, wrong);
              }
            });
    assertEquals(Map.of(), found, "write " + instead);
  }

  @Test
  void the_sentences_of_each_file_are_found() throws IOException {
    Map<String, List<String>> sentences = sentences();
    Map<String, Integer> fewer = new TreeMap<>();
    AT_LEAST.forEach(
        (file, least) -> {
          int found = sentences.getOrDefault(file, List.of()).size();
          if (found < least) {
            fewer.put(file, found);
          }
        });
    assertEquals(Map.of(), fewer);
  }

  /** By the name of the file. */
  private static Map<String, List<String>> sentences() throws IOException {
    Map<String, List<String>> sentences = new TreeMap<>();
    try (Stream<Path> files = Files.walk(DATA)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".txt")).toList()) {
        List<String> found =
            Files.readAllLines(file).stream().filter(SENTENCE.asMatchPredicate()).toList();
        if (!found.isEmpty()) {
          sentences.put(file.getFileName().toString(), found);
        }
      }
    }
    return sentences;
  }
}
