package dev.crosswalk.cors;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Its tests wait for files to be noticed. */
@DisplayName("A policy whose file is watched")
class WatchedPolicyTest {

  private static ReloadableCors watching(
      Path file, BlockingQueue<List<PolicyProblem>> reports, Map<String, String> environment) {
    return CorsConfiguration.watching(
        file, reports::add, environment, Map.of(), Duration.ofMillis(20));
  }

  private static CorsPolicy only(String origin) {
    return CorsPolicy.builder().allowOrigins(origin).build();
  }

  private static List<PolicyProblem> next(BlockingQueue<List<PolicyProblem>> reports)
      throws InterruptedException {
    List<PolicyProblem> report = reports.poll(10, TimeUnit.SECONDS);
    assertTrue(report != null, "nothing was reported");
    return report;
  }

  @Test
  @Timeout(60)
  void aWatchedFileIsLoadedWheneverItChanges(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("cors.properties");
    replace(file, "cors.allowed-origins=https://a.example");
    BlockingQueue<List<PolicyProblem>> reports = new LinkedBlockingQueue<>();
    ReloadableCors cors = watching(file, reports, Map.of());
    try {
      assertEquals(only("https://a.example"), cors.current());

      replace(file, "cors.allowed-origins=https://longer.example");
      assertEquals(List.of(), next(reports));
      assertEquals(only("https://longer.example"), cors.current());

      replace(file, "cors.allowed-origins=https://a.example/");
      assertEquals(
          List.of(ProblemCode.ORIGIN_TRAILING_SLASH),
          next(reports).stream().map(PolicyProblem::code).toList());
      assertEquals(only("https://longer.example"), cors.current(), "the old one stays");

      Files.delete(file);
      assertEquals(ProblemCode.CONFIGURATION_FILE_MISSING, next(reports).get(0).code());
      assertEquals(only("https://longer.example"), cors.current(), "the old one stays");

      Path elsewhere = directory.resolve("new.properties");
      Files.writeString(elsewhere, "cors.allowed-origins=https://b.example");
      Files.move(elsewhere, file, StandardCopyOption.ATOMIC_MOVE);
      assertEquals(List.of(), next(reports));
      assertEquals(only("https://b.example"), cors.current());

      cors.close();
      replace(file, "cors.allowed-origins=https://unseen.example");
      assertNull(reports.poll(300, TimeUnit.MILLISECONDS), "it is closed");
      assertEquals(only("https://b.example"), cors.current(), "what decides goes on");
    } finally {
      cors.close();
    }
  }

  @Test
  @Timeout(60)
  void whatIsLoadedAfterClosingComesTooLate(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("cors.properties");
    replace(file, "cors.allowed-origins=https://a.example");
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    CountDownLatch loaded = new CountDownLatch(1);
    AtomicBoolean first = new AtomicBoolean(true);
    BlockingQueue<List<PolicyProblem>> reports = new LinkedBlockingQueue<>();
    ReloadableCors cors =
        ReloadableCors.watching(
            List.of(file),
            look -> {
              if (!first.getAndSet(false)) {
                loading.countDown();
                awaitUninterruptibly(closed);
                loaded.countDown();
              }
              return only("https://a.example");
            },
            reports::add,
            Duration.ofMillis(20));
    replace(file, "cors.allowed-origins=https://bb.example");
    assertTrue(loading.await(10, TimeUnit.SECONDS));
    cors.close();
    cors.reload(CorsPolicy.none());
    closed.countDown();
    assertTrue(loaded.await(10, TimeUnit.SECONDS));
    assertEquals(null, reports.poll(200, TimeUnit.MILLISECONDS));
    assertSame(CorsPolicy.none(), cors.current());
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = true;
    while (interrupted) {
      try {
        latch.await();
        interrupted = false;
      } catch (InterruptedException e) {
        // Closing interrupts; this one has its work to do.
      }
    }
  }

