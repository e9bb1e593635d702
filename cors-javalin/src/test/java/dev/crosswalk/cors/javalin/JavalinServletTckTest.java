package dev.crosswalk.cors.javalin;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.TestApplication;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The same application without Javalin's server: its servlet in a container, behind the filter. */
class JavalinServletTckTest extends CorsPolicyPluginTckTest {

  @Override
  protected ServerUnderTest start(Cors cors, TestApplication application) throws Exception {
    Servlet servlet =
        create(routes -> add(routes, application), config -> config.http.prefer405over404 = true)
            .javalinServlet();
    ServletContextHandler context = new ServletContextHandler();
    JettyWebSocketServletContainerInitializer.configure(context, null);
    context.addServlet(new ServletHolder(servlet), "/*");
    FilterRegistration.Dynamic filter =
        context.getServletContext().addFilter("cors", CorsPolicyPlugin.filter(cors));
    filter.setAsyncSupported(true);
    filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
    Server server = new Server(new InetSocketAddress("127.0.0.1", 0));
    server.setHandler(context);
    server.start();
    return ServerUnderTest.onPort(
        ((ServerConnector) server.getConnectors()[0]).getLocalPort(), server::stop);
  }

  @Override
  protected Map<String, String> limitations() {
    return Map.of("IN17", "Javalin's WebSockets need its own server");
  }
}
