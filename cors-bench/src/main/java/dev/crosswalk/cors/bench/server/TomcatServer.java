package dev.crosswalk.cors.bench.server;

import dev.crosswalk.cors.servlet.CorsPolicyFilter;
import jakarta.servlet.Filter;
import java.nio.file.Files;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.filters.CorsFilter;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.UpgradeProtocol;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** The server on Tomcat, with its {@code CorsFilter}. */
final class TomcatServer {

  private TomcatServer() {}

  static int start(Mode mode) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    // One connection answers as many requests as it is asked, as the other servers have it.
    tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
    if (Server.isSoaked()) {
      tomcat.getConnector().addUpgradeProtocol(new Http2Protocol());
      letGo(tomcat.getConnector());
    }
    Context context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "text", new TextServlet()).addMapping(Server.PATH);
    // Without it Tomcat answers 404 before the filters. A web application always has one.
    Tomcat.addServlet(context, "default", new TextServlet.Nothing()).addMapping("/");
    Wrapper endless = Tomcat.addServlet(context, "endless", new TextServlet.Endless());
    endless.setAsyncSupported(true);
    endless.addMapping(Server.ENDLESS);
    switch (mode) {
      case NONE -> {}
      case BY_HAND -> add(context, definition(new TextServlet.ByHand()));
      case OWN -> add(context, own());
      case CROSSWALK -> add(context, definition(new CorsPolicyFilter(Server.cors())));
    }
    tomcat.start();
    return tomcat.getConnector().getLocalPort();
  }

  /**
   * Otherwise HTTP/2 keeps the objects of as many requests as there ever were at once, 60 KB each,
   * to use them again.
   */
  static void letGo(Connector connector) {
    for (UpgradeProtocol protocol : connector.findUpgradeProtocols()) {
      if (protocol instanceof Http2Protocol http2) {
        http2.setDiscardRequestsAndResponses(true);
      }
    }
  }

  private static FilterDef own() {
    FilterDef definition = definition(new CorsFilter());
    definition.addInitParameter("cors.allowed.origins", String.join(",", Server.ORIGINS));
    definition.addInitParameter("cors.allowed.methods", String.join(",", Server.METHODS));
    definition.addInitParameter("cors.allowed.headers", String.join(",", Server.REQUEST_HEADERS));
    definition.addInitParameter("cors.preflight.maxage", Long.toString(Server.MAX_AGE_SECONDS));
    definition.addInitParameter("cors.support.credentials", "false");
    definition.addInitParameter("cors.request.decorate", "false");
    return definition;
  }

  private static FilterDef definition(Filter filter) {
    FilterDef definition = new FilterDef();
    definition.setFilterName("cors");
    definition.setFilter(filter);
    definition.setAsyncSupported("true");
    return definition;
  }

  private static void add(Context context, FilterDef definition) {
    FilterMap map = new FilterMap();
    map.setFilterName(definition.getFilterName());
    map.addURLPattern("/*");
    context.addFilterDef(definition);
    context.addFilterMap(map);
  }
}
