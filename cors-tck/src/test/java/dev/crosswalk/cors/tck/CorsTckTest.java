package dev.crosswalk.cors.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsDecision;
import dev.crosswalk.cors.tck.rules.Catalogue;
import dev.crosswalk.cors.tck.rules.Catalogue.Entry;
import dev.crosswalk.cors.tck.rules.Catalogue.Result;
import dev.crosswalk.cors.tck.rules.Catalogue.Status;
import dev.crosswalk.cors.tck.rules.TestPolicy;
import dev.crosswalk.cors.tck.wire.ScriptedServer;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The kit in the hands of those who make mistakes, and under JUnit. */
class CorsTckTest {

  /** An adapter whose server is not as it should be. */
  static final class Broken extends CorsTck {
    private final Servers.Start start;

    Broken(Servers.Start start) {
      this.start = start;
    }

    @Override
    protected ServerUnderTest start(Cors cors, TestApplication application) throws Exception {
      return start.start(cors, application);
    }

    List<Result> results() throws Exception {
      List<Result> results = new ArrayList<>();
      for (Entry rule : Catalogue.rules()) {
        results.add(rule.run(this));
        servers().endOfRule();
      }
      servers().stop();
      return results;
    }
  }

  /** One sentence for each policy, and then nothing that looks as if it held. */
  private static void assertNothingHolds(Servers.Start start, String sentence) throws Exception {
    List<Result> results = new Broken(start).results();
    assertTrue(results.size() >= 200, "rules: " + results.size());
    assertEquals(0, results.stream().filter(r -> r.status() == Status.HOLDS).count());
    assertEquals(0, results.stream().filter(r -> r.status() == Status.FAULTY).count());
    List<Result> broken = results.stream().filter(r -> r.status() == Status.BROKEN).toList();
    assertTrue(!broken.isEmpty() && broken.size() <= TestPolicy.values().length);
    for (Result result : broken) {
      assertTrue(result.message().startsWith("the server for the policy "), result::message);
      assertTrue(result.message().contains(sentence), result::message);
    }
    for (Result result : results) {
      if (result.status() == Status.NOT_RUN) {
        assertTrue(result.message().startsWith("not run: "), result::message);
      }
    }
  }

  @Test
  void one_server_can_serve_all_policies_in_turn() throws Exception {
    List<TestApplication> started = new ArrayList<>();
    CorsTck once =
        new CorsTck() {
          @Override
          protected ServerUnderTest start(Cors cors, TestApplication application) throws Exception {
            ServerUnderTest server = new JdkServer(cors, application).underTest();
            started.add(application);
            return server;
          }

          @Override
          protected boolean startsOnce() {
            return true;
          }
        };
    Set<String> broken = new TreeSet<>();
    for (Entry rule : Catalogue.rules()) {
      if (rule.run(once).status() != Status.HOLDS) {
        broken.add(rule.id());
      }
      once.servers().endOfRule();
    }
    once.servers().stop();
    // BO13 is about starting, and has a server of its own; BO14 starts none.
    assertEquals(2, started.size());
    assertEquals(Set.of("GU08", "GU37", "IN16", "IN17", "IN22"), broken, "no WebSocket, no HTTP/2");
  }

  @Test
  void a_start_that_returns_null_is_one_sentence_and_no_rule_holds() throws Exception {
    assertNothingHolds((cors, application) -> null, "start returned null");
  }

  @Test
  void a_start_that_fails_is_one_sentence_and_no_rule_holds() throws Exception {
    assertNothingHolds(
        (cors, application) -> {
          throw new IllegalStateException("the port is taken");
        },
        "did not start: java.lang.IllegalStateException: the port is taken");
  }

  @Test
  void a_server_that_is_not_there_is_one_sentence_and_no_rule_holds() throws Exception {
    assertNothingHolds(
        (cors, application) -> {
          ServerUnderTest server = new JdkServer(cors, application).underTest();
          server.stop().close();
          return new ServerUnderTest(server.base(), () -> {});
        },
        "connection refused");
  }

  @Test
  void a_port_that_speaks_another_protocol_is_one_sentence_and_no_rule_holds() throws Exception {
    assertNothingHolds(
        (cors, application) -> {
          ScriptedServer server =
              ScriptedServer.start(wire -> wire.say("220 mail.example ESMTP\r\n"));
          return ServerUnderTest.onPort(server.port(), server);
        },
        "not HTTP");
  }

