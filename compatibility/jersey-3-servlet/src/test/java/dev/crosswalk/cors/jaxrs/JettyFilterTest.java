package dev.crosswalk.cors.jaxrs;

import jakarta.ws.rs.core.Application;
import java.util.List;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

class JettyFilterTest extends CorsPolicyFilterTest {

  @Override
  JaxRsServer start(String contextPath, Application application) throws Exception {
    return JettyServer.start(
        contextPath + JaxRsServer.path(application),
        ResourceConfig.forApplication(application)
            .property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true));
  }

  @Override
  List<String> refusedPaths() {
    return List.of("/a%2Fb", "/a//b");
  }
}
