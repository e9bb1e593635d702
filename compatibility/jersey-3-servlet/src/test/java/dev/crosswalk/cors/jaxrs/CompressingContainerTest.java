package dev.crosswalk.cors.jaxrs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.crosswalk.cors.CorsPolicy;
import dev.crosswalk.cors.tck.wire.Headers;
import dev.crosswalk.cors.tck.wire.WireClient;
import dev.crosswalk.cors.tck.wire.WireRequest;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.gzip.GzipHandler;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.junit.jupiter.api.Test;

/** Jersey in a Jetty that compresses, as Dropwizard has it: Jetty has written a Vary before. */
class CompressingContainerTest {

  private static final String APP = "https://app.example.com";
  private static final CorsPolicy POLICY =
      CorsPolicy.builder().allowOrigins(APP, "https://admin.example.com").build();

  /** As docs/jax-rs.md says. If both are there one day, that sentence can go. */
  @Test
  void jersey_replaces_the_Vary_of_the_container() throws Exception {
    ResourceConfig jersey =
        new ResourceConfig(Library.class).register(new CorsPolicyFilter(POLICY));
    assertEquals(Set.of("Origin"), vary(jersey, context -> {}));
  }

  @Test
  void with_the_servlet_filter_both_are_there() throws Exception {
    assertEquals(
        Set.of("Accept-Encoding", "Origin"),
        vary(
            new ResourceConfig(Library.class),
            context ->
                dev.crosswalk.cors.servlet.CorsPolicyFilter.register(
                    context.getServletContext(), POLICY)));
  }

  @SuppressWarnings({"deprecation", "removal"}) // Of Jetty 12.1; Dropwizard has it.
  private static Set<String> vary(ResourceConfig jersey, Consumer<ServletContextHandler> more)
      throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServlet(new ServletHolder(new ServletContainer(jersey)), "/*");
    more.accept(context);
    server.setHandler(new GzipHandler(context));
    server.start();
    try (WireClient client = new WireClient()) {
      Headers answer =
          client
              .send(
                  new WireRequest(
                      "GET",
                      "http://127.0.0.1:" + connector.getLocalPort() + "/library",
                      Headers.of("Origin", APP, "Accept-Encoding", "gzip")))
              .headers();
      assertEquals(APP, String.join(" and ", answer.lines("Access-Control-Allow-Origin")));
      Set<String> vary = new TreeSet<>();
      answer.lines("Vary").forEach(line -> vary.addAll(Set.of(line.split(", *"))));
      return vary;
    } finally {
      server.stop();
    }
  }
}
