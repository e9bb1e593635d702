package dev.crosswalk.cors.cli.grant;

import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.cli.grant.Difference.Kind;
import dev.crosswalk.cors.cli.grant.Difference.Witness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What two configurations decide differently. Paths are cut into regions in which both have one
 * policy; within a region the sets of origins, methods and names are compared. Nothing is stated
 * that both do not confirm when they are asked.
 */
public final class Comparison {

  private static final Rights NOTHING = Rights.of(CorsPolicy.none());

  /** Where the guard is asked about a path that no configuration names. */
  private static final String ELSEWHERE = "/crosswalk-listed-nowhere";

  private final Policies old;
  private final Policies now;
  private final List<Difference> found = new ArrayList<>();
  private final Set<String> paths = new TreeSet<>();

  private Comparison(Policies old, Policies now) {
    this.old = old;
    this.now = now;
    paths.addAll(old.policies().keySet());
    paths.addAll(now.policies().keySet());
  }

  /** Returns all differences, those that grant more first. */
  public static List<Difference> of(Policies old, Policies now) {
    Comparison comparison = new Comparison(old, now);
    for (String path : comparison.paths) {
      comparison.region(comparison.where(path), path, old.at(path), now.at(path));
    }
    comparison.severalReadings();
    comparison.guard();
    return merged(comparison.found);
  }

  // ------------------------------------------------------------------------------------- regions

  private String where(String path) {
    if (!path.equals("/")) {
      return path + " and below";
    }
    return paths.size() == 1 ? "every path" : "every other path";
  }

  private void region(String where, String path, Optional<Rights> before, Optional<Rights> after) {
    Region region = new Region(where, path, before.orElse(NOTHING), after.orElse(NOTHING));
    if (before.isPresent() != after.isPresent()) {
      region.coverage(after.isPresent());
    }
    region.compare();
  }

  /** The paths for which both configurations have one policy each, or none. */
  private final class Region {

    private final String where;
    private final String path;
    private final Rights before;
    private final Rights after;

    Region(String where, String path, Rights before, Rights after) {
      this.where = where;
      this.path = path;
      this.before = before;
      this.after = after;
    }

    void coverage(boolean isCovered) {
      add(
          Right.NO_POLICY,
          "https://some.example",
          List.of(""),
          Kind.OTHERWISE,
          isCovered
              ? "a policy covers them now: what the application sets itself no longer applies"
              : "no policy covers them any more: what the application sets itself applies");
    }

    void compare() {
      if (before.policy().equals(after.policy())) {
        return;
      }
      String may = " may read" + GrantText.ofReader(after);
      List<OriginSet.Rest> more = after.origins().minus(before.origins());
      origins(more, Right.READ, path, Kind.WIDER, where, may);
      String mayNot = " may no longer read";
      List<OriginSet.Rest> less = before.origins().minus(after.origins());
      origins(less, Right.READ, path, Kind.NARROWER, where, mayNot);
      boolean isSame = more.isEmpty() && less.isEmpty();
      after.origins().common(before.origins()).ifPresent(origin -> compareFor(origin, isSame));
      if (before.embedding() != after.embedding()) {
        add(
            Right.EMBEDDING,
            "",
            List.of(""),
            after.embedding() ? Kind.WIDER : Kind.NARROWER,
            "pages of every origin may "
                + (after.embedding() ? "embed" : "no longer embed")
                + " responses");
      }
    }

    /** What the origins that both allow may do, asked for one of them. */
    private void compareFor(String origin, boolean isSame) {
      String who = who(origin, isSame);
      flag(
          Right.CREDENTIALS,
          who,
          origin,
          before.credentials(),
          after.credentials(),
          "send credentials");
      names(Right.METHOD, who, origin, before.methods(), after.methods(), "use", "method");
      names(
          Right.REQUEST_HEADER,
          who,
          origin,
          before.requestHeaders(),
          after.requestHeaders(),
          "set",
          "request header");
      names(
          Right.RESPONSE_HEADER,
          who,
          origin,
          before.exposed(),
          after.exposed(),
          "read",
          "response header");
      long kept = before.maxAge().orElse(Rights.DEFAULT_MAX_AGE).toSeconds();
      long keeps = after.maxAge().orElse(Rights.DEFAULT_MAX_AGE).toSeconds();
      if (kept != keeps) {
        add(
            Right.MAX_AGE,
            origin,
            List.of(""),
            keeps > kept ? Kind.WIDER : Kind.NARROWER,
            "browsers keep the answer to a preflight for "
                + GrantText.duration(keeps)
                + ", and with the old policy for "
                + GrantText.duration(kept)
                + (keeps > kept
                    ? ". What you refuse later, they may notice only after "
                        + GrantText.duration(keeps)
                    : ""));
      }
      flag(
          Right.TIMING,
          who,
          origin,
          before.timing(),
          after.timing(),
          "see how long a response took");
    }

