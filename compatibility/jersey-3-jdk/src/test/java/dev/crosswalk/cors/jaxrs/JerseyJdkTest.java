package dev.crosswalk.cors.jaxrs;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

class JerseyJdkTest extends JaxRsTck {

  @Override
  protected List<Object> mappers() {
    return List.of(new UnmappedExceptionMapper());
  }

  @Override
  protected boolean hasEvents() {
    return false;
  }

  @Override
  protected Map<String, String> ownLimitations() {
    Map<String, String> limitations = new TreeMap<>();
    for (String rule : new String[] {"CA23", "ER13", "IN13", "ST01", "ST05", "ST06"}) {
      limitations.put(rule, "Jersey has no asynchronous responses on the JDK's server.");
    }
    limitations.put(
        "BO03",
        "Jersey mistakes the authority of a target in absolute form for a part of the path.");
    return limitations;
  }
}
