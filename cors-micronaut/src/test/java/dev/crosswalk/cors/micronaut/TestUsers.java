package dev.crosswalk.cors.micronaut;

import dev.crosswalk.cors.tck.TestApplication;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.AuthenticationRequest;
import io.micronaut.security.authentication.AuthenticationResponse;
import io.micronaut.security.authentication.provider.HttpRequestAuthenticationProvider;
import jakarta.inject.Singleton;

/** Knows the one user of the kit's application. */
@Singleton
@Requires(beans = TestApplication.class)
class TestUsers<B> implements HttpRequestAuthenticationProvider<B> {

  @Override
  public AuthenticationResponse authenticate(
      HttpRequest<B> context, AuthenticationRequest<String, String> request) {
    return request.getIdentity().equals(TestApplication.USER)
            && request.getSecret().equals(TestApplication.PASSWORD)
        ? AuthenticationResponse.success(TestApplication.USER)
        : AuthenticationResponse.failure();
  }
}
