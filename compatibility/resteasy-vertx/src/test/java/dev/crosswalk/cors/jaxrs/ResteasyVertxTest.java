package dev.crosswalk.cors.jaxrs;

import jakarta.ws.rs.core.Application;

class ResteasyVertxTest extends JaxRsTck {

  @Override
  JaxRsServer start(Application application) {
    return VertxServer.start(application);
  }
}
