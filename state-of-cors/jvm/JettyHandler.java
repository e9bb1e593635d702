// org.eclipse.jetty.ee11:jetty-ee11-servlet:12.1.14
// + Items.java
package state;

import java.net.InetSocketAddress;
import java.util.Set;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.CrossOriginHandler;

public class JettyHandler {
  public static void main(String[] arguments) throws Exception {
    Server server = new Server(new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[0])));
    CrossOriginHandler crossOrigin = new CrossOriginHandler();
    crossOrigin.setAllowedOriginPatterns(Set.of("https://app.example.com"));
    crossOrigin.setAllowedMethods(Set.of("GET", "POST", "HEAD", "PUT"));
    crossOrigin.setAllowCredentials(true);
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServlet(new Items(), "/items");
    crossOrigin.setHandler(context);
    server.setHandler(crossOrigin);
    server.start();
  }
}
