package dev.crosswalk.cors;

import dev.crosswalk.cors.internal.config.FileEvents;
import dev.crosswalk.cors.internal.config.WatchedFiles;
import dev.crosswalk.cors.internal.log.Log;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides by a policy that can be replaced while requests arrive. Every decision is made entirely
 * by the old policy or entirely by the new one.
 *
 * <pre>{@code
 * ReloadableCors cors = new ReloadableCors(policyOf(database));
 * onChange(database, () -> cors.reload(policyOf(database)));
 * }</pre>
 *
 * <p>To watch a file, use {@link CorsConfiguration#watching(Path)}.
 */
public final class ReloadableCors extends Combined implements AutoCloseable {

  /** How often files are checked. */
  private static final Duration INTERVAL = Duration.ofMillis(800);

  /** After this time a failure that lasts is reported again. */
  private static final Duration REMINDER = Duration.ofMinutes(10);

  /**
   * One lock for all instances: two that were put into each other at the same time would ask each
   * other forever.
   */
  private static final Object REPLACING = new Object();

  private volatile Cors current;
  private volatile Instant loadedAt;
  private volatile List<PolicyProblem> problems = List.of();
  private volatile @Nullable WatchedFiles files;

  /**
   * Makes a policy that can be replaced.
   *
   * @param first the first policy
   * @throws NullPointerException if it is null
   */
  public ReloadableCors(Cors first) {
    current = checked(first);
    loadedAt = Instant.now();
  }

  /** Watches files until this is closed, on a daemon thread. */
  static ReloadableCors watching(
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
  static ReloadableCors watching(
      WatchedFiles files,
      Function<WatchedFiles.Look, ? extends Cors> source,
      Consumer<? super List<PolicyProblem>> listener,
      Executor background,
      LongSupplier nanoTime) {
    try {
      WatchedFiles.Look first = files.look();
      ReloadableCors cors = new ReloadableCors(source.apply(first));
      cors.files = files;
      background.execute(cors.new Watch(files, source, listener, nanoTime, first));
      return cors;
    } catch (RuntimeException | Error e) {
      files.close();
      throw e;
    }
  }

  private Cors checked(Cors cors) {
    Objects.requireNonNull(cors, "The policy is null: give one, or CorsPolicy.none()");
    if (leads(cors, this)) {
      throw new InvalidCorsPolicyException(
          List.of(ProblemCode.POLICY_ITSELF.at("policy", null, -1, null)));
    }
    return cors;
  }

  /** {@return the policy that is in force now} */
  public Cors current() {
    return current;
  }

  /**
   * {@return when the policy that is in force was passed in or loaded} Useful for a health check,
   * together with {@link #problems()}.
   */
  public Instant loadedAt() {
    return loadedAt;
  }

  /**
   * Returns why the old policy is still in force although the watched files have changed: what is
   * wrong with them now.
   *
   * @return the problems; empty if the newest policy is in force
   */
  public List<PolicyProblem> problems() {
    return problems;
  }

  /**
   * Replaces the policy. Decisions that have begun still use the old one.
   *
   * @param next the new policy
   * @throws NullPointerException if it is null; then nothing changes
   * @throws InvalidCorsPolicyException if it is this object itself, or something of this library
   *     around it; then nothing changes
   */
  public void reload(Cors next) {
    synchronized (REPLACING) {
      current = checked(next);
      loadedAt = Instant.now();
      problems = List.of();
    }
  }

  @Override
  List<Cors> parts() {
    return List.of(current);
  }

  @Override
  <Q> Cors chosen(Q request, RequestReader<? super Q> reader) {
    return current;
  }

  /** Stops watching files, if there are any. The policy that is in force stays in force. */
  @Override
  public void close() {
    synchronized (REPLACING) {
      if (files != null) {
        files.close();
      }
    }
  }

  /** {@return what {@link #current()} prints} */
  @Override
  public String toString() {
    return current.toString();
  }

  /** Ends only when the files are closed. Otherwise a revoked origin would stay allowed. */
  private final class Watch implements Runnable {

    private final WatchedFiles watched;
    private final Function<WatchedFiles.Look, ? extends Cors> source;
    private final Consumer<? super List<PolicyProblem>> listener;
    private final LongSupplier nanoTime;
    private List<String> known;
    private long reported;

    Watch(
        WatchedFiles watched,
        Function<WatchedFiles.Look, ? extends Cors> source,
        Consumer<? super List<PolicyProblem>> listener,
        LongSupplier nanoTime,
        WatchedFiles.Look first) {
      this.watched = watched;
      this.source = source;
      this.listener = listener;
      this.nanoTime = nanoTime;
      known = first.fingerprints();
    }

    @Override
    public void run() {
      while (!watched.isClosed()) {
        try {
          lookForChange();
        } catch (Throwable e) {
          Log.write(Level.WARNING, "The watcher of the CORS policy failed. It tries again.", e);
        }
      }
    }

    private void lookForChange() {
      WatchedFiles.Look look = watched.lookForChange(known);
      boolean isDue = !problems.isEmpty() && nanoTime.getAsLong() - reported > REMINDER.toNanos();
      if (look != null) {
        known = look.fingerprints();
        List<PolicyProblem> before = problems;
        problems = load(look);
        isDue = problems.isEmpty() || !problems.equals(before);
      }
      if (isDue && !watched.isClosed()) {
        reported = nanoTime.getAsLong();
        report(problems);
      }
    }

    private List<PolicyProblem> load(WatchedFiles.Look look) {
      try {
        Cors next = source.apply(look);
        synchronized (REPLACING) {
          // If it was closed while it was loading, nothing changes any more.
          if (!watched.isClosed()) {
            reload(next);
          }
        }
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
          Log.write(Level.INFO, "Reloaded the CORS policy from " + watched.first() + ".", null);
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
