package dev.crosswalk.cors;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged to {@code dev.crosswalk.cors} until this is closed. */
final class LogLines extends Handler implements AutoCloseable {

  private final Logger logger = Logger.getLogger("dev.crosswalk.cors");
  private final List<String> lines = new CopyOnWriteArrayList<>();

  /** Whether each line ends with an error. */
  volatile boolean fails;

  LogLines() {
    logger.addHandler(this);
  }

  /** Returns the lines since it was last asked. */
  List<String> next() {
    List<String> next = List.copyOf(lines);
    lines.clear();
    return next;
  }

  @Override
  public void publish(LogRecord entry) {
    lines.add(entry.getMessage());
    if (fails) {
      throw new AssertionError("on purpose");
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
