package dev.crosswalk.cors.tck;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.RequestReader;
import dev.crosswalk.cors.tck.browser.BlockedPorts;
import dev.crosswalk.cors.tck.rules.Observation;
import dev.crosswalk.cors.tck.rules.Profile;
import dev.crosswalk.cors.tck.rules.RuleBook;
import dev.crosswalk.cors.tck.rules.Site;
import dev.crosswalk.cors.tck.rules.TestPolicy;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireException;
import dev.crosswalk.cors.tck.wire.WireRequest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * The servers under test, one for each policy, started when a rule first asks for it; or one whose
 * policy is exchanged before each request. They are shared by rules and not by anything in them:
 * each rule has connections of its own.
 */
final class Servers implements RuleBook {

  /** How a server is started; see {@link CorsTck#start}. */
  @FunctionalInterface
  interface Start {
    ServerUnderTest start(Cors cors, TestApplication application) throws Exception;
  }

  private static final String RESOURCE = "/resource";

  /** On a machine that has other things to do, a server may take its time. */
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  /** Enough for a framework that draws its port from all of them. */
  private static final int MAX_STARTS = 5;

  private final Start start;
  private final BooleanSupplier startsOnce;
  private final Exchanged exchanged = new Exchanged();
  private @Nullable Running once;
  private final Map<TestPolicy, Running> running = new EnumMap<>(TestPolicy.class);
  private final Map<TestPolicy, String> failed = new EnumMap<>(TestPolicy.class);
  private final List<Site> opened = new ArrayList<>();
  private final List<ServerUnderTest> ofOneRule = new ArrayList<>();

  private final Map<TestPolicy, WireClient> kept = new EnumMap<>(TestPolicy.class);
  private final boolean keepsConnections;

  /**
   * @param start how a server is started
   * @param startsOnce see {@link CorsTck#startsOnce}; asked when a server is needed
   * @param keepsConnections whether rules use each other's connections, which is faster: for those
   *     who run all rules hundreds of times
   */
  Servers(Start start, BooleanSupplier startsOnce, boolean keepsConnections) {
    this.start = start;
    this.startsOnce = startsOnce;
    this.keepsConnections = keepsConnections;
  }

  /**
   * A server under one policy.
   *
   * @param exchange gives the server that policy; to be run before each request
   */
  private record Running(ServerUnderTest server, TestApplication application, Runnable exchange) {}

  /** What the one server is configured with: the policy of the next request. */
  private static final class Exchanged implements Cors {

    private volatile Cors cors = CorsPolicy.none();

    @Override
    public <Q> CorsDecision decide(Q request, RequestReader<? super Q> reader) {
      return cors.decide(request, reader);
    }

    @Override
    public <Q> CorsDecision decideAgain(Q request, RequestReader<? super Q> reader) {
      return cors.decideAgain(request, reader);
    }
  }

  @Override
  public synchronized Site site(TestPolicy policy) {
    String failure = failed.get(policy);
    if (failure != null) {
      throw new TestAbortedException("not run: " + failure);
    }
    Running server = running.get(policy);
    if (server == null) {
      server = started(policy);
      running.put(policy, server);
    }
    Site site = open(policy, server);
    opened.add(site);
    return site;
  }

  @Override
  public Site site(Cors cors) {
    return siteOfOneRule(cors, startsOnce.getAsBoolean());
  }

  @Override
  public Site startedWith(Cors cors) {
    return siteOfOneRule(cors, false);
  }

  private synchronized Site siteOfOneRule(Cors cors, boolean exchanges) {
    // If no server starts at all, that is reported once, about a server that all rules share.
    site(TestPolicy.CREDENTIALS);
    Running server;
    try {
      server = exchanges ? exchange(cors) : start(cors);
    } catch (Exception | LinkageError e) {
      throw new AssertionError("a server of the rule's own did not start: " + e, e);
    }
    if (!exchanges) {
      ofOneRule.add(server.server());
    }
    Site site = open(TestPolicy.CREDENTIALS.profile(), server, client(), death -> {});
    opened.add(site);
    return site;
  }

