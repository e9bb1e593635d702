package dev.crosswalk.cors.tck.wire;

import java.io.IOException;

/**
 * No HTTP response came. The message is one sentence that begins with the server's address and says
 * what happened.
 */
public final class WireException extends IOException {

  private static final long serialVersionUID = 1L;

  private final Failure failure;

  /** How an exchange failed. */
  public enum Failure {
    /** The host's name has no address. */
    NO_SUCH_HOST,
    /** Nothing listens on the port. */
    CONNECTION_REFUSED,
    /** The TLS handshake failed: no protocol in common, or a client certificate is asked for. */
    TLS,
    /** The server speaks versions of TLS that are too old. */
    TLS_VERSION,
    /** The certificate's time is over, or has not begun. */
    CERTIFICATE_DATE,
    /** The certificate is for other hosts. */
    CERTIFICATE_HOST,
    /** Nobody but itself has signed the certificate. */
    CERTIFICATE_SELF_SIGNED,
    /** The certificate is signed by an authority that is not trusted, or its chain has a gap. */
    CERTIFICATE_UNTRUSTED,
    /** What came in the TLS handshake is not TLS: the port may speak plain HTTP. */
    NOT_TLS,
    /** The time for an exchange is over. */
    TIME_OUT,
    /** The server speaks HTTP/2 and not HTTP/1.1. */
    HTTP_2,
    /** What came is not HTTP. */
    NOT_HTTP,
    /** The server closed the connection, or something in between did. */
    CLOSED,
    /** What came is longer than a limit of ours. */
    TOO_LONG
  }

  WireException(Failure failure, String message) {
    super(message);
    this.failure = failure;
  }

  WireException(Failure failure, String message, Throwable cause) {
    super(message, cause);
    this.failure = failure;
  }

  /** {@return how the exchange failed} */
  public Failure failure() {
    return failure;
  }
}
