package dev.crosswalk.cors.cli.explain.paste;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What forums, JSON and terminals add to a message is removed; what only looks like it stays. */
class MarkupTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "doesn&#39;t &quot;pass&quot; &#x27;x&#X27; | doesn't \"pass\" 'x'",
        "a=1&amp;b=2 &amp;quot; | a=1&b=2 \"",
        "<p class=\"a\">at <a href=\"http://x\">http://x</a>.</p> | at http://x.",
        "https:\\/\\/a.example\\/b | https://a.example/b",
        "\\u0027x\\u0027 | 'x'",
        "at [https://a](https://a \"b\") | at https://a",
        "is \u001B[31mred\u001B[0m now | is red now",
      })
  void is_removed(String text, String plain) {
    assertEquals(plain, Markup.removed(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "C:\\new\\test",
        "http://<your-server>/sync",
        "a=1&b=2; &unknown; &#0; &#99999999;",
        "[Error] f(x) [a](b)",
        "<script src=\"x\">",
        "<a href=",
        "\\u00zz"
      })
  void stays(String text) {
    assertEquals(text, Markup.removed(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\", "&", "<", "](", "[a]("})
  void an_end_in_the_middle_stays(String text) {
    assertEquals(text, Markup.removed(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u001B", "\u001B[", "\u001B[3"})
  void the_beginning_of_what_a_terminal_reads_is_removed(String escape) {
    assertEquals("is ", Markup.removed("is " + escape));
  }
}
