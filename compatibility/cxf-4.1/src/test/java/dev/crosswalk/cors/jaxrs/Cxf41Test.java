package dev.crosswalk.cors.jaxrs;

import java.util.List;

class Cxf41Test extends JaxRsTck {

  @Override
  protected List<Object> mappers() {
    return List.of(new UnmappedExceptionMapper());
  }
}
