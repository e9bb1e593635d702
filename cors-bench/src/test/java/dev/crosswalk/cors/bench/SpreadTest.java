package dev.crosswalk.cors.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void theMedianAndTheQuartilesDoNotDependOnTheOrder() {
    assertEquals("3 (2–4)", Spread.of(List.of(5.0, 1.0, 4.0, 2.0, 3.0)).toString("%.0f"));
  }

  @Test
  void betweenTwoMeasurementsAQuartileIsInterpolated() {
    assertEquals("1.50 (1.25–1.75)", Spread.of(List.of(2.0, 1.0)).toString("%.2f"));
  }

  @Test
  void thousandsAreSeparated() {
    assertEquals("12,345 (12,345–12,345)", Spread.of(List.of(12_345.0)).toString("%,.0f"));
  }

  @Test
  void nothingMeasuredIsAnError() {
    assertThrows(IllegalArgumentException.class, () -> Spread.of(List.of()));
  }
}
