package dev.crosswalk.cors.tck;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.tck.rules.AllRules;
import dev.crosswalk.cors.tck.rules.Catalogue;
import dev.crosswalk.cors.tck.rules.Catalogue.Status;
import dev.crosswalk.cors.tck.rules.Site;
import dev.crosswalk.cors.tck.rules.TestPolicy;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The technology compatibility kit: extend this class, implement {@link #start}, and every rule of
 * the CORS protocol becomes a test of your adapter.
 *
 * <pre>{@code
 * class MyAdapterTest extends CorsTck {
 *   @Override
 *   protected ServerUnderTest start(Cors cors, TestApplication application) {
 *     MyServer server = new MyServer(new MyCorsFilter(cors));
 *     for (TestApplication.Route route : application.routes()) {
 *       server.route(route.method(), route.path(), exchange -> answer(exchange, route));
 *     }
 *     server.start(0);
 *     return ServerUnderTest.onPort(server.port(), server::stop);
 *   }
 * }
 * }</pre>
 *
 * <p>The rules are inherited test methods, each named by its id and what it says. They share
 * servers, one for each policy, started when first needed and stopped at the end of the class; or
 * one, where {@link #startsOnce} says so. They do not depend on each other's order.
 */
@ExtendWith(RuleExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
public abstract class CorsTck implements AllRules {

  private final boolean keepsConnections;
  private @Nullable Servers servers;

  /** For subclasses; JUnit makes one instance for all rules. */
  protected CorsTck() {
    this(false);
  }

  CorsTck(boolean keepsConnections) {
    this.keepsConnections = keepsConnections;
  }

  /**
   * Starts a server on a free port of the loopback address: the adapter under test, configured with
   * {@code cors}, in front of {@code application}. It MUST accept connections when this returns,
   * and serve several at a time. It MUST NOT share state with a server that was started before;
   * several run at the same time. A server on a port that browsers block, such as 6000, is stopped,
   * and this is called again.
   *
   * @param cors what the adapter under test has to apply to every path
   * @param application what the server has to serve
   * @return the running server
   * @throws Exception if the server does not start; its rules are then reported as not run
   */
  protected abstract ServerUnderTest start(Cors cors, TestApplication application) throws Exception;

  /**
   * Returns whether one server is to serve all policies in turn: {@link #start} is then called
   * once, and what its {@link Cors} decides changes between requests. For servers that take long to
   * start.
   *
   * @return {@code false} by default: a server for each policy
   */
  protected boolean startsOnce() {
    return false;
  }

  /**
   * Returns the rules that the framework keeps the adapter from keeping: the rule's id, such as
   * {@code IN17}, and the reason. A rule that is listed here MUST fail: one that holds fails the
   * build, so that a reason that has gone does not stay.
   *
   * @return the reasons by the rules' ids; empty by default
   */
  protected Map<String, String> limitations() {
    return Map.of();
  }

  /**
   * Runs the rules without JUnit, in the order of their ids, until one is broken. For mutation
   * testing, which runs each test by itself: all rules are one test then, and start the servers
   * once. Known {@link #limitations()} are left out.
   *
   * @throws AssertionError if a rule is broken
   * @throws Exception if a server does not stop
   */
  public final void requireAllRules() throws Exception {
    try {
      for (Catalogue.Entry rule : Catalogue.rules()) {
        if (!limitations().containsKey(rule.id())) {
          Catalogue.Result result = rule.run(this);
          servers().endOfRule();
          if (result.status() == Status.BROKEN || result.status() == Status.FAULTY) {
            throw new AssertionError(
                "%s %s: %s".formatted(rule.id(), rule.sentence(), result.message()));
          }
        }
      }
    } finally {
      servers().stop();
    }
  }

  /** For the rules. It is not a part of the API: its types are not exported. */
  @Override
  public final Site site(TestPolicy policy) {
    return servers().site(policy);
  }

  /** For the rules. It is not a part of the API: its types are not exported. */
  @Override
  public final Site site(Cors cors) {
    return servers().site(cors);
  }

  /** For the rules. It is not a part of the API: its types are not exported. */
  @Override
  public final Site startedWith(Cors cors) {
    return servers().startedWith(cors);
  }

  /** For the rules. It is not a part of the API: its types are not exported. */
  @Override
  public final @Nullable Throwable startWithoutPolicy() {
    return servers().startWithoutPolicy();
  }

  /** Made when first needed: the subclass is complete then. */
  final synchronized Servers servers() {
    if (servers == null) {
      servers = new Servers(this::start, this::startsOnce, keepsConnections);
    }
    return servers;
  }
}