  @Test
  void a_base_that_ends_with_a_slash_is_one_sentence() throws Exception {
    assertNothingHolds(
        (cors, application) -> new ServerUnderTest(URI.create("http://127.0.0.1:8080/"), () -> {}),
        "ends with a slash");
  }

  @Test
  void a_server_on_a_port_that_browsers_block_is_started_again() throws Exception {
    List<Integer> blocked = new ArrayList<>(List.of(5060, 6000));
    List<Integer> stopped = new ArrayList<>();
    Broken unlucky =
        new Broken(
            (cors, application) -> {
              if (blocked.isEmpty()) {
                return new JdkServer(cors, application).underTest();
              }
              int port = blocked.remove(0);
              return ServerUnderTest.onPort(port, () -> stopped.add(port));
            });
    List<Result> results = unlucky.results();
    assertEquals(List.of(5060, 6000), stopped);
    assertTrue(results.stream().filter(r -> r.status() == Status.HOLDS).count() >= 200);
  }

  @Test
  void a_port_that_browsers_block_at_each_start_is_one_sentence() throws Exception {
    assertNothingHolds(
        (cors, application) -> ServerUnderTest.onPort(6000, () -> {}),
        "it is on port 6000 at each start, and browsers block that port");
  }

  @Test
  void a_server_that_dies_in_the_middle_is_one_sentence_and_the_rest_is_not_run() throws Exception {
    Broken broken =
        new Broken(
            (cors, application) -> {
              List<AutoCloseable> stop = new ArrayList<>();
              int[] left = {6};
              ServerUnderTest server =
                  new MutantServer(
                          cors,
                          application,
                          MutantServer.flow(
                              (self, exchange) -> {
                                self.proceed(exchange);
                                if (--left[0] == 0) {
                                  try {
                                    stop.get(0).close();
                                  } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                  }
                                }
                              }))
                      .underTest();
              stop.add(server.stop());
              return new ServerUnderTest(server.base(), () -> {});
            });
    List<Result> results = broken.results();
    assertEquals(0, results.stream().filter(r -> r.status() == Status.FAULTY).count());
    Result last = results.get(results.size() - 1);
    assertEquals(Status.NOT_RUN, last.status(), last.message());
    assertTrue(last.message().contains("has died"), last.message());
  }

  // Under JUnit.

  /** Found by no build, for it is nested and is not named as a test. */
  static class Adapter extends CorsTck {
    @Override
    protected ServerUnderTest start(Cors cors, TestApplication application) throws Exception {
      return new MutantServer(cors, application, Mutant.named("NULL_NEVER").step()).underTest();
    }

    @Override
    protected Map<String, String> limitations() {
      return Map.of("IN17", "the server has no WebSockets", "OR01", "a reason that has gone");
    }
  }

  /** Names a rule that there is not. */
  static class Mistaken extends Adapter {
    @Override
    protected Map<String, String> limitations() {
      return Map.of("ZZ99", "nobody knows");
    }
  }

  /** Has the headers right, and lets the application answer: its router knows no OPTIONS. */
  static class PassesPreflightsOn extends CorsTck {
    @Override
    protected ServerUnderTest start(Cors cors, TestApplication application) throws Exception {
      return new MutantServer(
              cors,
              application,
              MutantServer.flow(
                  (server, exchange) -> {
                    if (server.decide(exchange) instanceof CorsDecision.Respond preflight
                        && exchange.getRequestMethod().equals("OPTIONS")) {
                      preflight.writeTo(exchange, server);
                      server.answer(exchange, 405);
                    } else {
                      server.proceed(exchange);
                    }
                  }))
          .underTest();
    }
  }

  /** Reads the first line of each request header. */
  static class ReadsTheFirstLine extends CorsTck {
    @Override
    protected ServerUnderTest start(Cors cors, TestApplication application) throws Exception {
      return new JdkServer(cors, application) {
        @Override
        public String header(HttpExchange exchange, String name) {
          return exchange.getRequestHeaders().getFirst(name);
        }
      }.underTest();
    }
  }

  /** Sees nothing of what the application has written. */
  static class SeesNoHeaderOfTheApplication extends CorsTck {
    @Override
    protected ServerUnderTest start(Cors cors, TestApplication application) throws Exception {
      return new JdkServer(cors, application) {
        @Override
        public String get(HttpExchange exchange, String name) {
          return null;
        }
      }.underTest();
    }
  }

  private static Map<String, TestExecutionResult> underJUnit(Class<?> adapter) {
    Map<String, TestExecutionResult> results = new LinkedHashMap<>();
    Launcher launcher = LauncherFactory.create();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClass(adapter))
            .build();
    launcher.execute(
        request,
        new TestExecutionListener() {
          @Override
          public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            results.put(test.getDisplayName().replaceFirst("[(_].*", ""), result);
          }
        });
    return results;
  }

  @Test
  void under_JUnit_every_rule_is_a_test_and_a_broken_one_tells_all_there_is_to_know() {
    Map<String, TestExecutionResult> results = underJUnit(Adapter.class);
    for (Entry rule : Catalogue.rules()) {
      assertTrue(results.containsKey(rule.id()), rule.id());
    }
    String message = results.get("NU05").getThrowable().orElseThrow().getMessage();
    for (String part :
        new String[] {
          "NU05: null may read where it is allowed",
          "A browser says: Access to fetch at",
          "Why:     A policy that allows null by name means it",
          "Source:  https://fetch.spec.whatwg.org/#concept-cors-check",
          "Look at: whether null",
          "> Origin: null",
          "< 200 "
        }) {
      assertTrue(message.contains(part), part + " is missing in\n" + message);
    }
  }

  @Test
  void where_many_rules_are_broken_by_one_mistake_it_comes_first() {
    Map<String, TestExecutionResult> results = underJUnit(PassesPreflightsOn.class);
    long broken =
        results.entrySet().stream()
            .filter(result -> result.getKey().matches("[A-Z]{2}[0-9]{2}"))
            .filter(result -> result.getValue().getStatus() == TestExecutionResult.Status.FAILED)
            .count();
    assertTrue(broken >= 50, "broken: " + broken);
    String cause =
        results.get("CorsTckTest$PassesPreflightsOn").getThrowable().orElseThrow().getMessage();
    Matcher counts =
        Pattern.compile(
                "Begin here: preflights reach the application: (\\d+) rules follow from it, of (\\d+)"
                    + " that are broken.\nLook at: the order of filters: .*\nRules: +[A-Z].*",
                Pattern.DOTALL)
            .matcher(cause);
    assertTrue(counts.matches(), cause);
    assertEquals(broken, Long.parseLong(counts.group(2)), cause);
    assertTrue(Long.parseLong(counts.group(1)) >= broken * 9 / 10, cause);
  }

  @Test
  void a_mistake_in_reading_or_in_seeing_headers_is_named_too() {
    Map.of(
            ReadsTheFirstLine.class,
            "Begin here: several lines of a request header are not read as one value: ",
            SeesNoHeaderOfTheApplication.class,
            "Begin here: what the application has written itself is not replaced, or is lost: ")
        .forEach(
            (adapter, sentence) -> {
              TestExecutionResult all =
                  underJUnit(adapter).get("CorsTckTest$" + adapter.getSimpleName());
              String cause = all.getThrowable().map(Throwable::getMessage).orElse("nothing");
              assertTrue(cause.startsWith(sentence), cause);
            });
  }

  @Test
  void a_few_broken_rules_are_read_one_by_one() {
    assertEquals(
        TestExecutionResult.Status.SUCCESSFUL,
        underJUnit(Adapter.class).get("CorsTckTest$Adapter").getStatus());
  }

  @Test
  void a_limitation_that_fails_is_skipped_and_one_that_holds_fails() {
    Map<String, TestExecutionResult> results = underJUnit(Adapter.class);
    assertEquals(TestExecutionResult.Status.ABORTED, results.get("IN17").getStatus());
    assertTrue(
        results
            .get("IN17")
            .getThrowable()
            .orElseThrow()
            .getMessage()
            .startsWith("known limitation"));
    assertEquals(TestExecutionResult.Status.FAILED, results.get("OR01").getStatus());
    assertEquals(
        "OR01 holds now: remove the limitation «a reason that has gone»",
        results.get("OR01").getThrowable().orElseThrow().getMessage());
  }

  @Test
  void a_limitation_of_a_rule_that_there_is_not_is_a_mistake() {
    Map<String, TestExecutionResult> results = underJUnit(Mistaken.class);
    assertTrue(
        results.values().stream()
            .flatMap(result -> result.getThrowable().stream())
            .anyMatch(
                e -> String.valueOf(e.getMessage()).contains("rules that do not exist: [ZZ99]")),
        results::toString);
  }
}
