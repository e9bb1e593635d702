package dev.crosswalk.cors.jaxrs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.tck.wire.WireResponse;
import jakarta.ws.rs.core.Application;
import java.util.List;
import java.util.Map;
import org.apache.cxf.jaxrs.servlet.CXFNonSpringJaxrsServlet;
import org.junit.jupiter.api.Test;

class Cxf40FilterTest extends CorsPolicyFilterTest {

  @Override
  JaxRsServer start(String contextPath, Application application) throws Exception {
    return TomcatServer.start(
        contextPath,
        Map.of(JaxRsServer.path(application), new CXFNonSpringJaxrsServlet(application)));
  }

  @Override
  List<String> refusedPaths() {
    return List.of("/a%2Fb");
  }

  @Override
  boolean refusesTwoFilters() {
    return true;
  }

  /** Tomcat asks for the application with the first request. */
  @Test
  void two_filters_do_not_start() throws Exception {
    serve(new CorsPolicyFilter(POLICY), new CorsPolicyFilter(POLICY));
    WireResponse response = send("GET", "/books", "Origin", APP);
    assertEquals(500, response.status());
    assertTrue(
        response
            .text()
            .contains(
                "More than one instance of the same singleton class "
                    + CorsPolicyFilter.class.getName()
                    + " is available"),
        response::text);
  }
}
