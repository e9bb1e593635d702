package dev.crosswalk.cors;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Warns of a second CORS layer: the framework's own, a filter that was forgotten, a handler that
 * writes such headers itself. The policy replaces what that wrote, so that nobody notices it before
 * it adds headers where the policy does not apply.
 */
final class SecondLayer {

  private final AtomicBoolean told = new AtomicBoolean();

  /**
   * Warns, once, that a response had other values than the policy's. The same values are most often
   * its own, because some adapters write twice.
   */
  void found(boolean origin, boolean credentials, boolean headers) {
    if (told.get() || told.getAndSet(true)) {
      return;
    }
    StringBuilder names = new StringBuilder();
    names.append(origin ? ", Access-Control-Allow-Origin" : "");
    names.append(credentials ? ", Access-Control-Allow-Credentials" : "");
    names.append(headers ? ", Access-Control-Expose-Headers" : "");
    System.getLogger("dev.crosswalk.cors")
        .log(
            System.Logger.Level.WARNING,
            "A response had CORS headers that the policy did not write, and replaces: "
                + names.substring(2)
                + ". Look for a second CORS layer, in the framework's configuration, in a filter or"
                + " in a handler, and remove it: where the policy does not apply, its headers reach"
                + " browsers. This is said once.");
  }
}
