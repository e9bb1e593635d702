package dev.crosswalk.cors.cli.configuration;

/**
 * What the configuration of another server cannot do.
 *
 * @param isLeftOut whether something of the policy is left out; otherwise it is all there, and this
 *     is worth knowing
 * @param text a sentence without its full stop
 */
public record Limit(boolean isLeftOut, String text) {

  @Override
  public String toString() {
    return (isLeftOut ? "Not exported: " : "Limit: ") + text + ".";
  }
}
