package dev.crosswalk.cors.cli.explain.lists;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The policy cors of Azure API Management has an element for each value of a list. */
class ElementListsTest {

  @Test
  void each_list_is_written_on_one_line() {
    assertEquals(
        "<cors>allowed-origins: [\"https://a.example\", \"https://b.example\"]"
            + "allowed-methods: [\"get\"]</cors>",
        ElementLists.flat(
            "<cors><allowed-origins>\n  <origin>https://a.example</origin>\n"
                + "  <origin> https://b.example </origin>\n</allowed-origins>"
                + "<allowed-methods preflight-result-max-age=\"300\"><method>get</method>"
                + "</allowed-methods></cors>"));
  }

  @Test
  void what_is_no_such_list_stays_as_it_is() {
    for (String text :
        new String[] {
          "allowed-origins: [https://a.example]",
          "<allowed-origins></allowed-origins>",
          "<allowed-headers><header>x-a</header>",
          "<corsrule><allowedorigin>https://a.example</allowedorigin></corsrule>"
        }) {
      assertEquals(text, ElementLists.flat(text));
    }
  }
}
