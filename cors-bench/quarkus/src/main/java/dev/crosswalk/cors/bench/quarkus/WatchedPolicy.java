package dev.crosswalk.cors.bench.quarkus;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsConfiguration;
import io.quarkus.arc.lookup.LookupIfProperty;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** The policy that is replaced while the server runs, where that is asked for. */
public class WatchedPolicy {

  @Produces
  @Singleton
  @LookupIfProperty(name = "soak", stringValue = "true")
  Cors policy() {
    return CorsConfiguration.watching(Path.of(System.getProperty("soak.policy")));
  }
}
