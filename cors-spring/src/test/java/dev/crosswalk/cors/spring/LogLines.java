package dev.crosswalk.cors.spring;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged to {@code dev.crosswalk.cors} until this is closed. */
final class LogLines extends Handler implements AutoCloseable {

  private final Logger logger = Logger.getLogger("dev.crosswalk.cors");
  private final List<String> lines = new CopyOnWriteArrayList<>();

  LogLines() {
    // An application that has run before may have turned everything off.
    logger.setLevel(Level.ALL);
    logger.addHandler(this);
  }

  /** Returns each line behind its level. */
  List<String> lines() {
    return lines;
  }

  @Override
  public void publish(LogRecord entry) {
    lines.add(entry.getLevel().getName() + " " + entry.getMessage());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setLevel(null);
  }
}
