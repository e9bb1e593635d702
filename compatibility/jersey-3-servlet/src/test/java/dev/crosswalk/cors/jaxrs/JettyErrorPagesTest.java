package dev.crosswalk.cors.jaxrs;

import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.TreeMap;
import org.glassfish.jersey.server.ResourceConfig;

/** Jersey as it is: of a response with an error's status and no content Jetty makes a page. */
class JettyErrorPagesTest extends JettyTest {

  @Override
  JaxRsServer start(Application application) throws Exception {
    return JettyServer.start("", ResourceConfig.forApplication(application));
  }

  @Override
  protected Map<String, String> ownLimitations() {
    Map<String, String> limitations = new TreeMap<>();
    for (String rule :
        new String[] {"CA15", "CA16", "CA19", "ER08", "ER13", "GU26", "IN02", "PF16"}) {
      limitations.put(rule, "Jetty's error pages drop the Vary of the response.");
    }
    return limitations;
  }
}
