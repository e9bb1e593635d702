package dev.crosswalk.cors.cli.check;

import dev.crosswalk.cors.tck.rules.Observation;
import dev.crosswalk.cors.tck.rules.Profile;
import dev.crosswalk.cors.tck.rules.Site;
import dev.crosswalk.cors.tck.url.Bytes;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireException;
import dev.crosswalk.cors.tck.wire.WireRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Asks a server what an attacker would ask: whether it grants origins that look like allowed ones.
 * Beside them it asks what a page of an allowed origin needs. GET and OPTIONS, one at a time, and
 * no more than {@value #MAX_REQUESTS} of them.
 */
final class OriginProbe {

  /** Enough for all look-alikes of four allowed origins. */
  static final int MAX_REQUESTS = 500;

  /** Between one request and the next: we are guests, but on our own machine. */
  private static final Duration PAUSE = Duration.ofMillis(10);

  /** More headers or methods are not asked about one by one. */
  private static final int MAX_NAMES = 10;

  private static final String MISSING = "crosswalk-check-no-such-path";

  private final Url url;
  private final Profile profile;
  private final DeclaredOrigins declared;
  private final Instant end;
  private final WireClient client;
  private final List<RootCause> causes = new ArrayList<>();
  private int left = MAX_REQUESTS;
  private boolean gone;

  private OriginProbe(
      Url url, Profile profile, DeclaredOrigins declared, WireClient client, Instant end) {
    this.url = url.withFragment(null);
    this.profile = profile;
    this.declared = declared;
    this.client = client;
    this.end = end;
  }

  /**
   * Why the server grants what it is not meant to, and refuses what it is meant to grant.
   *
   * @param timeout how long one request may take
   * @param end when to stop, whatever is left
   * @return in the order of the harm; empty if nothing was found
   */
  static List<RootCause> run(
      Url url, Profile profile, DeclaredOrigins declared, Duration timeout, Instant end)
      throws InterruptedException {
    try (WireClient client = new WireClient().timeout(timeout)) {
      OriginProbe probe = new OriginProbe(url, profile, declared, client, end);
      probe.grants();
      probe.allowed();
      return probe.causes.stream().sorted(Comparator.comparing(RootCause::severity)).toList();
    }
  }

  // Who may read that should not.

  private void grants() throws InterruptedException {
    List<Granted> granted = new ArrayList<>();
    boolean any = ask(LookAlike.unrelated(), granted);
    if (granted.isEmpty()) {
      preflightOfAnybody();
      refusesRequests();
    }
    // Where everybody may read, nothing is learned by asking on; but for null, which has an
    // exploit that needs no site.
    ask(any ? List.of(LookAlike.ofNull()) : declared.lookAlikes(), granted);
    causes.addAll(OriginCauses.of(granted, url.toString(), profile.allowedOrigins()));
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
      get(url.toString(), origin.origin())
          .flatMap(seen -> Granted.of(origin, seen))
          .ifPresent(granted::add);
    }
    return asked > 0 && granted.size() - before == asked;
  }

  private void preflightOfAnybody() throws InterruptedException {
    LookAlike other = LookAlike.unrelated().get(0);
    if (declared.include(other.origin())) {
      return;
    }
    preflight(other.origin(), "PUT", "")
        .filter(seen -> seen.response().hasOkStatus() && isGranted(seen))
        .ifPresent(
            seen ->
                causes.add(
                    ServerCause.PREFLIGHT_FOR_ANYBODY.cause(profile, url.toString(), seen, "")));
  }

  /** Whether it refuses the request, and not only the reading of the response. */
  private void refusesRequests() throws InterruptedException {
    Optional<Observation> without = get(url.toString(), "");
    Optional<Observation> seen = get(url.toString(), LookAlike.unrelated().get(0).origin());
    if (without.isPresent()
        && without.get().response().hasOkStatus()
        && seen.isPresent()
        && seen.get().response().status() >= 400) {
      add(ServerCause.REFUSES_REQUESTS, "", seen.get());
    }
  }

  // What a page of an allowed origin needs.

  private void allowed() throws InterruptedException {
    if (declared.members().isEmpty()) {
      return;
    }
    String origin = declared.members().get(0);
    Optional<Observation> actual = get(url.toString(), origin);
    if (actual.isEmpty() || !isGranted(actual.get())) {
      actual.ifPresent(seen -> add(ServerCause.ORIGIN_REFUSED, origin, seen));
      return; // Nothing else can be told apart from that.
    }
    members();
    boolean constant = isConstant(actual.get());
    if (!constant) {
      varies(actual.get());
    }
    send("HEAD", url.toString(), Headers.of("Origin", origin))
        .filter(seen -> seen.response().hasOkStatus() && !isGranted(seen))
        .ifPresent(seen -> add(ServerCause.NO_HEADERS_ON_HEAD, "", seen));
    Optional<Observation> missing =
        get(url.resolve(MISSING).map(Url::toString).orElse(url.toString()), origin)
            .filter(seen -> seen.response().status() >= 400);
    if (missing.isPresent() && !isGranted(missing.get())) {
      add(ServerCause.NO_HEADERS_ON_ERRORS, "", missing.get());
    } else if (missing.isPresent()
        && !constant
        && variesByOrigin(actual.get())
        && !variesByOrigin(missing.get())) {
      add(ServerCause.NO_VARY_ON_ERRORS, "", missing.get());
    }
    lists(origin, "GET", profile.requestHeaders());
    for (String method : profile.methods().stream().limit(MAX_NAMES).toList()) {
      Optional<Observation> asked = preflight(origin, method, "");
      if (asked.isPresent() && !permits(asked.get(), method, List.of())) {
        Optional<Observation> other = preflight(origin, method.toLowerCase(Locale.ROOT), "");
        boolean lower =
            other.isPresent()
                && other.get().response().hasOkStatus()
                && other.get().response().headers().has("Access-Control-Allow-Methods");
        add(
            lower ? ServerCause.METHOD_IN_LOWER_CASE : ServerCause.METHOD_REFUSED,
            method,
            asked.get());
      }
    }
  }

  /** Every origin that is meant to read, one by one. */
  private void members() throws InterruptedException {
    for (String member : declared.members()) {
      get(url.toString(), member)
          .filter(seen -> !isGranted(seen))
          .ifPresent(
              seen ->
                  add(
                      declared.examples().contains(member)
                          ? ServerCause.ORIGIN_REFUSED
                          : ServerCause.PATTERN_IN_PART,
                      member,
                      seen));
    }
  }

  private void varies(Observation actual) throws InterruptedException {
    if (!variesByOrigin(actual)) {
      add(ServerCause.NO_VARY, "", actual);
      return;
    }
    Optional<Observation> without = get(url.toString(), "");
    if (without.isPresent()
        && without.get().response().status() == actual.response().status()
        && !variesByOrigin(without.get())
        && !allowOrigin(without.get()).equals(allowOrigin(actual))) {
      add(ServerCause.VARY_WITH_ORIGIN_ALONE, "", without.get());
    }
  }

  /** Whether everybody gets the same answer: with it no cache mixes anything up. */
  private boolean isConstant(Observation actual) throws InterruptedException {
    for (String other : List.of("", LookAlike.unrelated().get(0).origin())) {
      if (!get(url.toString(), other)
          .map(OriginProbe::allowOrigin)
          .equals(Optional.of(allowOrigin(actual)))) {
        return false;
      }
    }
    return true;
  }

  private static List<String> allowOrigin(Observation seen) {
    return seen.response().headers().lines("Access-Control-Allow-Origin");
  }

  static boolean variesByOrigin(Observation seen) {
    return seen.response().headers().split("Vary").orElse(List.of()).stream()
        .anyMatch(name -> name.equals("*") || Bytes.equalIgnoringCase(name, "Origin"));
  }

  /** Each header alone and all together, as browsers write them, and as people do. */
  private void lists(String origin, String method, List<String> declaredNames)
      throws InterruptedException {
    List<String> names =
        declaredNames.stream().map(Bytes::lowerCase).sorted().distinct().limit(MAX_NAMES).toList();
    boolean alone = true;
    for (String name : names) {
      Optional<Observation> asked = preflight(origin, method, name);
      if (asked.isEmpty() || permits(asked.get(), method, List.of(name))) {
        continue;
      }
      alone = false;
      boolean cased = false;
      for (String other : spellings(name, declaredNames)) {
        cased |=
            preflight(origin, method, other)
                .filter(seen -> permits(seen, method, List.of(name)))
                .isPresent();
      }
      add(cased ? ServerCause.HEADERS_BY_CASE : ServerCause.HEADER_REFUSED, name, asked.get());
    }
    if (alone && names.size() > 1) {
      preflight(origin, method, String.join(",", names))
          .filter(seen -> !permits(seen, method, names))
          .ifPresent(seen -> add(ServerCause.HEADERS_AS_ONE_TEXT, String.join(", ", names), seen));
    }
  }

  private static List<String> spellings(String name, List<String> declaredNames) {
    List<String> all = new ArrayList<>();
    declaredNames.stream().filter(other -> Bytes.equalIgnoringCase(name, other)).forEach(all::add);
    all.add(name.toUpperCase(Locale.ROOT));
    StringBuilder title = new StringBuilder(name);
    for (int i = 0; i < name.length(); i++) {
      if (i == 0 || name.charAt(i - 1) == '-') {
        title.setCharAt(i, Character.toUpperCase(name.charAt(i)));
      }
    }
    all.add(title.toString());
    all.remove(name);
    return all.stream().distinct().toList();
  }

  private boolean permits(Observation seen, String method, List<String> names) {
    boolean credentials = profile.credentials().orElse(false);
    List<String> methods =
        seen.response().headers().split("Access-Control-Allow-Methods").orElse(List.of());
    List<String> headers =
        seen.response().headers().split("Access-Control-Allow-Headers").orElse(List.of());
    return seen.response().hasOkStatus()
        && isGranted(seen)
        && (List.of("GET", "HEAD", "POST").contains(method)
            || methods.contains(method)
            || (!credentials && methods.contains("*")))
        && names.stream()
            .allMatch(
                name ->
                    headers.stream().anyMatch(other -> Bytes.equalIgnoringCase(other, name))
                        || (!credentials
                            && headers.contains("*")
                            && !name.equals("authorization")));
  }

  private void add(ServerCause cause, String what, Observation proof) {
    RootCause next = cause.cause(profile, url.toString(), proof, what);
    for (int i = 0; i < causes.size(); i++) {
      if (causes.get(i).name().equals(next.name())) {
        causes.set(i, causes.get(i).and(next));
        return;
      }
    }
    causes.add(next);
  }

  // What is sent.

  static boolean isGranted(Observation seen) {
    List<String> lines = seen.response().headers().lines("Access-Control-Allow-Origin");
    return lines.size() == 1 && (lines.contains("*") || lines.contains(seen.origin()));
  }

  private Optional<Observation> get(String target, String origin) throws InterruptedException {
    return send("GET", target, origin.isEmpty() ? Headers.none() : Headers.of("Origin", origin));
  }

  private Optional<Observation> preflight(String origin, String method, String names)
      throws InterruptedException {
    Headers headers = Headers.of("Origin", origin, "Access-Control-Request-Method", method);
    return send(
        "OPTIONS",
        url.toString(),
        names.isEmpty() ? headers : headers.with("Access-Control-Request-Headers", names));
  }

  /** Empty if there is no answer: some servers close the connection on odd origins. */
  private Optional<Observation> send(String method, String target, Headers headers)
      throws InterruptedException {
    if (gone || left-- <= 0 || Instant.now().isAfter(end)) {
      return Optional.empty();
    }
    if (!UrlUnderTest.isLocal(url)) {
      Thread.sleep(PAUSE.toMillis());
    }
    WireRequest request =
        new WireRequest(method, target, headers.with("User-Agent", Site.USER_AGENT));
    try {
      return Optional.of(new Observation(request, client.send(request), -1));
    } catch (WireException e) {
      gone =
          e.failure() == WireException.Failure.CONNECTION_REFUSED
              || e.failure() == WireException.Failure.TIME_OUT;
      return Optional.empty();
    }
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
      boolean everyone =
          seen.response().headers().lines("Access-Control-Allow-Origin").contains("*");
      boolean credentials =
          !everyone
              && seen.response()
                  .headers()
                  .lines("Access-Control-Allow-Credentials")
                  .equals(List.of("true"));
      return Optional.of(new Granted(origin, seen, everyone, credentials));
    }
  }
}
