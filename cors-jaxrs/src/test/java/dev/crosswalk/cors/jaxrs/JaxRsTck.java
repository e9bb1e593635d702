package dev.crosswalk.cors.jaxrs;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.tck.CorsTck;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.TestApplication;
import jakarta.ws.rs.core.Application;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The kit on whichever implementation of JAX-RS is on the class path. */
public abstract class JaxRsTck extends CorsTck {

  @Override
  protected ServerUnderTest start(Cors cors, TestApplication application) throws Exception {
    List<Object> singletons = new ArrayList<>(RouteResources.of(application, hasEvents()));
    // The adapter is registered last, so that its place among the filters is its own doing.
    singletons.add(new BasicAuthentication(application));
    singletons.addAll(mappers());
    singletons.add(new CorsPolicyFilter(cors));
    JaxRsServer server = start(JaxRsServer.application(singletons.toArray()));
    return ServerUnderTest.onPort(server.port(), server.stop());
  }

  /** How a server starts; where SeBootstrap cannot start it, this is to be overridden. */
  JaxRsServer start(Application application) throws Exception {
    return JaxRsServer.start("", application);
  }

  /** What an implementation needs that runs no response filter for an exception without mapper. */
  protected List<Object> mappers() {
    return List.of();
  }

  /** Whether the implementation has server-sent events, which may need an artifact of their own. */
  protected boolean hasEvents() {
    return true;
  }

  /** The implementation's own limitations, beside those of JAX-RS. */
  protected Map<String, String> ownLimitations() {
    return Map.of();
  }

  @Override
  protected final Map<String, String> limitations() {
    Map<String, String> limitations = new TreeMap<>(ownLimitations());
    for (String rule : new String[] {"IN17", "IN22", "GU37"}) {
      limitations.put(rule, "JAX-RS has no WebSockets.");
    }
    limitations.put("BO11", "JAX-RS lets no filter answer with a copy of a response.");
    return limitations;
  }
}
