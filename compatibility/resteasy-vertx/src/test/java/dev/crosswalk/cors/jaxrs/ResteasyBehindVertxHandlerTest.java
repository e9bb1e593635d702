package dev.crosswalk.cors.jaxrs;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.TestApplication;
import dev.crosswalk.cors.vertx.CorsPolicyHandler;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** The handler of the router, in front of RESTEasy. */
class ResteasyBehindVertxHandlerTest extends JaxRsTck {

  private Cors cors = CorsPolicy.none();

  @Override
  protected ServerUnderTest start(Cors cors, TestApplication application) throws Exception {
    this.cors = cors;
    // The filter, which the base class registers, has no policy for any path of the application.
    return super.start(Cors.byPath(Map.of("/nowhere", CorsPolicy.none())), application);
  }

  @Override
  JaxRsServer start(Application application) {
    return VertxServer.start(application, new CorsPolicyHandler(cors));
  }
}
