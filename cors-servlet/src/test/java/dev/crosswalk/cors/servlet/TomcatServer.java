package dev.crosswalk.cors.servlet;

import jakarta.servlet.ServletContainerInitializer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.websocket.server.WsSci;

/** Tomcat 10.1 or 11, with one web application. */
final class TomcatServer implements AutoCloseable {

  /** Kept, because the logging of the JDK forgets what nobody holds. */
  private static final Logger LOGGER = Logger.getLogger("org.apache");

  static {
    LOGGER.setUseParentHandlers(false); // it logs each exception that a handler of the tests throws
  }

  private final Tomcat tomcat = new Tomcat();

  TomcatServer(ServletContainerInitializer application) throws IOException, LifecycleException {
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().addUpgradeProtocol(new Http2Protocol());
    Context context = tomcat.addContext("", null);
    context.addServletContainerInitializer(new WsSci(), Set.of());
    context.addServletContainerInitializer(application, Set.of());
    tomcat.start();
  }

  int port() {
    return tomcat.getConnector().getLocalPort();
  }

  @Override
  public void close() throws LifecycleException {
    tomcat.stop();
    tomcat.destroy();
  }
}
