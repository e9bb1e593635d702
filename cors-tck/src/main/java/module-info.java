/**
 * Verifies CORS from the browser's side: any adapter, and any URL. It is open, because JUnit has to
 * find the rules. They are in interfaces that nobody else implements.
 */
// The command line is built later, and may be absent; ICU4J names its module only in its manifest.
@SuppressWarnings({"module", "requires-automatic"})
open module dev.crosswalk.cors.tck {
  requires transitive dev.crosswalk.cors;
  requires transitive org.junit.jupiter.api;
  requires com.ibm.icu;
  requires org.junit.jupiter.params;
  requires java.logging;
  requires java.net.http;
  requires org.opentest4j;
  requires static org.jspecify;

  exports dev.crosswalk.cors.tck;
  exports dev.crosswalk.cors.tck.browser;
  exports dev.crosswalk.cors.tck.wire;
  exports dev.crosswalk.cors.tck.report to
      dev.crosswalk.cors.cli;
  exports dev.crosswalk.cors.tck.rules to
      dev.crosswalk.cors.cli;
  exports dev.crosswalk.cors.tck.url to
      dev.crosswalk.cors.cli;
}
