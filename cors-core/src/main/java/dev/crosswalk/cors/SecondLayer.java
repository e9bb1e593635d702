package dev.crosswalk.cors;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Looks out for a second CORS layer: the framework's own, a filter that was forgotten, a handler
 * that writes such headers itself. The policy replaces what that wrote, so that nobody notices it
 * before it adds headers where the policy does not apply.
 */
final class SecondLayer {

  /**
   * So many responses are looked at. To look takes three look-ups per response; a layer that has
   * written nothing in so many hardly exists.
   */
  static final int MAX_LOOKS = 10_000;

  private final AtomicInteger looks = new AtomicInteger(MAX_LOOKS);
  private final AtomicBoolean found = new AtomicBoolean();
  private boolean over; // Not volatile: who sees it late looks once more.

  /**
   * Warns, once, if a response has other values than the policy is about to write. The same values
   * are most often the policy's own: some adapters write twice.
   */
  <S> void lookFor(
      S response,
      ResponseWriter<? super S> writer,
      @Nullable String allowOrigin,
      @Nullable String allowCredentials,
      @Nullable String exposeHeaders) {
    if (over) {
      return;
    }
    if (looks.getAndDecrement() <= 0) {
      over = true;
      return;
    }
    boolean origin = isForeign(response, writer, "Access-Control-Allow-Origin", allowOrigin);
    boolean credentials =
        isForeign(response, writer, "Access-Control-Allow-Credentials", allowCredentials);
    boolean headers = isForeign(response, writer, "Access-Control-Expose-Headers", exposeHeaders);
    if ((origin || credentials || headers) && !found.getAndSet(true)) {
      looks.set(0);
      warn(origin, credentials, headers);
    }
  }

  private static <S> boolean isForeign(
      S response, ResponseWriter<? super S> writer, String name, @Nullable String own) {
    String present = writer.get(response, name);
    return present != null && !present.equals(own);
  }

  private static void warn(boolean origin, boolean credentials, boolean headers) {
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
