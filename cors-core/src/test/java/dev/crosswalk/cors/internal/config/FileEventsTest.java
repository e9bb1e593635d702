package dev.crosswalk.cors.internal.config;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Of a Mac the JDK asks every few seconds, and hears no events. */
@DisplayName("Events of the file system")
@EnabledOnOs({OS.LINUX, OS.WINDOWS})
@Timeout(60)
class FileEventsTest {

  /** Who waits until its end fails. */
  private static final Duration LONG = Duration.ofHours(1);

  private static final Duration SHORT = Duration.ofMillis(20);

  @TempDir Path directory;

  /** Two events may come of one change. */
  private static void waitUntilThereIsNone(FileEvents events) {
    for (int i = 0; i < 100; i++) {
      long start = System.nanoTime();
      events.forChange(SHORT);
      if (System.nanoTime() - start >= SHORT.toNanos()) {
        return;
      }
    }
    throw new AssertionError("it never waits");
  }

  @Test
  void end_the_waiting_for_each_change_in_each_directory() throws IOException {
    Path one = Files.createDirectory(directory.resolve("one")).resolve("file");
    Path other = Files.createDirectory(directory.resolve("other")).resolve("file");
    try (FileEvents events = new FileEvents(List.of(one, other))) {
      waitUntilThereIsNone(events);
      for (Path file : List.of(one, other, one)) {
        Files.writeString(file, "created or written");
        events.forChange(LONG);
        waitUntilThereIsNone(events);
        Files.delete(file);
        events.forChange(LONG);
        waitUntilThereIsNone(events);
      }
    }
  }

  @Test
  void of_other_files_do_not_end_the_waiting() throws IOException {
    try (FileEvents events = new FileEvents(List.of(directory.resolve("file")))) {
      waitUntilThereIsNone(events);
      Files.writeString(directory.resolve("log"), "a line");
      long start = System.nanoTime();
      events.forChange(SHORT);
      assertTrue(System.nanoTime() - start >= SHORT.toNanos());
    }
  }

  /** Kubernetes replaces the directory to which the files are linked. */
  @Test
  void end_the_waiting_where_kubernetes_replaces_all_files() throws IOException {
    try (FileEvents events = new FileEvents(List.of(directory.resolve("file")))) {
      waitUntilThereIsNone(events);
      Files.createDirectory(directory.resolve("..data"));
      events.forChange(LONG);
    }
  }

  @Test
  void are_not_needed_where_a_directory_is_absent() throws IOException {
    Path file = directory.resolve("absent").resolve("file");
    try (FileEvents events = new FileEvents(List.of(file))) {
      waitUntilThereIsNone(events);
    }
  }

  /** The file system of a zip file has none. */
  @Test
  void are_not_needed() throws IOException {
    URI zip = URI.create("jar:" + directory.resolve("files.zip").toUri());
    try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"));
        FileEvents events = new FileEvents(List.of(files.getPath("/file")))) {
      long start = System.nanoTime();
      events.forChange(SHORT);
      assertTrue(System.nanoTime() - start >= SHORT.toNanos());
    }
  }

  @Test
  void let_a_pause_be() throws IOException {
    Path file = directory.resolve("file");
    try (FileEvents events = new FileEvents(List.of(file))) {
      Files.writeString(file, "changed");
      long start = System.nanoTime();
      events.through(SHORT);
      assertTrue(System.nanoTime() - start >= SHORT.toNanos());
    }
  }

  @Test
  void do_not_wait_once_they_are_closed() {
    FileEvents events = new FileEvents(List.of(directory.resolve("file")));
    events.close();
    assertTimeoutPreemptively(Duration.ofSeconds(30), () -> events.forChange(LONG));
  }

  /** A listener may leave its thread interrupted. Then it is not interrupted in its next wait. */
  @Test
  void do_not_wait_on_a_thread_that_is_interrupted() {
    try (FileEvents events = new FileEvents(List.of(directory.resolve("file")))) {
      Thread.currentThread().interrupt();
      events.forChange(LONG);
      assertFalse(Thread.currentThread().isInterrupted());
      Thread.currentThread().interrupt();
      events.through(LONG);
      assertFalse(Thread.currentThread().isInterrupted());
    }
  }
}
