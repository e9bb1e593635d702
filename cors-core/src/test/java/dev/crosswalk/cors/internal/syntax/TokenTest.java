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
  @DisplayName("is of these characters and no others, and not empty")
  void characters() {
    for (char c = 0; c < 0x200; c++) {
      assertEquals(TCHARS.indexOf(c) >= 0, Token.isToken("a" + c), () -> "a and one more");
    }
    assertFalse(Token.isToken(""));
  }

  @Test
  @DisplayName("is the same in any case of ASCII, and in no other case")
  void same() {
    assertTrue(Token.isSame("x-KEY@Z[", 2, "key@z["));
    assertFalse(Token.isSame("\u212aey", 0, "key"));
    assertFalse(Token.isSame("@[", 0, "`{"));
    assertFalse(Token.isSame("x-ke", 2, "key"));
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
        "'*, X-A' | []",
      })
  @DisplayName("is found in a value that holds several, but never beside a wildcard")
  void within(String value, String tokens) {
    assertEquals(tokens, Token.within(value).toString());
  }

  @Test
  @DisplayName("is not looked for in a value that nobody would read")
  void withinALongValue() {
    String longest = "a " + "b".repeat(Text.MAX_SHOWN - 2);
    assertEquals(2, Token.within(longest).size());
    assertEquals(List.of(), Token.within(longest + "b"));
  }
}
