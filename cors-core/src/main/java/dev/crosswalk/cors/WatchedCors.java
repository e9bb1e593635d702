package dev.crosswalk.cors;

import dev.crosswalk.cors.internal.config.FileEvents;
import dev.crosswalk.cors.internal.config.WatchedFiles;
import dev.crosswalk.cors.internal.log.Log;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Decides by the policy of a file, which is loaded again when the file changes. {@link
 * CorsConfiguration#watching(Path)} makes it. Every decision is made entirely by the old policy or
 * entirely by the new one.
 *
 * <p>Only the files change the policy. To replace it by code as well, put this into a {@link
 * ReloadableCors}:
 *
 * <pre>{@code
 * WatchedCors file = CorsConfiguration.watching(Path.of("conf/cors.properties"));
 * ReloadableCors cors = new ReloadableCors(file);
 * cors.reload(CorsPolicy.none()); // in an emergency
 * cors.reload(file);
 * }</pre>
 */
public final class WatchedCors extends Combined implements AutoCloseable {

  /** How often files are checked. */
  private static final Duration INTERVAL = Duration.ofMillis(800);

  /** After this time a failure that lasts is reported again. */
  private static final Duration REMINDER = Duration.ofMinutes(10);

  private final WatchedFiles files;
  private volatile Cors current;
  private volatile Instant loadedAt;
  private volatile List<PolicyProblem> problems = List.of();

  private WatchedCors(WatchedFiles files, Cors first) {
    this.files = files;
    current = first;
    loadedAt = Instant.now();
  }

  /** Watches files until this is closed, on a daemon thread. */
  static WatchedCors watching(
      List<Path> paths,
      Function<WatchedFiles.Look, ? extends Cors> source,
      Consumer<? super List<PolicyProblem>> listener) {
    return watching(
        new WatchedFiles(paths, INTERVAL, WatchedFiles.Content::of, new FileEvents(paths)),
        source,
        listener,
        watch -> {
          Thread thread = new Thread(watch, "cors-watching");
          thread.setDaemon(true);
          thread.start();
        },
        System::nanoTime);
  }

  /**
   * @param background runs the watch, which lasts until this is closed
   */
  static WatchedCors watching(
      WatchedFiles files,
      Function<WatchedFiles.Look, ? extends Cors> source,
      Consumer<? super List<PolicyProblem>> listener,
      Executor background,
      LongSupplier nanoTime) {
    try {
      WatchedFiles.Look first = files.look();
      WatchedCors cors = new WatchedCors(files, source.apply(first));
      background.execute(cors.new Watch(source, listener, nanoTime, first));
      return cors;
    } catch (RuntimeException | Error e) {
      files.close();
      throw e;
    }
  }

  /** {@return the policy that is in force now} */
  public Cors current() {
    return current;
  }

  /**
   * {@return when the policy that is in force was loaded} Useful for a health check, together with
   * {@link #problems()}.
   */
  public Instant loadedAt() {
    return loadedAt;
  }

  /**
   * Returns why the old policy is still in force although the files have changed: what is wrong
   * with them now.
   *
   * @return the problems; empty if the newest policy is in force
   */
  public List<PolicyProblem> problems() {
    return problems;
  }

  @Override
  List<Cors> parts() {
    return List.of(current);
  }

  @Override
  <Q> Cors chosen(Q request, RequestReader<? super Q> reader) {
    return current;
  }

  /** Stops watching. The policy that is in force stays in force. */
  @Override
  public synchronized void close() {
    files.close();
  }

  /** If this was closed while the policy was loading, nothing changes any more. */
  private synchronized void replace(Cors next) {
    if (!files.isClosed()) {
      current = next;
      loadedAt = Instant.now();
    }
  }

  /** {@return what {@link #current()} prints} */
  @Override
  public String toString() {
    return current.toString();
  }

  /** Ends only when the files are closed. Otherwise a revoked origin would stay allowed. */
  private final class Watch implements Runnable {

    private final Function<WatchedFiles.Look, ? extends Cors> source;
    private final Consumer<? super List<PolicyProblem>> listener;
    private final LongSupplier nanoTime;
    private List<String> known;
    private long reported;

    Watch(
        Function<WatchedFiles.Look, ? extends Cors> source,
        Consumer<? super List<PolicyProblem>> listener,
        LongSupplier nanoTime,
        WatchedFiles.Look first) {
      this.source = source;
      this.listener = listener;
      this.nanoTime = nanoTime;
      known = first.fingerprints();
    }

    @Override
    public void run() {
      while (!files.isClosed()) {
        try {
          lookForChange();
        } catch (Throwable e) {
          Log.write(Level.WARNING, "The watcher of the CORS policy failed. It tries again.", e);
        }
      }
    }

    private void lookForChange() {
      WatchedFiles.Look look = files.lookForChange(known);
      boolean isDue = !problems.isEmpty() && nanoTime.getAsLong() - reported > REMINDER.toNanos();
      if (look != null) {
        known = look.fingerprints();
        List<PolicyProblem> before = problems;
        problems = load(look);
        isDue = problems.isEmpty() || !problems.equals(before);
      }
      if (isDue && !files.isClosed()) {
        reported = nanoTime.getAsLong();
        report(problems);
      }
    }

    private List<PolicyProblem> load(WatchedFiles.Look look) {
      try {
        replace(source.apply(look));
        return List.of();
      } catch (InvalidCorsPolicyException e) {
        return e.problems();
      } catch (RuntimeException | Error e) {
        return List.of(
            ProblemCode.CONFIGURATION_UNREADABLE.at(
                PolicyProblem.NO_SETTING, null, -1, null, e.toString()));
      }
    }

    private void report(List<PolicyProblem> found) {
      try {
        if (found.isEmpty()) {
          Log.write(Level.INFO, "Reloaded the CORS policy from " + files.first() + ".", null);
          logWarnings();
        } else {
          String message = InvalidCorsPolicyException.message(found);
          Log.write(Level.WARNING, "The old CORS policy stays. " + message, null);
        }
      } finally {
        try {
          listener.accept(found);
        } catch (Throwable e) {
          Log.write(Level.WARNING, "A listener to the reloading of the CORS policy failed.", e);
        }
      }
    }
  }
}
