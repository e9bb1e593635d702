package dev.crosswalk.cors.javalin;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.servlet.CorsPolicyFilter;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.TestApplication;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletRegistration;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.io.TempDir;

/** An application that Tomcat mounts, without a class of Jetty's. */
class JavalinTomcatTckTest extends CorsPolicyPluginTckTest {

  @TempDir static Path directory;

  @Override
  protected ServerUnderTest start(Cors cors, TestApplication application) throws Exception {
    Servlet servlet =
        Javalin7.create(
                routes -> add(routes, application), config -> config.http.prefer405over404 = true)
            .javalinServlet();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory.toString());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", null);
    context.addServletContainerInitializer(
        (classes, servlets) -> {
          ServletRegistration.Dynamic javalin = servlets.addServlet("javalin", servlet);
          javalin.setAsyncSupported(true);
          javalin.addMapping("/*");
          CorsPolicyFilter.register(servlets, cors);
        },
        Set.of());
    tomcat.start();
    return ServerUnderTest.onPort(
        tomcat.getConnector().getLocalPort(),
        () -> {
          tomcat.stop();
          tomcat.destroy();
        });
  }

  @Override
  protected Map<String, String> limitations() {
    String reason = "Javalin's WebSockets need its own server";
    return Map.of("IN17", reason, "IN22", reason, "GU37", reason);
  }
}
