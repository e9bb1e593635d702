package dev.crosswalk.cors.jaxrs;

import jakarta.ws.rs.core.Application;

class Jersey30Test extends JerseyWithMapperTest {

  @Override
  JaxRsServer start(Application application) throws Exception {
    return GrizzlyServer.start("", application);
  }
}
