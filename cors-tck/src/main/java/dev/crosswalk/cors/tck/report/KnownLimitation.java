package dev.crosswalk.cors.tck.report;

import org.opentest4j.TestAbortedException;

/** A rule is broken that the framework keeps the adapter from keeping. */
public final class KnownLimitation extends TestAbortedException {

  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * Describes a limitation.
   *
   * @param reason why the adapter cannot keep the rule
   * @param failure how the rule is broken
   */
  public KnownLimitation(String reason, String failure) {
    super("known limitation: " + reason + " (" + failure + ")");
    this.reason = reason;
  }

  /** {@return why the adapter cannot keep the rule} */
  public String reason() {
    return reason;
  }
}
