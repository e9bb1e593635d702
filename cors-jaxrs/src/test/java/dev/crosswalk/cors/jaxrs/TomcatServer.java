package dev.crosswalk.cors.jaxrs;

import jakarta.servlet.Servlet;
import java.nio.file.Files;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;

/** Tomcat, for what an implementation offers as a servlet. */
final class TomcatServer {

  private TomcatServer() {}

  /** Starts servlets by the path below which each is mounted, all in one context. */
  static JaxRsServer start(String contextPath, Map<String, Servlet> servlets) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    Connector connector = tomcat.getConnector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext(contextPath, null);
    servlets.forEach(
        (path, servlet) -> {
          Wrapper wrapper = Tomcat.addServlet(context, path, servlet);
          wrapper.setAsyncSupported(true);
          wrapper.addMapping(path + "/*");
        });
    tomcat.start();
    return new JaxRsServer(
        connector.getLocalPort(),
        () -> {
          tomcat.stop();
          tomcat.destroy();
        });
  }
}
