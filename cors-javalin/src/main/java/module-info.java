/** Applies a CORS policy to a Javalin application. */
module dev.crosswalk.cors.javalin {
  requires transitive dev.crosswalk.cors;
  // Not the servlet API: its module has another name in Javalin 6. Both read it through Javalin.
  requires transitive io.javalin;
  requires static org.jspecify;

  exports dev.crosswalk.cors.javalin;
}
