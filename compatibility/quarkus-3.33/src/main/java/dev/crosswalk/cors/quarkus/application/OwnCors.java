package dev.crosswalk.cors.quarkus.application;

import io.quarkus.vertx.http.security.CORS;
import io.quarkus.vertx.http.security.HttpSecurity;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Set;

/** Quarkus' own CORS, enabled by code where a system property asks for it. */
@Singleton
public class OwnCors {

  void configure(@Observes HttpSecurity security) {
    if (Boolean.getBoolean("own.cors")) {
      security.cors(CORS.origins(Set.of("https://a.example")).build());
    }
  }
}
