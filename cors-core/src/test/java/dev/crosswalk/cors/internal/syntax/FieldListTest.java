package dev.crosswalk.cors.internal.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A list of members")
class FieldListTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Origin | true",
        "'a, ORIGIN' | true",
        "'a,\torigin ,b' | true",
        "', ,Origin,' | true",
        "'' | false",
        "',' | false",
        "Origins | false",
        "'a b, Origin x' | false",
        "'a, ' | false",
      })
  void has_a_member_in_any_case(String list, boolean expected) {
    assertEquals(expected, FieldList.hasMember(list, "origin"));
  }

  @Test
  void has_no_member_if_it_is_empty() {
    assertFalse(FieldList.hasMember("", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Accept | Accept, Origin",
        "'Accept, Accept-Encoding' | 'Accept, Accept-Encoding, Origin'",
        "'Origin, origin' | Origin",
        "'a, A,  b ,a' | 'a, b, Origin'",
        "'a,b' | 'a,b, Origin'",
        "'' | Origin",
        "', Accept' | 'Accept, Origin'",
        "'Accept, ' | 'Accept, Origin'",
        "'Accept,' | 'Accept, Origin'",
        "'Accept,, ,Cookie' | 'Accept, Cookie, Origin'",
        "'Origin, ' | Origin",
        "',Origin' | Origin",
        "', ,' | Origin",
      })
  void gets_a_member_once(String list, String expected) {
    assertEquals(expected, FieldList.add(list, List.of("Origin")));
  }

  @Test
  void stays_the_same_if_nothing_is_added() {
    String list = "Accept, origin";
    assertSame(list, FieldList.add(list, List.of("Origin")));
  }
}
