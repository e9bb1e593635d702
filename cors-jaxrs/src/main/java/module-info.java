/** Crosswalk for JAX-RS 3.0 to 4.0. */
module dev.crosswalk.cors.jaxrs {
  requires transitive dev.crosswalk.cors;
  requires transitive jakarta.ws.rs;
  requires static jakarta.annotation;
  requires static org.jspecify;

  exports dev.crosswalk.cors.jaxrs;

  // Implementations inject what they have configured.
  opens dev.crosswalk.cors.jaxrs;
}
