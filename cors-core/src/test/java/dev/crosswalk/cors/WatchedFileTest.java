package dev.crosswalk.cors;

import static dev.crosswalk.cors.ExamplePolicies.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole, on a disk and with a thread. How a watch goes on is in {@link WatchedPolicyTest}. */
@DisplayName("A file that is watched")
class WatchedFileTest {

  @TempDir Path directory;

  @Test
  void is_loaded_when_it_changes() throws Exception {
    Path file = directory.resolve("cors.properties");
    Files.writeString(file, "cors.allowed-origins=https://a.example");
    BlockingQueue<List<PolicyProblem>> reports = new LinkedBlockingQueue<>();
    try (WatchedCors cors = CorsConfiguration.watching(file, reports::add)) {
      assertEquals(only("https://a.example"), cors.current());
      Path next = directory.resolve("next");
      Files.writeString(next, "cors.allowed-origins=https://b.example");
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      assertEquals(List.of(), reports.poll(20, TimeUnit.SECONDS));
      assertEquals(only("https://b.example"), cors.current());
    }
  }

  @Test
  void has_a_thread_that_keeps_no_program_running_and_ends_with_the_watch() throws Exception {
    Path file = directory.resolve("cors.properties");
    Files.writeString(file, "cors.allowed-origins=https://a.example");
    Set<Thread> before = watchers();
    WatchedCors cors = CorsConfiguration.watching(file);
    Set<Thread> after = watchers();
    after.removeAll(before);
    Thread watcher = after.iterator().next();
    assertTrue(watcher.isDaemon());
    cors.close();
    cors.close();
    watcher.join(10_000);
    assertFalse(watcher.isAlive());
  }

  private static Set<Thread> watchers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("cors-watching"))
        .collect(Collectors.toCollection(HashSet::new));
  }

  @Test
  void must_exist_to_begin_with() {
    Path absent = directory.resolve("absent.properties");
    assertThrows(InvalidCorsPolicyException.class, () -> CorsConfiguration.watching(absent));
  }
}
