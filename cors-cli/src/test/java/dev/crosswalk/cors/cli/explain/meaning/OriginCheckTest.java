package dev.crosswalk.cors.cli.explain.meaning;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.explain.address.OriginComparison;
import dev.crosswalk.cors.cli.explain.address.OriginComparison.Part;
import dev.crosswalk.cors.cli.explain.console.Console;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What differs in two values that a server compares, and which advice follows. */
class OriginCheckTest {

  @ParameterizedTest
  @CsvSource({
    "https://a.example, http://a.example, SCHEME",
    "https://a.example:8443, http://a.example:8443, SCHEME",
    "https://a.example:8443, https://a.example, PORT",
    "https://a.example:8443, a.example, PORT",
    "https://a.example, http://a.example:3000, PORT",
    "https://a.example, a.example:443, DEFAULT_PORT",
    "http://a.example:80, http://a.example, DEFAULT_PORT",
    "https://A.example/path?q, a.example, UNKNOWN",
    "https://www.a.example, https://a.example, WWW",
    "https://a.example, www.a.example, WWW",
    "https://a.example, 10.0.0.5:5678, INNER_HOST",
    "https://a.example, http://app:3000, INNER_HOST",
    "https://a.example, [::1]:80, INNER_HOST",
    "http://localhost:3000, http://127.0.0.1:3000, LOOPBACK",
    "https://a.example, https://b.example, HOST",
    "chrome-extension://abc, a.example, HOST",
    "null, https://a.example, OPAQUE",
    "wss://a.example/cable, https://a.example, SOCKET",
    "'', https://a.example, UNKNOWN",
    "https://a.example, '', UNKNOWN"
  })
  void what_differs_is_named(String seen, String expected, Part part) {
    assertEquals(part, new OriginComparison(seen, expected).part());
  }

  private static List<String> advice(String paste) {
    return Console.read(paste).get(0).remedy().words();
  }

  @Test
  void an_opaque_origin_is_never_put_into_a_list() {
    List<String> advice =
        advice("HTTP Origin header (null) didn't match request.base_url (https://a.example)");
    assertEquals(1, advice.size());
    assertTrue(advice.get(0).contains("Do not trust null"));
  }

  @Test
  void an_origin_with_the_name_of_an_intruder_is_not_put_into_a_list() {
    List<String> advice = advice("Request origin not allowed: https://evil.example");
    assertTrue(advice.get(0).contains("https://app.example.com"));
    assertFalse(advice.toString().contains("evil"));
  }

  @Test
  void a_program_that_is_named_beside_a_message_of_what_it_is_built_on_is_told_of() {
    String line =
        "Origin checking failed - https://docs.example does not match any trusted origins.";
    assertTrue(advice(line).get(0).contains("CSRF_TRUSTED_ORIGINS = [\"https://docs.example\"]"));
    assertTrue(
        advice("paperless-ngx: " + line).get(0).contains("PAPERLESS_URL=https://docs.example"));
  }

  @Test
  void each_row_has_advice_and_none_names_a_wildcard_or_null() {
    assertTrue(OriginCheck.all().size() > 186);
    for (OriginCheck check : OriginCheck.all()) {
      assertFalse(check.usual().isEmpty(), check.program());
      String all = check.about().toString();
      assertFalse(all.contains("\"*\"") || all.contains("=*"), check.program());
      boolean words = !check.says().isEmpty() || !check.like().isEmpty();
      assertTrue(check.named().isPresent() != words, check.program());
      assertTrue(check.like().isEmpty() || check.named().isEmpty(), check.program());
    }
  }
}
