package dev.crosswalk.cors.bench.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers are compared that say the same. */
@Tag("servers")
class ServerTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** Of the servers that run: they stop with this process. */
  private static final Map<String, Integer> PORTS = new HashMap<>();

  @BeforeAll
  static void beQuiet() {
    Logger.getLogger("").setLevel(Level.WARNING);
  }

  @ParameterizedTest
  // Quarkus' server is not of this module; what it answers is checked before it is measured.
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "QUARKUS")
  void whoever_sees_to_CORS_each_request_that_is_measured_is_answered_as_it_has_to_be(
      Framework framework) throws Exception {
    for (Mode mode : Mode.values()) {
      String url = url(framework, mode);
      for (Load load : Load.values()) {
        if (load.canMeasure(mode)) {
          assertEquals(
              List.of(), load.faults(mode, load.ask(CLIENT, url)), () -> mode + ", " + load);
        }
      }
    }
  }

  @ParameterizedTest
  // Quarkus' server is not of this module; what it answers is checked before it is measured.
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "QUARKUS")
  void the_answer_of_a_server_without_CORS_is_told_from_one_with_it_and_the_reverse(
      Framework framework) throws Exception {
    HttpResponse<String> without = Load.ALLOWED_ORIGIN.ask(CLIENT, url(framework, Mode.NONE));
    HttpResponse<String> with = Load.ALLOWED_ORIGIN.ask(CLIENT, url(framework, Mode.CROSSWALK));

    assertNotEquals(List.of(), Load.ALLOWED_ORIGIN.faults(Mode.CROSSWALK, without));
    assertNotEquals(List.of(), Load.PREFLIGHT.faults(Mode.CROSSWALK, with));
    assertNotEquals(List.of(), Load.ALLOWED_ORIGIN.faults(Mode.NONE, with));
  }

  private static String url(Framework framework, Mode mode) throws Exception {
    String server = framework + " " + mode;
    Integer port = PORTS.get(server);
    if (port == null) {
      port = framework.start(mode);
      PORTS.put(server, port);
    }
    return "http://127.0.0.1:" + port + Server.PATH;
  }
}
