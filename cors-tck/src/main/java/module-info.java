/** Verifies CORS from the browser's side: any adapter, and any URL. */
module dev.crosswalk.cors.tck {
  requires transitive dev.crosswalk.cors;
  requires static org.jspecify;

  exports dev.crosswalk.cors.tck;
}
