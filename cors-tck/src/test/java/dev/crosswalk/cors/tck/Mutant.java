package dev.crosswalk.cors.tck;

import dev.crosswalk.cors.tck.MutantServer.Step;
import java.util.List;
import java.util.stream.Stream;

/**
 * A wrong implementation: the reference adapter with one step broken, as real software has it
 * broken. It is caught by rules whose sentence names the defect.
 *
 * @param name unique
 * @param defect what it does wrong
 * @param seenIn where
 * @param killers the ids of the rules that have to catch it
 * @param step what is broken
 */
public record Mutant(String name, String defect, String seenIn, List<String> killers, Step step) {

  private static final List<Mutant> ALL =
      Stream.of(
              OriginMutants.ALL,
              PatternMutants.ALL,
              NullMutants.ALL,
              ClassificationMutants.ALL,
              CredentialsMutants.ALL,
              PreflightMutants.ALL,
              MethodMutants.ALL,
              RequestHeaderMutants.ALL,
              ResponseHeaderMutants.ALL,
              CacheMutants.ALL,
              ErrorMutants.ALL,
              IntegrationMutants.ALL,
              BorderMutants.ALL,
              RobustnessMutants.ALL,
              GuardMutants.ALL)
          .flatMap(List::stream)
          .toList();

  static Mutant mutant(String name, String defect, String seenIn, String killers, Step step) {
    return new Mutant(name, defect, seenIn, List.of(killers.split(" ")), step);
  }

  /** {@return every wrong implementation, family by family} */
  public static List<Mutant> all() {
    return ALL;
  }

  /** {@return a wrong implementation by its name} */
  public static Mutant named(String name) {
    return ALL.stream().filter(mutant -> mutant.name.equals(name)).findFirst().orElseThrow();
  }

  /** {@return whether what is broken is the comparison of origins} */
  public boolean isComparison() {
    return step instanceof MutantServer.Comparison;
  }

  /**
   * Returns which origin a wrong comparison takes another one for.
   *
   * @param configured the origins and patterns that the policy allows
   * @param origin the one that asks
   * @return {@code origin} where the comparison is right
   */
  public String takenFor(List<String> configured, String origin) {
    return ((MutantServer.Comparison) step).takenFor(configured, origin);
  }

  @Override
  public String toString() {
    return name;
  }
}
