package dev.crosswalk.cors.quarkus.application;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.CorsPolicy;
import io.quarkus.arc.lookup.LookupIfProperty;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Policies as beans, each where a system property asks for it: else there is none. */
@Singleton
public class Policies {

  @Produces
  @Singleton
  @LookupIfProperty(name = Kit.STARTS, stringValue = "true")
  Cors ofTheKit() {
    return Kit.cors;
  }

  @Produces
  @Singleton
  @LookupIfProperty(name = "beans.one", stringValue = "true")
  CorsPolicy one() {
    return CorsPolicy.builder().allowOrigins("https://app.example.com").build();
  }

  @Produces
  @Singleton
  @LookupIfProperty(name = "beans.another", stringValue = "true")
  Cors another() {
    return CorsPolicy.none();
  }

  @Produces
  @Dependent
  @LookupIfProperty(name = "beans.null", stringValue = "true")
  Cors nothing() {
    return null;
  }
}