    private void flag(
        Right right, String who, String origin, boolean had, boolean has, String what) {
      if (had != has) {
        Kind kind = has ? Kind.WIDER : Kind.NARROWER;
        add(right, origin, List.of(""), kind, who + (has ? " may " : " may no longer ") + what);
      }
    }

    private void names(
        Right right, String who, String origin, Names had, Names has, String what, String noun) {
      List<String> more = has.minus(had);
      if (!more.isEmpty()) {
        String sentence = who + " may " + what + " " + GrantText.of(more, noun);
        add(right, origin, more, Kind.WIDER, sentence);
      }
      List<String> less = had.minus(has);
      if (!less.isEmpty()) {
        String sentence = who + " may no longer " + what + " " + GrantText.of(less, noun);
        add(right, origin, less, Kind.NARROWER, sentence);
      }
    }

    private String who(String origin, boolean isSame) {
      List<String> patterns = after.origins().patterns();
      if (!isSame) {
        return "every origin that both allow";
      }
      return patterns.size() == 1 && patterns.contains(origin) ? origin : "every allowed origin";
    }

    private void add(
        Right right, String origin, List<String> subjects, Kind kind, String sentence) {
      Comparison.this.add(right, path, List.of(origin), subjects, kind, where, sentence);
    }
  }

  // ---------------------------------------------------------------------------- several readings

  /**
   * A path that can be read in several ways has the policy on which all readings agree, or none.
   * They agree where the policies of two regions are equal: whether they are may change, although
   * no region does.
   */
  private void severalReadings() {
    List<String> all = List.copyOf(paths);
    boolean lost = false;
    boolean gained = false;
    for (int i = 0; i < all.size() && !(lost && gained); i++) {
      for (int j = i + 1; j < all.size() && !(lost && gained); j++) {
        boolean agreed = isSame(old, all.get(i), all.get(j));
        boolean agree = isSame(now, all.get(i), all.get(j));
        if (agreed == agree || (agree ? gained : lost)) {
          continue;
        }
        Reading reading = readAsBoth(all.get(i), all.get(j));
        if (reading != null) {
          gained = gained || agree;
          lost = lost || !agree;
          String path = reading.path();
          region(
              "paths that can be read in several ways, such as " + path,
              path,
              covered(old, path) ? old.at(reading.as()) : Optional.empty(),
              covered(now, path) ? now.at(reading.as()) : Optional.empty());
        }
      }
    }
  }

  /** Whether two paths have an equal policy, which is more than that both grant the same. */
  private static boolean isSame(Policies policies, String path, String other) {
    return policies.at(path).map(Rights::policy).equals(policies.at(other).map(Rights::policy));
  }

  /**
   * A path that can be read in several ways.
   *
   * @param as one of them
   */
  private record Reading(String path, String as) {}

  private @Nullable Reading readAsBoth(String one, String other) {
    for (String from : List.of(one, other)) {
      String to = Objects.equals(from, one) ? other : one;
      String climbing = from.equals("/") ? "/x" : from;
      String up = "/%2e%2e".repeat((int) climbing.chars().filter(c -> c == '/').count());
      List<String> forms =
          List.of(
              climbing + up + (to.equals("/") ? "/x" : to),
              climbing + up.replaceFirst("/", "%2f") + to,
              to.equals("/") ? to : '/' + to.substring(1).replace("/", "%2f"),
              to.toUpperCase(Locale.ROOT));
      for (String form : forms) {
        if (covered(old, form) != covered(now, form)) {
          return new Reading(form, to);
        }
      }
    }
    return null;
  }

