package dev.crosswalk.cors.jaxrs;

import java.util.Map;

class Jersey4Test extends JerseyWithMapperTest {

  /** Its Grizzly, 4.1, leaves no white space at the end of a value. */
  @Override
  protected Map<String, String> ownLimitations() {
    return Map.of();
  }
}
