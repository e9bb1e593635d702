package dev.crosswalk.cors.javalin;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;

/** What is logged to {@code dev.crosswalk.cors} until this is closed, and to nowhere else. */
final class LogLines implements AutoCloseable {

  private final Logger logger = Logger.getLogger("dev.crosswalk.cors");
  private final List<String> lines = new CopyOnWriteArrayList<>();

  LogLines() {
    logger.setFilter(
        line -> {
          lines.add(line.getMessage());
          return false;
        });
  }

  List<String> lines() {
    return lines;
  }

  @Override
  public void close() {
    logger.setFilter(null);
  }
}
