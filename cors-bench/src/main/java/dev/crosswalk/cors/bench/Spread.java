package dev.crosswalk.cors.bench;

import java.util.List;
import java.util.Locale;

/** What many measurements of the same say: their median, and the quartiles round it. */
public record Spread(double lower, double median, double upper) {

  /**
   * Sums up measurements.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static Spread of(List<Double> measurements) {
    if (measurements.isEmpty()) {
      throw new IllegalArgumentException("Nothing was measured.");
    }
    List<Double> sorted = measurements.stream().sorted().toList();
    return new Spread(quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75));
  }

  private static double quantile(List<Double> sorted, double share) {
    double position = share * (sorted.size() - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.size() - 1);
    return sorted.get(below) + (position - below) * (sorted.get(above) - sorted.get(below));
  }

  /** The median, and the quartiles in brackets, each in a format such as {@code %,.0f}. */
  public String toString(String format) {
    return String.format(
        Locale.ROOT, format + " (" + format + "–" + format + ")", median, lower, upper);
  }
}
