package dev.crosswalk.cors.micronaut;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.env.Environment;

/** Warns about the file that other adapters read. Here it would be a second source of settings. */
@Context
final class IgnoredFile {

  private static final String FILE = "cors.properties";

  IgnoredFile(Environment environment) {
    if (environment.getResource("classpath:" + FILE).isPresent()) {
      System.getLogger("dev.crosswalk.cors")
          .log(
              System.Logger.Level.WARNING,
              "cors-micronaut does not read "
                  + FILE
                  + ", which is on the class path: move its settings to the application's"
                  + " configuration, such as application.properties.");
    }
  }
}
