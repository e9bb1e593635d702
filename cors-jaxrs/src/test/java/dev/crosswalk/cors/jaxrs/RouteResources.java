package dev.crosswalk.cors.jaxrs;

import dev.crosswalk.cors.tck.TestApplication;
import dev.crosswalk.cors.tck.TestApplication.Behavior;
import dev.crosswalk.cors.tck.TestApplication.Route;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;

/**
 * A resource class for every path of the kit's application. JAX-RS has routes only in annotations,
 * so the classes are written and compiled when the tests start: a route that the kit gains is a
 * route here, with the implementation's own 404 and 405 around it.
 */
final class RouteResources {

  private static final String PACKAGE = RouteResources.class.getPackageName();

  /** Servers come and go; the classes are compiled once. */
  private static final Map<Map<String, String>, List<Class<?>>> COMPILED = new HashMap<>();

  private RouteResources() {}

  /**
   * One instance for every path, with the routes of this application.
   *
   * @param events whether the implementation has server-sent events; they are streamed by hand if
   *     not
   */
  static List<Object> of(TestApplication application, boolean events) throws Exception {
    Map<String, List<Route>> paths = new TreeMap<>();
    for (Route route : application.routes()) {
      if (route.behavior() != Behavior.WEB_SOCKET) { // JAX-RS knows none.
        paths.computeIfAbsent(route.path(), path -> new ArrayList<>()).add(route);
      }
    }
    Map<String, Route> routes =
        application.routes().stream()
            .collect(Collectors.toMap(RouteResources::key, route -> route));
    List<Object> resources = new ArrayList<>();
    for (Class<?> type : compile(sources(paths, events))) {
      resources.add(type.getConstructor(Map.class).newInstance(routes));
    }
    return resources;
  }

  private static String key(Route route) {
    return route.method() + " " + route.path();
  }

  /** One source text for each class, by the class's name. */
  private static Map<String, String> sources(Map<String, List<Route>> paths, boolean events) {
    Map<String, String> sources = new TreeMap<>();
    paths.forEach(
        (path, routes) -> {
          String name = "Resource" + sources.size();
          StringBuilder source = new StringBuilder("package " + PACKAGE + ";\n");
          source.append("import jakarta.ws.rs.*; import jakarta.ws.rs.core.*;\n");
          source.append("import jakarta.ws.rs.container.*; import jakarta.ws.rs.sse.*;\n");
          source.append("import java.lang.annotation.*; import java.util.Map;\n");
          source.append("import dev.crosswalk.cors.tck.TestApplication.Route;\n");
          source.append("@Path(\"" + path + "\") public class " + name);
          source.append(" extends RouteResource {\n");
          source.append("public " + name + "(Map<String, Route> routes) { super(routes); }\n");
          for (String method : new TreeSet<>(routes.stream().map(Route::method).toList())) {
            // As jakarta.ws.rs.GET is declared; for methods that have no such annotation, too.
            source.append("@Retention(RetentionPolicy.RUNTIME) @HttpMethod(\"" + method + "\")");
            source.append(" @interface " + annotation(method) + " {}\n");
          }
          for (Route route : routes) {
            source.append("@" + annotation(route.method()) + " " + handler(route, events) + "\n");
          }
          sources.put(name, source.append("}\n").toString());
        });
    return sources;
  }

  private static String annotation(String method) {
    return "Method_" + method.replace('-', '_');
  }

  private static String handler(Route route, boolean events) {
    String name = annotation(route.method()) + "_";
    String key = '"' + key(route) + '"';
    return switch (route.behavior()) {
      case ASYNC, ASYNC_THROW ->
          "public void %s(@Suspended AsyncResponse later) { resume(%s, later); }"
              .formatted(name, key);
      case SHARED_REPLY -> "public Response %s() { return shared(%s); }".formatted(name, key);
      case STREAM -> "public Response %s() { return stream(%s); }".formatted(name, key);
      case EVENTS ->
          (events
                  ? "@Produces(\"text/event-stream\") public void %s(@Context SseEventSink sink,"
                      + " @Context Sse sse) { send(%s, sink, sse); }"
                  : "public Response %s() { return streamEvents(%s); }")
              .formatted(name, key);
      default -> "public Response %s() { return reply(%s); }".formatted(name, key);
    };
  }

  private static synchronized List<Class<?>> compile(Map<String, String> sources) throws Exception {
    if (COMPILED.containsKey(sources)) {
      return COMPILED.get(sources);
    }
    Path directory = Files.createTempDirectory("resources");
    List<String> arguments = new ArrayList<>(List.of("-d", directory.toString(), "-proc:none"));
    arguments.addAll(List.of("-classpath", System.getProperty("java.class.path")));
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = directory.resolve(source.getKey() + ".java");
      Files.writeString(file, source.getValue());
      arguments.add(file.toString());
    }
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(new String[0]));
    if (status != 0) {
      throw new IllegalStateException("the resources in " + directory + " do not compile");
    }
    URL[] location = {directory.toUri().toURL()};
    ClassLoader loader = new URLClassLoader(location, RouteResources.class.getClassLoader());
    List<Class<?>> types = new ArrayList<>();
    for (String name : sources.keySet()) {
      types.add(loader.loadClass(PACKAGE + "." + name));
    }
    COMPILED.put(sources, types);
    return types;
  }
}
