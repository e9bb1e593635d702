package dev.crosswalk.cors;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What is logged to {@code dev.crosswalk.cors} until this is closed; nothing else is told of it.
 */
final class LogLines extends Handler implements AutoCloseable {

  private final Logger logger = Logger.getLogger("dev.crosswalk.cors");
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  /** Whether each line ends with an error. */
  volatile boolean fails;

  LogLines() {
    logger.addHandler(this);
    logger.setUseParentHandlers(false);
  }

  List<LogRecord> records() {
    return records;
  }

  List<String> lines() {
    return records.stream().map(LogRecord::getMessage).toList();
  }

  /** Returns the lines since it was last asked. */
  List<String> next() {
    List<String> next = lines();
    clear();
    return next;
  }

  void clear() {
    records.clear();
  }

  @Override
  public void publish(LogRecord entry) {
    records.add(entry);
    if (fails) {
      throw new AssertionError("on purpose");
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
  }
}
