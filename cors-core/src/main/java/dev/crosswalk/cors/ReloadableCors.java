package dev.crosswalk.cors;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides by a policy that can be replaced while requests come in. Every decision is wholly the old
 * policy's or wholly the new one's. See {@link Cors#reloadable} and {@link Cors#watching}.
 */
public final class ReloadableCors extends Combined implements AutoCloseable {

  /**
   * How often files are looked at. Not by notification: that does not come from network drives, nor
   * for the symbolic links by which containers replace their configuration.
   */
  static final Duration INTERVAL = Duration.ofSeconds(1);

  private static final Logger LOGGER = System.getLogger("dev.crosswalk.cors");

  private volatile Cors current;
  private volatile @Nullable Thread watcher;
  private final Object closing = new Object();

  ReloadableCors(@Nullable Cors first) {
    current = checked(first);
  }

  /** Watches files until it is closed. */
  static ReloadableCors watching(
      List<Path> files,
      Supplier<? extends Cors> source,
      Consumer<? super List<PolicyProblem>> listener,
      Duration interval) {
    // First what the files look like, then what they say, lest a change in between be overlooked.
    List<String> seen = files.stream().map(ReloadableCors::look).toList();
    ReloadableCors cors = new ReloadableCors(source.get());
    Thread thread =
        new Thread(() -> cors.watch(files, seen, source, listener, interval), "cors-watching");
    thread.setDaemon(true);
    cors.watcher = thread;
    thread.start();
    return cors;
  }

  private Cors checked(@Nullable Cors cors) {
    if (cors == null || Combined.leads(cors, this)) {
      throw new InvalidCorsPolicyException(
          List.of(
              (cors == null ? ProblemCode.POLICY_MISSING : ProblemCode.POLICY_ITSELF)
                  .at("policy", null, -1, null)));
    }
    return cors;
  }

  /** {@return what decides at the moment} */
  public Cors current() {
    return current;
  }

  /**
   * Replaces what decides. Decisions that have begun end as they began.
   *
   * @param next what decides from now on
   * @throws InvalidCorsPolicyException if it is null, or this object itself, or something of this
   *     library around it; then nothing changes
   */
  public void reload(Cors next) {
    current = checked(next);
  }

  @Override
  List<Cors> parts() {
    return List.of(current);
  }

  @Override
  <Q> Cors chosen(Q request, RequestReader<? super Q> reader) {
    return current;
  }

  /** Stops watching, if it did. What decides at the moment goes on deciding. */
  @Override
  public void close() {
    Thread thread;
    synchronized (closing) {
      thread = watcher;
      watcher = null;
    }
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** {@return what {@link #current()} prints} */
  @Override
  public String toString() {
    return current.toString();
  }

  private void watch(
      List<Path> files,
      List<String> first,
      Supplier<? extends Cors> source,
      Consumer<? super List<PolicyProblem>> listener,
      Duration interval) {
    List<String> loaded = first;
    List<String> before = first;
    while (watcher != null) {
      try {
        Thread.sleep(interval.toMillis());
      } catch (InterruptedException e) {
        return;
      }
      List<String> now = files.stream().map(ReloadableCors::look).toList();
      // A file that still changes is half written.
      if (!now.equals(loaded) && now.equals(before)) {
        loaded = now;
        List<PolicyProblem> problems = reloadFrom(source);
        if (watcher != null) {
          report(listener, files, problems);
        }
      }
      before = now;
    }
  }

  private List<PolicyProblem> reloadFrom(Supplier<? extends Cors> source) {
    try {
      Cors next = checked(source.get());
      synchronized (closing) {
        if (watcher != null) { // Closed while it was loading: whoever did that has the last word.
          current = next;
        }
      }
      return List.of();
    } catch (InvalidCorsPolicyException e) {
      return e.problems();
    } catch (RuntimeException e) {
      return List.of(ProblemCode.CONFIGURATION_UNREADABLE.at("cors", null, -1, null, e));
    }
  }

  private void report(
      Consumer<? super List<PolicyProblem>> listener,
      List<Path> files,
      List<PolicyProblem> problems) {
    if (problems.isEmpty()) {
      LOGGER.log(Level.INFO, () -> "Reloaded the CORS policy from " + files.get(0));
      logWarnings();
    } else {
      LOGGER.log(
          Level.WARNING,
          () -> "The old CORS policy stays. " + InvalidCorsPolicyException.message(problems));
    }
    try {
      listener.accept(problems);
    } catch (RuntimeException e) {
      LOGGER.log(Level.WARNING, "A listener to the CORS policy's reloading failed", e);
    }
  }

  private static String look(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
    } catch (IOException e) {
      return "absent";
    }
  }
}
