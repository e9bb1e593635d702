package dev.crosswalk.cors.tck.rules;

import dev.crosswalk.cors.Cors;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * What a family of rules is: an interface; its implementation says which server the rules are
 * about.
 */
public interface RuleBook {

  /**
   * Opens the server that has a policy. A rule about any URL gets that URL, whatever it asks for.
   *
   * @param policy what the server is to be configured with
   * @return a visit of its own, with connections of its own
   * @throws TestAbortedException if such a server cannot be made
   */
  Site site(TestPolicy policy);

  /**
   * Opens a server that a rule needs for itself, because it decides as no policy does.
   *
   * @param cors what the server is to be configured with
   * @return a visit; the server is stopped at the end of the rule
   * @throws TestAbortedException if no server can be started here
   */
  default Site site(Cors cors) {
    throw new TestAbortedException("not run: only the kit can start a server");
  }

  /**
   * Opens a server that was started with this, and with nothing before: for a rule about what an
   * adapter does when it is registered.
   *
   * @param cors what the server is to be configured with
   * @return a visit; the server is stopped at the end of the rule
   * @throws TestAbortedException if no server can be started here
   */
  default Site startedWith(Cors cors) {
    return site(cors);
  }

  /**
   * Starts a server whose adapter gets null instead of a policy.
   *
   * @return what this throws; null if the server starts
   * @throws TestAbortedException if no server can be started here
   */
  default @Nullable Throwable startWithoutPolicy() {
    throw new TestAbortedException("not run: only the kit can start a server");
  }
}
