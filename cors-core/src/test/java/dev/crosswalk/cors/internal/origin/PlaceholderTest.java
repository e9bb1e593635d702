package dev.crosswalk.cors.internal.origin;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A placeholder")
class PlaceholderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://$A.example",
        "https://$Z.example",
        "https://$a.example",
        "https://$z.example",
        "$_",
        "https://a$.${b}",
        "#{x}",
        "{{x}}",
        "https://{x}.example",
        "https://<x>.example",
        "%a%",
        "__a__",
        "@a@",
      })
  @DisplayName("is a name in the marks of a shell, a template or a build")
  void isIn(String text) {
    assertTrue(Placeholder.isIn(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "$",
        "https://a.example$",
        "https://$@.example",
        "https://$[.example",
        "https://$`.example",
        "https://$|.example",
        "https://a{2}.example",
        "https://a<b.example",
        "https://a>b<c.example",
        "%%",
        "@@",
        "__",
        "___",
        "____",
        "%a",
        "a@",
      })
  @DisplayName("is not a mark alone, nor a number that a regular expression repeats by")
  void isNotIn(String text) {
    assertFalse(Placeholder.isIn(text));
  }
}
