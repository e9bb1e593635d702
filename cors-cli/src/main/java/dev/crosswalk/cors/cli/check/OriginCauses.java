package dev.crosswalk.cors.cli.check;

import dev.crosswalk.cors.cli.check.LookAlike.Kind;
import dev.crosswalk.cors.cli.check.OriginProbe.Granted;
import dev.crosswalk.cors.tck.rules.Observation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The mistakes in a comparison of origins, found by what it grants: the widest first, because one
 * that compares by prefix grants more than one that forgets the port.
 */
final class OriginCauses {

  /** More origins of one cause are counted, not shown. */
  private static final int SHOWN = 5;

  /** Ways to write an origin of the same site. */
  private static final Set<Kind> FORMS =
      EnumSet.of(
          Kind.SCHEME,
          Kind.PORT,
          Kind.CASE,
          Kind.TRAILING_DOT,
          Kind.TRAILING_SLASH,
          Kind.PORT_TEXT,
          Kind.WWW);

  private final String url;
  private final List<String> allowed;
  private final Set<String> refused;
  private final List<Granted> left;
  private final List<RootCause> causes = new ArrayList<>();

  private OriginCauses(
      List<Granted> granted, String url, List<String> allowed, Set<String> refused) {
    this.left = new ArrayList<>(granted);
    this.refused = refused;
    this.url = url;
    this.allowed = allowed.stream().filter(base -> base.contains("://")).toList();
  }

  /**
   * @param allowed the origins that are meant to be granted
   * @param refused those of them that are not
   */
  static List<RootCause> of(
      List<Granted> granted, String url, List<String> allowed, Set<String> refused) {
    OriginCauses all = new OriginCauses(granted, url, allowed, refused);
    all.find();
    return all.causes;
  }

  /** In an order in which each takes only what no wider one explains. */
  private void find() {
    takeEveryone();
    takeAnyone();
    takePartOfText();
    takeLastLabel();
    takeBeginning();
    takeEnd();
    takeLooseText();
    takeOtherPeople();
    takeOtherForms();
    takeSameOwner();
    takeSpelling();
    take(Kind.UNRELATED, OriginMistake.GRANTS_AN_ORIGIN_THAT_NOBODY_NAMED, same(Kind.UNRELATED));
  }

  private void takeEveryone() {
    if (left.stream().anyMatch(Granted::everyone)) {
      add(
          OriginMistake.GRANTS_STAR_TO_EVERYONE,
          left.stream().filter(Granted::everyone).toList(),
          origin -> true);
    }
  }

  /** Grants whoever asks, or whoever has a property that anybody can have. */
  private void takeAnyone() {
    if (left.stream().filter(seen -> seen.origin().kind() == Kind.UNRELATED).count()
        >= LookAlike.unrelated().size()) {
      take(Kind.UNRELATED, OriginMistake.REFLECTS_ANY_ORIGIN, origin -> true);
    }
    if (left.stream()
        .filter(seen -> seen.origin().kind() == Kind.UNRELATED)
        .anyMatch(seen -> seen.origin().origin().matches(".*:[0-9]+"))) {
      take(
          Kind.UNRELATED,
          OriginMistake.REFLECTS_ANY_ORIGIN_THAT_HAS_A_PORT,
          origin -> origin.matches(".*:[0-9]+"));
    }
    take(
        Kind.WITHOUT_TLS,
        OriginMistake.REFLECTS_ANY_ORIGIN_WITHOUT_TLS,
        origin -> origin.startsWith("http://"));
    take(
        Kind.ADDRESS,
        OriginMistake.TRUSTS_ANY_ADDRESS,
        origin -> origin.matches("https?://[0-9.]+(:[0-9]+)?"));
  }

  private void takePartOfText() {
    Set<String> inside = tails(Kind.INSIDE);
    take(
        Kind.INSIDE,
        OriginMistake.COMPARES_BY_CONTAINS,
        origin -> inside.stream().anyMatch(origin::contains));
    Set<String> starts = tails(Kind.ENDING);
    take(
        Kind.ENDING,
        OriginMistake.DOES_NOT_COMPARE_THE_LAST_LABEL,
        origin -> starts.stream().anyMatch(start -> origin.contains("://" + start)));
  }

  private void takeLastLabel() {
    boolean registries =
        left.stream()
                .filter(seen -> seen.origin().kind() == Kind.REGISTRY)
                .filter(seen -> !seen.origin().origin().endsWith(".co.uk"))
                .count()
            > 1;
    Set<String> names = tails(Kind.REGISTRY);
    take(
        Kind.REGISTRY,
        registries
            ? OriginMistake.ENDS_WITH_ANY_REGISTRY
            : OriginMistake.TRUSTS_THE_SAME_NAME_AT_ANOTHER_REGISTRY,
        registries
            ? origin -> names.stream().anyMatch(name -> origin.matches(".*://" + name + "[a-z.]+"))
            : same(Kind.REGISTRY));
  }

