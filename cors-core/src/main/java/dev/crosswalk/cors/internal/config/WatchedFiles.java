package dev.crosswalk.cors.internal.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Checks files regularly, and compares their content, because a file can change without a change of
 * its time and size. Events of the file system make it check earlier.
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
        return String.valueOf(failure);
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
  public record Look(Map<Path, Content> contents, List<String> fingerprints) {

    /** Returns what a file had; that it is absent if it is not watched. */
    public Content content(Path file) {
      return contents.getOrDefault(file, Content.ABSENT);
    }
  }

  /** The time between two looks. */
  public interface Waiting extends AutoCloseable {

    /** Returns when a file may have changed, or at the end of this time. */
    void forChange(Duration atMost);

    /** Returns at the end of this time. */
    void through(Duration time);

    /** Ends the waiting for a change, now and from now on. */
    @Override
    void close();
  }

  private final List<Path> files;
  private final Duration interval;
  private final Function<Path, Content> reader;
  private final Waiting waiting;
  private volatile boolean closed;

  /**
   * @param interval the longest time between two looks
   * @param reader reads a file
   * @param waiting waits for a change, and is closed with this
   */
  public WatchedFiles(
      List<Path> files, Duration interval, Function<Path, Content> reader, Waiting waiting) {
    this.files = List.copyOf(files);
    this.interval = interval;
    this.reader = reader;
    this.waiting = waiting;
  }

  /** Returns the first of the files. */
  public Path first() {
    return files.get(0);
  }

  /** Looks at all files now. */
  public Look look() {
    Map<Path, Content> contents = new LinkedHashMap<>();
    List<String> fingerprints = new ArrayList<>();
    for (Path file : files) {
      Content content = reader.apply(file);
      contents.put(file, content);
      fingerprints.add(content.fingerprint());
    }
    return new Look(contents, fingerprints);
  }

  /**
   * Waits for an event or for the interval's end, and looks. What has changed must stay as it is
   * for a quarter of the interval: a file that still changes is half written.
   *
   * @param known the fingerprints of a former look
   * @return what the files have, if it differs from that look and has settled; otherwise null
   */
  public @Nullable Look lookForChange(List<String> known) {
    waiting.forChange(interval);
    Look look = look();
    while (!closed && !look.fingerprints().equals(known)) {
      List<String> before = look.fingerprints();
      waiting.through(interval.dividedBy(4));
      look = look();
      if (look.fingerprints().equals(before)) {
        return look;
      }
    }
    return null;
  }

  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    waiting.close();
  }
}
