package dev.crosswalk.cors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.internal.config.Profiles;
import dev.crosswalk.cors.internal.config.Sources;
import dev.crosswalk.cors.internal.config.WatchedFiles;
import dev.crosswalk.cors.internal.config.WatchedFiles.Content;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Files that are nowhere, a clock that does not run, and a watch that looks when a test says so.
 */
final class FilesByHand implements WatchedFiles.Waiting, Executor {

  static final Path FILE = Path.of("cors.properties");
  static final Duration INTERVAL = Duration.ofMillis(800);

  private final Map<Path, Content> contents = new ConcurrentHashMap<>();
  private final Semaphore waiting = new Semaphore(0);
  private final Semaphore looking = new Semaphore(0);
  private final List<LogLines> logs = new ArrayList<>();
  private @Nullable Thread thread;
  private @Nullable WatchedCors watched;

  /** The time in nanoseconds. */
  final AtomicLong now = new AtomicLong(7);

  /** What happens while a change settles, one after the other. */
  final BlockingQueue<Runnable> whileItSettles = new LinkedBlockingQueue<>();

  /** For how long the watch was to wait, and for how long until a change has settled. */
  final List<Duration> waits = Collections.synchronizedList(new ArrayList<>());

  volatile boolean isClosed;

  /** What reads a file; tests replace it to let it fail. */
  volatile Function<Path, Content> reader = path -> contents.getOrDefault(path, Content.ABSENT);

  FilesByHand() {
    write("cors.allowed-origins=https://a.example");
  }

  void write(String text) {
    write(FILE, text);
  }

  void write(Path file, String text) {
    contents.put(file, new Content(text.getBytes(UTF_8), null));
  }

  void delete() {
    contents.remove(FILE);
  }

  void makeUnreadable() {
    contents.put(FILE, new Content(null, "too many open files"));
  }

  WatchedFiles files(Map<String, String> environment) {
    List<Path> files = Sources.files(FILE, Profiles.of(environment, Map.of()));
    return new WatchedFiles(files, INTERVAL, path -> reader.apply(path), this);
  }

  WatchedCors watch(Consumer<? super List<PolicyProblem>> listener) {
    return watch(Map.of(), listener);
  }

  WatchedCors watch(
      Map<String, String> environment, Consumer<? super List<PolicyProblem>> listener) {
    return watch(
        environment,
        look -> CorsConfiguration.load(FILE, look::content, environment, Map.of()),
        listener);
  }

  WatchedCors watch(
      Map<String, String> environment,
      Function<WatchedFiles.Look, Cors> source,
      Consumer<? super List<PolicyProblem>> listener) {
    WatchedCors cors = WatchedCors.watching(files(environment), source, listener, this, now::get);
    watched = cors;
    awaitWaiting();
    return cors;
  }

  @Override
  public void execute(Runnable watch) {
    thread = new Thread(watch);
    thread.setDaemon(true);
    thread.start();
  }

  /** Lets the watch look once, and returns when it waits again. */
  void look() {
    looking.release();
    awaitWaiting();
  }

  private void awaitWaiting() {
    try {
      assertTrue(waiting.tryAcquire(30, TimeUnit.SECONDS), "the watch does not wait for a change");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lets the watch look a last time, and returns when it has ended. */
  void lookForTheLastTime() throws InterruptedException {
    looking.release();
    thread.join(30_000);
    assertFalse(thread.isAlive(), "the watch has not ended");
  }

  /** Returns what is logged until the {@link #end()}. */
  LogLines log() {
    LogLines log = new LogLines();
    logs.add(log);
    return log;
  }

  /** Ends the watch, if there is one. */
  void end() throws InterruptedException {
    logs.forEach(LogLines::close);
    if (watched != null) {
      watched.close();
      lookForTheLastTime();
    }
  }

  @Override
  public void forChange(Duration atMost) {
    waits.add(atMost);
    waiting.release();
    looking.acquireUninterruptibly();
  }

  @Override
  public void through(Duration time) {
    waits.add(time);
    Runnable next = whileItSettles.poll();
    if (next != null) {
      next.run();
    }
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