  private void takeBeginning() {
    take(
        Kind.PREFIX,
        OriginMistake.COMPARES_BY_PREFIX,
        origin -> allowed.stream().anyMatch(origin::startsWith));
  }

  private void takeEnd() {
    // A server that trusts every subdomain also grants names that end with one of the hosts.
    Set<String> domains = tails(Kind.SUBDOMAIN);
    domains.removeAll(tails(Kind.SUFFIX));
    Set<String> ends = tails(Kind.SUFFIX);
    ends.removeIf(end -> domains.stream().anyMatch(domain -> end.endsWith("." + domain)));
    if (!ends.isEmpty()) {
      ends.addAll(registries());
      take(
          Kind.SUFFIX,
          OriginMistake.COMPARES_BY_SUFFIX,
          origin -> ends.stream().anyMatch(origin::endsWith));
    }
  }

  /** Compares as a text or by a pattern, and takes more for the same than is. */
  private void takeLooseText() {
    take(
        Kind.CONTAINED,
        OriginMistake.COMPARES_THE_WRONG_WAY_ROUND,
        origin -> allowed.stream().anyMatch(base -> base.contains(origin)));
    take(
        Kind.SPECIAL,
        OriginMistake.LETS_ODD_CHARACTERS_END_A_HOST,
        origin ->
            allowed.stream()
                .anyMatch(base -> origin.startsWith(base) && origin.length() > base.length()));
    take(
        Kind.DOT,
        OriginMistake.LEAVES_A_DOT_UNESCAPED,
        origin ->
            allowed.stream()
                .anyMatch(
                    base ->
                        !base.equals(origin)
                            && origin.matches(base.replaceAll("[^a-z0-9.:/-]", "."))));
    take(Kind.WILDCARD, OriginMistake.LETS_A_WILDCARD_MATCH_MORE, same(Kind.WILDCARD));
  }

  /** Grants what no comparison with an allowed origin explains. */
  private void takeOtherPeople() {
    take(Kind.NULL, OriginMistake.TRUSTS_NULL, "null"::equals);
    Set<String> hosting = tails(Kind.HOSTING);
    take(
        Kind.HOSTING,
        OriginMistake.TRUSTS_NAMES_THAT_ANYBODY_CAN_GET,
        origin -> hosting.stream().anyMatch(origin::endsWith));
    take(
        Kind.LOCAL_NAME,
        OriginMistake.TRUSTS_NAMES_LIKE_LOCAL_ADDRESSES,
        origin -> origin.matches("https?://(.*localhost|127\\.|192\\.168|10\\.|172\\.16|\\[).*"));
    take(
        Kind.LOOPBACK,
        isMany(Kind.LOOPBACK)
            ? OriginMistake.TRUSTS_ANY_LOCALHOST
            : OriginMistake.TRUSTS_ONE_LOCALHOST,
        origin ->
            origin.matches("https?://(([^/:]*\\.)?localhost|127\\.0\\.0\\.1|\\[::1\\])(:\\d+)?"));
    take(Kind.PRIVATE, OriginMistake.TRUSTS_PRIVATE_ADDRESSES, same(Kind.PRIVATE));
    take(
        Kind.EXTENSION,
        OriginMistake.TRUSTS_ANY_BROWSER_EXTENSION,
        origin -> origin.contains("-extension://"));
    take(Kind.FILE, OriginMistake.TRUSTS_FILE, origin -> origin.startsWith("file:"));
  }

  /** Grants other origins of the hosts and domains that it means. */
  private void takeSameOwner() {
    take(Kind.SCHEME, OriginMistake.IGNORES_THE_SCHEME, same(Kind.SCHEME));
    take(
        Kind.PORT,
        isMany(Kind.PORT) ? OriginMistake.IGNORES_THE_PORT : OriginMistake.GRANTS_ONE_MORE_PORT,
        origin -> allowed.stream().anyMatch(base -> origin.startsWith(base + ":")));
    take(Kind.SUBDOMAIN, OriginMistake.TRUSTS_EVERY_SUBDOMAIN, subdomains(tails(Kind.SUBDOMAIN)));
    Set<String> domainsOfOthers = tails(Kind.BEGINNING);
    take(
        Kind.BEGINNING,
        OriginMistake.TRUSTS_NAMES_THAT_BEGIN_ALIKE,
        origin -> domainsOfOthers.stream().anyMatch(origin::endsWith));
  }

