package dev.crosswalk.cors.jaxrs;

import dev.crosswalk.cors.tck.TestApplication;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import java.util.stream.Collectors;

/** Authenticates before matching, so that it would refuse a preflight if one came so far. */
@PreMatching
@Priority(Priorities.AUTHENTICATION)
final class BasicAuthentication implements ContainerRequestFilter {

  private final Set<String> paths;

  BasicAuthentication(TestApplication application) {
    paths =
        application.routes().stream()
            .filter(route -> route.behavior() == TestApplication.Behavior.PROTECTED)
            .map(TestApplication.Route::path)
            .collect(Collectors.toSet());
  }

  @Override
  public void filter(ContainerRequestContext request) {
    if (paths.contains(request.getUriInfo().getRequestUri().getPath())
        && !TestApplication.isAuthorized(request.getHeaderString("Authorization"))) {
      request.abortWith(
          Response.status(401).header("WWW-Authenticate", "Basic realm=\"tck\"").build());
    }
  }
}
