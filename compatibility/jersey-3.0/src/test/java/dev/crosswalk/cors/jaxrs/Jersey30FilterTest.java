package dev.crosswalk.cors.jaxrs;

import jakarta.ws.rs.core.Application;

class Jersey30FilterTest extends CorsPolicyFilterTest {

  @Override
  JaxRsServer start(Application application) throws Exception {
    return GrizzlyServer.start(application);
  }
}
