package dev.crosswalk.cors.spring;

import dev.crosswalk.cors.Cors;
import dev.crosswalk.cors.tck.CorsTck;
import dev.crosswalk.cors.tck.ServerUnderTest;
import dev.crosswalk.cors.tck.TestApplication;
import dev.crosswalk.cors.tck.TestApplication.Behavior;
import dev.crosswalk.cors.tck.TestApplication.Route;
import java.lang.reflect.Method;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.util.ClassUtils;

/** The kit on an application as users write them, with the policy as a bean. */
abstract class SpringTck extends CorsTck {

  private final Class<?> application;

  SpringTck(Class<?> application) {
    this.application = application;
  }

  @Override
  protected ServerUnderTest start(Cors cors, TestApplication routes) {
    return start(application, cors, routes);
  }

  static ServerUnderTest start(
      Class<?> application, Cors cors, TestApplication routes, String... more) {
    ConfigurableApplicationContext context =
        new SpringApplicationBuilder(application)
            .properties(
                "server.port=0",
                "server.address=127.0.0.1",
                "server.http2.enabled=true",
                "spring.main.banner-mode=off",
                "logging.level.root=off")
            .properties(more)
            .initializers(
                (GenericApplicationContext empty) -> {
                  empty.registerBean(Cors.class, () -> cors);
                  empty.registerBean(TestApplication.class, () -> routes);
                })
            .run();
    return ServerUnderTest.onPort(
        context.getEnvironment().getRequiredProperty("local.server.port", Integer.class), context);
  }

  /** A context for each policy is more than half of the time of the whole run. */
  @Override
  protected boolean startsOnce() {
    return true;
  }

  @Override
  protected Map<String, String> limitations() {
    return Map.of(
        "CL09",
        "Spring itself takes an OPTIONS with an empty Access-Control-Request-Method for a"
            + " preflight.",
        "BO14",
        "Spring's failure analyzer tells of a bean that is null, and not the exception.");
  }

  /** Returns the handler's method for a route; both kinds of application name theirs so. */
  static Method handler(Class<?> handlers, Route route) {
    return ClassUtils.getMethod(
        handlers,
        switch (route.behavior()) {
          case ASYNC, ASYNC_THROW -> "async";
          case SHARED_REPLY -> "shared";
          case STREAM -> "stream";
          case EVENTS -> "events";
          default -> "reply";
        },
        (Class<?>[]) null);
  }

  static String[] protectedPaths(TestApplication application) {
    return application.routes().stream()
        .filter(route -> route.behavior() == Behavior.PROTECTED)
        .map(Route::path)
        .distinct()
        .toArray(String[]::new);
  }
}
