package dev.crosswalk.cors.micronaut;

import dev.crosswalk.cors.tck.TestApplication;
import dev.crosswalk.cors.tck.TestApplication.Behavior;
import dev.crosswalk.cors.tck.TestApplication.Route;
import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.inject.BeanDefinition;
import io.micronaut.web.router.DefaultRouteBuilder;
import io.micronaut.web.router.UriRoute;
import jakarta.inject.Singleton;

/** A route for every route of the kit's application. */
@Singleton
@Requires(beans = TestApplication.class)
@SuppressWarnings("overrides") // Of the class that this extends.
final class TestRoutes extends DefaultRouteBuilder {

  TestRoutes(BeanContext context, TestApplication application) {
    super(context);
    BeanDefinition<TestHandlers> handlers = context.getBeanDefinition(TestHandlers.class);
    for (Route route : application.routes()) {
      if (route.behavior() == Behavior.WEB_SOCKET) {
        continue; // TestSocket's.
      }
      UriRoute uriRoute =
          buildBeanRoute(
              route.method(),
              HttpMethod.parse(route.method()),
              route.path(),
              handlers,
              handlers.getRequiredMethod(handler(route.behavior()), HttpRequest.class));
      uriRoute.produces(
          route.behavior() == Behavior.EVENTS
              ? MediaType.TEXT_EVENT_STREAM_TYPE
              : MediaType.TEXT_PLAIN_TYPE);
      uriRoute.consumesAll();
    }
  }

  private static String handler(Behavior behavior) {
    return switch (behavior) {
      case ASYNC, ASYNC_THROW -> "async";
      case SHARED_REPLY -> "shared";
      case STREAM -> "stream";
      case EVENTS -> "events";
      default -> "reply";
    };
  }
}
