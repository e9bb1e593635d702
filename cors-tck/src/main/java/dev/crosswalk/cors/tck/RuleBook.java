package dev.crosswalk.cors.tck;

/** What the rules stand in: whoever implements it says which server they are about. */
interface RuleBook {

  /**
   * Opens the server that has a policy. A rule about any URL gets that URL, whatever it asks for.
   *
   * @param policy what the server is to be configured with
   * @return a visit of its own, with connections of its own
   * @throws org.opentest4j.TestAbortedException if there is no such server to be had
   */
  Site site(TestPolicy policy);
}
