package dev.crosswalk.cors.servlet;

import dev.crosswalk.cors.tck.ServerUnderTest;
import jakarta.servlet.ServletContainerInitializer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.websocket.server.WsSci;
import org.jspecify.annotations.Nullable;

/** Tomcat 10.1 and 11. */
public final class TomcatContainer implements Container {

  /** Kept, because the logging of the JDK forgets what nobody holds. */
  private static final Logger LOGGER = Logger.getLogger("org.apache");

  static {
    LOGGER.setUseParentHandlers(false); // it logs each exception that a handler of the tests throws
  }

  @Override
  public ServerUnderTest start(
      ServletContainerInitializer application, Map<Integer, String> errorPages, @Nullable Path root)
      throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().addUpgradeProtocol(new Http2Protocol());
    Context context = tomcat.addContext("", root == null ? null : root.toString());
    if (root != null) {
      Tomcat.addServlet(context, "files", new DefaultServlet()).addMapping("/files/*");
    }
    context.addServletContainerInitializer(new WsSci(), Set.of());
    context.addServletContainerInitializer(application, Set.of());
    errorPages.forEach(
        (status, path) -> {
          ErrorPage page = new ErrorPage();
          page.setErrorCode(status);
          page.setLocation(path);
          context.addErrorPage(page);
        });
    tomcat.start();
    return ServerUnderTest.onPort(
        tomcat.getConnector().getLocalPort(),
        () -> {
          tomcat.stop();
          tomcat.destroy();
        });
  }

  @Override
  public Map<String, String> limitations() {
    return Map.of();
  }
}
