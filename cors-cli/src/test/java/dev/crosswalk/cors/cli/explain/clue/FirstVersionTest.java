package dev.crosswalk.cors.cli.explain.clue;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts from some version of a program on. */
class FirstVersionTest {

  private static final FirstVersion SINCE = FirstVersion.read("quarkus 2.16");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quarkus 2.16.0",
        "on quarkus 3.2",
        "quarkus version or git rev 2.16.2",
        "we went from quarkus 2.3.1 to quarkus 3.8.1",
        "quarkus 2.3.1 to 2.16.0",
        "from quarkus 2.13.final -> 3.0",
        "updated quarkus from 2.3 to 2.16",
        "since quarkus 3",
        "with quarkus 2.x",
        "with 2.17.1 it fails",
        "java 17.0.1 and spring 6.1.0",
        "no version at all, from 192.168.20.1"
      })
  void it_counts_unless_the_text_names_an_earlier_version(String plain) {
    assertTrue(SINCE.isIn(plain));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quarkus 2.3.1.final",
        "quarkus version: 1.13",
        "quarkus 1.13 to 2.15",
        "quarkus 1",
        "i tried with 0.25.0",
        "quarkus platform version 2.15.3, java 17.0.1"
      })
  void it_does_not_count_for_an_earlier_version(String plain) {
    assertFalse(SINCE.isIn(plain));
  }

  @Test
  void what_has_to_be_named_counts_only_where_it_is() {
    FirstVersion named = FirstVersion.read("quarkus 3.20 named");
    assertFalse(named.isIn("quarkus.http.cors=true"));
    assertFalse(named.isIn("quarkus 3.8.1"));
    assertTrue(named.isIn("quarkus 3.21.0"));
    assertTrue(named.isIn("quarkus 3.8.1 to 3.21.0"));
    assertFalse(named.isIn("quarkus 3"));
    assertFalse(named.isIn("with quarkus, and hibernate 6.4.1"));
  }

  @Test
  void a_program_may_have_several_names() {
    FirstVersion since = FirstVersion.read("nestjs|nest 11.0 named");
    assertTrue(since.isIn("nest 11"));
    assertTrue(since.isIn("from nestjs 10 to 11"));
    assertFalse(since.isIn("nestjs 10"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"quarkus", "2.16", "quarkus 2", "quarkus 2.16 or so"})
  void what_is_no_program_and_version_is_refused(String written) {
    assertThrows(IllegalStateException.class, () -> FirstVersion.read(written));
  }
}
