package dev.crosswalk.cors.tck.rules;

import org.opentest4j.TestAbortedException;

/** A rule needs to be told something of the server, and was not. */
final class NotGiven extends TestAbortedException {

  private static final long serialVersionUID = 1L;

  private final String option;

  /**
   * @param what it needs to be told
   * @param option by which {@code crosswalk check} is told
   */
  NotGiven(String what, String option) {
    super("because you did not give " + what + " (" + option + ")");
    this.option = option;
  }

  String option() {
    return option;
  }
}
