package dev.crosswalk.cors.internal.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Checks files regularly, and compares their content, because a file can change without a change of
 * its time and size. Events of the file system make it check earlier. It does not rely on them:
 * network drives send none, and they are lost with a directory that is replaced.
 */
public final class WatchedFiles implements AutoCloseable {

  /**
   * What a file has.
   *
   * @param bytes what is in it, at most one byte more than {@link PropertyFile#MAX_BYTES}; null if
   *     it is absent or cannot be read
   * @param failure why it cannot be read; null if it can, or is absent
   */
  public record Content(byte @Nullable [] bytes, @Nullable String failure) {

    public static final Content ABSENT = new Content(null, null);

    /** Reads a file. Only a regular one, because opening a named pipe waits for its writer. */
    public static Content of(Path file) {
      try {
        if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
          return new Content(null, "not a regular file");
        }
        try (InputStream stream = Files.newInputStream(file)) {
          return new Content(stream.readNBytes(PropertyFile.MAX_BYTES + 1), null);
        }
      } catch (NoSuchFileException e) {
        return ABSENT;
      } catch (IOException | RuntimeException e) {
        return new Content(null, e.toString());
      }
    }

    String fingerprint() {
      if (bytes == null) {
        return failure == null ? "absent" : failure;
      }
      try {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Every JDK has SHA-256", e);
      }
    }
  }

  /**
   * What all files had at a time.
   *
   * @param fingerprints what to compare looks by; they do not keep the files' content
   */
  public record Look(Map<Path, Content> contents, List<String> fingerprints) {}

  private final List<Path> files;
  private final Duration interval;
  private final Duration settling;
  private final @Nullable WatchService events;
  private volatile boolean closed;

  /**
   * @param interval the longest time between two looks
   * @param settling how long what has changed must stay as it is; a file that still changes is half
   *     written
   */
  public WatchedFiles(List<Path> files, Duration interval, Duration settling) {
    this.files = List.copyOf(files);
    this.interval = interval;
    this.settling = settling;
    this.events = events(files);
  }

  /** Null where the file system has no events, or no more of them. */
  private static @Nullable WatchService events(List<Path> files) {
    WatchService events = null;
    try {
      Set<Path> directories = new LinkedHashSet<>();
      for (Path file : files) {
        directories.add(file.toAbsolutePath().getParent());
      }
      events = files.get(0).getFileSystem().newWatchService();
      for (Path directory : directories) {
        directory.register(
            events,
            StandardWatchEventKinds.ENTRY_CREATE,
            StandardWatchEventKinds.ENTRY_MODIFY,
            StandardWatchEventKinds.ENTRY_DELETE);
      }
    } catch (IOException | RuntimeException e) {
      // Then every change is found by looking.
    }
    return events;
  }

  /** Looks at all files now. */
  public Look look() {
    Map<Path, Content> contents = new LinkedHashMap<>();
    List<String> fingerprints = new ArrayList<>();
    for (Path file : files) {
      Content content = Content.of(file);
      contents.put(file, content);
      fingerprints.add(content.fingerprint());
    }
    return new Look(contents, fingerprints);
  }

  /**
   * Waits for an event or for the interval's end, and looks.
   *
   * @param known the fingerprints of a former look
   * @return what the files have, if it differs from that look and has settled; otherwise null
   */
  public @Nullable Look lookForChange(List<String> known) {
    await(interval);
    Look look = closed ? null : look();
    while (!closed && look != null && !look.fingerprints().equals(known)) {
      List<String> before = look.fingerprints();
      pause(settling);
      look = look();
      if (look.fingerprints().equals(before)) {
        return look;
      }
    }
    return null;
  }

  private void await(Duration time) {
    WatchService service = events;
    if (service == null) {
      pause(time);
      return;
    }
    try {
      WatchKey key = service.poll(time.toNanos(), TimeUnit.NANOSECONDS);
      if (key != null) {
        key.pollEvents();
        key.reset();
      }
    } catch (ClosedWatchServiceException | InterruptedException e) {
      // Closed, or interrupted by the listener of the last change: then this look
      // comes early.
    }
  }

  private void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis(), 1);
    } catch (InterruptedException e) {
      // As above. The next look finds no peace before what changes has settled.
    }
  }

  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    WatchService service = events;
    if (service != null) {
      try {
        service.close();
      } catch (IOException e) {
        // It only costs a descriptor.
      }
    }
  }
}
