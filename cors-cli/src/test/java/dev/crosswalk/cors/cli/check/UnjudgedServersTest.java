package dev.crosswalk.cors.cli.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.tck.JdkServer;
import dev.crosswalk.cors.tck.MutantServer;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.TestApplication;
import dev.crosswalk.cors.tck.rules.TestPolicy;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Servers that are not there, go away, or speak something else. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class UnjudgedServersTest extends Checking {

  @Test
  void a_server_that_is_not_there_is_one_sentence() throws Exception {
    ServerUnderTest server =
        new JdkServer(TestPolicy.LIST.cors(), new TestApplication()).underTest();
    server.stop().close();
    unjudged(server.base(), "connection refused");
  }

  @Test
  void a_name_that_there_is_not_is_one_sentence() {
    unjudged(URI.create("http://no-such-host.invalid/"), "no such host");
  }

  @Test
  void a_server_that_speaks_no_TLS_is_one_sentence() throws Exception {
    URI url = serve(TestPolicy.LIST, new MutantServer.Step());
    unjudged(URI.create("https://127.0.0.1:" + url.getPort() + "/"), "TLS");
  }

  @Test
  void a_server_that_hangs_is_one_sentence() throws Exception {
    unjudged(scripted(wire -> Thread.sleep(30_000)), "timed out after 1 s", "--timeout", "1");
  }

  @Test
  void a_server_that_answers_garbage_is_one_sentence() throws Exception {
    unjudged(scripted(wire -> wire.say("220 mail.example ESMTP\r\n")), "not HTTP");
  }

  private void unjudged(URI url, String sentence, String... options) {
    assertEquals(2, check(url, options), out + "\n" + err);
    assertTrue(err.toString().contains(sentence), err::toString);
    assertEquals(1, err.toString().lines().count(), err::toString);
  }

  @Test
  void a_server_that_dies_in_the_middle_leaves_the_rest_not_run() throws Exception {
    List<AutoCloseable> dying = new ArrayList<>();
    int[] left = {10};
    ServerUnderTest server =
        new MutantServer(
                TestPolicy.CREDENTIALS.cors(),
                new TestApplication(),
                MutantServer.flow(
                    (unused, exchange) -> {
                      unused.proceed(exchange);
                      if (--left[0] == 0) {
                        try {
                          dying.get(0).close();
                        } catch (Exception e) {
                          throw new IllegalStateException(e);
                        }
                      }
                    }))
            .underTest();
    dying.add(server.stop());
    int exit = check(server.base().resolve("/resource"), PROFILE);
    assertEquals(1, exit, out::toString);
    assertTrue(out.toString().contains("the server has gone"), out::toString);
  }

  @Test
  void the_time_limit_ends_it() throws Exception {
    URI url =
        serve(
            TestPolicy.CREDENTIALS,
            MutantServer.flow(
                (server, exchange) -> {
                  try {
                    Thread.sleep(300);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  server.proceed(exchange);
                }));
    check(url, profileAnd("--time-limit", "2"));
    assertTrue(out.toString().contains("the time limit of 2 s is over"), out::toString);
  }
}
