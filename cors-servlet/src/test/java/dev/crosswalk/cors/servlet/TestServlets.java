package dev.crosswalk.cors.servlet;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.tck.TestApplication;
import dev.crosswalk.cors.tck.TestApplication.Behavior;
import dev.crosswalk.cors.tck.TestApplication.Reply;
import dev.crosswalk.cors.tck.TestApplication.Route;
import dev.crosswalk.cors.tck.wire.Headers;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The application of the kit, in servlets; any container starts it by this one method. */
record TestServlets(Cors cors, TestApplication application) implements ServletContainerInitializer {

  @Override
  public void onStartup(Set<Class<?>> classes, ServletContext context) {
    Map<String, Map<String, Route>> paths = new TreeMap<>();
    for (Route route : application.routes()) {
      if (route.behavior() != Behavior.WEB_SOCKET) {
        paths.computeIfAbsent(route.path(), path -> new TreeMap<>()).put(route.method(), route);
      }
    }
    FilterRegistration.Dynamic authentication =
        context.addFilter("authentication", TestServlets::authenticate);
    authentication.setAsyncSupported(true);
    paths.forEach(
        (path, routes) -> {
          add(context, path, new Routes(routes));
          if (routes.values().stream().anyMatch(r -> r.behavior() == Behavior.PROTECTED)) {
            authentication.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, path);
          }
        });
    // The default servlets of some containers answer PUT with 405.
    add(context, "/", new NotFound());
    CorsPolicyFilter.register(context, cors);
    // After the filter, which is the harder order: Jetty's own filter for them goes first.
    if (context.getAttribute(WebSockets.CONTAINER) != null) {
      application.routes().stream()
          .filter(route -> route.behavior() == Behavior.WEB_SOCKET)
          .forEach(route -> WebSockets.add(context, route));
    }
  }

  private static void add(ServletContext context, String path, Servlet servlet) {
    ServletRegistration.Dynamic registration = context.addServlet(path, servlet);
    registration.setAsyncSupported(true);
    registration.addMapping(path);
  }

  private static void authenticate(
      ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (TestApplication.isAuthorized(((HttpServletRequest) request).getHeader("Authorization"))) {
      chain.doFilter(request, response);
    } else {
      ((HttpServletResponse) response).sendError(401);
    }
  }

  private static final class NotFound extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.sendError(404);
    }
  }

  /** What a path answers, by the method. */
  private static final class Routes extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Map<String, Route> routes;

    Routes(Map<String, Route> routes) {
      this.routes = routes;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      String method = request.getMethod();
      Route route = routes.get(method.equals("HEAD") ? "GET" : method);
      if (route == null) {
        response.sendError(405);
        return;
      }
      switch (route.behavior()) {
        case REPLY, SHARED_REPLY, PROTECTED, THROW -> reply(response, route.call());
        case ASYNC -> {
          AsyncContext context = request.startAsync();
          context.start(() -> complete(context, route));
        }
        case ASYNC_THROW -> {
          if (request.getDispatcherType() == DispatcherType.ASYNC) {
            route.call();
          } else {
            AsyncContext context = request.startAsync();
            context.start(context::dispatch);
          }
        }
        case STREAM -> stream(response, route.call(), "%s");
        case EVENTS -> {
          response.setContentType("text/event-stream");
          stream(response, route.call(), "data: %s\n\n");
        }
        case WEB_SOCKET -> throw new AssertionError("A WebSocket is no servlet: " + route);
      }
    }

    private static void complete(AsyncContext context, Route route) {
      try {
        reply((HttpServletResponse) context.getResponse(), route.call());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        context.complete();
      }
    }

    private static void reply(HttpServletResponse response, Reply reply) throws IOException {
      head(response, reply);
      if (!reply.chunks().isEmpty()) {
        response.getOutputStream().write(reply.body().getBytes(StandardCharsets.UTF_8));
      }
    }

    private static void stream(HttpServletResponse response, Reply reply, String format)
        throws IOException {
      head(response, reply);
      ServletOutputStream body = response.getOutputStream();
      for (String chunk : reply.chunks()) {
        body.write(format.formatted(chunk).getBytes(StandardCharsets.UTF_8));
        body.flush();
      }
    }

    private static void head(HttpServletResponse response, Reply reply) {
      response.setStatus(reply.status());
      for (Headers.Field field : reply.headers()) {
        response.addHeader(field.name(), field.value());
      }
    }
  }
}
