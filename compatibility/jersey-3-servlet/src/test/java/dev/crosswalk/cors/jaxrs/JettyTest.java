package dev.crosswalk.cors.jaxrs;

import jakarta.ws.rs.core.Application;
import java.util.List;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/** Jersey with the setting that keeps Jetty from making error pages. */
class JettyTest extends JaxRsTck {

  @Override
  JaxRsServer start(Application application) throws Exception {
    return JettyServer.start(
        "",
        ResourceConfig.forApplication(application)
            .property(ServerProperties.RESPONSE_SET_STATUS_OVER_SEND_ERROR, true));
  }

  @Override
  protected List<Object> mappers() {
    return List.of(new UnmappedExceptionMapper());
  }
}
