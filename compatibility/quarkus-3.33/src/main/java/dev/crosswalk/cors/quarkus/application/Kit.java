package dev.crosswalk.cors.quarkus.application;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.tck.TestApplication;
import java.util.function.IntSupplier;

/**
 * What the kit hands to the next application that starts, and what that tells. The tests and every
 * application see the same class, while each application has its own Quarkus.
 */
public final class Kit {

  /** Of the system property that is true while the kit starts an application. */
  public static final String STARTS = "kit.starts";

  /** The policy. */
  public static volatile Cors cors;

  /** What to serve. */
  public static volatile TestApplication application;

  /** The port where it serves that, once it has started. */
  public static volatile IntSupplier port;

  private Kit() {}
}
