package dev.crosswalk.cors.jaxrs;

import jakarta.ws.rs.core.Application;
import java.util.List;
import java.util.Map;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;

class TomcatFilterTest extends CorsPolicyFilterTest {

  @Override
  JaxRsServer start(String contextPath, Application application) throws Exception {
    return TomcatServer.start(
        contextPath,
        Map.of(
            JaxRsServer.path(application),
            new ServletContainer(ResourceConfig.forApplication(application))));
  }

  @Override
  List<String> refusedPaths() {
    return List.of("/a%2Fb");
  }
}
