package dev.crosswalk.cors.micronaut;

import dev.crosswalk.cors.tck.TestApplication;
import dev.crosswalk.cors.tck.TestApplication.Behavior;
import io.micronaut.context.annotation.Requires;
import io.micronaut.websocket.WebSocketSession;
import io.micronaut.websocket.annotation.OnMessage;
import io.micronaut.websocket.annotation.OnOpen;
import io.micronaut.websocket.annotation.ServerWebSocket;

/** The kit's WebSocket. Micronaut has its path only in an annotation. */
@Requires(beans = TestApplication.class)
@ServerWebSocket("/socket")
class TestSocket {

  private final TestApplication application;

  TestSocket(TestApplication application) {
    this.application = application;
  }

  @OnOpen
  void open(WebSocketSession session) {
    application.routes().stream()
        .filter(route -> route.behavior() == Behavior.WEB_SOCKET)
        .forEach(route -> route.call());
  }

  @OnMessage
  String message(String message, WebSocketSession session) {
    session.sendSync(message);
    return message;
  }
}
