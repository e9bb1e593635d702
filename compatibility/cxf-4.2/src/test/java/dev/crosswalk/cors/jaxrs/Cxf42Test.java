package dev.crosswalk.cors.jaxrs;

import java.util.List;

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
}
