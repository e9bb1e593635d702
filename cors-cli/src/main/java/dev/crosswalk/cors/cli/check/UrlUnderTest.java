package dev.crosswalk.cors.cli.check;

import dev.crosswalk.cors.cli.remedy.ServerRemedy;
import dev.crosswalk.cors.tck.rules.AllRules;
import dev.crosswalk.cors.tck.rules.Catalogue;
import dev.crosswalk.cors.tck.rules.Observation;
import dev.crosswalk.cors.tck.rules.Permissions;
import dev.crosswalk.cors.tck.rules.Profile;
import dev.crosswalk.cors.tck.rules.Rule;
import dev.crosswalk.cors.tck.rules.Site;
import dev.crosswalk.cors.tck.rules.TestPolicy;
import dev.crosswalk.cors.tck.url.Host;
import dev.crosswalk.cors.tck.url.Url;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireException;
import dev.crosswalk.cors.tck.wire.WireRequest;
import dev.crosswalk.cors.tck.wire.WireResponse;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * A server that is not ours: every rule is about this one URL, whatever policy it asks for. One
 * request at a time, none that may change something unless that is allowed, and an end to it all.
 */
final class UrlUnderTest implements AllRules {

  private final Url url;
  private final Profile profile;
  private final Duration timeout;
  private final Instant end;
  private final Duration limit;
  private final List<Site> opened = new ArrayList<>();
  private @Nullable String gone;

  /** Whether this library answers, so that lines for another server would be a second layer. */
  private boolean ofCrosswalk;

  /**
   * @param timeout how long one request may take
   * @param limit how long all rules together may take
   */
  UrlUnderTest(Url url, Profile profile, Duration timeout, Duration limit) {
    this.url = url;
    this.profile = profile;
    this.timeout = timeout;
    this.limit = limit;
    this.end = Instant.now().plus(limit);
  }

  /**
   * Asks once, to see that somebody answers.
   *
   * @throws WireException if nobody does; its message is a sentence
   */
  WireResponse probe() throws WireException {
    try (WireClient client = new WireClient().timeout(timeout)) {
      return client.send(
          new WireRequest("GET", url.toString(), Headers.of("User-Agent", Site.USER_AGENT)));
    }
  }

  /** Asks what an attacker would ask. */
  List<RootCause> causes(DeclaredOrigins declared) throws InterruptedException {
    try (PoliteClient client = new PoliteClient(url, timeout, end)) {
      List<RootCause> causes = OriginProbe.run(client, profile, declared);
      Optional<CrosswalkPolicy> policy =
          causes.isEmpty() ? Optional.empty() : CrosswalkPolicy.of(client, declared);
      ofCrosswalk = policy.isPresent();
      return ofCrosswalk ? policy.get().explain(causes) : causes;
    }
  }

  /** Whether it is on this machine. */
  static boolean isLocal(Url url) {
    return Host.isLoopback(String.valueOf(url.host()));
  }

  /** What the server has to be told; empty if it does not say what it is, or nothing was said. */
  Optional<ServerRemedy> remedy(WireResponse seen, DeclaredOrigins declared) {
    Permissions meant =
        new Permissions(
            declared.declarations(),
            profile.credentials().orElse(false),
            profile.methods(),
            profile.requestHeaders(),
            profile.exposedHeaders(),
            profile.maxAge().map(Duration::ofSeconds).orElse(null));
    return ofCrosswalk ? Optional.empty() : ServerRemedy.of(seen, meant);
  }

  /** Runs every rule that needs no cooperation from the server. */
  Report.Column run(
      Report.Heading heading,
      Set<String> ids,
      List<RootCause> causes,
      Optional<ServerRemedy> remedy,
      Consumer<Report.Row> progress)
      throws InterruptedException {
    Instant begin = Instant.now();
    List<Report.Row> rows = new ArrayList<>();
    for (Catalogue.Entry rule : Catalogue.rules()) {
      if (rule.needs() == Rule.Needs.KIT || !(ids.isEmpty() || ids.contains(rule.id()))) {
        continue;
      }
      Catalogue.Result result = rule.run(this);
      Report.Row row = new Report.Row(result, endOfRule());
      rows.add(row);
      progress.accept(row);
      if (!isLocal(url)) {
        Thread.sleep(PoliteClient.PAUSE.multipliedBy(row.observations().size()).toMillis());
      }
    }
    return new Report.Column(
        heading, begin, Duration.between(begin, Instant.now()), causes, remedy, rows);
  }

  @Override
  public Site site(TestPolicy policy) {
    if (gone != null) {
      throw new TestAbortedException("because the server has gone: " + gone);
    }
    if (Instant.now().isAfter(end)) {
      throw new TestAbortedException(
          "because the time limit of " + limit.toSeconds() + " s is over");
    }
    String whole = url.withFragment(null).toString();
    int path = whole.indexOf('/', url.scheme().length() + "://".length());
    Site site =
        new Site(
            new Site.Server(
                URI.create(whole.substring(0, path)),
                profile,
                new WireClient().timeout(timeout),
                null,
                sentence -> gone = sentence,
                () -> {}),
            whole.substring(path));
    opened.add(site);
    return site;
  }

  private List<Observation> endOfRule() {
    List<Observation> observations = new ArrayList<>();
    for (Site site : opened) {
      observations.addAll(site.observations());
      site.close();
    }
    opened.clear();
    return observations;
  }
}
