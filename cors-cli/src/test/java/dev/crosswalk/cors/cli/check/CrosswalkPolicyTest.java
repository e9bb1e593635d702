package dev.crosswalk.cors.cli.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.tck.MutantServer;
import dev.crosswalk.cors.tck.rules.TestPolicy;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** This library as the server that is asked: what to change in its policy. */
class CrosswalkPolicyTest extends Checking {

  private static final String APP = "https://app.tck.example";

  private String text() {
    return out.toString().replaceAll("\\s+", " ");
  }

  private void says(String sentence) {
    assertTrue(text().contains(sentence), () -> sentence + " is not in " + out + err);
  }

  private URI credentials() throws Exception {
    return serve(TestPolicy.CREDENTIALS, new MutantServer.Step());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--method | PURGE | add it to allowMethods of the CorsPolicy (in configuration,"
            + " cors.allowed-methods)",
        "--header | X-Other | add it to allowRequestHeaders of the CorsPolicy (in configuration,"
            + " cors.allowed-request-headers)",
        "--allowed-origin | https://shop.tck.example | add it to allowOrigins of the CorsPolicy (in"
            + " configuration, cors.allowed-origins)",
      })
  void what_the_policy_lacks_is_named_in_its_own_words(String option, String value, String change)
      throws Exception {
    assertEquals(
        1, check(credentials(), "--allowed-origin", APP, option, value), () -> out + "" + err);
    says("Remedy: Crosswalk answers here: " + change + ".");
    assertFalse(text().contains("REMEDY"), out::toString);
  }

  @Test
  void credentials_that_it_does_not_allow() throws Exception {
    check(
        serve(TestPolicy.LIST, new MutantServer.Step()), "--allowed-origin", APP, "--credentials");
    says("Crosswalk answers here: write allowCredentials() in the CorsPolicy");
  }

  @Test
  void an_origin_that_nobody_declared_is_one_of_the_policy() throws Exception {
    check(
        serve(TestPolicy.PATTERNS, new MutantServer.Step()),
        "--allowed-origin",
        "http://localhost:3000");
    says("Crosswalk answers here, and its policy grants this origin.");
    says("if it is, declare it by --allowed-origin.");
  }

  @Test
  void a_layer_that_refuses_in_another_way_is_another_one() throws Exception {
    check(
        scripted(
            wire -> {
              String head = wire.readHead();
              wire.say(
                  "HTTP/1.1 "
                      + (head.startsWith("OPTIONS") ? "403 Forbidden" : "200 OK")
                      + "\r\nVary: Origin\r\nVary: Access-Control-Request-Method\r\nVary:"
                      + " Access-Control-Request-Headers\r\nContent-Length: 0\r\n\r\n");
            }),
        "--allowed-origin",
        APP);
    says("refuses an origin that is meant to be allowed");
    assertFalse(text().contains("Crosswalk answers"), out::toString);
  }

  @Test
  void what_another_layer_grants_is_not_of_the_policy() throws Exception {
    check(
        scripted(
            wire -> {
              String head = wire.readHead();
              String vary =
                  "\r\nVary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers";
              boolean suffix = head.matches("(?s).*\r\nOrigin: [^\r]*tck\\.example\r\n.*");
              String origin = head.replaceFirst("(?s).*\r\nOrigin: ([^\r]*)\r\n.*", "$1");
              wire.say(
                  head.startsWith("OPTIONS")
                      ? "HTTP/1.1 403 Forbidden" + vary + "\r\nContent-Length: 0\r\n\r\n"
                      : "HTTP/1.1 200 OK\r\nVary: Origin"
                          + (suffix ? "\r\nAccess-Control-Allow-Origin: " + origin : "")
                          + "\r\nContent-Length: 0\r\n\r\n");
            }),
        "--allowed-origin",
        APP);
    says("compares by suffix");
    assertFalse(text().contains("its policy grants"), out::toString);
  }
}
