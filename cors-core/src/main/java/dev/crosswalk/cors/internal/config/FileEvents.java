package dev.crosswalk.cors.internal.config;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for what the file system tells of files. Nobody can rely on it: network drives tell
 * nothing, and no more comes from a directory that is replaced.
 */
public final class FileEvents implements WatchedFiles.Waiting {

  /** Null where the file system has no events, or the system has no watch left to give. */
  private final @Nullable WatchService events;

  public FileEvents(List<Path> files) {
    events = events(files);
  }

  private static @Nullable WatchService events(List<Path> files) {
    WatchService events = null;
    try {
      events = files.get(0).getFileSystem().newWatchService();
      for (Path file : files) {
        // Again for the same directory, it is the same key.
        Objects.requireNonNull(file.toAbsolutePath().getParent())
            .register(
                events,
                StandardWatchEventKinds.ENTRY_CREATE,
                StandardWatchEventKinds.ENTRY_MODIFY,
                StandardWatchEventKinds.ENTRY_DELETE);
      }
    } catch (IOException | RuntimeException e) {
      // The files that are registered by now have events. Changes of the others, or of all, are
      // found by looking.
    }
    return events;
  }

  @Override
  public void forChange(Duration atMost) {
    if (events == null) {
      through(atMost);
      return;
    }
    try {
      WatchKey key = events.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
      if (key != null) {
        key.pollEvents();
        key.reset();
      }
    } catch (ClosedWatchServiceException | InterruptedException e) {
      // Closed, or interrupted by the listener of the last change: then the next look comes early.
    }
  }

  @Override
  public void through(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      // As above.
    }
  }

  @Override
  public void close() {
    if (events != null) {
      try {
        events.close();
      } catch (IOException e) {
        // It only costs a descriptor.
      }
    }
  }
}
