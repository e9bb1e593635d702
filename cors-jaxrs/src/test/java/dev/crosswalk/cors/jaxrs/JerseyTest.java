package dev.crosswalk.cors.jaxrs;

import java.util.Map;
import java.util.TreeMap;

/** Jersey as it is, on Grizzly. */
class JerseyTest extends JaxRsTck {

  @Override
  protected Map<String, String> ownLimitations() {
    Map<String, String> limitations = new TreeMap<>();
    for (String rule : new String[] {"BR10", "CA16", "ER10", "ER12", "ER13", "ER16"}) {
      limitations.put(rule, "Jersey runs no response filter for an exception without mapper.");
    }
    limitations.putAll(JerseyWithMapperTest.LIMITATIONS);
    return limitations;
  }
}
