package dev.crosswalk.cors.cli.explain.sign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.crosswalk.cors.cli.explain.paste.PastedText;
import dev.crosswalk.cors.cli.explain.sign.LayerWords.Lack;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is lacking is told in the words of the layer that a paste shows. */
class LayerWordsTest {

  private static Optional<String> written(String paste, Lack lack, String value) {
    return LayerWords.in(PastedText.ofWords(paste)).flatMap(layer -> layer.written(lack, value));
  }

  @Test
  void each_layer_has_words_of_its_own() {
    assertEquals(
        Optional.of("allowHost(\"app.example.com:8443\", schemes = listOf(\"https\"))"),
        written("install(cors) { }", Lack.ORIGIN, "https://app.example.com:8443"));
    assertEquals(
        Optional.of("allowMethod(HttpMethod.Put)"),
        written("install(cors) { }", Lack.METHOD, "PUT"));
    assertEquals(
        Optional.of(".allowedMethod(HttpMethod.PUT)"),
        written("corshandler.create()", Lack.METHOD, "PUT"));
    assertEquals(
        Optional.of("authorization in cors.allowed.headers"),
        written("org.apache.catalina.filters.corsfilter", Lack.HEADER, "authorization"));
  }

  @Test
  void a_layer_that_allows_every_header_has_no_words_for_one() {
    assertEquals(Optional.empty(), written("javalin.create()", Lack.HEADER, "authorization"));
  }

  @Test
  void a_paste_without_a_layer_has_none() {
    assertEquals(Optional.empty(), LayerWords.in(PastedText.ofWords("app.get(items)")));
  }
}
