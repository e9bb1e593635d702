package dev.crosswalk.cors.internal.config;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for what the file system tells of files. Nobody can rely on it: network drives tell
 * nothing, and no more comes from a directory that is replaced.
 */
public final class FileEvents implements WatchedFiles.Waiting {

  /** Null where the file system has no events, or the system has no watch left to give. */
  private final @Nullable WatchService events;

  /** Names that events have if a file may have changed. */
  private final Set<String> names = new HashSet<>();

  public FileEvents(List<Path> files) {
    events = events(files);
    // What the files of a volume of Kubernetes are linked to, and what it replaces.
    names.add("..data");
    files.forEach(file -> names.add(String.valueOf(file.getFileName())));
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
    long end = System.nanoTime() + atMost.toNanos();
    try {
      boolean changed = false;
      for (long left = atMost.toNanos(); !changed && left > 0; left = end - System.nanoTime()) {
        WatchKey key = events.poll(left, TimeUnit.NANOSECONDS);
        if (key != null) {
          // A log beside the files changes all the time.
          changed = key.pollEvents().stream().anyMatch(this::isOfFile);
          key.reset();
        }
      }
    } catch (ClosedWatchServiceException | InterruptedException e) {
      // Closed, or interrupted by the listener of the last change: then the next look comes early.
    }
  }

  /** Nobody knows of which file it is if there were too many. */
  private boolean isOfFile(WatchEvent<?> event) {
    return event.context() == null || names.contains(event.context().toString());
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
