package dev.crosswalk.cors.jaxrs;

import jakarta.ws.rs.core.Application;

class Jersey30FilterTest extends CorsPolicyFilterTest {

  @Override
  JaxRsServer start(String contextPath, Application application) throws Exception {
    return GrizzlyServer.start(contextPath, application);
  }
}
