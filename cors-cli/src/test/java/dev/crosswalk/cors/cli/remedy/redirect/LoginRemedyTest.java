package dev.crosswalk.cors.cli.remedy.redirect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.remedy.answer.Gatekeeper;
import dev.crosswalk.cors.tck.url.Url;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The URL to which a request is sent tells what stands in front of the server. */
class LoginRemedyTest {

  @ParameterizedTest
  @CsvSource({
    "https://acme.cloudflareaccess.com/cdn-cgi/access/login/api.example.com, Cloudflare Access",
    "https://api.example.com/oauth2/start?rd=%2Fitems, --skip-auth-preflight",
    "https://id.example.com/authorize?redirect_uri=https%3A%2F%2Fx%2Foauth2%2Fcallback, --api-route",
    "https://login.windows.net/t/authorize?redirect_uri=x%2F.auth%2Flogin%2Faad%2Fcallback, HTTP 401",
    "https://accounts.google.com/o/oauth2/v2/auth?redirect_uri=https://iap.googleapis.com/v1, allow_http_options",
    "https://x.amazoncognito.com/authorize?redirect_uri=x%2Foauth2%2Fidpresponse, OnUnauthenticatedRequest",
    "https://auth.example.com/?rd=https%3A%2F%2Fapi.example.com%2F&rm=GET, Authelia",
    "https://authenticate.example.com/.pomerium/sign_in, cors_preflight: true"
  })
  void its_setting_is_named(String url, String setting) {
    assertTrue(Gatekeeper.advice(Url.of(url)).orElse("").contains(setting), url);
    assertTrue(LoginRemedy.isTo(Optional.empty(), Url.of(url)), url);
  }

  @Test
  void a_login_of_its_own_is_nobody_elses() {
    assertEquals(Optional.empty(), Gatekeeper.advice(Url.of("https://api.example.com/login?rd=x")));
    assertEquals(
        Optional.empty(), Gatekeeper.advice(Url.of("https://api.example.com/oauth2/token")));
  }
}
