package dev.crosswalk.cors.jaxrs;

import java.util.Map;

class Resteasy7Test extends JaxRsTck {

  @Override
  protected Map<String, String> ownLimitations() {
    return Map.of(
        "BO04", "RESTEasy knows methods in upper case only: put arrives as PUT.",
        "CL11", "RESTEasy knows methods in upper case only: options arrives as OPTIONS.",
        "RO08", "Undertow itself answers 500 to OPTIONS *, before RESTEasy.");
  }
}
