package dev.crosswalk.cors;

import dev.crosswalk.cors.internal.config.Log;
import dev.crosswalk.cors.internal.config.WatchedFiles;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
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

  /**
   * How often files are checked, and how long a changed file must stay unchanged before it is
   * loaded.
   */
  static final Duration INTERVAL = Duration.ofMillis(800);

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
   * @throws InvalidCorsPolicyException if it is null
   */
  public ReloadableCors(Cors first) {
    current = checked(first);
    loadedAt = Instant.now();
  }

  /** Watches files until this is closed. */
  static ReloadableCors watching(
      List<Path> paths,
      Function<WatchedFiles.Look, ? extends Cors> source,
      Consumer<? super List<PolicyProblem>> listener,
      Duration interval) {
    WatchedFiles files = new WatchedFiles(paths, interval, interval.dividedBy(4));
    try {
      WatchedFiles.Look first = files.look();
      ReloadableCors cors = new ReloadableCors(source.apply(first));
      cors.files = files;
      Thread thread =
          new Thread(
              () -> cors.watch(files, first.fingerprints(), paths.get(0), source, listener),
              "cors-watching");
      thread.setDaemon(true);
      thread.start();
      return cors;
    } catch (RuntimeException | Error e) {
      files.close();
      throw e;
    }
  }

  private Cors checked(@Nullable Cors cors) {
    if (cors == null || leads(cors, this)) {
      throw new InvalidCorsPolicyException(
          List.of(
              (cors == null ? ProblemCode.POLICY_MISSING : ProblemCode.POLICY_ITSELF)
                  .at("policy", null, -1, null)));
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
   * @throws InvalidCorsPolicyException if it is null, or this object itself, or something of this
   *     library around it; then nothing changes
   */
  public void reload(Cors next) {
    synchronized (REPLACING) {
      current = checked(next);
      loadedAt = Instant.now();
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
  private void watch(
      WatchedFiles watched,
      List<String> first,
      Path file,
      Function<WatchedFiles.Look, ? extends Cors> source,
      Consumer<? super List<PolicyProblem>> listener) {
    List<String> loaded = first;
    long reported = System.nanoTime();
    while (!watched.isClosed()) {
      try {
        WatchedFiles.Look look = watched.lookForChange(loaded);
        boolean isReminder =
            !problems.isEmpty() && System.nanoTime() - reported > REMINDER.toNanos();
        if (look != null) {
          List<PolicyProblem> before = problems;
          loaded = look.fingerprints();
          problems = reloadFrom(source, look, watched);
          isReminder = problems.isEmpty() || !problems.equals(before);
        }
        if (isReminder && !watched.isClosed()) {
          reported = System.nanoTime();
          report(listener, file, problems);
        }
      } catch (Throwable e) {
        Log.quietly(Level.WARNING, "Watching the CORS policy failed, and goes on", e);
      }
    }
  }

  private List<PolicyProblem> reloadFrom(
      Function<WatchedFiles.Look, ? extends Cors> source,
      WatchedFiles.Look look,
      WatchedFiles watched) {
    try {
      Cors next = source.apply(look);
      synchronized (REPLACING) {
        if (!watched
            .isClosed()) { // If it was closed while it was loading, nothing changes any more.
          current = checked(next);
          loadedAt = Instant.now();
        }
      }
      return List.of();
    } catch (InvalidCorsPolicyException e) {
      return e.problems();
    } catch (RuntimeException | Error e) {
      return List.of(ProblemCode.CONFIGURATION_UNREADABLE.at("cors", null, -1, null, e.toString()));
    }
  }

  private void report(
      Consumer<? super List<PolicyProblem>> listener, Path file, List<PolicyProblem> found) {
    if (found.isEmpty()) {
      Log.quietly(Level.INFO, "Reloaded the CORS policy from " + file, null);
    } else {
      String message = InvalidCorsPolicyException.message(found);
      Log.quietly(Level.WARNING, "The old CORS policy stays. " + message, null);
    }
    try {
      if (found.isEmpty()) {
        logWarnings();
      }
    } finally {
      try {
        listener.accept(found);
      } catch (Throwable e) {
        Log.quietly(Level.WARNING, "A listener to the CORS policy's reloading failed", e);
      }
    }
  }
}