  @Test
  @Timeout(60)
  void theProfilesFileIsWatchedToo(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("cors.properties");
    Path ofProfile = directory.resolve("cors-prod.properties");
    replace(file, "cors.allowed-origins=https://a.example");
    BlockingQueue<List<PolicyProblem>> reports = new LinkedBlockingQueue<>();
    try (ReloadableCors cors = watching(file, reports, Map.of("CORS_PROFILE", "prod"))) {
      replace(ofProfile, "cors.allowed-origins=http://localhost:*");
      assertEquals(ProblemCode.ORIGIN_LOOPBACK_IN_PRODUCTION, next(reports).get(0).code());
      replace(ofProfile, "cors.allowed-origins=https://b.example");
      assertEquals(List.of(), next(reports));
      assertEquals(only("https://b.example"), cors.current());
    }
  }

  @Test
  @Timeout(60)
  void theGuardOfAWatchedFileComesAndGoes(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("cors.properties");
    String policy = "cors.allowed-origins=https://a.example\n";
    replace(file, policy);
    BlockingQueue<List<PolicyProblem>> reports = new LinkedBlockingQueue<>();
    try (ReloadableCors cors = watching(file, reports, Map.of())) {
      CrossOriginGuard guard =
          CrossOriginGuard.around(only("https://a.example")).exemptPaths("/webhook").build();

      replace(file, policy + "cors.guard.enabled=true\ncors.guard.exempt-paths=/webhook\n");
      assertEquals(List.of(), next(reports));
      assertEquals(guard, cors.current());

      replace(file, policy + "cors.guard.exempt-paths=/webhook\n");
      assertEquals(
          List.of(ProblemCode.GUARD_NOT_ENABLED),
          next(reports).stream().map(PolicyProblem::code).toList());
      assertEquals(guard, cors.current(), "the old one stays");

      replace(file, policy + "cors.guard.enabled=false\n");
      assertEquals(List.of(), next(reports));
      assertEquals(only("https://a.example"), cors.current());
    }
  }

  @Test
  @Timeout(60)
  void aListenerThatFailsDoesNotEndTheWatch(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("cors.properties");
    replace(file, "cors.allowed-origins=https://a.example");
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    try (ReloadableCors cors =
        CorsConfiguration.watching(
            file,
            problems -> {
              told.add("told");
              throw new IllegalStateException("on purpose");
            },
            Map.of(),
            Map.of(),
            Duration.ofMillis(20))) {
      for (String origin : List.of("https://bb.example", "https://ccc.example")) {
        writeOrigin(file, origin);
        assertEquals("told", told.poll(10, TimeUnit.SECONDS));
        assertEquals(only(origin), cors.current());
      }
    }
  }

