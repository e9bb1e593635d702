package dev.crosswalk.cors.jaxrs;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

  /** CXF refuses two instances of one class, which Tomcat asks for with the first request. */
  @Override
  @Test
  void two_filters_write_one_set_of_headers() throws Exception {
    serve(new CorsPolicyFilter(POLICY), new CorsPolicyFilter(POLICY));
    WireResponse response = send("GET", "/books", "Origin", APP);
    assertEquals(500, response.status());
  }

  @Override
  @Test
  void of_two_filters_one_decides() throws Exception {
    two_filters_write_one_set_of_headers();
  }

  @Override
  @Test
  void a_second_filter_of_ours_is_named() throws Exception {
    two_filters_write_one_set_of_headers();
  }
}
