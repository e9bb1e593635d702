package dev.crosswalk.cors.jaxrs;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.TestApplication;
import dev.crosswalk.cors.vertx.CorsPolicyHandler;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.TreeMap;

/** Both adapters, by mistake. */
class ResteasyWithTwoAdaptersTest extends JaxRsTck {

  private Cors cors = CorsPolicy.none();

  @Override
  protected ServerUnderTest start(Cors cors, TestApplication application) throws Exception {
    this.cors = cors;
    return super.start(cors, application);
  }

  @Override
  JaxRsServer start(Application application) {
    return VertxServer.start(application, new CorsPolicyHandler(cors));
  }

  @Override
  protected Map<String, String> ownLimitations() {
    Map<String, String> limitations = new TreeMap<>();
    for (String rule : new String[] {"BR18", "OR14"}) {
      limitations.put(
          rule,
          "RESTEasy adds the filter's headers to the handler's, and where there is no content"
              + " displaces the handler before it repairs that.");
    }
    for (String rule : new String[] {"BO12", "BO13"}) {
      limitations.put(rule, "Each of two adapters decides, and logs the warnings.");
    }
    return limitations;
  }
}
