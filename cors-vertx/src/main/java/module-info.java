/** Applies a CORS policy to the routes of a Vert.x Web router. */
module dev.crosswalk.cors.vertx {
  requires transitive dev.crosswalk.cors;
  requires transitive io.vertx.core;
  requires transitive io.vertx.web;
  requires static org.jspecify;

  exports dev.crosswalk.cors.vertx;
}
