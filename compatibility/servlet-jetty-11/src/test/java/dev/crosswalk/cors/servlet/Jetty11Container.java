package dev.crosswalk.cors.servlet;

import dev.crosswalk.cors.tck.ServerUnderTest;
import jakarta.servlet.ServletContainerInitializer;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.DefaultServlet;
import org.eclipse.jetty.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.eclipse.jetty.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.jspecify.annotations.Nullable;

/** Jetty 11. */
public final class Jetty11Container implements JettyContainer {

  @Override
  public ServerUnderTest start(
      ServletContainerInitializer application, Map<Integer, String> errorPages, @Nullable Path root)
      throws Exception {
    Server server = new Server();
    HttpConfiguration http = new HttpConfiguration();
    ServerConnector connector =
        new ServerConnector(
            server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    context.setContextPath("/");
    JakartaWebSocketServletContainerInitializer.configure(context, null);
    context.addServletContainerInitializer(application);
    if (root != null) {
      context.setResourceBase(root.toString());
      ServletHolder files = context.addServlet(DefaultServlet.class, "/files/*");
      files.setInitParameter("pathInfoOnly", "false");
    }
    ErrorPageErrorHandler pages = new ErrorPageErrorHandler();
    errorPages.forEach(pages::addErrorPage);
    context.setErrorHandler(pages);
    server.setHandler(context);
    server.start();
    return ServerUnderTest.onPort(connector.getLocalPort(), server::stop);
  }

  @Override
  public boolean changesRequestOfForward() {
    return true;
  }
}
