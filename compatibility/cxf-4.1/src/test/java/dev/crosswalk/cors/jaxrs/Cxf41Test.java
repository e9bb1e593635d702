package dev.crosswalk.cors.jaxrs;

import java.util.List;
import java.util.Map;

class Cxf41Test extends JaxRsTck {

  @Override
  protected List<Object> mappers() {
    return List.of(new UnmappedExceptionMapper());
  }

  @Override
  protected Map<String, String> ownLimitations() {
    return Map.of("BO01", "CXF drops the first of two slashes at the beginning of a path.");
  }
}
