package dev.crosswalk.cors.tck;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What is logged to {@code dev.crosswalk.cors} by {@code java.util.logging} until this is closed,
 * and to nowhere else: for tests of what an adapter warns of. One at a time hears it.
 */
public final class LogLines implements AutoCloseable {

  private final Logger logger = Logger.getLogger("dev.crosswalk.cors");
  private final @Nullable Filter filter = logger.getFilter();
  private final @Nullable Level level = logger.getLevel();
  private final List<String> lines = new CopyOnWriteArrayList<>();

  /** Listens from now on, also where somebody has turned the log off. */
  public LogLines() {
    logger.setFilter(
        line -> {
          lines.add(String.valueOf(line.getMessage()));
          return false;
        });
    logger.setLevel(Level.INFO);
  }

  /** {@return the messages so far, in order} */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** Hands the log back, as it was. */
  @Override
  public void close() {
    logger.setFilter(filter);
    logger.setLevel(level);
  }
}
