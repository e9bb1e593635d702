package dev.crosswalk.cors.jaxrs;

import java.util.List;
import java.util.Map;

class Cxf42Test extends JaxRsTck {

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
