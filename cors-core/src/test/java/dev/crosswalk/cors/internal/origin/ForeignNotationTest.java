package dev.crosswalk.cors.internal.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.crosswalk.cors.internal.origin.OriginPatternParser.Flawed;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What means something in other libraries, in YAML, in a shell or in a template. */
@DisplayName("An origin in the notation of something else")
class ForeignNotationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'self'                                   | SELF        |
          same-origin                              | SELF        |
          ALL                                      | WORD_ALL    |
          True                                     | WORD_TRUE   |
          reflect                                  | WORD_TRUE   |
          +                                        | WORD_PLUS   |
          False                                    | WORD_NONE   |
          NONE                                     | WORD_NONE   |
          undefined                                | PLACEHOLDER |
          $ORIGIN                                  | PLACEHOLDER |
          https://$HOST                            | PLACEHOLDER |
          https://$HOST:8443/                      | PLACEHOLDER |
          $http_origin                             | PLACEHOLDER |
          ${ORIGIN:https://a.example}              | PLACEHOLDER |
          %ORIGIN%                                 | PLACEHOLDER |
          __ORIGIN__                               | PLACEHOLDER |
          @origin@                                 | PLACEHOLDER |
          {{ origin }}                             | PLACEHOLDER |
          https://{tenant}.example.com             | PLACEHOLDER |
          https://<tenant>.example.com             | PLACEHOLDER |
          https://[*].example.com                  | BRACKETS    | https://*.example.com
          https://a.example:[8080,9000]            | BRACKETS    | https://a.example:8080 https://a.example:9000
          https://a.example:[8080,99999]           | BRACKETS    |
          https:\\\\a.example                       | SCHEME_SEPARATOR | https://a.example
          http//a.example                          | SCHEME_MISSING | http://a.example
          :a.example                               | SCHEME_MISSING |
          https://a.example:[*]                    | BRACKETS    | https://a.example:*
          ["https://a.example","https://b.example"]| JSON        | https://a.example https://b.example
          [https://a.example                       | JSON        | https://a.example
          https://b.example]                       | JSON        | https://b.example
          ["*"]                                    | JSON        |
          [*]                                      | JSON        |
          [ * ]                                    | JSON        |
          http(s)://*.example.com                  | SCHEME_WILDCARD | https://*.example.com
          http[s]://a.example:8443                 | SCHEME_WILDCARD | https://a.example:8443
          http?://a.example                        | SCHEME_WILDCARD | https://a.example
          http(s)://[a-z]+\\.example\\.com          | REGULAR_EXPRESSION_LABEL |
          https?://a.example                       | REGULAR_EXPRESSION_WIDER | http://a.example https://a.example
          http://localhost:3000-3010               | PORT_WILDCARD |
          http://localhost:30-x                    | PORT_INVALID |
          https://a.example;                       | HOST_INVALID | https://a.example
          https://a.example/;                      | PATH        | https://a.example
          blob:https://a.example/7c1f              | SCHEME_INHERITED | https://a.example
          blob:null/7c1f                           | SCHEME_INHERITED |
          about:blank                              | SCHEME_INHERITED |
          javascript:void                          | SCHEME_INHERITED |
          data:text                                | SCHEME_OPAQUE |
          file:///index.html                       | SCHEME_OPAQUE |
          http://::1:3000                          | IPV6_BRACKETS | http://[::1]:3000
          http://::1                               | IPV6_BRACKETS | http://[::1]
          http://::1:fff                           | IPV6_BRACKETS | http://[::1:fff]
          http://fd00::1:8080                      | IPV6_BRACKETS |
          http://fd00::1:12345                     | IPV6_BRACKETS | http://[fd00::1]:12345
          http://1:2:3:4:5:6:7:8:9000              | IPV6_BRACKETS | http://[1:2:3:4:5:6:7:8]:9000
          http://a.example:80:90                   | PORT_INVALID |
          3000                                     | SCHEME_MISSING |
          :3000                                    | SCHEME_MISSING |
          //3000                                   | SCHEME_MISSING |
          http://3000                              | IPV4_NOT_CANONICAL |
          https://10/                              | TRAILING_SLASH |
          0.0.0.0:4200                             | SCHEME_MISSING | http://0.0.0.0:4200
          "*"                                      | QUOTED      |
          `- https://a.example`                    | WHITESPACE  | https://a.example
          `- https://a.example - https://b.example`| LIST        | https://a.example https://b.example
          https://a.example,                       | LIST        | https://a.example
          https://a.example;https://b.example      | LIST        | https://a.example https://b.example
          https://a.example https://b.example/x    | LIST        |
          `Origin: https://a.example`              | WHITESPACE  |
          http://192.168.1.*                       | NETWORK     |
          http://192.168.*.*:*                     | NETWORK     |
          http://10.0.0.0/8                        | NETWORK     |
          fd00::/8                                 | NETWORK     |
          http://[fd00::]/8                        | NETWORK     |
          https://a.example/8                      | PATH        | https://a.example
          http://[::1]/                            | TRAILING_SLASH | http://[::1]
          """)
  void is_told_what_it_means_here_and_what_to_write_if_that_is_certain(
      String value, OriginFlaw flaw, String instead) {
    Flawed flawed = assertInstanceOf(Flawed.class, OriginPatternParser.parse(value));
    assertEquals(flaw, flawed.flaw());
    assertEquals(
        instead == null ? List.of() : List.of(instead.split(" ")), flawed.suggestions(), value);
  }

  @ParameterizedTest
  @CsvSource({
    "http://10.0.0.0/8, a private network",
    "http://192.168.*.*:*, a private network",
    "172.16.0.0/12, a private network",
    "172.32.0.0/12, a network",
    "http://127.0.0.*, the user's own machine",
    "fd00::/8, a private network",
    "http://[fc00::]/7, a private network",
    "2001:db8::/32, a network",
  })
  void is_named_as_the_kind_of_network_that_it_is(String value, String kind) {
    Flawed flawed = assertInstanceOf(Flawed.class, OriginPatternParser.parse(value));
    assertEquals(List.of(kind), flawed.arguments());
  }

  @Test
  void is_read_up_to_4096_characters() {
    String list = "https://a.example,https://b.example,";
    String longest = list + ",".repeat(4_096 - list.length());
    assertEquals(
        List.of("https://a.example", "https://b.example"),
        OriginSuggestion.of(longest, OriginFlaw.LIST));
    assertEquals(List.of(), OriginSuggestion.of(longest + ",", OriginFlaw.LIST));
  }
}
