package dev.crosswalk.cors.micronaut;

import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.ApplicationContextConfigurer;
import io.micronaut.context.annotation.ContextConfigurer;
import io.micronaut.context.exceptions.ConfigurationException;

/** Refuses another Micronaut, which would leave out beans that it cannot load, and say nothing. */
final class SupportedMicronaut {

  /** What Micronaut's processor made of the filter, and Micronaut has to load. */
  private static final String DEFINITION =
      SupportedMicronaut.class.getPackageName() + ".$CorsPolicyFilter$Definition";

  private SupportedMicronaut() {}

  /** Public because Micronaut 3 makes an instance of no other class. */
  @ContextConfigurer
  public static final class Check implements ApplicationContextConfigurer {

    @Override
    public void configure(ApplicationContextBuilder builder) {
      try {
        Class.forName(DEFINITION, false, SupportedMicronaut.class.getClassLoader());
      } catch (ClassNotFoundException | LinkageError e) {
        throw new ConfigurationException(
            "cors-micronaut supports Micronaut 4 and 5, and this is another version: use a version"
                + " of cors-micronaut that supports it",
            e);
      }
    }
  }
}
