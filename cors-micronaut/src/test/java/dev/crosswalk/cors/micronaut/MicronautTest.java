package dev.crosswalk.cors.micronaut;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.tck.CorsTck;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.TestApplication;
import dev.crosswalk.cors.tck.TestApplication.Behavior;
import dev.crosswalk.cors.tck.TestApplication.Route;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The kit on Micronaut's server, with Micronaut Security for the routes that are protected. */
public class MicronautTest extends CorsTck {

  @Override
  protected ServerUnderTest start(Cors cors, TestApplication application) {
    return start(cors, application, Map.of());
  }

  final ServerUnderTest start(Cors cors, TestApplication application, Map<String, Object> more) {
    Map<String, Object> properties = new LinkedHashMap<>(more);
    properties.put("micronaut.server.http-version", httpVersion());
    properties.put("micronaut.server.port", -1);
    properties.put("micronaut.server.host", "127.0.0.1");
    TreeSet<String> protectedPaths =
        application.routes().stream()
            .filter(route -> route.behavior() == Behavior.PROTECTED)
            .map(Route::path)
            .collect(Collectors.toCollection(TreeSet::new));
    int rule = 0;
    for (String path : protectedPaths) {
      properties.put(
          "micronaut.security.intercept-url-map[" + rule + "]",
          Map.of("pattern", path, "access", List.of("isAuthenticated()")));
      rule++;
    }
    properties.put(
        "micronaut.security.intercept-url-map[" + rule + "]",
        Map.of("pattern", "/**", "access", List.of("isAnonymous()")));
    EmbeddedServer server =
        ApplicationContext.builder()
            .singletons(cors, application)
            .properties(properties)
            .start()
            .getBean(EmbeddedServer.class)
            .start();
    return ServerUnderTest.onPort(server.getPort(), server.getApplicationContext());
  }

  @Override
  protected Map<String, String> limitations() {
    return Map.of(
        "IN22",
        "To a filter, the response that opens a WebSocket is a 200 like others.",
        "BO14",
        "Micronaut itself refuses a bean that is null.");
  }

  /** Micronaut's default. */
  protected String httpVersion() {
    return "1.1";
  }
}
