package dev.crosswalk.cors;

/**
 * How often a test with random input tries: a little in each build, and as much as anybody wants
 * with {@code -DargLine=-Dtimes=50}. A number below 1 tries less: one mutant after another is not
 * to take seconds.
 */
public final class Rounds {

  private static final double TIMES = Double.parseDouble(System.getProperty("times", "1"));

  private Rounds() {}

  /**
   * Returns how often to try.
   *
   * @param inTheBuild how often in each build
   */
  public static int of(int inTheBuild) {
    return Math.toIntExact(Math.round(inTheBuild * TIMES));
  }
}
