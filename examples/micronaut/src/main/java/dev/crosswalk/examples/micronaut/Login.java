package dev.crosswalk.examples.micronaut;

import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.AuthenticationRequest;
import io.micronaut.security.authentication.AuthenticationResponse;
import io.micronaut.security.authentication.provider.HttpRequestAuthenticationProvider;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Lets Alice in, by HTTP's Basic scheme. */
@Singleton
final class Login<B> implements HttpRequestAuthenticationProvider<B> {

  @Override
  public AuthenticationResponse authenticate(
      @Nullable HttpRequest<B> request, AuthenticationRequest<String, String> login) {
    return login.getIdentity().equals("alice") && login.getSecret().equals("wonderland")
        ? AuthenticationResponse.success("alice")
        : AuthenticationResponse.failure();
  }
}