  @Test
  @Timeout(60)
  void theLogTellsWhatIsLoadedAndWhatIsNot(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("cors.properties");
    replace(file, "cors.allowed-origins=https://a.example");
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            lines.add(entry.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("dev.crosswalk.cors");
    logger.addHandler(handler);
    Runnable failing =
        () -> {
          throw new IllegalStateException("on purpose");
        };
    try (ReloadableCors cors = watching(file, told, failing)) {
      replace(file, "cors.allowed-origins=https://b.example\ncors.allowed-methods=patch");
      assertEquals("loaded", told(told));
      assertEquals("Reloaded the CORS policy from " + file, told(lines));
      assertEquals(cors.warnings().get(0).toString(), told(lines));
      assertEquals("A listener to the CORS policy's reloading failed", told(lines));

      replace(file, "cors.allowed-origins=https://b.example/");
      assertEquals(ProblemCode.ORIGIN_TRAILING_SLASH.name(), told(told));
      String line = told(lines);
      assertTrue(
          line.startsWith("The old CORS policy stays. The CORS policy has 1 problem:"), line);
      assertEquals("A listener to the CORS policy's reloading failed", told(lines));
      assertTrue(lines.isEmpty(), lines::toString);
    } finally {
      logger.removeHandler(handler);
    }
  }

  /** A listener of which nothing is known but that it does something after each report. */
  private static ReloadableCors watching(Path file, BlockingQueue<String> told, Runnable then) {
    return CorsConfiguration.watching(
        file,
        problems -> {
          told.add(problems.isEmpty() ? "loaded" : problems.get(0).code().name());
          then.run();
        },
        Map.of(),
        Map.of(),
        Duration.ofMillis(20));
  }

  private static String told(BlockingQueue<String> told) throws InterruptedException {
    return told.poll(10, TimeUnit.SECONDS);
  }

  private static void writeOrigin(Path file, String origin) throws IOException {
    replace(file, "cors.allowed-origins=" + origin);
  }

  /**
   * At once. A file that is written in place is empty for a moment, and on a busy machine this
   * moment is longer than the few milliseconds after which a file has settled here.
   */
  private static void replace(Path file, String text) throws IOException {
    Path next = file.resolveSibling("next");
    Files.writeString(next, text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  @Timeout(60)
  void anErrorOfAListenerDoesNotEndTheWatch(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("cors.properties");
    writeOrigin(file, "https://a.example");
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    Runnable error =
        () -> {
          throw new AssertionError("on purpose");
        };
    try (ReloadableCors cors = watching(file, told, error)) {
      for (String origin : List.of("https://b.example", "https://c.example")) {
        writeOrigin(file, origin);
        assertEquals("loaded", told(told));
        assertEquals(only(origin), cors.current());
      }
    }
  }

  @Test
  @Timeout(60)
  void aListenerThatInterruptsDoesNotEndTheWatch(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("cors.properties");
    writeOrigin(file, "https://a.example");
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    try (ReloadableCors cors = watching(file, told, () -> Thread.currentThread().interrupt())) {
      for (String origin : List.of("https://b.example", "https://c.example")) {
        writeOrigin(file, origin);
        assertEquals("loaded", told(told));
        assertEquals(only(origin), cors.current());
      }
    }
  }

  @Test
  @Timeout(60)
  void aHandlerOfTheLogThatFailsDoesNotEndTheWatch(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("cors.properties");
    writeOrigin(file, "https://a.example");
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    Logger logger = Logger.getLogger("dev.crosswalk.cors");
    Handler failing =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            throw new AssertionError("on purpose");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(failing);
    try (ReloadableCors cors = watching(file, told, () -> {})) {
      for (String origin :
          List.of("https://b.example", "https://c.example/", "https://d.example")) {
        writeOrigin(file, origin);
        assertEquals(origin.endsWith("/") ? "ORIGIN_TRAILING_SLASH" : "loaded", told(told));
      }
      assertEquals(only("https://d.example"), cors.current());
    } finally {
      logger.removeHandler(failing);
    }
  }

  @Test
  @Timeout(60)
  void aChangeOfTheSameSizeAndTimeIsSeen(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("cors.properties");
    writeOrigin(file, "https://a.example");
    FileTime time = Files.getLastModifiedTime(file);
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    try (ReloadableCors cors = watching(file, told, () -> {})) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap("cors.allowed-origins=https://b.example".getBytes(US_ASCII)));
      }
      Files.setLastModifiedTime(file, time);
      assertEquals("loaded", told(told));
      assertEquals(only("https://b.example"), cors.current());
    }
  }

  /** A directory in the file's place cannot be read by anybody. */
  @Test
  @Timeout(60)
  void whatCannotBeReadAtOneLookIsLoadedAtTheNext(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("cors.properties");
    Path aside = directory.resolve("aside");
    writeOrigin(file, "https://a.example");
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    try (ReloadableCors cors = watching(file, told, () -> {})) {
      Instant first = cors.loadedAt();
      Files.writeString(aside, "cors.allowed-origins=https://b.example");
      Files.delete(file);
      Files.createDirectory(file);
      assertEquals("CONFIGURATION_UNREADABLE", unlessMissing(told));
      assertEquals(ProblemCode.CONFIGURATION_UNREADABLE, cors.problems().get(0).code());
      assertEquals(first, cors.loadedAt());
      assertEquals(only("https://a.example"), cors.current(), "the old one stays");
      assertNull(told.poll(300, TimeUnit.MILLISECONDS), "said once");

      Files.delete(file);
      Files.move(aside, file);
      assertEquals("loaded", unlessMissing(told));
      assertEquals(List.of(), cors.problems());
      assertTrue(cors.loadedAt().isAfter(first));
      assertEquals(only("https://b.example"), cors.current());
    }
  }