  @Override
  @SuppressWarnings("NullAway") // An adapter has to refuse it, whatever its signature says.
  public @Nullable Throwable startWithoutPolicy() {
    // If no server starts at all, that is reported once, about a server that all rules share.
    site(TestPolicy.CREDENTIALS);
    try {
      start.start(null, new TestApplication()).stop().close();
      return null;
    } catch (Exception | LinkageError e) {
      return e;
    }
  }

  private Site open(TestPolicy policy, Running server) {
    return open(
        policy.profile(),
        server,
        keepsConnections ? kept.computeIfAbsent(policy, p -> client()) : client(),
        death -> fail(policy, "the server for the policy " + policy + " has died: " + death));
  }

  private static Site open(
      Profile profile, Running running, WireClient client, Consumer<String> onDeath) {
    return new Site(
        new Site.Server(
            running.server().base(),
            profile,
            client,
            running.application()::calls,
            onDeath,
            running.exchange()),
        RESOURCE);
  }

  private static WireClient client() {
    return new WireClient().timeout(TIMEOUT);
  }

  /** The one server, which exchanges its policy for this one. */
  private Running exchange(Cors cors) throws Exception {
    if (once == null) {
      once = start(exchanged);
    }
    return new Running(once.server(), once.application(), () -> exchanged.cors = cors);
  }

  /** Starts a server, and starts it again if it took a port to which no browser connects. */
  private Running start(Cors cors) throws Exception {
    for (int starts = 1; ; starts++) {
      TestApplication application = new TestApplication();
      ServerUnderTest server = start.start(cors, application);
      if (server == null) {
        throw new IllegalStateException("start returned null");
      }
      URI base = server.base();
      if (base == null || !BlockedPorts.contains(base.getPort())) {
        return new Running(server, application, () -> {});
      }
      server.stop().close();
      if (starts == MAX_STARTS) {
        throw new IllegalStateException(
            "it is on port "
                + base.getPort()
                + " at each start, and browsers block that port. Use another one.");
      }
    }
  }

  /** Starts a server, and sees that it answers. */
  private Running started(TestPolicy policy) {
    String which = "the server for the policy " + policy;
    Running server;
    try {
      server = startsOnce.getAsBoolean() ? exchange(policy.cors()) : start(policy.cors());
    } catch (Exception | LinkageError e) {
      throw failure(policy, which + " did not start: " + e, e);
    }
    URI base = server.server().base();
    if (base == null || base.toString().endsWith("/")) {
      throw failure(
          policy, which + " has no base URL, or one that ends with a slash: " + base, null);
    }
    running.put(policy, server);
    try (WireClient client = client()) {
      client.send(new WireRequest("GET", base + RESOURCE, Headers.none()));
    } catch (WireException | IllegalArgumentException e) {
      throw failure(policy, which + " does not answer: " + e.getMessage(), e);
    }
    return server;
  }

  private AssertionError failure(TestPolicy policy, String sentence, @Nullable Throwable cause) {
    fail(policy, sentence);
    return new AssertionError(sentence, cause);
  }

  private synchronized void fail(TestPolicy policy, String sentence) {
    failed.put(policy, sentence);
  }

  /** Ends a rule: closes its connections, and returns what it has asked. */
  synchronized List<Observation> endOfRule() {
    List<Observation> observations = new ArrayList<>();
    for (Site site : opened) {
      observations.addAll(site.observations());
      if (!keepsConnections) {
        site.close();
      }
    }
    opened.clear();
    List<ServerUnderTest> own = List.copyOf(ofOneRule);
    ofOneRule.clear();
    Exception failure = stop(own);
    if (failure != null) {
      throw new AssertionError("a server of the rule's own does not stop: " + failure, failure);
    }
    return observations;
  }

  /** Stops every server. Those that do not stop say so, after all have been asked to. */
  synchronized void stop() throws Exception {
    kept.values().forEach(WireClient::close);
    Set<ServerUnderTest> servers = new LinkedHashSet<>();
    running.values().forEach(server -> servers.add(server.server()));
    running.clear();
    once = null;
    Exception failure = stop(servers);
    if (failure != null) {
      throw failure;
    }
  }

  /** Stops all, and returns the first failure with the others in it; null if there is none. */
  private static @Nullable Exception stop(Collection<ServerUnderTest> servers) {
    Exception first = null;
    for (ServerUnderTest server : servers) {
      try {
        server.stop().close();
      } catch (Exception e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    return first;
  }
}
