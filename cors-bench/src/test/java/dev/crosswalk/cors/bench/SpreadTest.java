package dev.crosswalk.cors.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void the_median_and_the_quartiles_do_not_depend_on_the_order() {
    assertEquals("3 (2–4)", Spread.of(List.of(5.0, 1.0, 4.0, 2.0, 3.0)).toString("%.0f"));
  }

  @Test
  void between_two_measurements_a_quartile_is_interpolated() {
    assertEquals("1.50 (1.25–1.75)", Spread.of(List.of(2.0, 1.0)).toString("%.2f"));
  }

  @Test
  void thousands_are_separated() {
    assertEquals("12,345 (12,345–12,345)", Spread.of(List.of(12_345.0)).toString("%,.0f"));
  }

  @Test
  void nothing_measured_is_an_error() {
    assertThrows(IllegalArgumentException.class, () -> Spread.of(List.of()));
  }
}
