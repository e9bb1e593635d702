package dev.crosswalk.cors.internal.config;

import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** The log while requests are answered and files are watched. */
public final class Log {

  private static final System.Logger LOGGER = System.getLogger("dev.crosswalk.cors");

  private Log() {}

  /**
   * Writes to the log. A handler of the log that fails breaks neither a request nor a thread that
   * has more to do.
   */
  public static void write(Level level, String message, @Nullable Throwable thrown) {
    try {
      LOGGER.log(level, message, thrown);
    } catch (Throwable e) {
      // There is nobody left to report this to.
    }
  }
}
