package dev.crosswalk.cors.internal.config;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.internal.config.WatchedFiles.Content;
import dev.crosswalk.cors.internal.config.WatchedFiles.Look;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A look at a file")
class WatchedFilesTest {

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void write() throws Exception {
    file = directory.resolve("cors.properties");
    Files.writeString(file, "one");
  }

  private Look look() {
    List<Path> files = List.of(file);
    try (FileEvents events = new FileEvents(files);
        WatchedFiles watched = new WatchedFiles(files, Duration.ZERO, Content::of, events)) {
      return watched.look();
    }
  }

  private void assertIsDifferentFrom(Look before) {
    Look now = look();
    assertNotEquals(before.fingerprints(), now.fingerprints());
    assertEquals(now.fingerprints(), look().fingerprints());
  }

  @Test
  void sees_its_content() {
    Content content = look().content(file);
    assertArrayEquals("one".getBytes(US_ASCII), content.bytes());
    assertNull(content.failure());
  }

  @Test
  void sees_that_it_is_absent() throws Exception {
    Look before = look();
    Files.delete(file);
    assertIsDifferentFrom(before);
    assertEquals(Content.ABSENT, look().content(file));
    assertSame(Content.ABSENT, before.content(directory.resolve("not-watched")));
  }

  @Test
  void sees_a_change_of_the_same_size_and_time() throws Exception {
    Look before = look();
    FileTime time = Files.getLastModifiedTime(file);
    Files.writeString(file, "two");
    Files.setLastModifiedTime(file, time);
    assertIsDifferentFrom(before);
  }

  @Test
  void reads_no_more_than_tells_that_it_is_too_long() throws Exception {
    Files.write(file, new byte[PropertyFile.MAX_BYTES + 2]);
    byte[] bytes = look().content(file).bytes();
    assertEquals(PropertyFile.MAX_BYTES + 1, bytes.length);
  }

  @Test
  void sees_that_a_directory_cannot_be_read() throws Exception {
    Look before = look();
    Files.delete(file);
    Files.createDirectory(file);
    assertIsDifferentFrom(before);
    assertEquals(new Content(null, "not a regular file"), look().content(file));
  }

  /** To open a named pipe waits for who writes to it. */
  @Test
  @Timeout(60)
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void is_not_blocked_by_a_named_pipe() throws Exception {
    Files.delete(file);
    assertEquals(0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());
    assertEquals(new Content(null, "not a regular file"), look().content(file));
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void sees_that_it_cannot_be_reached() throws Exception {
    Files.delete(file);
    Files.createSymbolicLink(file, file.getFileName());
    Content content = look().content(file);
    assertNull(content.bytes());
    assertTrue(content.failure().contains("FileSystemException"), content.failure());
  }

  /** As Kubernetes replaces a configuration: the file is a link through a link that is swapped. */
  @Test
  void sees_a_link_that_is_swapped() throws Exception {
    Files.delete(file);
    for (String version : List.of("1", "2")) {
      Path place = Files.createDirectory(directory.resolve(version));
      Files.writeString(place.resolve("cors.properties"), version);
    }
    Path data = directory.resolve("..data");
    Files.createSymbolicLink(data, Path.of("1"));
    Files.createSymbolicLink(file, Path.of("..data", "cors.properties"));
    Look before = look();
    Path next = directory.resolve("..data_tmp");
    Files.createSymbolicLink(next, Path.of("2"));
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
    assertIsDifferentFrom(before);
    assertArrayEquals("2".getBytes(US_ASCII), look().content(file).bytes());
  }

  @Test
  void tells_each_state_from_each_other() {
    Set<String> fingerprints = new HashSet<>();
    List<Content> contents =
        List.of(
            Content.ABSENT,
            new Content(null, "one"),
            new Content(null, "two"),
            new Content("one".getBytes(US_ASCII), null),
            new Content("two".getBytes(US_ASCII), null),
            new Content(new byte[0], null));
    for (Content content : contents) {
      assertTrue(fingerprints.add(content.fingerprint()), content::toString);
    }
  }
}
