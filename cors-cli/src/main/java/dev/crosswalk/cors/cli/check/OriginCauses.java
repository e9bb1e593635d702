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

  static final String EVERYONE = "grants * to everyone: is the data public?";

  /** More origins of one cause are counted, not shown. */
  private static final int SHOWN = 5;

  private static final String COMPARE =
      "compare the Origin header, as a whole and byte for byte, with the allowed origins";

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
    take(Kind.UNRELATED, "grants an origin that nobody named", same(Kind.UNRELATED), COMPARE);
  }

  private void takeEveryone() {
    if (left.stream().anyMatch(Granted::everyone)) {
      add(
          EVERYONE,
          left.stream().filter(Granted::everyone).toList(),
          origin -> true,
          "if the data is public, say so by --allowed-origin '*'; if it is not, name the origins");
    }
  }

  /** Grants whoever asks, or whoever has a property that anybody can have. */
  private void takeAnyone() {
    if (left.stream().filter(seen -> seen.origin().kind() == Kind.UNRELATED).count()
        >= LookAlike.unrelated().size()) {
      take(
          Kind.UNRELATED,
          "reflects any origin",
          origin -> true,
          COMPARE + "; do not send back whatever comes");
    }
    if (left.stream()
        .filter(seen -> seen.origin().kind() == Kind.UNRELATED)
        .anyMatch(seen -> seen.origin().origin().matches(".*:[0-9]+"))) {
      take(
          Kind.UNRELATED,
          "reflects any origin that has a port",
          origin -> origin.matches(".*:[0-9]+"),
          COMPARE + ", with its port");
    }
    take(
        Kind.WITHOUT_TLS,
        "reflects any origin without TLS",
        origin -> origin.startsWith("http://"),
        COMPARE + "; do not send back whatever comes");
    take(
        Kind.ADDRESS,
        "trusts any address",
        origin -> origin.matches("https?://[0-9.]+(:[0-9]+)?"),
        COMPARE + "; name the addresses that are meant");
  }

  private void takePartOfText() {
    Set<String> inside = tails(Kind.INSIDE);
    take(
        Kind.INSIDE,
        "compares by contains: any origin that contains an allowed name",
        origin -> inside.stream().anyMatch(origin::contains),
        COMPARE);
    Set<String> starts = tails(Kind.ENDING);
    take(
        Kind.ENDING,
        "does not compare the last label: any name that begins like an allowed one",
        origin -> starts.stream().anyMatch(start -> origin.contains("://" + start)),
        COMPARE + "; end a regular expression with $");
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
            ? "does not compare the last label: the same name with any end"
            : "trusts the same name at another registry",
        registries
            ? origin -> names.stream().anyMatch(name -> origin.matches(".*://" + name + "[a-z.]+"))
            : same(Kind.REGISTRY),
        COMPARE + ", with its last label");
  }

  private void takeBeginning() {
    take(
        Kind.PREFIX,
        "compares by prefix: any origin that begins with an allowed one",
        origin -> allowed.stream().anyMatch(origin::startsWith),
        COMPARE + "; end a regular expression with $");
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
          "compares by suffix: any origin that ends with an allowed name",
          origin -> ends.stream().anyMatch(origin::endsWith),
          COMPARE + "; begin a regular expression with ^, and a domain's name with a dot");
    }
  }

  /** Compares as a text or by a pattern, and takes more for the same than is. */
  private void takeLooseText() {
    take(
        Kind.CONTAINED,
        "compares the wrong way round: any origin that an allowed one contains",
        origin -> allowed.stream().anyMatch(base -> base.contains(origin)),
        COMPARE + "; look it up in a list, not within a text");
    take(
        Kind.SPECIAL,
        "lets odd characters end a host",
        origin ->
            allowed.stream()
                .anyMatch(base -> origin.startsWith(base) && origin.length() > base.length()),
        COMPARE + "; end a regular expression with $");
    take(
        Kind.DOT,
        "an unescaped dot: a dot of the allowed name matches any character",
        origin ->
            allowed.stream()
                .anyMatch(
                    base ->
                        !base.equals(origin)
                            && origin.matches(base.replaceAll("[^a-z0-9.:/-]", "."))),
        "write \\. for a dot in a regular expression, or " + COMPARE);
    take(
        Kind.WILDCARD,
        "lets a wildcard match more than a part of one label",
        same(Kind.WILDCARD),
        "write [a-z0-9-]+ for the wildcard, ^ in front and $ at the end");
  }

  /** Grants what no comparison with an allowed origin explains. */
  private void takeOtherPeople() {
    take(Kind.NULL, "trusts null", "null"::equals, "remove null from the allowed origins");
    Set<String> hosting = tails(Kind.HOSTING);
    take(
        Kind.HOSTING,
        "trusts names that anybody can get",
        origin -> hosting.stream().anyMatch(origin::endsWith),
        "name your own sites there, each as a whole origin");
    take(
        Kind.LOCAL_NAME,
        "trusts any name that begins like a local address",
        origin -> origin.matches("https?://(.*localhost|127\\.|192\\.168|10\\.|172\\.16|\\[).*"),
        COMPARE + "; end a regular expression with $");
    take(
        Kind.LOOPBACK,
        isMany(Kind.LOOPBACK) ? "trusts any localhost" : "trusts one localhost",
        origin ->
            origin.matches("https?://(([^/:]*\\.)?localhost|127\\.0\\.0\\.1|\\[::1\\])(:\\d+)?"),
        "allow localhost only while you develop, and name its port");
    take(Kind.PRIVATE, "trusts private addresses", same(Kind.PRIVATE), COMPARE);
    take(
        Kind.EXTENSION,
        "trusts any browser extension",
        origin -> origin.contains("-extension://"),
        "name your own extension by its whole origin");
    take(Kind.FILE, "trusts file:", origin -> origin.startsWith("file:"), COMPARE);
  }

  /** Grants other origins of the hosts and domains that it means. */
  private void takeSameOwner() {
    take(Kind.SCHEME, "ignores the scheme", same(Kind.SCHEME), COMPARE + ", with its scheme");
    take(
        Kind.PORT,
        isMany(Kind.PORT) ? "ignores the port" : "grants one more port",
        origin -> allowed.stream().anyMatch(base -> origin.startsWith(base + ":")),
        COMPARE + ", with its port");
    take(
        Kind.SUBDOMAIN,
        "trusts every subdomain",
        subdomains(tails(Kind.SUBDOMAIN)),
        "name the subdomains that are meant, or declare --allowed-origin 'https://*.…'");
    Set<String> domainsOfOthers = tails(Kind.BEGINNING);
    take(
        Kind.BEGINNING,
        "trusts any name that begins like an allowed one, in its domain",
        origin -> domainsOfOthers.stream().anyMatch(origin::endsWith),
        "write [a-z0-9-]+ for what varies, or name the subdomains that are meant");
  }

  /** Grants what browsers do not send for an allowed origin, or what only looks like it. */
  private void takeSpelling() {
    take(
        Kind.HYPHEN,
        "leaves characters out before it compares",
        same(Kind.HYPHEN),
        COMPARE + "; change nothing in it before");
    take(Kind.WWW, "trusts www in front of an allowed name", same(Kind.WWW), COMPARE);
    take(Kind.PARENT, "trusts the parent domain", same(Kind.PARENT), COMPARE);
    take(Kind.TWIN, "accepts letters that look alike", same(Kind.TWIN), COMPARE);
    take(
        Kind.CASE,
        "ignores the case",
        origin -> allowed.contains(origin.toLowerCase(Locale.ROOT)),
        COMPARE);
    take(Kind.TRAILING_DOT, "ignores a dot at the end", same(Kind.TRAILING_DOT), COMPARE);
    take(Kind.PORT_TEXT, "reads the port as a number", same(Kind.PORT_TEXT), COMPARE);
    take(Kind.TRAILING_SLASH, "ignores a slash at the end", same(Kind.TRAILING_SLASH), COMPARE);
  }

  /** What is granted beside an origin is a habit; what is granted instead of it is in the list. */
  private void takeOtherForms() {
    List<Granted> proofs =
        left.stream()
            .filter(seen -> FORMS.contains(seen.origin().kind()))
            .filter(seen -> refused.contains(seen.origin().base()))
            .toList();
    if (!proofs.isEmpty()) {
      LookAlike listed = proofs.get(0).origin();
      Set<String> origins =
          proofs.stream().map(seen -> seen.origin().origin()).collect(Collectors.toSet());
      add(
          "lists an allowed origin in another form",
          proofs,
          origins::contains,
          "write " + listed.base() + " where the list has " + listed.origin());
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
  private void take(Kind kind, String name, Predicate<String> grants, String remedy) {
    List<Granted> proofs = left.stream().filter(seen -> seen.origin().kind() == kind).toList();
    if (!proofs.isEmpty()) {
      add(name, proofs, grants, remedy);
    }
  }

  private void add(String name, List<Granted> proofs, Predicate<String> grants, String remedy) {
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
            name,
            severity,
            proofs.stream().limit(SHOWN).map(Granted::seen).toList(),
            findings,
            Exploit.of(worst, url),
            remedy,
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
