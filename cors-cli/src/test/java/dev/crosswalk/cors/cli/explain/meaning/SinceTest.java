package dev.crosswalk.cors.cli.explain.meaning;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts from some version of a program on. */
class SinceTest {

  private static final Since SINCE = Since.read("quarkus 2.16");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quarkus 2.16.0",
        "on quarkus 3.2",
        "quarkus version or git rev 2.16.2",
        "we went from quarkus 2.3.1 to quarkus 3.8.1",
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
        "i tried with 0.25.0",
        "quarkus platform version 2.15.3, java 17.0.1"
      })
  void it_does_not_count_for_an_earlier_version(String plain) {
    assertFalse(SINCE.isIn(plain));
  }

  @Test
  void what_has_to_be_named_counts_only_where_it_is() {
    Since named = Since.read("quarkus 3.20 named");
    assertFalse(named.isIn("quarkus.http.cors=true"));
    assertFalse(named.isIn("quarkus 3.8.1"));
    assertTrue(named.isIn("quarkus 3.21.0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"quarkus", "2.16", "quarkus 2", "quarkus 2.16 or so"})
  void what_is_no_program_and_version_is_refused(String written) {
    assertThrows(IllegalStateException.class, () -> Since.read(written));
  }
}
