package dev.crosswalk.cors.cli.remedy.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.crosswalk.cors.cli.remedy.Remedy;
import dev.crosswalk.cors.tck.browser.Cause;
import dev.crosswalk.cors.tck.browser.Engine;
import dev.crosswalk.cors.tck.browser.Initiator;
import dev.crosswalk.cors.tck.browser.Verdict.NotShared;
import dev.crosswalk.cors.tck.browser.Verdict.Where;
import dev.crosswalk.cors.tck.wire.WireException.Failure;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the wire says of a failure tells what to do. */
class NetworkRemedyTest {

  /** Of TLS 1.3, where it comes behind the handshake; stunnel with verifyChain = yes does so. */
  @Test
  void a_server_that_requires_a_certificate_of_the_client() {
    String url = "https://api.example.com/notes";
    NotShared refusal =
        new NotShared(
            Cause.NETWORK,
            "https://api.example.com:443: closed while we waited for the status line: Received"
                + " fatal alert: certificate_required",
            List.of(),
            new Where(false, Initiator.FETCH, "https://app.example.com", url, url, 0),
            Optional.of(Failure.CLOSED));
    Remedy remedy = NetworkRemedy.of(refusal);
    assertEquals("TLS", remedy.code());
    assertTrue(remedy.cause().contains("requires a client certificate"), remedy.cause());
    assertEquals(
        "Failed to load resource: net::ERR_BAD_SSL_CLIENT_AUTH_CERT",
        refusal.inTheWordsOf(Engine.CHROMIUM));
  }

  /** RFC 8446, section 6.2, and what OpenSSL, Go and Java send. */
  @ParameterizedTest
  @CsvSource({
    "unrecognized_name, ERR_SSL_UNRECOGNIZED_NAME_ALERT, no certificate for the host api.example.com",
    "internal_error, ERR_SSL_PROTOCOL_ERROR, no certificate for the host api.example.com",
    "handshake_failure, ERR_SSL_VERSION_OR_CIPHER_MISMATCH, nothing in common",
    "no_application_protocol, ERR_SSL_PROTOCOL_ERROR, nothing in common",
    "bad_certificate, ERR_BAD_SSL_CLIENT_AUTH_CERT, not require it",
    "decode_error, ERR_SSL_PROTOCOL_ERROR, Open the URL in a tab"
  })
  void an_alert_of_tls_tells_what_the_server_lacks(String alert, String error, String advice) {
    String url = "https://api.example.com/notes";
    NotShared refusal =
        new NotShared(
            Cause.NETWORK,
            "https://api.example.com: the TLS handshake failed: Received fatal alert: " + alert,
            List.of(),
            new Where(false, Initiator.FETCH, "https://app.example.com", url, url, 0),
            Optional.of(Failure.TLS));
    Remedy remedy = NetworkRemedy.of(refusal);
    assertEquals("TLS", remedy.code());
    assertTrue(remedy.advice().toString().contains(advice), remedy.advice()::toString);
    assertEquals("Failed to load resource: net::" + error, refusal.inTheWordsOf(Engine.CHROMIUM));
  }
}
