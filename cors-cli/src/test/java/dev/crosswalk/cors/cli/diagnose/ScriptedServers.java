package dev.crosswalk.cors.cli.diagnose;

import static dev.crosswalk.cors.cli.diagnose.Diagnosing.ALLOW;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.TRUE;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.VARY;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.response;
import static dev.crosswalk.cors.cli.diagnose.Diagnosing.visit;

import dev.crosswalk.cors.cli.Result;
import dev.crosswalk.cors.tck.wire.ScriptedServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** Servers that answer what a test says, and the command against them. */
abstract class ScriptedServers {

  private final List<ScriptedServer> servers = new ArrayList<>();

  @AfterEach
  void stop() throws IOException {
    for (ScriptedServer server : servers) {
      server.close();
    }
  }

  /** A server with one answer to preflights, and one to all else. */
  final ScriptedServer server(String preflight, String actual) throws IOException {
    return start(
        wire -> {
          boolean asks = wire.readHead().startsWith("OPTIONS ");
          wire.say(asks ? preflight : actual);
        });
  }

  /** A server that answers by the head of the request. */
  final ScriptedServer server(UnaryOperator<String> answer) throws IOException {
    return start(wire -> wire.say(answer.apply(wire.readHead())));
  }

  final ScriptedServer start(ScriptedServer.Script script) throws IOException {
    ScriptedServer server = ScriptedServer.start(script);
    servers.add(server);
    return server;
  }

  final ScriptedServer start(ServerSocket socket, ScriptedServer.Script script) {
    ScriptedServer server = ScriptedServer.start(socket, script);
    servers.add(server);
    return server;
  }

  /** A server that reads the head of a request, and never answers. */
  final ScriptedServer silent() throws IOException {
    return start(
        wire -> {
          wire.readHead();
          Thread.sleep(60_000);
        });
  }

  final Result diagnose(String actual, String... more) throws IOException {
    return answering(response("500 Not asked for"), actual, more);
  }

  final Result diagnose(UnaryOperator<String> answer, String... more) throws IOException {
    return visit(server(answer).url("/notes"), more);
  }

  final Result answering(String preflight, String actual, String... more) throws IOException {
    return visit(server(preflight, actual).url("/notes"), more);
  }

  final Result put(String preflight, String... more) throws IOException {
    String[] arguments = new String[more.length + 2];
    arguments[0] = "-X";
    arguments[1] = "PUT";
    System.arraycopy(more, 0, arguments, 2, more.length);
    return answering(preflight, response("200 OK", ALLOW, TRUE, VARY), arguments);
  }
}
