package dev.crosswalk.cors.cli.grant;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Methods or header names that a policy allows: those it lists, or every one.
 *
 * @param isAny whether names that are not listed are allowed, too
 * @param listed the names that are listed
 * @param except names that even {@code isAny} does not include, unless they are listed
 */
public record Names(boolean isAny, Set<String> listed, Set<String> except) {

  /** Stands for every name that is listed nowhere. */
  static final String OTHER = "X-Listed-Nowhere";

  public Names {
    listed = new LinkedHashSet<>(listed);
  }

  boolean contains(String name) {
    return listed.contains(name) || isAny && !except.contains(name);
  }

  /** Returns the names of this that another one does not have; {@link #OTHER} for all others. */
  List<String> minus(Names other) {
    Set<String> candidates = new LinkedHashSet<>(listed);
    candidates.addAll(other.listed);
    candidates.addAll(except);
    candidates.addAll(other.except);
    candidates.add(OTHER);
    return candidates.stream().filter(name -> contains(name) && !other.contains(name)).toList();
  }
}
