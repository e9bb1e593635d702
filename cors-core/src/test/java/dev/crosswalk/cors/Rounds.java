package dev.crosswalk.cors;

/**
 * How often a test with random input tries: a little in each build, and as much as anybody wants
 * with {@code -DargLine=-Dtimes=50}.
 */
public final class Rounds {

  private static final int TIMES = Integer.getInteger("times", 1);

  private Rounds() {}

  /**
   * Returns how often to try.
   *
   * @param inTheBuild how often in each build
   */
  public static int of(int inTheBuild) {
    return Math.multiplyExact(inTheBuild, TIMES);
  }
}
