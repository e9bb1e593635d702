/**
 * Verifies CORS from the browser's side: any adapter, and any URL. Open, so that JUnit finds the
 * rules, which stand in interfaces of their own that nobody is to implement.
 */
open module dev.crosswalk.cors.tck {
  requires transitive dev.crosswalk.cors;
  requires transitive org.junit.jupiter.api;
  requires java.net.http;
  requires java.xml;
  requires org.opentest4j;
  requires static org.jspecify;
  // Of the command line alone, which has them in its own jar.
  requires static info.picocli;
  requires static tools.jackson.databind;

  exports dev.crosswalk.cors.tck;
}