  /** Between the removal of a file and its next form a look may find nothing. */
  private static String unlessMissing(BlockingQueue<String> told) throws InterruptedException {
    String first = told(told);
    return "CONFIGURATION_FILE_MISSING".equals(first) ? told(told) : first;
  }

  @Test
  @Timeout(60)
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aNamedPipeInTheFilesPlaceDoesNotBlock(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("cors.properties");
    writeOrigin(file, "https://a.example");
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    try (ReloadableCors cors = watching(file, told, () -> {})) {
      Files.delete(file);
      assertEquals(0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());
      assertEquals("CONFIGURATION_UNREADABLE", unlessMissing(told));
      Files.delete(file);
      writeOrigin(file, "https://b.example");
      assertEquals("loaded", unlessMissing(told));
      assertEquals(only("https://b.example"), cors.current());
    }
  }

  /** As Kubernetes replaces a configuration: the file is a link through a link that is swapped. */
  @Test
  @Timeout(60)
  void aLinkThatIsSwappedIsSeen(@TempDir Path directory) throws Exception {
    for (String version : List.of("1", "2")) {
      Files.createDirectory(directory.resolve(version));
      writeOrigin(directory.resolve(version).resolve("cors.properties"), "https://v" + version);
    }
    Path data = directory.resolve("..data");
    Files.createSymbolicLink(data, Path.of("1"));
    Path file = directory.resolve("cors.properties");
    Files.createSymbolicLink(file, Path.of("..data", "cors.properties"));
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    try (ReloadableCors cors = watching(file, told, () -> {})) {
      assertEquals(only("https://v1"), cors.current());
      Path next = directory.resolve("..data_tmp");
      Files.createSymbolicLink(next, Path.of("2"));
      Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
      assertEquals("loaded", told(told));
      assertEquals(only("https://v2"), cors.current());
    }
  }

  /** The half of this file is a policy, too, and not the one that was meant. */
  @Test
  @Timeout(60)
  void aFileThatIsHalfWrittenIsNotLoaded(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("cors.properties");
    writeOrigin(file, "https://a.example");
    BlockingQueue<List<PolicyProblem>> reports = new LinkedBlockingQueue<>();
    try (ReloadableCors cors =
        CorsConfiguration.watching(
            file, reports::add, Map.of(), Map.of(), Duration.ofMillis(1_000))) {
      Files.writeString(file, "cors.allowed-origins=https://b.example");
      for (int i = 0; i < 20; i++) {
        Thread.sleep(50);
        assertEquals(only("https://a.example"), cors.current(), "half of it is loaded");
        Files.writeString(file, ", https://b" + i + ".example", StandardOpenOption.APPEND);
      }
      Files.writeString(file, "\ncors.allow-credentials=true", StandardOpenOption.APPEND);
      assertEquals(List.of(), next(reports));
      assertTrue(cors.current().toString().endsWith("allow-credentials=true"));
    }
  }

  @Test
  @Timeout(60)
  void theThreadThatWatchesKeepsNoProgramRunningAndEndsWithIt(@TempDir Path directory)
      throws Exception {
    Path file = directory.resolve("cors.properties");
    writeOrigin(file, "https://a.example");
    Set<Thread> before = watchers();
    ReloadableCors cors = CorsConfiguration.watching(file);
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
  void aFileThatIsWrongToBeginWithIsAnError(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("cors.properties");
    assertThrows(InvalidCorsPolicyException.class, () -> CorsConfiguration.watching(file));
    replace(file, "cors.allowed-origins=*");
    try (ReloadableCors cors = CorsConfiguration.watching(file)) {
      assertEquals(only("*"), cors.current());
    }
  }
}
