package dev.crosswalk.cors.jaxrs;

import jakarta.ws.rs.core.Application;
import java.util.List;
import java.util.Map;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;

class TomcatTest extends JaxRsTck {

  @Override
  JaxRsServer start(Application application) throws Exception {
    return TomcatServer.start(
        "", Map.of("", new ServletContainer(ResourceConfig.forApplication(application))));
  }

  @Override
  protected List<Object> mappers() {
    return List.of(new UnmappedExceptionMapper());
  }
}
