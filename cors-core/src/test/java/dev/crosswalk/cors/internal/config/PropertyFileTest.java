package dev.crosswalk.cors.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.internal.syntax.Text;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A property file")
class PropertyFileTest {

  private static PropertyFile read(String text) {
    return PropertyFile.read("x.properties", text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void names_the_line_of_each_key() {
    PropertyFile file =
        read("# comment\r\n\r\n  a = 1\n! other\rb:2\nc 3\nd\ne=\\\n  4,\\\n  5\nf=6");
    assertEquals(
        List.of("a=1@3", "b=2@5", "c=3@6", "d=@7", "e=4,5@8", "f=6@11"),
        file.entries().stream().map(e -> e.key() + "=" + e.value() + "@" + e.line()).toList());
    assertEquals(List.of(), file.flaws());
  }

  @Test
  void is_read_as_utf8_with_or_without_its_mark() {
    assertEquals("ü💩", read("a=ü💩").entries().get(0).value());
    assertEquals("a", read("\uFEFFa=1").entries().get(0).key());
    byte[] latin1 = "a=ü".getBytes(StandardCharsets.ISO_8859_1);
    PropertyFile file = PropertyFile.read("x.properties", latin1);
    assertEquals(
        List.of(new PropertyFile.Flaw(PropertyFile.Fault.ENCODING, null, "", "x.properties")),
        file.flaws());
  }

  @Test
  void knows_where_a_logical_line_goes_on() {
    assertEquals(List.of(0), read("ke\\\n  y=v").entries().get(0).breaks());
    assertEquals(List.of(0, 1), read("key\\\n=v\\\nw").entries().get(0).breaks());
  }

  @Test
  void may_have_any_character_as_an_escape() {
    assertEquals("\0", read("a=\\u0000").entries().get(0).value());
    assertEquals("\uffff", read("a=\\uFfFf").entries().get(0).value());
    for (String wrong : List.of("\\u000", "\\u00g0", "\\ug000", "\\u000g", "\\u00\uff10\uff10")) {
      assertEquals(1, read("a=" + wrong).flaws().size(), wrong);
    }
  }

  @Test
  void is_bounded_in_length() {
    byte[] longest = new byte[PropertyFile.MAX_BYTES];
    Arrays.fill(longest, (byte) '#');
    assertEquals(List.of(), PropertyFile.read("x.properties", longest).flaws());
    PropertyFile file = PropertyFile.read("x.properties", new byte[16 * 1024 * 1024 + 1]);
    assertEquals(List.of(), file.entries());
    assertNull(file.flaws().get(0).value());
  }

  @Test
  void keeps_both_of_two_equal_keys() {
    assertEquals(2, read("a=1\na=2").entries().size());
  }

  /** The oracle is the JDK's reader, which knows neither lines nor problems. */
  @Test
  void means_what_it_means_to_the_jdk() throws IOException {
    long seed = Long.getLong("seed", 1);
    Random random = new Random(seed);
    String alphabet = "abc=: \t\f#!\\\n\r,untrf0ü";
    int entries = 0;
    for (int i = 0; i < 200_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(24); j > 0; j--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      Properties expected = new Properties();
      try {
        expected.load(new StringReader(text.toString()));
      } catch (IllegalArgumentException e) {
        assertTrue(!read(text.toString()).flaws().isEmpty(), () -> seed + ": " + text);
        continue;
      }
      if (text.indexOf("\\u") >= 0 && !read(text.toString()).flaws().isEmpty()) {
        continue; // The JDK lets an escape go on in the next line. Here that is a problem.
      }
      Map<String, String> actual = new HashMap<>();
      for (PropertyFile.Entry entry : read(text.toString()).entries()) {
        actual.put(entry.key(), entry.value());
      }
      // The JDK makes an empty key of a backslash with nothing behind it, at times.
      expected.remove("");
      actual.remove("");
      assertEquals(expected, actual, () -> "seed " + seed + ": " + Text.quote(text.toString()));
      entries += actual.size();
    }
    assertTrue(entries > 100_000, "only " + entries);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "https://a.example # the shop, 18",
    "https://a.example\t// the shop, 18",
    "# nothing, 0",
    "'', -1",
    "https://a.example, -1",
    "//a.example, -1",
    "https://a.example#top, -1",
    "https://a.example //, 18",
    "GET / POST, -1",
  })
  void has_what_looks_like_a_comment_behind_a_space(String value, int at) {
    assertEquals(at, PropertyFile.comment(value));
  }
}
