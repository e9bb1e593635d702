package dev.crosswalk.examples.jaxrs;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.annotation.Priority;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Base64;

/** Lets Alice in, by HTTP's Basic scheme. */
@Login.Required
@Priority(Priorities.AUTHENTICATION)
public final class Login implements ContainerRequestFilter {

  /** Stands at what only Alice may have. */
  @NameBinding
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.TYPE, ElementType.METHOD})
  public @interface Required {}

  private static final String ALICE =
      "Basic " + Base64.getEncoder().encodeToString("alice:wonderland".getBytes(UTF_8));

  @Override
  public void filter(ContainerRequestContext request) {
    if (!ALICE.equals(request.getHeaderString("Authorization"))) {
      throw new NotAuthorizedException("Basic realm=\"notes\"");
    }
  }
}
