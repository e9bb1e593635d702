package dev.crosswalk.cors.servlet;

import dev.crosswalk.cors.tck.ServerUnderTest;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.handlers.DefaultServlet;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.ServletContainerInitializer;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Undertow 2.3 and 2.4. */
public final class UndertowContainer implements Container {

  /** Kept, because the logging of the JDK forgets what nobody holds. */
  private static final Logger LOGGER = Logger.getLogger("io.undertow");

  static {
    LOGGER.setUseParentHandlers(false); // it logs each exception that a handler of the tests throws
  }

  @Override
  public ServerUnderTest start(
      ServletContainerInitializer application, Map<Integer, String> errorPages, @Nullable Path root)
      throws Exception {
    DeploymentInfo deployment =
        Servlets.deployment()
            .setClassLoader(UndertowContainer.class.getClassLoader())
            .setContextPath("/")
            .setDeploymentName("application")
            .addServletContainerInitializer(
                new ServletContainerInitializerInfo(
                    application.getClass(), new ImmediateInstanceFactory<>(application), Set.of()));
    errorPages.forEach((status, path) -> deployment.addErrorPage(Servlets.errorPage(path, status)));
    if (root != null) {
      deployment
          .setResourceManager(new PathResourceManager(root))
          .addServlet(
              Servlets.servlet("files", DefaultServlet.class)
                  .addMapping("/files/*")
                  .addInitParam("resolve-against-context-root", "true"));
    }
    DeploymentManager manager = Servlets.newContainer().addDeployment(deployment);
    manager.deploy();
    Undertow undertow =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .setHandler(manager.start())
            .build();
    undertow.start();
    int port = ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
    return ServerUnderTest.onPort(port, undertow::stop);
  }

  @Override
  public Map<String, String> limitations() {
    Map<String, String> limitations = new TreeMap<>();
    for (String rule : new String[] {"BR10", "CA16", "ER10", "ER12", "ER13", "ER16"}) {
      limitations.put(rule, "Undertow removes all headers when an exception reaches it.");
    }
    for (String rule : new String[] {"RO08"}) {
      limitations.put(rule, "Undertow answers OPTIONS * with 500 before any filter.");
    }
    for (String rule : new String[] {"IN17", "IN22", "GU37"}) {
      limitations.put(rule, "This server is started without WebSockets.");
    }
    return limitations;
  }
}
