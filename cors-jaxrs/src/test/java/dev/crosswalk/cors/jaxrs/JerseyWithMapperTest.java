package dev.crosswalk.cors.jaxrs;

import java.util.List;
import java.util.Map;

/** Jersey with the mapper for exceptions that have none, on Grizzly. */
public class JerseyWithMapperTest extends JaxRsTck {

  static final Map<String, String> LIMITATIONS =
      Map.of("OR24", "Grizzly leaves white space at the end of a value. No browser sends any.");

  @Override
  protected List<Object> mappers() {
    return List.of(new UnmappedExceptionMapper());
  }

  @Override
  protected Map<String, String> ownLimitations() {
    return LIMITATIONS;
  }
}
