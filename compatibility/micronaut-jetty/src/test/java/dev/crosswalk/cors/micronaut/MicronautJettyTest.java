package dev.crosswalk.cors.micronaut;

import java.util.Map;
import java.util.TreeMap;

/** The kit on Jetty, by Micronaut's servlet. */
class MicronautJettyTest extends MicronautTest {

  private static final String ASYNCHRONOUS =
      "Micronaut's servlet drops the headers of a response that is made on another thread, those of"
          + " the application, too";
  private static final String REMOVED =
      "Micronaut's servlet removes no header, and empties it instead";

  @Override
  protected Map<String, String> limitations() {
    Map<String, String> limitations = new TreeMap<>();
    for (String rule : new String[] {"CA23", "ER13", "IN13", "ST01", "ST06"}) {
      limitations.put(rule, ASYNCHRONOUS);
    }
    limitations.put("BO08", REMOVED);
    limitations.put("BO14", "Micronaut itself refuses a bean that is null.");
    limitations.put("IN09", REMOVED);
    limitations.put("IN10", REMOVED);
    for (String rule : new String[] {"IN17", "IN22", "GU37"}) {
      limitations.put(rule, "Micronaut's servlet has no WebSockets");
    }
    limitations.put("ST04", "Micronaut's servlet ends a stream of events before the last");
    return limitations;
  }
}
