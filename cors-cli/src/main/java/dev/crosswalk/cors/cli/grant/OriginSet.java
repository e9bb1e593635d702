package dev.crosswalk.cors.cli.grant;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Origins that a policy allows, or that a guard trusts: every one, or those of some ranges. */
public final class OriginSet {

  /** The origin of documents that have none of their own; it is in no range. */
  static final String NULL = "null";

  /** What nobody lists, in words that a reader takes for an example. */
  private static final List<String> WORDS = List.of("some", "other", "x");

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

  static final OriginSet NOBODY = new OriginSet(false, List.of());
  static final OriginSet EVERYBODY = new OriginSet(true, List.of());

  private final boolean isAny;
  private final boolean hasNull;
  private final Set<String> exact = new LinkedHashSet<>();
  private final List<OriginRange> wild = new ArrayList<>();

  private OriginSet(boolean isAny, List<String> patterns) {
    this.isAny = isAny;
    hasNull = patterns.contains(NULL);
    for (String pattern : patterns) {
      if (!pattern.equals(NULL)) {
        OriginRange range = OriginRange.of(pattern);
        if (range.isOne()) {
          exact.add(pattern);
        } else {
          wild.add(range);
        }
      }
    }
  }

  /** Reads what a policy prints: origins and patterns, a single {@code *}, or {@code none}. */
  static OriginSet of(List<String> patterns) {
    if (patterns.contains("*")) {
      return EVERYBODY;
    }
    return patterns.isEmpty() || patterns.contains("none")
        ? NOBODY
        : new OriginSet(false, patterns);
  }

  boolean isAny() {
    return isAny;
  }

  boolean isEmpty() {
    return !isAny && !hasNull && exact.isEmpty() && wild.isEmpty();
  }

  /** Returns the ranges as a policy writes them, those with a wildcard first. */
  List<String> patterns() {
    List<String> patterns = new ArrayList<>();
    wild.forEach(range -> patterns.add(range.toString()));
    patterns.addAll(exact);
    if (hasNull) {
      patterns.add(NULL);
    }
    return patterns;
  }

  /** Whether an origin, as browsers send it, is in this set. */
  boolean contains(String origin) {
    return isAny
        || (origin.equals(NULL)
            ? hasNull
            : exact.contains(origin) || isCovered(OriginRange.of(origin)));
  }

  private boolean isCovered(OriginRange range) {
    return wild.stream().anyMatch(wide -> wide.covers(range));
  }

  /**
   * Origins that are in one set and not in another.
   *
   * @param range a pattern, or {@code *}
   * @param except what of the range is in the other set, too
   * @param witness an origin of the range that the other set does not have
   */
  record Rest(String range, List<String> except, String witness) {}

  /** Returns what is in this set and not in another one; empty if that covers all of this. */
  List<Rest> minus(OriginSet other) {
    List<Rest> rest = new ArrayList<>();
    if (other.isAny) {
      return rest;
    }
    if (isAny) {
      rest.add(new Rest("*", other.patterns(), other.stranger()));
      return rest;
    }
    for (OriginRange range : wild) {
      other
          .outside(range)
          .ifPresent(
              witness -> rest.add(new Rest(range.toString(), other.overlapsWith(range), witness)));
    }
    for (String origin : exact) {
      if (!other.contains(origin)) {
        rest.add(new Rest(origin, List.of(), origin));
      }
    }
    if (hasNull && !other.hasNull) {
      rest.add(new Rest(NULL, List.of(), NULL));
    }
    return rest;
  }

  /** Returns an origin that is in both sets; empty if there is none. */
  Optional<String> common(OriginSet other) {
    if (isAny) {
      return other.isAny ? Optional.of(stranger()) : other.member();
    }
    if (other.isAny) {
      return member();
    }
    Optional<String> origin =
        Stream.concat(
                exact.stream().filter(other::contains), other.exact.stream().filter(this::contains))
            .findFirst();
    if (origin.isPresent()) {
      return origin;
    }
    for (OriginRange one : wild) {
      for (OriginRange another : other.wild) {
        Optional<OriginRange> both = one.overlap(another);
        if (both.isPresent()) {
          return Optional.of(some(both.get()));
        }
      }
    }
    return hasNull && other.hasNull ? Optional.of(NULL) : Optional.empty();
  }

  /** Returns some origin of this set; empty if it has none. */
  Optional<String> member() {
    if (isAny) {
      return Optional.of(stranger());
    }
    return Stream.of(
            exact.stream(),
            wild.stream().map(OriginSet::some),
            Stream.of(NULL).filter(n -> hasNull))
        .flatMap(stream -> stream)
        .findFirst();
  }

  private static String some(OriginRange range) {
    return range.with(WORDS.get(0)).or(() -> range.with("x")).orElseThrow();
  }

  private List<String> overlapsWith(OriginRange range) {
    List<String> overlaps = new ArrayList<>();
    wild.forEach(one -> range.overlap(one).ifPresent(both -> overlaps.add(both.toString())));
    exact.stream().filter(one -> range.covers(OriginRange.of(one))).forEach(overlaps::add);
    return overlaps;
  }

  /** Returns an origin that this set does not have, whatever it lists. */
  private String stranger() {
    return Stream.concat(
            Stream.of("https://evil.example", "https://evil.test"),
            words().map(word -> "https://evil." + word + "x"))
        .filter(origin -> isAny || !contains(origin))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Returns an origin of a range that this set does not have; empty if it has all of them. A range
   * of this set has all of another range or, of the origins with a word without hyphens instead of
   * the wildcard and a port that is not named here, one at most: it is enough to try one more of
   * them than there are ranges. Only where a label is too long for two more letters, the words may
   * run out, and all of them are tried.
   */
  private Optional<String> outside(OriginRange range) {
    if (isCovered(range)) {
      return Optional.empty();
    }
    return ports(range)
        .flatMap(port -> words().limit(tries()).flatMap(word -> port.with(word).stream()))
        .filter(origin -> !contains(origin))
        .findFirst();
  }

  private int tries() {
    return WORDS.size() + exact.size() + wild.size() + 1;
  }

  /** The range on the ports that a reader expects, and on one that is not named in this set. */
  private Stream<OriginRange> ports(OriginRange range) {
    if (range.port().isPresent()) {
      return Stream.of(range);
    }
    Set<String> named = new HashSet<>();
    wild.forEach(one -> one.port().ifPresent(named::add));
    exact.forEach(one -> OriginRange.of(one).port().ifPresent(named::add));
    Stream<String> unnamed =
        Stream.iterate(3000, port -> port < 65_535, port -> port + 1)
            .map(port -> ":" + port)
            .filter(port -> !named.contains(port))
            .limit(1);
    return Stream.concat(Stream.of("", ":8443"), unnamed).map(range::onPort);
  }

  private static Stream<String> words() {
    Stream<String> counted =
        Stream.iterate(0, number -> number + 1)
            .map(
                number -> {
                  StringBuilder word = new StringBuilder();
                  for (int rest = number; word.isEmpty() || rest > 0; rest /= LETTERS.length()) {
                    word.append(LETTERS.charAt(rest % LETTERS.length()));
                  }
                  return word.toString();
                });
    return Stream.concat(WORDS.stream(), counted);
  }
}
