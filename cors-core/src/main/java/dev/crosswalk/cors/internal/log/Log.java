package dev.crosswalk.cors.internal.log;

import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
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

  /**
   * Logs what code of an application has thrown, if it is the first time. An error of the virtual
   * machine passes, unless the code itself has called too deep: nobody can go on after it.
   *
   * @param failed whether it has thrown before
   */
  public static void firstFailure(AtomicBoolean failed, String message, Throwable thrown) {
    if (thrown instanceof VirtualMachineError error && !(error instanceof StackOverflowError)) {
      throw error;
    }
    if (!failed.getAndSet(true)) {
      write(Level.WARNING, message, thrown);
    }
  }
}
