package dev.crosswalk.cors.internal.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A token")
class TokenTest {

  /** RFC 9110 §5.6.2, written out. */
  private static final String TCHARS =
      "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  @Test
  void is_of_these_characters_and_no_others_and_not_empty() {
    for (char c = 0; c < 0x200; c++) {
      assertEquals(TCHARS.indexOf(c) >= 0, Token.isToken("a" + c), () -> "a and one more");
    }
    assertFalse(Token.isToken(""));
  }

  @Test
  void is_the_same_in_any_case_of_ASCII_and_in_no_other_case() {
    assertTrue(Token.isSame("x-KEY@Z[", 2, "key@z["));
    assertFalse(Token.isSame("\u212aey", 0, "key"));
    assertFalse(Token.isSame("@[", 0, "`{"));
    assertFalse(Token.isSame("x-ke", 2, "key"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "'PUT' ; [PUT]",
        "`X-Token` ; [X-Token]",
        "PUT|DELETE ; [PUT, DELETE]",
        "PUT ; []",
        "_x ; []",
        "X_Token ; []",
        "X-Don't ; []",
        "#!$%&'+-.^_`|~ ; []",
        "| ; []",
        "'*' ; []",
      })
  void may_hold_names_between_characters_that_are_a_part_of_it(String token, String names) {
    assertEquals(names, Token.names(token).toString());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "'X-A, X-B' | [X-A, X-B]",
        "X-A: a b | [X-A]",
        "'X-A : a' | [X-A]",
        ":X-A | []",
        "'a b(c)' | []",
        "' *' | [*]",
        "'PUT\u00a0' | [PUT]",
        "'\u200bX-A,\u00a0X-\u200bB' | [X-A, X-B]",
        "'*, X-A' | []",
      })
  void is_found_in_a_value_that_holds_several_but_never_beside_a_wildcard(
      String value, String tokens) {
    assertEquals(tokens, Token.within(value).toString());
  }

  @Test
  void is_not_looked_for_in_a_value_that_nobody_would_read() {
    String longest = "a " + "b".repeat(Text.MAX_SHOWN - 2);
    assertEquals(2, Token.within(longest).size());
    assertEquals(List.of(), Token.within(longest + "b"));
  }
}
