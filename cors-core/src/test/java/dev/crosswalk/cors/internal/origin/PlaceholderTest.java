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
  void is_a_name_in_the_marks_of_a_shell_a_template_or_a_build(String text) {
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
  void is_not_a_mark_alone_nor_a_number_that_a_regular_expression_repeats_by(String text) {
    assertFalse(Placeholder.isIn(text));
  }
}
