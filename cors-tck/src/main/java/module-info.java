/**
 * Verifies CORS from the browser's side: any adapter, and any URL. Open, so that JUnit finds the
 * rules, which stand in interfaces of their own that nobody is to implement.
 */
open module dev.crosswalk.cors.tck {
  requires transitive dev.crosswalk.cors;
  requires transitive org.junit.jupiter.api;
  requires java.net.http;
  requires org.opentest4j;
  requires static org.jspecify;

  exports dev.crosswalk.cors.tck;
}
