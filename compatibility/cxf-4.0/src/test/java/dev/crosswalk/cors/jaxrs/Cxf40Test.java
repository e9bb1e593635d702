package dev.crosswalk.cors.jaxrs;

import jakarta.ws.rs.core.Application;
import java.util.List;
import java.util.Map;
import org.apache.cxf.jaxrs.servlet.CXFNonSpringJaxrsServlet;

class Cxf40Test extends JaxRsTck {

  @Override
  JaxRsServer start(Application application) throws Exception {
    return TomcatServer.start("", Map.of("", new CXFNonSpringJaxrsServlet(application)));
  }

  @Override
  protected List<Object> mappers() {
    return List.of(new UnmappedExceptionMapper());
  }

  /** The release of this version has no cxf-rt-rs-sse. */
  @Override
  protected boolean hasEvents() {
    return false;
  }

  @Override
  protected Map<String, String> ownLimitations() {
    return Map.of("BO01", "CXF drops the first of two slashes at the beginning of a path.");
  }
}
