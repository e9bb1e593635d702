package dev.crosswalk.cors.micronaut;

import dev.crosswalk.cors.tck.TestApplication;
import dev.crosswalk.cors.tck.TestApplication.Behavior;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;
import org.jspecify.annotations.Nullable;

/** Authenticates where there is no Micronaut Security, and before a route is looked for. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Requires(beans = TestApplication.class)
@Requires(missing = io.micronaut.security.authentication.Authentication.class)
class BasicAuthentication {

  private final TestApplication application;

  BasicAuthentication(TestApplication application) {
    this.application = application;
  }

  @PreMatching
  @RequestFilter
  @Nullable HttpResponse<?> authenticate(HttpRequest<?> request) {
    boolean isProtected =
        application.routes().stream()
            .anyMatch(
                route ->
                    route.behavior() == Behavior.PROTECTED
                        && route.path().equals(request.getPath()));
    return isProtected && !TestApplication.isAuthorized(request.getHeaders().get("Authorization"))
        ? HttpResponse.unauthorized().header("WWW-Authenticate", "Basic realm=\"tck\"")
        : null;
  }
}
