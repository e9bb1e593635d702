package dev.crosswalk.cors.cli.remedy.error;

import static dev.crosswalk.cors.cli.ProcessorTime.assertAtMost;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.remedy.answer.BodyText;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file {@code bodies.txt}: whole, and no block hides another. */
class KnownBodyTest {

  private static WireResponse error(String body) {
    return error(body, List.of());
  }

  private static WireResponse error(String body, List<String> headers) {
    Headers all = Headers.none();
    for (String name : headers) {
      all = all.with(name, "x");
    }
    return new WireResponse(400, "", all, body.getBytes(StandardCharsets.UTF_8), "");
  }

  @Test
  void each_block_has_signs_a_cause_and_what_to_do() {
    List<KnownBody> all = KnownBody.all();
    assertTrue(all.size() >= 50, () -> all.size() + " blocks");
    for (KnownBody known : all) {
      assertFalse(known.signs().isEmpty(), known::cause);
      assertFalse(known.advice().isEmpty(), known::cause);
      assertTrue(known.cause().endsWith("."), known::cause);
      known.advice().forEach(line -> assertTrue(line.matches(".*[.:)]$"), line));
    }
  }

  @Test
  void each_sign_finds_its_own_block_first() {
    for (KnownBody known : KnownBody.all()) {
      known
          .signs()
          .forEach(
              sign -> {
                String words =
                    sign.pattern()
                        .replace("(.{1,120}?)", "x")
                        .replace("\\Q", "")
                        .replace("\\E", "")
                        .replaceFirst("^\\^", "");
                Optional<KnownBody> found = KnownBody.of(error(words, known.beside()));
                assertEquals(Optional.of(known.code()), found.map(KnownBody::code), words);
                String start = known.cause().replaceFirst("[{].*", "");
                assertTrue(found.orElseThrow().cause().startsWith(start), words);
                assertFalse(found.orElseThrow().cause().contains("{"), words);
              });
    }
  }

  @Test
  void a_body_that_says_nothing_known_is_left_alone() {
    assertEquals(Optional.empty(), KnownBody.of(error("{\"error\":\"name is missing\"}")));
    assertEquals(Optional.empty(), KnownBody.of(error("")));
  }

  @ParameterizedTest
  @CsvSource({
    "<head><title>a</title><style>b</style></head><body>c</body>, a c",
    "<head><meta x><body>c <!-- d --> e,                          c e",
    "<p>c <!-- d,                                                 c",
    "c <script>d</script> e <script>f,                            c e",
    "<head><head>a</head>b,                                       b",
    "a &#47;&#x2F; &amp;#47; &#9999999; &#12345678;,              a // &#47; &#12345678;"
  })
  void what_nobody_sees_is_left_out(String body, String seen) {
    assertEquals(Optional.of(seen), BodyText.excerpt(error(body)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<!--", "<script>", "<head>", "<a ", "<title>"})
  void what_begins_again_and_again_is_read_in_time(String part) {
    WireResponse response = error("<p>" + part.repeat(20_000));
    assertAtMost(Duration.ofSeconds(5), () -> KnownBody.of(response));
  }
}
