package dev.crosswalk.cors.servlet;

import dev.crosswalk.cors.tck.TestApplication.Route;
import jakarta.servlet.ServletContext;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;

/** The WebSockets of containers that have them; a class of its own for those that have not. */
public final class WebSockets {

  /** The attribute of a web application by which Jakarta WebSocket offers its container. */
  static final String CONTAINER = "jakarta.websocket.server.ServerContainer";

  private WebSockets() {}

  static void add(ServletContext context, Route route) {
    ServerEndpointConfig config =
        ServerEndpointConfig.Builder.create(Echo.class, route.path())
            .configurator(
                new ServerEndpointConfig.Configurator() {
                  @Override
                  public <T> T getEndpointInstance(Class<T> type) {
                    return type.cast(new Echo(route));
                  }
                })
            .build();
    try {
      ((ServerContainer) context.getAttribute(CONTAINER)).addEndpoint(config);
    } catch (DeploymentException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Public, because Jetty asks for that. */
  public static final class Echo extends Endpoint {

    private final Route route;

    Echo(Route route) {
      this.route = route;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
      route.call();
      session.addMessageHandler(
          String.class,
          (MessageHandler.Whole<String>) message -> session.getAsyncRemote().sendText(message));
    }
  }
}