  private static boolean covered(Policies policies, String path) {
    return Right.NO_POLICY.ask(policies.cors(), path, "https://some.example", "") == 0;
  }

  // --------------------------------------------------------------------------------------- guard

  private void guard() {
    Set<String> below = new TreeSet<>();
    Set<String> exact = new TreeSet<>();
    for (Policies policies : List.of(old, now)) {
      policies.guard().ifPresent(guard -> below.addAll(guard.exemptBelow()));
      policies.guard().ifPresent(guard -> exact.addAll(guard.exempt()));
    }
    below.forEach(path -> writes(path + " and below", path));
    for (String path : below) {
      String inside = (path.equals("/") ? "" : path) + ELSEWHERE;
      if (exact.contains(path)) {
        writes("everything below " + path, inside);
      }
    }
    exact.removeAll(below);
    exact.forEach(path -> writes(path, path));
    if (!below.contains("/")) {
      writes(below.isEmpty() && exact.isEmpty() ? "every path" : "every other path", ELSEWHERE);
    }
  }

  private void writes(String where, String path) {
    OriginSet before = writers(old, path);
    OriginSet after = writers(now, path);
    String may = " may send requests that change something";
    origins(after.minus(before), Right.WRITE, path, Kind.WIDER, where, may);
    String mayNot = " may no longer send requests that change something";
    origins(before.minus(after), Right.WRITE, path, Kind.NARROWER, where, mayNot);
  }

  private static OriginSet writers(Policies policies, String path) {
    Policies.Guard guard = policies.guard().orElse(null);
    return guard == null
            || guard.exempt().contains(path)
            || guard.exemptBelow().stream().anyMatch(above -> Policies.covers(above, path))
        ? OriginSet.EVERYBODY
        : guard.trusted();
  }

  // --------------------------------------------------------------------------------------- found

  /** Those without exceptions are one difference. */
  private void origins(
      List<OriginSet.Rest> rest, Right right, String path, Kind kind, String where, String may) {
    List<OriginSet.Rest> whole = new ArrayList<>();
    for (OriginSet.Rest one : rest) {
      if (one.except().isEmpty()) {
        whole.add(one);
      } else {
        String sentence = GrantText.of(List.of(one)) + may;
        add(right, path, List.of(one.witness()), List.of(""), kind, where, sentence);
      }
    }
    if (!whole.isEmpty()) {
      List<String> witnesses = whole.stream().map(OriginSet.Rest::witness).toList();
      add(right, path, witnesses, List.of(""), kind, where, GrantText.of(whole) + may);
    }
  }

  /** Asks both about everything; that they differ is not taken from the settings alone. */
  private void add(
      Right right,
      String path,
      List<String> origins,
      List<String> subjects,
      Kind kind,
      String where,
      String sentence) {
    Witness first = null;
    for (String origin : origins) {
      for (String subject : subjects) {
        Witness witness = Witness.of(right, old.cors(), now.cors(), path, origin, subject);
        boolean isSo =
            switch (kind) {
              case WIDER -> witness.after() > witness.before();
              case NARROWER -> witness.after() < witness.before();
              case OTHERWISE -> witness.after() != witness.before();
            };
        if (!isSo) {
          throw new IllegalStateException("the policies do not confirm: " + witness);
        }
        first = first == null ? witness : first;
      }
    }
    if (first != null) {
      found.add(new Difference(kind, where, sentence, first));
    }
  }

  /** The same sentence about several paths is one difference. */
  private static List<Difference> merged(List<Difference> found) {
    Map<List<Object>, Difference> merged = new LinkedHashMap<>();
    Map<List<Object>, Set<String>> where = new LinkedHashMap<>();
    for (Difference difference : found) {
      List<Object> key = List.of(difference.kind(), difference.sentence());
      merged.putIfAbsent(key, difference);
      where.computeIfAbsent(key, unseen -> new LinkedHashSet<>()).add(difference.where());
    }
    List<Difference> all = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      merged.forEach(
          (key, difference) -> {
            if (difference.kind() == kind) {
              String paths = String.join("; ", Objects.requireNonNull(where.get(key)));
              all.add(new Difference(kind, paths, difference.sentence(), difference.witness()));
            }
          });
    }
    return all;
  }
}
