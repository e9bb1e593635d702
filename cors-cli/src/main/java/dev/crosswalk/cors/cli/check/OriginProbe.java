package dev.crosswalk.cors.cli.check;

import dev.crosswalk.cors.cli.grant.GrantHeaders;
import dev.crosswalk.cors.tck.rules.Observation;
import dev.crosswalk.cors.tck.rules.Profile;
import dev.crosswalk.cors.tck.url.Bytes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks a server what an attacker would ask: whether it grants origins that look like allowed ones.
 */
final class OriginProbe {

  private final PoliteClient client;
  private final Profile profile;
  private final DeclaredOrigins declared;
  private final List<RootCause> causes = new ArrayList<>();

  /** Whether anybody got the header, so that something writes it. */
  private boolean grantsSomebody;

  private OriginProbe(PoliteClient client, Profile profile, DeclaredOrigins declared) {
    this.client = client;
    this.profile = profile;
    this.declared = declared;
  }

  /**
   * Why the server grants what it is not meant to, and refuses what it is meant to grant.
   *
   * @return in the order of the harm; empty if nothing was found
   */
  static List<RootCause> run(PoliteClient client, Profile profile, DeclaredOrigins declared)
      throws InterruptedException {
    OriginProbe probe = new OriginProbe(client, profile, declared);
    probe.askForLookAlikes();
    Map<ServerCause, RootCause> ofPages =
        PageProbe.run(client, profile, declared, probe.grantsSomebody);
    if (ofPages.containsKey(ServerCause.STAR_WITH_CREDENTIALS)) {
      // It says more of the same star.
      probe.causes.removeIf(cause -> cause.id().equals(OriginMistake.GRANTS_STAR_TO_EVERYONE.id()));
    }
    probe.causes.addAll(ofPages.values());
    return probe.causes.stream().sorted(Comparator.comparing(RootCause::severity)).toList();
  }

  private void askForLookAlikes() throws InterruptedException {
    List<Granted> granted = new ArrayList<>();
    boolean any = ask(LookAlike.unrelated(), granted);
    if (granted.isEmpty()) {
      askForAnybody();
      compareWithoutOrigin();
    }
    // Where everybody may read, nothing is learned by asking on; but for null, which has an
    // exploit that needs no site.
    ask(any ? List.of(LookAlike.ofNull()) : declared.lookAlikes(client.ownOrigins()), granted);
    // What everybody gets is compared with nothing; here it is a typo, and no browser sends it.
    Optional<List<String>> constant =
        client.get(LookAlike.unrelated().get(0).origin()).map(OriginProbe::allowOrigin);
    granted.removeIf(
        seen ->
            seen.origin().engines().isEmpty()
                && constant.equals(Optional.of(allowOrigin(seen.seen()))));
    List<String> bases = new ArrayList<>(profile.allowedOrigins());
    bases.addAll(client.ownOrigins());
    grantsSomebody |= !granted.isEmpty();
    for (String refused : profile.refusedOrigins()) {
      grantsSomebody |= client.get(refused).filter(OriginProbe::isGranted).isPresent();
    }
    Set<String> refused = new HashSet<>();
    for (String allowed : profile.allowedOrigins()) {
      if (client.get(allowed).filter(seen -> !isGranted(seen)).isPresent()) {
        refused.add(allowed);
      }
    }
    causes.addAll(OriginCauses.of(granted, client.url(), bases, refused));
  }

  /** Whether all of them are granted that are not meant to be. */
  private boolean ask(List<LookAlike> origins, List<Granted> granted) throws InterruptedException {
    int asked = 0;
    int before = granted.size();
    for (LookAlike origin : origins) {
      if (declared.include(origin.origin())) {
        continue;
      }
      asked++;
      client.get(origin.origin()).flatMap(seen -> Granted.of(origin, seen)).ifPresent(granted::add);
    }
    return asked > 0 && granted.size() - before == asked;
  }

  /** Preflights and errors, which other code answers, and for an origin that nobody named. */
  private void askForAnybody() throws InterruptedException {
    String other = LookAlike.unrelated().get(0).origin();
    if (declared.include(other)) {
      return;
    }
    Optional<Observation> preflight = granted(client.preflight(other, "PUT", ""));
    if (preflight.isEmpty()) {
      // Other code may answer what most pages send: JSON.
      preflight = granted(client.preflight(other, "POST", "content-type"));
    }
    preflight.ifPresent(seen -> addGrant(ServerCause.PREFLIGHT_FOR_ANYBODY, seen));
    granted(client.head(other)).ifPresent(seen -> addGrant(ServerCause.HEAD_FOR_ANYBODY, seen));
    client
        .missing(other)
        .filter(OriginProbe::isGranted)
        .ifPresent(seen -> addGrant(ServerCause.ERRORS_FOR_ANYBODY, seen));
  }

  private static Optional<Observation> granted(Optional<Observation> asked) {
    return asked.filter(seen -> seen.response().hasOkStatus() && isGranted(seen));
  }

  private void addGrant(ServerCause cause, Observation proof) {
    grantsSomebody = true;
    add(cause, proof);
  }

  /** Whether it refuses the request, and not only the reading of the response. */
  private void compareWithoutOrigin() throws InterruptedException {
    Optional<Observation> without = client.get("");
    Optional<Observation> seen = client.get(LookAlike.unrelated().get(0).origin());
    if (without.isPresent()
        && without.get().response().hasOkStatus()
        && seen.isPresent()
        && seen.get().response().status() >= 400) {
      add(ServerCause.REFUSES_REQUESTS, seen.get());
    }
  }

  private void add(ServerCause cause, Observation proof) {
    causes.add(cause.cause(profile, client.url(), proof, Subject.NONE));
  }

  // What a response says.

  static boolean isGranted(Observation seen) {
    List<String> lines = allowOrigin(seen);
    return lines.size() == 1 && (lines.contains("*") || lines.contains(seen.origin()));
  }

  static boolean allowsCredentials(Observation seen) {
    return allowCredentials(seen).equals(List.of("true"));
  }

  static List<String> allowCredentials(Observation seen) {
    return seen.response().headers().lines(GrantHeaders.ALLOW_CREDENTIALS);
  }

  static boolean variesByOrigin(Observation seen) {
    return seen.response().headers().split("Vary").orElse(List.of()).stream()
        .anyMatch(name -> name.equals("*") || Bytes.equalIgnoringCase(name, "Origin"));
  }

  static List<String> allowOrigin(Observation seen) {
    return seen.response().headers().lines(GrantHeaders.ALLOW_ORIGIN);
  }

  /**
   * A look-alike that the server grants.
   *
   * @param everyone whether it grants {@code *}
   * @param credentials whether responses to requests with cookies may be read, too
   */
  record Granted(LookAlike origin, Observation seen, boolean everyone, boolean credentials) {

    static Optional<Granted> of(LookAlike origin, Observation seen) {
      if (!isGranted(seen)) {
        return Optional.empty();
      }
      boolean everyone = allowOrigin(seen).contains("*");
      boolean credentials = !everyone && allowsCredentials(seen);
      return Optional.of(new Granted(origin, seen, everyone, credentials));
    }
  }
}
