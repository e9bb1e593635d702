package dev.crosswalk.cors.tck;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.tck.rules.Observation;
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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * The servers under test, one for each policy, started when a rule first asks for it. They are
 * shared by rules and not by anything in them: each rule has connections of its own.
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

  private final Start start;
  private final Map<TestPolicy, Running> running = new EnumMap<>(TestPolicy.class);
  private final Map<TestPolicy, String> failed = new EnumMap<>(TestPolicy.class);
  private final List<Site> opened = new ArrayList<>();
  private final List<ServerUnderTest> ofOneRule = new ArrayList<>();

  private final Map<TestPolicy, WireClient> kept = new EnumMap<>(TestPolicy.class);
  private final boolean keepsConnections;

  Servers(Start start) {
    this(start, false);
  }

  /**
   * @param keepsConnections whether rules use each other's connections, which is faster: for those
   *     who run all rules hundreds of times
   */
  Servers(Start start, boolean keepsConnections) {
    this.start = start;
    this.keepsConnections = keepsConnections;
  }

  private record Running(ServerUnderTest server, TestApplication application) {}

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
  public synchronized Site site(Cors cors) {
    // Where no server starts at all, that is told once, about a server that all rules share.
    site(TestPolicy.CREDENTIALS);
    TestApplication application = new TestApplication();
    ServerUnderTest server;
    try {
      server = start.start(cors, application);
    } catch (Exception | LinkageError e) {
      throw new AssertionError("a server of the rule's own did not start: " + e, e);
    }
    ofOneRule.add(server);
    Site site =
        new Site(
            server.base(),
            RESOURCE,
            TestPolicy.CREDENTIALS.profile(),
            client(),
            application::calls,
            death -> {});
    opened.add(site);
    return site;
  }

  private Site open(TestPolicy policy, Running server) {
    return new Site(
        server.server().base(),
        RESOURCE,
        policy.profile(),
        keepsConnections ? kept.computeIfAbsent(policy, p -> client()) : client(),
        server.application()::calls,
        death -> fail(policy, "the server for the policy " + policy + " has died: " + death));
  }

  private static WireClient client() {
    return new WireClient().timeout(TIMEOUT);
  }

  /** Starts a server, and sees that it answers. */
  private Running started(TestPolicy policy) {
    String which = "the server for the policy " + policy;
    TestApplication application = new TestApplication();
    ServerUnderTest server;
    try {
      server = start.start(policy.cors(), application);
    } catch (Exception | LinkageError e) {
      throw failure(policy, which + " did not start: " + e, e);
    }
    if (server == null) {
      throw failure(policy, which + " did not start: start returned null", null);
    }
    URI base = server.base();
    if (base == null || base.toString().endsWith("/")) {
      throw failure(
          policy, which + " has no base URL, or one that ends with a slash: " + base, null);
    }
    running.put(policy, new Running(server, application));
    try (WireClient client = client()) {
      client.send(new WireRequest("GET", base + RESOURCE, Headers.none()));
    } catch (WireException | IllegalArgumentException e) {
      throw failure(policy, which + " does not answer: " + e.getMessage(), e);
    }
    return running.get(policy);
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
    for (ServerUnderTest server : ofOneRule) {
      try {
        server.stop().close();
      } catch (Exception e) {
        throw new AssertionError("a server of the rule's own does not stop: " + e, e);
      }
    }
    ofOneRule.clear();
    return observations;
  }

  /** Stops every server. One that does not stop says so, after all have been asked to. */
  synchronized void stop() throws Exception {
    kept.values().forEach(WireClient::close);
    Exception first = null;
    for (Running server : running.values()) {
      try {
        server.server().stop().close();
      } catch (Exception e) {
        first = first == null ? e : first;
      }
    }
    running.clear();
    if (first != null) {
      throw first;
    }
  }
}
