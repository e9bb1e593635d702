package dev.crosswalk.cors.servlet;

import java.util.Map;
import java.util.TreeMap;

/**
 * What every Jetty does with errors. How it is started differs: each version of Jakarta EE has its
 * own packages in Jetty.
 */
public interface JettyContainer extends Container {

  @Override
  default Map<String, String> limitations() {
    Map<String, String> limitations = new TreeMap<>();
    for (String rule : new String[] {"CA15", "CA16", "ER08", "ER13", "IN02"}) {
      limitations.put(rule, "Jetty removes Vary from the error pages that it makes.");
    }
    return limitations;
  }

  @Override
  default boolean removesVaryFromErrors() {
    return true;
  }

  @Override
  default boolean hasErrorPagesForOptions() {
    return false;
  }
}
