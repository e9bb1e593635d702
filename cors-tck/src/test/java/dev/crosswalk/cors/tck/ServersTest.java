package dev.crosswalk.cors.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.tck.rules.TestPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServersTest {

  /** The numbers of the servers that were asked to stop, in the order of their start. */
  private final List<Integer> stopped = new ArrayList<>();

  private int started;

  /** Servers that stop, and say that they did not. */
  private final Servers servers =
      new Servers(
          (cors, application) -> {
            int number = ++started;
            ServerUnderTest server = new JdkServer(cors, application).underTest();
            return new ServerUnderTest(
                server.base(),
                () -> {
                  server.stop().close();
                  stopped.add(number);
                  throw new IOException("server " + number);
                });
          },
          () -> false,
          false);

  @Test
  void every_server_of_a_rule_is_stopped_once_even_if_one_says_that_it_did_not_stop()
      throws Exception {
    servers.startedWith(CorsPolicy.none());
    servers.startedWith(CorsPolicy.none());
    AssertionError failure = assertThrows(AssertionError.class, servers::endOfRule);
    assertEquals(List.of(2, 3), stopped);
    assertEquals(
        "a server of the rule's own does not stop: java.io.IOException: server 2",
        failure.getMessage());
    assertEquals(List.of("server 3"), suppressed(failure.getCause()));

    servers.endOfRule();
    assertEquals(List.of(2, 3), stopped);
    assertThrows(IOException.class, servers::stop);
  }

  @Test
  void each_server_that_does_not_stop_is_named() {
    servers.site(TestPolicy.CREDENTIALS);
    servers.site(TestPolicy.NONE);
    IOException failure = assertThrows(IOException.class, servers::stop);
    assertEquals("server 1", failure.getMessage());
    assertEquals(List.of("server 2"), suppressed(failure));
  }

  private static List<String> suppressed(Throwable failure) {
    return Arrays.stream(failure.getSuppressed()).map(Throwable::getMessage).toList();
  }
}
