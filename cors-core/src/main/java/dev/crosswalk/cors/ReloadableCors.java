package dev.crosswalk.cors;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Decides by a policy that can be replaced while requests arrive. Every decision is made entirely
 * by the old policy or entirely by the new one.
 *
 * <pre>{@code
 * ReloadableCors cors = new ReloadableCors(policyOf(database));
 * onChange(database, () -> cors.reload(policyOf(database)));
 * }</pre>
 *
 * <p>A {@link WatchedCors} is for the policy of a file.
 */
public final class ReloadableCors extends Combined {

  /**
   * One lock for all instances: two that were put into each other at the same time would ask each
   * other forever.
   */
  private static final Object REPLACING = new Object();

  private volatile Cors current;
  private volatile Instant loadedAt;

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

  /** {@return when the policy that is in force was passed in} */
  public Instant loadedAt() {
    return loadedAt;
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

  /** {@return what {@link #current()} prints} */
  @Override
  public String toString() {
    return current.toString();
  }
}