  /** Grants what browsers do not send for an allowed origin, or what only looks like it. */
  private void takeSpelling() {
    take(Kind.HYPHEN, OriginMistake.LEAVES_CHARACTERS_OUT_BEFORE_IT_COMPARES, same(Kind.HYPHEN));
    take(Kind.WWW, OriginMistake.TRUSTS_WWW_IN_FRONT_OF_AN_ALLOWED_NAME, same(Kind.WWW));
    take(Kind.PARENT, OriginMistake.TRUSTS_THE_PARENT_DOMAIN, same(Kind.PARENT));
    take(Kind.TWIN, OriginMistake.ACCEPTS_LETTERS_THAT_LOOK_ALIKE, same(Kind.TWIN));
    take(
        Kind.CASE,
        OriginMistake.IGNORES_THE_CASE,
        origin -> allowed.contains(origin.toLowerCase(Locale.ROOT)));
    take(Kind.TRAILING_DOT, OriginMistake.IGNORES_A_DOT_AT_THE_END, same(Kind.TRAILING_DOT));
    take(Kind.PORT_TEXT, OriginMistake.READS_THE_PORT_AS_A_NUMBER, same(Kind.PORT_TEXT));
    take(Kind.TRAILING_SLASH, OriginMistake.IGNORES_A_SLASH_AT_THE_END, same(Kind.TRAILING_SLASH));
  }

  /** What is granted beside an origin is a habit; what is granted instead of it is in the list. */
  private void takeOtherForms() {
    List<Granted> proofs =
        left.stream()
            .filter(seen -> FORMS.contains(seen.origin().kind()))
            .filter(seen -> refused.contains(seen.origin().base()))
            .toList();
    if (!proofs.isEmpty()) {
      Set<String> origins =
          proofs.stream().map(seen -> seen.origin().origin()).collect(Collectors.toSet());
      add(OriginMistake.LISTS_AN_ALLOWED_ORIGIN_IN_ANOTHER_FORM, proofs, origins::contains);
    }
  }

  /** Whether it is a habit: one of them may be in a list. */
  private boolean isMany(Kind kind) {
    return left.stream().filter(seen -> seen.origin().kind() == kind).count() > 1;
  }

  private Set<String> tails(Kind kind) {
    return left.stream()
        .filter(seen -> seen.origin().kind() == kind)
        .map(seen -> seen.origin().tail())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The last labels under which it grants any name: {@code .com}. */
  private Set<String> registries() {
    return left.stream()
        .filter(seen -> seen.origin().kind() == Kind.HOSTING)
        .map(seen -> seen.origin().tail().replaceAll(".*(?=\\.)", ""))
        .filter(end -> allowed.stream().anyMatch(base -> LookAlike.host(base).endsWith(end)))
        .collect(Collectors.toSet());
  }

  private static Predicate<String> subdomains(Set<String> tails) {
    return origin -> tails.stream().anyMatch(tail -> origin.endsWith("." + tail));
  }

  private Predicate<String> same(Kind kind) {
    Set<String> origins =
        left.stream()
            .filter(seen -> seen.origin().kind() == kind)
            .map(seen -> seen.origin().origin())
            .collect(Collectors.toSet());
    return origins::contains;
  }

  /** A mistake that origins of a kind prove, with all else that it grants. */
  private void take(Kind kind, OriginMistake mistake, Predicate<String> grants) {
    List<Granted> proofs = left.stream().filter(seen -> seen.origin().kind() == kind).toList();
    if (!proofs.isEmpty()) {
      add(mistake, proofs, grants);
    }
  }

  private void add(OriginMistake mistake, List<Granted> proofs, Predicate<String> grants) {
    Granted worst = worst(proofs);
    RootCause.Severity severity =
        worst.credentials() && Exploit.isOwned(worst.origin())
            ? RootCause.Severity.SECURITY
            : RootCause.Severity.NOTE;
    List<String> findings = new ArrayList<>();
    proofs.stream().limit(SHOWN).forEach(seen -> findings.add(finding(seen)));
    if (proofs.size() > SHOWN) {
      findings.add((proofs.size() - SHOWN) + " more like these");
    }
    causes.add(
        new RootCause(
            mistake.id(),
            mistake.sentence(),
            severity,
            proofs.stream().limit(SHOWN).map(Granted::seen).toList(),
            findings,
            Exploit.of(worst, url),
            mistake.remedy(proofs.get(0).origin()),
            row -> row.observations().stream().anyMatch(seen -> grants(seen, grants))));
    left.removeIf(seen -> proofs.contains(seen) || grants.test(seen.origin().origin()));
  }

  /**
   * The most harmful case is reported: with credentials, and of an origin that somebody else may
   * have, best of all by registering a domain.
   */
  private static Granted worst(List<Granted> proofs) {
    return proofs.stream()
        .filter(seen -> seen.credentials() && Exploit.isOwned(seen.origin()))
        .min(
            Comparator.comparing((Granted seen) -> !seen.origin().isSentByAll())
                .thenComparing(seen -> seen.origin().tail().split("\\.").length))
        .orElse(proofs.get(0));
  }

  private boolean grants(Observation seen, Predicate<String> grants) {
    return !allowed.contains(seen.origin())
        && OriginProbe.isGranted(seen)
        && grants.test(seen.origin());
  }

  private static String finding(Granted seen) {
    return "grants "
        + seen.origin().origin()
        + (seen.credentials() ? ", with credentials" : ", without credentials")
        + ": is that intended?";
  }
}
