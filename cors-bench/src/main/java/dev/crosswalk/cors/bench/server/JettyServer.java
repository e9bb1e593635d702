package dev.crosswalk.cors.bench.server;

import dev.crosswalk.cors.servlet.CorsPolicyFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.CrossOriginHandler;

/** The server on Jetty, with its {@code CrossOriginHandler} in front of the servlets. */
final class JettyServer {

  private JettyServer() {}

  static int start(Mode mode) throws Exception {
    org.eclipse.jetty.server.Server server = new org.eclipse.jetty.server.Server();
    ServerConnector connector =
        new ServerConnector(server, new HttpConnectionFactory(new HttpConfiguration()));
    if (Server.isSoaked()) {
      connector.addConnectionFactory(new HTTP2CServerConnectionFactory(new HttpConfiguration()));
    }
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServlet(new ServletHolder(new TextServlet()), Server.PATH);
    ServletHolder endless = new ServletHolder(new TextServlet.Endless());
    endless.setAsyncSupported(true);
    context.addServlet(endless, Server.ENDLESS);
    server.setHandler(context);
    switch (mode) {
      case NONE -> {}
      case BY_HAND -> add(context, new TextServlet.ByHand());
      case OWN -> {
        CrossOriginHandler own = own();
        own.setHandler(context);
        server.setHandler(own);
      }
      case CROSSWALK -> add(context, new CorsPolicyFilter(Server.cors()));
    }
    server.start();
    return connector.getLocalPort();
  }

  private static void add(ServletContextHandler context, Filter filter) {
    context.addFilter(new FilterHolder(filter), "/*", EnumSet.allOf(DispatcherType.class));
  }

  private static CrossOriginHandler own() {
    CrossOriginHandler own = new CrossOriginHandler();
    own.setAllowedOriginPatterns(
        Server.ORIGINS.stream().map(Pattern::quote).collect(Collectors.toSet()));
    own.setAllowedMethods(Set.copyOf(Server.METHODS));
    own.setAllowedHeaders(Set.copyOf(Server.REQUEST_HEADERS));
    own.setAllowCredentials(false);
    own.setPreflightMaxAge(Duration.ofSeconds(Server.MAX_AGE_SECONDS));
    return own;
  }
}
