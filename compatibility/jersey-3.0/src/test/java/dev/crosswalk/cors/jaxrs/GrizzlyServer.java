package dev.crosswalk.cors.jaxrs;

import jakarta.ws.rs.core.Application;
import java.net.URI;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;

/** Jersey on Grizzly, without SeBootstrap, which came with 3.1. */
final class GrizzlyServer {

  private GrizzlyServer() {}

  static JaxRsServer start(String path, Application application) {
    HttpServer server =
        GrizzlyHttpServerFactory.createHttpServer(
            URI.create("http://127.0.0.1:0" + path + "/"),
            ResourceConfig.forApplication(application));
    return new JaxRsServer(server.getListener("grizzly").getPort(), server::shutdownNow);
  }
}
